//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestExamples follows the READMEs of docs/examples line by line, in both languages: every command of their sh blocks runs
// in one shell, in a copy of the examples, and must print what stands below it. UPDATE_SCRIPTS=1 rewrites what differs.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"curl", "sh", "sed"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the READMEs use %s, which is missing here: %v", tool, err)
		}
	}
	for _, example := range []string{"kadai", "varumAZa_vari", "pErEtu", "arattai"} {
		for _, name := range []string{"README.md", "README.ta.md"} {
			t.Run(example+"/"+name, func(t *testing.T) {
				t.Parallel()
				follow(t, filepath.Join("..", "..", "docs", "examples", example, name))
			})
		}
	}
}

// TestExamplesAlike holds the two languages of a README to the same commands and the same output.
func TestExamplesAlike(t *testing.T) {
	t.Parallel()
	english, err := filepath.Glob(filepath.Join("..", "..", "docs", "examples", "*", "README.md"))
	if err != nil || len(english) < 3 {
		t.Fatalf("READMEs: %v, %v", english, err)
	}
	for _, path := range english {
		var text [2]string
		for i, p := range []string{path, strings.TrimSuffix(path, ".md") + ".ta.md"} {
			for _, s := range readSteps(t, p).steps {
				text[i] += "$ " + s.command + "\n" + strings.Join(s.want, "\n") + "\n"
			}
		}
		if text[0] != text[1] {
			t.Errorf("%s and its translation show different commands:\n%s\n%s", path, text[0], text[1])
		}
	}
}

// exampleDir copies an example, with what it shares with the others, and answers its folder.
func exampleDir(t *testing.T, name string) string {
	t.Helper()
	all := t.TempDir()
	for _, n := range []string{name, "potu"} {
		if err := os.CopyFS(filepath.Join(all, n), os.DirFS(filepath.Join("..", "..", "docs", "examples", n))); err != nil {
			t.Fatal(err)
		}
	}
	if files, err := filepath.Glob(filepath.Join(all, name, "*.db*")); err != nil || removeAll(files) != nil {
		t.Fatal(err)
	}
	return filepath.Join(all, name)
}

// TestExamplesCheck holds every program of the examples to the static checks: nothing to say.
func TestExamplesCheck(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "examples", "*", "*.qmz"))
	if err != nil || len(files) < 10 {
		t.Fatalf("programs: %v, %v", files, err)
	}
	for _, file := range files {
		var out, errs strings.Builder
		if code := run(context.Background(), []string{"--check", file}, strings.NewReader(""), &out, &errs); code != exitOK || out.Len()+errs.Len() > 0 {
			t.Errorf("%s: exit %d\n%s%s", file, code, out.String(), errs.String())
		}
	}
}

// TestKadaiStock orders the last of the stock from 32 clients at once: twelve get it, nobody else takes anything along.
func TestKadaiStock(t *testing.T) {
	t.Parallel()
	base, log := startDev(t, exampleDir(t, "kadai"))
	const order = `{"வாங்குநர்":"=வான்மதி 👍🏽","உருப்படிகள்":[{"பொருள்":4,"அளவு":1},{"பொருள்":3,"அளவு":1}]}`
	var wg sync.WaitGroup
	var made, refused atomic.Int64
	for range 32 {
		wg.Go(func() {
			switch status, body := ask(t, "POST", base+"/ANYkaL", order); status {
			case 201:
				made.Add(1)
			case 409:
				refused.Add(1)
			default:
				t.Errorf("%d %s", status, body)
			}
		})
	}
	wg.Wait()
	if made.Load() != 12 || refused.Load() != 20 {
		t.Errorf("%d orders made, %d refused\n%s", made.Load(), refused.Load(), log())
	}
	for id, left := range map[string]string{"3": `"இருப்பு":0,`, "4": `"இருப்பு":48,`} {
		if _, body := ask(t, "GET", base+"/poruLkaL/"+id, ""); !strings.Contains(body, left) {
			t.Errorf("goods %s: %s", id, body)
		}
	}
	// The test sets no secret, so nobody is the owner.
	if status, body := ask(t, "GET", base+"/ANYkaL.csv", ""); status != 503 {
		t.Errorf("orders without a secret: %d %s", status, body)
	}
}

// TestKadaiRefuses sends what the shop must refuse, in its own words, without a trace in the database.
func TestKadaiRefuses(t *testing.T) {
	t.Parallel()
	base, _ := startDev(t, exampleDir(t, "kadai"))
	item := func(s string) string {
		return `{"வாங்குநர்":"ஆதி","உருப்படிகள்":[` + s + `]}`
	}
	tests := []struct {
		name, body string
		status     int
		kind       string
	}{
		{"an array", `[]`, 400, "தவறான_கோரிக்கை"},
		{"no name", `{"உருப்படிகள்":[{"பொருள்":1,"அளவு":1}]}`, 400, "தவறான_கோரிக்கை"},
		{"a name that is a number", `{"வாங்குநர்":7,"உருப்படிகள்":[{"பொருள்":1,"அளவு":1}]}`, 400, "தவறான_கோரிக்கை"},
		{"no items", item(""), 400, "தவறான_கோரிக்கை"},
		{"an item that is text", item(`"1"`), 400, "தவறான_கோரிக்கை"},
		{"half a piece", item(`{"பொருள்":1,"அளவு":0.5}`), 400, "தவறான_கோரிக்கை"},
		{"less than nothing", item(`{"பொருள்":1,"அளவு":-1}`), 400, "தவறான_கோரிக்கை"},
		{"an amount that is text", item(`{"பொருள்":1,"அளவு":"1"}`), 400, "தவறான_கோரிக்கை"},
		{"the same goods twice", item(`{"பொருள்":1,"அளவு":1},{"பொருள்":1,"அளவு":1}`), 400, "தவறான_கோரிக்கை"},
		{"a price of one's own", item(`{"பொருள்":99,"அளவு":1,"விலை":0.01}`), 404, "இல்லாதது"},
		{"more than there is", item(`{"பொருள்":1,"அளவு":41}`), 409, "இருப்பு_போதாது"},
	}
	for _, tt := range tests {
		status, body := ask(t, "POST", base+"/ANYkaL", tt.body)
		if status != tt.status || !strings.Contains(body, `"வகை":"`+tt.kind+`"`) {
			t.Errorf("%s: %d %s", tt.name, status, body)
		}
	}
	if _, body := ask(t, "GET", base+"/poruLkaL/1", ""); !strings.Contains(body, `"இருப்பு":40,`) {
		t.Errorf("a refused order left a trace: %s", body)
	}
	if status, body := ask(t, "POST", base+"/ANYkaL", item(`{"பொருள்":1,"அளவு":40,"விலை":0.01}`)); status != 201 || !strings.Contains(body, `"மொத்தம்":17304,`) {
		t.Errorf("the client's price counted: %d %s", status, body)
	}
}

// TestIncomeTax compares the calculator with taxes that were worked out by hand, old scheme and new.
func TestIncomeTax(t *testing.T) {
	t.Parallel()
	tests := []struct{ input, old, new string }{
		{"", "0.00", "0.00"},
		{"5,50,000", "0.00", "0.00"},                // old: taxable 5,00,000, the rebate's limit
		{"5,50,010", "13,000.00", "0.00"},           // old: 12,502 and cess; there is no marginal relief
		{"12,75,000", "1,87,200.00", "0.00"},        // new: taxable 12,00,000, the rebate's limit
		{"12,75,010", "1,87,200.00", "10.00"},       // new: 10 above the limit, and cess
		{"24,75,000", "5,61,600.00", "3,12,000.00"}, // new: 3,00,000 and cess
		{"24,75,000\n0\n2,00,000", "4,99,200.00", "3,12,000.00"},
		{"50,75,000", "13,91,000.00", "11,23,200.00"}, // old: 25,000 above 50 lakhs, marginal relief of the surcharge
		{"0\n3,00,000", "0.00", "0.00"},               // no salary: no standard deduction; the rebate takes 2,500
		{"1\n1,0,0,0,0,0\n1000000", "0.00", "0.00"},   // deductions never go below nothing
	}
	for _, tt := range tests {
		var out, errs strings.Builder
		file := filepath.Join("..", "..", "docs", "examples", "varumAZa_vari", "main.qmz")
		if code := run(context.Background(), []string{"run", file}, strings.NewReader(tt.input), &out, &errs); code != exitOK {
			t.Fatalf("%q: exit %d\n%s", tt.input, code, errs.String())
		}
		_, row, _ := strings.Cut(out.String(), "செலுத்த வேண்டிய வரி")
		row, _, _ = strings.Cut(row, "\n")
		if got := strings.Join(strings.Fields(row), " "); got != tt.old+" "+tt.new {
			t.Errorf("%q: %s, and not %s %s", tt.input, got, tt.old, tt.new)
		}
	}
}
