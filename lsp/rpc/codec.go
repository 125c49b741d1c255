package rpc

import (
	"slices"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// codec encodes what the protocol's own types are, unions included.
type codec struct{}

// Marshal encodes parameters or a result.
func (codec) Marshal(v any) ([]byte, error) {
	switch raw := v.(type) {
	case nil:
		return []byte("null"), nil
	case jsonrpc2.RawMessage:
		if raw == nil {
			return []byte("null"), nil
		}
		return raw, nil
	}
	return protocol.Marshal(v) //nolint:wrapcheck // jsonrpc2 wraps
}

// Unmarshal decodes into v.
func (codec) Unmarshal(data []byte, v any) error {
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = slices.Clone(data)
		return nil
	}
	return protocol.Unmarshal(data, v) //nolint:wrapcheck // jsonrpc2 wraps
}
