package format

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax"
)

// big is about a megabyte of an example, under new names.
func big(tb testing.TB) []byte {
	tb.Helper()
	text, err := os.ReadFile("../docs/examples/pErEtu/aRikkYkaL.qmz")
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		b.WriteString(strings.ReplaceAll(string(text), "அச்சிடு", "அச்சிடு"+strconv.Itoa(i)))
	}
	return []byte(b.String())
}

// BenchmarkSource lays out a megabyte, with the verification.
func BenchmarkSource(b *testing.B) {
	src := []byte(strings.ReplaceAll(string(big(b)), " & ", "&"))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Source("bench.qmz", src, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLayout lays out a megabyte that is parsed.
func BenchmarkLayout(b *testing.B) {
	src := big(b)
	f := syntax.Parse("bench.qmz", src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		layout(f, Options{}, func(i int) string { return f.Tokens[i].Value }, false)
	}
}

// BenchmarkVerify compares a megabyte with itself.
func BenchmarkVerify(b *testing.B) {
	src := big(b)
	f := syntax.Parse("bench.qmz", src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if err := new(verifier).verify(f, src, sameToken); err != nil {
			b.Fatal(err)
		}
	}
}
