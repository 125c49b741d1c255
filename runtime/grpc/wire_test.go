package grpc

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/etamil-lang/etamil/runtime/value"
)

// zooFile has a message with a field of every type, alone, in a list, in a map and in a group of which one may be there.
func zooFile(t testing.TB) protoreflect.MessageDescriptor {
	t.Helper()
	kinds := []descriptorpb.FieldDescriptorProto_Type{
		descriptorpb.FieldDescriptorProto_TYPE_DOUBLE, descriptorpb.FieldDescriptorProto_TYPE_FLOAT, descriptorpb.FieldDescriptorProto_TYPE_INT64,
		descriptorpb.FieldDescriptorProto_TYPE_UINT64, descriptorpb.FieldDescriptorProto_TYPE_INT32, descriptorpb.FieldDescriptorProto_TYPE_FIXED64,
		descriptorpb.FieldDescriptorProto_TYPE_FIXED32, descriptorpb.FieldDescriptorProto_TYPE_BOOL, descriptorpb.FieldDescriptorProto_TYPE_STRING,
		descriptorpb.FieldDescriptorProto_TYPE_BYTES, descriptorpb.FieldDescriptorProto_TYPE_UINT32, descriptorpb.FieldDescriptorProto_TYPE_SFIXED32,
		descriptorpb.FieldDescriptorProto_TYPE_SFIXED64, descriptorpb.FieldDescriptorProto_TYPE_SINT32, descriptorpb.FieldDescriptorProto_TYPE_SINT64,
		descriptorpb.FieldDescriptorProto_TYPE_ENUM, descriptorpb.FieldDescriptorProto_TYPE_MESSAGE,
	}
	m := &descriptorpb.DescriptorProto{Name: proto.String("Zoo")}
	typed := func(f *descriptorpb.FieldDescriptorProto, k descriptorpb.FieldDescriptorProto_Type) *descriptorpb.FieldDescriptorProto {
		f.Type = k.Enum()
		switch k {
		case descriptorpb.FieldDescriptorProto_TYPE_ENUM:
			f.TypeName = proto.String(".zoo.Colour")
		case descriptorpb.FieldDescriptorProto_TYPE_MESSAGE:
			f.TypeName = proto.String(".zoo.Zoo")
		}
		return f
	}
	number := int32(0)
	field := func(name string) *descriptorpb.FieldDescriptorProto {
		number++
		return &descriptorpb.FieldDescriptorProto{Name: proto.String(name), JsonName: proto.String(name), Number: proto.Int32(number), Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum()}
	}
	for i, k := range kinds {
		id := strconv.Itoa(i)
		m.Field = append(m.Field, typed(field("alone"+id), k))
		list := typed(field("list"+id), k)
		list.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
		m.Field = append(m.Field, list)
		maybe := typed(field("maybe"+id), k)
		if k != descriptorpb.FieldDescriptorProto_TYPE_MESSAGE {
			maybe.Proto3Optional, maybe.OneofIndex = proto.Bool(true), proto.Int32(int32(i)+1)
		}
		m.Field = append(m.Field, maybe)
		m.NestedType = append(m.NestedType, &descriptorpb.DescriptorProto{
			Name: proto.String("Map" + id + "Entry"), Options: &descriptorpb.MessageOptions{MapEntry: proto.Bool(true)},
			Field: []*descriptorpb.FieldDescriptorProto{
				{Name: proto.String("key"), JsonName: proto.String("key"), Number: proto.Int32(1), Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(), Type: mapKeys[i%len(mapKeys)].Enum()},
				typed(&descriptorpb.FieldDescriptorProto{Name: proto.String("value"), JsonName: proto.String("value"), Number: proto.Int32(2), Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum()}, k),
			},
		})
		mapped := field("map" + id)
		mapped.Label, mapped.Type = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum(), descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum()
		mapped.TypeName = proto.String(".zoo.Zoo.Map" + id + "Entry")
		m.Field = append(m.Field, mapped)
	}
	for i, k := range kinds {
		one := typed(field("one"+strconv.Itoa(i)), k)
		one.OneofIndex = proto.Int32(0)
		m.Field = append(m.Field, one)
	}
	m.OneofDecl = []*descriptorpb.OneofDescriptorProto{{Name: proto.String("choice")}}
	for i := range len(kinds) - 1 {
		m.OneofDecl = append(m.OneofDecl, &descriptorpb.OneofDescriptorProto{Name: proto.String("_maybe" + strconv.Itoa(i))})
	}
	for i, known := range []string{"Struct", "Value", "ListValue", "Timestamp", "Duration", "Int64Value", "StringValue", "BoolValue"} {
		f := field("known" + strconv.Itoa(i))
		f.Type, f.TypeName = descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum(), proto.String(".google.protobuf."+known)
		m.Field = append(m.Field, f)
	}
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name: proto.String("zoo.proto"), Package: proto.String("zoo"), Syntax: proto.String("proto3"), MessageType: []*descriptorpb.DescriptorProto{m},
		EnumType: []*descriptorpb.EnumDescriptorProto{{Name: proto.String("Colour"), Value: []*descriptorpb.EnumValueDescriptorProto{
			{Name: proto.String("NONE"), Number: proto.Int32(0)}, {Name: proto.String("RED"), Number: proto.Int32(1)}, {Name: proto.String("BLUE"), Number: proto.Int32(-7)},
		}}},
		Dependency: []string{
			structpb.File_google_protobuf_struct_proto.Path(), timestamppb.File_google_protobuf_timestamp_proto.Path(),
			durationpb.File_google_protobuf_duration_proto.Path(), wrapperspb.File_google_protobuf_wrappers_proto.Path(),
		},
	}, resolver{own: nil})
	if err != nil {
		t.Fatal(err)
	}
	return file.Messages().ByName("Zoo")
}

var mapKeys = []descriptorpb.FieldDescriptorProto_Type{
	descriptorpb.FieldDescriptorProto_TYPE_STRING, descriptorpb.FieldDescriptorProto_TYPE_INT32, descriptorpb.FieldDescriptorProto_TYPE_UINT64,
	descriptorpb.FieldDescriptorProto_TYPE_BOOL, descriptorpb.FieldDescriptorProto_TYPE_SINT64, descriptorpb.FieldDescriptorProto_TYPE_FIXED32,
}

// randomZoo fills a message as some other program might.
func randomZoo(r *rand.Rand, md protoreflect.MessageDescriptor, depth int) *dynamicpb.Message {
	m := dynamicpb.NewMessage(md)
	for i := range md.Fields().Len() {
		fd := md.Fields().Get(i)
		if r.IntN(3) > 0 || depth > 2 && fd.Message() != nil {
			continue
		}
		switch {
		case fd.IsMap():
			entries := m.Mutable(fd).Map()
			for range r.IntN(4) {
				entries.Set(randomSingle(r, fd.MapKey(), depth).MapKey(), randomSingle(r, fd.MapValue(), depth))
			}
		case fd.IsList():
			items := m.Mutable(fd).List()
			for range r.IntN(4) {
				items.Append(randomSingle(r, fd, depth))
			}
		default:
			m.Set(fd, randomSingle(r, fd, depth))
		}
	}
	return m
}

var sampleTexts = []string{"", "a", "வணக்கம்", "கொ 👍🏽", "𝒳𑿀", "\x00\"\\", strings.Repeat("நீ", 30)}

func randomSingle(r *rand.Rand, fd protoreflect.FieldDescriptor, depth int) protoreflect.Value {
	whole := []int64{0, 1, -1, 127, 128, -129, 1 << 30, -1 << 31, int64(r.Int32())}[r.IntN(9)]
	switch fd.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(r.IntN(2) == 0)
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum([]protoreflect.EnumNumber{0, 1, -7, 99}[r.IntN(4)])
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(int32(whole))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64([]int64{whole, -1 << 63, 1<<63 - 1, r.Int64()}[r.IntN(4)])
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32([]uint32{0, 1, 1<<32 - 1, r.Uint32()}[r.IntN(4)])
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return protoreflect.ValueOfUint64([]uint64{0, 1, 1<<64 - 1, r.Uint64()}[r.IntN(4)])
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32([]float32{0, 0.1, -2.5, 16777216, float32(r.IntN(1000)) / 8}[r.IntN(5)])
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64([]float64{0, 0.1, -2.5, 1e15, 123456.789, float64(r.IntN(1000)) / 8}[r.IntN(6)])
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(sampleTexts[r.IntN(len(sampleTexts))])
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(sampleTexts[r.IntN(len(sampleTexts))]))
	}
	return protoreflect.ValueOfMessage(randomMessage(r, fd.Message(), depth+1))
}

// randomMessage is one whose form is its own.
func randomMessage(r *rand.Rand, md protoreflect.MessageDescriptor, depth int) protoreflect.Message {
	js := ""
	switch md.Name() {
	case "Struct":
		js = `{"அ":1.5,"கொ":null,"𝒳":[true,"x",{}]}`
	case "Value":
		js = []string{`0.25`, `"நீ"`, `[1,[2,null]]`, `{"a":{}}`}[r.IntN(4)] // null alone is read as nothing
	case "ListValue":
		js = `["அ",2,false,null]`
	case "Timestamp":
		js = `"2026-11-25T19:07:00.25Z"`
	case "Duration":
		js = `"-3.5s"`
	case "Int64Value":
		js = `"-9007199254740993"`
	case "StringValue":
		js = `"கா"`
	case "BoolValue":
		js = `false`
	default:
		return randomZoo(r, md, depth)
	}
	m := dynamicpb.NewMessage(md)
	if err := protojson.Unmarshal([]byte(js), m); err != nil {
		panic(err)
	}
	return m
}

// What protobuf's own library writes is read, and what is written of it again is the same message to that library.
func TestWireAgreesWithProtobuf(t *testing.T) {
	t.Parallel()
	md := zooFile(t)
	s := newSchemas(nil).of(md)
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 1))
		m := randomZoo(r, md, 0)
		raw, err := proto.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		v, err := decode(raw, s)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		again := dynamicpb.NewMessage(md)
		if err := proto.Unmarshal(appendMessage(nil, v, s), again); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !proto.Equal(m, again) {
			t.Fatalf("seed %d: %s", seed, differing(m, again))
		}
		// A value that was read follows the schema already.
		same, err := conform(v, s, true)
		if err != nil || !value.Equal(v, same) {
			t.Fatalf("seed %d: %v\n%s\n%s", seed, err, v.Display(), same.Display())
		}
	}
}

// differing names the fields in which two messages differ.
func differing(a, b *dynamicpb.Message) string {
	var out []string
	fields := a.Descriptor().Fields()
	for i := range fields.Len() {
		if fd := fields.Get(i); a.Has(fd) != b.Has(fd) || !a.Get(fd).Equal(b.Get(fd)) {
			out = append(out, fmt.Sprintf("%s: %v is %v", fd.Name(), a.Get(fd), b.Get(fd)))
		}
	}
	return strings.Join(out, "\n")
}

// Fields that come twice, packed or not, in any order, count as protobuf says.
func TestWireMerges(t *testing.T) {
	t.Parallel()
	md := zooFile(t)
	s := newSchemas(nil).of(md)
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		var raw []byte
		for range 3 {
			part, err := proto.Marshal(randomZoo(r, md, 1))
			if err != nil {
				t.Fatal(err)
			}
			raw = append(raw, part...)
		}
		m, again := dynamicpb.NewMessage(md), dynamicpb.NewMessage(md)
		if err := proto.Unmarshal(raw, m); err != nil {
			t.Fatal(err)
		}
		v, err := decode(raw, s)
		if err != nil {
			t.Fatal(err)
		}
		if err := proto.Unmarshal(appendMessage(nil, v, s), again); err != nil || !proto.Equal(m, again) {
			t.Fatalf("seed %d: %v %s", seed, err, differing(m, again))
		}
	}
}

// Broken bytes are refused, never more leniently than by protobuf itself, and never with a panic.
func FuzzDecode(f *testing.F) {
	md := zooFile(f)
	s := newSchemas(nil).of(md)
	for seed := range uint64(8) {
		raw, err := proto.Marshal(randomZoo(rand.New(rand.NewPCG(seed, 3)), md, 0))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(raw[:len(raw)/2])
	}
	f.Add(bytes.Repeat([]byte{0xff}, 11))
	f.Add([]byte{0x0b, 0x0c})
	f.Fuzz(func(t *testing.T, raw []byte) {
		v, err := decode(raw, s)
		if err != nil {
			return
		}
		m := dynamicpb.NewMessage(md)
		if err := proto.Unmarshal(raw, m); err != nil {
			t.Fatalf("protobuf refuses %x: %v; here it is %s", raw, err, v.Display())
		}
		if err := proto.Unmarshal(appendMessage(nil, v, s), dynamicpb.NewMessage(md)); err != nil {
			t.Fatalf("%x: what is written again is broken: %v", raw, err)
		}
	})
}

// Any JSON is refused or becomes a message, which is written as JSON and as bytes that read the same.
func FuzzJSON(f *testing.F) {
	s := newSchemas(nil).of(zooFile(f))
	codec := jsonCodec{"json"}
	for _, seed := range []string{
		`{}`, `{"alone8":"கொ 👍🏽","list3":[1,"18446744073709551615"],"map0":{"𝒳":1.5},"known0":{"a":[null,{}]}}`, `{"alone15":"RED","one16":{"maybe7":false}}`,
		`{"known3":"2026-11-25T19:07:00Z","known4":"-3.5s","known5":"7","alone9":"AAE="}`, `{"known1":12345678901234567890.12}`, `[1]`, `{"alone4":2147483648}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first := &message{schema: s}
		if codec.Unmarshal([]byte(text), first) != nil {
			return
		}
		raw := appendMessage(nil, first.v, s)
		if err := proto.Unmarshal(raw, dynamicpb.NewMessage(s.desc)); err != nil {
			t.Fatalf("%q: protobuf cannot read it: %v", text, err)
		}
		second, err := decode(raw, s)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if again := appendMessage(nil, second, s); !bytes.Equal(raw, again) {
			t.Fatalf("%q: %x and %x", text, raw, again)
		}
	})
}
