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

// TestFmtKilled kills etamil fmt at twenty moments while it formats a folder: every file is the old or the new one, whole.
func TestFmtKilled(t *testing.T) {
	t.Parallel()
	before := bytes.Repeat([]byte("அச்சு   1 ; // குறிப்பு 𝒳\naccu  2;\n"), 400)
	after := bytes.Repeat([]byte("அச்சு 1; // குறிப்பு 𝒳\naccu 2;\n"), 400)
	dir := t.TempDir()
	const files = 12
	name := func(i int) string { return filepath.Join(dir, strconv.Itoa(i)+".qmz") }
	olds, news := 0, 0
	whole := time.Duration(0) // how long an undisturbed run takes
	for kill := range 21 {
		for i := range files {
			if err := os.WriteFile(name(i), before, 0o640); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("etamil", "fmt", dir)
		start := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if kill == 0 {
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
			whole = time.Since(start)
		}
		time.Sleep(whole * time.Duration(kill) / 21)
		_ = cmd.Process.Kill() // the first ended by itself, the last may have
		_ = cmd.Wait()         // the error is that it was killed
		for i := range files {
			text, err := os.ReadFile(name(i))
			switch {
			case err != nil:
				t.Fatal(err)
			case bytes.Equal(text, before):
				olds++
			case bytes.Equal(text, after):
				news++
			default:
				t.Fatalf("kill %d: file %d is neither the old nor the new one: %d bytes", kill, i, len(text))
			}
		}
	}
	if info, err := os.Stat(name(0)); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is not kept: %v, %v", info.Mode(), err)
	}
	if olds == 0 || news == 0 {
		t.Errorf("the kills came too early or too late: %d old files, %d new ones", olds, news)
	}
}
