package lsp

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/lsp/rpc"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
	"github.com/etamil-lang/etamil/syntax/words"
)

// renamable is the name at the place where a rename can take it; the error says why not.
func (t *spotted) renamable() (index.Occurrence, error) {
	say := t.snap.say
	o, ok := t.prog.names.At(t.n, t.off)
	if word := t.word(); !ok && words.Lookup(word) != nil {
		return o, rpc.Failed(say(word+" மொழியின் சொல்; அதை மாற்ற முடியாது", word+" is a word of the language and cannot be renamed"))
	}
	if !ok {
		return o, rpc.Failed(say("இங்கே மாற்றக்கூடிய பெயர் இல்லை", "there is no name here that can be changed"))
	}
	src := t.file.tree().Src
	at := nameSpan(o)
	name := src[at.Start:at.End]
	switch o.Symbol.Kind {
	case index.Builtin:
		return o, rpc.Failed(say(name+" மொழியின் சொல்; அதை மாற்ற முடியாது", name+" is a word of the language and cannot be renamed"))
	case index.Server:
		return o, rpc.Failed(say(name+" வழங்கி தரும் பெயர்; அதை மாற்ற முடியாது", name+" is a name that the server gives and cannot be renamed"))
	case index.Table:
		return o, rpc.Failed(say(name+" தரவுத்தளத்தில் உள்ள அட்டவணை; அதை இங்கே மாற்ற முடியாது", name+" is a table of the database and cannot be renamed here"))
	case index.None:
		return o, rpc.Failed(say(name+" என்ற பெயர் எங்கும் அறிவிக்கப்படவில்லை", name+" is declared nowhere"))
	case index.Parameter:
		if isSelf(name) {
			return o, rpc.Failed(say(name+" மொழியின் சொல்; அதை மாற்ற முடியாது", name+" is a word of the language and cannot be renamed"))
		}
	}
	if o.Quoted && strings.Contains(name, `\`) {
		return o, rpc.Failed(say("விடுபடு குறிகள் உள்ள பெயரை மாற்ற முடியாது", "a name that is written with escapes cannot be renamed"))
	}
	return o, nil
}

// word is the token at the place, or the one that ends there.
func (t *spotted) word() string {
	toks := t.file.tree().AllTokens()
	i := sort.Search(len(toks), func(i int) bool { return toks[i].Pos.Offset > t.off })
	if i == 0 || toks[i-1].Pos.Offset+len(toks[i-1].Value) < t.off {
		return ""
	}
	return toks[i-1].Value
}

// isSelf tells the name of a method's first parameter that stands for the value before the dot.
func isSelf(name string) bool { return name == "இது" || name == "iqu" || name == "_self" }

// nameable tells why a symbol cannot be called so, nil where it can. Words of the language stand for themselves; a field may
// be called as one, because it stands behind a dot.
func (s *snapshot) nameable(sym index.Symbol, to string) error {
	member := sym.Kind == index.Field || sym.Kind == index.Method || sym.Kind == index.Key
	toks, faults := syntax.Lex(to)
	one := len(toks) > 0 && toks[0].Value == to && len(faults) == 0
	switch {
	case one && toks[0].Type == syntax.Ident:
		return nil
	case member && one && toks[0].Type == syntax.Word && fieldName(to):
		return nil
	case words.Lookup(to) != nil:
		return rpc.Failed(s.say(to+" மொழியின் சொல்; வேறு பெயர் தரவும்", to+" is a word of the language; choose another name"))
	case len(faults) > 0 && faults[0].HasFix:
		better := faults[0].Fix
		return rpc.Failed(s.say(
			fmt.Sprintf("%s என்பதில் வேறு எழுத்து முறையின் எழுத்துகள் உள்ளன; %s என்று எழுதவும்", to, better),
			fmt.Sprintf("%s has letters of another script; write %s", to, better)))
	}
	return rpc.Failed(s.say(
		fmt.Sprintf("%q பெயர் ஆகாது: எழுத்துகள், எண்கள், அடிக்கோடு மட்டும்; எண்ணில் தொடங்காது", to),
		fmt.Sprintf("%q is no name: letters, digits and underscores only, and no digit first", to)))
}

// fieldName tells whether a word of the language may be the name of a field.
func fieldName(word string) bool {
	src := fmt.Sprintf("வடிவம் அ { எண் %[1]s; }\nஆ = அ{%[1]s: 1};\nஅச்சு ஆ.%[1]s;\n", word)
	return len(syntax.Parse("", []byte(src)).Faults) == 0
}

// allowed tells why what was found cannot be called so, nil where it can.
func (s *search) allowed(to string) error {
	for _, p := range s.progs {
		for _, sym := range s.done[p.root] {
			if at, clash := clashOf(p, sym, to); clash {
				return s.snap.clashError(p, at, to)
			}
		}
	}
	files := map[string]*file{}
	for _, one := range s.found {
		files[one.file.path] = one.file
	}
	for _, f := range files {
		if err := s.snap.writable(f); err != nil {
			return err
		}
	}
	return s.misread()
}

// misread tells why not all places of the name may be known, nil where they are.
func (s *search) misread() error {
	for _, p := range s.progs {
		for n, f := range p.files {
			if err := s.understood(p, n, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// clashOf finds what a symbol of the new name would be taken for.
func clashOf(p *program, sym index.Symbol, to string) (index.Occurrence, bool) {
	list := p.names.Clashes(sym, to)
	switch {
	case sym.Kind == index.Key || sym.Kind == index.Handle:
		list = append(list, p.names.Occurrences(index.Symbol{Kind: sym.Kind, Name: to})...)
	case sym.Local() && sym.Kind != index.Parameter:
		// A local variable that is not set on every way is the program's variable of the name.
		list = append(list, p.names.Decls(index.Symbol{Kind: index.Variable, Name: to})...)
	}
	if len(list) == 0 {
		return index.Occurrence{}, false
	}
	return list[0], true
}

func (s *snapshot) clashError(p *program, at index.Occurrence, to string) error {
	f := p.files[at.File]
	line := f.position(at.Span.Start).Line + 1
	where := f.uri.Path()
	where = where[strings.LastIndexByte(where, '/')+1:]
	return rpc.Failed(s.say(
		fmt.Sprintf("%s என்ற பெயர் ஏற்கெனவே உள்ளது (%s, வரி %d); வேறு பெயர் தரவும்", to, where, line),
		fmt.Sprintf("there already is a %s (%s, line %d); choose another name", to, where, line)))
}

// writable tells why a file cannot be edited: it is a library's, outside of the client's folders.
func (s *snapshot) writable(f *file) error {
	if f.open || len(s.folders) == 0 || s.folderOf(f.path) != "" {
		return nil
	}
	return rpc.Failed(s.say("பெயர் திட்டத்திற்கு வெளியே உள்ள கோப்பிலும் உள்ளது: "+f.path, "the name also stands in a file outside of the folders: "+f.path))
}

// understood tells why a file cannot be renamed in: a statement with a syntax error hides what the name means in it.
func (s *search) understood(p *program, n int, f *file) error {
	tree := p.prog.Files[n]
	if !tree.HasErrors() || !mayHold(f.text, s.name) {
		return nil
	}
	known := map[int]bool{}
	p.names.Names(n, func(o index.Occurrence) bool {
		known[nameSpan(o).Start] = true
		return true
	})
	for _, t := range tree.AllTokens() {
		if t.Value == s.name && !known[t.Pos.Offset] {
			line := f.position(t.Pos.Offset).Line + 1
			return rpc.Failed(s.snap.say(
				fmt.Sprintf("வரி %d: தொடரியல் பிழையால் %s என்பதன் பொருள் தெரியவில்லை; முதலில் பிழையைத் திருத்தவும்", line, s.name),
				fmt.Sprintf("line %d: because of a syntax error it is not known what %s means; correct that first", line, s.name)))
		}
	}
	return nil
}

// doubtful are the places where the name may be the member that is renamed, and nothing is known of the value before it.
func (s *search) doubtful() []place {
	var list []place
	seen := map[placeKey]bool{}
	for _, p := range s.progs {
		for _, sym := range s.done[p.root] {
			for _, o := range p.names.Doubtful(sym) {
				f := p.files[o.File]
				key := placeKey{f.path, o.Span.Start}
				if _, sure := s.found[key]; !sure && !seen[key] {
					seen[key] = true
					list = append(list, place{f, o})
				}
			}
		}
	}
	return list
}

// confirmable tells why changes that people have to confirm cannot be made, nil where there are none or the client asks.
func (s *search) confirmable(list []change) error {
	i := slices.IndexFunc(list, func(c change) bool { return c.note == noteMaybe })
	if i < 0 || s.snap.client.annotations && s.snap.client.documentChanges {
		return nil
	}
	line := list[i].file.position(list[i].span.Start).Line + 1
	return rpc.Failed(s.snap.say(
		fmt.Sprintf("வரி %d: %s எந்த மதிப்பின் புலம் என்று தெரியவில்லை; வடிவம் ஒன்றை அறிவிக்கவும்", line, s.name),
		fmt.Sprintf("line %d: it is not known which value's field %s is; declare a shape for it", line, s.name)))
}

// otherScript is a name in the other script, "" where the way back does not lead to it.
func otherScript(name string) string {
	if other := ezuqqu.FromTamil(name); other != name && ezuqqu.ToTamil(other) == name {
		return other
	}
	if other := ezuqqu.ToTamil(name); other != name && ezuqqu.FromTamil(other) == name {
		return other
	}
	return ""
}
