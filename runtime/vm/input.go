package vm

import (
	"io"
)

// input is a machine's input. A run that is stopped does not wait for it any more; what arrives later is the next read's.
type input struct {
	m       *Machine
	r       io.Reader
	rest    []byte
	err     error
	reading chan arrival // of a read that goes on, or nil
}

type arrival struct {
	bytes []byte
	err   error
}

// chunk of input that is read ahead.
const inputChunk = 4096

func (in *input) Read(p []byte) (int, error) {
	done := in.m.ctx.Done()
	if done == nil && in.reading == nil && len(in.rest) == 0 && in.err == nil {
		return in.r.Read(p) //nolint:wrapcheck // a reader's error is its own
	}
	if len(in.rest) == 0 && in.err == nil {
		if in.reading == nil {
			in.reading = make(chan arrival, 1)
			go arrive(in.r, in.reading)
		}
		select {
		case a := <-in.reading:
			in.rest, in.err, in.reading = a.bytes, a.err, nil
		case <-done:
			return 0, in.m.ctx.Err() //nolint:wrapcheck // the machine knows it
		}
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	if n > 0 || in.err == nil {
		return n, nil
	}
	err := in.err
	in.err = nil
	return 0, err
}

func arrive(r io.Reader, to chan<- arrival) {
	buf := make([]byte, inputChunk)
	n, err := r.Read(buf)
	to <- arrival{buf[:n], err}
}
