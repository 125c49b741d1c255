package data_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// compile makes a program with the words of the core and of databases.
func compile(t *testing.T, source string) *vm.Program {
	t.Helper()
	prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "a.qmz", Text: []byte(source), HasText: true})
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", source, faults)
	}
	natives := host.New(host.Env{})
	for id, n := range data.Words() {
		natives[id] = n
	}
	code, problems := vm.Compile(prog, natives)
	if len(problems) > 0 {
		t.Fatalf("%s\n%v", source, problems)
	}
	return code
}

// play runs a program with the databases of dir, and answers what it printed and how it ended.
func play(t *testing.T, dir, source string) string {
	t.Helper()
	dbs := data.NewDatabases(dir, data.Options{})
	session := dbs.Session()
	var out strings.Builder
	err := vm.New(compile(t, source), vm.Options{Stdout: &out}).Run(data.With(context.Background(), session))
	if err := errors.Join(session.Close(), dbs.Close()); err != nil {
		t.Error(err)
	}
	return out.String() + ended(err)
}

// ended says how a run ended.
func ended(err error) string {
	var exit *vm.Exit
	var fault *vm.Fault
	switch {
	case errors.As(err, &exit):
		return "exit\n"
	case errors.As(err, &fault):
		return fault.Kind() + " " + diag.Message(fault.Code, diag.English, fault.Args...) + "\n"
	case err != nil:
		return err.Error() + "\n"
	}
	return ""
}

const table = `தளம்_இணை சீகுலைட், "a.db";
தளம்_செய் "CREATE TABLE IF NOT EXISTS கணக்கு (பெயர் TEXT UNIQUE, தொகை TEXT COLLATE DECIMAL)", [];
`

// TestPrograms runs whole programs; after each one a second program sees what was stored.
func TestPrograms(t *testing.T) {
	t.Parallel()
	insert := `தளம்_செய் "INSERT INTO கணக்கு VALUES (?, ?)", ["க்ஷ", 12.50];` + "\n"
	tests := []struct{ name, program, want, stored string }{
		{"a transaction", `தளம்_செய் "BEGIN", []; ` + insert + `தளம்_செய் "COMMIT", [];`, "", "[{தொகை: 12.5, பெயர்: க்ஷ}]"},
		{"without one", insert, "", "[{தொகை: 12.5, பெயர்: க்ஷ}]"},
		{"rolled back", `தளம்_செய் "BEGIN", []; ` + insert + `தளம்_செய் "ROLLBACK", [];`, "", "[]"},
		{"the end", `தளம்_செய் "BEGIN", []; ` + insert, "", "[]"},
		{"வெளியேறு", `தளம்_செய் "BEGIN", []; ` + insert + `வெளியேறு(3);`, "exit\n", "[]"},
		{"a fault", `தளம்_செய் "BEGIN", []; ` + insert + `அ = 1 / 0;`, "கணிதம் division by zero\n", "[]"},
		{"திரும்பு leaves the transaction open", `செயல் பதி_இதை() { தளம்_செய் "BEGIN", []; ` + insert + ` திரும்பு 1; }` + "\n" + `அச்சு பதி_இதை(); தளம்_செய் "COMMIT", [];`, "1\n", "[{தொகை: 12.5, பெயர்: க்ஷ}]"},
		{"a caught error", `முயல் { தளம்_செய் "BEGIN", []; ` + insert + insert + `தளம்_செய் "COMMIT", []; } பிழை(பி) { தளம்_செய் "ROLLBACK", []; அச்சு பி.வகை & " " & பி.இருப்பிடம்; }`, "தளம் a.qmz:4:1\n", "[]"},
		{"reads its own writes", `தளம்_செய் "BEGIN", []; ` + insert + `தளம்_வினா "SELECT * FROM கணக்கு", [], வ; அச்சு வ[0].தொகை + 1;`, "13.5\n", "[]"},
		{"last_insert_rowid", insert + `தளம்_வினா "SELECT last_insert_rowid() AS எண்", [], வ; அச்சு வ;`, "[{எண்: 1}]\n", "[{தொகை: 12.5, பெயர்: க்ஷ}]"},
		{
			"attempts", `அச்சு தளம்_செய்_முயற்சி("INSERT INTO கணக்கு VALUES (?, 1), (?, 2)", ["அ", "ஆ"]);
அச்சு தளம்_வினா_முயற்சி("SELECT sum(தொகை) AS மொத்தம் FROM கணக்கு", []);
அச்சு தளம்_வினா_முயற்சி("SELECT 1 AS x WHERE 0", []);
அச்சு தளம்_செய்_முயற்சி("INSERT INTO கணக்கு VALUES ('அ', 1)", []);
அச்சு தளம்_வினா_முயற்சி("SELECT ?", [1, 2]);
அச்சு தளம்_வினா_முயற்சி("SELECT 1", 1);
அச்சு தளம்_செய்_முயற்சி("DROP TABLE இல்லை", []);`,
			`சரி(2)
சரி([{மொத்தம்: 3}])
சரி([])
தவறு(அப்படி ஒரு வரிசை ஏற்கெனவே உள்ளது: கணக்கு.பெயர் தனித்துவமாக இருக்க வேண்டும்  (there is such a row already: கணக்கு.பெயர் must be unique))
தவறு(SQL-இல் உள்ள ? இடங்கள் 1, தரப்பட்ட மதிப்புகள் 2  (the statement has 1 places for values (?), and the number of values given is 2))
`, "[{தொகை: 1, பெயர்: அ}, {தொகை: 2, பெயர்: ஆ}]",
		},
		{"romanised", `qaLam_cey "INSERT INTO கணக்கு VALUES (?, ?)", ["qamiz 𝒳", 1]; qaLam_viZA "SELECT count(*) AS n FROM கணக்கு", [], v; accu v[0].n;`, "1\n", "[{தொகை: 1, பெயர்: qamiz 𝒳}]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			got := play(t, dir, table+tt.program)
			if tt.name == "attempts" {
				got = strings.Join(strings.SplitAfter(got, "\n")[:5], "") // the other two end in texts of other packages
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			stored := play(t, dir, table+`தளம்_வினா "SELECT * FROM கணக்கு ORDER BY தொகை", [], வ; அச்சு வ;`)
			if stored != tt.stored+"\n" {
				t.Errorf("stored %s, want %s", stored, tt.stored)
			}
		})
	}
}

// TestHandles names databases.
func TestHandles(t *testing.T) {
	t.Parallel()
	two := `தளம்_இணை சீகுலைட், "a.db", கடை; தளம்_இணை கவி_மொழி, "b.db", கிடங்கு;` + "\n"
	tests := []struct{ name, program, want string }{
		{"two files", two + `தளம்_செய் "CREATE TABLE t (x)", [], கடை; தளம்_செய் "BEGIN", [], கடை; தளம்_செய் "INSERT INTO t VALUES (1)", [], கடை;
			தளம்_செய் "CREATE TABLE t (x)", [], கிடங்கு; தளம்_வினா "SELECT count(*) AS n FROM t", [], வ, கிடங்கு; அச்சு வ;
			தளம்_செய் "COMMIT", [], கடை; தளம்_வினா "SELECT count(*) AS n FROM t", [], வ, கடை; அச்சு வ;`, "[{n: 0}]\n[{n: 1}]\n"},
		{"none named", two + `தளம்_செய் "SELECT 1", [];`, "தளம் several databases are connected: கடை, கிடங்கு\n"},
		{"an attempt with several", two + `அச்சு தவறா(தளம்_வினா_முயற்சி("SELECT 1", []));`, "true\n"},
		{"unknown", two + `தளம்_செய் "SELECT 1", [], வேறு;`, "தளம் there is no database connection 'வேறு'\n"},
		{"nothing connected", `தளம்_செய் "SELECT 1", [];`, "தளம் there is no database connection ''\n"},
		{"the same again", `தளம்_இணை சீகுலைட், "a.db"; தளம்_செய் "BEGIN", []; தளம்_இணை சீகுலைட், "./a.db"; தளம்_செய் "COMMIT", []; அச்சு 1;`, "1\n"},
		{"another one", `தளம்_இணை சீகுலைட், "a.db", கடை; தளம்_இணை சீகுலைட், "b.db", கடை;`, "தளம் the connection 'கடை' is open to another database\n"},
		{"disconnected", two + `தளம்_பிரி கடை; தளம்_வினா "SELECT 1 AS x", [], வ; அச்சு வ; தளம்_பிரி கடை;`, "[{x: 1}]\nதளம் there is no database connection 'கடை'\n"},
		{"disconnected by its kind", `தளம்_இணை சீகுலைட், "a.db"; தளம்_பிரி சீகுலைட்; தளம்_இணை சீகுலைட், "b.db"; அச்சு 1;`, "1\n"},
		{"disconnecting rolls back", `தளம்_இணை சீகுலைட், "a.db"; தளம்_செய் "CREATE TABLE t (x)", []; தளம்_செய் "BEGIN", []; தளம்_செய் "INSERT INTO t VALUES (1)", [];
			தளம்_பிரி சீகுலைட்; தளம்_இணை சீகுலைட், "a.db"; தளம்_வினா "SELECT * FROM t", [], வ; அச்சு வ;`, "[]\n"},
		{"each in memory its own", `தளம்_இணை சீகுலைட், ":memory:", அ; தளம்_இணை சீகுலைட், ":memory:", ஆ; தளம்_செய் "CREATE TABLE t (x)", [], அ; தளம்_இணை சீகுலைட், ":memory:", அ;
			தளம்_வினா "SELECT * FROM t", [], வ, அ; அச்சு வ; தளம்_வினா "SELECT * FROM t", [], வ, ஆ;`, "[]\nதளம் there is no table 't' in :memory:\n"},
		{"two names for one file wait for each other", `தளம்_இணை சீகுலைட், "a.db", அ; தளம்_இணை சீகுலைட், "a.db", ஆ; தளம்_செய் "CREATE TABLE t (x)", [], அ; தளம்_வினா "SELECT * FROM t", [], வ, ஆ; அச்சு வ;`, "[]\n"},
		{"MySQL", `தளம்_இணை மைசீகுல், "x";`, "தளம் databases of the kind 'MySQL' are not available yet in this version\n"},
		{"a missing folder", `முயல் { தளம்_இணை சீகுலைட், "இல்லை/a.db"; } பிழை(பி) { அச்சு பி.வகை; }`, "தளம்\n"},
		{"a function of the program", `தளம்_இணை சீகுலைட், ":memory:"; அச்சு தளம்_செயல்_பதிவு("இரு", செயல்(x) { திரும்பு x * 2; }, 1);`, "சேவை"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := play(t, t.TempDir(), tt.program); got != tt.want && !(tt.want == "சேவை" && strings.HasPrefix(got, tt.want)) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestForks: requests see what the prelude has connected, each with a lease of its own, and nothing of each other.
func TestForks(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dbs := data.NewDatabases(t.TempDir(), data.Options{})
	prelude := dbs.Session()
	code := compile(t, `தளம்_இணை சீகுலைட், "a.db", கடை; தளம்_இணை சீகுலைட், ":memory:", நினைவு;
தளம்_செய் "CREATE TABLE t (x)", [], கடை; தளம்_செய் "CREATE TABLE t (x)", [], நினைவு; தளம்_செய் "BEGIN", [], கடை;
வழி பதி, "/" {
    தளம்_இணை சீகுலைட், ":memory:", தற்காலிகம்;
    தளம்_செய் "CREATE TABLE t (x)", [], தற்காலிகம்;
    தளம்_செய் "CREATE TEMP TABLE வேலை (x)", [], கடை;
    தளம்_செய் "PRAGMA foreign_keys=OFF", [], கடை;
    தளம்_செய் "INSERT INTO t VALUES (1)", [], கடை;
    தளம்_செய் "INSERT INTO t VALUES (1)", [], நினைவு;
    தளம்_செய் "BEGIN", [], கடை;
    தளம்_செய் "INSERT INTO t VALUES (2)", [], கடை;
    தளம்_வினா "SELECT count(*) AS n FROM t", [], வ, கடை; அச்சு வ;
    தளம்_வினா "SELECT count(*) AS n FROM t", [], வ, நினைவு; அச்சு வ;
    தளம்_பிரி நினைவு;
}`)
	m := vm.New(code, vm.Options{})
	if err := errors.Join(m.Run(data.With(ctx, prelude)), prelude.Close()); err != nil {
		t.Fatal(err)
	}
	globals := m.Snapshot()
	for _, want := range []string{"[{n: 2}]\n[{n: 1}]\n", "[{n: 3}]\n[{n: 2}]\n", "[{n: 4}]\n[{n: 3}]\n"} {
		var out strings.Builder
		request := prelude.Fork()
		r := vm.New(code, vm.Options{Stdout: &out})
		if err := errors.Join(r.RunBlock(data.With(ctx, request), &code.Blocks()[0], globals, nil), request.Close()); err != nil {
			t.Fatal(ended(err), err)
		}
		if out.String() != want {
			t.Errorf("got %s, want %s", out.String(), want)
		}
	}
	if err := errors.Join(prelude.Close(), dbs.Close()); err != nil {
		t.Error(err)
	}
}

// TestMemoryLimit: rows are charged one by one, so that a large answer ends the run before it fills the memory.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	dbs := data.NewDatabases("", data.Options{})
	session := dbs.Session()
	code := compile(t, `தளம்_இணை சீகுலைட், ":memory:";
தளம்_வினா "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, 'அரிசி' FROM n", [], வ;`)
	err := vm.New(code, vm.Options{MaxMemory: 8 << 20}).Run(data.With(context.Background(), session))
	var fault *vm.Fault
	if !errors.As(err, &fault) || fault.Code != vm.CodeMemory {
		t.Errorf("ended with %v", err)
	}
	if err := errors.Join(session.Close(), dbs.Close()); err != nil {
		t.Error(err)
	}
}

// TestWithoutSession: the words say that nothing is connected where a run has no databases.
func TestWithoutSession(t *testing.T) {
	t.Parallel()
	err := vm.New(compile(t, `தளம்_இணை சீகுலைட், "`+filepath.Join(t.TempDir(), "a.db")+`";`), vm.Options{}).Run(context.Background())
	var fault *vm.Fault
	if !errors.As(err, &fault) || fault.Code != data.CodeNotConnected {
		t.Errorf("ended with %v", err)
	}
}

// TestDisplayOfRows: what a query answers is the program's own to change.
func TestDisplayOfRows(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	first, err := l.Query(context.Background(), "VALUES (1), (2)", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := value.SetField(first.Array().Items[0], "புதிய", value.FromInt(3)); err != nil {
		t.Fatal(err)
	}
	if got := query(t, l, "VALUES (1), (2)"); got != "[{column1: 1}, {column1: 2}]" {
		t.Errorf("a later query answers %s", got)
	}
}
