package main

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/data"
)

// TestAcceptanceLog serves the first part of acceptance program 05, the log; its other words come later. Its log lines are expected to
// hold at least what the //=> lines say.
func TestAcceptanceLog(t *testing.T) {
	t.Parallel()
	src := acceptanceText(t, "canonical", "05_kaNkANippu")
	part, _, found := strings.Cut(src, "மெட்ரிக்_எண்")
	if !found {
		t.Fatal("there is no first part")
	}
	file := write(t, part+"\nவழி பெறு, \"/\" { பதிவு_தகவல்(\"asked\", {\"trace_id\": \"x\"}); பணி_உருவாக்கு \"அ\" { பதிவு_எச்சரிக்கை(\"பணி\"); } பதில் 200, தடம்; }\nதடம் = 1;\n")
	p := startProcess(t, filepath.Dir(file), "serve", "--port", "0", "--log", "json", file)
	base := p.address(t)
	expect(t, base, "GET / 200 1")
	for end := time.Now().Add(time.Minute); !strings.Contains(p.stderr(), "பணி") && time.Now().Before(end); time.Sleep(time.Millisecond) {
	}
	p.signal(t, syscall.SIGTERM)
	if code := p.wait(t); code != exitOK {
		t.Errorf("%d\n%s", code, p.stderr())
	}
	var lines []map[string]any
	for line := range strings.Lines(p.stderr()) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Errorf("no JSON: %s", line)
		}
		lines = append(lines, fields)
	}
	wantLogs := []string{`{"level":"info","event":"asked","trace_id_":"x"}`, `{"level":"warn","event":"பணி"}`}
	for line := range strings.Lines(src) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "//=> log "); ok {
			wantLogs = append(wantLogs, text)
		}
	}
	for _, want := range wantLogs {
		if !anyHolds(t, lines, want) {
			t.Errorf("nothing like %s in\n%s", want, p.stderr())
		}
	}
	trace := regexp.MustCompile(`"event":"(?:asked|பணி)","trace_id":"([0-9a-f]{32})"`).FindAllStringSubmatch(p.stderr(), -1)
	if len(trace) != 2 || trace[0][1] != trace[1][1] {
		t.Errorf("the task is not of its request's trace:\n%s", p.stderr())
	}
	if strings.Contains(p.stderr(), "hidden") || !strings.Contains(p.stderr(), `"trace_id":"`) {
		t.Error(p.stderr())
	}
}

// anyHolds tells whether one of the lines has at least the fields of a JSON object.
func anyHolds(t *testing.T, lines []map[string]any, want string) bool {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(want), &fields); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		holds := true
		for key, v := range fields {
			holds = holds && reflect.DeepEqual(line[key], v)
		}
		if holds {
			return true
		}
	}
	return false
}

// TestLogLevel takes the level from the project and the environment, until the program says another.
func TestLogLevel(t *testing.T) {
	t.Parallel()
	const program = `பதிவு_வழுநீக்கம்("அ"); பதிவு_தகவல்("ஆ"); பதிவு_பிழை("இ"); பதிவு_நிலை "எச்சரிக்கை"; பதிவு_தகவல்("ஈ"); பதிவு_எச்சரிக்கை("உ");`
	for _, tt := range []struct{ toml, env, want string }{
		{"", "ETAMIL_PATH=", "ஆ இ உ"},
		{"[log]\nlevel = \"error\"\n", "ETAMIL_PATH=", "இ உ"},
		{"[log]\nlevel = \"error\"\n", "ETAMIL_LOG_LEVEL=debug", "அ ஆ இ உ"},
	} {
		file := write(t, program)
		writeFile(t, filepath.Join(filepath.Dir(file), projectFile), tt.toml)
		p := startProcess(t, ".", tt.env, "run", file)
		code := p.wait(t)
		var events []string
		for line := range strings.Lines(p.stderr()) {
			_, event, _ := strings.Cut(strings.TrimSpace(line), "event=")
			events = append(events, event)
		}
		if got := strings.Join(events, " "); code != exitOK || got != tt.want {
			t.Errorf("%q and %s: %d %q, not %q", tt.toml, tt.env, code, got, tt.want)
		}
	}
}

// TestProjectDatabase runs and serves a program that declares no database, in a project that does.
func TestProjectDatabase(t *testing.T) {
	t.Parallel()
	file := write(t, `தளம்_செய் "CREATE TABLE IF NOT EXISTS t (n INTEGER)", []; தளம்_செய் "INSERT INTO t VALUES (1)", []; அச்சு நீளம்(தளம்_வினா("SELECT n FROM t", []));
வழி பெறு, "/" { பதில் 200, நீளம்(தளம்_வினா("SELECT n FROM t", [])); }`)
	dir := filepath.Dir(file)
	writeFile(t, filepath.Join(dir, projectFile), "[database.main]\npath = \"p.db\"\n")
	if got := output(t, "run", file); got != "1\n" {
		t.Errorf("it printed %q", got)
	}
	addr, log := startServer(t, "serve", "--log", "off", file)
	if status, body := ask(t, "GET", "http://"+addr+"/", ""); status != 200 || body != "2" {
		t.Errorf("%d %s\n%s", status, body, log())
	}
	if _, err := data.Open(filepath.Join(dir, "p.db"), data.Options{}); err != nil {
		t.Error(err)
	}
}
