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

// BenchmarkGo is what plain Go takes for the same: a goroutine that is awaited by a channel, and messages through channels.
func BenchmarkGo(b *testing.B) {
	b.Run("SpawnAwait", func(b *testing.B) {
		b.ReportAllocs()
		for n := range b.N {
			answer := make(chan int)
			go func() { answer <- n }()
			<-answer
		}
	})
	for name, room := range map[string]int{"Hop": 1024, "HopUnbuffered": 0} {
		b.Run(name, func(b *testing.B) {
			messages := make(chan int, room)
			go func() {
				for n := range b.N {
					messages <- n
				}
				close(messages)
			}()
			for m := range messages {
				_ = m
			}
		})
	}
}

// TestSpawnAllocations holds a task that is started and awaited to the few pieces that it is made of. (The race detector throws some
// pooled machines away.)
func TestSpawnAllocations(t *testing.T) {
	code := compile(t, `பின்னணி செயல் f(x) { திரும்பு x; } n = 0; (n < 1000) சுற்று { காத்திரு(f(n)); n = n + 1; }`)
	perRun := testing.AllocsPerRun(10, func() {
		g := task.NewGroup(t.Context(), task.Options{Whole: true})
		if err := g.End(vm.New(code, vm.Options{}).Run(g.Context())); err != nil {
			t.Fatal(err)
		}
	})
	if perRun > 7500 {
		t.Errorf("%.1f allocations for each task", perRun/1000)
	}
}
