package vm_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/etamil-lang/etamil/runtime/vm"
)

// TestLinear holds programs that build something piece by piece to bytes in proportion to the pieces: a copy for each
// piece would make twice the pieces cost four times the bytes.
func TestLinear(t *testing.T) {
	for name, src := range map[string]string{
		"append":            `அ = []; ஒவ்வொரு i இல் வரிசை_ { அ = இணை(அ, i); }`,
		"romanised":         `அ = []; ஒவ்வொரு i இல் வரிசை_ { அ = iNY(அ, i); }`,
		"append to a field": `r = {அ: [], k: 1}; ஒவ்வொரு i இல் வரிசை_ { r.அ = இணை(r.அ, i); }`,
		"append to an item": `r = [1, []]; ஒவ்வொரு i இல் வரிசை_ { r[1] = இணை(r[1], i); }`,
		"append two deep":   `r = {அ: [{k: []}]}; n = 0; ஒவ்வொரு i இல் வரிசை_ { r.அ[n].k = இணை(r.அ[n].k, i); }`,
		"append in a shape": `வடிவம் S { அணி அ, k } r = S{அ: [], k: 1}; ஒவ்வொரு i இல் வரிசை_ { r.அ = இணை(r.அ, i); }`,
		"set in a shape":    `வடிவம் S { அணி அ, k } r = S{அ: வரிசை_, k: 1}; ஒவ்வொரு i இல் வரிசை_ { r.அ[i] = 0; r.k = i; }`,
		"set two deep":      `r = {அ: {k: வரிசை_}}; ஒவ்வொரு i இல் வரிசை_ { r.அ.k[i] = 0; }`,
		"borrowed":          `செயல் f(a) { திரும்பு நீளம்(a); } அ = []; ஒவ்வொரு i இல் வரிசை_ { அ = இணை(அ, i); f(அ); }`,
		"walked":            `r = {அ: [], k: [1]}; ஒவ்வொரு i இல் வரிசை_ { r.k = இணை(r.k, i); ஒவ்வொரு j இல் r.அ { x = j; } r.அ = இணை(r.அ, i); (i > 50) எனில் { r.அ = []; } }`,
		"in a function":     `செயல் f(வ) { அ = []; ஒவ்வொரு i இல் வ { அ = இணை(அ, i); அ[i] = அ[i] + 1; } திரும்பு அ; } அ = f(வரிசை_);`,
		"text":              `இ = ""; ஒவ்வொரு i இல் வரிசை_ { இ = இ & "𝒳கௌ" & i; }`,
		"text in a field":   `r = {இ: ""}; ஒவ்வொரு i இல் வரிசை_ { r.இ = r.இ & "க்ஷ" & i; }`,
		"text's length":     `இ = ""; ஒவ்வொரு i இல் வரிசை_ { இ = இ & "கௌ"; x = நீளம்(இ) & இ[i]; }`,
		"popped result":     `செயல் f(i) { திரும்பு சரி(i); } அ = []; ஒவ்வொரு i இல் வரிசை_ { அ = இணை(அ, f(i)?); }`,
	} {
		small, large := allocated(t, src, 2000), allocated(t, src, 4000)
		if ratio := float64(large) / float64(small); ratio > 2.6 {
			t.Errorf("%s: %d bytes for 2000, %d for 4000: %.1f times", name, small, large, ratio)
		}
	}
}

// allocated is how many bytes the program allocates in n rounds, without the bytes for no round.
func allocated(t *testing.T, src string, n int) uint64 {
	t.Helper()
	measure := func(n int) uint64 {
		prog := compile(t, fmt.Sprintf(`வரிசை_ = []; c = 0; (c < %d) சுற்று { வரிசை_ = இணை(வரிசை_, c); c = c + 1; } %s`, n, src))
		var before, after runtime.MemStats
		m := vm.New(prog, vm.Options{})
		runtime.ReadMemStats(&before)
		if err := m.Run(context.Background()); err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	return measure(n) - measure(1)
}
