package task_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/task"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/runtime/vm/vmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// output is what all machines of a run write to.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

func compile(t testing.TB, src string) *vm.Program {
	t.Helper()
	world := host.Env{LookupEnv: func(name string) (string, bool) { return "sleep", name == "ETAMIL_EXEC_ALLOW" }}
	return vmtest.Compile(t, src, host.New(world), task.Words())
}

// run runs a program with its tasks to the end. It answers what was printed, the error, and the errors that nobody had asked for.
func run(t testing.TB, src string, o vm.Options) (out string, lost []string, err error) {
	t.Helper()
	return runIn(context.Background(), t, src, o)
}

func runIn(ctx context.Context, t testing.TB, src string, o vm.Options) (string, []string, error) {
	t.Helper()
	code := compile(t, src)
	w := &output{}
	o.Stdout = w
	var lost []string
	g := task.NewGroup(ctx, task.Options{Whole: true, Most: 500, Report: func(name string, err error) {
		lost = append(lost, name+": "+err.Error())
	}})
	err := g.End(vm.New(code, o).Run(g.Context()))
	return w.String(), lost, err
}

func expect(t *testing.T, src, want string) {
	t.Helper()
	out, lost, err := run(t, src, vm.Options{})
	if err != nil {
		t.Fatalf("%s\n%v\nprinted %q", src, err, out)
	}
	if strings.TrimSpace(out) != strings.TrimSpace(want) {
		t.Errorf("%s\nprinted %q, not %q", src, out, want)
	}
	if len(lost) > 0 {
		t.Errorf("%s\nlost %q", src, lost)
	}
}

// fails runs a program that ends with a fault of the code, and answers it.
func fails(t *testing.T, src, code string) *vm.Fault {
	t.Helper()
	out, _, err := run(t, src, vm.Options{})
	var f *vm.Fault
	if !errors.As(err, &f) || f.Code != code {
		t.Fatalf("%s\nended with %v, not %s; printed %q", src, err, code, out)
	}
	return f
}
