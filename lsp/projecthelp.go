package lsp

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/project"
)

// projectLine is a place in an etamil.toml: what is being written there.
type projectLine struct {
	section string // the last [section] above
	key     string // what stands before the =, "" before there is one
	header  bool   // inside the [ ] of a section
	value   bool   // behind the =
	quoted  bool   // inside quotes
	word    syntax.Span
	typed   string
}

// projectLineAt reads the line around an offset, and what stands above.
func projectLineAt(src string, off int) projectLine {
	from := strings.LastIndexByte(src[:off], '\n') + 1
	at := projectLine{section: sectionAbove(src[:from])}
	before := src[from:off]
	at.header = strings.HasPrefix(strings.TrimSpace(before), "[")
	if key, _, ok := strings.Cut(before, "="); ok && !at.header {
		at.key, at.value = strings.TrimSpace(key), true
	}
	at.quoted = strings.Count(before, `"`)%2 == 1
	part := func(c byte) bool { return c > ' ' && strings.IndexByte(`="[],#`, c) < 0 }
	at.word = syntax.Span{Start: off, End: off}
	for at.word.Start > from && part(src[at.word.Start-1]) {
		at.word.Start--
	}
	for at.word.End < len(src) && part(src[at.word.End]) {
		at.word.End++
	}
	at.typed = src[at.word.Start:off]
	return at
}

// sectionAbove is the name of the last section of a text.
func sectionAbove(src string) string {
	section := ""
	for line := range strings.Lines(src) {
		if inner, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			if name, _, ok := strings.Cut(inner, "]"); ok {
				section = strings.ReplaceAll(strings.TrimSpace(name), `"`, "")
			}
		}
	}
	return section
}

// dotted is the path of a key in its section.
func (at projectLine) dotted(key string) string {
	if at.section == "" {
		return key
	}
	return at.section + "." + strings.ReplaceAll(key, `"`, "")
}

// projectCompletion offers sections, keys and values of a project file.
func (s *snapshot) projectCompletion(f *file, off int) *protocol.CompletionList {
	src := f.tree().Src
	at := projectLineAt(src, off)
	r := &projectItems{snap: s, at: at, rng: f.rangeOf(at.word), list: []protocol.CompletionItem{}}
	switch {
	case at.header:
		for name := range projectSections() {
			r.add(name, name, protocol.CompletionItemKindModule, nil)
		}
	case at.value:
		if k, ok := project.Lookup(at.dotted(at.key)); ok {
			r.values(&k)
		} else if at.section == "check.rules" {
			k, _ := project.Lookup("check.rules")
			r.values(&k)
		}
	default:
		r.keys()
	}
	slices.SortFunc(r.list, func(a, b protocol.CompletionItem) int {
		x, _ := a.SortText.Get()
		y, _ := b.SortText.Get()
		return cmp.Compare(x, y)
	})
	return &protocol.CompletionList{IsIncomplete: true, Items: r.list}
}

// projectSections are the names of all sections; a name that the project chooses is given as main.
func projectSections() map[string]bool {
	all := map[string]bool{}
	for _, k := range project.Keys() {
		if i := strings.LastIndexByte(k.Path, '.'); i > 0 {
			all[strings.ReplaceAll(k.Path[:i], "*", "main")] = true
		}
		if k.Type == project.Levels {
			all[k.Path] = true
		}
	}
	return all
}

// projectItems collects items.
type projectItems struct {
	snap *snapshot
	at   projectLine
	rng  protocol.Range
	list []protocol.CompletionItem
}

func (r *projectItems) add(label, text string, kind protocol.CompletionItemKind, k *project.Key) {
	found := strings.Index(strings.ToLower(label), strings.ToLower(r.at.typed))
	if found < 0 {
		return
	}
	it := protocol.CompletionItem{Label: label, Kind: kind, TextEdit: &protocol.TextEdit{Range: r.rng, NewText: text}}
	it.SortText = protocol.NewOptional(fmt.Sprintf("%02d%s", min(found, 1), label))
	it.FilterText = protocol.NewOptional(cmp.Or(r.at.typed, label))
	if k != nil {
		it.Documentation = protocol.String(r.snap.keyText(k))
	}
	r.list = append(r.list, it)
}

func (r *projectItems) keys() {
	if r.at.section == "check.rules" {
		for _, e := range diag.Entries() {
			if !diag.Stops(e.Code) {
				r.add(e.Code, e.Code+` = "warn"`, protocol.CompletionItemKindEnumMember, nil)
			}
		}
		return
	}
	for name, k := range project.Within(r.at.section) {
		if !strings.ContainsAny(name, ".*") && k.Type != project.Levels {
			r.add(name, name+" = "+sample(&k), protocol.CompletionItemKindProperty, &k)
		}
	}
}

// sample is a value to begin with.
func sample(k *project.Key) string {
	switch k.Type {
	case project.Int, project.Bool:
		return cmp.Or(k.Default, "0")
	case project.List:
		return `[""]`
	}
	return `"` + k.Default + `"`
}

func (r *projectItems) values(k *project.Key) {
	choices := k.Choices
	if k.Type == project.Bool {
		choices = []string{"true", "false"}
	} else if len(choices) == 0 && k.Default != "" {
		choices = []string{k.Default}
	}
	for _, v := range choices {
		text := v
		if k.Type != project.Bool && k.Type != project.Int && !r.at.quoted {
			text = `"` + v + `"`
		}
		r.add(v, text, protocol.CompletionItemKindValue, k)
	}
}

// keyText tells what a key is for.
func (s *snapshot) keyText(k *project.Key) string {
	lines := []string{s.say(k.Tamil, k.English), k.Type.String()}
	if k.Default != "" {
		lines = append(lines, s.say("இயல்பு", "default")+": "+k.Default)
	}
	if len(k.Choices) > 0 {
		lines = append(lines, strings.Join(k.Choices, " | "))
	}
	if env := k.Env(); env != "" {
		lines = append(lines, env)
	}
	return strings.Join(lines, "\n")
}

// projectHover tells of the key on the line of a place.
func (s *snapshot) projectHover(f *file, off int) *protocol.Hover {
	src := f.tree().Src
	from := strings.LastIndexByte(src[:off], '\n') + 1
	line, _, _ := strings.Cut(src[from:], "\n")
	key, _, ok := strings.Cut(line, "=")
	at := projectLineAt(src, off)
	if !ok || at.header {
		return nil
	}
	name := strings.TrimSpace(key)
	k, ok := project.Lookup(at.dotted(name))
	if !ok {
		return nil
	}
	start := from + strings.Index(line, name)
	return &protocol.Hover{
		Contents: &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: k.Path + "\n" + s.keyText(&k)},
		Range:    ptr(f.rangeOf(syntax.Span{Start: start, End: start + len(name)})),
	}
}
