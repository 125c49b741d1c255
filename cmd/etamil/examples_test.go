//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
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
	for _, example := range []string{"kadai", "varumAZa_vari", "pErEtu"} {
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

// step is one command of a README and what it prints.
type step struct {
	line    int // of the command, from 1
	command string
	want    []string
	from    int // index of the first line of want in the file
}

// readme is a file with its steps.
type readme struct {
	path  string
	lines []string
	steps []step
}

// readSteps finds the steps of a README: in blocks that begin with ```sh, "$ " begins a command, "> " continues it, and
// everything else is output. A block without a command, or output before one, is a mistake.
func readSteps(t *testing.T, path string) *readme {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := &readme{path: path, lines: strings.Split(string(source), "\n")}
	inside, first := false, 0
	for i, line := range r.lines {
		switch {
		case !inside && line == "```sh":
			inside, first = true, len(r.steps)
		case !inside:
		case line == "```":
			if inside = false; len(r.steps) == first {
				t.Fatalf("%s:%d: the block has no command", path, i+1)
			}
		case strings.HasPrefix(line, "$ "):
			r.steps = append(r.steps, step{line: i + 1, command: line[2:], from: i + 1})
		case len(r.steps) == first:
			t.Fatalf("%s:%d: output before a command", path, i+1)
		default:
			s := &r.steps[len(r.steps)-1]
			if more, ok := strings.CutPrefix(line, "> "); ok && len(s.want) == 0 {
				s.command += "\n" + more
				s.from++
				continue
			}
			s.want = append(s.want, line)
		}
	}
	if inside || len(r.steps) == 0 {
		t.Fatalf("%s: no steps, or a block without an end", path)
	}
	return r
}

// follow runs the steps of a README.
func follow(t *testing.T, path string) {
	r := readSteps(t, path)
	sh := newShell(t)
	update := os.Getenv("UPDATE_SCRIPTS") != ""
	for i := len(r.steps); i > 0; i-- { // the steps run in order; only their places are changed from the end
		s := &r.steps[len(r.steps)-i]
		got := sh.do(s.command)
		if matches(s.want, got) {
			continue
		}
		if !update {
			t.Fatalf("%s:%d: $ %s\nprinted\n%s\nand not\n%s\n%s", r.path, s.line, s.command, strings.Join(got, "\n"), strings.Join(s.want, "\n"), sh.serverLog())
		}
		s.want = got
	}
	if update {
		r.write(t)
	}
}

// write puts the output of the steps back into the file.
func (r *readme) write(t *testing.T) {
	t.Helper()
	var out []string
	at := 0
	old := readSteps(t, r.path)
	for i, s := range r.steps {
		out = append(out, r.lines[at:s.from]...)
		out = append(out, s.want...)
		at = s.from + len(old.steps[i].want)
	}
	out = append(out, r.lines[at:]...)
	if err := os.WriteFile(r.path, []byte(strings.Join(out, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// matches compares output by lines; "…" in what is wanted stands for anything, such as the time of an order.
func matches(want, got []string) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(w), "…", ".*")
		if ok, err := regexp.MatchString("^"+pattern+"$", got[i]); err != nil || !ok {
			return false
		}
	}
	return true
}

// shell is a running sh that takes one command after the other.
type shell struct {
	t       *testing.T
	dir     string
	in      io.Writer
	done    *bufio.Scanner // a line for each command that has ended
	count   int
	address string // of the server that was started, without http://
}

// newShell starts a shell in a folder with a copy of the examples. It ends with the test, and what it started ends too.
func newShell(t *testing.T) *shell {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "docs", "examples"), os.DirFS(filepath.Join("..", "..", "docs", "examples"))); err != nil {
		t.Fatal(err)
	}
	if files, err := filepath.Glob(filepath.Join(dir, "docs", "examples", "*", "*.db*")); err != nil || removeAll(files) != nil {
		t.Fatal(err)
	}
	// curl as on a terminal: no progress meter, and errors shown.
	if err := os.WriteFile(filepath.Join(dir, ".curlrc"), []byte("silent\nshow-error\nmax-time = 60\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	cmd := exec.CommandContext(ctx, "sh")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // the shell's own group
	cmd.Env = append(os.Environ(), "HOME="+dir, "CURL_HOME="+dir, "LC_ALL=C.UTF-8", "NO_COLOR=1", "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1", "UPDATE_SCRIPTS=")
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Cancel() // after a failed step the server still runs; when all is well nobody is left to hear this
		_ = cmd.Wait()
		cancel()
	})
	return &shell{t: t, dir: dir, in: in, done: bufio.NewScanner(out)}
}

func removeAll(files []string) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, os.Remove(f))
	}
	return errors.Join(errs...)
}

// address8080 is what the READMEs call the server; the tests serve on a free port.
const address8080 = "127.0.0.1:8080"

// do runs a command and answers the lines that it printed.
func (s *shell) do(command string) []string {
	s.t.Helper()
	s.count++
	file := filepath.Join(s.dir, fmt.Sprintf("out.%d", s.count))
	serves := strings.HasPrefix(command, "etamil dev ")
	if serves {
		rest, ok := strings.CutSuffix(strings.TrimPrefix(command, "etamil dev "), " &")
		if !ok {
			s.t.Fatalf("$ %s\nwould never end: a server must be started with &", command)
		}
		command = "etamil dev --port 0 " + rest + " >\"$HOME/server.log\" 2>&1 &"
	}
	if s.address != "" {
		command = strings.ReplaceAll(command, address8080, s.address)
	}
	if _, err := fmt.Fprintf(s.in, "{ %s\n} >%q 2>&1 </dev/null\necho done\n", command, file); err != nil {
		s.t.Fatal(err)
	}
	if !s.done.Scan() {
		s.t.Fatalf("$ %s\ndid not end (%v)\n%s", command, s.done.Err(), s.serverLog())
	}
	if serves {
		s.awaitServer()
	}
	out, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.printed(string(out))
}

// printed splits output into lines, with the address that the README has.
func (s *shell) printed(out string) []string {
	if s.address != "" {
		out = strings.ReplaceAll(out, s.address, address8080)
	}
	out = strings.TrimSuffix(strings.ReplaceAll(out, "\r\n", "\n"), "\n")
	if out == "" {
		return nil
	}
	return strings.Split(out, "\n")
}

var addressPattern = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// awaitServer waits until the server says its address.
func (s *shell) awaitServer() {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if m := addressPattern.FindStringSubmatch(s.serverLog()); m != nil {
			s.address = m[1]
			return
		}
	}
	s.t.Fatalf("the server did not start:\n%s", s.serverLog())
}

func (s *shell) serverLog() string {
	log, err := os.ReadFile(filepath.Join(s.dir, "server.log"))
	if err != nil {
		return "" // no server was started
	}
	return string(log)
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
		{"0\n3,00,000", "0.00", "0.00"},           // no salary: no standard deduction; the rebate takes 2,500
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
