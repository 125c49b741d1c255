package sqlite_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
)

// memory opens a database in memory.
func memory(t testing.TB) *sqlite.Conn {
	t.Helper()
	c, err := sqlite.Open(":memory:", sqlite.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// rows runs a statement and answers its cells: kind and text of each, one row a line.
func rows(t testing.TB, c *sqlite.Conn, sql string, params ...string) string {
	t.Helper()
	s, err := c.Prepare(sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	var args sqlite.Args
	for _, p := range params {
		args.Text(func(dst []byte) []byte { return append(dst, p...) })
	}
	if err := s.Bind(&args); err != nil {
		t.Fatal(err)
	}
	var out []string
	for {
		row, err := s.Step()
		if err != nil {
			_ = s.Reset()
			var e *sqlite.Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			return e.Message
		}
		if !row {
			break
		}
		var cells []string
		for i := range s.Columns() {
			cells = append(cells, cell(s, i))
		}
		out = append(out, strings.Join(cells, " "))
	}
	if err := s.Reset(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "; ")
}

func cell(s *sqlite.Stmt, i int) string {
	switch s.Kind(i) {
	case sqlite.Integer:
		return "int:" + strconv.FormatInt(s.Int(i), 10)
	case sqlite.Real:
		return "real:" + strconv.FormatFloat(s.Float(i), 'f', -1, 64)
	case sqlite.Text:
		return "text:" + s.View(i)
	case sqlite.Blob:
		return "blob:" + s.View(i)
	}
	return "null"
}

func TestAggregates(t *testing.T) {
	t.Parallel()
	c := memory(t)
	tests := []struct{ name, values, sum, total, avg string }{
		{"no rows", "", "null", "real:0", "null"},
		{"only NULL", "(NULL), (NULL)", "null", "real:0", "null"},
		{"integers", "(1), (2), (4)", "int:7", "real:7", "real:2.3333333333333335"},
		{"NULL does not count", "(1), (NULL), (2)", "int:3", "real:3", "real:1.5"},
		{"large integers", "(9223372036854775807), (1)", "text:9223372036854775808", "text:9223372036854775808", "real:4611686018427388000"},
		{"texts", "('0.1'), ('0.2')", "real:0.3", "real:0.3", "real:0.15"},
		{"reals", "(0.1), (0.2)", "real:0.3", "real:0.3", "real:0.15"},
		{"whole texts", "('5'), ('5')", "real:10", "real:10", "real:5"},
		{"long texts", "('12345678901234567890.12'), ('19.30')", "text:12345678901234567909.42", "text:12345678901234567909.42", "real:6172839450617284000"},
		{"28 decimals", "('0.0000000000000000000000000001'), ('1')", "text:1.0000000000000000000000000001", "text:1.0000000000000000000000000001", "real:0.5"},
		{"they cancel out", "('12345678901234567890.12'), ('-12345678901234567890.12')", "real:0", "real:0", "real:0"},
		{"mixed", "(1), ('0.50'), (0.25), (NULL)", "real:1.75", "real:1.75", "real:0.5833333333333334"},
		{"what is no number counts as 0", "('அரிசி'), ('2'), ('12kg')", "real:2", "real:2", "real:0.6666666666666666"},
		{"blob", "(x'32'), (1)", "real:3", "real:3", "real:1.5"},
		{"too large", "('79228162514264337593543950335'), ('1')", sqlite.Overflow, sqlite.Overflow, sqlite.Overflow},
		{"an infinite real", "(1e999), (1)", sqlite.Overflow, sqlite.Overflow, sqlite.Overflow},
	}
	for _, tt := range tests {
		from := " FROM (SELECT column1 AS x FROM (VALUES " + tt.values + "))"
		if tt.values == "" {
			from = " FROM (SELECT 1 AS x WHERE 0)"
		}
		for f, want := range map[string]string{"sum": tt.sum, "total": tt.total, "avg": tt.avg} {
			if got := rows(t, c, "SELECT "+f+"(x)"+from); got != want {
				t.Errorf("%s: %s is %s, want %s", tt.name, f, got, want)
			}
		}
	}
}

// TestGroups: aggregates in groups, with DISTINCT and FILTER, sorted and compared by their value.
func TestGroups(t *testing.T) {
	t.Parallel()
	c := memory(t)
	rows(t, c, "CREATE TABLE t (g TEXT, x TEXT COLLATE DECIMAL)")
	rows(t, c, "INSERT INTO t VALUES ('அ', '9.50'), ('அ', '0.50'), ('அ', '9.5'), ('ஆ', '100.10'), ('இ', '7')")
	for _, tt := range []struct{ sql, want string }{
		{"SELECT g, sum(x) AS s FROM t GROUP BY g ORDER BY s DESC", "text:ஆ real:100.1; text:அ real:19.5; text:இ real:7"},
		{"SELECT g FROM t GROUP BY g HAVING sum(x) > 10 ORDER BY sum(x)", "text:அ; text:ஆ"},
		{"SELECT sum(DISTINCT x) FROM t WHERE g = 'அ'", "real:10"},
		{"SELECT sum(x) FILTER (WHERE g <> 'ஆ') FROM t", "real:26.5"},
		{"SELECT sum(x) + 1 FROM t", "real:127.6"},
		{"SELECT min(x), max(x) FROM t", "text:0.50 text:100.10"},
		{"SELECT g, max(x) FROM t", "text:ஆ text:100.10"},
		{"SELECT x FROM t ORDER BY x, rowid", "text:0.50; text:7; text:9.50; text:9.5; text:100.10"},
		{"SELECT count(*) FROM t WHERE x > 9", "int:3"},
		{"SELECT count(*) FROM t WHERE x = '9.500'", "int:2"},
		{"SELECT count(DISTINCT x) FROM t", "int:4"},
		{"SELECT count(*) FROM t WHERE x BETWEEN 1 AND 10", "int:3"},
		{"SELECT max('9', '10'), max('9' COLLATE DECIMAL, '10')", "text:9 text:10"},
	} {
		if got := rows(t, c, tt.sql); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.sql, got, tt.want)
		}
	}
	rows(t, c, "CREATE UNIQUE INDEX u ON t (g, x) WHERE g = 'ஆ'")
	if got := rows(t, c, "INSERT INTO t VALUES ('ஆ', '100.1')"); !strings.Contains(got, "UNIQUE") {
		t.Errorf("100.1 beside 100.10: %s", got)
	}
}

// TestWindow: values leave the window as they came, without a trace.
func TestWindow(t *testing.T) {
	t.Parallel()
	c := memory(t)
	got := rows(t, c, `SELECT sum(x) OVER (ORDER BY n ROWS 1 PRECEDING), avg(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM
		(SELECT 1 AS n, '0.1' AS x UNION ALL SELECT 2, '12345678901234567890.12' UNION ALL SELECT 3, NULL UNION ALL SELECT 4, 5 UNION ALL SELECT 5, 6)`)
	want := "real:0.1 real:0.1; text:12345678901234567890.22 real:6172839450617284000; text:12345678901234567890.12 real:12345678901234567000; int:5 real:5; int:11 real:5.5"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestSumsAreExact compares random sums with exact fractions.
func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	c := memory(t)
	rnd := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		want := new(big.Rat)
		var values []string
		for range 1 + rnd.IntN(40) {
			text := strconv.FormatInt(rnd.Int64N(1<<(1+rnd.IntN(60)))-1<<20, 10)
			if places := rnd.IntN(9); places > 0 {
				text += "." + strings.Repeat("0", rnd.IntN(places)) + strconv.Itoa(rnd.IntN(10))
			}
			n, _ := new(big.Rat).SetString(text)
			want.Add(want, n)
			values = append(values, "('"+text+"')")
		}
		got := rows(t, c, "SELECT sum(column1) FROM (VALUES "+strings.Join(values, ", ")+")")
		_, text, _ := strings.Cut(got, ":")
		if n, ok := new(big.Rat).SetString(text); !ok || n.Cmp(want) != 0 {
			t.Fatalf("%v: got %s, want %s", values, got, want.FloatString(20))
		}
	}
}

// FuzzCompareTexts: the collation is an order, as SQLite's indexes need it.
func FuzzCompareTexts(f *testing.F) {
	for _, s := range [][3]string{{"1", "1.0", "2"}, {"9", "10", "அ"}, {"", " ", "1e5"}, {"-1", "+1", ".5"}, {"க்ஷ", "𝒳", "qamiz"}, {"1_000", "1000", "x"}} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		ab, bc, ac := sqlite.CompareTexts(a, b), sqlite.CompareTexts(b, c), sqlite.CompareTexts(a, c)
		if sqlite.CompareTexts(a, a) != 0 || sign(ab) != -sign(sqlite.CompareTexts(b, a)) {
			t.Errorf("%q and %q have no order", a, b)
		}
		if ab <= 0 && bc <= 0 && ac > 0 || ab == 0 && bc == 0 && ac != 0 {
			t.Errorf("%q, %q, %q are no order", a, b, c)
		}
	})
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
