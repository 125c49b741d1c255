package refactor

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// addGuard lets a route ask for a user: one of the program's roles, or anyone who is known.
func addGuard(p *place) (list []Action) {
	s, ok := p.stmt().(*syntax.RouteStmt)
	if !ok || s.Guards != nil || s.Path == nil || !whole(s.Body) {
		return nil
	}
	roles := []string{"auth"}
	if p.Info != nil {
		roles = append(roles, p.Info.Roles()...)
	}
	at := p.at(s.Path).End
	for _, role := range roles {
		list = append(list, Action{
			ID: "add-guard", Title: Text{"காவல் சேர்: " + role, "Add the guard " + role},
			Confirm: Text{"இனி அனுமதி இல்லாதவர்களுக்கு 401 அல்லது 403 கிடைக்கும்", "others get 401 or 403 from now on"},
			raw:     []diag.Edit{p.edit(syntax.Span{Start: at, End: at}, ", ["+strconv.Quote(role)+"]")},
		})
	}
	return list
}

// routeTest writes a test that asks a route.
func routeTest(p *place) []Action {
	s, ok := p.stmt().(*syntax.RouteStmt)
	if !ok || !whole(s.Body) {
		return nil
	}
	path, ok := s.Path.(*syntax.TextLit)
	method := methodName(s.Method.Value)
	if _, top := p.parent(s).(*syntax.Block); top || !ok || method == "" {
		return nil
	}
	status := "200"
	if s.Guards != nil {
		status = "401" // nobody is known
	} else if n, is := firstStatus(s.Body).(*syntax.NumberLit); is {
		status = n.Text
	}
	var parts []string
	for _, part := range strings.Split(path.Value, "/") {
		if strings.HasPrefix(part, ":") {
			part = "1"
		}
		parts = append(parts, part)
	}
	answer := p.fresh("பதிலுரை", "answer")
	text := p.word("சோதனை") + " " + strconv.Quote(method+" "+path.Value) + " {\n" +
		answer + " = " + p.word("சோதனை_கோரிக்கை") + "(" + strconv.Quote(method) + ", " + strconv.Quote(strings.Join(parts, "/")) + ");\n" +
		p.word("சோதனை_சமம்") + "(" + answer + ".நிலைக்_குறி, " + status + ");\n}"
	return one(Action{ID: "route-test", Title: Text{"இந்த வழிக்குச் சோதனை எழுது", "Write a test of this route"}, raw: []diag.Edit{p.behindTop(text)}})
}

// firstStatus is the status of the first answer of a block; nil where it has none.
func firstStatus(b *syntax.Block) (status syntax.Expr) {
	first := func(list []syntax.Expr) {
		if len(list) > 0 {
			status = list[0]
		}
	}
	syntax.Walk(b, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.RespondStmt:
			status = n.Status
		case *syntax.AssignStmt:
			if x, ok := n.Target.(*syntax.NameExpr); ok && x.Text == "response_status" {
				status = n.Value
			}
		case *syntax.WordStmt:
			if n.Word != nil && n.Word.ID == "respondStream" {
				first(n.Args)
			}
		case *syntax.CallExpr:
			if fn, ok := n.Fn.(*syntax.NameExpr); ok && fn.Word != nil && fn.Word.ID == "respondFile" {
				first(n.Args)
			}
		}
		return status == nil
	})
	return status
}

// methodName is the HTTP name of a route's method, "" of one that no test can ask for.
func methodName(word string) string {
	w := words.Lookup(word)
	if w == nil {
		return ""
	}
	name, ok := strings.CutPrefix(w.Token, "Http")
	if !ok || name == "Head" {
		return ""
	}
	return strings.ToUpper(name)
}
