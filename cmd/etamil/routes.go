package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// isRoute tells whether a statement declares a route.
func isRoute(s syntax.Stmt) bool {
	_, ok := s.(*syntax.RouteStmt)
	return ok
}

// inert are the declarations that a server does not run.
var inert = map[string]bool{"test": true, "bench": true, "beforeEach": true, "afterEach": true}

// firstRoute is shown to those who have none yet.
const firstRoute = `வழி பெறு, "/" { பதில் 200, "வணக்கம்"; }`

// declarations reads the program's routes and schedules.
func (s *service) declarations() error {
	blocks := s.code.Blocks()
	names := mentioned(s.code)
	for i := range blocks {
		b := &blocks[i]
		switch {
		case b.Word == "Route" && b.Method == grpcMethod:
			if err := s.method(b, names(b)); err != nil {
				return err
			}
		case b.Word == "Route":
			r, err := s.route(b, names(b))
			if err != nil {
				return err
			}
			s.routes, s.blocks = append(s.routes, r), append(s.blocks, b)
		case b.Word == "Every":
			seconds, ok := b.Args[0].Value.Int()
			if !b.Args[0].Literal || !ok || seconds < 1 || seconds > 1<<30 {
				return s.refuse(b, httpd.CodeSchedule)
			}
			s.every = append(s.every, every{b, time.Duration(seconds) * time.Second})
		case b.Word == "onSignal" || b.Word == "paNa_pana":
			name, known := signalOf(b)
			if !known {
				return s.refuse(b, lifecycle.CodeSignal, name)
			}
			s.signals = append(s.signals, signalBlock{name, b})
		case b.Word == "onShutdown":
			s.shutdown = append(s.shutdown, b)
		case b.Word == "hotReload":
			s.farewell = append(s.farewell, b)
		case !inert[b.Word]:
			return s.refuse(b, httpd.CodeMethod, b.Word)
		}
	}
	s.declared = len(s.routes)
	if len(s.routes)+len(s.methods)+len(s.every) == 0 {
		return fmt.Errorf("%s: %s", s.prog.Files[0].Name, s.app.text(
			"வழங்க வழிகள் எதுவும் இல்லை; ஒன்றை எழுதவும், எ.கா. "+firstRoute, "there are no routes to serve; write one, such as "+firstRoute))
	}
	return nil
}

// route makes a route of a declaration whose code mentions these names.
func (s *service) route(b *vm.Block, names []string) (httpd.Route, error) {
	if b.Args[0].Value.Kind() != value.TextKind || !b.Args[0].Literal {
		return httpd.Route{}, s.refuse(b, httpd.CodePathText)
	}
	path := b.Args[0].Value.Display()
	if b.Method == "" {
		return httpd.Route{}, s.noMethod(b)
	}
	guards, err := s.guards(b)
	if err != nil {
		return httpd.Route{}, err
	}
	limits, err := s.routeLimits(b)
	if err != nil {
		return httpd.Route{}, err
	}
	method, kind := methodOf(b.Method)
	bind := httpd.NewBinding(path, names, s.code.GlobalSlot)
	return httpd.Route{
		Method: method, Kind: kind, Path: path, Guards: guards, Limits: limits, Place: place(b),
		Run: func(_ context.Context, x *httpd.Exchange) error { return s.answer(b, bind, x) },
	}, nil
}

// The methods of routes whose answer lasts, as vm.Block has them.
const (
	methodEvents = "SSE"
	methodSocket = "WS"
)

// methodOf is the HTTP method and the kind of a route.
func methodOf(method string) (string, httpd.Kind) {
	switch method {
	case methodEvents:
		return http.MethodGet, httpd.Events
	case methodSocket:
		return http.MethodGet, httpd.Socket
	}
	return method, httpd.Plain
}

// place is where a declaration stands, for people.
func place(b *vm.Block) string {
	line, col := position.NewMap(b.File.Src).Clusters(b.Span.Start)
	return fmt.Sprintf("%s:%d:%d", b.File.Name, line, col)
}

// refuse shows why a declaration cannot be served.
func (s *service) refuse(b *vm.Block, code string, args ...string) error {
	return s.app.show(s.prog, []diag.Diagnostic{diag.New(code, b.File.Name, b.Span, args...)}, false)
}

// noMethod shows that the word after வழி is no method.
func (s *service) noMethod(b *vm.Block) error {
	tokens, _ := syntax.Lex(b.File.Text(syntax.Span{Start: b.Span.Start, End: b.Args[0].Span.Start}))
	word := tokens[1]
	start := b.Span.Start + word.Pos.Offset
	at := syntax.Span{Start: start, End: start + len(word.Value)}
	return s.app.show(s.prog, []diag.Diagnostic{diag.New(check.CodeMethod, b.File.Name, at, word.Value)}, false)
}

// routeError shows why routes cannot be served, with the places of both when two conflict.
func (s *service) routeError(err error) error {
	var e *httpd.RouteError
	if !errors.As(err, &e) {
		return s.app.plainly(err)
	}
	b := s.blocks[e.Index]
	if b == nil { // one of ours against one of the program's
		b, e.Other = s.blocks[e.Other], -1
	}
	d := diag.New(e.Code, b.File.Name, b.Span, e.Args...)
	if e.Other >= 0 {
		other := s.blocks[e.Other]
		d.Args = []string{e.Args[0] + " (" + place(other) + ")", e.Args[1] + " (" + place(b) + ")"}
		d.Related = []diag.Related{{Code: diag.NoteOther, Args: e.Args[:1], File: other.File.Name, Span: other.Span}}
	}
	return s.app.show(s.prog, []diag.Diagnostic{d}, false)
}

// mentioned answers, for each declaration, the request variables that its own code may read: those that stand in it, and
// those that stand outside all declarations, in a செயல் perhaps. The others need not be made for its requests.
func mentioned(p *vm.Program) func(b *vm.Block) []string {
	blocks := p.Blocks()
	common := map[string]bool{}
	own := map[*vm.Block]map[string]bool{}
	for i := range blocks {
		own[&blocks[i]] = map[string]bool{}
	}
	for _, f := range p.Files() {
		tokens, _ := syntax.Lex(f.Src)
		for _, t := range tokens {
			if !httpd.IsVariable(t.Value) {
				continue
			}
			into := common
			for i := range blocks {
				if b := &blocks[i]; b.File == f && b.Span.Start <= t.Pos.Offset && t.Pos.Offset < b.Span.End {
					into = own[b]
				}
			}
			into[t.Value] = true
		}
	}
	return func(b *vm.Block) []string {
		var names []string
		for _, name := range httpd.Variables() {
			if common[name] || own[b][name] {
				names = append(names, name)
			}
		}
		return names
	}
}

// announce prints the address and, while a program is written, the routes with their places.
func (s *service) announce(url string, table bool) {
	if table {
		s.table()
	}
	s.log.say(s.app.text("வழங்குகிறது", "serving") + ": " + url)
}

func (s *service) table() {
	for i, r := range s.routes {
		method, path, ok := s.listed(i)
		if !ok {
			continue
		}
		if r.Guards != nil {
			path += "  🔒"
		}
		s.log.say(tableLine(method, path, r.Place))
	}
	for _, e := range s.every {
		s.log.say(tableLine("⏱", e.period.String(), place(e.block)))
	}
}

// tableLine lines up the cells of a terminal, which Tamil letters fill in their own way.
func tableLine(method, path, place string) string {
	pad := func(text string, to int) string { return text + strings.Repeat(" ", max(0, to-diag.CellWidth(text))) }
	return "  " + pad(method, 7) + " " + pad(path, 30) + " " + place
}
