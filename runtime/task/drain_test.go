package task_test

import (
	"context"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// TestDrain waits for what can still go on, as a server does at its end, and for nothing else. The test would not end if it
// waited for those who wait for each other.
func TestDrain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, src, want string
		limit           time.Duration
	}{
		{"no task", `அச்சு 1;`, "1\n", time.Hour},
		{"one that sleeps", `பணி_உருவாக்கு "க" { காத்திரு(20); அச்சு "கௌ"; }`, "கௌ\n", time.Hour},
		{"two in a row", `சே = சேனல்_உருவாக்கு(0); பணி_உருவாக்கு "க" { காத்திரு(10); சேனல்_அனுப்பு(சே, 1); } பணி_உருவாக்கு "ச" { சேனல்_பெறு(சே); காத்திரு(10); அச்சு "பின்"; }`, "பின்\n", time.Hour},
		{"one that waits for ever", `சே = சேனல்_உருவாக்கு(0); பணி_உருவாக்கு "க" { சேனல்_பெறு(சே); அச்சு "வராது"; }`, "", time.Hour},
		{"a worker and its last work", `சே = சேனல்_உருவாக்கு(8); பணி_உருவாக்கு "க" { ஒவ்வொரு எ இல் சே { காத்திரு(5); அச்சு எ; } } சேனல்_அனுப்பு(சே, 1); சேனல்_அனுப்பு(சே, 2);`, "1\n2\n", time.Hour},
		{"one with a limit of its own", `சே = சேனல்_உருவாக்கு(0); பணி_உருவாக்கு "க" { முயல் { (20) காலவரம்பு { சேனல்_பெறு(சே); } } பிழை(பி) { அச்சு பி.வகை; } }`, "காலவரம்பு\n", time.Hour},
		{"one that does not end", `பணி_உருவாக்கு "க" { (மெய்) சுற்று { அ = 1; } }`, "", 20 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := &output{}
			g := task.NewGroup(context.Background(), task.Options{})
			if err := vm.New(compile(t, c.src), vm.Options{Stdout: w}).Run(g.Context()); err != nil {
				t.Error(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), c.limit)
			defer cancel()
			g.Drain(ctx)
			g.Close()
			if got := w.String(); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}
