package check

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check/diag"
)

// fullMarkers are the expectations of a text: "//! CODE covered text", several parted by " || ".
func fullMarkers(src string) []string { return markers(src, " || ") }

// Every program of testdata/full gives exactly the marked codes at the marked places, and nothing else.
func TestFullMarkers(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/full/*.qmz")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	reached, programs, astral := map[string]int{}, 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, chunk := range strings.Split(string(text), "---\n") {
			programs++
			p := load(t, chunk)
			list := Program(context.Background(), p, Options{})
			got, want := found(p, list), fullMarkers(chunk)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s\n got  %s\n want %s", file, chunk, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
			}
			for _, w := range want {
				reached[strings.Fields(w)[1]]++
			}
			if len(list) > 0 && strings.ContainsFunc(p.Files[0].Src[:list[0].Span.Start], func(c rune) bool { return c > 0xffff }) {
				astral++
			}
		}
	}
	if programs < 150 || astral*4 < programs-4 {
		t.Errorf("%d programs, %d of them with an astral character before the place", programs, astral)
	}
	for _, e := range diag.Entries() {
		mine := e.Code >= "E0600" && e.Code < "E0680" || e.Code > "W0100" && e.Code < "W0160"
		if mine && reached[e.Code] < 3 && e.Code != CodeUnusedImport && e.Code != CodeImportCircle { // those need several files: TestImports
			t.Errorf("%d programs expect %s", reached[e.Code], e.Code)
		}
	}
}
