package grpc

import (
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/etamil-lang/etamil/runtime/value"
)

// kind is how the values of a field travel.
type kind uint8

const (
	textKind     kind = iota
	numberKind        // an exact decimal, as text
	boolKind          //
	signedKind        // int32, int64
	zigzagKind        // sint32, sint64
	unsignedKind      // uint32, uint64
	fixedKind         // fixed32, fixed64
	sfixedKind        // sfixed32, sfixed64
	floatKind         // float, double
	bytesKind         // as Base64
	enumKind          // by its name
	messageKind
	groupKind // not read
)

// form is what a message stands for when it is more than its fields.
type form uint8

const (
	plainForm  form = iota
	recordForm      // google.protobuf.Struct
	listForm        // google.protobuf.ListValue
	anyForm         // google.protobuf.Value
	boxForm         // google.protobuf.Int64Value and its like: what is in it
	jsonForm        // google.protobuf.Timestamp and its like: what protojson makes of it
)

var forms = map[protoreflect.FullName]form{
	"google.protobuf.Struct": recordForm, "google.protobuf.ListValue": listForm, "google.protobuf.Value": anyForm,
	"google.protobuf.DoubleValue": boxForm, "google.protobuf.FloatValue": boxForm, "google.protobuf.Int64Value": boxForm,
	"google.protobuf.UInt64Value": boxForm, "google.protobuf.Int32Value": boxForm, "google.protobuf.UInt32Value": boxForm,
	"google.protobuf.BoolValue": boxForm, "google.protobuf.StringValue": boxForm, "google.protobuf.BytesValue": boxForm,
	"google.protobuf.Timestamp": jsonForm, "google.protobuf.Duration": jsonForm, "google.protobuf.FieldMask": jsonForm,
	"google.protobuf.Any": jsonForm,
}

// field is one field of a message.
type field struct {
	number  protowire.Number
	key     string // in records
	name    string // as text: its full name ends so
	kind    kind
	narrow  bool // 32 bits
	list    bool
	packed  bool
	keys    *field                            // of a map, whose values the field says; nil for all others
	message *schema                           // of messageKind
	enum    protoreflect.EnumValueDescriptors // of enumKind
	zero    value.Value                       // what an absent field is
	oneof   int                               // the number of its group of which one may be there, from 1; 0 for none
}

// schema is a message type, prepared. It does not change once it is made.
type schema struct {
	name   string
	form   form
	fields []field
	places map[string]int           // of fields, by key and by name
	wire   map[protowire.Number]int // of fields, by number
	layout *value.Layout            // of its records; nil for those of other servers
	keys   []string
	shape  *value.Shape // what its records are; nil for plain ones
	ruled  bool         // a rule must be asked, of the shape or of one inside it
	desc   protoreflect.MessageDescriptor
}

// schemas makes each schema once. It is not for concurrent use.
type schemas struct {
	made   map[protoreflect.FullName]*schema
	shapes map[protoreflect.FullName]declared
}

// declared is the shape that a message was made from.
type declared struct {
	shape *value.Shape
	ruled bool
}

func newSchemas(shapes map[protoreflect.FullName]declared) *schemas {
	return &schemas{made: map[protoreflect.FullName]*schema{}, shapes: shapes}
}

// of answers the schema of a message type.
func (c *schemas) of(md protoreflect.MessageDescriptor) *schema {
	if s := c.made[md.FullName()]; s != nil {
		return s
	}
	s := &schema{name: string(md.FullName()), form: forms[md.FullName()], desc: md, wire: map[protowire.Number]int{}, places: map[string]int{}}
	c.made[md.FullName()] = s
	if s.form == recordForm || s.form == listForm || s.form == anyForm || s.form == jsonForm {
		return s
	}
	fds := md.Fields()
	for i := range fds.Len() {
		f := c.field(fds.Get(i))
		s.wire[f.number] = i
		s.places[f.name] = i
		s.fields = append(s.fields, f)
	}
	for i, f := range s.fields { // keys win over names
		s.places[f.key] = i
		s.keys = append(s.keys, f.key)
	}
	if d := c.shapes[md.FullName()]; d.shape != nil {
		s.shape, s.ruled, s.layout = d.shape, d.ruled, value.NewLayout(s.keys...)
		s.name = d.shape.Name
	}
	return s
}

// settle finds out of which shapes a rule must be asked; afterwards ruled says it of every schema that was made.
func (c *schemas) settle() {
	for again := true; again; {
		again = false
		for _, s := range c.made {
			for _, f := range s.fields {
				if f.message != nil && f.message.ruled && !s.ruled {
					s.ruled, again = true, true
				}
			}
		}
	}
}

func (c *schemas) field(fd protoreflect.FieldDescriptor) field {
	f := field{number: fd.Number(), key: fd.JSONName(), name: string(fd.Name()), list: fd.IsList(), packed: fd.IsPacked()}
	of := fd
	if fd.IsMap() {
		of = fd.MapValue()
		keys := c.field(fd.MapKey())
		f.keys = &keys
	}
	f.kind, f.narrow = kindOf(of)
	if f.kind == messageKind {
		f.message = c.of(of.Message())
	}
	if f.kind == enumKind {
		f.enum = of.Enum().Values()
	}
	if one := fd.ContainingOneof(); one != nil && !one.IsSynthetic() {
		f.oneof = one.Index() + 1
	}
	f.zero = f.absent(fd)
	value.Share(f.zero) // all messages have this one
	return f
}

// absent is what a field is that is not there: இன்மை, unless the message cannot tell that from the type's zero.
func (f *field) absent(fd protoreflect.FieldDescriptor) value.Value {
	switch {
	case f.list:
		return value.FromItems(nil)
	case f.keys != nil:
		return value.FromFields(nil, nil)
	case fd.HasPresence():
		return value.Nil
	}
	switch f.kind {
	case enumKind:
		return value.FromText(string(f.enum.Get(0).Name())) // one that was declared has presence
	case messageKind, groupKind:
		return value.Nil
	}
	return f.empty()
}

// kindOf is the kind of a field, and whether its numbers have 32 bits.
func kindOf(fd protoreflect.FieldDescriptor) (k kind, narrow bool) {
	switch fd.Kind() {
	case protoreflect.StringKind:
		if isNumber(fd) {
			return numberKind, false
		}
		return textKind, false
	case protoreflect.BoolKind:
		return boolKind, false
	case protoreflect.Int32Kind, protoreflect.Int64Kind:
		return signedKind, fd.Kind() == protoreflect.Int32Kind
	case protoreflect.Sint32Kind, protoreflect.Sint64Kind:
		return zigzagKind, fd.Kind() == protoreflect.Sint32Kind
	case protoreflect.Uint32Kind, protoreflect.Uint64Kind:
		return unsignedKind, fd.Kind() == protoreflect.Uint32Kind
	case protoreflect.Fixed32Kind, protoreflect.Fixed64Kind:
		return fixedKind, fd.Kind() == protoreflect.Fixed32Kind
	case protoreflect.Sfixed32Kind, protoreflect.Sfixed64Kind:
		return sfixedKind, fd.Kind() == protoreflect.Sfixed32Kind
	case protoreflect.FloatKind, protoreflect.DoubleKind:
		return floatKind, fd.Kind() == protoreflect.FloatKind
	case protoreflect.BytesKind:
		return bytesKind, false
	case protoreflect.EnumKind:
		return enumKind, true
	case protoreflect.MessageKind:
		return messageKind, false
	}
	return groupKind, false
}

// numberOption is the field option that marks the texts that are exact decimals: etamil.number, of the file numberFile.
const numberOption = 51234

// isNumber tells whether a text field is marked as a number. The option is known to nobody but its file, so that it is
// found as it came.
func isNumber(fd protoreflect.FieldDescriptor) bool {
	for raw := fd.Options().ProtoReflect().GetUnknown(); len(raw) > 0; {
		number, typ, n := protowire.ConsumeTag(raw)
		if n < 0 {
			return false
		}
		raw = raw[n:]
		if number == numberOption && typ == protowire.VarintType {
			on, n := protowire.ConsumeVarint(raw)
			return n > 0 && on != 0
		}
		if n = protowire.ConsumeFieldValue(number, typ, raw); n < 0 {
			return false
		}
		raw = raw[n:]
	}
	return false
}
