package assist

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// names offers variables, functions and shapes of the program.
func (c *completion) names() {
	c.skipDeclared()
	want := c.wanted()
	if want.Kind() == check.Shaped {
		c.wantedShape(want.Name())
	}
	if info := c.place.Info; info != nil {
		vars := info.Vars(c.place.File, c.place.Offset)
		for i := range vars {
			v := &vars[i]
			g := groupLocal
			if suits(want, v.Type) {
				g = groupFirst
			} else if _, global := info.Global(v.Name); global {
				g = groupName
			}
			c.offer(v.Name, KindVariable, g, func(it *Item) { c.fillVar(it, v.Type) })
		}
	}
	c.parameters()
	c.routeVariables()
	c.declared()
	if c.is == inExpr || c.is == inStatement {
		c.shapes(groupName)
	}
}

// skipDeclared leaves out the name that the statement around the place is about to declare, unless it is known elsewhere.
func (c *completion) skipDeclared() {
	f, last := c.top(), len(c.toks)-1
	at := -1
	switch {
	case f.role == roleBlock && c.kind(f.head) == syntax.KwForEach:
		at = f.head + 1
	case f.role == roleBlock && c.kind(last) == syntax.Assign:
		at = last - 1
	}
	if at >= 0 && at <= last && isName(c.kind(at)) && !c.known(c.toks[at].Value, syntax.Span{Start: c.toks[at].Pos.Offset, End: end(c.toks[at])}) {
		c.seen[c.toks[at].Value] = true
	}
}

// wantedShape offers the literal of the shape that the place asks for.
func (c *completion) wantedShape(name string) {
	for _, f := range c.place.Program.Files {
		for _, s := range f.Stmts {
			if d, ok := s.(*syntax.ShapeDecl); ok && d.Name != nil && d.Name.Text == name {
				c.offer(name, KindShape, groupFirst, func(it *Item) { c.fillShape(it, d) })
				return
			}
		}
	}
}

// parameters offers the parameters of the functions around the place, which its tokens tell.
func (c *completion) parameters() {
	for _, f := range c.frames {
		if f.role != roleBlock || f.owner < 0 || c.kind(f.owner) != syntax.KwFunction {
			continue
		}
		open := f.owner + 1
		for open < f.open && c.kind(open) != syntax.LParen {
			open++
		}
		depth := 0
		for i := open; i < f.open; i++ {
			switch c.kind(i) {
			case syntax.LParen, syntax.LBrack:
				depth++
			case syntax.RParen, syntax.RBrack:
				depth--
			}
			if next := c.kind(i + 1); depth == 1 && isName(c.kind(i)) && (next == syntax.Comma || next == syntax.RParen || next == syntax.Colon) {
				name := c.toks[i].Value
				c.offer(name, KindParameter, groupLocal, func(it *Item) { it.Detail = romanHint(name) })
			}
			if depth == 0 && i > open {
				break
			}
		}
	}
}

func (c *completion) fillVar(it *Item, t check.Type) {
	it.Detail = romanHint(it.Label)
	if t.Known() {
		it.Description = c.short(t)
	}
}

// short says a type in one language, and not all of a long one.
func (c *completion) short(t check.Type) string {
	lang := c.o.Lang
	if lang == diag.Both {
		lang = diag.Tamil
	}
	text := []rune(t.Text(lang))
	if len(text) > maxShort {
		at := maxShort
		for at > 0 && unicode.In(text[at], unicode.M) {
			at--
		}
		return string(text[:at]) + "…"
	}
	return string(text)
}

// maxShort is how many code points of a type are shown beside a label.
const maxShort = 40

// romanHint is how a Tamil name is romanised, for who types Latin letters.
func romanHint(name string) string {
	if r := romanised(name); r != name {
		return " " + r
	}
	return ""
}

// declared offers what the statements of the program declare: without a check this is all there is.
func (c *completion) declared() {
	for _, f := range c.place.Program.Files {
		for _, s := range f.Stmts {
			switch s := s.(type) {
			case *syntax.FuncDecl:
				c.offerFunc(s)
			case *syntax.VarDecl:
				c.offerName(s.Name, groupName)
			case *syntax.AssignStmt:
				if x, ok := s.Target.(*syntax.NameExpr); ok {
					c.offerName(&x.Name, groupName)
				}
			}
		}
		if c.ctx.Err() != nil {
			return
		}
	}
}

func (c *completion) offerName(n *syntax.Name, g group) {
	if n != nil {
		c.offer(n.Text, KindVariable, g, func(it *Item) { it.Detail = romanHint(it.Label) })
	}
}

func (c *completion) offerFunc(s *syntax.FuncDecl) {
	if s.Name == nil || s.Name.Tok.Type == syntax.Text {
		return
	}
	c.offer(s.Name.Text, KindFunction, groupName, func(it *Item) { c.fillFunc(it, s) })
}

// fillFunc makes the item of a function: its call with a placeholder for every parameter.
func (c *completion) fillFunc(it *Item, s *syntax.FuncDecl) {
	it.Ref = Ref{Name: it.Label}
	var names []string
	if s.Sig != nil {
		for _, p := range s.Sig.Params {
			if p.Name != nil {
				names = append(names, p.Name.Text)
			}
		}
	}
	it.Detail = "(" + strings.Join(names, ", ") + ")"
	it.Description = strings.TrimSpace(romanHint(it.Label))
	if c.place.Info != nil {
		if sig := c.place.Info.Func(it.Label); sig != nil && sig.Result.Known() {
			it.Description = c.short(sig.Result)
		}
	}
	c.fillCall(it, names)
}

// fillCall adds the brackets of a call, unless they stand there already.
func (c *completion) fillCall(it *Item, params []string) {
	if c.next.Type == syntax.LParen && c.next.Pos.Offset == c.word.End {
		return
	}
	semi := ""
	if c.is == inStatement && c.next.Type != syntax.Semi {
		semi = ";"
	}
	it.Text = it.Label + "(" + holes(params) + ")" + semi
	it.Snippet, it.Asks = len(params) > 0, len(params) > 0
	if it.Snippet {
		it.Text += "$0"
	}
}

// holes are placeholders for arguments.
func holes(params []string) string {
	var b strings.Builder
	for i, p := range params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("${" + strconv.Itoa(i+1) + ":" + escaped(p) + "}")
	}
	return b.String()
}

// shapes offers the program's shapes: where a type stands by name, elsewhere as the literal with all its fields.
func (c *completion) shapes(g group) {
	for _, f := range c.place.Program.Files {
		for _, s := range f.Stmts {
			if d, ok := s.(*syntax.ShapeDecl); ok && d.Name != nil {
				c.offer(d.Name.Text, KindShape, g, func(it *Item) { c.fillShape(it, d) })
			}
		}
	}
}

func (c *completion) fillShape(it *Item, d *syntax.ShapeDecl) {
	it.Ref, it.Detail = Ref{Name: it.Label}, romanHint(it.Label)
	var fields []string
	for _, f := range d.Fields {
		if f.Name != nil && f.Name.Text != "" {
			fields = append(fields, f.Name.Text)
		}
	}
	it.Description = "{" + strings.Join(fields, ", ") + "}"
	if c.is != inExpr || len(fields) == 0 || c.next.Type == syntax.LBrace || c.next.Type == syntax.Dot {
		return
	}
	var b strings.Builder
	b.WriteString(it.Label + "{")
	for i, f := range fields {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(escaped(f) + ": ${" + strconv.Itoa(i+1) + "}")
	}
	it.Text, it.Snippet = b.String()+"}$0", true
}

// routes are the routes around the place.
func (c *completion) routes() []frame {
	var list []frame
	for _, f := range c.frames {
		if f.role == roleBlock && f.owner >= 0 && c.kind(f.owner) == syntax.KwRoute {
			list = append(list, f)
		}
	}
	return list
}

// routeParams are the names of the parameters of a route's path.
func (c *completion) routeParams(route frame) []string {
	var list []string
	for i := route.owner; i < route.open; i++ {
		if c.kind(i) == syntax.Text {
			list = append(list, pathParams(c.toks[i].Value)...)
		}
	}
	return list
}

// routeVariables offers what a server sets for a request, inside routes: the parts of the path by their own names too.
func (c *completion) routeVariables() {
	for _, f := range c.routes() {
		for _, part := range c.routeParams(f) {
			name := "param_" + part
			c.offer(name, KindVariable, groupFirst, func(it *Item) { it.Description = ":" + part })
		}
		if c.place.Info == nil {
			return
		}
		vars := c.place.Info.ServerNames()
		for i := range vars {
			c.offer(vars[i].Name, KindVariable, groupName, func(it *Item) { c.fillVar(it, vars[i].Type) })
		}
	}
}

// pathParams are the names of the parts of a route's path that are given by the request: id of "/a/:id".
func pathParams(path string) []string {
	var list []string
	for part := range strings.SplitSeq(strings.Trim(path, `"`), "/") {
		if name, ok := strings.CutPrefix(part, ":"); ok && name != "" {
			list = append(list, name)
		}
	}
	return list
}

// newNames offers the words of the language that make good names.
func (c *completion) newNames() {
	if c.typed == "" {
		return
	}
	for _, e := range vocabulary() {
		if _, g, _ := c.fitsAnywhere(e.word, false); g != groupRare {
			continue
		}
		if rank, cost, form := e.match(&c.pattern); rank <= Loose {
			w := e.word
			c.add(c.spelling(w, form, rank), KindText, rank, cost, groupRare, func(it *Item) { it.Ref = Ref{Word: w.ID} })
		}
	}
}

// transliterate offers what was typed in Latin letters as the Tamil name that it spells.
func (c *completion) transliterate() {
	if c.script != Tamil {
		return
	}
	for _, name := range tamilNames(c.typed) {
		if !c.seen[name] {
			c.seen[name] = true
			c.add(name, KindText, Sense, 255, groupLast, func(it *Item) { it.Detail = " " + c.typed })
		}
	}
}
