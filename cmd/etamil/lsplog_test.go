package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A log is put aside when it is full, the one before goes, and no record is parted or lost between them.
func TestLogTurns(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "பதிவு.log")
	if err := os.WriteFile(name, []byte("an earlier run\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const limit = 1000
	l, err := openLog(name, limit)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for i := range 100 {
		line := fmt.Sprintf("பதிவு 𝒳 %d\n", i)
		all.WriteString(line)
		if n, err := l.Write([]byte(line)); n != len(line) || err != nil {
			t.Fatal(n, err)
		}
	}
	if _, err := l.Write([]byte(strings.Repeat("x", 2*limit) + "\n")); err != nil { // longer than a log: it has one of its own
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	now, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(name + ".1")
	if err != nil {
		t.Fatal(err)
	}
	if string(now) != strings.Repeat("x", 2*limit)+"\n" || len(before) > limit || !strings.HasSuffix(all.String(), string(before)) || len(before) == 0 {
		t.Errorf("now %.40q, before %q", now, before)
	}
	if list, _ := filepath.Glob(name + "*"); len(list) != 2 {
		t.Errorf("%q", list)
	}
	if device, err := openLog(os.DevNull, 1); err != nil || device.max != 0 {
		t.Errorf("a device has a limit: %+v %v", device, err)
	} else if err := device.Close(); err != nil {
		t.Error(err)
	}
	if _, err := openLog(t.TempDir(), limit); err == nil {
		t.Error("a folder was opened")
	}
}
