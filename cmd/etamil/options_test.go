package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/check"
)

// optionPrograms use one option of a word, with a value, and what their faults say of one that does not exist.
var optionPrograms = map[string]struct{ program, unknown string }{
	"retry":           {`(1, {"%s": %s}) மீள்முயல் { அச்சு 1; }`, "E0305"},
	"breakerCreate":   {`து = துண்டிப்பான்_உருவாக்கு {"%s": %s};`, "E0305"},
	"poolCreate":      {`தி = திரள்_உருவாக்கு("sqlite") {"%s": %s};`, "E0305"},
	"grpcCall":        {`ஜிஆர்பிசி_அழை("127.0.0.1:1", "a/b", {}, {"%s": %s});`, "E0405"},
	"streamBroadcast": {`ஓடை_பரப்பு("அ", "ஆ", 1, {"%s": %s});`, "E0414"},
	// The second route keeps the server from starting.
	"Route": {`வழி பெறு, "/", [], {"%s": %s} { பதில் 200, ""; } வழி பெறு, "/" { பதில் 200, ""; }`, "E0483"},
}

var faultCode = regexp.MustCompile(`\[(E\d{4})\]`)

// TestOptionsExist compares the options that the checker and the editors know with those that the words take when they run.
func TestOptionsExist(t *testing.T) {
	file := filepath.Join(t.TempDir(), "main.qmz")
	for word, p := range optionPrograms {
		fault := func(option string) string {
			v := "1"
			if option == "தலைப்புகள்" {
				v = "{}"
			}
			if err := os.WriteFile(file, fmt.Appendf(nil, p.program, option, v), 0o600); err != nil {
				t.Fatal(err)
			}
			command := []string{"run", file}
			if word == "Route" {
				command = []string{"serve", "--port", "0", file}
			}
			var out bytes.Buffer
			run(shortly(t), command, strings.NewReader(""), &out, &out)
			return strings.Join(faultCode.FindStringSubmatch(out.String()), "")
		}
		if got := fault("எதுவுமில்லை"); !strings.Contains(got, p.unknown) {
			t.Errorf("%s: an option that is none: %q", word, got)
		}
		options := check.WordOptions(word)
		if len(options) == 0 {
			t.Errorf("%s has no options", word)
		}
		for _, option := range options {
			if got := fault(option); strings.Contains(got, p.unknown) {
				t.Errorf("%s has no option %s", word, option)
			}
		}
	}
}
