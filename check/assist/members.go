package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// members offers what may follow the dot: fields and methods of the value before it, and what can be made of the value.
func (c *completion) members() {
	dot := len(c.toks) - 1
	if dot == 0 {
		return
	}
	t := c.typeBefore(end(c.toks[dot-1]))
	if t.Known() {
		c.fields(t)
	}
	if !t.Known() || t.Open() {
		c.anyField()
	}
	c.postfix(dot, t)
}

// typeBefore is the type of the expression that ends at an offset; unknown without a check.
func (c *completion) typeBefore(offset int) check.Type {
	if c.place.Info == nil {
		return check.Type{}
	}
	t, _ := c.place.Info.TypeBefore(c.place.File, offset)
	return t
}

func (c *completion) fields(t check.Type) {
	for _, f := range t.Fields() {
		c.offer(f.Name, KindField, groupFirst, func(it *Item) {
			c.fillVar(it, f.Type)
			if f.Shape != "" {
				it.Ref = Ref{Name: f.Name, Of: f.Shape}
			}
			if !isPlainName(f.Name) {
				it.Text = quoted(f.Name)
			}
		})
	}
	for _, m := range t.Methods() {
		c.offer(m.Name, KindMethod, groupFirst, func(it *Item) { c.fillMethod(it, m, t.Kind() == check.ShapeName) })
	}
	if t.Kind() == check.Handle && t.Name() == "connection" {
		for _, w := range words.All() {
			if w.Shape == words.ShapeMethod {
				c.offer(spell(w, c.script), KindMethod, groupFirst, func(it *Item) { c.fillWord(it, w, "") })
			}
		}
	}
}

func (c *completion) fillMethod(it *Item, m *check.Signature, static bool) {
	params := m.Params
	if m.Self && !static {
		params = params[1:]
	}
	names := make([]string, len(params))
	for i, p := range params {
		names[i] = p.Name
	}
	it.Detail = "(" + strings.Join(names, ", ") + ")"
	it.Description = strings.TrimSpace(romanHint(it.Label))
	if m.Result.Known() {
		it.Description = c.short(m.Result)
	}
	it.Ref = Ref{Name: m.Name, Of: m.Shape}
	c.fillCall(it, names)
}

// anyField offers the fields and methods of all shapes, and the names that stand behind dots and before colons near by.
func (c *completion) anyField() {
	for _, f := range c.place.Program.Files {
		for _, s := range f.Stmts {
			d, ok := s.(*syntax.ShapeDecl)
			if !ok || d.Name == nil {
				continue
			}
			for _, field := range d.Fields {
				if field.Name != nil {
					c.offer(field.Name.Text, KindField, groupName, func(it *Item) {
						it.Description, it.Ref = d.Name.Text, Ref{Name: it.Label, Of: d.Name.Text}
					})
				}
			}
			for _, m := range d.Methods {
				if m.Name != nil {
					c.offer(m.Name.Text, KindMethod, groupName, func(it *Item) {
						it.Description, it.Ref = d.Name.Text, Ref{Name: it.Label, Of: d.Name.Text}
					})
				}
			}
		}
	}
	c.eachKey(func(name string) {
		if isPlainName(name) {
			c.offer(name, KindField, groupName, func(it *Item) { it.Detail = romanHint(it.Label) })
		}
	})
}

// eachKey finds the names of fields in the declaration around the place.
func (c *completion) eachKey(f func(name string)) {
	for _, toks := range [...][]syntax.Token{c.toks, c.after} {
		for i := range toks {
			k := toks[i].Type
			switch {
			case k == syntax.Text && i+1 < len(toks) && toks[i+1].Type == syntax.Colon:
				f(strings.Trim(toks[i].Value, `"`))
			case isWord(k) && i > 0 && toks[i-1].Type == syntax.Dot,
				isWord(k) && i+1 < len(toks) && toks[i+1].Type == syntax.Colon:
				f(toks[i].Value)
			}
		}
	}
}

// isPlainName tells a name that needs no quotes.
func isPlainName(s string) bool {
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return !inWord(r) }) < 0
}

func quoted(s string) string { return `"` + escapes.Replace(s) + `"` }

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

// keys offers the keys that the record around the place still lacks.
func (c *completion) keys() {
	f := c.top()
	for _, used := range c.usedKeys(f) {
		c.seen[used] = true
	}
	if f.owner >= 0 {
		c.ownedKeys(c.toks[f.owner].Value, c.scanner.word(f.owner))
		return
	}
	if w := c.optionsOf(f); w != nil {
		c.ownedKeys("", w)
		return
	}
	c.eachKey(func(name string) { c.offerKey(name, groupName, nil) })
}

// optionsOf is the word whose options a record in the brackets of a call is, as in குக்கீ_அமை("x", 1, {…}); nil when it is no such
// record.
func (c *completion) optionsOf(record *frame) *words.Word {
	frames := c.scanner.frames
	if len(frames) < 2 || record != &frames[len(frames)-1] {
		return nil
	}
	call := &frames[len(frames)-2]
	if call.owner < 0 || c.kind(call.open) != syntax.LParen {
		return nil
	}
	if w := c.scanner.word(call.owner); w != nil && call.commas == len(w.Params)-1 && check.WordOptions(w.ID) != nil {
		return w
	}
	return nil
}

// ownedKeys offers the fields of a shape, or the options that a word takes: all of them, else those of its own example.
func (c *completion) ownedKeys(name string, w *words.Word) {
	if c.place.Info != nil {
		if sh := c.place.Info.Shape(name); sh != nil {
			for _, f := range sh.Fields {
				c.offerKey(f.Name, groupFirst, func(it *Item) {
					c.fillVar(it, f.Type)
					it.Ref = Ref{Name: f.Name, Of: sh.Name}
				})
			}
			return
		}
	}
	if w == nil {
		return
	}
	if list := check.WordOptions(w.ID); list != nil {
		for _, name := range list {
			c.offerKey(name, groupFirst, func(it *Item) { it.Ref = Ref{Word: w.ID} })
		}
		return
	}
	toks, _ := syntax.Lex(w.Example)
	for i := range toks[:len(toks)-1] {
		if toks[i+1].Type == syntax.Colon && toks[i].Type == syntax.Text {
			c.offerKey(strings.Trim(toks[i].Value, `"`), groupFirst, func(it *Item) { it.Ref = Ref{Word: w.ID} })
		}
	}
}

func (c *completion) offerKey(name string, g group, fill func(*Item)) {
	c.offer(name, KindField, g, func(it *Item) {
		if fill != nil {
			fill(it)
		}
		text := name
		if !isPlainName(name) || it.Ref.Word != "" {
			text = quoted(name)
		}
		if c.next.Type == syntax.Colon {
			it.Text = text
			return
		}
		it.Text, it.Snippet = escaped(text)+": ${1}", true
	})
}

// usedKeys are the keys that stand in the record already, before the place and behind it.
func (c *completion) usedKeys(f *frame) []string {
	var list []string
	depth := 0
	for i := f.open + 1; i < len(c.toks); i++ {
		depth += nesting(c.toks[i].Type)
		if depth == 0 && i+1 < len(c.toks) && c.toks[i+1].Type == syntax.Colon {
			list = append(list, strings.Trim(c.toks[i].Value, `"`))
		}
	}
	depth = 0
	for i := range c.after {
		if depth += nesting(c.after[i].Type); depth < 0 {
			break
		}
		if depth == 0 && i > 0 && c.after[i].Type == syntax.Colon {
			list = append(list, strings.Trim(c.after[i-1].Value, `"`))
		}
	}
	return list
}

func nesting(k syntax.Kind) int {
	switch k {
	case syntax.LParen, syntax.LBrack, syntax.LBrace:
		return 1
	case syntax.RParen, syntax.RBrack, syntax.RBrace:
		return -1
	}
	return 0
}
