package rpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Options say how a connection is served.
type Options struct {
	// Log gets what goes wrong; nil is nothing.
	Log *slog.Logger
	// Connected is called before the first message is read, with what calls the client.
	Connected func(client protocol.Client, conn jsonrpc2.Conn)
	// Done is told of each message when it is over; nil is nobody.
	Done func(method string, took time.Duration, err error)
	// Grace is how long requests have to end when the connection does; zero is a second. A stuck one is left behind.
	Grace time.Duration
}

// ErrNoShutdown says that the client left without saying so; by the protocol the process ends with 1 then.
var ErrNoShutdown = errors.New("the client left before shutdown")

// Serve answers a client until it exits, the input ends or ctx is done. The error is ErrNoShutdown where the client asked to
// exit without a shutdown before, and nil where the input just ended.
func Serve(ctx context.Context, rwc io.ReadWriteCloser, server Server, o Options) error {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Grace == 0 {
		o.Grace = time.Second
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	exited := make(chan struct{})
	c := newChain(ctx, server, o)
	c.exit = sync.OnceFunc(func() { close(exited) })
	in := newStream(rwc, o.Log, stop)
	conn := jsonrpc2.NewConn(in, jsonrpc2.WithCodec(codec{}))
	client := protocol.ClientDispatcher(conn)
	if o.Connected != nil {
		o.Connected(client, conn)
	}
	// The connection's context is not the one that ends with the input: an answer may still be on its way out.
	conn.Go(protocol.WithClient(context.WithoutCancel(ctx), client), c.handle)
	select {
	case <-exited:
	case <-ctx.Done():
	}
	stop()
	end(conn, in, o.Grace)
	if c.left() {
		return ErrNoShutdown
	}
	if err := conn.Err(); err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return fmt.Errorf("the connection broke: %w", err)
	}
	return nil
}

// end closes the connection, and waits for what still runs as long as it may.
func end(conn jsonrpc2.Conn, in *stream, grace time.Duration) {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = conn.Close() // the stream's own error says nothing more
	}()
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-closed:
	case <-timer.C:
		_ = in.abort() // for one that closes twice the second time says nothing new
	}
	timer.Reset(grace)
	select {
	case <-in.out.done:
	case <-timer.C: // the client does not read: what waits for it is lost
	}
}
