package vm_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// TestLastWords: the words of an இறுதியில் work although the run was stopped, and for a while only.
func TestLastWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, src string
		seen      int // words that found a context which had not ended
		ends      bool
	}{
		{"a stopped run", `முயல் { இன்று(); } இறுதியில் { இப்போதைய_நொடி(); }`, 1, true},
		{"one in the other", `முயல் { முயல் { இன்று(); } இறுதியில் { இப்போதைய_நொடி(); } } இறுதியில் { இப்போதைய_நொடி(); }`, 2, true},
		{"a limit that ended", `முயல் { (1) காலவரம்பு { முயல் { (மெய்) சுற்று { } } இறுதியில் { இப்போதைய_நொடி(); } } } பிழை { இப்போதைய_நொடி(); }`, 2, false},
		{"a limit in another that ended", `முயல் { (1) காலவரம்பு { முயல் { (60000) காலவரம்பு { முயல் { (மெய்) சுற்று { } } இறுதியில் { இப்போதைய_நொடி(); } } } இறுதியில் { இப்போதைய_நொடி(); } } } பிழை { இப்போதைய_நொடி(); }`, 3, false},
		{"nothing goes on behind it", `முயல் { இன்று(); } இறுதியில் { இப்போதைய_நொடி(); } இப்போதைய_நொடி();`, 1, true},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		seen, ends := 0, c.ends
		natives := maps.Clone(host.Core())
		natives["today"] = &vm.Native{Fn: func(c *vm.Call) (value.Value, error) {
			cancel()
			return value.Nil, c.Context().Err()
		}}
		natives["nowSeconds"] = &vm.Native{Fn: func(c *vm.Call) (value.Value, error) {
			if c.Context().Err() == nil {
				seen++
			}
			if _, bounded := c.Context().Deadline(); ends && !bounded {
				t.Error("its words may go on for ever")
			}
			return value.Nil, nil
		}}
		p, _ := module.Load(ctx, module.FS(fstest.MapFS{}), module.Entry{Name: "t.qmz", Text: []byte(c.src), HasText: true})
		prog, problems := vm.Compile(p, natives)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", c.what, problems)
		}
		err := vm.New(prog, vm.Options{}).Run(ctx)
		if seen != c.seen || errors.Is(err, context.Canceled) != c.ends {
			t.Errorf("%s: %d words had a context, and not %d: %v", c.what, seen, c.seen, err)
		}
		cancel()
	}
}
