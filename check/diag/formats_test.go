package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	list, src := every()
	var b bytes.Buffer
	if err := JSON(&b, list, src, Summary{Files: 2, Errors: 1, Milliseconds: 7}); err != nil {
		t.Fatal(err)
	}
	var report jsonReport
	if err := json.Unmarshal(b.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	if report.Version != jsonVersion || len(report.Diagnostics) != len(list) || report.Summary.Files != 2 {
		t.Fatalf("version %d, %d findings, %+v", report.Version, len(report.Diagnostics), report.Summary)
	}
	for i, d := range report.Diagnostics {
		if d.Code != list[i].Code || d.Message.Tamil == "" || d.Message.English == "" || (d.Range == nil) != (list[i].File == "") {
			t.Errorf("%+v", d)
		}
	}
	at := report.Diagnostics[0].Range
	if want := (jsonPlace{1, 9, 15, 31, 30}); at.Start != want {
		t.Errorf("starts at %+v, want %+v", at.Start, want)
	}
	if want := (jsonPlace{2, 2, 3, 7, 39}); at.End != want {
		t.Errorf("ends at %+v, want %+v", at.End, want)
	}
}

func TestEmptyReports(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := JSON(&b, nil, nil, Summary{}); err != nil || !strings.Contains(b.String(), `"diagnostics": []`) {
		t.Errorf("%v: %s", err, b.String())
	}
	if err := JSON(brokenPipe{}, nil, nil, Summary{}); err == nil {
		t.Error("JSON hides the writer's error")
	}
	if err := GitHub(brokenPipe{}, []Diagnostic{New("W0004", "", syntax.Span{})}, nil, Both); err == nil {
		t.Error("GitHub hides the writer's error")
	}
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	src := "\"கௌ\n𝒳\"; அ;;\n"
	at := strings.LastIndex(src, ";")
	over := New("E0005", "a,b:c%.qmz", syntax.Span{Start: 0, End: at})
	one := New("W0004", "a,b:c%.qmz", syntax.Span{Start: at, End: at + 1})
	note := New("N0003", "", syntax.Span{}, "x\r\ny%")
	var b strings.Builder
	if err := GitHub(&b, []Diagnostic{over, one, note}, func(string) string { return src }, English); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines:\n%s", len(lines), b.String())
	}
	for i, want := range []string{
		"::error file=a%2Cb%3Ac%25.qmz,line=1,endLine=2,title=E0005::",
		"::warning file=a%2Cb%3Ac%25.qmz,line=2,endLine=2,col=8,endColumn=9,title=W0004::",
		"::notice title=N0003::'x",
	} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	if strings.HasSuffix(lines[2], "y%' was made fixed here") {
		t.Errorf("not escaped: %q", lines[2])
	}
}
