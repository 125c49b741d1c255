package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGuardsThatAreNone does not serve routes whose guards are not known before the program runs.
func TestGuardsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"காவல்", `"auth"`, `["auth", 5]`, `[""]`, `["auth", பெயர்]`, `[["auth"]]`, "5", "{}"} {
		file := filepath.Join(t.TempDir(), "main.qmz")
		src := "காவல் = [\"auth\"];\nபெயர் = \"admin\";\nவழி பெறு, \"/\", " + list + " { பதில் 200, \"x\"; }\n"
		if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		code := run(context.Background(), []string{"serve", "--port", "0", file}, strings.NewReader(""), &bytes.Buffer{}, &stderr)
		if code != exitFault || !strings.Contains(stderr.String(), "E0482") && !strings.Contains(stderr.String(), "main.qmz:3:") {
			t.Errorf("%s: %d %s", list, code, stderr.String())
		}
	}
}
