package data_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/runtime/vm/vmtest"
)

// runProgram runs a program whose databases are files of dir.
func runProgram(t *testing.T, dir, src string) (string, error) {
	t.Helper()
	dbs := data.NewDatabases(dir, data.Options{})
	defer func() {
		if err := dbs.Close(); err != nil {
			t.Error(err)
		}
	}()
	return runWith(t, dbs, src)
}

func runWith(t *testing.T, dbs *data.Databases, src string) (string, error) {
	t.Helper()
	code := vmtest.Compile(t, src, host.Core(), data.Words(), task.Words())
	var out bytes.Buffer
	session := dbs.Session()
	g := task.NewGroup(t.Context(), task.Options{Whole: true, Enter: func(group, starter context.Context) (context.Context, func() error) {
		s := data.From(starter).Fork()
		return data.With(group, s), s.Close
	}})
	err := g.End(vm.New(code, vm.Options{Stdout: &out}).Run(data.With(g.Context(), session)))
	return out.String(), errors.Join(err, session.Close())
}

func TestPoolWords(t *testing.T) {
	t.Parallel()
	const start = `தி = திரள்_உருவாக்கு("sqlite") {"path": "k.db", "max_connections": 2, "timeout": 5000};
திரள்_இணைப்பு(தி) { இணைப்பு.செய்("CREATE TABLE t (n INTEGER, பெயர் TEXT)"); }; `
	for _, c := range []struct{ name, src, want string }{
		{"rows and counts", start + `அச்சு திரள்_இணைப்பு(தி) { இணைப்பு.செய்("INSERT INTO t VALUES (1, ?), (2, ?)", ["கொ𝒳", "👍🏽"]); };
அச்சு திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELECT பெயர் FROM t WHERE n = ?", [2]); };`, "2\n[{பெயர்: 👍🏽}]\n"},
		{"the words of the user", strings.NewReplacer("திரள்_உருவாக்கு", "விகல்_உருவாக்கு", "திரள்_இணைப்பு", "விகல்_குறி", "இணைப்பு.", "குறி.").Replace(start) +
			`அச்சு விகல்_குறி(தி) { குறி.குற்றம்("SELECT 1 AS x"); }; விகல்_மூடு(தி);`, "[{x: 1}]\n"},
		{"English", `_p = _poolCreate {"url": "sqlite://k.db"}; _print _poolWith(_p) { _connection._query("SELECT 1 AS x"); };`, "[{x: 1}]\n"},
		{"a failure is of kind தளம்", start + `முயல் { திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELEC"); }; } பிழை(பி) { அச்சு பி.வகை; }`, "தளம்\n"},
		{"open transactions are rolled back", start + `முயல் { திரள்_இணைப்பு(தி) { இணைப்பு.செய்("BEGIN"); இணைப்பு.செய்("INSERT INTO t VALUES (1, 'க')"); 1 / 0; }; } பிழை(பி) { அச்சு பி.வகை; }
திரள்_இணைப்பு(தி) { இணைப்பு.செய்("BEGIN"); இணைப்பு.செய்("INSERT INTO t VALUES (1, 'க')"); };
அச்சு திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELECT count(*) AS c FROM t"); };`, "கணிதம்\n[{c: 0}]\n"},
		{"nested, in functions and function values", start + `செயல் f(தி) { திரும்பு திரள்_இணைப்பு(தி) { ஒன்று = செயல்(x) { திரும்பு இணைப்பு.வினா("SELECT ? AS x", [x]); };
  திரள்_இணைப்பு(தி) { இணைப்பு.செய்("CREATE TEMP TABLE u (n)"); }; ஒன்று(5); }; } அச்சு f(தி);
அச்சு திரள்_இணைப்பு(தி) { வி = செயல்() { திரும்பு குறி.வினா("SELECT 7 AS x"); }; வி(); };`, "[{x: 5}]\n[{x: 7}]\n"},
		{"left on every way", start + `செயல் f(தி) { திரள்_இணைப்பு(தி) { திரும்பு 5; }; } அச்சு f(தி); ஒவ்வொரு எ இல் [1, 2, 3] { திரள்_இணைப்பு(தி) { (எ < 3) எனில் { தொடர்; } நிறுத்து; }; }
முயல் { (5) காலவரம்பு { திரள்_இணைப்பு(தி) { (மெய்) சுற்று { x = 1; } }; } } பிழை(பி) { அச்சு பி.வகை; }
நி = திரள்_நிலை(தி); அச்சு நி.திறந்தவை - நி.ஓய்வு; அச்சு நி.காத்திருப்பு;`, "5\nகாலவரம்பு\n0\n0\n"},
		{"returned even when nothing runs any more", start + `ப = பணி_உருவாக்கு "அ" { திரள்_இணைப்பு(தி) { முயல் { (மெய்) சுற்று { x = 1; } } இறுதியில் { (மெய்) சுற்று { x = 1; } } }; };
பணி_நிறுத்து(ப); காத்திரு(ப); நி = திரள்_நிலை(தி); அச்சு நி.திறந்தவை - நி.ஓய்வு;`, "0\n"},
		{"a name of the program's own", `இணைப்பு = 3; தி = திரள்_உருவாக்கு {"path": ":memory:"}; அச்சு நீளம்(திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELECT 1 AS x"); }); அச்சு இணைப்பு;`, "1\n3\n"},
		{"in memory", `தி = திரள்_உருவாக்கு {"path": ":memory:"}; திரள்_இணைப்பு(தி) { இணைப்பு.செய்("CREATE TABLE t (n)"); };
அச்சு திரள்_இணைப்பு(தி) { இணைப்பு.செய்("INSERT INTO t VALUES (1)"); }; அச்சு தி;`, "1\n<திரள் \":memory:\">\n"},
		{"those that wait get it, or their limit", `தி = திரள்_உருவாக்கு {"path": "k.db", "உச்சம்": 1}; சே = சேனல்_உருவாக்கு(0);
ப = பணி_உருவாக்கு "கடன்" { திரள்_இணைப்பு(தி) { சேனல்_அனுப்பு(சே, 1); சேனல்_பெறு(சே); }; "முடிந்தது"; };
சேனல்_பெறு(சே);
முயல் { (20) காலவரம்பு { திரள்_இணைப்பு(தி) { அச்சு "வராது"; }; } } பிழை(பி) { அச்சு பி.வகை; }
கா = பணி_உருவாக்கு "காத்திருப்பவர்" { திரள்_இணைப்பு(தி) { 1; }; };
(திரள்_நிலை(தி).காத்திருப்பு == 0) சுற்று { காத்திரு(1); }
பணி_நிறுத்து(கா); முயல் { காத்திரு(கா)?; } பிழை(பி) { அச்சு பி.வகை; }
சேனல்_அனுப்பு(சே, 1); அச்சு காத்திரு(ப); அச்சு திரள்_இணைப்பு(தி) { 9; };`, "காலவரம்பு\nநிறுத்தம்\nசரி(முடிந்தது)\n9\n"},
		{"many at once", start + `தொகை = அணு_உருவாக்கு(0); பணிகள் = []; ஒவ்வொரு எ இல் [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] { பணிகள் = இணை(பணிகள், பணி_உருவாக்கு "எழுத்தர்" {
  ஒவ்வொரு ந இல் [1, 2, 3, 4, 5] { திரள்_இணைப்பு(தி) { இணைப்பு.செய்("BEGIN"); இணைப்பு.செய்("INSERT INTO t VALUES (?, 'க')", [எ]); இணைப்பு.செய்("COMMIT"); }; } }); }
பணி_அனைத்தும்(பணிகள்); அச்சு திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELECT count(*) AS c, sum(n) AS s FROM t"); }; அச்சு திரள்_நிலை(தி).திறந்தவை <= 2;`, "[{c: 60, s: 390}]\ntrue\n"},
		{"closing waits for what is lent", `தி = திரள்_உருவாக்கு {"path": "k.db"}; சே = சேனல்_உருவாக்கு(0);
ப = பணி_உருவாக்கு "கடன்" { திரள்_இணைப்பு(தி) { சேனல்_அனுப்பு(சே, 1); காத்திரு(20); அச்சு "திருப்பியது"; }; };
சேனல்_பெறு(சே); திரள்_மூடு(); அச்சு "மூடியது"; முயல் { திரள்_இணைப்பு(தி) { 1; }; } பிழை(பி) { அச்சு பி.வகை; } அச்சு திரள்_நிலை(தி).திறந்தவை;`, "திருப்பியது\nமூடியது\nதளம்\n0\n"},
		{"தளம்_வினா and the pool see one file", start + `தளம்_இணை "sqlite", "k.db"; தளம்_செய் "INSERT INTO t VALUES (4, 'க')", []; அச்சு தளம்_வினா("SELECT n FROM t"); அச்சு விகல்_குறி("SELECT n FROM t WHERE n = ?", [4]);`, "[{n: 4}]\n[{n: 4}]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if out, err := runProgram(t, t.TempDir(), c.src); err != nil || out != c.want {
				t.Errorf("%q, %v", out, err)
			}
		})
	}
}

func TestPoolErrors(t *testing.T) {
	t.Parallel()
	const start = `தி = திரள்_உருவாக்கு {"path": "k.db", "max_connections": 1, "timeout": 1}; `
	for _, c := range []struct{ src, code string }{
		{start + `திரள்_மூடு(தி); திரள்_இணைப்பு(தி) { 1; };`, data.CodePoolClosed},
		{`திரள்_நிலை(1);`, data.CodeNotPool},
		{`திரள்_இணைப்பு("x") { 1; };`, data.CodeNotPool},
		{`திரள்_மூடு([]);`, data.CodeNotPool},
		{`திரள்_உருவாக்கு("sqlite");`, data.CodePoolOption},
		{`திரள்_உருவாக்கு(7);`, data.CodePoolOption},
		{`திரள்_உருவாக்கு {"path": 1};`, data.CodePoolOption},
		{`திரள்_உருவாக்கு {"path": "k.db", "max_connections": 0};`, data.CodePoolOption},
		{`திரள்_உருவாக்கு {"path": "k.db", "timeout": "x"};`, vm.CodeMillis},
		{`திரள்_உருவாக்கு {"path": "k.db", "size": 1};`, value.CodeNoField},
		{`திரள்_உருவாக்கு("postgresql") {"host": "localhost", "port": 5432};`, data.CodeDriver},
		{`திரள்_உருவாக்கு {"url": "postgres://u@h/d"};`, data.CodeDriver},
		{`திரள்_உருவாக்கு {"path": "இல்லை/k.db"};`, data.CodeNoFolder},
		{start + `திரள்_இணைப்பு(தி) { f = செயல்() { திரும்பு இணைப்பு.வினா("SELECT 1"); }; }; f();`, data.CodeNotLent},
		{start + `திரள்_இணைப்பு(தி) { காத்திரு(பணி_உருவாக்கு { இணைப்பு.வினா("SELECT 1"); })?; };`, vm.CodeRaised},
		{start + `திரள்_இணைப்பு(தி) { திரள்_மூடு(); };`, data.CodePoolHeld},
		{start + `திரள்_இணைப்பு(தி) { திரள்_இணைப்பு(தி) { 1; }; };`, data.CodePoolHeld},
		{start + `சே = சேனல்_உருவாக்கு(0); பணி_உருவாக்கு { திரள்_இணைப்பு(தி) { சேனல்_அனுப்பு(சே, 1); (மெய்) சுற்று { காத்திரு(1); } }; } சேனல்_பெறு(சே); திரள்_இணைப்பு(தி) { 1; };`, data.CodeNoLease},
		{start + `திரள்_இணைப்பு(தி) { இணைப்பு.வினா("SELECT 1", 1); };`, data.CodeParams},
		{start + `திரள்_இணைப்பு(தி) { இணைப்பு.வினா(); };`, vm.CodeArity},
		{start + `திரள்_இணைப்பு(தி) { இணைப்பு.வேறு(); };`, vm.CodeNoMethod},
		{`இணைப்பு.வினா("SELECT 1");`, vm.CodeUndefined},
		{`தளம்_வினா("SELECT 1", []);`, data.CodeNotConnected},
	} {
		_, err := runProgram(t, t.TempDir(), c.src)
		var f *vm.Fault
		if !errors.As(err, &f) || f.Code != c.code {
			t.Errorf("%s: %v", c.src, err)
		}
	}
}

// TestDefaultDatabase is services.md rule 17: the only தளம்_இணை, else what the application names, else what the project names.
func TestDefaultDatabase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, project, app, src, want string }{
		{"declared", "p.db", "a.db", `தளம்_இணை சீகுலைட், "d.db"; `, "d.db"},
		{"the application's", "p.db", "sqlite:a.db", "", "a.db"},
		{"the project's", "p.db", "", "", "p.db"},
	} {
		dir := t.TempDir()
		dbs := data.NewDatabases(dir, data.Options{})
		if c.project != "" {
			dbs.Default(c.project)
		}
		session := dbs.Session()
		if c.app != "" {
			session.SetDefault(c.app)
		}
		file := askFile(t, session.Fork(), c.src)
		if got := filepath.Base(file); got != c.want {
			t.Errorf("%s: %q", c.name, file)
		}
		if err := dbs.Close(); err != nil {
			t.Error(err)
		}
	}
	dbs := data.NewDatabases(t.TempDir(), data.Options{})
	dbs.Default("postgres://h/d")
	_, err := runWith(t, dbs, `தளம்_வினா("SELECT 1", []);`)
	var f *vm.Fault
	if !errors.As(err, &f) || f.Code != data.CodeDriver {
		t.Error(err)
	}
}

// askFile asks a session's database for its file.
func askFile(t *testing.T, s *data.Session, src string) string {
	t.Helper()
	code := vmtest.Compile(t, src+`அச்சு தளம்_வினா("SELECT file FROM pragma_database_list")[0].file;`, host.Core(), data.Words())
	var out bytes.Buffer
	err := vm.New(code, vm.Options{Stdout: &out}).Run(data.With(t.Context(), s))
	if err = errors.Join(err, s.Close()); err != nil {
		t.Error(err)
	}
	return strings.TrimSpace(out.String())
}

// TestPoolOfGo uses a pool without a program.
func TestPoolOfGo(t *testing.T) {
	t.Parallel()
	db, err := data.Open(filepath.Join(t.TempDir(), "k.db"), data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := data.NewPool(db, data.Options{MaxLeases: 1, Wait: time.Minute})
	l, err := p.Lease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waits := make(chan error)
	go func() {
		_, err := p.Lease(context.Background())
		waits <- err
	}()
	for p.State().Waiting == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithCancel(t.Context())
	closed := make(chan error)
	go func() { closed <- p.Close(ctx) }()
	code(t, <-waits, data.CodePoolClosed)
	cancel()
	if err := <-closed; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := p.State(); got != (data.PoolState{Open: 1}) {
		t.Error(got)
	}
	if err := errors.Join(l.Return(), p.Close(t.Context()), db.Close()); err != nil {
		t.Error(err)
	}
	if got := p.State(); got != (data.PoolState{}) {
		t.Error(got)
	}
}
