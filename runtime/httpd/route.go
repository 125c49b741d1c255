package httpd

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
)

// Kind is how a route answers.
type Kind uint8

// The kinds of routes.
const (
	Plain  Kind = iota // one answer
	Events             // வழி ஓடை: server-sent events, by GET
	Socket             // வழி சாக்கெட்: a WebSocket, by GET
)

// Route is one வழி of a program.
type Route struct {
	// Method is the HTTP method in capitals.
	Method string
	// Kind is how it answers. Events and Socket have Method GET unless they have a Handler, no handler timeout, and are not
	// counted by MaxRequests.
	Kind Kind
	// Path is the pattern as written: segments, of which those that start with a colon are parameters.
	Path string
	// Guards are who may ask: "auth" is any valid user, other texts are roles, of which one is enough. nil is everybody, an
	// empty list nobody. The others are answered with 401 or 403.
	Guards []string
	// Limits are the route's own.
	Limits RouteLimits
	// Place says for people where the route is declared.
	Place string
	// Run answers a request: it leaves the answer in x.Response. An error is answered with 500 and reported, unless it
	// wraps ErrForbidden or is the context's.
	Run func(ctx context.Context, x *Exchange) error
	// Handler, when it is set, answers in the place of Run: it reads the body itself, and no Exchange is made.
	Handler http.Handler
}

// methods are the methods that a route may have.
var methods = [...]string{
	http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodHead,
}

// The places of methods in methods that have a meaning here.
const (
	methodGet     = 0
	methodOptions = 5
	methodHead    = 6
)

func methodIndex(name string) int { return slices.Index(methods[:], name) }

// RouteError says why a program's routes cannot be served. Index and Other are places in the list of routes; Other is -1
// unless two of them conflict.
type RouteError struct {
	Code         string
	Args         []string
	Index, Other int
}

// Error is the English message.
func (e *RouteError) Error() string { return diag.Message(e.Code, diag.English, e.Args...) }

// node is one segment of the tree of routes.
type node struct {
	exact  map[string]*node
	param  *node
	routes [len(methods)]*leaf
}

// leaf is a route with the names of its parameters in order.
type leaf struct {
	Route
	index int
	names []string
	rate  *limiter // nil for no limit
}

// tree puts routes into a tree and refuses those that conflict. The error is a *RouteError.
func tree(routes []Route) (*node, error) {
	root := &node{}
	for i, r := range routes {
		m := methodIndex(r.Method)
		if m < 0 {
			return nil, &RouteError{CodeMethod, []string{r.Method}, i, -1}
		}
		l := &leaf{Route: r, index: i, rate: newLimiter("route", r.Limits.Rate, 0)}
		n, err := root.place(l)
		if err != nil {
			return nil, err
		}
		if old := n.routes[m]; old != nil {
			return nil, &RouteError{CodeConflict, []string{old.Method + " " + old.Path, r.Method + " " + r.Path}, i, old.index}
		}
		n.routes[m] = l
	}
	return root, nil
}

// place makes the nodes of a route's path, and answers the last.
func (n *node) place(l *leaf) (*node, error) {
	refuse := func(tamil, english string) error {
		return &RouteError{CodePattern, []string{l.Path, reason{tamil, english}.String()}, l.index, -1}
	}
	for seg, rest, ok := nextSegment(l.Path); ok; seg, rest, ok = nextSegment(rest) {
		if name, isParam := strings.CutPrefix(seg, ":"); isParam {
			switch {
			case name == "":
				return nil, refuse("அளவுருவுக்குப் பெயர் இல்லை", "a parameter has no name")
			case slices.Contains(l.names, name):
				return nil, refuse("இரு அளவுருக்களுக்கு ஒரே பெயர்", "two parameters have one name")
			}
			l.names = append(l.names, name)
			if n.param == nil {
				n.param = &node{}
			}
			n = n.param
			continue
		}
		if seg == "." || seg == ".." || strings.ContainsAny(seg, "\\?#") || strings.ContainsFunc(seg, isControl) {
			return nil, refuse("எந்தக் கோரிக்கையின் பாதையும் இப்படி இருக்காது", "no request has such a path")
		}
		n = n.child(normal(seg))
	}
	return n, nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

func (n *node) child(seg string) *node {
	if n.exact == nil {
		n.exact = map[string]*node{}
	}
	if n.exact[seg] == nil {
		n.exact[seg] = &node{}
	}
	return n.exact[seg]
}

// methodSet holds the methods that a path has.
type methodSet [len(methods)]bool

// allow is the value of the header Allow, "" for a path that no route has. HEAD comes with GET, and OPTIONS with everything.
func (s *methodSet) allow() string {
	var list []string
	for i, m := range methods {
		if s[i] || i == methodHead && s[methodGet] || i == methodOptions && *s != (methodSet{}) {
			list = append(list, m)
		}
	}
	return strings.Join(list, ", ")
}

// find answers the route of a decoded path, whose parameters it appends to values. Without a route of the method, seen
// holds the methods that the path has.
func (n *node) find(method int, path string, values []string) (l *leaf, found []string, seen methodSet) {
	l, found = n.walk(method, path, values, &seen)
	if l == nil && method == methodHead {
		l, found = n.walk(methodGet, path, values, &seen)
	}
	return l, found, seen
}

// walk prefers exact segments and comes back to parameters when they lead nowhere. It notes the methods of all routes
// that the path reaches.
func (n *node) walk(method int, path string, values []string, seen *methodSet) (*leaf, []string) {
	seg, rest, ok := nextSegment(path)
	if !ok {
		for i, l := range n.routes {
			seen[i] = seen[i] || l != nil
		}
		if method >= 0 && n.routes[method] != nil {
			return n.routes[method], values
		}
		return nil, nil
	}
	if next := n.exact[normal(seg)]; next != nil {
		if l, v := next.walk(method, rest, values, seen); l != nil {
			return l, v
		}
	}
	if n.param == nil {
		return nil, nil
	}
	return n.param.walk(method, rest, append(values, seg), seen)
}

// has tells whether a GET route stands at exactly this path, without parameters.
func (n *node) has(path string) bool {
	for seg, rest, ok := nextSegment(path); ok; seg, rest, ok = nextSegment(rest) {
		if n = n.exact[seg]; n == nil {
			return false
		}
	}
	return n.routes[methodGet] != nil
}

// String is method and path.
func (r Route) String() string { return fmt.Sprintf("%s %s", r.Method, r.Path) }
