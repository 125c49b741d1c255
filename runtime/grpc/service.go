package grpc

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/structpb"
)

// services makes the descriptors of services: a file for each package.
type services struct {
	files  map[string]*descriptorpb.FileDescriptorProto // by package
	byName map[string]*descriptorpb.ServiceDescriptorProto
	order  []string // the full names
	paths  []string // the packages
}

func newServices() *services {
	return &services{files: map[string]*descriptorpb.FileDescriptorProto{}, byName: map[string]*descriptorpb.ServiceDescriptorProto{}}
}

// add declares a method of a service with the full names of its messages.
func (s *services) add(service, method, question, answer string) {
	d := s.byName[service]
	if d == nil {
		pkg, name := "", service
		if dot := strings.LastIndexByte(service, '.'); dot >= 0 {
			pkg, name = service[:dot], service[dot+1:]
		}
		file := s.file(pkg)
		d = &descriptorpb.ServiceDescriptorProto{Name: proto.String(name)}
		file.Service = append(file.Service, d)
		s.byName[service] = d
		s.order = append(s.order, service)
	}
	if slices.ContainsFunc(d.Method, func(m *descriptorpb.MethodDescriptorProto) bool { return m.GetName() == method }) {
		return // their routes will be found to conflict, with their places
	}
	d.Method = append(d.Method, &descriptorpb.MethodDescriptorProto{
		Name: proto.String(method), InputType: proto.String("." + question), OutputType: proto.String("." + answer),
	})
}

func (s *services) file(pkg string) *descriptorpb.FileDescriptorProto {
	if f := s.files[pkg]; f != nil {
		return f
	}
	name := "etamil/services.proto"
	if pkg != "" {
		name = "etamil/services/" + pkg + ".proto"
	}
	f := &descriptorpb.FileDescriptorProto{
		Name: proto.String(name), Syntax: proto.String("proto3"),
		Dependency: []string{structpb.File_google_protobuf_struct_proto.Path(), messageFile},
	}
	if pkg != "" {
		f.Package = proto.String(pkg)
	}
	s.files[pkg] = f
	s.paths = append(s.paths, pkg)
	return f
}
