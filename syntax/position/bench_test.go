package position_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/syntax/position"
)

func BenchmarkNewMap(b *testing.B) {
	for _, lines := range []int{10_000, 100_000} {
		text := strings.Repeat("எண் தொகை = விலை * 12; // கணக்கு\n", lines)
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				position.NewMap(text)
			}
		})
		b.Run(fmt.Sprint(lines, " edit"), func(b *testing.B) {
			m := position.NewMap(text)
			for b.Loop() {
				m = m.Edit(text, len(text)/2, len(text)/2)
			}
		})
	}
}
