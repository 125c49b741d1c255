package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// TestFmtKilled kills etamil fmt at many moments while it formats a folder: every file is the old or the new one, whole.
func TestFmtKilled(t *testing.T) {
	t.Parallel()
	before := bytes.Repeat([]byte("அச்சு   1 ; // குறிப்பு 𝒳\naccu  2;\n"), 400)
	after := bytes.Repeat([]byte("அச்சு 1; // குறிப்பு 𝒳\naccu 2;\n"), 400)
	dir := t.TempDir()
	const files = 12
	name := func(i int) string { return filepath.Join(dir, strconv.Itoa(i)+".qmz") }
	// round formats the folder, kills that after a delay and counts the files that stayed. A negative delay kills nothing.
	round := func(delay time.Duration) (olds int) {
		for i := range files {
			if err := os.WriteFile(name(i), before, 0o640); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("etamil", "fmt", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if delay >= 0 {
			time.Sleep(delay)
			_ = cmd.Process.Kill() // it may have ended by itself
		}
		if err := cmd.Wait(); err != nil && delay < 0 {
			t.Fatal(err)
		}
		for i := range files {
			text, err := os.ReadFile(name(i))
			switch {
			case err != nil:
				t.Fatal(err)
			case bytes.Equal(text, before):
				olds++
			case !bytes.Equal(text, after):
				t.Fatalf("killed after %v: file %d is neither the old nor the new one: %d bytes", delay, i, len(text))
			}
		}
		return olds
	}
	start := time.Now()
	if olds := round(-1); olds > 0 {
		t.Fatalf("%d files were not formatted", olds)
	}
	whole := time.Since(start)
	// The moments close in on those in which some files are written and others are not, however busy the machine is.
	delay, step := whole/2, whole/4
	killed := 0
	for range 24 {
		olds := round(delay)
		if olds > 0 {
			killed++
		}
		if olds < files/2 {
			delay = max(delay-step, 0)
		} else {
			delay += step
		}
		step = max(step*3/4, whole/64)
	}
	if info, err := os.Stat(name(0)); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is not kept: %v, %v", info.Mode(), err)
	}
	if killed == 0 {
		t.Error("it was never killed before its end")
	}
}
