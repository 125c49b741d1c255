package httpd

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Route is one வழி of a program.
type Route struct {
	// Method is the HTTP method in capitals.
	Method string
	// Path is the pattern as written: segments, of which those that start with a colon are parameters.
	Path string
	// Guarded routes answer 401, because nobody can prove yet who they are; their Run is never called.
	Guarded bool
	// Place says for people where the route is declared.
	Place string
	// Run answers a request. An error is answered with 500 and reported.
	Run func(ctx context.Context, r *Request) (Response, error)
}

// methods are the methods that a route may have.
var methods = []string{
	http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodHead,
}

// ConflictError says that two routes would answer the same requests.
type ConflictError struct{ First, Second Route }

// Error names both routes and their places.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s %s (%s) and %s %s (%s) answer the same requests",
		e.First.Method, e.First.Path, e.First.Place, e.Second.Method, e.Second.Path, e.Second.Place)
}

// ErrMethod is the error of a route with a method that HTTP programs cannot declare.
var ErrMethod = errors.New("not a method of a route")

// node is one segment of the tree of routes.
type node struct {
	exact  map[string]*node
	param  *node
	routes map[string]*leaf // by method
}

// leaf is a route with the names of its parameters in order.
type leaf struct {
	Route
	names []string
}

// tree puts routes into a tree and refuses those that conflict.
func tree(routes []Route) (*node, error) {
	root := &node{}
	for _, r := range routes {
		if !slices.Contains(methods, r.Method) {
			return nil, fmt.Errorf("%s %s (%s): %w", r.Method, r.Path, r.Place, ErrMethod)
		}
		n, l := root, &leaf{Route: r}
		for _, seg := range segments(r.Path) {
			if name, isParam := strings.CutPrefix(seg, ":"); isParam {
				l.names = append(l.names, name)
				if n.param == nil {
					n.param = &node{}
				}
				n = n.param
				continue
			}
			if n.exact == nil {
				n.exact = map[string]*node{}
			}
			if n.exact[seg] == nil {
				n.exact[seg] = &node{}
			}
			n = n.exact[seg]
		}
		if n.routes == nil {
			n.routes = map[string]*leaf{}
		}
		if old := n.routes[r.Method]; old != nil {
			return nil, &ConflictError{First: old.Route, Second: r}
		}
		n.routes[r.Method] = l
	}
	return root, nil
}

// segments parts a path; empty segments do not count, so that /a/ and //a are /a.
func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// decoded are the segments of a request's path. Each is decoded on its own, so that an encoded slash stays inside its
// parameter.
func decoded(u *url.URL) []string {
	segs := segments(u.EscapedPath())
	for i, s := range segs {
		if text, err := url.PathUnescape(s); err == nil {
			segs[i] = strings.ToValidUTF8(text, "\uFFFD")
		}
	}
	return segs
}

// find answers the route of a path and the values of its parameters. Without a route of the method, allow lists the
// methods that the path has; it is empty for a path that no route has.
func (n *node) find(method string, segs []string) (l *leaf, values, allow []string) {
	seen := map[string]bool{}
	l, values = n.walk(method, segs, nil, seen)
	if l == nil && method == http.MethodHead {
		l, values = n.walk(http.MethodGet, segs, nil, seen)
	}
	for _, m := range methods {
		if seen[m] || m == http.MethodHead && seen[http.MethodGet] || m == http.MethodOptions && len(seen) > 0 {
			allow = append(allow, m)
		}
	}
	return l, values, allow
}

// walk prefers exact segments and comes back to parameters when they lead nowhere. It notes the methods of all routes
// that the path reaches.
func (n *node) walk(method string, segs, values []string, seen map[string]bool) (*leaf, []string) {
	if len(segs) == 0 {
		for m := range n.routes {
			seen[m] = true
		}
		if l := n.routes[method]; l != nil {
			return l, values
		}
		return nil, nil
	}
	if next := n.exact[segs[0]]; next != nil {
		if l, v := next.walk(method, segs[1:], values, seen); l != nil {
			return l, v
		}
	}
	if n.param == nil {
		return nil, nil
	}
	return n.param.walk(method, segs[1:], append(slices.Clip(values), segs[0]), seen)
}
