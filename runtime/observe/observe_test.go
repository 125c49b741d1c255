package observe_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/observe"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/runtime/vm/vmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func compile(t testing.TB, src string) *vm.Program {
	t.Helper()
	return vmtest.Compile(t, src, host.Core(), observe.Words(), task.Words())
}

// run answers what a program printed and the lines that it wrote into the log, without their times.
func run(t *testing.T, o observe.Options, src string) (string, []string, error) {
	t.Helper()
	var out, log bytes.Buffer
	g := task.NewGroup(observe.With(t.Context(), observe.NewLog(&log, o)), task.Options{Whole: true})
	err := g.End(vm.New(compile(t, src), vm.Options{Stdout: &out}).Run(g.Context()))
	var lines []string
	for line := range strings.Lines(log.String()) {
		lines = append(lines, timeless(t, strings.TrimSuffix(line, "\n"), o.JSON))
	}
	return out.String(), lines, err
}

// timeless takes the time off a record; it must be the present.
func timeless(t *testing.T, line string, isJSON bool) string {
	t.Helper()
	var at string
	var rest string
	if isJSON {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
		at, rest, _ = strings.Cut(strings.TrimPrefix(line, `{"time":"`), `",`)
	} else {
		at, rest, _ = strings.Cut(strings.TrimPrefix(line, "time="), " ")
	}
	if when, err := time.Parse(time.RFC3339Nano, at); err != nil || time.Since(when) > time.Hour {
		t.Errorf("%q: %v", at, err)
	}
	return rest
}

func TestLog(t *testing.T) {
	t.Parallel()
	const nested = `பதிவு_சூழல்({"request_id": "r-1", "ப": 1}) { பதிவு_சூழல்({"request_id": "r-2"}) { பதிவு_தகவல்("உள்ளே", {"ப": 2}); }; பதிவு_தகவல்("வெளியே"); }; பதிவு_தகவல்("பின்");`
	for _, c := range []struct {
		name, src  string
		json, text []string
	}{
		{
			"levels", `பதிவு_வழுநீக்கம்("hidden", {}); பதிவு_தகவல்("i"); பதிவு_எச்சரிக்கை("w", {}); பதிவு_பிழை("e", இன்மை);
பதிவு_நிலை "பிழை"; பதிவு_எச்சரிக்கை("hidden"); பதிவு_நிலை("debug"); _logDebug("d");`,
			[]string{`"level":"info","event":"i"}`, `"level":"warn","event":"w"}`, `"level":"error","event":"e"}`, `"level":"debug","event":"d"}`},
			[]string{"level=info event=i", "level=warn event=w", "level=error event=e", "level=debug event=d"},
		},
		{
			"values", `பதிவு_தகவல்("கொ𝒳", {"n": 8080, "விலை": 12345678901234567890.12, "t": "க ொ", "m": மெய், "z": இன்மை, "a": [1, {"x": "👍🏽"}], "f": செயல்(x) { திரும்பு x; }});`,
			[]string{`"level":"info","event":"கொ𝒳","n":8080,"விலை":12345678901234567890.12,"t":"க ொ","m":true,"z":null,"a":[1,{"x":"👍🏽"}],"f":"<செயல்>"}`},
			[]string{`level=info event=கொ𝒳 n=8080 விலை=12345678901234567890.12 t="க ொ" m=true z=null a="[1,{\"x\":\"👍🏽\"}]" f=<செயல்>`},
		},
		{
			"one line, and keys that are not the program's", `பதிவு_பிழை("a\n{\"level\":\"x\"}", {"level": "x", "time": 1, "event": 2, "msg": 3, "trace_id": 4, "b\nc": "d\ne=f"});`,
			[]string{`"level":"error","event":"a\n{\"level\":\"x\"}","level_":"x","time_":1,"event_":2,"msg_":3,"trace_id_":4,"b\nc":"d\ne=f"}`},
			[]string{`level=error event="a\n{\"level\":\"x\"}" level_=x time_=1 event_=2 msg_=3 trace_id_=4 "b\nc"="d\ne=f"`},
		},
		{
			"fields around", nested,
			[]string{`"level":"info","event":"உள்ளே","ப":2,"request_id":"r-2"}`, `"level":"info","event":"வெளியே","request_id":"r-1","ப":1}`, `"level":"info","event":"பின்"}`},
			[]string{"level=info event=உள்ளே ப=2 request_id=r-2", "level=info event=வெளியே request_id=r-1 ப=1", "level=info event=பின்"},
		},
		{
			"fields around tasks", `பதிவு_சூழல்({"r": 1}) { ப = பணி_உருவாக்கு { பதிவு_தகவல்("பணி"); காத்திரு(பணி_உருவாக்கு { பதிவு_சூழல்({"s": 2}) { பதிவு_தகவல்("உள்"); }; }); }; }; காத்திரு(ப); பதிவு_தகவல்("பின்");`,
			[]string{`"level":"info","event":"பணி","r":1}`, `"level":"info","event":"உள்","s":2,"r":1}`, `"level":"info","event":"பின்"}`},
			[]string{"level=info event=பணி r=1", "level=info event=உள் s=2 r=1", "level=info event=பின்"},
		},
		{
			"left on every way", `செயல் f() { பதிவு_சூழல்({"f": 1}) { திரும்பு 1; }; } f(); முயல் { பதிவு_சூழல்({"g": 1}) { 1 / 0; }; } பிழை(பி) { பதிவு_பிழை("e", {"வகை": பி.வகை}); }`,
			[]string{`"level":"error","event":"e","வகை":"கணிதம்"}`},
			[]string{"level=error event=e வகை=கணிதம்"},
		},
	} {
		for _, form := range []struct {
			json bool
			want []string
		}{{true, c.json}, {false, c.text}} {
			out, lines, err := run(t, observe.Options{JSON: form.json}, c.src)
			if err != nil || out != "" || strings.Join(lines, "\n") != strings.Join(form.want, "\n") {
				t.Errorf("%s: %v, %q\n%s", c.name, err, out, strings.Join(lines, "\n"))
			}
		}
	}
}

// TestErrorFields logs what பிழை caught, as programs do.
func TestErrorFields(t *testing.T) {
	t.Parallel()
	_, lines, err := run(t, observe.Options{JSON: true}, `முயல் { 1 / 0; } பிழை(பி) { பதிவு_பிழை("user_fetch_failed", பி); }`)
	if err != nil || len(lines) != 1 || !strings.Contains(lines[0], `"வகை":"கணிதம்"`) || !strings.Contains(lines[0], `"இருப்பிடம்":"t.qmz:1:`) {
		t.Error(lines, err)
	}
}

func TestTrace(t *testing.T) {
	t.Parallel()
	const id = "4bf92f3577b34da6a3ce929d0e0e4736"
	_, lines, err := run(t, observe.Options{JSON: true, Trace: func(context.Context) string { return id }}, `பதிவு_தகவல்("x", {"trace_id": "y"});`)
	if want := `"level":"info","event":"x","trace_id":"` + id + `","trace_id_":"y"}`; err != nil || len(lines) != 1 || lines[0] != want {
		t.Error(lines, err)
	}
}

func TestTimestamp(t *testing.T) {
	t.Parallel()
	out, _, err := run(t, observe.Options{}, `அச்சு நேரமுத்திரை();`)
	at, parsed := time.Parse("2006-01-02T15:04:05.000Z07:00", strings.TrimSpace(out))
	if err = errors.Join(err, parsed); err != nil || time.Since(at) > time.Hour {
		t.Error(out, err)
	}
}

func TestWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, code string }{
		{`பதிவு_நிலை "சத்தம்";`, observe.CodeLevel},
		{`பதிவு_தகவல்("x", 5);`, observe.CodeFields},
		{`பதிவு_சூழல்([]) { 1; };`, observe.CodeFields},
	} {
		_, _, err := run(t, observe.Options{}, c.src)
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != c.code {
			t.Errorf("%s: %v", c.src, err)
		}
	}
	// Without a log nothing is written, and nothing fails.
	if err := vm.New(compile(t, `பதிவு_நிலை "தகவல்"; பதிவு_தகவல்("x", {"a": 1}); பதிவு_சூழல்({"b": 1}) { பதிவு_பிழை("y"); };`), vm.Options{}).Run(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOff holds a record that is not written to what evaluating its fields costs.
func TestOff(t *testing.T) {
	perRun := func(word string) float64 {
		code := compile(t, fmt.Sprintf(`வி = {"a": 1}; ஒவ்வொரு எ இல் [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] { %s("x", வி); }`, word))
		ctx := observe.With(context.Background(), observe.NewLog(&bytes.Buffer{}, observe.Options{Level: slog.LevelInfo}))
		m := vm.New(code, vm.Options{})
		return testing.AllocsPerRun(20, func() {
			if err := m.Run(ctx); err != nil {
				t.Fatal(err)
			}
		})
	}
	off, on := perRun("பதிவு_வழுநீக்கம்"), perRun("பதிவு_தகவல்")
	if off > 8 || on < off+10 { // ten records, none of which allocates when it is off
		t.Errorf("%v allocations off, %v on", off, on)
	}
}

func BenchmarkLog(b *testing.B) {
	for _, c := range []struct {
		name  string
		level slog.Level
		json  bool
	}{{"json", slog.LevelInfo, true}, {"text", slog.LevelInfo, false}, {"off", slog.LevelError, true}} {
		b.Run(c.name, func(b *testing.B) {
			var out bytes.Buffer
			log := observe.NewLog(&out, observe.Options{JSON: c.json, Level: c.level})
			code := compile(b, fmt.Sprintf(`எ = 0; (எ < %d) சுற்று { எ = எ + 1; பதிவு_தகவல்("request", {"path": "/வணக்கம்", "status": 200}); }`, b.N))
			b.ResetTimer()
			if err := vm.New(code, vm.Options{Stdout: &out}).Run(observe.With(context.Background(), log)); err != nil {
				b.Fatal(err)
			}
		})
	}
}
