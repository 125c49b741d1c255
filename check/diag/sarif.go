package diag

import (
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// The names of the SARIF form (OASIS, version 2.1.0).
const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifColumns = "utf16CodeUnits"
)

// The parts of a SARIF log that we write; the names are the standard's.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string      `json:"id"`
		Short         sarifText   `json:"shortDescription"`
		Full          *sarifText  `json:"fullDescription,omitempty"`
		Help          *sarifText  `json:"help,omitempty"`
		Configuration sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// SARIF writes the findings as a log of SARIF 2.1.0 with one run, whose columns count UTF-16 code units. The version is
// the tool's own. The error is the writer's.
func SARIF(w io.Writer, list []Diagnostic, src func(file string) string, lang Lang, version string) error {
	r := NewRenderer(src, Options{Lang: lang})
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "etamil", Version: version, Rules: []sarifRule{}}},
		ColumnKind: sarifColumns, Results: make([]sarifResult, 0, len(list)),
	}
	index := make(map[string]int)
	for _, code := range codesOf(list) {
		index[code] = len(index)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(code, lang))
	}
	for _, d := range list {
		run.Results = append(run.Results, r.sarif(d, index[d.Code]))
	}
	return writeJSON(w, sarifLog{sarifSchema, sarifVersion, []sarifRun{run}})
}

// codesOf are the codes of a list, each once and in order.
func codesOf(list []Diagnostic) []string {
	codes := make([]string, 0, len(list))
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func sarifRuleOf(code string, lang Lang) sarifRule {
	rule := sarifRule{ID: code, Configuration: sarifConfig{sarifLevel(severityOf(code))}}
	rule.Short.Text = Gist(code, lang)
	if x, ok := Explanation(code); ok {
		rule.Full = &sarifText{x.Text(lang)}
	}
	return rule
}

func sarifLevel(s Severity) string { return s.String() } // the words are the standard's own

func (r *Renderer) sarif(d Diagnostic, rule int) sarifResult {
	res := sarifResult{RuleID: d.Code, RuleIndex: rule, Level: sarifLevel(d.Severity), Message: sarifText{d.Message(r.opt.Lang)}}
	if d.File != "" {
		res.Locations = []sarifLocation{{Physical: r.physical(d.File, d.Span)}}
	}
	for _, rel := range d.Related {
		if rel.File == "" {
			continue
		}
		text := sarifText{Message(rel.Code, r.opt.Lang, rel.Args...)}
		res.Related = append(res.Related, sarifLocation{r.physical(rel.File, rel.Span), &text})
	}
	for _, f := range d.Fixes {
		if fix, ok := r.sarifFix(f); ok {
			res.Fixes = append(res.Fixes, fix)
		}
	}
	return res
}

// sarifFix is a fix whose files are all known.
func (r *Renderer) sarifFix(f Fix) (sarifFix, bool) {
	fix := sarifFix{Description: sarifText{Message(f.Code, r.opt.Lang, f.Args...)}}
	for _, e := range f.Edits {
		region := r.region(e.File, e.Span)
		if region == nil {
			return fix, false
		}
		put := sarifReplacement{*region, sarifText{e.Text}}
		uri := uriOf(e.File)
		if i := slices.IndexFunc(fix.Changes, func(c sarifChange) bool { return c.Artifact.URI == uri }); i >= 0 {
			fix.Changes[i].Replacements = append(fix.Changes[i].Replacements, put)
			continue
		}
		fix.Changes = append(fix.Changes, sarifChange{sarifArtifact{uri}, []sarifReplacement{put}})
	}
	return fix, len(fix.Changes) > 0
}

func (r *Renderer) physical(file string, s syntax.Span) sarifPhysical {
	return sarifPhysical{sarifArtifact{uriOf(file)}, r.region(file, s)}
}

// region is a place in UTF-16 code units from 1; the end column is the one after the last.
func (r *Renderer) region(file string, s syntax.Span) *sarifRegion {
	m := r.lines(file)
	if m == nil {
		return nil
	}
	line, col := m.UTF16(s.Start)
	endLine, endCol := m.UTF16(s.End)
	return &sarifRegion{line + 1, col + 1, endLine + 1, endCol + 1}
}

// uriOf is a file's name as a URI: relative as it is shown, or with the scheme file where it is absolute.
func uriOf(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	switch {
	case path.IsAbs(file):
		return (&url.URL{Scheme: "file", Path: file}).String()
	case len(file) > 2 && file[1] == ':' && file[2] == '/':
		return (&url.URL{Scheme: "file", Path: "/" + file}).String()
	}
	return (&url.URL{Path: file}).String()
}
