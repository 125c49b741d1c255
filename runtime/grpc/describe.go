package grpc

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/etamil-lang/etamil/runtime/value"
)

// described is a method with its messages.
type described struct {
	path             string // "/package.Service/Method"
	question, answer protoreflect.FullName
}

// trimmed is the name of a method without a slash before it.
func trimmed(name string) string { return strings.TrimPrefix(strings.TrimSpace(name), "/") }

// describe makes the descriptors of all methods and the schemas of their messages.
func (s *server) describe(methods []Method) ([]described, error) {
	msgs, svcs := newMessages(s.o.Shapes), newServices()
	out := make([]described, len(methods))
	for i, m := range methods {
		d, err := describeOne(m, msgs, svcs)
		if err != nil {
			return nil, &MethodError{i, err}
		}
		out[i] = d
	}
	files := []*descriptorpb.FileDescriptorProto{numberOptionFile(), msgs.file}
	for _, pkg := range svcs.paths {
		files = append(files, svcs.files[pkg])
	}
	if !slices.Contains(svcs.order, healthName) {
		files = append(files, healthFile())
	}
	for _, f := range files {
		if err := s.resolver.register(f); err != nil {
			return nil, &MethodError{-1, err}
		}
	}
	s.schemas, s.names = newSchemas(msgs.shapes), svcs.order
	for _, d := range out {
		for _, name := range []protoreflect.FullName{d.question, d.answer} {
			md, err := s.resolver.message(string(name))
			if err != nil {
				return nil, &MethodError{-1, err}
			}
			s.schemas.of(md)
		}
	}
	s.schemas.settle()
	return out, nil
}

func describeOne(m Method, msgs *messages, svcs *services) (d described, err error) {
	service, method, ok := procedure(m.Name)
	if !ok {
		return d, &value.Error{Code: CodeName, Args: []string{m.Name}}
	}
	question, err := msgs.of(m.Question)
	if err != nil {
		return d, err
	}
	answer, err := msgs.of(m.Answer)
	if err != nil {
		return d, err
	}
	svcs.add(service, method, question, answer)
	return described{"/" + service + "/" + method, protoreflect.FullName(question), protoreflect.FullName(answer)}, nil
}
