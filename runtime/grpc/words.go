package grpc

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"connectrpc.com/connect"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Words are the words of gRPC by words.Word.ID. They reach other servers as the web words of world do.
func Words(world host.Env) vm.Natives {
	made := sync.OnceValue(func() *client { return newClient(world) })
	return vm.Natives{"grpcCall": {Min: 3, Max: 4, Whole: 0b1100, Fn: func(c *vm.Call) (value.Value, error) { return made().word(c) }}}
}

// The options of ஜிஆர்பிசி_அழை.
const (
	optionTimeout = "காலவரம்பு"
	optionHeaders = "தலைப்புகள்"
)

// request is what a program asks of another server.
type request struct {
	address, method string
	message         value.Value
	timeout         time.Duration
	head            http.Header
}

// word is ஜிஆர்பிசி_அழை(address, "service/method", message[, options]): சரி(the answer), or தவறு with the code of gRPC.
func (c *client) word(call *vm.Call) (value.Value, error) {
	r := request{address: call.Args[0].Display(), method: call.Args[1].Display(), message: call.Args[2], timeout: callTime, head: http.Header{}}
	if len(call.Args) == 4 {
		if err := r.options(call.Args[3]); err != nil {
			return value.Nil, err
		}
	}
	if err := call.Flush(); err != nil {
		return value.Nil, err
	}
	ctx, cancel := context.WithTimeout(call.Context(), r.timeout)
	defer cancel()
	answer, err := c.call(ctx, &r)
	if connect.CodeOf(err) == connect.CodeDeadlineExceeded {
		waitOut(call.Context())
	}
	if stopped := call.Context().Err(); stopped != nil {
		return value.Nil, stopped //nolint:wrapcheck // the machine compares it
	}
	if err != nil {
		return r.failed(err), nil
	}
	if err := call.Grow(value.Size(answer)); err != nil {
		return value.Nil, err //nolint:wrapcheck // it must be returned as it is
	}
	return value.FromOk(answer), nil
}

// early is by how much a server may find that a run's time is over before the run does: it is told in whole milliseconds.
const early = 50 * time.Millisecond

// waitOut waits for the end of a context whose time is as good as over, so that it is the run's own limit that ends the run.
func waitOut(ctx context.Context) {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < early {
		<-ctx.Done()
	}
}

// options reads the options of a call.
func (r *request) options(v value.Value) error {
	refuse := func(key string, got value.Value) error {
		return &value.Error{Code: CodeOption, Args: []string{key, value.Brief(got)}}
	}
	rec := v.Record()
	if rec == nil {
		if v.IsNil() {
			return nil
		}
		return refuse("", v)
	}
	for _, key := range rec.Keys() {
		x, _ := rec.Get(key)
		switch key {
		case optionTimeout:
			d, err := vm.Millis(x)
			if err != nil {
				return refuse(key, x)
			}
			r.timeout = d
		case optionHeaders:
			if x.Record() == nil {
				return refuse(key, x)
			}
			for _, name := range x.Record().Keys() {
				text, _ := x.Record().Get(name)
				if !isMetadata(name, value.Brief(text)) {
					return refuse(key, value.FromText(name))
				}
				r.head.Set(name, value.Brief(text))
			}
		default:
			return refuse(key, x)
		}
	}
	return nil
}

// isMetadata tells whether a header may go along with a call: those of the protocols themselves may not.
func isMetadata(name, text string) bool {
	lower := strings.ToLower(name)
	for _, own := range []string{"grpc-", "connect-", "content-", "accept-encoding", "connection", "host", "te", "trailer", "transfer-encoding", "upgrade"} {
		if lower == own || strings.HasSuffix(own, "-") && strings.HasPrefix(lower, own) {
			return false
		}
	}
	isOther := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	}
	isControl := func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }
	return name != "" && !strings.ContainsFunc(lower, isOther) && !strings.ContainsFunc(text, isControl)
}

// failed is தவறு with why a call has no answer: an error record of kind வலை, in whose details are the code of gRPC, its name and
// what the server added.
func (r *request) failed(err error) value.Value {
	var own *value.Error
	if errors.As(err, &own) {
		return value.FromErr(value.NewFault("வகை", said(err).Error()).Record())
	}
	why := reasonOf(err)
	f := value.NewFault("வலை", "ஜிஆர்பிசி \""+r.shown()+"\": "+why.tamil+"  (gRPC \""+r.shown()+"\": "+why.english+")")
	f.Details = value.FromFields(
		[]string{"குறி", "பெயர்", "செய்தி", "விவரங்கள்"},
		[]value.Value{value.FromInt(int64(why.code)), value.FromText(why.name), value.FromText(why.message), value.FromItems(why.details)},
	)
	return value.FromErr(f.Record())
}
