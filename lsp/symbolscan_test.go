package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// flat writes entries in lines, sorted by place. In tells what members are inside of.
func flat(list []index.Entry, lines []string) []string {
	for _, e := range list {
		if e.Kind != index.Import {
			of := ""
			if e.Kind == index.Field || e.Kind == index.Method {
				of = e.Of
			}
			lines = append(lines, fmt.Sprintf("%06d-%06d %s (%d) in %q", e.At.Start, e.At.End, shownName(e), e.Kind, of))
		}
		lines = flat(e.Children, lines)
	}
	slices.Sort(lines)
	return lines
}

// TestScan holds that the tokens of programs say what their trees say.
func TestScan(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../testdata/conformance/*.jsonl")
	if err != nil || len(names) < 20 {
		t.Fatal(names, err)
	}
	texts := []string{
		"வடிவம் ஆள்[T] { சொல் பெயர், பெயர்_: சொல், அணி[எண்] பலர், ஆள் தலை, எண் வயது விதி (வயது > {\"அ\": 1}.அ), செயல் க(இது) { அ = 1; } செயல் க_, T மதிப்பு }",
		"நிலை எண் வரி = 18%; எண் வெறும்; ஆள் ஒருவர் = ஆள்{}; அ.ஆ = 1; அ[0] = 2; பின்பு = செயல்(x) { செயல் உள்ளே() { } }; பின்பு = 2; x;",
		"வழி பெறு, \"/𝒳/:id\" { செயல் கை() { } பதில் 200, \"\"; }\nவழி இடு, \"/\" & x, [\"அ\"] { }\nஇடைவெளி 5 { அ = 1; }",
	}
	for _, name := range names {
		cases, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(cases)) {
			var c struct{ Source string }
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatal(err)
			}
			texts = append(texts, c.Source)
		}
	}
	done := 0
	for _, text := range texts {
		tree := syntax.Parse("a.qmz", []byte(text))
		if tree.HasErrors() {
			_ = scan(text) // it has to come to an end
			continue
		}
		done++
		want, got := flat(index.Outline(tree), nil), flat(scan(tree.Src), nil)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n--- the tree\n%s\n--- the tokens\n%s", text, strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
	}
	if done < 800 {
		t.Errorf("only %d programs", done)
	}
}
