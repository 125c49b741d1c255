package assist

import (
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// slot is the argument of a word that a text stands in.
type slot struct {
	word *words.Word
	arg  int
}

// slot finds the word that what follows the tokens is an argument of, and which one; nil where it is none's.
func (s *scanner) slot() slot {
	f := s.top()
	switch f.role {
	case roleArgs:
		return slot{s.word(f.owner), f.commas}
	case roleBlock:
		if f.head < len(s.toks) {
			return slot{s.word(f.head), f.commas}
		}
	}
	return slot{}
}

// texts offers what fits inside quotes, and nothing else.
func (c *completion) texts() {
	s := c.slot()
	if s.word != nil && s.arg == 0 && isSQL(s.word) {
		c.sql()
		return
	}
	c.wholeText()
	last := len(c.toks) - 1
	f := c.top()
	switch {
	case c.kind(last) == syntax.KwImport:
		c.importPaths(false)
	case f.role == roleIndex && f.open == last && last > 0:
		c.textKeys(c.typeBefore(end(c.toks[last-1])))
	case s.word != nil && s.arg == 1 && (s.word.ID == "hasField" || s.word.ID == "fieldOr" || s.word.ID == "sortByField"):
		t := c.typeBefore(end(c.toks[last-1]))
		if t.Kind() == check.Array {
			t = t.Elem()
		}
		c.textKeys(t)
	case f.role == roleArray && len(c.frames) > 1 && c.kind(c.frames[len(c.frames)-2].head) == syntax.KwRoute:
		c.text("auth")
		c.sameTexts(slot{words.ByID("Route"), 2})
		c.sameTexts(slot{words.ByID("role"), 0})
	case f.role == roleArray && len(c.frames) > 1 && c.wordID(c.frames[len(c.frames)-2].head) == "role":
		c.permissions()
	case f.role == roleRecord && f.head > last:
		c.keys()
	case s.word != nil:
		c.wordTexts(s)
	}
}

// wholeText takes all that stands between the quotes for what is typed.
func (c *completion) wholeText() {
	start, stop := c.quotes.Pos.Offset+1, end(c.quotes)
	if c.quotes.Type == syntax.Text {
		stop--
	}
	if c.quotes.Type == syntax.BadText {
		stop = c.at // where it should end is not known
	}
	c.word = syntax.Span{Start: min(clusterEnd(c.src, start), c.at), End: clusterEnd(c.src, max(stop, c.at))}
	c.typed = c.src[c.word.Start:c.at]
	c.pattern, c.whole = patternOf(c.typed), ""
}

func (c *completion) textKeys(t check.Type) {
	for _, f := range t.Fields() {
		c.offer(f.Name, KindField, groupFirst, func(it *Item) {
			c.fillVar(it, f.Type)
			it.Text = strings.Trim(quoted(f.Name), `"`)
		})
	}
}

// text offers one text.
func (c *completion) text(s string) {
	c.offer(s, KindText, groupFirst, func(it *Item) { it.Text = inside(s) })
}

// inside is a text as it stands between quotes.
func inside(s string) string { q := quoted(s); return q[1 : len(q)-1] }

// wordTexts offers the texts that a word is given elsewhere in the program and in its own example.
func (c *completion) wordTexts(s slot) {
	switch s.word.ID {
	case "PathParam":
		for _, f := range c.routes() {
			for _, name := range c.routeParams(f) {
				c.text(name)
			}
		}
		return
	case "onSignal", "paNa_pana":
		for _, name := range [...]string{"SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1", "SIGUSR2"} {
			c.text(name)
		}
	case "requirePermission", "hasPermission":
		if s.arg == 1 {
			c.permissions()
		}
	case "testRequest":
		if s.arg == 0 {
			for _, w := range words.All() {
				if m, ok := strings.CutPrefix(w.Token, "Http"); ok {
					c.text(strings.ToUpper(m))
				}
			}
			return
		}
		c.sameTexts(slot{words.ByID("Route"), 1})
		return
	}
	if s.arg >= len(s.word.Params) || s.word.Params[s.arg].Type != "text" || s.word.ID == "Print" {
		return
	}
	c.sameTexts(s)
	for _, pair := range [...][2]string{{"serviceGet", "serviceRegister"}, {"sessionGet", "sessionSet"}, {"mock", "serviceRegister"}, {"cookieGet", "cookieSet"}, {"oauthStart", "oauthSetup"}, {"oauthFinish", "oauthSetup"}} {
		if s.word.ID == pair[0] && s.arg == 0 {
			c.sameTexts(slot{words.ByID(pair[1]), 0})
		}
	}
	c.exampleTexts(s)
}

// permissions offers the permissions that the program's roles and guards name.
func (c *completion) permissions() {
	c.sameTexts(slot{words.ByID("role"), 1})
	c.sameTexts(slot{words.ByID("requirePermission"), 1})
	c.sameTexts(slot{words.ByID("hasPermission"), 1})
}

func (c *completion) exampleTexts(s slot) {
	ex := syntax.Parse("", []byte(s.word.Example))
	eachText(ex, s, func(text string) {
		c.offer(text, KindText, groupRare, func(it *Item) { it.Text, it.Ref = inside(text), Ref{Word: s.word.ID} })
	})
}

// sameTexts offers the texts that stand in the same place of the same word anywhere in the program.
func (c *completion) sameTexts(s slot) {
	for _, f := range c.place.Program.Files {
		if c.ctx.Err() != nil {
			return
		}
		eachText(f, s, func(text string) {
			if text != c.typed {
				c.text(text)
			}
		})
	}
}

// eachText finds the texts that stand in a word's argument, also inside an array there.
func eachText(f *syntax.File, s slot, found func(string)) {
	syntax.Walk(f, func(n syntax.Node) bool {
		var arg syntax.Expr
		switch n := n.(type) {
		case *syntax.WordStmt:
			if n.Word == s.word && s.arg < len(n.Args) {
				arg = n.Args[s.arg]
			}
		case *syntax.CallExpr:
			if calledWord(n) == s.word && s.arg < len(n.Args) {
				arg = n.Args[s.arg]
			}
		case *syntax.RouteStmt:
			if s.word != nil && s.word.Token == "Route" {
				arg = [...]syntax.Expr{nil, n.Path, n.Guards, n.Options}[s.arg]
			}
		}
		switch arg := arg.(type) {
		case *syntax.TextLit:
			found(arg.Value)
		case *syntax.ArrayLit:
			for _, item := range arg.Items {
				if t, ok := item.(*syntax.TextLit); ok {
					found(t.Value)
				}
			}
		}
		return true
	})
}

// calledWord is the vocabulary's word that an expression calls, or nil.
func calledWord(e *syntax.CallExpr) *words.Word {
	switch fn := e.Fn.(type) {
	case *syntax.NameExpr:
		return fn.Word
	case *syntax.FieldExpr:
		return fn.Word
	}
	return nil
}
