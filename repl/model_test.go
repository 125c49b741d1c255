package repl

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/teatest/v2"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// typist drives a model without a terminal: it sends keys, and keeps what the entries print.
type typist struct {
	t   testing.TB
	m   *model
	out bytes.Buffer
}

func newTypist(t testing.TB) *typist {
	h, err := OpenHistory("")
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Lang: diag.English, Natives: host.Core(), Machine: vm.Options{Fuel: 1e6}})
	y := &typist{t: t}
	y.m = newModel(context.Background(), s, h, CampSigns)
	y.m.start = func(ctx context.Context, text string) {
		r := s.Eval(ctx, text, &y.out)
		y.m.finish(finished{result: r})
	}
	y.m.Update(tea.WindowSizeMsg{Width: 50, Height: 20})
	return y
}

// press sends keys by their names; texts in single quotes are typed letter by letter.
func (y *typist) press(keys ...string) {
	for _, k := range keys {
		if text, ok := strings.CutPrefix(k, "'"); ok {
			for _, r := range strings.TrimSuffix(text, "'") {
				y.m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		y.do(y.m.key(named[k]))
	}
}

// do runs what a key asks for: entries are run at once.
func (y *typist) do(cmd tea.Cmd) {
	if cmd == nil || y.m.running == nil {
		return
	}
	y.m.start(context.Background(), y.m.history.Entries()[len(y.m.history.Entries())-1])
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft},
	"right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
	"esc": {Code: tea.KeyEscape}, "f1": {Code: tea.KeyF1}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+d": {Code: 'd', Mod: tea.ModCtrl},
	"ctrl+r": {Code: 'r', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"ctrl+y": {Code: 'y', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl}, "ctrl+l": {Code: 'l', Mod: tea.ModCtrl},
	"alt+enter": {Code: tea.KeyEnter, Mod: tea.ModAlt}, "shift+left": {Code: tea.KeyLeft, Mod: tea.ModShift}, "ctrl+left": {Code: tea.KeyLeft, Mod: tea.ModCtrl},
}

// screen is what stands on the screen under what was said, and where the caret is.
func (y *typist) screen() (text string, x, row int) {
	v := y.m.View()
	if v.Cursor == nil {
		return v.Content, -1, -1
	}
	return v.Content, v.Cursor.X, v.Cursor.Y
}

func (y *typist) want(text string, x, row int) {
	y.t.Helper()
	first := func(s string) string {
		return strings.Join(strings.SplitN(s, "\n", row+2)[:min(row+1, strings.Count(s, "\n")+1)], "\n")
	}
	got, gx, gy := y.screen()
	if first(got) != text || gx != x || gy != row {
		y.t.Errorf("%q with the caret at %d,%d; want %q at %d,%d", first(got), gx, gy, text, x, row)
	}
}

func TestTyping(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	y.want("» ", 2, 0)
	y.press("'எனில்'")
	y.want("» எனில்", 6, 0)
	y.press("left")
	y.want("» எனில்", 5, 0)
	y.press("left", "'வ'")
	y.want("» எவனில்", 4, 0)
	y.press("end", "ctrl+w", "'கி'", "backspace")
	y.want("» க", 3, 0)
	y.press("'ா 𝒳'", "left", "delete")
	y.want("» கா ", 5, 0)
	y.press("ctrl+u", "'காமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாராகாமா'")
	y.want("» காமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாரா\n  காமா", 6, 1)
	y.press("up")
	y.want("» காமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாராகாமாசாதாயாரா", 6, 0)
}

func TestEntries(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	y.press("'(1 < 2) எனில் {'", "enter")
	y.want("» (1 < 2) எனில் {\n…     ", 6, 1)
	y.press("'அச்சு \"ஆம்\";'", "enter", "'}'")
	y.want("» (1 < 2) எனில் {\n…     அச்சு \"ஆம்\";\n… }", 3, 2)
	y.press("enter")
	if got := y.out.String(); got != "ஆம்\n" {
		t.Errorf("printed %q", got)
	}
	y.want("» ", 2, 0)
	y.press("'2 * 21'", "enter", "'1 / 0'", "enter")
	if !strings.Contains(y.out.String(), "42\n") || !strings.Contains(y.out.String(), "E0302") {
		t.Errorf("printed %q", y.out.String())
	}
	// Up brings back whole entries, and Down what was being typed.
	y.press("'x'", "esc", "up", "up")
	y.want("» 2 * 21", 8, 0)
	y.press("up")
	if y.m.ed.text != "(1 < 2) எனில் {\n    அச்சு \"ஆம்\";\n}" {
		t.Errorf("brought back %q", y.m.ed.text)
	}
	y.press("down", "down", "down")
	y.want("» x", 3, 0)
	y.press("ctrl+u", "ctrl+r", "'21'")
	if got, _, _ := y.screen(); got != "search: 21\n  2 * 21" {
		t.Errorf("the search shows %q", got)
	}
	y.press("ctrl+r", "esc", "ctrl+r", "'எனில்'", "end")
	if !strings.HasPrefix(y.m.ed.text, "(1 < 2)") {
		t.Errorf("found %q", y.m.ed.text)
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	y.press("'ceyal'")
	if got, _, _ := y.screen(); !strings.Contains(got, "▸செயல் ") {
		t.Errorf("suggests\n%s", got)
	}
	y.press("tab")
	y.want("» செயல்", 6, 0)
	y.press("ctrl+u", "'விலைப்பட்டியல்_அ = 3'", "enter", "'vilYp'", "tab")
	y.want("» விலைப்பட்டியல்_அ", 15, 0)
	y.press("ctrl+u", "'\"'", "'vaNakkam'", "esc", "tab")
	y.want("» \"வணக்கம்", 8, 0)
	y.press("ctrl+u", "'நீளம்('")
	if got, _, _ := y.screen(); !strings.Contains(got, "நீளம்(மதிப்பு") {
		t.Errorf("the signature is missing\n%s", got)
	}
	y.press("ctrl+u", "':ty'", "tab", "' [1]'", "enter")
	if !strings.Contains(y.out.String(), "array<number>") {
		t.Errorf("printed %q", y.out.String())
	}
	// Down goes into the suggestions, and Enter then takes one instead of running.
	y.press("'ceyal'", "down", "down", "enter")
	if y.m.ed.text == "ceyal" || y.m.ed.text == "" {
		t.Errorf("the entry is %q", y.m.ed.text)
	}
}

func TestPaste(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	text := ""
	for i := range 30 {
		text += fmt.Sprintf("அ%d = %d;\r\n", i, i)
	}
	y.m.Update(tea.PasteMsg{Content: text + "அ29"})
	if n := strings.Count(y.m.ed.text, "\n"); n != 30 || strings.Contains(y.m.ed.text, "\r") {
		t.Errorf("%d line breaks in %q", n, y.m.ed.text)
	}
	if got, _, row := y.screen(); strings.Count(got, "\n") > 19 || row > 19 {
		t.Errorf("the entry takes the whole screen:\n%s", got)
	}
	y.press("enter")
	if y.out.String() != "29\n" {
		t.Errorf("printed %q", y.out.String())
	}
	y.m.Update(tea.PasteMsg{Content: "\"\x1b[31m\xff\x00கொ\""})
	if want := "\"\ufffd[31m\ufffd\ufffdகொ\""; y.m.ed.text != want {
		t.Errorf("pasted %q, want %q", y.m.ed.text, want)
	}
	y.press("ctrl+c")
	y.m.Update(tea.PasteMsg{Content: strings.Repeat("அ", 1<<20)})
	if y.m.ed.text != "" || !strings.Contains(y.m.hint, ":load") {
		t.Errorf("%d bytes were pasted, hint %q", len(y.m.ed.text), y.m.hint)
	}
}

func TestInterrupt(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	y.press("'abc'", "ctrl+c")
	y.want("» ", 2, 0)
	y.press("ctrl+z")
	y.want("» abc", 5, 0)
	y.press("ctrl+c", "ctrl+c")
	if y.m.quit || y.m.hint == "" {
		t.Error("one Ctrl-C with nothing typed leaves, or says nothing")
	}
	y.press("'x'", "ctrl+c", "ctrl+c")
	if y.m.quit {
		t.Error("a key between two Ctrl-C does not count")
	}
	y.press("ctrl+c")
	if !y.m.quit {
		t.Error("two Ctrl-C do not leave")
	}
}

// TestProgram runs the model in a real program: an entry that never ends is stopped by Ctrl-C while its output streams.
func TestProgram(t *testing.T) {
	t.Parallel()
	h, err := OpenHistory("")
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Lang: diag.English, Natives: host.Core()})
	m := newModel(context.Background(), s, h, CampSigns)
	tm := teatest.NewTestModel(t, m, teatest.WithInitialTermSize(60, 20))
	m.start = func(ctx context.Context, text string) {
		go func() {
			r := s.Eval(ctx, text, writerFunc(func(b []byte) { tm.Send(tea.Println(strings.TrimSuffix(string(b), "\n"))()) }))
			tm.Send(finished{result: r})
		}()
	}
	waitFor := func(text string) {
		t.Helper()
		teatest.WaitFor(t, tm.Output(), func(b []byte) bool { return bytes.Contains(b, []byte(text)) }, teatest.WithDuration(30*time.Second))
	}
	tm.Type("x = 0; (மெய்) சுற்று { x = x + 1; }")
	tm.Send(named["enter"])
	waitFor("Ctrl-C stops it")
	tm.Send(named["ctrl+c"])
	waitFor("nothing has changed")
	tm.Type("6 * 7")
	tm.Send(named["enter"])
	waitFor("42")
	tm.Send(named["ctrl+d"])
	tm.WaitFinished(t, teatest.WithFinalTimeout(30*time.Second))
}

type writerFunc func(b []byte)

func (f writerFunc) Write(b []byte) (int, error) {
	f(b)
	return len(b), nil
}

// longSession is a session of 500 lines of definitions.
func longSession(b testing.TB) *typist {
	y := newTypist(b)
	var src strings.Builder
	for i := range 100 {
		fmt.Fprintf(&src, "செயல் கணக்கு_%d(எண் அளவு, சொல் பெயர்) {\n    வரி = அளவு * %d%%;\n    (வரி > 10) எனில் { வரி = வரி - 1; }\n    திரும்பு {பெயர்: பெயர், வரி: வரி};\n}\n", i, i)
	}
	if r := y.m.s.Eval(context.Background(), src.String(), io.Discard); r.Failed {
		b.Fatal("the session was refused")
	}
	return y
}

func BenchmarkKeystroke(b *testing.B) {
	y := longSession(b)
	for i := 0; b.Loop(); i++ {
		if i%20 == 0 {
			y.m.ed.reset()
			y.press("'விளைவு = kaNakku_1'")
		}
		y.m.Update(tea.KeyPressMsg{Code: '1', Text: "1"})
		y.m.View()
	}
}

func BenchmarkEntry(b *testing.B) {
	y := longSession(b)
	for b.Loop() {
		if r := y.m.s.Eval(context.Background(), "x = கணக்கு_1(5, \"அ\"); x.வரி", io.Discard); r.Failed {
			b.Fatal("failed")
		}
	}
}

// TestManyEntries: the ten thousandth entry and keystroke cost what the first did, counted in allocations.
func TestManyEntries(t *testing.T) {
	y := newTypist(t)
	entry := func() {
		if r := y.m.s.Eval(context.Background(), "n = 1; n + 1", io.Discard); r.Failed {
			t.Fatal("failed")
		}
		y.m.history.Add(fmt.Sprint(len(y.m.history.entries)))
	}
	key := func() {
		y.press("'n'")
		y.m.View()
		y.press("backspace")
	}
	for range 20 {
		entry()
	}
	entries, keys := testing.AllocsPerRun(50, entry), testing.AllocsPerRun(20, key)
	for range 10_000 {
		entry()
	}
	if late := testing.AllocsPerRun(50, entry); late > entries*11/10+5 {
		t.Errorf("an entry allocates %v times, a late one %v", entries, late)
	}
	if late := testing.AllocsPerRun(20, key); late > keys*11/10+5 {
		t.Errorf("a keystroke allocates %v times, a late one %v", keys, late)
	}
}

// TestHighlight: colours come from the lexer, and names have those of what they are in the session.
func TestHighlight(t *testing.T) {
	t.Parallel()
	s := New(Options{Natives: host.Core()})
	s.Eval(context.Background(), "செயல் இரட்டி(a) { திரும்பு a; } வடிவம் S { x } விலை = 1;", io.Discard)
	names := map[Paint]string{Keyword: "K", Builtin: "B", Function: "F", Shape: "S", Variable: "V", Number: "N", Text: "T", Comment: "C", Wrong: "W"}
	for text, want := range map[string]string{
		"(விலை > 10%) எனில் { இரட்டி(1); } // 𝒳": "V:விலை N:10% K:எனில் F:இரட்டி N:1 C:// 𝒳",
		"நீளம்(\"கொ𝒳\") eZil":                    "B:நீளம் T:\"கொ𝒳\" K:eZil",
		"S{x: 1}.இரட்டி":                         "S:S N:1",
		"\"திறந்த":                               "W:\"திறந்த",
		":type விலை":                             "K::type  V:விலை",
		"?நீளம்":                                 "B:நீளம்",
	} {
		var got []string
		for _, m := range s.Highlight(text) {
			got = append(got, names[m.Paint]+":"+text[m.Start:m.End])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", text, strings.Join(got, " "), want)
		}
	}
}

// TestBug: a bug of the toolchain ends the entry, not the conversation.
func TestBug(t *testing.T) {
	t.Parallel()
	s := New(Options{Lang: diag.English, Natives: host.Core(), Host: Host{Write: func(string, string) error { panic("கொ𝒳") }}})
	s.Eval(context.Background(), "x = 41", io.Discard)
	var out bytes.Buffer
	if r := s.Eval(context.Background(), ":save a.qmz", &out); !r.Failed || out.String() != "a bug of etamil; please report it: கொ𝒳\n" {
		t.Errorf("%+v %q", r, out.String())
	}
	out.Reset()
	if r := s.Eval(context.Background(), "x + 1", &out); r.Failed || out.String() != "42\n" {
		t.Errorf("%+v %q", r, out.String())
	}
}

// What is entered while another entry runs waits below it, in order; Ctrl-C stops what runs and gives the rest back.
func TestWaiting(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	var begun []string
	y.m.start = func(ctx context.Context, text string) {
		begun = append(begun, text)
		if ctx.Err() != nil {
			t.Error("it was stopped before it began")
		}
	}
	// A command is a sequence of which the last starts the entry; here it is started by hand.
	run := func(cmd tea.Cmd) {
		t.Helper()
		if cmd == nil || y.m.running == nil {
			t.Fatal("nothing was started")
		}
		list := y.m.history.Entries()
		y.m.start(context.Background(), list[len(list)-1])
	}
	enter := func(text string) tea.Cmd {
		y.press("'" + text + "'")
		y.press("esc")
		return y.m.key(named["enter"])
	}
	run(enter("1 + 1"))
	for _, text := range []string{"\"𝒳\"", "", "செயல் f() {"} {
		if cmd := enter(text); cmd != nil {
			t.Errorf("%q was started beside another", text)
		}
	}
	y.press("'திரும்பு 2; }'", "esc", "enter")
	got, _, _ := y.screen()
	if want := "» \n⏳ running; Ctrl-C stops it\n⋯ \"𝒳\"\n⋯ செயல் f() { …"; got != want {
		t.Errorf("the screen shows\n%s\nwant\n%s", got, want)
	}
	run(y.m.finish(finished{}))
	enter("3")
	y.press("'4'", "esc")
	y.press("ctrl+c")
	if want := "செயல் f() {\n    திரும்பு 2; }\n3\n4"; y.m.ed.text != want || len(y.m.waiting) != 0 {
		t.Errorf("Ctrl-C gave back %q, want %q", y.m.ed.text, want)
	}
	if cmd := y.m.finish(finished{}); cmd != nil || y.m.running != nil {
		t.Error("something runs after Ctrl-C")
	}
	if want := []string{"1 + 1", "\"𝒳\""}; !slices.Equal(begun, want) || !slices.Equal(y.m.history.Entries(), want) {
		t.Errorf("begun %q, remembered %q", begun, y.m.history.Entries())
	}
}

// A terminal that becomes narrower breaks what is drawn into more rows.
func TestAdded(t *testing.T) {
	t.Parallel()
	y := newTypist(t)
	y.press("'காமாசாதாயாராகாமாசாதா'", "esc") // 22 cells with the prompt
	for cells, want := range map[int]int{50: 0, 23: 0, 22: 1, 21: 1, 12: 1, 11: 2, 8: 2, 1: 0} {
		if got := y.m.added(cells); got != want {
			t.Errorf("%d cells: %d rows more, want %d", cells, got, want)
		}
	}
	y.press("home")
	if got := y.m.added(8); got != 0 {
		t.Errorf("with the caret in the first row: %d", got)
	}
	y.press("end", "alt+enter", "'𝒳'", "esc")
	if got := y.m.added(12); got != 1 {
		t.Errorf("with the caret in the second line: %d", got)
	}
	var out bytes.Buffer
	filter := reflowed(&out)
	filter(y.m, tea.WindowSizeMsg{Width: 60, Height: 20})
	filter(y.m, tea.KeyPressMsg{Code: 'a'})
	if out.Len() != 0 {
		t.Errorf("wrote %q", out.String())
	}
	if filter(y.m, tea.WindowSizeMsg{Width: 12, Height: 20}); out.String() != "\x1b[A" {
		t.Errorf("wrote %q", out.String())
	}
}
