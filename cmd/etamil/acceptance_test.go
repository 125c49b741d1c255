package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// This file runs the acceptance programs: syntax/testdata/canonical holds one for each section of services.md, in the canonical words, whose
// //=> lines say what has to come of it (those are kept letter for letter; the runner reads them).

// wanted is what the //=> lines of a program expect.
type wanted struct {
	stdout   []string
	requests []string // METHOD /path STATUS [body] [Header-Name]…
	stop     string   // the path of a request that has to be answered although the server is stopped
	edit     string   // the request that has to be answered after an edit of 1 to 2
}

var (
	requestLine = regexp.MustCompile(`^[A-Z]+ /`)
	stopLine    = regexp.MustCompile(`^SIGTERM while (/\S+) runs: `)
	editLine    = regexp.MustCompile(`^edit 1 -> 2; ([^;]+);`)
)

func wantedOf(src string) (w wanted) {
	for line := range strings.Lines(src) {
		line, ok := strings.CutPrefix(strings.TrimSpace(line), "//=> ")
		if !ok {
			continue
		}
		stop, edit := stopLine.FindStringSubmatch(line), editLine.FindStringSubmatch(line)
		switch {
		case stop != nil:
			w.stop = stop[1]
		case edit != nil:
			w.edit = edit[1]
		case requestLine.MatchString(line):
			w.requests = append(w.requests, line)
		default:
			w.stdout = append(w.stdout, line)
		}
	}
	return w
}

func (w wanted) printed() string { return strings.Join(append(w.stdout, ""), "\n") }

// later are the programs that need words which a later version has, and the first of these words.
var later = map[string]string{
	"05_kaNkANippu.qmz": "மெட்ரிக்_எண்", "07_amYppu.qmz": "அமைப்பு_உருவாக்கு", "08_aZumaqi.qmz": "பாத்திரம்", "09_kEc.qmz": "கேச்_உருவாக்கு",
	"14_cOqaZY.qmz": "சோதனை_ஓட்டு", "15_piZqaLam.qmz": "அமைப்பு_உருவாக்கு",
}

// TestAcceptance runs every program to what its //=> lines say. One that waits for a later version must say so, so that this table
// cannot grow old.
func TestAcceptance(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join("..", "..", "syntax", "testdata", "canonical", "*.qmz"))
	if err != nil || len(names) != 15 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		base := filepath.Base(name)
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), base)
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			accept(t, file, string(text), later[base])
		})
	}
}

func accept(t *testing.T, file, src, word string) {
	t.Helper()
	w := wantedOf(src)
	if word != "" {
		p := startProcess(t, filepath.Dir(file), "run", file)
		if code := p.wait(t); code != exitFault || !strings.Contains(p.stderr(), "'"+word+"' is not available yet") {
			t.Errorf("it ended with %d and no longer waits for %s:\n%s", code, word, p.stderr())
		}
		return
	}
	if len(w.requests) == 0 && w.stop == "" && w.edit == "" {
		p := startProcess(t, filepath.Dir(file), "run", file)
		if code := p.wait(t); code != exitOK || p.stdout() != w.printed() {
			t.Errorf("it ended with %d and printed %q, not %q\n%s", code, p.stdout(), w.printed(), p.stderr())
		}
		return
	}
	p := startProcess(t, filepath.Dir(file), "dev", "--port", "0", file)
	base := p.address(t)
	for _, line := range w.requests {
		expect(t, base, line)
	}
	if w.edit != "" {
		editWhileAsked(t, base, file, src, w.edit)
	}
	if w.stop != "" {
		stopWhileAsked(t, p, base+w.stop)
	} else {
		p.signal(t, syscall.SIGTERM)
	}
	if code := p.wait(t); code != exitOK || p.stdout() != w.printed() {
		t.Errorf("it ended with %d and printed %q, not %q\n%s", code, p.stdout(), w.printed(), p.stderr())
	}
}

// expect asks as a //=> line says: METHOD /path STATUS [body] [Header-Name]…; the body's lines may be given as one.
func expect(t *testing.T, base, line string) {
	t.Helper()
	words := strings.Fields(line)
	var headers []string
	for n := len(words) - 1; n > 2 && isHeaderName(words[n]); n-- {
		headers, words = append(headers, words[n]), words[:n]
	}
	resp, body, err := fetch(newRequest(t, words[0], base+words[1]))
	if err != nil {
		t.Errorf("%s: %v", line, err)
		return
	}
	got := strings.Join(strings.Fields(body), " ")
	if resp.Status[:3] != words[2] || len(words) > 3 && got != strings.Join(words[3:], " ") {
		t.Errorf("%s: %s %s", line, resp.Status, body)
	}
	for _, name := range headers {
		if resp.Header.Get(name) == "" {
			t.Errorf("%s: no %s in %v", line, name, resp.Header)
		}
	}
}

// isHeaderName tells the name of a header from the last word of a body.
func isHeaderName(word string) bool {
	return strings.Contains(word, "-") && http.CanonicalHeaderKey(word) == word && strings.Trim(word, "-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == ""
}

func newRequest(t *testing.T, method, url string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// fetch asks on a connection of its own.
func fetch(req *http.Request) (*http.Response, string, error) {
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		return nil, "", err
	}
	text, err := io.ReadAll(resp.Body)
	return resp, string(text), errors.Join(err, resp.Body.Close())
}

// editWhileAsked changes the program while it is asked: no request fails, and in the end the new version answers.
func editWhileAsked(t *testing.T, base, file, src, line string) {
	t.Helper()
	after := strings.Replace(src, `": 1}`, `": 2}`, 1)
	if after == src {
		t.Fatal("nothing to edit")
	}
	if err := os.WriteFile(file, []byte(after), 0o600); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(line)
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		resp, body, err := fetch(newRequest(t, words[0], base+words[1]))
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v %s", line, err, body)
		}
		if body == words[3] {
			return
		}
	}
	t.Errorf("%s: the new version does not come", line)
}

// stopWhileAsked stops the server while a request of its runs, which must be answered.
func stopWhileAsked(t *testing.T, p *process, url string) {
	t.Helper()
	type result struct {
		status int
		err    error
	}
	done := make(chan result, 1)
	running := make(chan struct{})
	go func() {
		resp, err := askKept(url, running)
		if err != nil {
			done <- result{0, err}
			return
		}
		_, err = io.Copy(io.Discard, resp.Body)
		done <- result{resp.StatusCode, errors.Join(err, resp.Body.Close())}
	}()
	<-running
	p.signal(t, syscall.SIGTERM)
	if r := <-done; r.err != nil || r.status != http.StatusOK {
		t.Errorf("the request that ran was answered %d, %v\n%s", r.status, r.err, p.stderr())
	}
}
