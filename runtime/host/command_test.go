//go:build unix

package host

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// allow is a world whose environment holds the list of allowed programs, and one secret.
func allow(dir string, entries ...string) Env {
	return Env{Dir: dir, LookupEnv: func(name string) (string, bool) {
		switch name {
		case allowVariable:
			return strings.Join(entries, string(filepath.ListSeparator)), len(entries) > 0
		case "ETAMIL_JWT_SECRET":
			return "இரகசியம்", true
		default:
			return os.LookupEnv(name)
		}
	}}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	check(t, allow(dir, "", "sh", "echo", "no-such-program"), []row{
		{"கட்டளை_ஓட்டு", list("echo", list("கௌ", "𝒳 👍🏽", "$HOME; *"), 5), "சரி({நிலை: 0, பிழை: , வெளியீடு: கௌ 𝒳 👍🏽 $HOME; *\n})"},
		{"kattaLY_Ottu", list("sh", list("-c", "echo out; echo err >&2; exit 3"), 5), "சரி({நிலை: 3, பிழை: err\n, வெளியீடு: out\n})"},
		{"_run", list("sh", list("-c", "kill -9 $$"), 5), "சரி({நிலை: -1, பிழை: , வெளியீடு: })"},
		{"கட்டளை_ஓட்டு", list("sh", list("-c", "cat; echo end"), "5"), "சரி({நிலை: 0, பிழை: , வெளியீடு: end\n})"},
		{"கட்டளை_ஓட்டு", list("sh", list("-c", `printf 'a\377b'`), 5), "சரி({நிலை: 0, பிழை: , வெளியீடு: a\uFFFDb})"},
		{"கட்டளை_ஓட்டு", list("sh", list("-c", "pwd"), 5), "சரி({நிலை: 0, பிழை: , வெளியீடு: " + dir + "\n})"},
		{"கட்டளை_ஓட்டு", list("sh", list("-c", "env"), 5), "சரி({நிலை: 0, பிழை: , வெளியீடு: …"},
		{"கட்டளை_ஓட்டு", list("sh", list("-c", "echo [$ETAMIL_JWT_SECRET$ETAMIL_EXEC_ALLOW]"), 5), "சரி({நிலை: 0, பிழை: , வெளியீடு: []\n})"},
		{"கட்டளை_ஓட்டு", list("cat", list(), 5), "தவறு(நிரல் \"cat\": ETAMIL_EXEC_ALLOW இல் அனுமதி இல்லை  (program \"cat\": is not allowed by ETAMIL_EXEC_ALLOW))"},
		{"கட்டளை_ஓட்டு", list("no-such-program", list(), 5), "தவறு(நிரல் \"no-such-program\": நிரல் இல்லை  (…"},
		{"கட்டளை_ஓட்டு", list("", list(), 5), "தவறு(நிரல் \"\": …"},
		{"கட்டளை_ஓட்டு", list("sh", "-c", 5), "! E0370: கட்டளை_ஓட்டு, 2, a string"},
		{"கட்டளை_ஓட்டு", list("sh", list(), 0), "! E0392: கட்டளை_ஓட்டு, 0, 86400"},
		{"கட்டளை_ஓட்டு", list("sh", list(), "x"), "! E0392: கட்டளை_ஓட்டு, x, 86400"},
		{"கட்டளை_ஓட்டு", list("sh", list(), 86401), "! E0392: கட்டளை_ஓட்டு, 86401, 86400"},
		{"கட்டளை_ஓட்டு", list("sh", list(), num("1e20")), "! E0392: கட்டளை_ஓட்டு, 1…"},
	})
	for _, e := range []Env{{}, allow(""), allow("", "")} {
		if got := result(t, e, "கட்டளை_ஓட்டு", "sh", list(), 5); !strings.Contains(got, "not allowed") {
			t.Errorf("without a list: %s", got)
		}
	}
}

// What is allowed is a file, not a name: the same name elsewhere is not, and neither is another program behind the same link.
func TestCommandIsOneFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	script := func(name, says string) error {
		return os.WriteFile(at(name), []byte("#!/bin/sh\necho "+says+" \"${0##*/}\"\n"), 0o755)
	}
	err := errors.Join(os.Mkdir(at("a"), 0o755), os.Mkdir(at("b"), 0o755), script("a/கருவி", "A"), script("b/கருவி", "B"),
		os.Symlink("a", at("link")), os.Symlink("../a/கருவி", at("b/same")), os.Symlink("கருவி", at("a/alias")), os.Symlink("/bin/sh", at("a/sh")))
	if err != nil {
		t.Fatal(err)
	}
	const yes, no = "சரி({நிலை: 0, பிழை: , வெளியீடு: A கருவி\n})", "is not allowed"
	for _, c := range []struct{ entry, program, want string }{
		{at("a/கருவி"), at("a/கருவி"), yes},
		{at("a/கருவி"), "a/கருவி", yes},
		{"./a/../a/கருவி", at("link/கருவி"), yes},
		{at("link/கருவி"), "a/கருவி", yes},
		{at("a/கருவி"), "b/same", yes}, // the link leads to the allowed file, which runs under its own name
		{at("a/alias"), "a/கருவி", no}, // only under the name that was allowed
		{at("a/கருவி"), at("b/கருவி"), no},
		{"கருவி", at("b/கருவி"), no},
		{"sh", at("a/கருவி"), no},
		{at("a/கருவி"), "sh", no},
		{at("a"), at("a"), no},
	} {
		got := result(t, allow(dir, c.entry), "கட்டளை_ஓட்டு", c.program, list(), 5)
		if got != c.want && (c.want != no || !strings.Contains(got, no)) {
			t.Errorf("%s where %s is allowed: %s", c.program, c.entry, got)
		}
	}
}

// The time limit ends the program and all that it started, at once.
func TestCommandTimeLimit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	began := time.Now()
	got := result(t, allow(dir, "sh"), "கட்டளை_ஓட்டு", "sh", list("-c", "sleep 60 & echo $! > pid; wait"), num("0.5"))
	if !strings.Contains(got, "took longer than its time limit") || !strings.Contains(got, "கால வரம்பைத்") {
		t.Errorf("a sleeper: %s", got)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	mustBeGone(t, filepath.Join(dir, "pid"))
}

// A child that outlives its program is ended, and does not hold up the answer.
func TestCommandLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	began := time.Now()
	got := result(t, allow(dir, "sh"), "கட்டளை_ஓட்டு", "sh", list("-c", "sleep 60 & echo $! > pid; echo வந்தது"), 30)
	if got != "சரி({நிலை: 0, பிழை: , வெளியீடு: வந்தது\n})" || time.Since(began) > 10*time.Second {
		t.Errorf("%s after %v", got, time.Since(began))
	}
	mustBeGone(t, filepath.Join(dir, "pid"))
}

// mustBeGone waits for the end of the process whose number a file holds. A dead one that nobody has waited for counts.
func mustBeGone(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		state, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || strings.Contains(string(state), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d still runs", pid)
}

// A program that never stops talking is ended.
func TestCommandOutputLimit(t *testing.T) {
	t.Parallel()
	for _, script := range []string{"yes", "yes >&2"} {
		got := result(t, allow("", "sh"), "கட்டளை_ஓட்டு", "sh", list("-c", script), 30)
		if !strings.Contains(got, "wrote more than 10 MB") {
			t.Errorf("%s: %.200s", script, got)
		}
	}
}

// A stopped run stops its program, and the output is charged.
func TestCommandBelongsToTheRun(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer stop()
	command := func(m *meter, script string) error {
		_, err := runCommand(&call{host: newHost(allow("", "sh")), machine: m, word: "run", args: vals("sh", list("-c", script), 60)})
		return err
	}
	began := time.Now()
	if err := command(&meter{left: math.MaxInt, ctx: ctx}, "sleep 60"); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 10*time.Second {
		t.Errorf("a stopped run: %v after %v", err, time.Since(began))
	}
	m := &meter{left: 1000}
	if err := command(m, "yes | head -c 5000"); !errors.Is(err, errMemory) || m.flushed == 0 {
		t.Errorf("with 1000 bytes left: %v, written %d times", err, m.flushed)
	}
}

func TestSeconds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"1": time.Second, "0.25": 250 * time.Millisecond, "0.00001": time.Millisecond, "86400": 24 * time.Hour, "-1": 0, "0": 0, "86400.001": 0,
	} {
		n, _ := value.ParseNumber(text)
		if got, ok := seconds(n.Decimal()); ok != (want > 0) || ok && got != want {
			t.Errorf("%s seconds = %v, %v", text, got, ok)
		}
	}
}
