package main

import (
	"context"
	"errors"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// grpcMethod is the method of a gRPC route.
const grpcMethod = "GRPC"

// method adds the gRPC method of a declaration whose code mentions these names.
func (s *service) method(b *vm.Block, names []string) error {
	if b.Args[0].Value.Kind() != value.TextKind || !b.Args[0].Literal {
		return s.refuse(b, httpd.CodePathText)
	}
	m := grpc.Method{Name: b.Args[0].Value.Display(), Place: place(b)}
	var err error
	if m.Limits, err = s.routeLimits(b); err != nil {
		return err
	}
	if len(b.Args) > 1 && b.Args[1].Value.Record() == nil { // a record alone is the options
		if err := s.messages(b, &m); err != nil {
			return err
		}
	}
	bind := httpd.NewBinding("", names, s.code.GlobalSlot)
	m.Run = func(_ context.Context, x *httpd.Exchange) error { return s.answer(b, bind, x) }
	s.methods, s.methodBlocks = append(s.methods, m), append(s.methodBlocks, b)
	return nil
}

// messages reads the list of a gRPC route: guards as text, then the shapes of the question and of the answer, of which இன்மை
// leaves one out.
func (s *service) messages(b *vm.Block, m *grpc.Method) error {
	list := b.Args[1].Value.Array()
	if !b.Args[1].Literal || list == nil {
		return s.refuse(b, grpc.CodeList, b.File.Src[b.Args[1].Span.Start:b.Args[1].Span.End])
	}
	shapes := 0
	for _, item := range list.Items {
		switch {
		case item.IsText() && item.Display() != "":
			m.Guards = append(m.Guards, item.Display())
			continue
		case !item.IsNil() && item.Shape() == nil, shapes == 2:
			return s.refuse(b, grpc.CodeList, value.Brief(item))
		case shapes == 0:
			m.Question = item.Shape()
		default:
			m.Answer = item.Shape()
		}
		shapes++
	}
	return nil
}

// serveMethods adds the routes of the gRPC methods.
func (s *service) serveMethods(opt httpd.Options) error {
	routes, err := grpc.Routes(s.methods, grpc.Options{
		Shapes: s.code.Shape, Check: s.checkShape, MaxMessage: int(opt.MaxBody), Timeout: opt.Timeout, Detail: opt.Detail,
		Report: opt.Report, Stopping: opt.Stopping, Ending: opt.Streams.Ending,
	})
	var bad *grpc.MethodError
	if errors.As(err, &bad) {
		return s.methodError(bad)
	}
	for _, r := range routes {
		var b *vm.Block
		if r.Method >= 0 {
			b = s.methodBlocks[r.Method]
		}
		s.routes, s.blocks = append(s.routes, r.Route), append(s.blocks, b)
	}
	return err
}

// methodError shows why a method cannot be served.
func (s *service) methodError(bad *grpc.MethodError) error {
	b := s.methodBlocks[max(bad.Index, 0)]
	var why *value.Error
	if !errors.As(bad, &why) {
		return bad
	}
	return s.app.show(s.prog, []diag.Diagnostic{diag.New(why.Code, b.File.Name, b.Span, why.Args...)}, false)
}

// checkShape asks the rules of a shape, on a machine of its own.
func (s *service) checkShape(ctx context.Context, rec value.Value, sh *value.Shape) (value.Value, []value.Value, error) {
	m := s.code.Get(s.options)
	defer s.code.Put(m)
	session := s.prelude.Fork()
	out, faults, err := m.CheckShape(s.run(ctx, session), s.globals, rec, sh)
	return out, faults, errors.Join(err, session.Close())
}

// listed is how the table shows a route: gRPC methods once, those of the server itself not at all.
func (s *service) listed(i int) (method, path string, ok bool) {
	r, b := s.routes[i], s.blocks[i]
	switch {
	case b == nil:
		return "", "", false
	case b.Method != grpcMethod:
		return b.Method, r.Path, true
	case i > 0 && s.blocks[i-1] == b:
		return "", "", false
	}
	path = strings.TrimPrefix(r.Path, "/")
	if name := b.Args[0].Value.Display(); name != path {
		path += "  " + name
	}
	return "gRPC", path, true
}
