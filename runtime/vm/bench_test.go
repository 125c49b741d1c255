package vm_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/vm"
)

// BenchmarkPrograms runs the programs of bench/programs for a size that takes about ten milliseconds.
func BenchmarkPrograms(b *testing.B) {
	for _, c := range []struct{ name, n string }{
		{"fib", "20"},
		{"loop", "200000"},
		{"tax", "200000"},
		{"slab", "50000"},
		{"array", "100000"},
		{"record", "100000"},
		{"method", "100000"},
		{"text", "50000"},
		{"wide", "30000"},
		{"borrow", "20000"},
	} {
		src, err := os.ReadFile(filepath.Join("..", "..", "bench", "programs", c.name+".qmz"))
		if err != nil {
			b.Fatal(err)
		}
		prog := compile(b, string(src))
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m := prog.Get(vm.Options{Stdin: strings.NewReader(c.n + "\n")})
				if err := m.Run(context.Background()); err != nil {
					b.Fatal(err)
				}
				prog.Put(m)
			}
		})
	}
}
