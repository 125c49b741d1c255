package lsp

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// timing measures requests and reports their median and 95th percentile.
type timing struct {
	b     *testing.B
	c     *client
	order []string
	times map[string][]time.Duration
}

func (m *timing) ask(name, method, params string) {
	m.b.Helper()
	start := time.Now()
	if _, err := m.c.call(method, m.c.raw(params)); err != nil {
		m.b.Fatal(name, err)
	}
	if m.times == nil {
		m.times = map[string][]time.Duration{}
	}
	if m.times[name] == nil {
		m.order = append(m.order, name)
	}
	m.times[name] = append(m.times[name], time.Since(start))
}

func (m *timing) report() {
	for _, name := range m.order {
		list := m.times[name]
		slices.Sort(list)
		m.b.ReportMetric(float64(list[len(list)/2].Microseconds())/1000, name+"-p50-ms")
		m.b.ReportMetric(float64(list[len(list)*95/100].Microseconds())/1000, name+"-p95-ms")
	}
}

// navProgram is a program of about n lines: functions that call each other, a variable that all read, shapes.
func navProgram(lines int) string {
	var b strings.Builder
	b.WriteString("வீதம்_ = 18; // 𝒳\nவடிவம் ஆள் { சொல் பெயர், எண் வயது }\n")
	for i := range lines / 10 {
		fmt.Fprintf(&b, `// 👍🏽 %d
செயல் வரி%d(த, வ) {
    மொத்தம் = த * வ + வீதம்_;
    ஒருவர் = ஆள்{பெயர்: "𝒳", வயது: மொத்தம்};
    ஒவ்வொரு எ இல் [1, 2, 3] {
        மொத்தம் = மொத்தம் + எ + ஒருவர்.வயது;
    }
    திரும்பு மொத்தம் + பொதுவான(த);
}
அச்சு வரி%d(%d, 2);
`, i, i, i, i)
	}
	b.WriteString("செயல் பொதுவான(அ) { திரும்பு அ; }\n")
	return b.String()
}

// BenchmarkNavigation publishes how long requests take in one long file, each time after a keystroke.
func BenchmarkNavigation(b *testing.B) {
	for _, lines := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("lines=%d", lines), func(b *testing.B) {
			dir := b.TempDir()
			name := filepath.Join(dir, "main.qmz")
			c := open(b, "utf-16", dir)
			c.trusting = true
			c.openText(name, navProgram(lines))
			doc := fmt.Sprintf(`{"textDocument":{"uri":%q}`, uriOf(filepath.ToSlash(name)))
			at := func(line, col int) string {
				return fmt.Sprintf(`%s,"position":{"line":%d,"character":%d}`, doc, line, col)
			}
			m := &timing{b: b, c: c}
			c.call("textDocument/diagnostic", c.raw(doc+"}"))
			version := 1
			for i := range b.N {
				version++
				line := (i * 7 % (lines / 10)) * 10
				c.replace(name, version, line+4, 4, 4, "1")
				version++
				c.replace(name, version, line+4, 4, 5, "")
				m.ask("check", "textDocument/diagnostic", doc+"}")
				m.ask("definition", "textDocument/definition", at(line+4, 24)+"}")
				m.ask("typeDefinition", "textDocument/typeDefinition", at(line+5, 6)+"}")
				m.ask("highlight", "textDocument/documentHighlight", at(line+4, 24)+"}")
				m.ask("references", "textDocument/references", at(line+4, 24)+`,"context":{"includeDeclaration":true}}`)
				m.ask("references-field", "textDocument/references", at(line+7, 41)+`,"context":{"includeDeclaration":true}}`)
				m.ask("rename-local", "textDocument/rename", at(line+4, 6)+`,"newName":"புதியது"}`)
				m.ask("rename", "textDocument/rename", at(line+4, 24)+`,"newName":"புதியது"}`)
				m.ask("outline", "textDocument/documentSymbol", doc+"}")
				m.ask("symbols", "workspace/symbol", `{"query":"vari1"}`)
				m.ask("lenses", "textDocument/codeLens", doc+"}")
				m.ask("lens", "codeLens/resolve", fmt.Sprintf(`{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"data":{"uri":%q,"at":{"line":%d,"character":8}}}`,
					uriOf(filepath.ToSlash(name)), line+3))
				m.ask("links", "textDocument/documentLink", doc+"}")
				m.ask("hints", "textDocument/inlayHint", fmt.Sprintf(`%s,"range":{"start":{"line":%d,"character":0},"end":{"line":%d,"character":0}}}`, doc, line, line+50))
			}
			m.report()
		})
	}
}

// BenchmarkWorkspaceNavigation publishes how long requests take that look through a thousand files: a name that all use, in
// one program, and a hundred thousand declarations.
func BenchmarkWorkspaceNavigation(b *testing.B) {
	dir := b.TempDir()
	var main strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&main, "இறக்கு \"m%d.qmz\";\n", i)
		var text strings.Builder
		text.WriteString("இறக்கு \"பொது.qmz\"; // 𝒳\n")
		for k := range 99 {
			fmt.Fprintf(&text, "செயல் கணக்கு%d_%d(அ) { திரும்பு அ + %d; }\n", i, k, k)
		}
		fmt.Fprintf(&text, "அச்சு பொதுவான(%d);\n", i)
		writeFile(b, filepath.Join(dir, fmt.Sprintf("m%d.qmz", i)), text.String())
	}
	writeFile(b, filepath.Join(dir, "main.qmz"), main.String())
	common := "செயல் பொதுவான(அ) { திரும்பு அ; }\n"
	writeFile(b, filepath.Join(dir, "பொது.qmz"), common)
	c := open(b, "utf-16", dir)
	c.trusting = true
	c.scanned()
	name := filepath.Join(dir, "பொது.qmz")
	c.openText(name, common)
	doc := fmt.Sprintf(`{"textDocument":{"uri":%q}`, uriOf(filepath.ToSlash(name)))
	m := &timing{b: b, c: c}
	for i := range b.N {
		first := ""
		if i == 0 {
			first = "-first"
		}
		m.ask("references"+first, "textDocument/references", doc+`,"position":{"line":0,"character":8},"context":{"includeDeclaration":true}}`)
		m.ask("rename"+first, "textDocument/rename", doc+`,"position":{"line":0,"character":8},"newName":"புதியது"}`)
		m.ask("symbols"+first, "workspace/symbol", `{"query":"kaNakku77"}`)
		m.ask("symbols-loose"+first, "workspace/symbol", `{"query":"கனக்கு"}`)
		m.ask("symbols-all"+first, "workspace/symbol", `{"query":""}`)
	}
	m.report()
}
