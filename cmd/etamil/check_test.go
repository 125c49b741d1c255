package main

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// safeBuffer is a buffer that a running command writes.
type safeBuffer struct {
	mu  sync.Mutex
	all strings.Builder
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.String()
}

// waitFor waits until the buffer holds a text n times.
func (b *safeBuffer) waitFor(t *testing.T, text string, n int) {
	t.Helper()
	for range 500 {
		if strings.Count(b.String(), text) >= n {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%q did not come %d times:\n%s", text, n, b.String())
}

// TestCheckWatch changes a file, adds one, and changes the project's rules: each time everything is checked again.
func TestCheckWatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.qmz", "அச்சு 1;;")
	ctx, stop := context.WithCancel(context.Background())
	var out, errs safeBuffer
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"check", "--watch", "--lang", "en", "--format", "short", dir}, strings.NewReader(""), &out, &errs)
	}()
	errs.waitFor(t, "watching for changes", 1)
	out.waitFor(t, "W0004", 1)
	write("a.qmz", "அச்சு 👍🏽;")
	errs.waitFor(t, "watching for changes", 2)
	out.waitFor(t, "E0006", 1)
	write("b.qmz", "accu 2;")
	errs.waitFor(t, "2 files", 1)
	errs.waitFor(t, "watching for changes", 3)
	write(projectFile, "[check]\nexclude = ['a.qmz']")
	errs.waitFor(t, "✓ 1 file", 1)
	stop()
	if code := <-done; code != exitOK {
		t.Errorf("ended with %d", code)
	}
}

// TestApplyEdits: edits count as the parser does, without a mark at the start and with \n; the file keeps both.
func TestApplyEdits(t *testing.T) {
	t.Parallel()
	pieces := []string{"அ", "கௌ", "👍🏽", "𝒳", "x", ";", "\n", "\n", "\r"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		plain := strings.ReplaceAll(b.String(), "\r\n", "\n")
		raw, mark := plain, ""
		if random.IntN(2) == 0 {
			raw = strings.ReplaceAll(plain, "\n", "\r\n")
		}
		if random.IntN(2) == 0 {
			mark = "\ufeff"
		}
		src := syntax.Parse("a.qmz", []byte(mark+raw)).Src
		from := random.IntN(len(src) + 1)
		to := from + random.IntN(len(src)-from+1)
		edits := []diag.Edit{{Span: syntax.Span{Start: from, End: to}, Text: "வ\n"}}
		want := src[:from] + "வ\n" + src[to:]
		got := applyEdits([]byte(mark+raw), edits)
		if !strings.HasPrefix(string(got), mark) {
			t.Fatalf("%q lost its mark: %q", mark+raw, got)
		}
		if after := syntax.Parse("a.qmz", got).Src; after != want {
			t.Fatalf("%q, %d to %d: %q, want %q", mark+raw, from, to, after, want)
		}
	}
}

// Edits that touch are never applied in one round; one that overlaps waits for the next.
func TestFixesNeverOverlap(t *testing.T) {
	t.Parallel()
	r := &repairer{job: &checkJob{asked: map[string]bool{"/a": true}}}
	res := &checked{disk: map[string]string{"a": "/a", "b": "/b"}}
	edit := func(file string, start, end int) diag.Edit {
		return diag.Edit{File: file, Span: syntax.Span{Start: start, End: end}}
	}
	chosen := map[string][]diag.Edit{"/a": {edit("a", 3, 5)}}
	for _, c := range []struct {
		edits []diag.Edit
		want  bool
	}{
		{[]diag.Edit{edit("a", 0, 2)}, true},
		{[]diag.Edit{edit("a", 6, 6)}, true},
		{[]diag.Edit{edit("a", 0, 3)}, false},
		{[]diag.Edit{edit("a", 5, 5)}, false},
		{[]diag.Edit{edit("a", 4, 9)}, false},
		{[]diag.Edit{edit("a", 0, 1), edit("a", 1, 2)}, false},
		{[]diag.Edit{edit("a", 7, 8), edit("b", 0, 1)}, false},
		{[]diag.Edit{edit("c", 0, 1)}, false},
		{nil, false},
	} {
		if got := r.allowed(res, c.edits, chosen); got != c.want {
			t.Errorf("%v: %v", c.edits, got)
		}
	}
}

// A file that somebody else changes while it is being fixed is left alone.
func TestReplaceFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "அ.qmz")
	if err := os.WriteFile(file, []byte("புதிது"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(file, []byte("பழையது"), []byte("x")); err == nil {
		t.Error("a change in the meantime is overwritten")
	}
	if err := replaceFile(file, []byte("புதிது"), []byte("𝒳")); err != nil {
		t.Error(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v: permissions %v", err, info.Mode())
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "𝒳" {
		t.Errorf("%v: %q", err, text)
	}
}
