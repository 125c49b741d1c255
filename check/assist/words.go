package assist

import (
	"slices"
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// words offers the words of the vocabulary that fit the place.
func (c *completion) words() {
	for _, e := range vocabulary() {
		if c.ctx.Err() != nil {
			return
		}
		template, g, ok := c.fits(e.word)
		if !ok {
			continue
		}
		g = c.placed(e.word, g)
		rank, cost, form := e.match(&c.pattern)
		if rank == NoMatch || g == groupRare && (c.typed == "" || rank > Loose) {
			continue
		}
		label := c.spelling(e.word, form, rank)
		if c.seen[label] {
			continue
		}
		c.seen[label] = true
		w := e.word
		c.add(label, kindOfWord(w), rank, cost, g, func(it *Item) { c.fillWord(it, w, template) })
	}
}

// placed is the group of a word that works in some places alone: what such a place asks for, and nothing that another one
// does. A function may be called from any.
func (c *completion) placed(w *words.Word, g group) group {
	works := check.WorksIn(w.ID)
	if works == "" || g == groupRare {
		return g
	}
	for _, f := range slices.Backward(c.frames) {
		if f.role == roleParams || f.role == roleBlock && c.kind(f.owner) == syntax.KwFunction {
			return g
		}
		if place := c.placeOf(f); place == works {
			return groupFirst
		} else if place != "" {
			return groupRare
		}
	}
	return groupRare
}

// placeOf is what a block is for the words that work in some places alone: the word of a route's method, "" of other blocks.
func (c *completion) placeOf(f frame) string {
	if f.role != roleBlock || f.owner < 0 {
		return ""
	}
	if c.kind(f.owner) == syntax.KwRoute {
		if w := c.scanner.word(f.owner + 1); w != nil {
			return w.ID
		}
		return "route"
	}
	if w := c.scanner.word(f.owner); w != nil && w.ID == "respondStream" {
		return check.WorksIn("streamWrite")
	}
	return ""
}

// spelling is how a word is offered: in the script of the file, but for an English spelling that is being typed out.
func (c *completion) spelling(w *words.Word, form *Form, rank Rank) string {
	if form != nil && rank <= Prefix && len(c.typed) > 1 && c.typed[0] == '_' {
		return form.Text
	}
	return spell(w, c.script)
}

func kindOfWord(w *words.Word) Kind {
	switch {
	case w.Token == "And" || w.Token == "Or" || w.Token == "Not":
		return KindOperator
	case w.Token == "True" || w.Token == "False" || w.Token == "Null":
		return KindConstant
	case isTypeWord(w):
		return KindType
	case w.Shape == words.ShapeName || w.Token == "Request":
		return KindVariable
	case w.IsKeyword() && !w.Builtin && w.Shape != words.ShapeCall || w.Shape == words.ShapeKeyword ||
		w.Shape == words.ShapeClause || w.Shape == words.ShapeModifier || w.Shape == words.ShapeNone && !w.Builtin:
		return KindKeyword
	}
	return KindWord
}

// isTypeWord tells one of the words of declared types.
func isTypeWord(w *words.Word) bool {
	return strings.HasSuffix(w.Token, "Type") && w.Group == "Variables & Data Types"
}

// fillWord makes the item of a word. Where brackets stand behind it already, the word alone is inserted.
func (c *completion) fillWord(it *Item, w *words.Word, template string) {
	it.Detail = " " + w.Roman[0]
	if it.Label == w.Roman[0] {
		it.Detail = " " + w.Tamil[0]
	}
	it.Description = c.sense(w)
	it.Ref = Ref{Word: w.ID}
	script := c.script
	if it.Label != spell(w, script) {
		script = scriptOfWord(it.Label)
	}
	text := template
	if text == "" {
		text = call(w, script, c.is == inStatement)
	} else {
		text = render(text, script)
	}
	if strings.HasPrefix(text, it.Label) && c.goesOn(text[len(it.Label):]) {
		text = it.Label
	}
	if c.is == inStatement && strings.HasSuffix(text, ";$0") && c.next.Type == syntax.Semi {
		text = strings.TrimSuffix(text, ";$0") + "$0"
	}
	it.Text = strings.TrimSuffix(text, "$0")
	if strings.Contains(text, "$") {
		it.Text, it.Snippet = text, strings.Contains(strings.TrimSuffix(text, "$0"), "$")
		if !it.Snippet {
			it.Text = strings.TrimSuffix(text, "$0")
		}
	}
	it.Asks = strings.Contains(it.Text, "(${") || w.Shape == words.ShapeStmt
}

// goesOn tells whether what a template would add stands behind the word already.
func (c *completion) goesOn(rest string) bool {
	switch c.next.Type {
	case syntax.LParen:
		return strings.HasPrefix(rest, "(")
	case syntax.LBrace:
		return strings.HasPrefix(rest, " {") || strings.HasPrefix(rest, "(")
	case syntax.EOF, syntax.RBrace, syntax.Semi:
		return false
	}
	// The rest of a statement: only what stands on the same line can be.
	return strings.HasPrefix(rest, " ") && sameLine(c.src, c.word.End, c.next.Pos.Offset)
}

// fits tells whether the grammar takes a word here, and as what; an empty template is the shape's own.
func (c *completion) fits(w *words.Word) (template string, g group, ok bool) {
	switch c.is {
	case inStatement:
		return c.fitsStatement(w)
	case inExpr:
		return c.fitsValue(w)
	case inOperator:
		if c.top().role == roleShape {
			return clauses[w.Token], groupFirst, w.Token == "Where"
		}
		return clauses[w.Token], groupFirst, w.Token == "And" || w.Token == "Or"
	case inType, inResult, inField:
		return c.fitsType(w)
	case inCondWord:
		switch w.ID {
		case "If", "Loop", "retry", "timeout":
			return clauses[w.ID], groupFirst, true
		}
	case inEach:
		return clauses["In"], groupFirst, w.Token == "In"
	case inMethod:
		method := strings.HasPrefix(w.Token, "Http") || w.ID == "ws" || w.ID == "sse" || w.ID == "grpc"
		return "{" + w.ID + "}, \"${1:/}\" {\n\t$0\n}", groupFirst, method
	case inDriver:
		return "{" + w.ID + "}, \"${1}\"$0", groupFirst, w.Group == "Database Types"
	case inAsync:
		return statements["Function"], groupFirst, w.Token == "Function"
	}
	return "", 0, false
}

func (c *completion) fitsType(w *words.Word) (template string, g group, ok bool) {
	switch {
	case isTypeWord(w):
		return "{" + w.ID + "}", groupFirst, true
	case w.Token == "Function" && c.is == inField:
		return "{Function} ${1:பெயர்}({self}${2}) {\n\t$0\n}", groupName, true
	case w.Token == "Function":
		return "{Function}", groupName, true
	case w.Token == "Const" && c.is == inType && c.top().role == roleParams:
		return "{Const} ", groupName, true
	}
	return "", 0, false
}

func (c *completion) fitsStatement(w *words.Word) (template string, g group, ok bool) {
	switch w.ID {
	case "Else":
		return clauses["Else"], groupFirst, c.kind(c.ended) == syntax.KwIf
	case "catch":
		return clauses["catch"], groupFirst, c.kind(c.ended) == syntax.KwTry
	case "finally":
		return clauses["finally"], groupFirst, c.kind(c.ended) == syntax.KwTry || c.kind(c.ended) == syntax.KwCatch
	case "Return":
		return statements["Return"], groupFirst, c.inFunction()
	case "break", "continue":
		return statements[w.ID], groupFirst, c.inLoop()
	case "Function", "Import", "Route", "Every", "Shape", "async":
		if len(c.frames) > 1 {
			return statements[w.ID], groupWord, w.ID == "Function" || w.ID == "async"
		}
	}
	if t := statements[w.ID]; t != "" {
		return t, groupKeyword, true
	}
	if w.Runs == words.RunsLater && w.ID != "taskCreate" && len(c.frames) > 1 {
		return "", 0, false // only at the top level (services.md rule 11)
	}
	return c.fitsAnywhere(w, true)
}

func (c *completion) fitsValue(w *words.Word) (template string, g group, ok bool) {
	if t := asValue[w.ID]; t != "" {
		return t, groupKeyword, true
	}
	switch w.ID {
	case "taskCreate":
		return "", groupWord, true
	case "connection":
		return "", groupLocal, c.within("poolWith")
	case "self":
		return "{self}", groupLocal, c.inMethod()
	}
	return c.fitsAnywhere(w, false)
}

// fitsAnywhere tells of words that are expressions, and of those that a program may take as names.
func (c *completion) fitsAnywhere(w *words.Word, statement bool) (template string, g group, ok bool) {
	if len(w.Tamil) == 0 || words.HasForeign(w.Tamil[0]) {
		return "", 0, false
	}
	switch w.Shape {
	case words.ShapeCall, words.ShapeBuilder, words.ShapeCallBlock:
		return "", groupWord, w.Class != words.Reserved
	case words.ShapeStmt, words.ShapeDeclBlock:
		return "", groupWord, statement && w.Class != words.Reserved
	case words.ShapeNone:
		if w.Builtin {
			return "", groupWord, true
		}
		return "{" + w.ID + "}", groupRare, w.Class == words.Usable
	}
	return "", 0, false
}

// inFunction tells whether a திரும்பு has something to leave.
func (c *completion) inFunction() bool {
	for _, f := range c.frames[1:] {
		if f.role != roleBlock {
			continue
		}
		if f.owner >= 0 && c.kind(f.owner) == syntax.KwFunction || f.owner >= 0 && c.later(f.owner) {
			return true
		}
	}
	return false
}

// later tells a block that runs later, which திரும்பு ends.
func (c *completion) later(owner int) bool {
	w := c.scanner.word(owner)
	return c.kind(owner) == syntax.KwRoute || c.kind(owner) == syntax.KwEvery || w != nil && w.Runs == words.RunsLater
}

// inLoop tells whether a நிறுத்து has a loop to leave: of the same செயல் and block.
func (c *completion) inLoop() bool {
	for i := len(c.frames) - 1; i > 0; i-- {
		f := c.frames[i]
		if f.role != roleBlock || f.owner < 0 {
			continue
		}
		switch k := c.kind(f.owner); {
		case k == syntax.KwLoop || k == syntax.KwForEach:
			return true
		case k == syntax.KwFunction || c.later(f.owner):
			return false
		}
	}
	return false
}

// inMethod tells whether the place is in a செயல் of a வடிவம்.
func (c *completion) inMethod() bool {
	for _, f := range c.frames {
		if f.role == roleShape {
			return true
		}
	}
	return false
}

// within tells whether the place is in the block of a word.
func (c *completion) within(id string) bool {
	for _, f := range c.frames {
		if f.owner >= 0 && c.wordID(f.owner) == id {
			return true
		}
	}
	return false
}

// sense is a word's meaning in one or two English words: for each.
func (c *completion) sense(w *words.Word) string {
	var b strings.Builder
	for i, r := range w.ID {
		after := i+1 < len(w.ID) && unicode.IsLower(rune(w.ID[i+1]))
		if i > 0 && unicode.IsUpper(r) && (after || !unicode.IsUpper(rune(w.ID[i-1]))) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
