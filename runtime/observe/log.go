package observe

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// The keys that every record has. Fields of these names are written with an underscore behind.
const (
	KeyTime  = slog.TimeKey
	KeyLevel = slog.LevelKey
	KeyEvent = "event"
	KeyTrace = "trace_id"
)

// own tells the keys that fields may not take: ours, and what other tools take for the message.
func own(key string) bool {
	return key == KeyTime || key == KeyLevel || key == KeyEvent || key == KeyTrace || key == slog.MessageKey
}

// Options say how a log is written.
type Options struct {
	// JSON writes JSON in place of text.
	JSON bool
	// Level is the least level that is written, until பதிவு_நிலை changes it.
	Level slog.Level
	// Trace, if set, answers the id of the trace that a context belongs to, or "".
	Trace func(context.Context) string
}

// Log is where the records of one loaded program go. It is safe for concurrent use.
type Log struct {
	level   slog.LevelVar
	handler slog.Handler
	trace   func(context.Context) string
}

// NewLog makes a log that writes each record with one Write.
func NewLog(w io.Writer, o Options) *Log {
	l := &Log{trace: o.Trace}
	l.level.Set(o.Level)
	how := &slog.HandlerOptions{Level: &l.level, ReplaceAttr: rename}
	if o.JSON {
		l.handler = slog.NewJSONHandler(w, how)
	} else {
		l.handler = slog.NewTextHandler(w, how)
	}
	return l
}

// rename gives the message its key, and the level its name.
func rename(groups []string, a slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return a
	}
	switch a.Key {
	case slog.MessageKey:
		a.Key = KeyEvent
	case slog.LevelKey:
		if level, ok := a.Value.Any().(slog.Level); ok {
			a.Value = slog.StringValue(strings.ToLower(level.String()))
		}
	}
	return a
}

// Handler writes records of the server itself in the same form.
func (l *Log) Handler() slog.Handler { return l.handler }

// Level is the least level that is written.
func (l *Log) Level() slog.Level { return l.level.Level() }

// SetLevel changes the least level that is written.
func (l *Log) SetLevel(level slog.Level) { l.level.Set(level) }

// levels are the names of the levels.
var levels = map[string]slog.Level{
	"பிழை": slog.LevelError, "எச்சரிக்கை": slog.LevelWarn, "தகவல்": slog.LevelInfo, "வழுநீக்கம்": slog.LevelDebug, "பிழைத்திருத்தம்": slog.LevelDebug,
	"error": slog.LevelError, "warn": slog.LevelWarn, "warning": slog.LevelWarn, "info": slog.LevelInfo, "debug": slog.LevelDebug,
}

// ParseLevel reads the name of a level, in Tamil or English.
func ParseLevel(name string) (level slog.Level, ok bool) {
	level, ok = levels[strings.ToLower(name)]
	return level, ok
}

type logKey struct{}

// With lets the words of this package write into the log in runs with the context.
func With(ctx context.Context, l *Log) context.Context { return context.WithValue(ctx, logKey{}, l) }

// From is the log of a context, or nil.
func From(ctx context.Context) *Log {
	l, _ := ctx.Value(logKey{}).(*Log)
	return l
}

// around are the fields of a பதிவு_சூழல் and of those around it. It never changes, so that tasks have it too.
type around struct {
	attrs []slog.Attr
	outer *around
}

// merge puts the fields of a record before those around it. Of two with one name the inner one counts.
func (a *around) merge(attrs []slog.Attr) []slog.Attr {
	for ; a != nil; a = a.outer {
		inner := len(attrs)
		for _, attr := range a.attrs {
			if !slices.ContainsFunc(attrs[:inner], func(b slog.Attr) bool { return b.Key == attr.Key }) {
				attrs = append(attrs, attr)
			}
		}
	}
	return attrs
}
