package check

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// paramPrefix begins the variables that hold the parameters of a route's path.
const paramPrefix = "param_"

// routeLists reports guards that are not written out, and options that no route has: the server would not start.
func (r *run) routeLists(s *syntax.RouteStmt, grpc bool) {
	options := s.Options
	if rec, ok := unparen(s.Guards).(*syntax.RecordLit); ok && options == nil {
		options = rec
	} else if s.Guards != nil && !grpc {
		r.guardList(s.Guards)
	}
	r.options(s.Kw.Value, routeWord, options)
}

// guardList reports guards, or one among them, that are known only when the program runs.
func (r *run) guardList(guards syntax.Expr) {
	list, ok := unparen(guards).(*syntax.ArrayLit)
	if !ok {
		r.errorAt(guards, CodeGuardList)
		return
	}
	for _, g := range list.Items {
		switch g := unparen(g).(type) {
		case *syntax.NameExpr, *syntax.CallExpr, *syntax.NumberLit:
			r.errorAt(g, CodeGuardList)
		}
	}
}

// routeParams reports parameters that the route's path does not have: பாதை_அளவுரு("x") is இன்மை then, and param_x nothing.
func (r *run) routeParams(s *syntax.RouteStmt) {
	path, ok := unparen(s.Path).(*syntax.TextLit)
	if !ok || s.Body == nil {
		return
	}
	var has, variables []string
	for _, part := range strings.Split(path.Value, "/") {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			has, variables = append(has, name), append(variables, paramPrefix+name)
		}
	}
	own := map[string]bool{} // names that the block gives a value itself
	syntax.Walk(s.Body, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.AssignStmt:
			if b := base(n.Target); b != nil {
				own[b.Text] = true
			}
		case *syntax.CallExpr:
			if w := wordOf(n); w == nil || w.ID != "PathParam" || len(n.Args) != 1 {
				break
			}
			if t, ok := unparen(n.Args[0]).(*syntax.TextLit); ok && !slices.Contains(has, t.Value) {
				r.warnAt(t, CodeNoParam, t.Value, path.Value).near(guess{wrong: t.Value, among: has, quote: true})
			}
		case *syntax.NameExpr:
			name, ok := strings.CutPrefix(n.Text, paramPrefix)
			if ok && !slices.Contains(has, name) && !own[n.Text] && !r.w.globals[n.Text] {
				r.warnAt(n, CodeNoParam, name, path.Value).near(guess{wrong: n.Text, among: variables})
			}
		}
		return true
	})
}
