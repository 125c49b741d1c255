package host

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// fields is a record in the order written: name, value, name, value.
type fields []any

// num is a number given by its text.
type num string

// val makes a value of a Go value, so that tables stay readable.
func val(x any) value.Value {
	switch x := x.(type) {
	case nil:
		return value.Nil
	case value.Value:
		return x
	case int:
		return value.FromInt(int64(x))
	case bool:
		return value.FromBool(x)
	case string:
		return value.FromText(x)
	case num:
		n, ok := value.ParseNumber(string(x))
		if !ok {
			panic("not a number: " + string(x))
		}
		return n
	case []any:
		return value.FromItems(vals(x...))
	case fields:
		var keys []string
		var slots []value.Value
		for i := 0; i < len(x); i += 2 {
			keys, slots = append(keys, x[i].(string)), append(slots, val(x[i+1]))
		}
		return value.FromFields(keys, slots)
	}
	panic(fmt.Sprintf("no value for %T", x))
}

// vals makes values of Go values.
func vals(args ...any) []value.Value {
	out := make([]value.Value, len(args))
	for i := range args {
		out[i] = val(args[i])
	}
	return out
}

func ok(x any) value.Value  { return value.FromOk(val(x)) }
func bad(x any) value.Value { return value.FromErr(val(x)) }
func list(x ...any) []any   { return x }

// meter is a machine with so many bytes left.
type meter struct {
	left    int
	in      *bufio.Reader
	flushed int
	globals map[string]string
	ctx     context.Context // nil: never cancelled
}

func (m *meter) Context() context.Context {
	if m.ctx == nil {
		return context.Background()
	}
	return m.ctx
}

func (m *meter) SetGlobal(name string, v value.Value) {
	if m.globals == nil {
		m.globals = map[string]string{}
	}
	m.globals[name] = v.Display()
}

func (m *meter) Arguments() []string { return []string{"𝒳", "கொடி"} }

func (m *meter) Stdin() *bufio.Reader { return m.in }

func (m *meter) Flush() error {
	m.flushed++
	return nil
}

var errMemory = errors.New("memory limit")

func (m *meter) Grow(n int) error {
	if m.left -= n; m.left < 0 {
		return errMemory
	}
	return nil
}

func (m *meter) Room() int { return min(m.left, 1<<30) }

// allWords is every table of the package.
func allWords() table {
	all := table{}
	for _, group := range groups {
		for id, w := range group {
			all[id] = w
		}
	}
	return all
}

// do calls the word of that spelling in the given world.
func do(t *testing.T, e Env, spelling string, args ...any) (value.Value, error) {
	t.Helper()
	w := words.Lookup(spelling)
	if w == nil {
		t.Fatalf("no word is spelled %q", spelling)
	}
	d, found := allWords()[w.ID]
	if !found {
		t.Fatalf("%s (%s) has no implementation", spelling, w.ID)
	}
	if len(args) < d.min || d.max >= 0 && len(args) > d.max {
		t.Fatalf("%s takes %d to %d arguments, the test gives %d", spelling, d.min, d.max, len(args))
	}
	return d.fn(&call{host: newHost(e), machine: &meter{left: math.MaxInt}, word: w.ID, args: vals(args...)})
}

// result is what a call came to, as text: the display text of its value, or the error.
func result(t *testing.T, e Env, spelling string, args ...any) string {
	t.Helper()
	v, err := do(t, e, spelling, args...)
	if err != nil {
		return "! " + err.Error()
	}
	return v.Display()
}

// row is one case of a table: a spelling, arguments, and the result as text. A want that ends in "…" is a beginning.
type row struct {
	word string
	args []any
	want string
}

// check runs a table.
func check(t *testing.T, e Env, rows []row) {
	t.Helper()
	for _, r := range rows {
		got := result(t, e, r.word, r.args...)
		if start, open := strings.CutSuffix(r.want, "…"); open && strings.HasPrefix(got, start) {
			continue
		}
		if got != r.want {
			t.Errorf("%s(%v) = %s, want %s", r.word, r.args, got, r.want)
		}
	}
}

// fixed is a world that never changes.
func fixed() Env {
	return Env{
		Now:  func() time.Time { return time.Date(2026, 2, 28, 23, 59, 58, 7_999_999, time.FixedZone("IST", 19800)) },
		Rand: bytes.NewReader(bytes.Repeat([]byte{1, 2, 3, 4, 5, 6, 7, 8}, 1000)),
		LookupEnv: func(name string) (string, bool) {
			s, ok := map[string]string{"பெயர்": "கண்ணன்", "BAD": "\xff", "EMPTY": ""}[name]
			return s, ok
		},
	}
}

// Every word stands in the vocabulary under its ID and takes as many arguments as its entry says.
func TestWordsAgreeWithVocabulary(t *testing.T) {
	t.Parallel()
	natives := Core()
	if len(natives) < 60 {
		t.Errorf("only %d words", len(natives))
	}
	for id, n := range natives {
		w := words.ByID(id)
		if w == nil {
			t.Errorf("%s is no word of the vocabulary", id)
			continue
		}
		least, most := 0, 0
		for _, p := range w.Params {
			if p.Type == "name" {
				continue // the machine stores the answer there
			}
			most++
			if !p.Optional {
				least++
			}
		}
		if w.Variadic {
			most = -1
		}
		if n.Min != least || n.Max != most {
			t.Errorf("%s takes %d to %d arguments, its entry says %d to %d", id, n.Min, n.Max, least, most)
		}
		if n.Fn == nil {
			t.Errorf("%s has no function", id)
		}
	}
}

// The groups do not overwrite each other's words.
func TestGroupsAreDisjoint(t *testing.T) {
	t.Parallel()
	n := 0
	for _, g := range groups {
		n += len(g)
	}
	if all := allWords(); len(all) != n {
		t.Errorf("%d words in groups, %d together", n, len(all))
	}
}

// The tables of two worlds are independent, and a native goes the whole way to its function.
func TestNativesUseTheirWorld(t *testing.T) {
	t.Parallel()
	a := New(Env{LookupEnv: func(string) (string, bool) { return "அ", true }})
	b := New(Env{LookupEnv: func(string) (string, bool) { return "", false }})
	for _, c := range []struct {
		natives vm.Natives
		want    string
	}{{a, "true"}, {b, "true"}} {
		v, err := c.natives["isOk"].Fn(&vm.Call{Args: []value.Value{ok(1)}})
		if err != nil || v.Display() != c.want {
			t.Errorf("isOk(சரி(1)) = %v, %v", v.Display(), err)
		}
	}
	v, err := b["env"].Fn(&vm.Call{Args: []value.Value{val("X"), val(7)}})
	if err != nil || v.Display() != "7" {
		t.Errorf("env = %v, %v", v.Display(), err)
	}
}

// A word whose result may hold an argument says so, or the machine would let a later write reach both.
func TestKeeps(t *testing.T) {
	t.Parallel()
	want := []string{
		"JSONBody", "Response", "append", "env", "err", "fieldOr", "newError", "ok", "sort", "sortByField", "unwrap", "unwrapErr", "unwrapOr",
		"validate", "validateShape", "wrapError",
	}
	var got []string
	for id, n := range Core() {
		if n.Keeps {
			got = append(got, id)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("keeping words are %v, want %v", got, want)
	}
}

// Words that build large things ask for the memory first.
func TestMemoryIsAskedFor(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("அ", 10_000)
	many := make([]any, 10_000)
	for i := range many {
		many[i] = i
	}
	for _, r := range []row{
		{"மாற்று", list(long, "அ", long), ""},
		{"பிரி", list(long, "அ"), ""},
		{"ஒன்றிணை", list(many, long), ""},
		{"மேல்_எழுத்து", list(long), ""},
		{"இணை", list(many, 1), ""},
		{"வரிசையாக்கு", list(many), ""},
		{"புலத்தால்_வரிசையாக்கு", list(many, "அ", false), ""},
		{"பைட்டுகள்", list(long), ""},
		{"பைட்டுச்_சரம்", list(many[:200]), ""},
		{"ஜேசான்_ஆக்கு", list(many), ""},
		{"ஜேசான்_படி", list("[" + strings.Repeat("1,", 9999) + "1]"), ""},
		{"மறை", list(long, "சாவி"), ""},
		{"எழுமாற்று", list(1000), ""},
		{"பிழை_ஆக்கு", list("பொது", "உரை"), ""},
	} {
		w := words.Lookup(r.word)
		_, err := allWords()[w.ID].fn(&call{host: newHost(Env{}), machine: &meter{left: 100}, word: w.ID, args: vals(r.args...)})
		if !errors.Is(err, errMemory) {
			t.Errorf("%s with 100 bytes left: %v", r.word, err)
		}
	}
}

// A text that could never be held is refused before it is built.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	if _, ok := replacedLen(1<<30, 1, 1<<30, 1<<30); ok {
		t.Error("2^60 bytes were thought to fit")
	}
	if n, ok := replacedLen(10, 2, 0, 5); !ok || n != 0 {
		t.Errorf("replacedLen = %d, %v", n, ok)
	}
	c := &call{host: newHost(Env{}), machine: &meter{left: math.MaxInt}, word: "replace"}
	if err := c.askText(-1); err == nil || !strings.HasPrefix(err.Error(), CodeTooLarge+": மாற்று") {
		t.Errorf("askText(-1) = %v", err)
	}
}
