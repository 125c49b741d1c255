package index_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax/module"
)

// build loads and indexes files; the first is the entry. They may be broken.
func build(t testing.TB, files ...string) *index.Index {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, text := range files {
		fsys[fmt.Sprintf("f%d.qmz", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	p, _ := module.Load(context.Background(), module.FS(fsys), module.Entry{Path: "f0.qmz"})
	s := check.NewSession()
	s.Check(context.Background(), p, check.Options{})
	return index.NewBuilder().Build(p, s.Info())
}

// marked shows a file with «» around occurrences, each with the letter of its access.
func marked(ix *index.Index, file int, list []index.Occurrence) string {
	src := ix.Program().Files[file].Src
	for _, o := range slices.Backward(list) {
		if o.File == file {
			src = src[:o.Span.Start] + "«" + src[o.Span.Start:o.Span.End] + "»" + "rwcd"[o.Access:o.Access+1] + src[o.Span.End:]
		}
	}
	return src
}

// The occurrences of what stands behind the sign | are those between « and ».
func TestOccurrences(t *testing.T) {
	t.Parallel()
	shapes := `வடிவம் அ { எண் ப; செயல் செய்(இது) { திரும்பு இது.ப; } } வடிவம் ஆ { எண் ப; } `
	for _, c := range []struct{ name, src, want string }{
		{"a global", `"👍🏽"; |x = 1; அச்சு x;`, `"👍🏽"; «x»w = 1; அச்சு «x»r;`},
		{"a name that is longer", `|x = 1; xx = 2; அச்சு x + xx;`, `«x»w = 1; xx = 2; அச்சு «x»r + xx;`},
		{"both scripts are two names", `|அம்மா = 1; ammA = 2; அச்சு அம்மா & ammA & "𝒳";`, `«அம்மா»w = 1; ammA = 2; அச்சு «அம்மா»r & ammA & "𝒳";`},
		{"a function", `செயல் |f(a) { திரும்பு f(a); } f(1);`, `செயல் «f»d(a) { திரும்பு «f»c(a); } «f»c(1);`},
		{"a function as a value", `செயல் |f(a) { திரும்பு a; } g = f; g(1);`, `செயல் «f»d(a) { திரும்பு a; } g = «f»r; g(1);`},
		{"a parameter", `a = 1; செயல் f(|a) { திரும்பு a; } f(a);`, `a = 1; செயல் f(«a»d) { திரும்பு «a»r; } f(a);`},
		{"a local of its own", `a = 1; செயல் f() { |a = 2; திரும்பு a; } அச்சு a;`, `a = 1; செயல் f() { «a»w = 2; திரும்பு «a»r; } அச்சு a;`},
		{"a local that starts as the global", `|a = 1; செயல் f() { a = a + 2; திரும்பு a; } அச்சு a;`, `«a»w = 1; செயல் f() { «a»w = «a»r + 2; திரும்பு «a»r; } அச்சு «a»r;`},
		{"a local that is set in one branch", `|a = 1; செயல் f(b) { (b) எனில் { a = 2; } திரும்பு a; }`, `«a»w = 1; செயல் f(b) { (b) எனில் { «a»w = 2; } திரும்பு «a»r; }`},
		{"a local that is set in one branch, without a global", `செயல் f(b) { (b) எனில் { |a = 2; } திரும்பு a; } செயல் g() { a = 1; }`, `செயல் f(b) { (b) எனில் { «a»w = 2; } திரும்பு «a»r; } செயல் g() { a = 1; }`},
		{"a part of a global is copied", `|a = [1]; செயல் f() { a[0] = 2; திரும்பு a; }`, `«a»w = [1]; செயல் f() { «a»w[0] = 2; திரும்பு «a»r; }`},
		{"a loop's variable", `x = 1; செயல் f(l) { ஒவ்வொரு |x இல் l { அச்சு x; } }`, `x = 1; செயல் f(l) { ஒவ்வொரு «x»d இல் l { அச்சு «x»r; } }`},
		{"a loop's variable behind the loop", `x = 1; செயல் f(l) { ஒவ்வொரு |x இல் l { அச்சு x; } திரும்பு x; }`, `«x»w = 1; செயல் f(l) { ஒவ்வொரு «x»d இல் l { அச்சு «x»r; } திரும்பு «x»r; }`},
		{"a block opens no scope", `(1) எனில் { |x = 1; } அச்சு x;`, `(1) எனில் { «x»w = 1; } அச்சு «x»r;`},
		{"a lambda captures", `செயல் f(|a) { திரும்பு செயல்(b) { திரும்பு a + b; }; }`, `செயல் f(«a»d) { திரும்பு செயல்(b) { திரும்பு «a»r + b; }; }`},
		{"a lambda's parameter", `செயல் f(a) { திரும்பு செயல்(|a) { திரும்பு a; }; }`, `செயல் f(a) { திரும்பு செயல்(«a»d) { திரும்பு «a»r; }; }`},
		{"a lambda's own local", `செயல் f(a) { g = செயல்(b) { |a = b; திரும்பு a; }; திரும்பு a; }`, `செயல் f(a) { g = செயல்(b) { «a»w = b; திரும்பு «a»r; }; திரும்பு a; }`},
		{"a named function captures nothing", `a = 1; செயல் f(|a) { செயல் g() { திரும்பு a; } திரும்பு a; }`, `a = 1; செயல் f(«a»d) { செயல் g() { திரும்பு a; } திரும்பு «a»r; }`},
		{"a function and a variable of its name", `செயல் |f(a) { திரும்பு 1; } f = f(1); அச்சு f;`, `செயல் «f»d(a) { திரும்பு 1; } f = «f»c(1); அச்சு f;`},
		{"a variable and a function of its name", `செயல் f(a) { திரும்பு 1; } |f = f(1); அச்சு f;`, `செயல் f(a) { திரும்பு 1; } «f»w = f(1); அச்சு «f»r;`},
		{"a variable that may hold a function", `செயல் |f(a) { திரும்பு a; } (1) எனில் { f = செயல்(a) { திரும்பு 2; }; } f(1);`, `செயல் «f»d(a) { திரும்பு a; } (1) எனில் { «f»w = செயல்(a) { திரும்பு 2; }; } «f»c(1);`},
		{"a local and a function of its name", `செயல் f(a) { f = f(a - 1); திரும்பு |f; }`, `செயல் f(a) { «f»w = f(a - 1); திரும்பு «f»r; }`},
		{"a parameter that is called", `செயல் f(|g) { திரும்பு g(1); }`, `செயல் f(«g»d) { திரும்பு «g»c(1); }`},
		{"a shape", `வடிவம் |வ { எண் ப; } x = வ{ப: 1}; செயல் f(வ y) வ { திரும்பு வ(y); }`, `வடிவம் «வ»d { எண் ப; } x = «வ»c{ப: 1}; செயல் f(«வ»r y) «வ»r { திரும்பு «வ»c(y); }`},
		{"a type parameter", `வடிவம் வ[|T] { T ப; } வடிவம் T { எண் ப; }`, `வடிவம் வ[«T»d] { «T»r ப; } வடிவம் T { எண் ப; }`},
		{"a field", shapes + `x = அ{|ப: 1}; அச்சு x.ப; y = ஆ{ப: 1}; y.ப = 2; z = {ப: 1};`, strings.NewReplacer("எண் ப; செயல்", "எண் «ப»d; செயல்", "இது.ப", "இது.«ப»r").Replace(shapes) + `x = அ{«ப»w: 1}; அச்சு x.«ப»r; y = ஆ{ப: 1}; y.ப = 2; z = {ப: 1};`},
		{"a field by an index", shapes + `y = ஆ{ப: 1}; y.|ப = 2; அச்சு y["ப"] & "ப";`, strings.Replace(shapes, "ஆ { எண் ப", "ஆ { எண் «ப»d", 1) + `y = ஆ{«ப»w: 1}; y.«ப»w = 2; அச்சு y[«"ப"»r] & "ப";`},
		{"a field in a rule", `வடிவம் வ { எண் |ப விதி (ப > 0); }`, `வடிவம் வ { எண் «ப»d விதி («ப»r > 0); }`},
		{"a method", shapes + `x = அ{ப: 1}; x.|செய்(); அ.செய்(x); {செய்: 1}.செய்;`, strings.Replace(shapes, "செய்(", "«செய்»d(", 1) + `x = அ{ப: 1}; x.«செய்»c(); அ.«செய்»c(x); {செய்: 1}.செய்;`},
		{"a route shares the globals", `|x = 1; வழி பெறு, "/" { x = 2; பதில் 200, x; }`, `«x»w = 1; வழி பெறு, "/" { «x»w = 2; பதில் 200, «x»r; }`},
		{"a route's own variable", `வழி பெறு, "/a" { |x = 1; பதில் 200, x; } வழி பெறு, "/b" { x = 2; பதில் 200, x & "𝒳"; }`, `வழி பெறு, "/a" { «x»w = 1; பதில் 200, «x»r; } வழி பெறு, "/b" { x = 2; பதில் 200, x & "𝒳"; }`},
		{"a variable of routes that a function reads", `வழி பெறு, "/a" { |x = 1; f(); } வழி பெறு, "/b" { x = 2; } செயல் f() { பதில் 200, x; }`, `வழி பெறு, "/a" { «x»w = 1; f(); } வழி பெறு, "/b" { «x»w = 2; } செயல் f() { பதில் 200, «x»r; }`},
		{"a route's function value", `வழி பெறு, "/a" { |x = 1; f = செயல்() { திரும்பு x; }; பதில் 200, f(); } வழி பெறு, "/b" { x = 2; }`, `வழி பெறு, "/a" { «x»w = 1; f = செயல்() { திரும்பு «x»r; }; பதில் 200, f(); } வழி பெறு, "/b" { x = 2; }`},
		{"a test shares the globals", `சோதனை "a" { |x = 1; அச்சு x; } சோதனை "b" { x = 2; }`, `சோதனை "a" { «x»w = 1; அச்சு «x»r; } சோதனை "b" { «x»w = 2; }`},
		{"what the server reads", `வழி பெறு, "/a" { |response_status = 404; அச்சு headers; } வழி பெறு, "/b" { response_status = 1; } "𝒳"; செயல் f() { response_status = 1; திரும்பு response_status; }`, `வழி பெறு, "/a" { «response_status»w = 404; அச்சு headers; } வழி பெறு, "/b" { «response_status»w = 1; } "𝒳"; செயல் f() { response_status = 1; திரும்பு response_status; }`},
		{"an error's variable", `e = 1; செயல் f() { முயல் { அச்சு e; } பிழை (|e) { அச்சு e.செய்தி; } }`, `«e»w = 1; செயல் f() { முயல் { அச்சு «e»r; } பிழை («e»d) { அச்சு «e»r.செய்தி; } }`},
		{"a builtin in both scripts", `அச்சு |நீளம்("𝒳") + nILam("a") + _length("b");`, `அச்சு «நீளம்»c("𝒳") + «nILam»c("a") + «_length»c("b");`},
		{"a builtin's name taken by a function", `செயல் நீளம்(x) { திரும்பு 1; } அச்சு |நீளம்("𝒳") + nILam("a");`, `செயல் «நீளம்»d(x) { திரும்பு 1; } அச்சு «நீளம்»c("𝒳") + nILam("a");`},
		{"a part of a record", `x = {|ப: 1}; அச்சு x.ப;`, `x = {«ப»w: 1}; அச்சு x.«ப»r;`},
		{"an unfinished statement", `|x = 1; செயல் f() { அச்சு x. `, `«x»w = 1; செயல் f() { அச்சு «x»r. `},
		{"a query's result", `தளம்_வினா "SELECT 1", [], |x; அச்சு x;`, `தளம்_வினா "SELECT 1", [], «x»w; அச்சு «x»r;`},
		{"a shape by its name as text", `வடிவம் |வ { எண் ப; } செயல் f(x) { (வகை(x) == "வ") எனில் { திரும்பு "வ"; } }`, `வடிவம் «வ»d { எண் ப; } செயல் f(x) { (வகை(x) == «"வ"»r) எனில் { திரும்பு "வ"; } }`},
		{"a function that a test replaces", `செயல் |f() { திரும்பு 1; } சோதனை "𝒳" { போலி_இடு("f", செயல்() { திரும்பு 2; }); அச்சு போலி_அழைப்புகள்("f"); f(); }`, `செயல் «f»d() { திரும்பு 1; } சோதனை "𝒳" { போலி_இடு(«"f"»r, செயல்() { திரும்பு 2; }); அச்சு போலி_அழைப்புகள்(«"f"»r); «f»c(); }`},
		{"a block's value is no write", `y = 1; செயல் f(c) { திரும்பு கேச்_பெறு(c, "k") { |y; }; }`, `«y»w = 1; செயல் f(c) { திரும்பு கேச்_பெறு(c, "k") { «y»r; }; }`},
	} {
		src := strings.Replace(c.src, "|", "", 1)
		ix := build(t, src)
		at, ok := ix.At(0, strings.Index(c.src, "|"))
		if !ok {
			t.Errorf("%s: nothing there", c.name)
			continue
		}
		if got := marked(ix, 0, ix.Occurrences(at.Symbol)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s\n%+v", c.name, got, c.want, at)
		}
	}
}
