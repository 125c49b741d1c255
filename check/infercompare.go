package check

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// operand warns of an operand of arithmetic that is no number and counts as 0, or as whatever its text says.
func (r *run) operand(e syntax.Expr, t *ty, op string) {
	if e == nil || !t.known() {
		return
	}
	odd := t.all(func(a *ty) bool {
		switch a.k {
		case tNil, tArray, tRecord, tShaped, tFunc, tResult, tHandle, tShapeName:
			return true
		case tText:
			return a.name != "input"
		}
		return false
	})
	if b, joined := e.(*syntax.BinaryExpr); joined && b.Op.Type == syntax.Amp {
		return // that has a warning of its own
	}
	if odd {
		r.warnAt(e, CodeArithmetic, op, t.phrase())
	}
}

// compared warns of comparisons whose answer is always the same because of the kinds of their operands.
func (r *run) compared(at syntax.Node, op syntax.Token, x, y syntax.Expr, a, b *ty) {
	if !a.known() || !b.known() {
		return
	}
	switch op.Type {
	case syntax.Eq, syntax.Ne:
		if r.typeNames(op, x, y) || r.typeNames(op, y, x) {
			return
		}
		meets := false
		a.each(func(s *ty) { b.each(func(t *ty) { meets = meets || s.k == t.k || s.k == tUnknown || t.k == tUnknown }) })
		if meets {
			return
		}
		_, litX := unparen(x).(*syntax.ConstLit)
		_, litY := unparen(y).(*syntax.ConstLit)
		switch {
		case a.only(tText) && b.only(tNumber), a.only(tNumber) && b.only(tText):
			r.warnAt(at, CodeTextNumber, op.Value)
		case litX || litY || a.may(tNil) || b.may(tNil):
			r.hintAt(at, CodeNeverEqual, a.phrase(), b.phrase())
		default:
			r.warnAt(at, CodeNeverEqual, a.phrase(), b.phrase())
		}
	case syntax.Lt, syntax.Le, syntax.Gt, syntax.Ge:
		for _, one := range []struct {
			e syntax.Expr
			t *ty
		}{{x, a}, {y, b}} {
			if one.t.all(func(t *ty) bool { return t.k != tNumber && t.k != tText && t.k != tUnknown }) {
				r.warnAt(one.e, CodeOrder, op.Value, one.t.phrase())
				return
			}
		}
	}
}

// kindNames are what வகை answers, but for shapes and handles.
var kindNames = map[string]tkind{
	"a number": tNumber, "a string": tText, "a boolean": tBool, "an array": tArray, "a record": tRecord, "a result": tResult,
	"nil": tNil, "a function": tFunc, "a shape": tShapeName,
}

// typeNames reports வகை(x) == "…" with a text that வகை never answers.
func (r *run) typeNames(op syntax.Token, x, y syntax.Expr) bool {
	text, ok := unparen(y).(*syntax.TextLit)
	if !ok || !r.isTypeOf(x) {
		return false
	}
	if _, known := kindNames[text.Value]; known || r.w.shapeDecls[text.Value] != nil || handleKind(text.Value) {
		return true
	}
	list := []string{"a number", "a string", "a boolean", "an array", "a record", "a result", "nil", "a function"}
	r.warnAt(text, CodeKindText, text.Value, strings.Join(list, ", ")).near(guess{wrong: text.Value, among: list, quote: true})
	return true
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return strconv.Quote(s)
}

// handleKind tells a name that வகை may answer for a handle: a Tamil word.
func handleKind(s string) bool {
	for _, h := range handleNames {
		if h.tamil == s {
			return true
		}
	}
	return false
}

// isTypeOf tells a call of the builtin வகை.
func (r *run) isTypeOf(e syntax.Expr) bool {
	return r.isCall(e, "typeof") != nil
}

// isCall is a call of a builtin word that the program has not taken for itself, or nil.
func (r *run) isCall(e syntax.Expr, id string) *syntax.CallExpr {
	call, ok := unparen(e).(*syntax.CallExpr)
	if !ok || call.Block != nil {
		return nil
	}
	fn, ok := call.Fn.(*syntax.NameExpr)
	if !ok || fn.Word == nil || fn.Word.ID != id || len(call.Args) == 0 {
		return nil
	}
	if r.w.funcs[fn.Text] != nil || r.w.globals[fn.Text] || r.local[fn.Text] || r.w.mocked[fn.Text] {
		return nil
	}
	return call
}
