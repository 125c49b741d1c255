// Package rpc carries the Language Server Protocol: it reads and writes frames, keeps the order of what must not be
// reordered, and lets nothing that a client sends, and no bug of a request, end the connection.
//
//	err := rpc.Serve(ctx, rpc.Pipe(os.Stdin, os.Stdout), server, rpc.Options{Log: log})
//
// The chain of one message is: frame → recover → error codes → $/cancelRequest → life cycle → (in order | concurrent) →
// custom methods → protocol.ServerHandler. The handlers that protocol and jsonrpc2 bring for this reorder edits and end the
// connection on what they do not know; probe_test.go holds the difference.
package rpc
