package data_test

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestValues binds each kind of value and reads it back, with how SQLite holds it meanwhile.
func TestValues(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	list := value.FromItems([]value.Value{value.FromInt(1), value.FromText("அ"), value.FromBool(true)})
	tests := []struct {
		name string
		in   value.Value
		want string
	}{
		{"whole number", value.FromInt(7), "7 text 7"},
		{"negative", value.FromInt(-7), "-7 text -7"},
		{"zeros at the end are dropped", number(t, "1.50"), "1.5 text 1.5"},
		{"percent", number(t, "0.18"), "0.18 text 0.18"},
		{"22 digits", number(t, "12345678901234567890.12"), "12345678901234567890.12 text 12345678901234567890.12"},
		{"28 decimals", number(t, "0.1234567890123456789012345678"), "0.1234567890123456789012345678 text 0.1234567890123456789012345678"},
		{"the largest", number(t, "79228162514264337593543950335"), "79228162514264337593543950335 text 79228162514264337593543950335"},
		{"the smallest", number(t, "-0.0000000000000000000000000001"), "-0.0000000000000000000000000001 text -0.0000000000000000000000000001"},
		{"text", value.FromText("க்ஷ ஸ்ரீ 'a'; --"), "க்ஷ ஸ்ரீ 'a'; -- text க்ஷ ஸ்ரீ 'a'; --"},
		{"romanised", value.FromText("qamiz"), "qamiz text qamiz"},
		{"astral", value.FromText("𝒳👍🏽"), "𝒳👍🏽 text 𝒳👍🏽"},
		{"empty", value.FromText(""), " text "},
		{"zeros before", value.FromText("007"), "7 text 007"},
		{"exponent", value.FromText("1e5"), "100000 text 1e5"},
		{"blanks around a number", value.FromText(" 12\n"), "12 text  12\n"},
		{"no-break space before a number", value.FromText("\u00a012"), "12 text \u00a012"},
		{"not a number", value.FromText("1,000"), "1,000 text 1,000"},
		{"Tamil digits", value.FromText("௧௨"), "௧௨ text ௧௨"},
		{"yes", value.FromBool(true), "1 integer 1"},
		{"no", value.FromBool(false), "0 integer 0"},
		{"nil", value.Nil, "nil null nil"},
		{"array", list, "[1, அ, true] text [1, அ, true]"},
		{"record", value.FromFields([]string{"பெ", "a"}, []value.Value{value.FromInt(2), value.Nil}), "{a: nil, பெ: 2} text {a: nil, பெ: 2}"},
		{"result", value.FromOk(value.FromInt(1)), "சரி(1) text சரி(1)"},
		{"NUL inside", value.FromText("a\x00b"), "a\x00b text a\x00b"},
	}
	for _, tt := range tests {
		rows, err := l.Query(context.Background(), "SELECT ?1 AS x, typeof(?1) AS y, ':' || ?1 AS z", []value.Value{tt.in})
		if err != nil {
			t.Fatal(err)
		}
		row := rows.Array().Items[0].Record()
		x, _ := row.Get("x")
		y, _ := row.Get("y")
		z, _ := row.Get("z")
		if got := x.Display() + " " + y.Display() + " " + strings.TrimPrefix(z.Display(), ":"); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestCells reads what SQL itself makes.
func TestCells(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	tests := []struct{ name, sql, want string }{
		{"integer", "SELECT 9223372036854775807 AS x", "[{x: 9223372036854775807}]"},
		{"real", "SELECT 0.1 AS x", "[{x: 0.1}]"},
		{"real by its shortest text", "SELECT 0.1 + 0.2 AS x", "[{x: 0.30000000000000004}]"},
		{"whole real", "SELECT 2.0 AS x", "[{x: 2}]"},
		{"large real", "SELECT 1e30 AS x", "[{x: 1000000000000000000000000000000}]"},
		{"small real", "SELECT 1e-40 AS x", "[{x: 0}]"},
		{"infinite real", "SELECT 1e999 AS x", "[{x: +Inf}]"},
		{"blob", "SELECT x'61ff62' AS x", "[{x: a\uFFFDb}]"},
		{"a number in a blob stays text", "SELECT x'3037' AS x", "[{x: 07}]"},
		{"empty blob", "SELECT x'' AS x", "[{x: }]"},
		{"text that is no UTF-8", "SELECT CAST(x'ff61' AS TEXT) AS x", "[{x: \uFFFDa}]"},
		{"Tamil column", "SELECT 1 AS பெயர், 2 AS \"விலை 👍🏽\"", "[{பெயர்: 1, விலை 👍🏽: 2}]"},
		{"later column of one name", "SELECT 1 AS x, 3 AS y, 2 AS x", "[{x: 2, y: 3}]"},
		{"column without a name", "SELECT 1 + 1", "[{1 + 1: 2}]"},
		{"no rows", "SELECT 1 AS x WHERE 0", "[]"},
		{"several rows", "VALUES (1), ('அ'), (NULL)", "[{column1: 1}, {column1: அ}, {column1: nil}]"},
		{"boolean expression", "SELECT 1 < 2 AS x", "[{x: 1}]"},
	}
	for _, tt := range tests {
		if got := query(t, l, tt.sql); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestColumns stores values in columns of several types.
func TestColumns(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	do(t, l, "CREATE TABLE n (d DATE, t DATETIME, no DATE, b BOOLEAN, i INTEGER, s TEXT, any)")
	do(t, l, "INSERT INTO n VALUES (?, ?, ?, ?, ?, ?, ?)", value.FromText("2024-02-29"), value.FromText("2024-02-29T00:00"), value.FromText("நேற்று"),
		value.FromBool(true), value.FromInt(5), value.FromText("007"), number(t, "2.50"))
	if got, want := query(t, l, "SELECT * FROM n"), "[{any: 2.5, b: 1, d: 2024-02-29, i: 5, no: நேற்று, s: 7, t: 2024-02-29T00:00}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := query(t, l, "SELECT typeof(i) AS i, typeof(s) AS s, typeof(any) AS a, s AS raw FROM n WHERE i = ? AND s = ?", value.FromInt(5), value.FromText("007")); got != "[{a: text, i: integer, raw: 7, s: text}]" {
		t.Errorf("types: %s", got)
	}
}

// TestRoundTrip: every number comes back as itself, whatever its digits.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	do(t, l, "CREATE TABLE t (x TEXT COLLATE DECIMAL)")
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		n := value.FromDecimal(value.Decimal{Lo: rnd.Uint64() >> rnd.IntN(64), Hi: rnd.Uint32() >> rnd.IntN(32), Scale: uint8(rnd.IntN(29)), Neg: rnd.IntN(2) == 0})
		rows, err := l.Query(context.Background(), "INSERT INTO t VALUES (?) RETURNING x", []value.Value{n})
		if err != nil {
			t.Fatal(err)
		}
		if x, _ := rows.Array().Items[0].Record().Get("x"); !value.Equal(x, n) {
			t.Fatalf("%s came back as %s", n.Display(), x.Display())
		}
	}
	// The table sorts them as the language does.
	rows, err := l.Query(context.Background(), "SELECT x FROM t ORDER BY x", nil)
	if err != nil {
		t.Fatal(err)
	}
	last := value.Nil
	for _, row := range rows.Array().Items {
		x, _ := row.Record().Get("x")
		if !last.IsNil() && value.Less(x, last) {
			t.Fatalf("%s stands before %s", last.Display(), x.Display())
		}
		last = x
	}
}

// TestChangedTable runs a prepared statement again after its table has got other columns.
func TestChangedTable(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	do(t, l, "CREATE TABLE t (a, b)")
	do(t, l, "INSERT INTO t VALUES (1, 2)")
	for i, step := range []struct{ sql, want string }{
		{"", "[{a: 1, b: 2}]"},
		{"ALTER TABLE t ADD COLUMN c DEFAULT 3", "[{a: 1, b: 2, c: 3}]"},
		{"ALTER TABLE t RENAME COLUMN b TO பெ", "[{a: 1, c: 3, பெ: 2}]"},
		{"ALTER TABLE t RENAME COLUMN a TO ab", "[{ab: 1, c: 3, பெ: 2}]"},
		{"ALTER TABLE t RENAME COLUMN ab TO a", "[{a: 1, c: 3, பெ: 2}]"},
		{"ALTER TABLE t DROP COLUMN c", "[{a: 1, பெ: 2}]"},
	} {
		if step.sql != "" {
			do(t, l, step.sql)
		}
		if got := query(t, l, "SELECT * FROM t"); got != step.want {
			t.Errorf("step %d: got %s, want %s", i, got, step.want)
		}
	}
}

// TestManyStatements prepares more statements than are kept.
func TestManyStatements(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	for round := range 3 {
		for i := range 200 {
			sql := "SELECT ? + " + strconv.Itoa(i) + " AS x"
			if got, want := query(t, l, sql, value.FromInt(int64(round))), "[{x: "+strconv.Itoa(i+round)+"}]"; got != want {
				t.Fatalf("%s: got %s, want %s", sql, got, want)
			}
		}
	}
}

// TestCounts: how many rows a statement changed, and 0 for those that change none.
func TestCounts(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	for _, tt := range []struct {
		sql  string
		want int64
	}{
		{"CREATE TABLE t (x)", 0},
		{"INSERT INTO t VALUES (1), (2), (3)", 3},
		{"CREATE TABLE u (x)", 0},
		{"SELECT * FROM t", 0},
		{"UPDATE t SET x = 5 WHERE x > 1", 2},
		{"UPDATE t SET x = 5 WHERE x > 100", 0},
		{"INSERT INTO t VALUES (7) RETURNING x", 1},
		{"DELETE FROM t", 4},
		{"DROP TABLE t", 0},
	} {
		if got := do(t, l, tt.sql); got != tt.want {
			t.Errorf("%s: %d rows, want %d", tt.sql, got, tt.want)
		}
	}
}

// TestPlainText: codes keep their zeros where the table says so, also through a view, a subquery and after the table was made anew.
func TestPlainText(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	do(t, l, "CREATE TABLE t (pin plain text, n TEXT)")
	do(t, l, "INSERT INTO t VALUES (?, ?)", value.FromText("007"), value.FromText("007"))
	do(t, l, "CREATE VIEW v AS SELECT pin, n FROM t")
	for _, sql := range []string{"SELECT pin, n FROM t WHERE pin = '007'", "SELECT * FROM v", "SELECT * FROM (SELECT * FROM t)"} {
		if got := query(t, l, sql); got != "[{n: 7, pin: 007}]" {
			t.Errorf("%s: %s", sql, got)
		}
	}
	do(t, l, "DROP TABLE t")
	do(t, l, "CREATE TABLE t (pin TEXT, n PLAIN TEXT)")
	do(t, l, "INSERT INTO t VALUES ('007', '007')")
	if got := query(t, l, "SELECT * FROM v"); got != "[{n: 007, pin: 7}]" {
		t.Errorf("made anew: %s", got)
	}
	// A number that was bound is text there.
	do(t, l, "INSERT INTO t VALUES (1, ?)", number(t, "1.50"))
	if got := query(t, l, "SELECT n FROM t WHERE pin = 1"); got != "[{n: 1.5}]" {
		t.Errorf("a number: %s", got)
	}
}
