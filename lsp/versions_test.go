package lsp

import (
	"os"
	"strings"
	"testing"
)

// The versions that the chain of lsp/rpc was written for: what go list calls the latest is years older.
func TestVersions(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"go.lsp.dev/protocol v1.0.1\n", "go.lsp.dev/jsonrpc2 v1.0.1\n", "go.lsp.dev/uri v1.0.1\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("go.mod does not ask for %s", want)
		}
	}
}
