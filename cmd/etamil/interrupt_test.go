package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestInterrupt stops a program that computes for ever and one that waits for input for ever.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	for name, program := range map[string]string{"loop": `(மெய்) சுற்று { அ = 1; }`, "input": `உள்ளிடு அ;`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "a.qmz")
			if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
				t.Fatal(err)
			}
			silent, hold := io.Pipe()
			defer func() { _ = hold.Close() }() // lets the reader go
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			var errs strings.Builder
			if code := run(ctx, []string{"run", file}, silent, io.Discard, &errs); code != exitInterrupted || errs.Len() > 0 {
				t.Errorf("exit %d: %s", code, errs.String())
			}
		})
	}
}
