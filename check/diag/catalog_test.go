package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// users are the files that make codes. A code without a user or without an entry fails TestCatalogueIsWhole.
var users = []string{
	"../../syntax/codes.go", "../../syntax/module/codes.go", "../codes.go", "notes.go", "ignore.go", "../../syntax/project/codes.go",
	"../../runtime/value/codes.go", "../../runtime/vm/codes.go", "../../runtime/host/codes.go",
	"../../runtime/data/codes.go", "../../runtime/httpd/codes.go", "../../runtime/httpd/streamcodes.go", "../../runtime/task/codes.go", "../../runtime/resilience/codes.go", "../../runtime/observe/codes.go", "../../runtime/lifecycle/codes.go", "../../runtime/grpc/codes.go", "../../runtime/token/codes.go",
}

var codeForm = regexp.MustCompile(`^[EWN]\d{4}$`)

// codesIn collects the code constants of a Go file, with their comments.
func codesIn(t *testing.T, file string) map[string]string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(file), nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	codes := make(map[string]string)
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, v := range spec.Values {
			if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && codeForm.MatchString(s) {
					if _, twice := codes[s]; twice {
						t.Errorf("%s names %s twice", file, s)
					}
					codes[s] = spec.Doc.Text() + spec.Comment.Text()
				}
			}
		}
		return true
	})
	if len(codes) == 0 {
		t.Errorf("%s holds no codes", file)
	}
	return codes
}

func TestCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	used := make(map[string]string)
	for _, file := range users {
		for code, doc := range codesIn(t, file) {
			if other, twice := used[code]; twice {
				t.Errorf("%s is in %s and in %s", code, other, file)
			}
			used[code] = file
			e := Lookup(code)
			if e == nil {
				t.Errorf("%s of %s has no entry: %s", code, file, doc)
				continue
			}
			for n := range highest(doc) {
				if holder := "{" + strconv.Itoa(n); code[0] == 'E' && !strings.Contains(e.English, holder) && n > 0 {
					t.Errorf("%s never says %s, which its user documents: %s", code, holder, doc)
				}
			}
		}
	}
	for _, e := range Entries() {
		if used[e.Code] == "" {
			t.Errorf("no package uses %s (%s)", e.Code, e.English)
		}
	}
}

// highest is one more than the highest argument that a comment speaks of.
func highest(doc string) int {
	n := 0
	for _, m := range regexp.MustCompile(`\{(\d)[|}]`).FindAllStringSubmatch(doc, -1) {
		k, _ := strconv.Atoi(m[1])
		n = max(n, k+1)
	}
	return n
}

// kinds is the closed list of services.md rule 13.
var kinds = strings.Fields("பொது கணிதம் வகை புலம் அட்டவணை பெயர் அழைப்பு எல்லை காலவரம்பு நிறுத்தம் கோப்பு தளம் வலை அனுமதி சரிபார்ப்பு அமைப்பு சேவை")

func TestEntries(t *testing.T) {
	t.Parallel()
	tamil := regexp.MustCompile(`[\x{0B80}-\x{0BFF}]|^\{0\}$`)
	for _, e := range Entries() {
		for _, text := range []string{e.Tamil, e.English, e.HelpTamil, e.HelpEnglish} {
			if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q is not clean text", e.Code, text)
			}
		}
		if !tamil.MatchString(e.Tamil) || e.English == "" {
			t.Errorf("%s lacks a language", e.Code)
		}
		if (e.HelpTamil == "") != (e.HelpEnglish == "") {
			t.Errorf("%s has its help in one language only", e.Code)
		}
		if run := strings.HasPrefix(e.Code, "E03") || strings.HasPrefix(e.Code, "E04"); run != (e.Kind != "") || run && !slices.Contains(kinds, e.Kind) {
			t.Errorf("%s has the kind %q", e.Code, e.Kind)
		}
		if highest(strings.ReplaceAll(e.Tamil, "{#", "{")) != highest(e.English) {
			t.Errorf("%s: the languages differ in their arguments", e.Code)
		}
		if e.Severity != severityOf(e.Code) {
			t.Errorf("%s is a %v", e.Code, e.Severity)
		}
	}
}

// The kinds that users document beside their codes are the catalogue's.
func TestKindsAgree(t *testing.T) {
	t.Parallel()
	for _, file := range users {
		if !strings.Contains(file, "runtime") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		form := regexp.MustCompile(`\((?:kind )?([^ ()]+)\):(?s:.*?)"(E\d{4})"`)
		found := form.FindAllStringSubmatch(string(text), -1)
		if len(found) == 0 {
			t.Errorf("%s documents no kinds", file)
		}
		for _, m := range found {
			if e := Lookup(m[2]); e != nil && e.Kind != m[1] {
				t.Errorf("%s is of kind %s in %s and of kind %s here", m[2], m[1], file, e.Kind)
			}
		}
	}
}

func TestMessage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		lang Lang
		args []string
		want string
	}{
		{"E0303", English, []string{"7", "3"}, "index 7 is out of range: the length is 3"},
		{"E0303", Tamil, []string{"7", "3"}, "இடம் 7 எல்லைக்கு வெளியே உள்ளது; நீளம் 3"},
		{"E0302", Both, nil, "சுழியால் வகுக்க முடியாது  (division by zero)"},
		{"E0306", Tamil, []string{"a number"}, "இதில் [ ] கொண்டு எடுக்க முடியாது: இது ஓர் எண்; அணி, பொருள், சொல்லில் மட்டுமே முடியும்"},
		{"E0306", Tamil, []string{"கடன்"}, "இதில் [ ] கொண்டு எடுக்க முடியாது: இது கடன்; அணி, பொருள், சொல்லில் மட்டுமே முடியும்"},
		{"E0312", English, []string{"S", "கௌ", ""}, "the shape S has no field 'கௌ'; it has: none"},
		{"E0321", English, []string{"{0}{1}கௌ𝒳"}, "'{0}{1}கௌ𝒳' is not a number that fits"},
		{"E0321", English, nil, "'' is not a number that fits"},
		{"E0321", English, []string{strings.Repeat("கொ", 400)}, "'" + strings.Repeat("கொ", 300) + "…' is not a number that fits"},
		{"E9999", Both, []string{"அ", "b"}, "E9999 அ b"},
	} {
		if got := Message(c.code, c.lang, c.args...); got != c.want {
			t.Errorf("Message(%s, %d, %q) = %q, want %q", c.code, c.lang, c.args, got, c.want)
		}
	}
	if got := fill("a { } {x} {#} {#0} {1|கௌ} {0|x} {1} {", []string{"a date", ""}); got != "a { } {x} {#} ஒரு தேதி கௌ a date  {" {
		t.Errorf("fill: %q", got)
	}
}

func TestParseLang(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Lang{"ta": Tamil, "en": English, "both": Both} {
		if got, ok := ParseLang(s); !ok || got != want {
			t.Errorf("ParseLang(%q) = %v, %v", s, got, ok)
		}
	}
	if _, ok := ParseLang("தமிழ்"); ok {
		t.Error("ParseLang takes anything")
	}
}
