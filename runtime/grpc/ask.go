package grpc

import (
	"context"
	"errors"

	"connectrpc.com/connect"
	"connectrpc.com/grpcreflect"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// maxFiles is how many files of descriptors a server may have for one service.
const maxFiles = 500

var (
	errStreams = errors.New("a stream")
	errTooMany = errors.New("too many files")
)

// messages asks a server by reflection what the messages of a method are. They are Structs when it does not say, because it
// has no reflection or does not know the service: the call itself will tell.
func (c *client) messages(ctx context.Context, at, service, method string) (question, answer *schema, err error) {
	d, err := c.described(ctx, at, service)
	switch {
	case err != nil && hasNoAnswer(ctx, err):
		return nil, nil, err
	case err == nil:
		if m := d.Methods().ByName(protoreflect.Name(method)); m != nil {
			if m.IsStreamingClient() || m.IsStreamingServer() {
				return nil, nil, errStreams
			}
			all := newSchemas(nil)
			return all.of(m.Input()), all.of(m.Output()), nil
		}
	}
	md, err := resolver{}.message(structName)
	if err != nil {
		return nil, nil, err
	}
	s := newSchemas(nil).of(md)
	return s, s, nil
}

// hasNoAnswer tells whether asking failed because the server could not be reached, or the time is over.
func hasNoAnswer(ctx context.Context, err error) bool {
	code := connect.CodeOf(err)
	return ctx.Err() != nil || code == connect.CodeUnavailable || code == connect.CodeDeadlineExceeded || code == connect.CodeCanceled
}

// described asks a server for the descriptor of a service.
func (c *client) described(ctx context.Context, at, service string) (protoreflect.ServiceDescriptor, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream := grpcreflect.NewClient(c.http, at, connect.WithGRPC(), connect.WithReadMaxBytes(maxAnswer)).NewStream(ctx)
	defer func() { _, _ = stream.Close() }() // what it says then is of no interest
	files, err := stream.FileContainingSymbol(protoreflect.FullName(service))
	if err != nil {
		return nil, err //nolint:wrapcheck // its code is looked at
	}
	g := gathering{stream: stream, files: map[string]*descriptorpb.FileDescriptorProto{}, to: resolver{&protoregistry.Files{}}}
	for _, f := range files {
		g.files[f.GetName()] = f
	}
	for _, f := range files {
		if err := g.register(f, 0); err != nil {
			return nil, err
		}
	}
	d, err := g.to.FindDescriptorByName(protoreflect.FullName(service))
	if s, ok := d.(protoreflect.ServiceDescriptor); ok {
		return s, nil
	}
	return nil, errors.Join(err, protoregistry.NotFound)
}

// gathering is the files of a server that are asked for.
type gathering struct {
	stream *grpcreflect.ClientStream
	files  map[string]*descriptorpb.FileDescriptorProto
	to     resolver
}

// register makes a file known, after those that it imports.
func (g *gathering) register(f *descriptorpb.FileDescriptorProto, depth int) error {
	if _, err := g.to.own.FindFileByPath(f.GetName()); err == nil {
		return nil
	}
	if depth > maxDepth {
		return errTooMany
	}
	for _, name := range f.GetDependency() {
		dep, err := g.find(name)
		if err != nil {
			return err
		}
		if dep != nil {
			if err := g.register(dep, depth+1); err != nil {
				return err
			}
		}
	}
	fd, err := protodesc.NewFile(f, g.to)
	if err != nil {
		return err //nolint:wrapcheck // nobody reads it
	}
	return g.to.own.RegisterFile(fd) //nolint:wrapcheck // nobody reads it
}

// find finds a file, nil for one that protobuf itself has.
func (g *gathering) find(name string) (*descriptorpb.FileDescriptorProto, error) {
	if f := g.files[name]; f != nil {
		return f, nil
	}
	if _, err := g.to.FindFileByPath(name); err == nil {
		return nil, nil
	}
	if len(g.files) >= maxFiles {
		return nil, errTooMany
	}
	more, err := g.stream.FileByFilename(name)
	if err != nil {
		return nil, err //nolint:wrapcheck // its code is looked at
	}
	for _, f := range more {
		g.files[f.GetName()] = f
	}
	return g.files[name], nil
}
