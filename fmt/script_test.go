package format

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

func TestScript(t *testing.T) {
	t.Parallel()
	tests := []struct {
		src, want string
		opt       Options
	}{
		{`(அ>1)எனில்{அச்சு "எனில்";}இன்றேல்{அச்சு மெய்;} // எனில்`, "(அ > 1) eZil { accu \"எனில்\"; } iZREl { accu mey; } // எனில்\n", Options{Script: Roman}},
		{`ceyal vari(eN a) col { qirumpu a; }`, "செயல் vari(எண் a) சொல் { திரும்பு a; }\n", Options{Script: Tamil}},
		{`accu kEc; வட்டி = 1; அச்சு க.உடல் & {"அ": 1, வரி: 2}.வரி;`, "accu kEc;\nவட்டி = 1;\naccu க.உடல் & {\"அ\": 1, வரி: 2}.வரி;\n", Options{Script: Roman}},
		{`முயல் { f(); } பிழை(பிழை) { அச்சு பிழை; } இறுதியில் { g(); }`, "muyal { f(); } pizY(பிழை) { accu பிழை; } iRuqiyil { g(); }\n", Options{Script: Roman}},
		{`_print 1; (a) _if { accu 1; }`, "அச்சு 1;\n(a) எனில் { அச்சு 1; }\n", Options{Script: Tamil}},
		{`vazhi பெறு, "/𝒳" { paDil 200, "ok"; }`, "vazi பெறு, \"/𝒳\" { paqil 200, \"ok\"; }\n", Options{Canonical: true}},
		{`vazhi peRu, "/x" { paDil 200, "ok"; }`, "வழி பெறு, \"/x\" { பதில் 200, \"ok\"; }\n", Options{Script: Tamil}},
		{`vazhi  peRu, "/x" { paDil 200, "ok"; }`, "vazhi peRu, \"/x\" { paDil 200, \"ok\"; }\n", Options{}},
	}
	for _, tt := range tests {
		got := formatted(t, formatted(t, tt.src, tt.opt), Options{})
		if got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.src, got, tt.want)
		}
	}
}

// TestRespelled keeps everything but the words.
func TestRespelled(t *testing.T) {
	t.Parallel()
	for _, eol := range []string{"\n", "\r\n"} {
		src := strings.ReplaceAll("\ufeff\n  அச்சு   1+2 ;//  கி\n\n\n(அ)எனில்{ அச்சு \"\n𝒳\" ; }", "\n", eol)
		want := strings.NewReplacer("அச்சு", "accu", "எனில்", "eZil").Replace(src)
		if got := formatted(t, src, Options{Script: Roman}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSameWord proves that re-spelling is verified: another word is found out.
func TestSameWord(t *testing.T) {
	t.Parallel()
	f := syntax.Parse("t.qmz", []byte("அச்சு vari;"))
	for text, ok := range map[string]bool{"accu vari;": true, "_print vari;": true, "qirumpu vari;": false, "accu varI;": false, "accu vari + 1;": false} {
		if err := new(verifier).verify(f, []byte(text), sameWord); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestRoundTrip turns every example into the other script and back: the bytes are the same.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../docs/examples/*/*.qmz")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		roman := formatted(t, string(src), Options{Script: Roman})
		if back := formatted(t, roman, Options{Script: Tamil}); back != string(src) || roman == string(src) {
			t.Errorf("%s: tamil → roman → tamil is not the same", name)
		}
	}
}

// aligned are the blanks before comments and in the columns of tables: they are as many as letters are missing.
var aligned = regexp.MustCompile(`([^\n ]) +`)

// TestTwins lays out every program and its twin in the other script with unlimited width: only the spelling differs.
func TestTwins(t *testing.T) {
	t.Parallel()
	const wide = 1 << 20
	twins := 0
	for _, p := range corpus(t) {
		if syntax.Parse(p.name, p.src).HasErrors() {
			continue
		}
		roman, err := Source(p.name, p.src, Options{Script: Roman})
		if err != nil {
			t.Fatalf("%v\n%s", err, p.src)
		}
		if roman, err = Source(p.name, roman, Options{Width: wide}); err != nil {
			t.Fatal(err)
		}
		plain, err := Source(p.name, p.src, Options{Width: wide})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(roman, plain) {
			twins++
		}
		if a, b := gaps(plain), gaps(roman); a != b {
			t.Fatalf("%s: the layouts differ\n%s\n%s", p.name, plain, roman)
		}
	}
	if twins < 300 {
		t.Errorf("only %d programs have a twin", twins)
	}
}

// gaps is a program without its tokens and without what aligns them.
func gaps(src []byte) string {
	f := syntax.Parse("t.qmz", src)
	var b strings.Builder
	end := 0
	for _, t := range f.Tokens {
		b.WriteString(f.Src[end:t.Pos.Offset] + "·")
		end = t.Pos.Offset + len(t.Value)
	}
	return aligned.ReplaceAllString(b.String(), "$1 ")
}
