package host

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/value"
)

func TestCSVParse(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{"தரவுரை_பிரி", list(""), "சரி([])"},
		{"தரவுரை_பிரி", list("", true), "சரி([])"},
		{"qaravurY_piri", list("பெயர்,விலை\r\nபேனா,10\r\n", true), "சரி([{பெயர்: பேனா, விலை: 10}])"},
		{"_csvParse", list("a,b\n007,1.50"), "சரி([[a, b], [007, 1.50]])"},
		{"தரவுரை_பிரி", list("\ufeffஅ,ஆ\n1,2\n", true), "சரி([{அ: 1, ஆ: 2}])"},
		{"தரவுரை_பிரி", list("கௌ;𝒳\n👍🏽;", false, ";"), "சரி([[கௌ, 𝒳], [👍🏽, ]])"},
		{"தரவுரை_பிரி", list("a→b", nil, "→"), "சரி([[a, b]])"},
		{"தரவுரை_பிரி", list("\n\r\na\n\n\nb\n"), "சரி([[a], [b]])"},
		{"தரவுரை_பிரி", list(",\n,,"), "சரி([[, ], [, , ]])"},
		{"தரவுரை_பிரி", list("\"a,\"\"b\r\nc\",d"), "சரி([[a,\"b\r\nc, d]])"},
		{"தரவுரை_பிரி", list("a\rb"), "சரி([[a\rb]])"},
		{"தரவுரை_பிரி", list(" a , b "), "சரி([[ a ,  b ]])"},
		{"தரவுரை_பிரி", list("x\n\"\""), "சரி([[x], []])"},
		{"தரவுரை_பிரி", list("a,b", true), "சரி([])"},
		{"தரவுரை_பிரி", list("a\nb\"c"), "தவறு(CSV வரி 2: …"},
		{"தரவுரை_பிரி", list("a\n\"b\nc"), "தவறு(CSV வரி 2: மேற்கோள் மூடப்படவில்லை  (CSV line 2: a quote is never closed))"},
		{"தரவுரை_பிரி", list("\"a\nb\"x"), "தவறு(CSV வரி 2: மூடிய…"},
		{"தரவுரை_பிரி", list("a,b\n1,2\n3", true), "தவறு(CSV வரி 3: 2 மதிப்புகள்…"},
		{"தரவுரை_பிரி", list("a,b,a\n1,2,3", true), "தவறு(CSV வரி 1: \"a\" என்ற…"},
		{"தரவுரை_பிரி", list("a", false, ""), "! E0391: தரவுரை_பிரி, "},
		{"தரவுரை_பிரி", list("a", false, "||"), "! E0391: தரவுரை_பிரி, ||"},
		{"தரவுரை_பிரி", list("a", false, "\""), "! E0391: தரவுரை_பிரி, \""},
	})
}

func TestCSVStringify(t *testing.T) {
	t.Parallel()
	check(t, Env{}, []row{
		{"தரவுரை_ஆக்கு", list(list()), ""},
		{"தரவுரை_ஆக்கு", list(list(), list("அ", "ஆ")), "அ,ஆ\r\n"},
		{"qaravurY_Akku", list(list(list("கௌ", num("1.50"), true, nil), list("𝒳"))), "கௌ,1.5,true,\r\n𝒳\r\n"},
		{"தரவுரை_ஆக்கு", list(list(fields{"ஆ", 1, "அ", "x,y"}, fields{"இ", nil})), "அ,ஆ,இ\r\n\"x,y\",1,\r\n,,\r\n"},
		{"_csvStringify", list(list(fields{"b", 1, "a", 2}), list("b", "z")), "b,z\r\n1,\r\n"},
		{"தரவுரை_ஆக்கு", list(list(list(1, 2)), list("அ", "ஆ"), ";"), "அ;ஆ\r\n1;2\r\n"},
		{"தரவுரை_ஆக்கு", list(list(list("a\"b", "c\rd", "e\n", "\ufeff"))), "\"a\"\"b\",\"c\rd\",\"e\n\",\"\ufeff\"\r\n"},
		{"தரவுரை_ஆக்கு", list(list(list(""), list(nil), list())), "\"\"\r\n\"\"\r\n\r\n"},
		{"தரவுரை_ஆக்கு", list(list(list(list(1, "அ"), fields{"k", nil}))), "\"[1,\"\"அ\"\"]\",\"{\"\"k\"\":null}\"\r\n"},
		{"தரவுரை_ஆக்கு", list(5), "! E0370: தரவுரை_ஆக்கு, 1, a number"},
		{"தரவுரை_ஆக்கு", list(list(list(), fields{})), "! E0390: தரவுரை_ஆக்கு, 1, a record"},
		{"தரவுரை_ஆக்கு", list(list("x")), "! E0390: தரவுரை_ஆக்கு, 0, a string"},
		{"தரவுரை_ஆக்கு", list(list(fields{"a", 1}), "a"), "! E0370: தரவுரை_ஆக்கு, 2, a string"},
		{"தரவுரை_ஆக்கு", list(list(), nil, "\n"), "! E0391: தரவுரை_ஆக்கு, \n"},
	})
}

// A table with more columns than records share their keys for is read as exactly.
func TestCSVManyColumns(t *testing.T) {
	t.Parallel()
	var heads, cells []string
	for i := range 300 {
		heads, cells = append(heads, "புலம்"+strings.Repeat("x", i)), append(cells, strings.Repeat("9", i))
	}
	text := strings.Join(heads, ",") + "\n" + strings.Join(cells, ",") + "\n" + strings.Join(cells, ",") + "\n"
	v, err := do(t, Env{}, "தரவுரை_பிரி", text, true)
	if err != nil || v.Kind() != value.OkKind {
		t.Fatal(v.Display(), err)
	}
	rows := v.Inner().Array().Items
	if len(rows) != 2 || at(rows[1], heads[299]).Text() != cells[299] || at(rows[0], heads[0]).Text() != "" {
		t.Errorf("%d rows, %s", len(rows), rows[0].Display())
	}
}

// Reading and writing stop at the memory limit.
func TestCSVIsCharged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fn  func(*call) (value.Value, error)
		arg any
	}{
		{csvParse, strings.Repeat("a,b\n", 1000)},
		{csvStringify, list(list(strings.Repeat("அ", 1000)))},
	} {
		_, err := c.fn(&call{host: newHost(Env{}), machine: &meter{left: 500}, word: "csvParse", args: vals(c.arg)})
		if !errors.Is(err, errMemory) {
			t.Errorf("with 500 bytes left: %v", err)
		}
	}
}

// FuzzCSV holds that what is written reads back as it was, by us and by the standard library, and that reading anything ends
// with rows or a reason.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\nc", "\"", "\"a\"\"\"", "கௌ,𝒳\r\n", "\ufeff\"x\"", "a\r\r\n", ",,\n\"\",", "\"a\nb\",\"c\r\nd\"\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		any := func(int) error { return nil }
		rows, fault, err := readCSVRows(text, ",", any)
		if err != nil || fault != nil && (fault.line < 1 || fault.english == "") {
			t.Fatalf("%q: %v %v", text, fault, err)
		}
		w := csvWriter{sep: ",", charge: any, show: func(v value.Value) (string, error) { return v.Text(), nil }}
		for _, row := range rows {
			if err := w.row(row.cells); err != nil {
				t.Fatal(err)
			}
		}
		again, fault, _ := readCSVRows(string(w.out), ",", any)
		if fault != nil || len(again) != len(rows) {
			t.Fatalf("%q written as %q: %v, %d rows of %d", text, w.out, fault, len(again), len(rows))
		}
		for i := range rows {
			if a, b := value.FromItems(rows[i].cells), value.FromItems(again[i].cells); !value.Equal(a, b) {
				t.Fatalf("row %d of %q became %q", i, a.Display(), b.Display())
			}
		}
		standard := csv.NewReader(bytes.NewReader(w.out))
		standard.FieldsPerRecord = -1
		if all, err := standard.ReadAll(); err != nil || len(all) != len(rows) {
			t.Fatalf("the standard library reads %q as %d rows, %v", w.out, len(all), err)
		}
	})
}
