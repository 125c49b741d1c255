package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/observe"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/position"
)

// serverLog is what a server tells: a line for each request in the form that --log asks for, and every failure, whole.
type serverLog struct {
	app    *app
	form   logFlag
	stdout io.Writer // of the programs
	stderr *lockedWriter
	json   *slog.Logger // nil unless the form is json
}

func newServerLog(a *app, form logFlag) *serverLog {
	l := &serverLog{app: a, stdout: &lockedWriter{w: a.stdout}, stderr: &lockedWriter{w: a.stderr}}
	return l.as(form)
}

// as is the same log in another form.
func (l *serverLog) as(form logFlag) *serverLog {
	other := &serverLog{app: l.app, form: form, stdout: l.stdout, stderr: l.stderr}
	if form == "json" {
		other.json = slog.New(observe.NewLog(l.stderr, observe.Options{JSON: true}).Handler()) // of one form with the lines of programs
	}
	return other
}

// say prints a line for people, in the log's own form.
func (l *serverLog) say(text string) {
	if l.json != nil {
		l.json.Info(text)
		return
	}
	l.stderr.mu.Lock()
	defer l.stderr.mu.Unlock()
	fmt.Fprintln(l.app.stderr, text)
}

// access is told of every request; nil when nothing is to be written.
func (l *serverLog) access() func(x *httpd.Exchange, status int, took time.Duration) {
	switch l.form {
	case "off":
		return nil
	case "json":
		return func(x *httpd.Exchange, status int, took time.Duration) {
			r := x.Raw()
			attrs := []slog.Attr{
				slog.String("method", r.Method), slog.String("path", r.URL.EscapedPath()), slog.Int("status", status),
				slog.Float64("ms", float64(took.Microseconds())/1000), slog.String(observe.KeyTrace, x.Trace()),
			}
			if client := x.Client(); client.IsValid() { // a socket of the file system has none
				attrs = append(attrs, slog.String("client", client.String()))
			}
			if code := x.CallCode(); code != "" {
				attrs = append(attrs, slog.String("grpc", code))
			}
			l.json.LogAttrs(context.Background(), slog.LevelInfo, "request", attrs...)
		}
	}
	return func(x *httpd.Exchange, status int, took time.Duration) {
		r, call := x.Raw(), ""
		if code := x.CallCode(); code != "" {
			call = "  gRPC " + code
		}
		l.stderr.mu.Lock()
		defer l.stderr.mu.Unlock()
		fmt.Fprintf(l.app.stderr, "%s %d %-7s %s%s  %.1f ms\n", time.Now().Format(time.TimeOnly), status, r.Method, readablePath(r.URL), call,
			float64(took.Microseconds())/1000)
	}
}

// failed tells of a failure with its place and its calls. r is the request and id what its client was given; a schedule
// has neither.
func (l *serverLog) failed(prog *module.Program, id string, r *http.Request, err error) {
	var fault *vm.Fault
	isFault := errors.As(err, &fault)
	if l.json != nil {
		l.json.LogAttrs(context.Background(), slog.LevelError, "failed", failureAttrs(id, r, err, fault)...)
		return
	}
	l.stderr.mu.Lock()
	defer l.stderr.mu.Unlock()
	if r != nil {
		fmt.Fprintf(l.app.stderr, "✗ %s %s  [%s]\n", r.Method, r.URL.EscapedPath(), id)
	}
	if isFault {
		_ = l.app.show(prog, []diag.Diagnostic{check.Suggest(prog, fault.Diagnostic())}, false) // its status is for programs that end
		return
	}
	l.app.complain(explained(err))
}

// failureAttrs are the fields of a failure in a log that machines read.
func failureAttrs(id string, r *http.Request, err error, fault *vm.Fault) []slog.Attr {
	var attrs []slog.Attr
	if r != nil {
		attrs = append(attrs, slog.String(observe.KeyTrace, id), slog.String("method", r.Method), slog.String("path", r.URL.EscapedPath()))
	}
	if fault == nil {
		return append(attrs, slog.String("error", explained(err)))
	}
	line, col := position.NewMap(fault.File.Src).Clusters(fault.Span.Start)
	stack := make([]string, 0, len(fault.Stack)+1)
	for _, f := range fault.Stack {
		if f.Skipped > 0 {
			stack = append(stack, fmt.Sprintf("… %d", f.Skipped))
		}
		line, col := position.NewMap(f.File.Src).Clusters(f.Span.Start)
		stack = append(stack, fmt.Sprintf("%s %s:%d:%d", f.Function, f.File.Name, line, col))
	}
	return append(attrs, slog.String("code", fault.Code), slog.String("error", diag.Message(fault.Code, diag.English, fault.Args...)),
		slog.String("பிழை", diag.Message(fault.Code, diag.Tamil, fault.Args...)),
		slog.String("file", fault.File.Name), slog.Int("line", line), slog.Int("column", col), slog.Any("stack", stack))
}
