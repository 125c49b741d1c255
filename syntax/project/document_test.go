package project

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "rewrite docs/etamil.toml.md")

const documentFile = "../../docs/etamil.toml.md"

// The page in docs says what the table says.
func TestDocumentIsCurrent(t *testing.T) {
	t.Parallel()
	got := Document()
	if *update {
		if err := os.WriteFile(documentFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(documentFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date: go test ./syntax/project -update", documentFile)
	}
	if p, faults := Parse("etamil.toml", []byte(Example)); len(faults) > 0 || p.Int("server.max_upload") != 64<<20 || len(p.Rules()) != 2 {
		t.Errorf("the example: %+v", faults)
	}
}

func TestEnvNames(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"server.max_body": "ETAMIL_SERVER_MAX_BODY", "database.கிளை-1.url": "ETAMIL_DATABASE_கிளை_1_URL"} {
		if got := EnvName(path); got != want {
			t.Errorf("EnvName(%q) = %q, want %q", path, got, want)
		}
	}
}
