package diag

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tested collects what speaks of codes in tests: their own numbers, the constants of users, and their messages.
func tested(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string][]string{} // the codes of a constant's name, which packages may share
	form := regexp.MustCompile(`(?m)^\s*(\w+)\s*=\s*"([EW]\d{4})"`)
	for _, file := range users {
		text, err := os.ReadFile(filepath.FromSlash(file))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range form.FindAllStringSubmatch(string(text), -1) {
			names[m[1]] = append(names[m[1]], m[2])
		}
	}
	seen := map[string]bool{}
	messages := map[string][]string{}
	for _, e := range Entries() {
		messages[e.Code] = []string{literal(e.Tamil), literal(e.English)}
	}
	word := regexp.MustCompile(`\b[EW]\d{4}\b|\b[A-Za-z][A-Za-z0-9]{3,}\b`)
	root := filepath.FromSlash("../..")
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		slashed := filepath.ToSlash(path)
		if strings.Contains(slashed, "/check/diag/") || !strings.HasSuffix(path, "_test.go") && !strings.Contains(slashed, "/testdata/") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for code, parts := range messages {
			for _, part := range parts {
				seen[code] = seen[code] || len(part) >= 12 && bytes.Contains(text, []byte(part))
			}
		}
		for _, w := range word.FindAllString(string(text), -1) {
			seen[w] = true
			for _, code := range names[w] {
				seen[code] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// literal is the longest part of a message without arguments.
func literal(message string) string {
	best := ""
	for _, part := range regexp.MustCompile(`\{[^}]*\}`).Split(message, -1) {
		if part = strings.TrimSpace(part); len(part) > len(best) {
			best = part
		}
	}
	return best
}

// guards are codes that no program can give as long as what stands before them works.
var guards = map[string]string{
	"E0321": "the lexer refuses such a number before the compiler does",
	"E0349": "the parser refuses such a target before the compiler does",
	"E0351": "a bug of ours",
	"E0436": "a disk that fails",
}

// Every code is produced by a test: by its explanation's wrong example, which cmd/etamil runs, or by one that names it.
func TestEveryCodeIsProduced(t *testing.T) {
	t.Parallel()
	seen := tested(t)
	for _, e := range Entries() {
		x, _ := Explanation(e.Code)
		if e.Severity != Note && x.Wrong == "" && !seen[e.Code] && guards[e.Code] == "" {
			t.Errorf("no test produces %s (%s)", e.Code, e.English)
		}
	}
}
