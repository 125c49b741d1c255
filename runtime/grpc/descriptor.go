package grpc

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax"
)

// The files that are made, and the package of the messages in them.
const (
	messageFile    = "etamil/messages.proto"
	numberFile     = "etamil/number.proto"
	messagePackage = "etamil"
	structName     = "google.protobuf.Struct"
	valueName      = "google.protobuf.Value"
	listName       = "google.protobuf.ListValue"
)

// Shapes answers a declared shape with its declaration, or nil (vm.Program.Shape).
type Shapes func(name string) (*value.Shape, *syntax.ShapeDecl)

// messages makes message types of shapes: all in one file, each once for the types that its parameters stand for.
type messages struct {
	lookup Shapes
	file   *descriptorpb.FileDescriptorProto
	made   map[string]string // the full names, by shape and arguments
	taken  map[string]bool
	shapes map[protoreflect.FullName]declared
}

func newMessages(lookup Shapes) *messages {
	return &messages{
		lookup: lookup, made: map[string]string{}, taken: map[string]bool{}, shapes: map[protoreflect.FullName]declared{},
		file: &descriptorpb.FileDescriptorProto{
			Name: proto.String(messageFile), Package: proto.String(messagePackage), Syntax: proto.String("proto3"),
			Dependency: []string{structpb.File_google_protobuf_struct_proto.Path(), numberFile},
		},
	}
}

// of is the full name of the message of a shape, which is a Struct when there is none.
func (b *messages) of(sh *value.Shape) (string, error) {
	if sh == nil {
		return structName, nil
	}
	return b.shape(sh.Name, nil)
}

// shape makes the message of a shape whose parameters stand for args.
func (b *messages) shape(name string, args []*syntax.Type) (string, error) {
	key := name + typesText(args)
	if full := b.made[key]; full != "" {
		return full, nil
	}
	sh, decl := b.lookup(name)
	if sh == nil {
		return valueName, nil // a parameter that nothing stands for
	}
	local := unique(Identifier(key), b.taken)
	full := messagePackage + "." + local
	b.made[key] = full
	m := &descriptorpb.DescriptorProto{Name: proto.String(local)}
	b.file.MessageType = append(b.file.MessageType, m)
	given := map[string]*syntax.Type{}
	for i, p := range decl.TypeParams {
		if i < len(args) {
			given[p.Text] = args[i]
		} else {
			given[p.Text] = nil
		}
	}
	ruled, names := false, map[string]bool{}
	for i, f := range decl.Fields {
		fd, err := b.field(f, given)
		if err != nil {
			return "", b.refuse(err, f.Name.Text, name)
		}
		fd.Name = proto.String(unique(Identifier(f.Name.Text), names))
		fd.Number = proto.Int32(fieldNumber(i))
		m.Field = append(m.Field, fd)
		ruled = ruled || f.Rule != nil
	}
	present(m, names)
	b.shapes[protoreflect.FullName(full)] = declared{sh, ruled}
	return full, nil
}

// fieldNumber is the number of a field, in order from 1; those that protobuf keeps for itself are left out.
func fieldNumber(i int) int32 {
	if n := int32(i) + 1; n < int32(protowire.FirstReservedNumber) { //nolint:gosec // a shape has not so many
		return n
	}
	return int32(i) + 1 + int32(protowire.LastReservedNumber-protowire.FirstReservedNumber) + 1 //nolint:gosec // as above
}

// present lets a message tell whether its single fields are there, as proto3 says it: each in a group of its own.
func present(m *descriptorpb.DescriptorProto, names map[string]bool) {
	for _, fd := range m.Field {
		if fd.GetLabel() == descriptorpb.FieldDescriptorProto_LABEL_REPEATED || fd.GetType() == descriptorpb.FieldDescriptorProto_TYPE_MESSAGE {
			continue
		}
		fd.Proto3Optional = proto.Bool(true)
		fd.OneofIndex = proto.Int32(int32(len(m.OneofDecl))) //nolint:gosec // a shape has not so many
		m.OneofDecl = append(m.OneofDecl, &descriptorpb.OneofDescriptorProto{Name: proto.String(unique("_"+fd.GetName(), names))})
	}
}

// unfit is why a type cannot go into a message.
type unfit struct{ tamil, english string }

func (e *unfit) Error() string { return e.tamil + "  (" + e.english + ")" }

// refuse says in which field a type is that cannot go into a message, unless that is said already.
func (b *messages) refuse(err error, field, shape string) error {
	if bad, ok := err.(*unfit); ok { //nolint:errorlint // it is made here and not wrapped
		return &value.Error{Code: CodeField, Args: []string{field, shape, bad.Error()}}
	}
	return err
}

// field describes a field but for its number and name. A name that the declaration leaves out cannot have been compiled.
func (b *messages) field(f *syntax.FieldDecl, given map[string]*syntax.Type) (*descriptorpb.FieldDescriptorProto, error) {
	fd := &descriptorpb.FieldDescriptorProto{
		JsonName: proto.String(f.Name.Text), Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(),
	}
	t := stands(f.Type, given)
	if t != nil && t.Kind == syntax.TypeArray && len(t.Args) == 1 {
		fd.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
		t = t.Args[0]
	}
	return fd, b.typed(fd, t)
}

// maxTypes is how deep the arguments of shapes may nest; deeper ones take everything, so that a shape that asks for ever
// new ones of itself comes to an end.
const maxTypes = 8

// stands is what a type says once its parameters are known; nil takes everything.
func stands(t *syntax.Type, given map[string]*syntax.Type) *syntax.Type {
	return substitute(t, given, 0)
}

func substitute(t *syntax.Type, given map[string]*syntax.Type, depth int) *syntax.Type {
	if t == nil || depth > maxTypes {
		return nil
	}
	if arg, ok := given[t.Name.Text]; ok && t.Kind == syntax.TypeShape {
		return cut(arg, depth)
	}
	out := &syntax.Type{Name: t.Name, Kind: t.Kind}
	for _, a := range t.Args {
		out.Args = append(out.Args, substitute(a, given, depth+1))
	}
	return out
}

// cut leaves out what nests too deep.
func cut(t *syntax.Type, depth int) *syntax.Type { return substitute(t, nil, depth) }

// typed gives a field its type.
func (b *messages) typed(fd *descriptorpb.FieldDescriptorProto, t *syntax.Type) error {
	message := func(name string) {
		fd.Type = descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum()
		fd.TypeName = proto.String("." + name)
	}
	if t == nil {
		message(valueName)
		return nil
	}
	switch t.Kind {
	case syntax.TypeNumber:
		fd.Type = descriptorpb.FieldDescriptorProto_TYPE_STRING.Enum()
		fd.Options = numberOptions()
	case syntax.TypeText, syntax.TypeDate:
		fd.Type = descriptorpb.FieldDescriptorProto_TYPE_STRING.Enum()
	case syntax.TypeBoolean:
		fd.Type = descriptorpb.FieldDescriptorProto_TYPE_BOOL.Enum()
	case syntax.TypeArray:
		message(listName)
	case syntax.TypeRecord:
		message(structName)
	case syntax.TypeFunction:
		return &unfit{"செயல்களை அனுப்ப முடியாது", "functions are not sent"}
	default:
		name, err := b.shape(t.Name.Text, t.Args)
		if err != nil {
			return err
		}
		message(name)
	}
	return nil
}

// typesText is how the arguments of a shape are told apart.
func typesText(args []*syntax.Type) string {
	var out strings.Builder
	for _, a := range args {
		out.WriteByte('_')
		if a != nil && a.Name != nil {
			out.WriteString(a.Name.Text + typesText(a.Args))
		}
	}
	return out.String()
}

// numberOptions mark a text as an exact decimal.
func numberOptions() *descriptorpb.FieldOptions {
	o := &descriptorpb.FieldOptions{}
	o.ProtoReflect().SetUnknown(protowire.AppendVarint(protowire.AppendTag(nil, numberOption, protowire.VarintType), 1))
	return o
}

// numberOptionFile declares the option of numberOptions, so that other tools can show it.
func numberOptionFile() *descriptorpb.FileDescriptorProto {
	return &descriptorpb.FileDescriptorProto{
		Name: proto.String(numberFile), Package: proto.String(messagePackage), Syntax: proto.String("proto3"),
		Dependency: []string{descriptorpb.File_google_protobuf_descriptor_proto.Path()},
		Extension: []*descriptorpb.FieldDescriptorProto{{
			Name: proto.String("number"), Number: proto.Int32(numberOption), Extendee: proto.String(".google.protobuf.FieldOptions"),
			Type: descriptorpb.FieldDescriptorProto_TYPE_BOOL.Enum(), Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(),
			JsonName: proto.String("number"), Proto3Optional: proto.Bool(true),
		}},
	}
}

// resolver finds what the program declares, then what protobuf itself has.
type resolver struct{ own *protoregistry.Files }

// FindFileByPath finds a file.
func (r resolver) FindFileByPath(path string) (protoreflect.FileDescriptor, error) {
	if fd, err := r.own.FindFileByPath(path); err == nil {
		return fd, nil
	}
	return protoregistry.GlobalFiles.FindFileByPath(path) //nolint:wrapcheck // protodesc and grpcreflect compare it
}

// FindDescriptorByName finds a declaration.
func (r resolver) FindDescriptorByName(name protoreflect.FullName) (protoreflect.Descriptor, error) {
	if d, err := r.own.FindDescriptorByName(name); err == nil {
		return d, nil
	}
	return protoregistry.GlobalFiles.FindDescriptorByName(name) //nolint:wrapcheck // protodesc and grpcreflect compare it
}

// register makes a file known.
func (r resolver) register(file *descriptorpb.FileDescriptorProto) error {
	fd, err := protodesc.NewFile(file, r)
	if err == nil {
		err = r.own.RegisterFile(fd)
	}
	if err != nil {
		return &value.Error{Code: CodeDescriptors, Args: []string{fmt.Sprintf("%s: %v", file.GetName(), err)}}
	}
	return nil
}

// message finds a message type.
func (r resolver) message(name string) (protoreflect.MessageDescriptor, error) {
	d, err := r.FindDescriptorByName(protoreflect.FullName(name))
	if err == nil {
		if md, ok := d.(protoreflect.MessageDescriptor); ok {
			return md, nil
		}
		err = protoregistry.NotFound
	}
	return nil, &value.Error{Code: CodeDescriptors, Args: []string{name + ": " + err.Error()}}
}
