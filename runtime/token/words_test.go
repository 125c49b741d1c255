package token_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/token"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// run runs a program with these words and answers what it prints, or the code of its fault.
func run(t *testing.T, src string, own []byte) string {
	t.Helper()
	prog, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			t.Fatalf("%s: %v in %s", f.Code, f.Args, src)
		}
	}
	natives := host.New(host.Env{})
	for id, word := range token.Words(func() ([]byte, error) {
		if own == nil {
			return nil, token.ErrSecret
		}
		return own, nil
	}) {
		natives[id] = word
	}
	code, found := vm.Compile(prog, natives)
	if len(found) > 0 {
		t.Fatal(found)
	}
	var out strings.Builder
	err := vm.New(code, vm.Options{Stdout: &out}).Run(context.Background())
	var fault *vm.Fault
	if errors.As(err, &fault) {
		return fault.Code
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out.String())
}

// TestWords writes programs that make tokens and read them.
func TestWords(t *testing.T) {
	t.Parallel()
	const other = `{"secret": "வேறு_ஓர்_இரகசியம்_நீளமானது"}`
	invalid := "தவறு(சீட்டு செல்லாது  (the token is not valid))"
	for _, tt := range []struct{ src, want string }{
		{`அ = சீட்டு_ஆக்கு({"sub": "கயல்", "roles": ["admin"]}, 60); ஆ = மதிப்பு(சீட்டு_சரிபார்(அ, {})); அச்சு ஆ["sub"] & ஆ["roles"][0];`, "கயல்admin"},
		{`அ = சீட்டு_ஆக்கு("{\"sub\": \"1\", \"exp\": 5}", 60); அச்சு வகை(மதிப்பு(சீட்டு_சரிபார்(அ)));`, "a string"},
		{`அச்சு மதிப்பு(சீட்டு_சரிபார்(சீட்டு_ஆக்கு({"sub": "1"}, 60), {}))["exp"] - மதிப்பு(சீட்டு_சரிபார்(சீட்டு_ஆக்கு({"sub": "1"}, 60), {}))["iat"] > 57;`, "true"},
		{`அச்சு சீட்டு_சரிபார்(சீட்டு_ஆக்கு({}, -60));`, "தவறு(சீட்டின் காலம் முடிந்தது  (the token has expired))"},
		{`அச்சு சீட்டு_சரிபார்("பொய்யான.சீட்டு.இது");`, invalid},
		{`அச்சு சீட்டு_சரிபார்(5);`, invalid},
		{`அச்சு சீட்டு_சரிபார்(சீட்டு_ஆக்கு({}, 60, ` + other + `));`, invalid},
		{`அச்சு சரியா(சீட்டு_சரிபார்(சீட்டு_ஆக்கு({}, 60, ` + other + `), ` + other + `));`, "true"},
		{`அச்சு சரியா(சீட்டு_சரிபார்(சீட்டு_ஆக்கு({"iss": "x"}, 60, {"issuer": "கடை", "audience": "செயலி"}), {"issuer": "கடை", "audience": "செயலி", "algorithms": ["HS256"]}));`, "true"},
		{`அச்சு சீட்டு_சரிபார்(சீட்டு_ஆக்கு({}, 60), {"issuer": "கடை"});`, invalid},
		{`அ = சீட்டு_ஆக்கு({}, 60); அச்சு சரியா(சீட்டு_சரிபார்({"தலைப்புகள்": {"authorization": "bearer " & அ}}));`, "true"},
		{`அச்சு சீட்டு_சரிபார்({"தலைப்புகள்": {}});`, invalid},
		{`அச்சு சீட்டு_சரிபார்({});`, invalid},
		{`அச்சு மதிப்பு(சீட்டு_தலைப்பு(சீட்டு_ஆக்கு({}, 60)));`, "{alg: HS256, kid: }"},
		{`அச்சு சீட்டு_தலைப்பு("x");`, invalid},
		{`அச்சு சரியா(சீட்டு_சரிபார்(சீட்டு_ஆக்கு({}, 60), {"secret": இன்மை}));`, "true"},
		{`சீட்டு_ஆக்கு({}, 60, {"secret": ""});`, token.CodeSecret},
		{`சீட்டு_ஆக்கு({}, 60, {"secret": 5});`, token.CodeOption},
		{`சீட்டு_ஆக்கு("[1]", 60);`, token.CodeClaims},
		{`சீட்டு_ஆக்கு(5, 60);`, token.CodeClaims},
		{`சீட்டு_ஆக்கு({}, 1.5);`, token.CodeSeconds},
		{`சீட்டு_ஆக்கு({}, "60");`, token.CodeSeconds},
		{`சீட்டு_ஆக்கு({}, 99999999999);`, token.CodeSeconds},
		{`சீட்டு_ஆக்கு({}, 60, {"secret": "குட்டி"});`, token.CodeSecret},
		{`சீட்டு_ஆக்கு({}, 60, {"algorithm": "none"});`, token.CodeOption},
		{`சீட்டு_ஆக்கு({}, 60, 5);`, token.CodeOption},
		{`சீட்டு_சரிபார்("x", {"algorithms": ["HS256", "none"]});`, token.CodeOption},
		{`சீட்டு_சரிபார்("x", {"algorithms": []});`, token.CodeOption},
		{`சீட்டு_சரிபார்("x", {"issuer": ""});`, token.CodeOption},
	} {
		if got := run(t, tt.src, secret); got != tt.want {
			t.Errorf("%s\nsays %s, want %s", tt.src, got, tt.want)
		}
	}
	if got := run(t, `சீட்டு_ஆக்கு({}, 60);`, nil); got != token.CodeSecret {
		t.Errorf("without a secret: %s", got)
	}
}
