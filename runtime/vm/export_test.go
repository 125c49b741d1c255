package vm

import (
	"bufio"
	"context"
	"io"

	"github.com/etamil-lang/etamil/runtime/value"
)

// CallForTest is a call of a word outside every program, for the oracle.
func CallForTest(args []value.Value) *Call {
	m := &Machine{ctx: context.Background(), out: bufio.NewWriter(io.Discard), in: bufio.NewReader(eof{}), prog: &Program{}}
	return &Call{Args: args, m: m}
}
