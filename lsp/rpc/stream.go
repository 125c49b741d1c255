package rpc

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"

	"go.lsp.dev/jsonrpc2"
)

// MaxFrame is the longest message that is read, in bytes. A longer one is passed over and answered with an error.
const MaxFrame = 64 << 20

// maxHeader is the longest line of a frame's head.
const maxHeader = 4 << 10

// Pipe makes one connection of a reader and a writer, such as standard input and output.
func Pipe(in io.ReadCloser, out io.WriteCloser) io.ReadWriteCloser { return pipe{in, out} }

type pipe struct {
	io.ReadCloser
	out io.WriteCloser
}

func (p pipe) Write(b []byte) (int, error) { return p.out.Write(b) } //nolint:wrapcheck // the stream wraps

func (p pipe) Close() error { return errors.Join(p.ReadCloser.Close(), p.out.Close()) }

// stream frames messages with Content-Length heads. What is no message is logged, answered where it can be, and skipped.
type stream struct {
	conn io.ReadWriteCloser
	in   *bufio.Reader
	log  *slog.Logger
	done func() // called when nothing more can be read
	out  *outbox
}

func newStream(conn io.ReadWriteCloser, log *slog.Logger, done func()) *stream {
	return &stream{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), log: log, done: done, out: newOutbox(conn)}
}

// Read answers the next message. Each has memory of its own, so that it may be kept.
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, 0, err //nolint:wrapcheck // jsonrpc2 compares it
		}
		body, err := s.frame()
		if err != nil {
			s.done()
			return nil, 0, err
		}
		msg, err := jsonrpc2.DecodeMessage(body)
		if err == nil && msg != nil {
			return msg, int64(len(body)), nil
		}
		s.log.Warn("a message could not be read", "error", err, "bytes", len(body))
		if err := s.refuse(ctx, jsonrpc2.ParseError, "this is no JSON-RPC message"); err != nil {
			s.done()
			return nil, 0, err
		}
	}
}

// frame reads one frame's body. A frame that is too long, or that has no readable head, is passed over.
func (s *stream) frame() ([]byte, error) {
	for {
		length, err := s.head()
		if err != nil {
			return nil, err
		}
		if length > MaxFrame {
			s.log.Warn("a message is too long", "bytes", length)
			if _, err := io.CopyN(io.Discard, s.in, length); err != nil {
				return nil, cut(err)
			}
			if err := s.refuse(context.Background(), jsonrpc2.InvalidRequest, "the message is too long"); err != nil {
				return nil, err
			}
			continue
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(s.in, body); err != nil {
			return nil, cut(err)
		}
		return body, nil
	}
}

// head reads a frame's head and answers the length of the body. Lines that are no head are skipped up to one that is.
func (s *stream) head() (int64, error) {
	length, seen := int64(-1), false
	for {
		line, err := s.line()
		if err != nil {
			if seen {
				err = cut(err)
			}
			return 0, err
		}
		if line == "" {
			if length >= 0 {
				return length, nil
			}
			continue
		}
		seen = true
		name, value, ok := strings.Cut(line, ":")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		if err != nil || n < 0 {
			s.log.Warn("a frame's head cannot be read", "line", line)
			continue
		}
		length = n
	}
}

// line reads one line of a head; of a longer one than any head has, the start.
func (s *stream) line() (string, error) {
	var line []byte
	for {
		part, err := s.in.ReadSlice('\n')
		if len(line) < maxHeader {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			if len(line) > 0 {
				err = cut(err)
			}
			return "", err //nolint:wrapcheck // jsonrpc2 compares it with io.EOF
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

// cut says that the input ended in the middle of a message.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// refuse answers something that has no id.
func (s *stream) refuse(ctx context.Context, code jsonrpc2.Code, why string) error {
	_, err := s.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, jsonrpc2.NewError(code, why)))
	return err
}

// Write queues a message, to be sent in one piece.
func (s *stream) Write(ctx context.Context, msg jsonrpc2.Message) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err //nolint:wrapcheck // jsonrpc2 compares it
	}
	body, err := jsonrpc2.EncodeMessage(msg)
	if err != nil {
		return 0, fmt.Errorf("encode a message: %w", err)
	}
	head := strconv.AppendInt([]byte("Content-Length: "), int64(len(body)), 10)
	head = append(head, "\r\n\r\n"...)
	if err := s.out.put(head, body); err != nil {
		return 0, fmt.Errorf("write a message: %w", err)
	}
	return int64(len(head) + len(body)), nil
}

// Close sends what waits and closes the connection below.
func (s *stream) Close() error {
	s.out.close()
	return s.abort()
}

// abort closes the connection below at once.
func (s *stream) abort() error { return s.conn.Close() } //nolint:wrapcheck // jsonrpc2 hands it on
