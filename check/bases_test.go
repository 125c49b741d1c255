package check

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// documents is a Source of an editor: every file is a Document, whose statements were parsed apart.
type documents struct {
	module.Source
	open map[string]*syntax.Document
}

func (d documents) Parsed(id string) (*syntax.File, bool) {
	if doc := d.open[id]; doc != nil {
		return doc.File(), true
	}
	return nil, false
}

// splices are what is typed, pasted and deleted.
var splices = []string{
	"", "", "x", ";", "\n", "{", "}", "(", "\"", "\r\n", "அச்சு 1;\n", "செயல் ப(𝒳) { திரும்பு 1; }\n", " // 👍🏽\n", "இறக்கு \"x.qmz\";\n", "𑿀",
	"வடிவம் வ { எண் ப; }\n", ".", " = 5;", "வழி பெறு, \"/ப\" { பதில் 200, 1; }\n",
}

// What is said of a program does not depend on whether its files were parsed whole or statement by statement.
func TestPartsAsWhole(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 8))
	ctx := context.Background()
	shifted := 0
	for _, ex := range examples(t) {
		files := fstest.MapFS{}
		src := documents{module.FS(files), map[string]*syntax.Document{}}
		var names []string
		for name, f := range ex.files {
			if strings.HasPrefix(name, strings.TrimSuffix(ex.entry, "main.qmz")) {
				files[name] = &fstest.MapFile{Data: f.Data}
				src.open[name] = syntax.NewDocument(name, string(f.Data))
				names = append(names, name)
			}
		}
		slices.Sort(names)
		s := NewSession()
		for range 10 {
			name := names[r.IntN(len(names))]
			old := src.open[name]
			start := r.IntN(len(old.Text()) + 1)
			end := min(start+r.IntN(2)*r.IntN(40), len(old.Text()))
			src.open[name] = old.Edit(start, end, splices[r.IntN(len(splices))])
			files[name] = &fstest.MapFile{Data: []byte(src.open[name].Text())}
			parts, _ := module.Load(ctx, src, module.Entry{Path: ex.entry})
			whole, _ := module.Load(ctx, module.FS(files), module.Entry{Path: ex.entry})
			for _, it := range parts.Items {
				if it.Base != 0 {
					shifted++
				}
			}
			got, want := shownAll(s.Check(ctx, parts, Options{})), shownAll(Program(ctx, whole, Options{}))
			if !slices.Equal(got, want) {
				t.Fatalf("%s:\n%s\nparsed in parts:\n%s\nwhole:\n%s", name, src.open[name].Text(), strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if got, want := shownAll(Core(parts)), shownAll(Core(whole)); !slices.Equal(got, want) {
				t.Fatalf("%s: the core says %v of parts, %v of the whole", name, got, want)
			}
		}
	}
	if shifted == 0 {
		t.Error("no statement was parsed apart")
	}
}
