package rpc

import (
	"context"
	"errors"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Codes of the protocol that jsonrpc2 does not know.
const (
	codeRequestFailed   = jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed)
	codeServerCancelled = jsonrpc2.Code(protocol.LSPErrorCodesServerCancelled)
)

// ErrStale says that an answer would be about a text that is no longer the client's.
var ErrStale = protocol.ErrContentModified

// ErrParams says that a request's parameters make no sense.
var ErrParams = jsonrpc2.ErrInvalidParams

// Failed is an error that the client shows to people as it is.
func Failed(message string) error { return jsonrpc2.NewError(codeRequestFailed, message) }

// Superseded answers a pull of diagnostics that a newer edit made useless; the client asks again.
func Superseded() error {
	return &jsonrpc2.Error{Code: codeServerCancelled, Message: "superseded", Data: jsonrpc2.RawMessage(`{"retriggerRequest":true}`)}
}

// wireError gives an error the code that the protocol has for it.
func wireError(err error) error {
	var wire *jsonrpc2.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return protocol.ErrRequestCancelled
	case errors.Is(err, jsonrpc2.ErrParse):
		return jsonrpc2.NewError(jsonrpc2.InvalidParams, err.Error())
	case errors.As(err, &wire):
		return wire
	}
	return jsonrpc2.NewError(codeRequestFailed, err.Error())
}
