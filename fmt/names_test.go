package format

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// turned turns keywords and names of one file.
func turned(src string, script Script) (string, error) {
	var n Names
	n.Add("t.qmz", []byte(src))
	out, err := Source("t.qmz", []byte(src), Options{Script: script, Names: &n})
	if err != nil {
		return "", err
	}
	out, err = Source("t.qmz", out, Options{})
	return string(out), err
}

func TestNames(t *testing.T) {
	t.Parallel()
	tests := []struct{ src, want string }{
		{`செயல் கூட்டு(எண் அ, ஆ) எண் { திரும்பு அ + ஆ; }
அச்சு கூட்டு(1, நீளம்("கூட்டு"));
`, `ceyal kUttu(eN a, A) eN { qirumpu a + A; }
accu kUttu(1, nILam("கூட்டு"));
`},
		{`வடிவம் கடன் { எண் அசல் விதி (அசல் > எல்லை), செயல் வை(இது) { இது.அசல் = 1; } }
எல்லை = 0;
க = கடன் { அசல்: எல்லை };
க.வை();
அச்சு வெளியே & க.அசல் & {"அ": க, அ: 1}.அ;
`, `vativam kataZ {
    eN அசல் viqi (அசல் > ellY),
    ceyal வை(iqu) { iqu.அசல் = 1; }
}
ellY = 0;
ka = kataZ { அசல்: ellY };
ka.வை();
accu வெளியே & ka.அசல் & {"அ": ka, அ: 1}.அ;
`},
		// A field may be called as a variable is that no rule of its shape names.
		{
			"வடிவம் செய்தி {\n    எண் அறை,\n    எண் நேரம் விதி (நேரம் > எல்லை),\n}\nஎல்லை = 0;\nஅறை = \"𝒳\";\nஅச்சு அறை & செய்தி { அறை: 1, நேரம்: 2 }.அறை;\n",
			"vativam ceyqi {\n    eN அறை,\n    eN நேரம் viqi (நேரம் > ellY),\n}\nellY = 0;\naRY = \"𝒳\";\naccu aRY & ceyqi { அறை: 1, நேரம்: 2 }.அறை;\n",
		},
		{"வட்டி = 1;\nஒவ்வொரு ப இல் [வட்டி] { அச்சு ப; }\nமுயல் { அச்சு 1; } பிழை(பி) { அச்சு பி; }\n", "vatti = 1;\novvoru pa il [vatti] { accu pa; }\nmuyal { accu 1; } pizY(pi) { accu pi; }\n"},
	}
	for _, tt := range tests {
		got, err := turned(tt.src, Roman)
		if err != nil || got != tt.want {
			t.Errorf("%s: %v, got\n%s", tt.src, err, got)
		}
		back, err := turned(got, Tamil)
		if err != nil || back != formatted(t, tt.src, Options{}) {
			t.Errorf("back: %v, got\n%s", err, back)
		}
	}
}

// TestNamesRefused are names that cannot be turned: collisions and those that do not lead back.
func TestNamesRefused(t *testing.T) {
	t.Parallel()
	if got, err := turned("அ = 1; அச்சு {a: அ}.a;", Roman); err != nil || got != "a = 1;\naccu {a: a}.a;\n" {
		t.Errorf("a key is no collision: %v, %s", err, got)
	}
	for src, why := range map[string]Misfit{
		"அ = 1; a = 2;": Taken,
		"அ = 1; வடிவம் க { எண் a விதி (a > அ) }": Taken,
		"count = 1;":     NoWayBack,
		"pdf_ஆக்கு = 1;": NoWayBack,
		"செயல் க்அ() { அச்சு 1; }": NoWayBack,
		"அச்சூ = 1; அச்சு accU;":   Taken,
		"குறி = 1;": LosesWord,
	} {
		_, err := turned(src, Roman)
		var misfit *NameError
		if !errors.As(err, &misfit) || misfit.Why != why || misfit.Line != 1 || !strings.Contains(err.Error(), misfit.Name) {
			t.Errorf("%s: %v", src, err)
		}
	}
	_, err := turned("அ = 1;\na = 2;\npdf_ஆக்கு = அ;\npdf_ஆக்கு = அ;\n", Roman)
	var all NameErrors
	if !errors.As(err, &all) || len(all) != 3 || all[2].Name != "pdf_ஆக்கு" || all[2].Line != 3 {
		t.Errorf("not all names: %q", errors.Join(all.Unwrap()...))
	}
}

// TestExamplesNames turns the names of the examples, where they can be turned, and back: the bytes are the same.
func TestExamplesNames(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob("../docs/examples/*")
	if err != nil {
		t.Fatal(err)
	}
	turnedFiles := 0
	for _, dir := range dirs {
		files, _ := filepath.Glob(dir + "/*.qmz") // the pattern is right
		var n, back Names
		for _, name := range files {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			n.Add(name, src)
		}
		roman, refused := map[string][]byte{}, false
		for _, name := range files {
			src, _ := os.ReadFile(name) // it was read before
			out, err := Source(name, src, Options{Script: Roman, Names: &n})
			if misfits := NameErrors(nil); errors.As(err, &misfits) {
				for _, e := range misfits {
					if e.Name != "குறி" && (e.Why != NoWayBack || !strings.Contains(e.Name, "_CSV_") && !strings.Contains(e.Name, "எச்எஸ்")) {
						t.Errorf("%v", e)
					}
				}
				refused = true
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			roman[name] = out
			back.Add(name, out)
		}
		if refused {
			continue // none of its files would be written
		}
		for name, out := range roman {
			src, _ := os.ReadFile(name) // it was read before
			again, err := Source(name, out, Options{Script: Tamil, Names: &back})
			if err != nil || string(again) != string(src) {
				t.Errorf("%s: %v", name, err)
			}
			turnedFiles++
		}
	}
	if turnedFiles < 7 {
		t.Errorf("only %d files", turnedFiles)
	}
}
