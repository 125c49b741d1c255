package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// postfixes are what x.WORD turns into; X is the value before the dot. All but the last stand only where x starts a
// statement.
var postfixes = []struct{ id, template string }{
	{"If", "(X) {If} {\n\t$0\n}"},
	{"Loop", "(X) {Loop} {\n\t$0\n}"},
	{"ForEach", "{ForEach} ${1:உறுப்பு} {In} X {\n\t$0\n}"},
	{"Print", "{Print} X;$0"},
	{"Return", "{Return} X;$0"},
	{"Const", "{Const} ${1:பெயர்} = X;$0"},
	{"try", "{try} {\n\tX;\n} {catch}(${1:பி}) {\n\t$0\n}"},
	{"Not", "{Not} X"},
}

// postfix offers statements and calls that are typed behind their value: x.எனில், x.அச்சு, x.நீளம்.
func (c *completion) postfix(dot int, t check.Type) {
	from := c.receiver(dot)
	if from < 0 {
		return
	}
	start := c.toks[from].Pos.Offset
	if clusterEnd(c.src, start) != start {
		return // a stray sign hangs on it
	}
	x := c.src[start:end(c.toks[dot-1])]
	statement := c.top().role == roleBlock && c.top().head == from
	for _, p := range postfixes {
		if p.id != "Not" && !statement || p.id == "Return" && !c.inFunction() || p.id == "Not" && t.Known() && t.Kind() != check.Boolean {
			continue
		}
		e := entryOf(p.id)
		rank, cost, _ := e.match(&c.pattern)
		if rank > Loose {
			continue
		}
		label, template := spell(e.word, c.script), p.template
		c.add(label, KindSnippet, rank, cost, groupKeyword, func(it *Item) {
			it.Ref = Ref{Word: e.word.ID}
			text := strings.Replace(render(template, c.script), "X", escaped(x), 1)
			if c.next.Type == syntax.Semi {
				text = strings.TrimSuffix(text, ";$0")
			}
			it.Description = c.sense(e.word)
			it.Text, it.Snippet = text, strings.Contains(text, "$")
			it.Edits = []Edit{{Span: syntax.Span{Start: start, End: c.word.Start}}}
		})
	}
	c.postfixWords(t, x, start)
}

// postfixWords offers the builtins that take the value as their first argument.
func (c *completion) postfixWords(t check.Type, x string, start int) {
	list := t.Words()
	if !t.Known() {
		for _, w := range words.All() {
			if w.Builtin && w.Result != "" && len(w.Params) == 1 && (w.Params[0].Type == "any" || w.ID == "length") {
				list = append(list, w)
			}
		}
	}
	for _, w := range list {
		if w.Shape != words.ShapeNone && w.Shape != words.ShapeCall || w.IsKeyword() || c.typed == "" && !isPlainWord(w) {
			continue
		}
		e := entryOf(w.ID)
		rank, cost, _ := e.match(&c.pattern)
		if rank == NoMatch {
			continue
		}
		c.add(spell(w, c.script), KindWord, rank, cost, groupWord, func(it *Item) {
			rest, _ := arguments(w.Params[1:], c.script)
			if rest != "" {
				rest = ", " + rest
			}
			it.Detail, it.Description, it.Ref = "("+x+rest0(rest)+")", c.sense(w), Ref{Word: w.ID}
			it.Text = escaped(it.Label) + "(" + escaped(x) + rest + ")"
			if it.Snippet = rest != ""; !it.Snippet {
				it.Text = it.Label + "(" + x + ")"
			}
			it.Edits = []Edit{{Span: syntax.Span{Start: start, End: c.word.Start}}}
		})
	}
}

// isPlainWord tells a builtin that is about values and nothing else: what a service does is offered when it is asked for.
func isPlainWord(w *words.Word) bool {
	switch w.Group {
	case "Arrays, records and text", "Results", "Numbers", "Text", "Dates", "JSON":
		return true
	}
	return len(w.Params) > 0 && tamilTypes[w.Params[0].Type] != "" && isHandle(w.Params[0].Type)
}

// isHandle tells a type of the vocabulary that only services make.
func isHandle(t string) bool {
	switch t {
	case "number", "text", "boolean", "array", "record", "date", "any", "nil", "result", "function", "name", "shape":
		return false
	}
	return true
}

func rest0(rest string) string {
	if rest == "" {
		return ""
	}
	return ", …"
}

func entryOf(id string) *entry {
	for _, e := range vocabulary() {
		if e.word.ID == id {
			return e
		}
	}
	return nil
}

// receiver finds the first token of the value before a dot, -1 where there is none: a name, a text, a bracket or a call
// with everything that hangs on it.
func (s *scanner) receiver(dot int) int {
	i := dot - 1
	for {
		switch k := s.kind(i); {
		case k == syntax.Quest:
			i--
			continue
		case k == syntax.RParen || k == syntax.RBrack:
			open := s.opener(i)
			if open < 0 {
				return -1
			}
			if p := s.kind(open - 1); isName(p) || p == syntax.RParen || p == syntax.RBrack || p == syntax.Quest ||
				isWord(p) && (s.kind(open-2) == syntax.Dot || p == syntax.KwPathParam || p == syntax.KwDBQuery) {
				i = open - 1
				continue
			}
			return open
		case k == syntax.Number || k == syntax.Text || isWord(k):
			if s.kind(i-1) == syntax.Dot {
				i -= 2
				continue
			}
			return i
		}
		return -1
	}
}
