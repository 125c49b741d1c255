package grpc

import (
	"encoding/base64"
	"errors"
	"strings"

	"connectrpc.com/connect"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/value"
)

// reason is why a call has no answer.
type reason struct {
	tamil, english string
	code           connect.Code
	name           string // of the code: NOT_FOUND
	message        string // the server's
	details        []value.Value
}

// reasonOf reads the error of a call.
func reasonOf(err error) reason {
	r := reason{code: connect.CodeOf(err)}
	var wire *connect.Error
	switch {
	case errors.Is(err, errAddress):
		r.code = connect.CodeInvalidArgument
		r.tamil, r.english = "முகவரி host:port அல்லது https://host:port ஆக இருக்க வேண்டும்", "the address must be host:port or https://host:port"
	case errors.Is(err, errName):
		r.code = connect.CodeInvalidArgument
		r.tamil, r.english = "முறை \"சேவை/முறை\" என எழுதப்படும்", "a method is written \"service/method\""
	case errors.Is(err, errStreams):
		r.code = connect.CodeUnimplemented
		r.tamil, r.english = "இது ஓடை முறை; ஒரு கேள்வி ஒரு விடை முறைகளை மட்டுமே அழைக்கலாம்", "this method streams; only methods with one question and one answer are called"
	case connect.IsWireError(err) && errors.As(err, &wire):
		r.message = wire.Message()
		r.details = detailsOf(wire)
	default:
		inner := err
		if errors.As(err, &wire) && wire.Unwrap() != nil {
			inner = wire.Unwrap()
		}
		r.tamil, r.english = host.WebReason(inner)
	}
	r.name = strings.ToUpper(r.code.String())
	if r.code == connect.CodeCanceled {
		r.name = "CANCELLED" // as gRPC spells it
	}
	if r.tamil == "" {
		r.tamil = strings.TrimSuffix(r.name+": "+r.message, ": ")
		r.english = r.tamil
	}
	return r
}

// detailsOf are what a server added to an error: Structs as records, all other messages as their bytes in Base64.
func detailsOf(err *connect.Error) []value.Value {
	md, missing := resolver{}.message(structName)
	if missing != nil {
		return nil
	}
	s := newSchemas(nil).of(md)
	var out []value.Value
	for _, d := range err.Details() {
		if d.Type() == structName {
			if v, err := decode(d.Bytes(), s); err == nil {
				out = append(out, v)
				continue
			}
		}
		out = append(out, value.FromFields([]string{"வகை", "பைட்டுகள்"},
			[]value.Value{value.FromText(d.Type()), value.FromText(base64.StdEncoding.EncodeToString(d.Bytes()))}))
	}
	return out
}
