package diag

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/etamil-lang/etamil/syntax"
)

// sarifSchemaFile is the standard's own schema; docs/dependencies.md says where it is from.
const sarifSchemaFile = "testdata/sarif-schema-2.1.0.json"

// validator compiles the schema of the standard.
func validator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(sarifSchemaFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(sarifSchema, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// every is one diagnostic of each code, so that each text of the catalogue is written once.
func every() ([]Diagnostic, func(string) string) {
	const file = "அ b/கௌ.qmz"
	src := "அச்சு \"👍🏽𝒳\";;\nகௌ = 2;\n"
	span := syntax.Span{Start: strings.Index(src, ";"), End: strings.Index(src, "கௌ") + len("கௌ")}
	var list []Diagnostic
	for _, e := range Entries() {
		d := New(e.Code, file, span, "கௌ", "𝒳", "<c>", "%d")
		d.Related = []Related{{Code: NoteOpened, File: file, Span: span}, {Code: NoteOther}}
		d.Fixes = []Fix{Replace(file, span, ";"), {Code: NoteRemove, Edits: []Edit{{File: "unknown.qmz"}}}}
		if e.Severity == Warning {
			d.File = "" // has no place
		}
		list = append(list, d)
	}
	return list, func(name string) string {
		if name == file {
			return src
		}
		return ""
	}
}

func TestSARIFFitsTheStandard(t *testing.T) {
	t.Parallel()
	schema := validator(t)
	list, src := every()
	for _, lang := range []Lang{Both, Tamil, English} {
		for _, part := range [][]Diagnostic{nil, list} {
			var b bytes.Buffer
			if err := SARIF(&b, part, src, lang, "1.2.3"); err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%d findings: %v", len(part), err)
			}
		}
	}
	if schema.Validate(map[string]any{"version": "2.1.0", "runs": []any{map[string]any{}}}) == nil {
		t.Error("the schema takes a run without a tool")
	}
}

func TestSARIFPlaces(t *testing.T) {
	t.Parallel()
	src := "அச்சு \"👍🏽𝒳\";;\n"
	at := strings.Index(src, ";;") + 1
	d := New("W0004", "அ b.qmz", syntax.Span{Start: at, End: at + 1})
	d.Fixes = []Fix{Replace(d.File, d.Span, "")}
	var b bytes.Buffer
	if err := SARIF(&b, []Diagnostic{d}, func(string) string { return src }, English, ""); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	want := sarifRegion{1, 16, 1, 17} // 👍🏽 is four code units, 𝒳 two
	got := run.Results[0]
	if *got.Locations[0].Physical.Region != want || got.Fixes[0].Changes[0].Replacements[0].Deleted != want {
		t.Errorf("the place is %+v", *got.Locations[0].Physical.Region)
	}
	if run.ColumnKind != "utf16CodeUnits" || got.Level != "warning" || got.RuleIndex != 0 || run.Tool.Driver.Rules[0].ID != "W0004" {
		t.Errorf("run: %+v", run)
	}
}

func TestURIs(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.qmz":           "a.qmz",
		"அ b.qmz":         "%E0%AE%85%20b.qmz",
		"/x/அ.qmz":        "file:///x/%E0%AE%85.qmz",
		`C:\x\a.qmz`:      "file:///C:/x/a.qmz",
		"a%20b/#1.qmz":    "a%2520b/%231.qmz",
		"<stdin>":         "%3Cstdin%3E",
		"மா:2.qmz/𝒳?.qmz": "./%E0%AE%AE%E0%AE%BE:2.qmz/%F0%9D%92%B3%3F.qmz",
	} {
		if got := uriOf(name); got != want {
			t.Errorf("uriOf(%q) = %q, want %q", name, got, want)
		}
	}
}
