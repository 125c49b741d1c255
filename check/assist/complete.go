package assist

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/syntax"
)

// completion is one question while it is answered.
type completion struct {
	ctx context.Context
	a   *Assistant
	*spot
	place   Place
	o       Options
	file    *syntax.File
	script  Script
	pattern Pattern
	whole   string // the word that the caret stands in
	hits    []hit
	seen    map[string]bool
}

// hit is something that fits, not yet made into an item: of thousands only the best are.
type hit struct {
	score int
	label string
	kind  Kind
	make  func(*Item)
}

// group orders items that fit equally well.
type group int

const (
	groupFirst group = iota // what the place asks for
	groupLocal
	groupName
	groupKeyword
	groupWord
	groupRare
	groupImport
	groupLast
)

// offer adds a name if it fits what was typed.
func (c *completion) offer(name string, kind Kind, g group, fill func(*Item)) {
	if name == "" || c.seen[name] || name == c.whole && !c.elsewhere() {
		return
	}
	rank, cost := c.pattern.Match(c.a.forms.of(name))
	if rank == NoMatch {
		return
	}
	c.seen[name] = true
	c.add(name, kind, rank, cost, g, fill)
}

func (c *completion) add(label string, kind Kind, rank Rank, cost int, g group, fill func(*Item)) {
	if kind == KindText && g != groupLast {
		cost = 0 // texts stay in their order
	}
	tier := tiers[rank]
	if rank == Sense && g <= groupKeyword && kind == KindKeyword && len(c.typed) > 1 {
		tier, g = tiers[Meant], max(g, groupName) // ret is திரும்பு sooner than a service
	}
	c.hits = append(c.hits, hit{tier<<24 | int(g)<<16 | int(rank)<<8 | min(cost, 255), label, kind, fill})
}

// tiers are the ranks among which what the place asks for counts more than the spelling.
var tiers = [NoMatch]int{Exact: 0, Prefix: 1, Romanised: 1, Meant: 1, Sense: 2, Loose: 2, Inner: 3, Near: 4, Scattered: 5}

// enough is how many better items make guesses superfluous.
const enough = 4

// elsewhere tells whether the word at the caret also stands somewhere else in the program.
func (c *completion) elsewhere() bool {
	return c.known(c.whole, syntax.Span{Start: c.word.Start, End: max(c.at, c.word.End)})
}

// known tells whether a name stands in the program anywhere but at one place of the file: as a word of its own, not as a
// part of one or inside quotes.
func (c *completion) known(name string, but syntax.Span) bool {
	for _, f := range c.place.Program.Files {
		if !strings.Contains(f.Src, name) {
			continue
		}
		for _, t := range f.AllTokens() {
			if t.Value == name && (f != c.file || t.Pos.Offset+len(name) <= but.Start || t.Pos.Offset >= but.End) {
				return true
			}
		}
	}
	return false
}

func (c *completion) collect() {
	c.seen = map[string]bool{}
	switch c.is {
	case inNothing:
	case inText:
		c.texts()
	case inMember:
		c.members()
	case inKey:
		c.keys()
		c.transliterate()
	case inName:
		c.newNames()
		c.transliterate()
	case inImport:
		c.importPaths(true)
	case inType, inResult, inField:
		c.words()
		c.shapes(groupLocal)
	case inStatement, inExpr:
		c.names()
		c.words()
		c.imports()
		c.transliterate()
	default:
		c.words()
	}
}

// list makes items of the best hits.
func (c *completion) list() List {
	out := List{Typed: c.typed, Word: c.word}
	slices.SortStableFunc(c.hits, func(a, b hit) int { return cmp.Compare(a.score, b.score) })
	if len(c.hits) > enough && c.hits[enough].score < tiers[Near]<<24 {
		n, _ := slices.BinarySearchFunc(c.hits, tiers[Near]<<24, func(h hit, score int) int { return cmp.Compare(h.score, score) })
		c.hits = c.hits[:n]
	}
	if len(c.hits) > MaxItems {
		c.hits, out.More = c.hits[:MaxItems], true
	}
	out.Items = make([]Item, len(c.hits))
	for i, h := range c.hits {
		it := &out.Items[i]
		*it = Item{
			Label: h.label, Kind: h.kind, Text: h.label, Sort: fmt.Sprintf("%03d", i), Filter: c.typed,
			Insert: syntax.Span{Start: c.word.Start, End: c.at}, Replace: syntax.Span{Start: c.word.Start, End: max(c.at, c.word.End)},
		}
		if c.typed == "" {
			it.Filter = h.label
		}
		if h.make != nil {
			h.make(it)
		}
		if it.Snippet && c.o.Plain {
			it.Text, it.Snippet = plain(it.Text), false
		}
	}
	return out
}

// forms remembers prepared names: those asked for of late, and those before them until there are as many new ones.
type forms struct {
	mu       sync.Mutex
	new, old map[string]*Form
}

// maxForms is how many names are remembered twice over.
const maxForms = 1 << 14

func (f *forms) of(name string) *Form {
	f.mu.Lock()
	defer f.mu.Unlock()
	if form := f.new[name]; form != nil {
		return form
	}
	if f.new == nil || len(f.new) >= maxForms {
		f.new, f.old = map[string]*Form{}, f.new
	}
	form := f.old[name]
	if form == nil {
		form = FormOf(strings.Clone(name))
	}
	f.new[form.Text] = form
	return form
}
