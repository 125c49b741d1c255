package grpc

import (
	"context"
	"errors"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// said gives an error of ours its message in both languages.
func said(err error) error {
	var plain *value.Error
	var fault *vm.Fault
	switch {
	case errors.As(err, &fault):
		return errors.New(diag.Message(fault.Code, diag.Both, fault.Args...))
	case errors.As(err, &plain):
		return errors.New(diag.Message(plain.Code, diag.Both, plain.Args...))
	}
	return err
}

// codes are those of the kinds of errors (services.md rule 13) that say something about the call; all others are errors inside.
var codes = map[string]connect.Code{
	"காலவரம்பு": connect.CodeDeadlineExceeded, "அனுமதி": connect.CodePermissionDenied, "சரிபார்ப்பு": connect.CodeInvalidArgument,
	"நிறுத்தம்": connect.CodeCanceled, "எல்லை": connect.CodeResourceExhausted, "சேவை": connect.CodeUnavailable,
}

// codeOf is the code of a run that failed.
func codeOf(ctx context.Context, err error) connect.Code {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return connect.CodeCanceled
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded):
		return connect.CodeDeadlineExceeded
	case errors.Is(err, context.Canceled):
		return connect.CodeCanceled
	}
	var fault *vm.Fault
	if errors.As(err, &fault) {
		if code, ok := codes[fault.Kind()]; ok {
			return code
		}
	}
	return connect.CodeInternal
}

// generic are the messages of errors whose own are not for strangers.
var generic = map[connect.Code][2]string{
	connect.CodeDeadlineExceeded:  {"நேரத்துக்குள் முடியவில்லை", "not done in time"},
	connect.CodePermissionDenied:  {"அனுமதி இல்லை", "not permitted"},
	connect.CodeInvalidArgument:   {"கேள்வி ஏற்கப்படவில்லை", "the question was not accepted"},
	connect.CodeCanceled:          {"நிறுத்தப்பட்டது", "cancelled"},
	connect.CodeResourceExhausted: {"எல்லை தாண்டப்பட்டது", "a limit was reached"},
	connect.CodeUnavailable:       {"இப்போது முடியவில்லை", "not available now"},
	connect.CodeInternal:          {"உட்பிழை", "internal error"},
}

// failed is the error that a client is told of a run that failed: nothing of its own but, with detail, its text. id stands
// beside it in the log.
func failed(code connect.Code, id string, err error, detail bool) *connect.Error {
	text := generic[code]
	message := text[0] + "  (" + text[1] + ")"
	if detail {
		message = said(err).Error()
	}
	return connect.NewError(code, errors.New(message+" ["+id+"]"))
}

// answered is the error that a program answers with: the text of the body is its message, and a record goes along as a
// detail, with the message in its field செய்தி.
func answered(code connect.Code, body value.Value) *connect.Error {
	message := body
	rec := body.Record()
	if rec != nil {
		message = value.Nil
		if m, ok := rec.Get(value.FieldMessage); ok {
			message = m
		}
	}
	text := ""
	if !message.IsNil() && message.Kind() != value.UnsetKind {
		text = value.Brief(message)
	}
	out := connect.NewError(code, errors.New(text))
	if rec != nil {
		addDetail(out, body)
	}
	return out
}

// addDetail adds a record to an error, as a google.protobuf.Struct.
func addDetail(to *connect.Error, rec value.Value) {
	detail := &structpb.Struct{}
	if sendable(rec, 0) != nil || proto.Unmarshal(appendStruct(nil, rec), detail) != nil {
		return
	}
	if d, err := connect.NewErrorDetail(detail); err == nil {
		to.AddDetail(d)
	}
}
