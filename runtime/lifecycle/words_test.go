package lifecycle_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// run runs a program with a life of its own.
func run(t *testing.T, src string) (*lifecycle.Life, string, error) {
	t.Helper()
	prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			t.Fatalf("%s: %v in %s", f.Code, f.Args, src)
		}
	}
	life, natives := lifecycle.New(), host.Core()
	maps.Copy(natives, lifecycle.Words(life))
	code, found := vm.Compile(prog, natives)
	if len(found) > 0 {
		t.Fatal(found)
	}
	var out bytes.Buffer
	err := vm.New(code, vm.Options{Stdout: &out}).Run(t.Context())
	return life, out.String(), err
}

func TestStart(t *testing.T) {
	t.Parallel()
	none := lifecycle.App{Port: -1}
	for _, c := range []struct {
		src     string
		started bool
		app     lifecycle.App
		out     string
	}{
		{`அச்சு 1;`, false, none, "1\n"},
		{`செ = செயலி_உருவாக்கு({"host": "0.0.0.0", "port": "81", "logging": "json", "database": "கடை.db", "பெயர்": "𝒳"}); அச்சு செ.பெயர்;`, false, lifecycle.App{Host: "0.0.0.0", Port: 81, Log: "json", Database: "கடை.db"}, "𝒳\n"},
		{`முதல் = முதல்_உருவாக்கு({"database": {"url": "x:y"}, "port": இன்மை}); முதல்_தொடங்கு();`, true, lifecycle.App{Port: -1, Database: "x:y"}, ""},
		{`செயலி_உருவாக்கு({"port": 80}); செயலி_தொடங்கு({"தளம்": {"path": "அ.db"}, "புரவலன்": "::1"});`, true, lifecycle.App{Host: "::1", Port: -1, Database: "அ.db"}, ""},
		{`அச்சு செயலி_உருவாக்கு(); செயலி_தொடங்கு();`, true, none, "{}\n"},
		{`_appStart(_appCreate({port: 1}));`, true, lifecycle.App{Port: 1}, ""},
		{`வழங்கி_தொடங்கு "127.0.0.1", 8080;`, true, lifecycle.App{Host: "127.0.0.1", Port: 8080}, ""},
		{`வழங்கி_தொடங்கு 0;`, true, lifecycle.App{Port: 0}, ""},
		{`வழங்கி_தொடங்கு "::1";`, true, lifecycle.App{Host: "::1", Port: -1}, ""},
	} {
		life, out, err := run(t, c.src)
		if err != nil || life.Started() != c.started || life.App() != c.app || out != c.out {
			t.Errorf("%s: %v %+v %q %v", c.src, life.Started(), life.App(), out, err)
		}
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]time.Duration{
		`வழங்கி_நிறுத்து;`: time.Hour, `வழங்கி_நிறுத்து 250;`: 250 * time.Millisecond, `வழங்கி_நிறுத்து(0);`: 0,
		`செயலி_தொடங்கு(); வழங்கி_நிறுத்து 5; நெட்வர்க்_மூடு();`: 5 * time.Millisecond,
	} {
		life, _, err := run(t, src)
		if err != nil || life.Grace(time.Hour) != want || life.Started() {
			t.Errorf("%s: %v %v", src, life.Grace(time.Hour), err)
		}
		select {
		case <-life.Stopping():
		default:
			t.Errorf("%s: it does not stop", src)
		}
	}
}

// TestObject is the lifecycle object that the user's own snippet assigns (seed 12a): its block is a declaration.
func TestObject(t *testing.T) {
	t.Parallel()
	_, out, err := run(t, `வெளியெண_ = வெளியெண_().பண_பந(சைகை_SIGTERM) { அச்சு "வராது"; }; அச்சு வெளியெண_; அச்சு சைகை_SIGTERM; செயல் f() { திரும்பு சைகை_SIGTERM; } அச்சு f();`)
	if err != nil || out != "<வெளியெண_>\nSIGTERM\nSIGTERM\n" {
		t.Errorf("%q %v", out, err)
	}
}

func TestWrongApps(t *testing.T) {
	t.Parallel()
	for src, code := range map[string]string{
		`செயலி_உருவாக்கு(1);`: lifecycle.CodeApp, `செயலி_தொடங்கு("𑿀");`: lifecycle.CodeApp,
		`செயலி_உருவாக்கு({"port": 65536});`: lifecycle.CodeApp, `செயலி_உருவாக்கு({"port": "பல"});`: lifecycle.CodeApp, `செயலி_உருவாக்கு({"port": 1.5});`: lifecycle.CodeApp,
		`செயலி_உருவாக்கு({"host": 1});`: lifecycle.CodeApp, `செயலி_உருவாக்கு({"logging": "xml"});`: lifecycle.CodeApp,
		`செயலி_உருவாக்கு({"database": {}});`: lifecycle.CodeApp, `செயலி_உருவாக்கு({"database": 7});`: lifecycle.CodeApp,
		`வழங்கி_தொடங்கு "x", "y";`: lifecycle.CodeApp, `வழங்கி_தொடங்கு -1;`: lifecycle.CodeApp, `வழங்கி_நிறுத்து "x";`: vm.CodeMillis, `வழங்கி_நிறுத்து -1;`: vm.CodeMillis,
	} {
		_, _, err := run(t, src)
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != code {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"SIGTERM", "TERM", " sigterm ", "SIGINT", "sighup", "SIGQUIT"} {
		if s, known := lifecycle.Signal(name); !known || s == nil {
			t.Errorf("%q: %v %v", name, s, known)
		}
	}
	for _, name := range []string{"", "SIG", "SIGKILL", "SIGSTOP", "SIGSEGV", "SIGURG", "SIGPROF", "சைகை", "SIGNONE"} {
		if s, known := lifecycle.Signal(name); known || s != nil {
			t.Errorf("%q: %v %v", name, s, known)
		}
	}
}
