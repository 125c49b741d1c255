package grpc_test

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

func TestIdentifier(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"கணிப்பான்": "kaNippAZ", "கூட்டு": "kUttu", "Greeter": "Greeter", "say_hello2": "say_hello2", "2ஆம்": "_2Am",
		"𝒳": "_1D4B3", "👍🏽": "_1F44D_1F3FD", "𑿀": "_11FC0", "a b": "a_20b", "ஶ்ரீ": "_BB6_BCDrI", "௧": "_BE7", "": "",
	} {
		if got := grpc.Identifier(name); got != want {
			t.Errorf("%q is %q, not %q", name, got, want)
		}
	}
}

// Whatever the program cannot serve is said before it serves, with the method that it is about.
func TestRefusedMethods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		src, code string
		index     int
	}{
		{`வழி ஜிஆர்பிசி, "அ/ஆ" { பதில் 0, {}; } வழி ஜிஆர்பிசி, "கூட்டு" { பதில் 0, {}; }`, grpc.CodeName, 1},
		{`வழி ஜிஆர்பிசி, "அ//ஆ" { பதில் 0, {}; }`, grpc.CodeName, 0},
		{`வழி ஜிஆர்பிசி, "அ..இ/ஆ" { பதில் 0, {}; }`, grpc.CodeName, 0},
		{`வழி ஜிஆர்பிசி, "அ/:ஆ" { பதில் 0, {}; }`, grpc.CodeName, 0},
		{`வடிவம் சின்ன { செயல் f } வடிவம் பெரிய { சின்ன அ } வழி ஜிஆர்பிசி, "அ/ஆ", [பெரிய, இன்மை] { பதில் 0, {}; }`, grpc.CodeField, 0},
		{`வழி ஜிஆர்பிசி, "அ/ஆ" { பதில் 0, {}; } வழி ஜிஆர்பிசி, "அ.இ/ஆ" { பதில் 0, {}; }`, grpc.CodeDescriptors, -1},
	} {
		p := load(t, c.src)
		_, err := grpc.Routes(p.methods(), p.options())
		var bad *grpc.MethodError
		var why *value.Error
		if !errors.As(err, &bad) || !errors.As(err, &why) || why.Code != c.code || bad.Index != c.index {
			t.Errorf("%s: %v", c.src, err)
		}
	}
	if routes, err := grpc.Routes(nil, grpc.Options{}); routes != nil || err != nil {
		t.Errorf("a program without methods has %v %v", routes, err)
	}
	p := load(t, `வழி ஜிஆர்பிசி, "அ/ஆ" { பதில் 0, {}; } வழி ஜிஆர்பிசி, "/அ/ஆ" { பதில் 0, {}; }`)
	routes, err := grpc.Routes(p.methods(), p.options())
	if err != nil {
		t.Fatal(err)
	}
	var plain []httpd.Route
	for _, r := range routes {
		plain = append(plain, r.Route)
	}
	_, err = httpd.NewHandler(plain, httpd.Options{})
	var twice *httpd.RouteError
	if !errors.As(err, &twice) || twice.Code != httpd.CodeConflict {
		t.Errorf("a method twice: %v", err)
	}
}

// Shapes with parameters make a message for what they stand for, and those that hold themselves come to an end.
func TestGenericShapes(t *testing.T) {
	t.Parallel()
	c := dial(t, serve(t, `
வடிவம் பெட்டி[வ] { வ உள்ளே, அணி[வ] பல, பெட்டி[வ] அடுத்து }
வடிவம் ஜோடி[அ, ஆ] { அ முதல், பெட்டி[ஆ] மற்றது, ஜோடி[ஆ, அணி[அ]] மேலும் }
வடிவம் கேள்வி { பெட்டி[எண்] ஒன்று, ஜோடி[சொல், ஈர்ம] இரண்டு, அணி[அணி[எண்]] அட்டவணை, பெட்டி[பெட்டி[எண்]] ஆழம், அணி ஏதும், தேதி நாள் }
வழி ஜிஆர்பிசி, "ச/எதிரொலி", [கேள்வி, கேள்வி] { பதில் 0, கோரிக்கை.உடல்; }
`, nil))
	const question = `{"ஒன்று":{"உள்ளே":"1.5","பல":["2","3"],"அடுத்து":{"உள்ளே":"4"}},"இரண்டு":{"முதல்":"நீ","மற்றது":{"உள்ளே":true,"பல":[false]}},"அட்டவணை":[[1,2],["x"]],"ஆழம்":{"உள்ளே":{"உள்ளே":"9"}},"ஏதும்":[null],"நாள்":"2026-11-25"}`
	got, err := call(t, c, "ca", "eqiroli", question)
	if err != nil || got != question {
		t.Errorf("%s\n%s\n%v", got, question, err)
	}
	d, err := describe(t, c, "ca").FindDescriptorByName("etamil.petti_eN")
	if err != nil {
		t.Fatal(err)
	}
	if f := d.(protoreflect.MessageDescriptor).Fields().ByNumber(2); !f.IsList() || f.Kind() != protoreflect.StringKind {
		t.Errorf("%v", f)
	}
	for _, bad := range []string{`{"ஒன்று":{"உள்ளே":"x"}}`, `{"ஆழம்":{"உள்ளே":{"பல":["1","y"]}}}`} {
		if _, err := call(t, c, "ca", "eqiroli", bad); err == nil || !strings.Contains(err.Error(), "a number is needed") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
