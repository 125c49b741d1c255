package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// Export is a name that a file declares at its top level.
type Export struct {
	Name string
	// Kind is KindFunction, KindShape or KindVariable.
	Kind Kind
	// Params are a function's parameters.
	Params []string
}

// Names are the names that a file declares, prepared for being found; immutable. They are read off the file's tokens
// alone, so that a folder of a thousand files needs no tree.
type Names struct {
	list  []Export
	forms []*Form
}

// NamesOf reads what a file declares at its top level. Making it is the expensive part: it is kept until the file changes.
func NamesOf(src string) *Names {
	toks, _ := syntax.Lex(src)
	n := &Names{}
	depth := 0
	seen := map[string]bool{}
	for i := range toks {
		if depth += nesting(toks[i].Type); depth > 0 || i+2 >= len(toks) {
			continue
		}
		x := exportAt(toks[i:])
		if x.Name == "" || seen[x.Name] {
			continue
		}
		if x.Kind == KindVariable && i > 0 && !startsStatement(toks[i-1].Type) {
			continue
		}
		seen[x.Name] = true
		n.list = append(n.list, x)
		n.forms = append(n.forms, FormOf(x.Name))
	}
	return n
}

// List are the names in the order of the file.
func (n *Names) List() []Export { return n.list }

func startsStatement(k syntax.Kind) bool {
	return k == syntax.Semi || k == syntax.RBrace || k == syntax.KwConst || k >= syntax.KwNumber && k <= syntax.KwDate
}

// exportAt is what the declaration that starts with the first token declares; no name where it is none.
func exportAt(toks []syntax.Token) Export {
	name := toks[1]
	switch toks[0].Type {
	case syntax.KwFunction:
		if !isName(name.Type) || toks[2].Type != syntax.LParen {
			return Export{}
		}
		x := Export{Name: name.Value, Kind: KindFunction}
		for i := 3; i+1 < len(toks) && toks[i].Type != syntax.RParen; i++ {
			if next := toks[i+1].Type; isName(toks[i].Type) && (next == syntax.Comma || next == syntax.RParen || next == syntax.Colon) {
				x.Params = append(x.Params, toks[i].Value)
			}
		}
		return x
	case syntax.KwShape:
		if isName(name.Type) && (toks[2].Type == syntax.LBrace || toks[2].Type == syntax.LBrack) {
			return Export{Name: name.Value, Kind: KindShape}
		}
	}
	if isName(toks[0].Type) && name.Type == syntax.Assign {
		return Export{Name: toks[0].Value, Kind: KindVariable}
	}
	return Export{}
}

// Other is another file of the workspace.
type Other struct {
	// Path is what இறக்கு must say to get it.
	Path  string
	Names *Names
}

// imports offers names of other files together with the edit that imports them. One letter is too little to ask for them.
func (c *completion) imports() {
	if len(c.pattern.sounds[0]) < 2 {
		return
	}
	have := c.importedPaths()
	for _, other := range c.o.Others {
		if have[other.Path] || c.ctx.Err() != nil {
			continue
		}
		for i, form := range other.Names.forms {
			rank, cost := c.pattern.Match(form)
			x := &other.Names.list[i]
			if rank > Loose || c.seen[x.Name] {
				continue
			}
			c.seen[x.Name] = true
			c.add(x.Name, x.Kind, rank, cost, groupImport, func(it *Item) { c.fillImport(it, x, other.Path) })
		}
	}
}

func (c *completion) fillImport(it *Item, x *Export, path string) {
	it.Description = path
	if x.Kind == KindFunction {
		it.Detail = "(" + strings.Join(x.Params, ", ") + ")"
		c.fillCall(it, x.Params)
	}
	it.Edits = []Edit{importEdit(c.file, path, c.script)}
}

// importedPaths are what the file imports already, but for what is being typed.
func (c *completion) importedPaths() map[string]bool {
	have := map[string]bool{}
	for _, s := range c.file.Stmts {
		if im, ok := s.(*syntax.ImportStmt); ok && im.Path != nil && (c.is != inText || im.Path.Value != c.typed) {
			have[im.Path.Value] = true
		}
	}
	return have
}
