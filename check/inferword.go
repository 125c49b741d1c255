package check

import (
	"strconv"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// callWord infers a call of a word of the vocabulary.
func (r *run) callWord(fn *syntax.NameExpr, word *words.Word, e *syntax.CallExpr, got []*ty) *ty {
	if ws := words.Lookups(fn.Tok.Value); len(ws) > 1 && e.Block == nil { // services.md rule 9
		word = ws[1]
	}
	r.wordArgs(fn, fn.Text, word, e.Args, got, e.Block != nil)
	r.ask(depFunc, fn.Text)
	r.recordKeys(word.ID, e.Args, got)
	s := signatures()[word.ID]
	out := s.result
	if e.Block != nil {
		out = r.wordBlock(word, e.Block, out)
	}
	switch word.ID {
	case "DBQuery", "tryQuery", "tryExecute":
		return r.sqlCall(word.ID, e, got, out)
	}
	return r.wordResult(word.ID, e, got, out)
}

// wordBlock infers the block of a word and answers what the call answers.
func (r *run) wordBlock(word *words.Word, b *syntax.Block, out *ty) *ty {
	switch word.ID {
	case "taskCreate":
		t := r.nested(func() { r.fn.result = join(r.fn.result, r.valueBlock(b)) })
		return handleOf("task", taskResult(t))
	case "breakerRun", "assertError":
		r.caught++
		r.catch++
		var v *ty
		st := r.branch(func() { v = r.valueBlock(b) })
		r.caught--
		r.catch--
		r.meet(st, state{vars: map[string]*ty{}})
		if word.ID == "breakerRun" {
			return resultOf(v, errorT())
		}
		return out
	case "cacheGet":
		st := r.branch(func() { r.valueBlock(b) })
		r.meet(st, state{vars: map[string]*ty{}})
		return unknownT
	}
	if word.Runs == words.RunsLater {
		return r.nested(func() { r.valueBlock(b) })
	}
	return r.valueBlock(b)
}

// wordArgs reports wrong counts and kinds of a word's arguments.
func (r *run) wordArgs(at syntax.Node, spelling string, word *words.Word, args []syntax.Expr, got []*ty, block bool) {
	name := syntax.Node(at)
	if s, ok := at.(*syntax.WordStmt); ok {
		name = wordNode{s}
	}
	n, low, high := len(got), word.MinArgs(), word.MaxArgs()
	if word.Shape == words.ShapeMethodBlock || word.IsKeyword() && !word.Builtin && word.Shape != words.ShapeCall {
		return
	}
	if n < low || high >= 0 && n > high {
		r.errorAt(name, CodeArguments, spelling, countText(low, high), strconv.Itoa(n))
		return
	}
	s := signatures()[word.ID]
	r.options(spelling, word.ID, optionArg(word, args))
	for i := range min(n, len(s.params), len(args)) {
		r.wordArg(spelling, word, i, s, args[i], got[i])
	}
}

func (r *run) wordArg(spelling string, word *words.Word, i int, s *wordSig, arg syntax.Expr, got *ty) {
	want := s.params[i]
	if !got.known() || arg == nil {
		return
	}
	if text, ok := unparen(arg).(*syntax.TextLit); ok && want == dateT && !plausibleDate(text.Value) {
		r.errorAt(arg, CodeDate, strconv.Quote(text.Value))
		return
	}
	if !want.known() {
		return
	}
	ok := false
	got.each(func(g *ty) {
		want.each(func(d *ty) {
			ok = ok || g.k == d.k && (d.k != tHandle || d.name == g.name) || d.k == tRecord && g.k == tShaped ||
				g.k == tUnknown || d.k == tHandle && d.name == "redis" && g.k == tResult || d.k == tHandle && d.name == "task" && g.k == tHandle && g.name == "task"
		})
		ok = ok || g.k == tNil && word.Params[i].Optional
	})
	switch {
	case ok:
		r.wordElems(spelling, word, i, want, arg, got)
	case word.ID == "await":
		r.errorAt(arg, CodeWait, got.phrase())
	case s.strict[i]:
		r.errorAt(arg, CodeArgumentKind, spelling, strconv.Itoa(i+1), want.phrase(), got.phrase())
	case want == dateT && got.only(tBool, tNil, tArray, tRecord, tNumber):
		r.errorAt(arg, CodeDate, got.phrase())
	case want.only(tNumber):
		r.operand(arg, got, spelling)
	}
}

// wordElems holds the items of an array against the items that a word wants: tasks, channels.
func (r *run) wordElems(spelling string, word *words.Word, i int, want *ty, arg syntax.Expr, got *ty) {
	if want.k != tArray || got.k != tArray || want.elem.k != tHandle || !got.elem.known() {
		return
	}
	if got.elem.may(tHandle) {
		return
	}
	if word.ID == "taskAll" || word.ID == "taskRace" {
		r.errorAt(arg, CodeWait, got.elem.phrase())
		return
	}
	r.errorAt(arg, CodeArgumentKind, spelling, strconv.Itoa(i+1), want.elem.phrase(), got.elem.phrase())
}

// plausibleDate tells a text that may be a date: YYYY-MM-DD with month and day in range.
func plausibleDate(s string) bool {
	var parts [3]int
	at, digits := 0, 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			parts[at] = min(parts[at]*10+int(c-'0'), 1_000_000)
			digits++
		case c == '-' && at < 2 && digits > 0:
			at, digits = at+1, 0
		case c == ' ' || c == 'T':
			return true // the run knows better
		default:
			return false
		}
	}
	return at == 2 && digits > 0 && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 && parts[2] <= 31
}

// wordNode is the word of a statement, without its arguments.
type wordNode struct{ s *syntax.WordStmt }

// Span is the place of the word.
func (n wordNode) Span() syntax.Span {
	at := n.s.Tok.Pos.Offset
	return syntax.Span{Start: at, End: at + len(n.s.Tok.Value)}
}
