package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// This file holds the warnings that one statement's text decides by itself.

func (r *reader) warn(start, end int, code string, args ...string) *remark {
	r.sum.found = append(r.sum.found, remark{code: code, start: start, end: end, args: args})
	return &r.sum.found[len(r.sum.found)-1]
}

// unused reports the variables and parameters of a function that nothing reads. One that is not written yet has its
// parameters for those who will call it.
func (r *reader) unused(s *names, body *syntax.Block) {
	unwritten := stub(body)
	seen := map[string]bool{}
	for i, p := range s.params {
		if slices.ContainsFunc(s.params[:i], func(o local) bool { return o.name == p.name }) {
			r.warn(p.start, p.end, CodeParamTwice, p.name)
			continue
		}
		seen[p.name] = true
		if !s.lambda && !unwritten && !s.reads[p.name] && !quiet(p.name) && !(s.method && i == 0) {
			r.warn(p.start, p.end, CodeUnusedParam, p.name)
		}
	}
	for _, v := range s.writes {
		if seen[v.name] {
			continue
		}
		seen[v.name] = true
		if s.reads[v.name] || quiet(v.name) || v.kind == nameLoop {
			continue
		}
		if v.kind == nameTyped {
			r.warn(v.start, v.end, CodeUnusedVar, v.name)
		} else {
			r.warn(v.start, v.end, CodeNeverRead, v.name)
		}
	}
}

// stub tells a body that does nothing yet: an empty one, or திரும்பு with nothing or இன்மை.
func stub(b *syntax.Block) bool {
	if len(b.Stmts) == 0 {
		return true
	}
	ret, ok := b.Stmts[0].(*syntax.ReturnStmt)
	if !ok || len(b.Stmts) > 1 {
		return false
	}
	c, ok := ret.Value.(*syntax.ConstLit)
	return ret.Value == nil || ok && c.Tok.Type == syntax.KwNull
}

// quiet tells a name that says itself that it is not used.
func quiet(name string) bool { return strings.HasPrefix(name, "_") && !isSelf(name) || isSelf(name) }

// shadows reports a function that takes the name of a builtin.
func (r *reader) shadows(l local) {
	if w := words.Lookup(l.name); w != nil && w.Builtin && !w.IsKeyword() {
		r.warn(l.start, l.end, CodeShadows, l.name, w.HelpTamil+"  ("+w.HelpEnglish+")")
	}
}

// labelled reports "label" & a + b, which adds the joined text to b (language/semantics.md 1.4).
func (r *reader) labelled(e *syntax.BinaryExpr) {
	if e.Op.Type != syntax.Plus && e.Op.Type != syntax.Minus {
		return
	}
	left, ok := e.X.(*syntax.BinaryExpr)
	if !ok || left.Op.Type != syntax.Amp || left.Y == nil || e.Y == nil {
		return
	}
	start, end := r.at(e)
	f := r.warn(start, end, CodeLabelSum, e.Op.Value)
	from, _ := r.at(left.Y)
	f.fix = &fixRef{from, end, "(" + r.it.text[max(from, 0):min(end, len(r.it.text))] + ")"}
}

// record reports a key that is given twice: the first value counts.
func (r *reader) record(e *syntax.RecordLit) {
	if e.Shape != nil {
		return
	}
	seen := map[string]bool{}
	for _, f := range e.Fields {
		if f.Key == nil {
			continue
		}
		if seen[f.Key.Text] {
			start, end := r.at(f.Key)
			r.warn(start, end, CodeKeyTwice, f.Key.Text)
		}
		seen[f.Key.Text] = true
		r.secret(f.Key, f.Value)
	}
}

// waits are the words that let a task wait for something outside it.
var waits = map[string]bool{
	"await": true, "taskAll": true, "taskRace": true, "channelReceive": true, "channelSelect": true, "httpGet": true, "httpPost": true,
	"httpRequest": true, "wsReceive": true, "sleepMs": true, "grpcCall": true,
}

// heldWait reports waiting while a lock is held.
func (r *reader) heldWait(e *syntax.CallExpr) {
	if e.Block == nil {
		return
	}
	syntax.Walk(e.Block, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.LambdaExpr, *syntax.FuncDecl:
			return false
		case *syntax.CallExpr:
			if w := wordOf(n); w != nil && waits[w.ID] {
				if fn, ok := n.Fn.(*syntax.NameExpr); ok {
					start, end := r.at(fn)
					r.warn(start, end, CodeHeldWait, fn.Text)
				}
			}
		}
		return true
	})
}

// secretName are names that hold what must not stand in source; secretText are texts that are such, whatever their name.
var (
	secretName = regexp.MustCompile(`(?i)^(.*_)?(secret|password|passwd|token|api_?key|private_?key|இரகசியம்|ரகசியம்|கடவுச்சொல்|தனிச்சாவி)(_.*)?$`)
	secretText = regexp.MustCompile(`^(AKIA[0-9A-Z]{16}|sk_live_[0-9A-Za-z]{10,}|gh[pousr]_[0-9A-Za-z]{30,}|xox[abp]-[0-9A-Za-z-]{10,}|eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\..*|(?s:-----BEGIN [A-Z ]*PRIVATE KEY-----.*))$`)
)

// secret reports a text that looks like a secret.
func (r *reader) secret(name *syntax.Name, value syntax.Expr) {
	t, ok := value.(*syntax.TextLit)
	if !ok || name == nil {
		return
	}
	named := len(t.Value) >= 8 && !strings.ContainsAny(t.Value, " \n/") && secretName.MatchString(name.Text)
	if named || secretText.MatchString(t.Value) {
		start, end := r.at(t)
		r.warn(start, end, CodeSecret, name.Text)
	}
}
