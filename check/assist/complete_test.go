package assist

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// placeOf checks a program, which may be broken, and answers the place of its caret |.
func placeOf(t testing.TB, src string) Place {
	t.Helper()
	at := strings.Index(src, "|")
	if at < 0 || strings.Count(src, "|") != 1 {
		t.Fatalf("want one caret: %s", src)
	}
	src = src[:at] + src[at+1:]
	p, _ := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "𝒳.qmz", HasText: true, Text: []byte(src)})
	s := check.NewSession()
	s.Check(context.Background(), p, check.Options{})
	return Place{Program: p, Info: s.Info(), Offset: at}
}

// apply makes an item's edits, with its placeholders as they are.
func apply(src string, it Item) string {
	edits := append([]Edit{{Span: it.Replace, Text: it.Text}}, it.Edits...)
	slices.SortFunc(edits, func(a, b Edit) int { return b.Span.Start - a.Span.Start })
	for _, e := range edits {
		src = src[:e.Span.Start] + e.Text + src[e.Span.End:]
	}
	return src
}

func complete(t testing.TB, src string, o Options) ([]Item, string) {
	t.Helper()
	p := placeOf(t, src)
	return New().Complete(context.Background(), p, o).Items, p.Program.Files[0].Src
}

func labels(items []Item) []string {
	list := make([]string, len(items))
	for i, it := range items {
		list[i] = it.Label
	}
	return list
}

// completions are what is wanted of a place: "first" is the best item, +NAME one that must be there, -NAME one that must
// not; after => is the line with the caret once the best item is taken.
var completions = []struct{ src, want string }{
	// Latin keys complete Tamil.
	{`"👍🏽"; seyal|`, `செயல் => "👍🏽"; செயல் ${1:பெயர்}(${2}) {`},
	{`"𝒳"; ceyal|`, `செயல்`},
	{`"𝒳"; cheyal|`, `செயல்`},
	{`"𝒳"; function|`, `செயல்`},
	{`"𝒳"; func|`, `செயல்`},
	{`"𝒳"; செயள்|`, `செயல்`},
	{`"𝒳"; செயல்பா|`, `செயல்`},
	{`"𝒳"; print|`, `அச்சு => "𝒳"; அச்சு ${1};$0`},
	{`"𝒳"; achu|`, `அச்சு`},
	{`"𝒳"; vali|`, `வழி`},
	{`"𝒳"; வளி|`, `வழி`},
	{`"𝒳"; sutru|`, `சுற்று => "𝒳"; (${1}) சுற்று {`},
	{"பொருள் = 1; போர் = \"𝒳\"; for|", `ஒவ்வொரு`},
	{`வெளி = "𝒳"; while|`, `சுற்று`},
	{`"𝒳"; while|`, `சுற்று`},
	{`"𝒳"; இறக|`, `இறக்கு => "𝒳"; இறக்கு "${1}";$0`},
	{`அ = "𝒳"; அச்சு neelam|`, `நீளம் => அ = "𝒳"; அச்சு நீளம்(${1:மதிப்பு})$0`},
	{`அ = "𝒳"; அச்சு length|(அ);`, `நீளம் => அ = "𝒳"; அச்சு நீளம்(அ);`},
	{`அ = "𝒳"; அச்சு நீள|ம்(அ);`, `நீளம் => அ = "𝒳"; அச்சு நீளம்(அ);`},
	// The script of the file decides.
	{`accu "𝒳"; accu "a"; ceya|`, `ceyal => accu "𝒳"; accu "a"; ceyal ${1:peyar}(${2}) {`},
	{`_print "𝒳"; _print "a"; func|`, `_fn`},
	{`அச்சு "𝒳"; _fn|`, `_fn => அச்சு "𝒳"; _fn ${1:peyar}(${2}) {`},
	// Clauses of the statement before.
	{"\"𝒳\"; ப = 1;\n(ப > 1) எனில் { } else|", `இன்றேல்`},
	{"\"𝒳\"; ப = 1;\n(ப > 1) எனில் { }\nindrel|\n\nஅச்சு ப;", `இன்றேல்`},
	{"\"𝒳\"; முயல் { அச்சு 1; } catch|", `பிழை`},
	{"\"𝒳\"; முயல் { அச்சு 1; } பிழை(பி) { அச்சு பி; } finally|", `இறுதியில்`},
	{"\"𝒳\"; அச்சு 1; else|", `-இன்றேல்`},
	{"\"𝒳\"; (1 > 0) எனில் { } அச்சு 1; else|", `-இன்றேல்`},
	// The beginning of an English word is a word of the grammar sooner than a service.
	{"செயல் கா() { \"𝒳\"; ret|", `திரும்பு`},
	{"செயல் கா() { \"𝒳\"; ரெட்டை = 1; ret|", `ரெட்டை`},
	{`"𝒳"; அ = unmai|`, `மெய்`},
	{`ஞாயிறு = "𝒳"; அச்சு gnayi|`, `ஞாயிறு`},
	// Names in scope.
	{"வருவாய் = \"𝒳\"; அச்சு varu|;", `வருவாய் => வருவாய் = "𝒳"; அச்சு வருவாய்;`},
	{"வருவாய் = \"𝒳\"; அச்சு வறு|;", `வருவாய்`},
	{"செயல் கூட்டு(எண் முதல், எண் அடுத்து) எண் { \"𝒳\"; திரும்பு mu| }", `முதல்`},
	{"செயல் கூட்டு(எண் அ, எண் ஆ) எண் { திரும்பு அ + ஆ; }\n\"𝒳\"; அச்சு கூட்|;", `கூட்டு => "𝒳"; அச்சு கூட்டு(${1:அ}, ${2:ஆ})$0;`},
	{"செயல் கூட்டு(எண் அ, எண் ஆ) எண் { திரும்பு அ + ஆ; }\n\"𝒳\"; kuttu|(1, 2);", `கூட்டு => "𝒳"; கூட்டு(1, 2);`},
	{"செயல் கா() { உள்ளே = \"𝒳\"; }\nஅச்சு உள்|", `-உள்ளே`},
	{"செயல் கா() { உள்ளே = \"𝒳\"; அச்சு உள்|", `உள்ளே`},
	// What the place asks for comes first.
	{"அசொல் = \"𝒳\"; அஎண் = 5; செயல் கா(எண் அ) {}\nகா(அ|);", `அஎண்`},
	{"அசொல் = \"𝒳\"; அஎண் = 5; எண் ஆ = அ|;", `அஎண்`},
	{"அசொல் = \"𝒳\"; அஎண் = 5; சொல் ஆ = அ|;", `அசொல்`},
	{"அசொல் = \"𝒳\"; அஎண் = 5; வடிவம் வடி { எண் நீளம் }\nஆ = வடி{நீளம்: அ|};", `அஎண்`},
	{"வடிவம் ஆள் { சொல் பெயர் }\nசெயல் கா(ஆள் அ) { \"𝒳\"; }\nகா(|);", `ஆள் => கா(ஆள்{பெயர்: ${1}}$0);`},
	{`"𝒳"; எண் புதிது = |`, `-புதிது`},
	{`புதிது = "𝒳"; புதிது = |`, `புதிது`},
	{"கா| \n\nசெயல் f() { \"𝒳\"; காண்பி = 1; }", `-கா`},
	{"db| \n\nதளம்_இணை சீகுலைட், \"𝒳.db\";", `-db`},
	{"தொகை = 1; அச்சு \"𝒳\"; தொகை|;", `தொகை`},
	{`"𝒳"; ஒவ்வொரு புதிது இல் |`, `-புதிது`},
	{`"𝒳"; http|`, `+வலை_பெறு -தளம்_வினா`},
	// What the grammar takes.
	{`"𝒳"; திரு|`, `-திரும்பு`},
	{`செயல் f() { "𝒳"; திரு| }`, `திரும்பு`},
	{`"𝒳"; நிறு|`, `-நிறுத்து`},
	{`(மெய்) சுற்று { "𝒳"; நிறு| }`, `நிறுத்து => (மெய்) சுற்று { "𝒳"; நிறுத்து; }`},
	{`(மெய்) சுற்று { f(செயல்() { நிறு| }); }`, `-நிறுத்து`},
	{`(1 > 0) |`, `எனில் +சுற்று +மீள்முயல் +காலவரம்பு -செயல்`},
	{`(1 > 0) எனில் { "𝒳"; } |`, `இன்றேல்`},
	{`(1 > 0) சுற்று { "𝒳"; } இன்|`, `-இன்றேல்`},
	{`முயல் { "𝒳"; } |`, `பிழை +இறுதியில்`},
	{`ஒவ்வொரு அ |`, `இல்`},
	{`"𝒳"; வழி |`, `பெறு +பதி +சாக்கெட் -செயல்`},
	{`"𝒳"; வழி get|`, `பெறு`},
	{`"𝒳"; தளம்_இணை sqlite|`, `சீகுலைட்`},
	{`"𝒳"; செயல் f(|`, `எண் +நிலை +செயல் -அச்சு`},
	{`வடிவம் ஆள் { | }`, `எண் +ஆள் +செயல்`},
	{"வடிவம் ஆள் { சொல் பெயர் }\n\"𝒳\"; செயல் f(ஆ|", `ஆள்`},
	{`அ = "𝒳" |`, `மற்றும் +அல்லது -செயல்`},
	{`அ = "𝒳"; அச்சு அ மற்|`, `மற்றும்`},
	{`பின்னணி |`, `செயல்`},
	{`"𝒳"; இடைவெளி 5 { வழி| }`, `-வழி`},
	// Nothing where nothing fits.
	{`// 𝒳 செ|`, `-செயல்`},
	{`அச்சு "𝒳 செ|";`, `-செயல்`},
	{`அ = 12|`, `-எண்`},
	// Members by type.
	{"வடிவம் ஆள் { சொல் பெயர், எண் வயது }\nஒருவர் = ஆள்{பெயர்: \"𝒳\", வயது: 1};\nஅச்சு ஒருவர்.|;", `பெயர் +வயது`},
	{"வடிவம் ஆள் { சொல் பெயர், எண் வயது }\nஒருவர் = ஆள்{பெயர்: \"𝒳\", வயது: 1};\nஅச்சு ஒருவர்.vay|;", `வயது => அச்சு ஒருவர்.வயது;`},
	{"வடிவம் ஆள் { சொல் பெயர், செயல் வாழ்த்து(இது, சொல் முன்) { திரும்பு முன்; } }\n" +
		"செயல் f(ஆள் யார்) { அச்சு \"𝒳\" & யார்.வாழ்|", `வாழ்த்து => செயல் f(ஆள் யார்) { அச்சு "𝒳" & யார்.வாழ்த்து(${1:முன்})$0`},
	{"ப = {பெயர்: \"𝒳\", வயது: [1]};\nஅச்சு ப.|", `பெயர் +வயது`},
	{"வடிவம் வடி { எண் அகலம் }\nசெயல் f(ஏதோ) { அச்சு \"𝒳\" & ஏதோ.அக|", `அகலம்`},
	{"திரள் = திரள்_உருவாக்கு(\"sqlite\") {};\nதிரள்_இணைப்பு(திரள்) { \"𝒳\"; இணைப்பு.| }", `வினா +செய்`},
	{"திரள் = திரள்_உருவாக்கு(\"sqlite\") {};\nதிரள்_இணைப்பு(திரள்) { \"𝒳\"; அச்சு இணை| }", `+இணைப்பு`},
	// Postfix.
	{`அ = "𝒳"; (அ == "").எனி|`, `எனில் => அ = "𝒳"; ((அ == "")) எனில் {`},
	{`அ = "𝒳"; அ.அச்|`, `அச்சு => அ = "𝒳"; அச்சு அ;$0`},
	{`அ = "𝒳"; அ.print|`, `அச்சு => அ = "𝒳"; அச்சு அ;$0`},
	{`அ = [1, "𝒳"]; அ.each|`, `ஒவ்வொரு => அ = [1, "𝒳"]; ஒவ்வொரு ${1:உறுப்பு} இல் அ {`},
	{`அ = "𝒳"; ஆ = அ.நீள|;`, `நீளம் => அ = "𝒳"; ஆ = நீளம்(அ);`},
	{`அ = ["𝒳"]; ஆ = அ[0].length|;`, `நீளம் => அ = ["𝒳"]; ஆ = நீளம்(அ[0]);`},
	{`அ = "𝒳"; ஆ = அ.எனி|;`, `-எனில்`},
	// Keys of records.
	{"வடிவம் ஆள் { சொல் பெயர், எண் வயது }\nஒருவர் = ஆள்{பெயர்: \"𝒳\", |};", `வயது -பெயர் => ஒருவர் = ஆள்{பெயர்: "𝒳", வயது: ${1}};`},
	{`"𝒳"; க = கேச்_உருவாக்கு { | };`, `ttl`},
	{`"𝒳"; து = துண்டிப்பான்_உருவாக்கு { "தோல்வி": 3, | };`, `வீதம் +மாற்று +ஒருசேர -தோல்வி`},
	{`"𝒳"; தி = திரள்_உருவாக்கு("sqlite") { "|" };`, `path +max_idle +timeout`},
	{`வழி பெறு, "/" { குக்கீ_அமை("𝒳", 1, { | }); }`, `HttpOnly +SameSite +Max-Age`},
	{`வழி ஓடை, "/" { ஓடை_நிகழ்வு("𝒳", { | }); }`, `-retry`},
	{`வழி பெறு, "/அ/:பெயர்/:𝒳" { பதில் 200, பாதை_அளவுரு("|"); }`, `பெயர் +𝒳`},
	{`செயல் அ() { திரும்பு பாதை_அளவுரு("|"); }`, `-பெயர்`},
	{"ப = {பெயர்: \"𝒳\"};\nஅச்சு ப[\"|\"];", `பெயர் => அச்சு ப["பெயர்"];`},
	{"ப = {பெயர்: \"𝒳\"};\nஅச்சு புலம்_அல்லது(ப, \"|\", 1);", `பெயர்`},
	// Texts.
	{"தளம்_செய் \"CREATE TABLE மக்கள் (பெயர் TEXT, வயது INTEGER)\", [];\n\"𝒳\"; தளம்_வினா \"SELECT * FROM |\", [], அ;", `மக்கள்`},
	{"தளம்_செய் \"CREATE TABLE மக்கள் (பெயர் TEXT, வயது INTEGER)\", [];\n\"𝒳\"; தளம்_வினா \"SELECT வ| FROM மக்கள்\", [], அ;", `வயது`},
	{"தளம்_செய் \"CREATE TABLE people (name TEXT, age INTEGER)\", [];\n\"𝒳\"; தளம்_வினா \"SELECT * FROM people p WHERE a| = ?\", [1], அ;", `age +AND`},
	{"\"𝒳\"; தளம்_வினா \"SEL|", `SELECT => "𝒳"; தளம்_வினா "SELECT`},
	{"\"𝒳\"; தளம்_வினா \"select 1 wh|", `+where +when`},
	{"சைகை \"SIG|\" { \"𝒳\"; }", `SIGTERM +SIGINT`},
	{"பாத்திரம் \"மேலாளர்\", [\"𝒳\"];\nவழி பெறு, \"/\", [\"|\"] { }", `auth +மேலாளர்`},
	{"வழி பெறு, \"/𝒳\" { பதில் 200, 1; }\nஅச்சு சோதனை_கோரிக்கை(\"GET\", \"|\");", `/𝒳`},
	{"அச்சு \"𝒳\"; அச்சு சோதனை_கோரிக்கை(\"G|\");", `GET`},
	{"சேவை_பதி(\"அஞ்சல்\", \"𝒳\");\nஅச்சு சேவை_பெறு(\"|\");", `அஞ்சல்`},
	// Routes.
	{"வழி பெறு, \"/𝒳/:எண்\" { பதில் 200, param|; }", `param_எண்`},
	{"வழி பெறு, \"/𝒳\" { பதில் 200, query|; }", `query_params`},
	{"\"𝒳\"; அச்சு query|;", `-query_params`},
	{"வழி பெறு, \"/𝒳\" { பதில் 200, கோரி|; }", `கோரிக்கை`},
	{"வழி பெறு, \"/𝒳\" { பதில் 200, கோரிக்கை.udal|; }", `உடல் +உடலுரை`},
	// New names.
	{`"𝒳"; எண் varuvAy|`, `வருவாய்`},
	{`"𝒳"; எண் maram|`, `மரம்`},
	{`"𝒳"; எண் neelam|`, `நீலம்`},
	{`"𝒳"; எண் panthu|`, `பந்து`},
	{`"𝒳"; எண் kaatru|`, `காற்று`},
	{`செயல் f() { "𝒳"; puqiyaqu| }`, `+புதியது`},
	// Imports.
	{`"𝒳"; இறக்கு "|";`, `நூலகம்/பணம்.qmz => "𝒳"; இறக்கு "நூலகம்/பணம்.qmz";`},
	{`"𝒳"; இறக்கு panam|`, `நூலகம்/பணம்.qmz => "𝒳"; இறக்கு "நூலகம்/பணம்.qmz";`},
	{"அச்சு \"𝒳\"; அச்சு vattik|;", `வட்டிக்கணக்கு`},
	{"// 𝒳\n\nஅச்சு vattik|;", `வட்டிக்கணக்கு => அச்சு வட்டிக்கணக்கு(${1:அசல்})$0;`},
}

var workspace = Options{
	Others:  []Other{{Path: "நூலகம்/பணம்.qmz", Names: NamesOf("// 𝒳\nசெயல் வட்டிக்கணக்கு(எண் அசல்) { உள்ளே = 1; }")}},
	Imports: []string{"நூலகம்/பணம்.qmz"},
}

// TestNamesOf holds what a file declares for others.
func TestNamesOf(t *testing.T) {
	t.Parallel()
	src := "\"𝒳 செயல் x()\"; // செயல் y()\nசெயல் கூட்டு(எண் அ, ஆ: எண், நிலை சொல் இ) எண் { உள் = 1; }\nவடிவம் ஆள் { சொல் பெயர் }\n" +
		"நிலை எண் வரம்பளவு = 5; எண் ஒன்று = 1; இரண்டு = 2; இரண்டு = 3; அச்சு f(மூன்று = 1);\nபின்னணி செயல் ஓடு() {}\nசெயல்"
	got := ""
	for _, x := range NamesOf(src).List() {
		got += x.Name + "(" + strings.Join(x.Params, ",") + ") "
	}
	if want := "கூட்டு(அ,ஆ,இ) ஆள்() வரம்பளவு() ஒன்று() இரண்டு() ஓடு() "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	for _, c := range completions {
		items, src := complete(t, c.src, workspace)
		list := labels(items)
		want, after, _ := strings.Cut(c.want, " => ")
		for i, w := range strings.Fields(want) {
			name := strings.TrimLeft(w, "+-")
			switch has := slices.Contains(list, name); {
			case w[0] == '-' && has, w[0] == '+' && !has:
				t.Errorf("%s: %s in %q", c.src, w, list[:min(len(list), 30)])
			case i == 0 && w == name && (len(list) == 0 || list[0] != w):
				t.Errorf("%s: first of %q, want %s", c.src, list[:min(len(list), 12)], w)
			}
		}
		if after == "" || len(items) == 0 {
			continue
		}
		line := strings.Count(c.src[:strings.Index(c.src, "|")], "\n")
		for _, e := range items[0].Edits {
			if e.Span.Start < items[0].Replace.Start {
				line += strings.Count(e.Text, "\n")
			}
		}
		if got := strings.Split(apply(src, items[0]), "\n")[line]; got != after {
			t.Errorf("%s: %s gives\n%s, want\n%s", c.src, items[0].Label, got, after)
		}
	}
}

// TestImportEdit holds where the import of a name goes.
func TestImportEdit(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"அச்சு 1;":              "இறக்கு \"𝒳.qmz\";\nஅச்சு 1;",
		"// தலை 👍🏽\n\nஅச்சு 1;": "// தலை 👍🏽\n\nஇறக்கு \"𝒳.qmz\";\nஅச்சு 1;",
		"// செயலின் விளக்கம்\nசெயல் f() {}":      "இறக்கு \"𝒳.qmz\";\n// செயலின் விளக்கம்\nசெயல் f() {}",
		"இறக்கு \"அ.qmz\"; // 👍🏽\nஅச்சு 1;":      "இறக்கு \"அ.qmz\";\nஇறக்கு \"𝒳.qmz\"; // 👍🏽\nஅச்சு 1;",
		"இறக்கு \"அ.qmz\";\nஇறக்கு \"ஆ.qmz\";\n": "இறக்கு \"அ.qmz\";\nஇறக்கு \"ஆ.qmz\";\nஇறக்கு \"𝒳.qmz\";\n",
		"": "இறக்கு \"𝒳.qmz\";\n",
	} {
		f := syntax.Parse("x", []byte(src))
		e := importEdit(f, "𝒳.qmz", Tamil)
		if got := src[:e.Span.Start] + e.Text + src[e.Span.End:]; got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

// TestConcurrent holds that one assistant may be asked by many at once; the race detector looks on.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	p := indexed(placeOf(t, library+`"𝒳"; அச்சு கூட்டு(ஒருவர்|`))
	a := New()
	want := labels(a.Complete(context.Background(), p, workspace).Items)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				if got := labels(a.Complete(context.Background(), p, workspace).Items); !slices.Equal(got, want) {
					t.Errorf("%q, want %q", got, want)
				}
				if len(a.Signature(p, workspace).List) == 0 {
					t.Error("no signature")
				}
				if _, _, ok := a.Hover(p, workspace); !ok {
					t.Error("no hover")
				}
			}
		})
	}
	wg.Wait()
}

// TestStopped holds that a question that nobody waits for any more is not answered whole.
func TestStopped(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	p := placeOf(t, library+`"𝒳"; அச்சு |`)
	if stopped, whole := len(New().Complete(ctx, p, Options{}).Items), len(New().Complete(context.Background(), p, Options{}).Items); stopped >= whole {
		t.Errorf("%d items of %d", stopped, whole)
	}
}
