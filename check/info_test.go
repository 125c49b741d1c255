package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// infoOf checks a text that may be broken.
func infoOf(t testing.TB, src string) *Info {
	t.Helper()
	p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
	s := NewSession()
	s.Check(context.Background(), p, Options{})
	if s.Info() == nil || s.Info().Program() != p {
		t.Fatal("a check leaves no info of its program")
	}
	return s.Info()
}

const people = `வடிவம் ஆள் {
	சொல் பெயர்; எண் வயது;
	செயல் வாழ்த்து(இது, சொல் முன்) { திரும்பு முன் & இது.பெயர்; }
}
செயல் கூட்டு(அ, எண் ஆ) { திரும்பு அ + ஆ; }
செயல் வாங்கு(ஆள் யார்) { திரும்பு [யார்.பெயர், "𝒳"]; }
மொத்தம் = கூட்டு(1, 2);
ஒருவர் = ஆள்{பெயர்: "மதி", வயது: 30};
அச்சு மொத்தம் & வாங்கு(ஒருவர்)[0];
`

// The type before the sign | is found, whole and broken alike.
func TestTypeBefore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`"👍🏽"; x = 5; அச்சு x|;`, "number"},
		{`x = "𝒳"; y = 1 & x|;`, "text"},
		{`x = [1, 2]|;`, "array<number>"},
		{`x = {பெயர்: "a", வயது: [1]}; அச்சு x|;`, "{பெயர்: text, வயது: array<number>}"},
		{`x = {பெயர்: "a"}; அச்சு x.பெயர்|;`, "text"},
		{people + `ஒருவர்|.`, "ஆள்"},
		{people + `ஒருவர்|.` + "\n", "ஆள்"},
		{people + `அச்சு ஒருவர்|.`, "ஆள்"},
		{people + `அச்சு ஒருவர்|.;`, "ஆள்"},
		{people + `y = ஒருவர்|. & 1;`, "ஆள்"},
		{people + `செயல் f() { o = ஆள்{பெயர்: "a", வயது: 1}; திரும்பு o|.` + "\n}\n", "ஆள்"},
		{people + `செயல் f() { o = ஆள்{பெயர்: "a", வயது: 1}; o|.` + "\n y = 1;\n}\n", "ஆள்"},
		{people + `செயல் f() { o = ஆள்{பெயர்: "a", வயது: 1}; அச்சு கூட்டு(o|., 2); }`, "ஆள்"},
		{people + `செயல் f() { o = ஆள்{பெயர்: "a", வயது: 1}; (o|.`, "ஆள்"},
		{people + `வழி பெறு, "/" { o = ஆள்{பெயர்: "a", வயது: 1}; பதில் 200, o|.` + "\n}", "ஆள்"},
		{people + `செயல் f(ஆள் p) { அச்சு p|.`, "ஆள்"},
		{people + `செயல் f(ஆள் p) { திரும்பு 1; அச்சு p|; }`, "ஆள்"},
		{people + `செயல் f(p) { (வகை(p) == "a number") எனில் { அச்சு p|; } }`, "number"},
		{people + `செயல் f(p) { (p == இன்மை) எனில் { திரும்பு 1; } அச்சு p.அ|; } f({அ: 1}); f(இன்மை);`, "number"},
		{people + `கூட்டு(1, 2)|;`, "number"},
		{people + `(பொய்) எனில் { அச்சு ஒருவர்|; }`, "ஆள்"},
		{`ஒவ்வொரு x இல் [1, 2] { அச்சு x|; }`, "number"},
		{`f = செயல்(எண் a) { திரும்பு a|; };`, "number"},
		{`முயல் { அச்சு 1; } பிழை (e) { அச்சு e.செய்தி|; }`, "text"},
		{`x = சரி(1); y = x|;`, "result<number>"},
	} {
		src := strings.Replace(c.src, "|", "", 1)
		got, ok := infoOf(t, src).TypeBefore(0, strings.Index(c.src, "|"))
		if !ok || got.String() != c.want {
			t.Errorf("%s: %v %v, want %s", c.src, got, ok, c.want)
		}
	}
}

// The variables at the sign | are those that are set there.
func TestVars(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{`a = 1; | b = "𝒳";`, "a number, b text"}, // a global may be read by what runs later
		{`செயல் f(எண் p) { a = 1; | b = 2; }`, "a number, p number"},
		{`செயல் f(எண் p) { a = 1;| b = 2; }`, "a number, p number"},
		{`செயல் f(எண் p) { | }`, "p number"},
		{`செயல் f(எண் p) { a = 1; | }`, "a number, p number"},
		{`செயல் f(எண் p) { a = 1; b = |`, "a number, p number"},
		{`செயல் f(எண் p) { (p > 1) எனில் { a = "x"; | b = 1; } c = 1; }`, "a text, p number"},
		{`செயல் f(எண் p) { (p > 1) எனில் { a = "x"; b = 1; | } c = 1; }`, "a text, b number, p number"},
		{`செயல் f(எண் p) { (p > 1) எனில் { a = "x"; } | c = 1; }`, "a text, p number"},
		{`செயல் f(எண் p) { (p |> 1) எனில் { a = "x"; } c = 1; }`, "p number"},
		{`செயல் f(எண் p) { ஒவ்வொரு x இல் ["a"] { அச்சு x; | } c = 1; }`, "p number, x text"},
		{`செயல் f(எண் p) { திரும்பு 1; q = "a"; | }`, "p number, q text"},
		{`செயல் f(எண் p) { g = செயல்(h) { k = 1; | }; }`, "h any, k number, p number"},
		{`செயல் f(p) { (வகை(p) == "a string") எனில் { | } }`, "p text"},
		{`z = 1; செயல் f() { z = "a"; | }`, "z text"},
		{`z = 1; செயல் f() { | z = "a"; }`, "z number"},
	} {
		src := strings.Replace(c.src, "|", "", 1)
		var list []string
		for _, v := range infoOf(t, src).Vars(0, strings.Index(c.src, "|")) {
			list = append(list, v.Name+" "+v.Type.String())
		}
		if got := strings.Join(list, ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.src, got, c.want)
		}
	}
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	in := infoOf(t, people)
	show := func(s *Signature) string {
		if s == nil {
			return "none"
		}
		var b strings.Builder
		for _, p := range s.Params {
			fmt.Fprintf(&b, "%s:%s:%v ", p.Name, p.Type, p.Declared)
		}
		return fmt.Sprintf("%s%s(%s) %s", s.Shape, s.Name, strings.TrimSpace(b.String()), s.Result.Text(diag.Tamil))
	}
	for _, c := range []struct {
		got  *Signature
		want string
	}{
		{in.Func("கூட்டு"), "கூட்டு(அ:number:false ஆ:number:true) எண்"},
		{in.Func("வாங்கு"), "வாங்கு(யார்:ஆள்:true) அணி<சொல்>"},
		{in.Method("ஆள்", "வாழ்த்து"), "ஆள்வாழ்த்து(இது:ஆள்:false முன்:text:true) சொல்"},
		{in.Func("இல்லை_"), "none"},
	} {
		if got := show(c.got); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	src := in.Program().Files[0].Src
	if s := in.Func("கூட்டு"); src[s.At.Span.Start:s.At.Span.End] != "கூட்டு" || src[s.Params[1].At.Span.Start:s.Params[1].At.Span.End] != "ஆ" {
		t.Errorf("the function stands at %v", s.At)
	}
	value := infoOf(t, `f = செயல்(எண் அ, ஆ) { திரும்பு "𝒳"; }; g = நீளம்;`)
	for name, want := range map[string]string{"f": "(அ:number:true ஆ:any:false) சொல்", "g": "நீளம்(மதிப்பு:text | array | record:true) எண்"} {
		held, _ := value.Global(name)
		if s, ok := held.Call(); !ok || show(s) != want {
			t.Errorf("%s: %v, want %s", name, show(s), want)
		}
	}
	if n := len(in.Funcs()); n != 2 {
		t.Errorf("%d functions", n)
	}
}

func TestShapeInfo(t *testing.T) {
	t.Parallel()
	in := infoOf(t, people)
	sh := in.Shape("ஆள்")
	src := in.Program().Files[0].Src
	for i, want := range []string{"பெயர்", "வயது"} {
		if f := sh.Fields[i]; f.Name != want || src[f.At.Span.Start:f.At.Span.End] != want || f.Shape != "ஆள்" {
			t.Errorf("field %d: %+v", i, f)
		}
	}
	v, ok := in.Global("ஒருவர்")
	if !ok || v.Kind() != Shaped || v.Name() != "ஆள்" || len(v.Fields()) != 2 || len(v.Methods()) != 1 {
		t.Errorf("ஒருவர் is %v with %v", v, v.Methods())
	}
	list, _ := in.TypeBefore(0, strings.Index(src, "[யார்.பெயர், \"𝒳\"]")+len("[யார்.பெயர், \"𝒳\"]"))
	var ids []string
	for _, w := range list.Words() {
		ids = append(ids, w.ID)
	}
	if !slices.Contains(ids, "append") || !slices.Contains(ids, "length") || slices.Contains(ids, "upper") || slices.Contains(ids, "typeof") {
		t.Errorf("words for %v: %v", list, ids)
	}
}

// Members tell the shapes that they belong to where the value before the dot is known.
func TestMemberOf(t *testing.T) {
	t.Parallel()
	shapes := `வடிவம் அ { எண் ப; செயல் செய்(இது) { திரும்பு இது.ப; } } வடிவம் ஆ { எண் ப; } `
	for _, c := range []struct{ src, want string }{
		{`x = அ{ப: 1}; அச்சு x.|ப|;`, "[அ] false true"},
		{`x = அ{|ப|: 1};`, "[அ] false true"},
		{`x = அ{ப: 1}; x.|ப| = 2;`, "[அ] false true"},
		{`x = அ{ப: 1}; அச்சு x[|"ப"|];`, "[அ] false true"},
		{`x = அ{ப: 1}; அச்சு புலம்_அல்லது(x, |"ப"|, 1);`, "[அ] false true"},
		{`x = அ{ப: 1}; அச்சு x.|செய்|();`, "[அ] false true"},
		{`x = அ({|ப|: 1});`, "[அ] false true"},
		{`x = வடிவம்_சரிபார்({|ப|: 1}, ஆ);`, "[ஆ] false true"},
		{`x = {ப: 1}; அச்சு x.|ப|;`, "[] true true"},
		{`செயல் f(x) { அச்சு x.|ப|; }`, "[] false false"},
		{`செயல் f(x) { அச்சு x.|ப|; } f(அ{ப: 1}); f(ஆ{ப: 1});`, "[அ ஆ] false true"},
		{`செயல் f(x) { அச்சு x.|ப|; } f(அ{ப: 1}); f({ப: 1});`, "[அ] true true"},
		{`செயல் f() { x = அ{ப: 1}; திரும்பு 1; அச்சு x.|ப|; }`, "[அ] false true"},
		{`x = [அ{ப: 1}]; அச்சு x[0].|ப|;`, "[அ] false true"},
	} {
		parts := strings.Split(c.src, "|")
		at := syntax.Span{Start: len(shapes) + len(parts[0]), End: len(shapes) + len(parts[0]) + len(parts[1])}
		list, other, known := infoOf(t, shapes+strings.Join(parts, "")).MemberOf(0, at)
		if got := fmt.Sprint(list, other, known); got != c.want {
			t.Errorf("%s: %s, want %s", c.src, got, c.want)
		}
	}
}

// An Info is read by many goroutines while the session checks the next version.
func TestInfoIsShared(t *testing.T) {
	t.Parallel()
	s := NewSession()
	ctx := context.Background()
	var wait sync.WaitGroup
	for i := range 4 {
		p, _ := module.Load(ctx, module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(people + fmt.Sprintf("அச்சு %d;", i))})
		s.Check(ctx, p, Options{})
		in := s.Info()
		for range 3 {
			wait.Go(func() {
				for at := range p.Files[0].Src {
					in.TypeBefore(0, at)
					if at%50 == 0 {
						in.Vars(0, at)
					}
				}
				in.Shape("ஆள்")
			})
		}
	}
	wait.Wait()
}

// What stands in code that is never reached follows the rest of the program, although nothing else of the unit does.
func TestUnreachedFollows(t *testing.T) {
	t.Parallel()
	s := NewSession()
	for _, c := range []struct{ result, want string }{{`"𝒳"`, "text"}, {`[1]`, "array<number>"}, {`5`, "number"}} {
		src := `செயல் f() { திரும்பு 1; அச்சு g(); } செயல் g() { திரும்பு ` + c.result + `; } அச்சு f();`
		p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", HasText: true, Text: []byte(src)})
		s.Check(context.Background(), p, Options{})
		if got, _ := s.Info().TypeBefore(0, strings.Index(src, "g()")+3); got.String() != c.want {
			t.Errorf("g answers %v, want %s", got, c.want)
		}
	}
}

// What a function takes is what it declares, whatever wrong calls pass.
func TestWrongCalls(t *testing.T) {
	t.Parallel()
	src := "செயல் கூட்டு(எண் அ, எண் ஆ) { \"𝒳\"; திரும்பு அ + ஆ; }\nஇ = [1]; உ = 2; கூட்டு(இ, உ); கூட்டு(உ, \"𝒳\" & உ); கூட்டு(இ, உ);"
	in := infoOf(t, src)
	for _, p := range in.Func("கூட்டு").Params {
		if p.Type.String() != "number" {
			t.Errorf("%s: %s", p.Name, p.Type)
		}
		if at, ok := in.TypeOf(0, p.At.Span); !ok || at.String() != "number" {
			t.Errorf("%s where it is declared: %s", p.Name, at)
		}
	}
}
