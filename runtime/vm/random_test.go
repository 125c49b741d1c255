package vm_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

var (
	programs = flag.Int("programs", 1500, "how many random programs TestRandomPrograms compares with the oracle")
	seed     = flag.Uint64("seed", 1, "what they start from")
)

// TestRandomPrograms runs programs that the generator makes on the machine and on the oracle: both must print the same and
// fail with the same code.
func TestRandomPrograms(t *testing.T) {
	t.Parallel()
	var ran, failed int
	for i := range *programs {
		data := choices(*seed, uint64(i), 2500)
		code, diff, ok := compareOnce(data)
		if diff != "" {
			_, diff, _ = compareOnce(shrink(data))
			t.Fatalf("program %d of seed %d:\n%s", i, *seed, diff)
		}
		if ok {
			ran++
		}
		if code != "" {
			failed++
		}
	}
	if ran < *programs/2 || failed > ran/2 {
		t.Errorf("of %d programs %d could be compared and %d failed", *programs, ran, failed)
	}
}

// FuzzRandomPrograms lets the fuzzer choose the program.
func FuzzRandomPrograms(f *testing.F) {
	for i := range uint64(20) {
		f.Add(choices(7, i, 800))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, diff, _ := compareOnce(data); diff != "" {
			t.Error(diff)
		}
	})
}

// choices are random choices for the generator, up to n of them.
func choices(seed, i uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, i))
	data := make([]byte, 100+r.IntN(n))
	for j := range data {
		data[j] = byte(r.Uint32())
	}
	return data
}

// shrink looks for fewer and smaller choices that still give a difference.
func shrink(data []byte) []byte {
	differs := func(d []byte) bool {
		_, diff, _ := compareOnce(d)
		return diff != ""
	}
	for size := len(data) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(data); {
			if d := slices.Concat(data[:at], data[at+size:]); differs(d) {
				data = d
			} else if d := slices.Concat(data[:at], make([]byte, size), data[at+size:]); !bytes.Equal(d, data) && differs(d) {
				data = d
				at += size
			} else {
				at += size
			}
		}
	}
	return data
}

// compareOnce answers the code that the program failed with and how machine and oracle differ; ok is false when the
// oracle's budget did not last.
func compareOnce(data []byte) (code, diff string, ok bool) {
	src := generate(data)
	p, faults := module.Load(context.Background(), module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(src), HasText: true})
	for _, f := range faults {
		if f.IsError() {
			return "", fmt.Sprintf("%s: %v in\n%s", f.Code, f.Args, src), false
		}
	}
	want, wantCode, ok := newOracle(p).run(p)
	if !ok {
		return "", "", false
	}
	prog, problems := vm.Compile(p, host.Core())
	if len(problems) > 0 {
		return "", fmt.Sprintf("compile: %v\n%s", problems, src), true
	}
	var out bytes.Buffer
	err := vm.New(prog, vm.Options{Stdout: &out, Fuel: 1 << 30}).Run(context.Background())
	if f := (*vm.Fault)(nil); errors.As(err, &f) {
		code = f.Code
	} else if err != nil {
		return "", fmt.Sprintf("%v in\n%s", err, src), true
	}
	if out.String() != want || code != wantCode {
		diff = fmt.Sprintf("%s\nmachine (%s %v):\n%s\noracle (%s):\n%s", src, code, err, out.String(), wantCode, want)
	}
	return code, diff, true
}
