package task_test

import (
	"strconv"
	"testing"

	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// bench runs a program that does b.N times what is measured.
func bench(b *testing.B, src string) {
	code := compile(b, src)
	b.ReportAllocs()
	for b.Loop() {
		g := task.NewGroup(b.Context(), task.Options{Whole: true})
		if err := g.End(vm.New(code, vm.Options{}).Run(g.Context())); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rounds, "ns/round")
}

const rounds = 10_000

var loop = strconv.Itoa(rounds)

// A round is one task that is started and awaited.
func BenchmarkSpawnAwait(b *testing.B) {
	bench(b, `பின்னணி செயல் f(x) { திரும்பு x; } n = 0; (n < `+loop+`) சுற்று { காத்திரு(f(n)); n = n + 1; }`)
}

// A round is one task; a hundred of them are awaited together.
func BenchmarkSpawnAll(b *testing.B) {
	bench(b, `பின்னணி செயல் f(x) { திரும்பு x; } n = 0; (n < `+loop+`) சுற்று { ப = []; m = 0; (m < 100) சுற்று { ப = இணை(ப, f(m)); m = m + 1; } பணி_அனைத்தும்(ப); n = n + 100; }`)
}

// A round is one message from one task to another through a channel with room.
func BenchmarkHop(b *testing.B) {
	bench(b, `சே = சேனல்_உருவாக்கு(); பணி_உருவாக்கு "அ" { n = 0; (n < `+loop+`) சுற்று { சேனல்_அனுப்பு(சே, n); n = n + 1; } சேனல்_மூடு(சே); }; ஒவ்வொரு எ இல் சே { x = எ; }`)
}

// A round is one message that the receiver must be there for.
func BenchmarkHopUnbuffered(b *testing.B) {
	bench(b, `சே = சேனல்_உருவாக்கு(0); பணி_உருவாக்கு "அ" { n = 0; (n < `+loop+`) சுற்று { சேனல்_அனுப்பு(சே, n); n = n + 1; } சேனல்_மூடு(சே); }; ஒவ்வொரு எ இல் சே { x = எ; }`)
}

// A round takes a lock that nobody else wants.
func BenchmarkLock(b *testing.B) {
	bench(b, `பூ = பூட்டு_உருவாக்கு(); n = 0; (n < `+loop+`) சுற்று { பூட்டு_பிடி(பூ) { n = n + 1; } }`)
}
