package sqlite_test

import (
	"errors"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
)

// FuzzPrepare prepares any text: it answers one statement or an error that says why not, and the connection lives on.
func FuzzPrepare(f *testing.F) {
	for _, sql := range []string{
		"SELECT 1", "SELECT 1;", "SELECT 1; SELECT 2", ";;", "", "-- அ", "/* 👍🏽", "SELECT '?', ?2 -- ?\n", "BEGIN", "SELEKT", "SELECT \x00", "CREATE TEMP TABLE t (பெயர்)",
		"WITH a AS (VALUES (1)) SELECT * FROM a /* ; */ ; ", "SELECT \"க்ஷ", "select :அ, @b, $c::d(e), ?", "\xff",
	} {
		f.Add(sql)
	}
	c := memory(f)
	f.Fuzz(func(t *testing.T, sql string) {
		s, err := c.Prepare(sql)
		var known *sqlite.Error
		var several *sqlite.SeveralError
		switch {
		case err == nil:
			if s.Params() < 0 || s.Params() > 32766 {
				t.Errorf("%q has %d parameters", sql, s.Params())
			}
		case errors.As(err, &known):
			if known.Message == "" || known.Offset >= len(sql)+1 {
				t.Errorf("%q: %+v", sql, known)
			}
		case errors.As(err, &several):
			if several.Rest == "" {
				t.Errorf("%q: nothing follows", sql)
			}
		default:
			t.Errorf("%q: %v", sql, err)
		}
		if got := rows(t, c, "SELECT 'நலம்'"); got != "text:நலம்" {
			t.Errorf("after %q: %s", sql, got)
		}
	})
}
