package main

import (
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/refactor"
	"github.com/etamil-lang/etamil/check/refactor/cases"
	"github.com/etamil-lang/etamil/syntax"
)

// TestRefactorFixtures runs what package refactor's fixtures make of programs: it prints what the programs printed before.
// What cures a program that cannot run prints what the program was meant to print, and routes answer what they answered.
func TestRefactorFixtures(t *testing.T) {
	t.Parallel()
	rules, err := cases.Read("../../check/refactor/testdata")
	if err != nil || len(rules) < 50 {
		t.Fatal(len(rules), err)
	}
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			worked := 0
			for _, c := range r.Cases {
				if c.Changes() {
					worked++
					t.Run(c.Name, func(t *testing.T) { sameProgram(t, r, c) })
				}
			}
			if worked == 0 {
				t.Error("no fixture shows that it does anything")
			}
		})
	}
}

// sameProgram runs a fixture's program before and after.
func sameProgram(t *testing.T, r *cases.Rule, c *cases.Case) {
	t.Helper()
	src, _ := c.Source()
	before := conformanceCase{Source: src, Files: r.Files}
	after := conformanceCase{Source: c.After[cases.Entry], Files: maps.Clone(r.Files)}
	for name, text := range c.After {
		if name != cases.Entry {
			after.Files[name] = text
		}
	}
	want, stage, message := before.run(t, before.lay(t))
	switch {
	case stage == "" && c.Prints != nil:
		t.Error("the program runs as it is: there is nothing that it was meant to print")
	case stage != "" && c.Prints == nil:
		t.Errorf("the program does not run: %s: %s", stage, message)
	case stage != "":
		want = *c.Prints
	}
	if got, stage, message := after.run(t, after.lay(t)); got != want || stage != "" {
		t.Errorf("printed\n%s\nand %q (%s), wanted\n%s", got, stage, message, want)
	}
	switch routes := strings.Contains(src, "வழி ") || strings.Contains(src, "vazi "); {
	case c.Asks != nil:
		sameAnswers(t, c.Asks, before, after)
	case routes:
		t.Error("the program has routes, and nothing is asked of them")
	}
}

// sameAnswers asks a program's routes before and after.
func sameAnswers(t *testing.T, asks []string, before, after conformanceCase) {
	t.Helper()
	was, _ := startServer(t, "serve", "--log", "off", before.lay(t))
	is, _ := startServer(t, "serve", "--log", "off", after.lay(t))
	for _, ask := range asks {
		part := strings.Fields(ask)
		if len(part) != 4 {
			t.Fatalf("%q is not METHOD PATH BEFORE AFTER", ask)
		}
		old, oldBody := askRoute(t, part[0], was, part[1])
		fresh, freshBody := askRoute(t, part[0], is, part[1])
		if old != part[2] || fresh != part[3] {
			t.Errorf("%s %s: %s before and %s after, wanted %s and %s", part[0], part[1], old, fresh, part[2], part[3])
		}
		if old == fresh && oldBody != freshBody {
			t.Errorf("%s %s: %q before, %q after", part[0], part[1], oldBody, freshBody)
		}
	}
}

// traced is the part of an answer that is another one each time.
var traced = regexp.MustCompile(`urn:trace:[0-9a-f]+`)

// askRoute is the status and body of a route's answer.
func askRoute(t *testing.T, method, addr, path string) (status, body string) {
	t.Helper()
	target := url.URL{Scheme: "http", Host: addr, Path: path}
	req, err := http.NewRequestWithContext(t.Context(), method, target.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(resp.StatusCode), traced.ReplaceAllString(string(all), "")
}

// TestRefactorKeepsPrograms takes random actions at random places of the conformance suite's programs.
func TestRefactorKeepsPrograms(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(6, 25)) //nolint:gosec // it has to be the same every time
	taken := map[string]int{}
	all := readCases(t)
	for _, subject := range slices.Sorted(maps.Keys(all)) {
		for _, c := range all[subject] {
			if c.Error != nil || c.leftOut() {
				continue
			}
			s := refactored(c)
			for range 5 {
				a, ok := s.random(rnd, taken, often)
				if !ok || a.ID == "wrap-try" && strings.Contains(c.Source, "முயல்") {
					continue // that is what it is for: an error that a caller would have caught is caught earlier
				}
				changed := c
				changed.Source, changed.Files = split(s.After(a.Edits()))
				taken[a.ID]++
				if diff := c.difference(changed.run(t, changed.lay(t))); diff != "" {
					t.Errorf("%s: %s at %v makes\n%s\n%s", c.Name, a.ID, s.Request.Span, changed.Source, diff)
				}
			}
		}
	}
	t.Log(taken)
	if len(taken) < 20 {
		t.Errorf("only %d sorts of actions were met: %v", len(taken), taken)
	}
}

// TestRefactoredServer takes action after action at random places of a program with many routes. It still answers every
// request of the tables as they want.
func TestRefactoredServer(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(7, 20)) //nolint:gosec // it has to be the same every time
	dir := layHTTP(t)
	files := map[string]string{}
	names, err := filepath.Glob(filepath.Join(dir, "*.qmz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = string(text)
	}
	src, taken := files[entryFile], map[string]int{}
	delete(files, entryFile)
	for range 100 {
		s := refactored(conformanceCase{Source: src, Files: files})
		if a, ok := s.random(rnd, taken, 5); ok && a.ID != "wrap-try" { // which answers instead of failing, as it should
			taken[a.ID]++
			src, files = split(s.After(a.Edits()))
		}
	}
	if len(taken) < 15 {
		t.Errorf("only %d sorts of actions were met: %v", len(taken), taken)
	}
	files[entryFile] = src
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	addr, log := startServer(t, "serve", "--log", "off", "--max-body", "64K", "--max-upload", "128K", dir)
	for _, c := range slices.Concat(routingCases, requestCases, bodyCases(), answerCases(), fileCases) {
		c.want = strings.ReplaceAll(c.want, "ADDR", addr)
		t.Run(c.method+c.target, func(t *testing.T) { c.check(t, "raw", rawAsk(t, addr, c.method, c.request(addr))) })
	}
	if t.Failed() {
		t.Logf("%v makes\n%s\n%s", taken, src, log())
	}
}

// often is how often an action is taken: there is hardly a place at which words cannot be spelt otherwise.
const often = 60

// refactoredCase is a case that is checked once and asked at many places.
type refactoredCase struct {
	*cases.Program
	src  string
	toks []syntax.Token
}

func refactored(c conformanceCase) *refactoredCase {
	p := cases.Open(c.Source, c.Files)
	f := p.Request.Names.Program().Files[0]
	return &refactoredCase{p, f.Src, f.AllTokens()}
}

// leftOut tells of a program that no change can leave as it is, whatever it changes.
func (c conformanceCase) leftOut() bool {
	for _, why := range []struct{ part, reason string }{
		{"\r", "its lines end otherwise than a layout ends them"},
		{"இருப்பிடம்", "it prints the numbers of its own lines"},
		{"f(255)", "it makes as many calls as there may be: one function more is one too many"},
	} {
		if strings.Contains(c.Source, why.part) {
			return true
		}
	}
	return false
}

// others are the actions that are there to make another program, and what that is; TestRefactorFixtures holds each to it.
var others = map[string]string{
	"fix":               "what the finding says is wrong is done right",
	"fix-same":          "several of these",
	"fix-all":           "several of these",
	"declare-variable":  "one that runs; only a program that cannot run has it to offer",
	"declare-function":  "one that runs; only a program that cannot run has it to offer",
	"shape-from-record": "one whose value has a name and the fields that it has: it shows the name, equals no record, and takes no other field",
	"add-guard":         "one that answers 401 to those whom it does not know",
}

// random is an action at a random selection from token to token, of those there the one that was taken least; none is taken
// more often than most times.
func (s *refactoredCase) random(rnd *rand.Rand, taken map[string]int, most int) (refactor.Action, bool) {
	for range 4 {
		i := rnd.IntN(len(s.toks))
		j := min(i+rnd.IntN(12), len(s.toks)-1)
		s.Request.Span = syntax.Span{Start: s.toks[i].Pos.Offset, End: s.toks[j].Pos.Offset + len(s.toks[j].Value)}
		if rnd.IntN(2) == 0 {
			s.Request.Span.End = s.Request.Span.Start
		}
		list := slices.DeleteFunc(refactor.Actions(s.Request), func(a refactor.Action) bool {
			return a.Disabled != refactor.Text{} || others[a.ID] != "" || taken[a.ID] >= most
		})
		if len(list) > 0 {
			return slices.MinFunc(list, func(a, b refactor.Action) int { return taken[a.ID] - taken[b.ID] }), true
		}
	}
	return refactor.Action{}, false
}

// split parts the entry's text from those of the other files.
func split(texts map[string]string) (entry string, others map[string]string) {
	others = maps.Clone(texts)
	delete(others, cases.Entry)
	return texts[cases.Entry], others
}
