package syntax

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds text to a file, or writes the file under -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run go test ./syntax -update and read the change\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			other := "(nothing)"
			if i < len(w) {
				other = w[i]
			}
			return "got:  " + g[i] + "\nwant: " + other
		}
	}
	return "the golden file goes on"
}

func TestGrammarDocument(t *testing.T) {
	golden(t, filepath.Join("..", "docs", "grammar.ebnf"), EBNF())
}

var (
	ebnfRule = regexp.MustCompile(`(?m)^([A-Z]\w*) += `)
	ebnfName = regexp.MustCompile(`\b[A-Z][A-Za-z]+\b`)
	ebnfSkip = regexp.MustCompile(`(?s)\(\*.*?\*\)|"[^"]*"`)
)

// Every rule that a rule mentions exists, and every token has a spelling.
func TestGrammarIsClosed(t *testing.T) {
	t.Parallel()
	text := EBNF()
	rules := map[string]bool{}
	for _, m := range ebnfRule.FindAllStringSubmatch(text, -1) {
		rules[m[1]] = true
	}
	for _, name := range ebnfName.FindAllString(ebnfSkip.ReplaceAllString(text, ""), -1) {
		if !rules[name] {
			t.Errorf("no rule for %s", name)
		}
	}
	if strings.Contains(text, `""`) || strings.Contains(text, "<") && regexp.MustCompile(`<\w+>`).MatchString(text) {
		t.Error("a token has no spelling")
	}
}

// Every production is reached by a file of testdata/trees.
func TestEveryProductionIsReached(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, path := range glob(t, "testdata/trees/*.qmz") {
		f := Parse(path, read(t, path))
		Walk(f, func(n Node) bool {
			seen[strings.Fields(label(n))[0]] = true
			return true
		})
	}
	nodes := map[string]string{"NameFirst": "VarDecl", "ConstDecl": "VarDecl", "Command": "WordStmt", "BlockWord": "WordStmt"}
	stmt := regexp.MustCompile(`(?m)^Stmt = (.*) \.$`).FindStringSubmatch(grammar().catalog.String())
	for _, name := range strings.Split(stmt[1], " | ") {
		if n, ok := nodes[name]; ok {
			name = n
		}
		if !seen[name] {
			t.Errorf("no test file holds a %s", name)
		}
	}
	for _, name := range []string{
		"BreakStmt", "ContinueStmt", "NameExpr", "NumberLit", "TextLit", "ConstLit", "ArrayLit", "RecordLit", "RecordField",
		"UnaryExpr", "BinaryExpr", "CompareChain", "CallExpr", "IndexExpr", "FieldExpr", "TryExpr", "ParenExpr", "LambdaExpr",
		"Block", "Signature", "Param", "FieldDecl", "Type", "Name",
	} {
		if !seen[name] {
			t.Errorf("no test file holds a %s", name)
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file matches %s (%v)", pattern, err)
	}
	return paths
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return src
}
