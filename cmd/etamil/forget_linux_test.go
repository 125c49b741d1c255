package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestForgetStart: a server that has begun holds little of the file that it was started from, and still answers; dev, which
// reads programs again and again, keeps what it needs for that.
func TestForgetStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.qmz"), []byte(`வழி பெறு, "/" { பதில் 200, "வணக்கம்"; }`), 0o600); err != nil {
		t.Fatal(err)
	}
	held := map[string]int{}
	for _, command := range []string{"dev", "serve"} {
		p := startProcess(t, dir, command, "--port", "0", dir)
		base := p.address(t)
		if status, body := ask(t, "GET", base+"/", ""); status != 200 || body != "வணக்கம்" {
			t.Errorf("%s: %d %s", command, status, body)
		}
		held[command] = mapped(t, p.cmd.Process.Pid)
	}
	if held["serve"] > held["dev"]*3/4 {
		t.Errorf("serve holds %d KB of files, dev %d KB", held["serve"], held["dev"])
	}
}

// mapped is how much of files a process has in memory, in KB.
func mapped(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "RssFile:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return kb
		}
	}
	t.Fatal("the system does not tell")
	return 0
}
