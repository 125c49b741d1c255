package check

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// routes reports routes that answer the same requests, and guards that no role has.
func (c *crossLint) routes() {
	first := map[string]placed{}
	roles, open := map[string]bool{}, false
	for _, it := range c.w.items {
		for _, r := range it.sum.roles {
			roles[r] = true
		}
		open = open || it.sum.openRoles
	}
	for _, it := range c.w.items {
		for _, r := range it.sum.routes {
			if r.path != "" && r.method != "" {
				key := r.method + " " + routeKey(r.path)
				if _, twice := first[key]; twice {
					c.add(it, r.at, "", CodeRouteTwice, methodText(r.method), r.path)
					c.relate(first[key], r.path)
				} else {
					first[key] = placed{local{name: r.path, start: it.start + r.at.start, end: it.start + r.at.end}, it.file}
				}
			}
			for _, g := range r.guards {
				if len(roles) > 0 && !open && g.name != "auth" && !roles[g.name] {
					list := make([]string, 0, len(roles))
					for role := range roles {
						list = append(list, role)
					}
					c.add(it, g, quoted(nearest(g.name, list)), CodeGuard, g.name)
				}
			}
		}
	}
}

func (c *crossLint) relate(p placed, name string) {
	d := &c.found[len(c.found)-1].d
	d.Related = append(d.Related, diag.Related{
		Code: diag.NoteDeclared, Args: []string{name}, File: c.w.prog.Files[p.file].Name, Span: syntax.Span{Start: p.start, End: p.end},
	})
}

// routeKey is a path as requests see it: empty parts left out, parameters without their names.
func routeKey(path string) string {
	var parts []string
	for _, p := range strings.Split(path, "/") {
		if p == "" {
			continue
		}
		if p[0] == ':' {
			p = ":"
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, "/")
}

func methodText(id string) string {
	if w := words.ByID(id); w != nil && len(w.Tamil) > 0 {
		return w.Tamil[0]
	}
	return id
}

// routeRules reports what is wrong with one route.
func (r *run) routeRules(s *syntax.RouteStmt) {
	if s.Path != nil {
		if _, ok := unparen(s.Path).(*syntax.TextLit); !ok {
			r.errorAt(s.Path, CodeNotLiteral, s.Kw.Value)
		}
	}
	w := words.Lookup(s.Method.Value)
	id := ""
	if w != nil {
		id = w.ID
	}
	method := tokenNode{s.Method}
	switch id {
	case "HttpGet", "HttpPost", "HttpPut", "HttpDelete", "HttpPatch", "HttpOptions", "HttpHead", "ws", "sse", "grpc":
	default:
		var list []string
		for _, id := range []string{"HttpGet", "HttpPost", "HttpPut", "HttpDelete", "HttpPatch", "HttpOptions", "HttpHead", "ws", "sse", "grpc"} {
			if w := words.ByID(id); w != nil {
				list = append(list, w.Tamil...)
			}
		}
		r.errorAt(method, CodeMethod, s.Method.Value).near(guess{wrong: s.Method.Value, among: list})
		return
	}
	r.routeLists(s, id == "grpc")
	r.routeParams(s)
	if s.Body != nil && id != "ws" && id != "sse" && !r.answers(s.Body, map[string]bool{}) {
		r.warnAt(tokenNode{s.Kw}, CodeSilentRoute, s.Kw.Value)
	}
}

// tokenNode is a token as a place.
type tokenNode struct{ t syntax.Token }

// Span is the place of the token.
func (n tokenNode) Span() syntax.Span {
	at := n.t.Pos.Offset
	return syntax.Span{Start: at, End: at + len(n.t.Value)}
}

// answerWords are the words that answer a request.
var answerWords = map[string]bool{"respondStream": true, "respondFile": true, "oauthStart": true, "oauthFinish": true}

// answers tells whether a block, or a function that it calls, may answer the request. A call that is not known may.
func (r *run) answers(n syntax.Node, seen map[string]bool) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.RespondStmt, *syntax.JSONStmt:
			found = true
		case *syntax.WordStmt:
			found = found || n.Word != nil && answerWords[n.Word.ID]
		case *syntax.AssignStmt:
			if b := base(n.Target); b != nil && strings.HasPrefix(b.Text, "response_") {
				found = true
			}
		case *syntax.CallExpr:
			found = found || r.callAnswers(n, seen)
		}
		return !found
	})
	return found
}

func (r *run) callAnswers(n *syntax.CallExpr, seen map[string]bool) bool {
	w := wordOf(n)
	if w != nil && answerWords[w.ID] {
		return true
	}
	fn, ok := n.Fn.(*syntax.NameExpr)
	if !ok {
		return w == nil
	}
	if seen[fn.Text] {
		return false
	}
	seen[fn.Text] = true
	r.ask(depFunc, fn.Text)
	f := r.w.funcs[fn.Text]
	if f == nil {
		return w == nil || r.w.globals[fn.Text]
	}
	r.readsText(fn.Text, f)
	return r.answers(f.u.decl.Body, seen)
}
