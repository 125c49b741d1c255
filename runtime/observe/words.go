package observe

import (
	"log/slog"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Words are the words of this package, by words.Word.ID. Without a log in the run's context they write nothing.
func Words() vm.Natives {
	all := vm.Natives{
		"logLevel":      {Min: 1, Max: 1, Fn: levelWord},
		"logWith":       {Min: 1, Max: 1, Enters: true, Fn: withWord},
		"logWith.leave": {Min: 1, Max: 1, Whole: 1, Fn: leaveWord},
		"timestamp":     {Min: 0, Max: 0, Fn: timestampWord},
	}
	for id, level := range map[string]slog.Level{
		"logError": slog.LevelError, "logWarn": slog.LevelWarn, "logInfo": slog.LevelInfo, "logDebug": slog.LevelDebug,
	} {
		all[id] = &vm.Native{Min: 1, Max: 2, Fn: func(c *vm.Call) (value.Value, error) { return value.Nil, write(c, level) }}
	}
	return all
}

// write writes a record: event[, fields].
func write(c *vm.Call, level slog.Level) error {
	l := From(c.Context())
	if l == nil || level < l.level.Level() {
		return nil
	}
	r := slog.NewRecord(time.Now(), level, c.Args[0].Display(), 0)
	if l.trace != nil {
		if id := l.trace(c.Context()); id != "" {
			r.AddAttrs(slog.String(KeyTrace, id))
		}
	}
	attrs, err := fields(c.Args[1:])
	if err != nil {
		return err
	}
	r.AddAttrs(scope(c).merge(attrs)...)
	if err := c.Flush(); err != nil { // what was printed before stands before it, where both go to one terminal
		return err
	}
	_ = l.handler.Handle(c.Context(), r) // a log that cannot be written stops no program
	return nil
}

// fields reads a record of fields, if there is one.
func fields(args []value.Value) ([]slog.Attr, error) {
	if len(args) == 0 || args[0].IsNil() {
		return nil, nil
	}
	r := args[0].Record()
	if r == nil {
		return nil, &value.Error{Code: CodeFields, Args: []string{args[0].KindName()}}
	}
	keys := r.Layout.Keys()
	attrs := make([]slog.Attr, len(keys))
	for i, key := range keys {
		if own(key) {
			key += "_"
		}
		attrs[i] = slog.Attr{Key: key, Value: logged(r.Slots[i])}
	}
	return attrs, nil
}

// logged is a value as slog takes it. Numbers stay exact.
func logged(v value.Value) slog.Value {
	switch v.Kind() {
	case value.TextKind:
		return slog.StringValue(v.Text())
	case value.BooleanKind:
		return slog.BoolValue(v.Bool())
	case value.NumberKind:
		if n, ok := v.Int(); ok {
			return slog.Int64Value(n)
		}
	case value.FuncKind, value.HandleKind:
		return slog.StringValue(v.Display())
	}
	return slog.AnyValue(encoded(value.AppendJSON(nil, v)))
}

// encoded is JSON, for both forms of the log.
type encoded string

// MarshalJSON is the JSON itself.
func (e encoded) MarshalJSON() ([]byte, error) { return []byte(e), nil }

// MarshalText is the JSON as text, which slog quotes.
func (e encoded) MarshalText() ([]byte, error) { return []byte(e), nil }

// scopeKey finds the fields around a run. Tasks that it starts have them too (vm.Inherited).
type scopeKey struct{}

// Inherited makes tasks have the fields of those that start them.
func (scopeKey) Inherited() {}

func scope(c *vm.Call) *around {
	a, _ := c.Value(scopeKey{}).(*around)
	return a
}

// withWord begins பதிவு_சூழல்: it answers the fields around it, for leaveWord.
func withWord(c *vm.Call) (value.Value, error) {
	attrs, err := fields(c.Args)
	if err != nil {
		return value.Nil, err
	}
	outer := scope(c)
	c.SetValue(scopeKey{}, &around{attrs, outer})
	return value.FromHandle(&value.Handle{Kind: "பதிவு_சூழல்", Impl: outer}), nil
}

func leaveWord(c *vm.Call) (value.Value, error) {
	c.SetValue(scopeKey{}, c.Args[0].Handle().Impl)
	return value.Nil, nil
}

// levelWord is பதிவு_நிலை: the least level that the program writes from now on, in all of its runs.
func levelWord(c *vm.Call) (value.Value, error) {
	level, ok := ParseLevel(c.Args[0].Display())
	if !ok {
		return value.Nil, &value.Error{Code: CodeLevel, Args: []string{value.Brief(c.Args[0])}}
	}
	if l := From(c.Context()); l != nil {
		l.SetLevel(level)
	}
	return value.Nil, nil
}

// timestampWord is நேரமுத்திரை(): the time now, as RFC 3339 writes it, to the millisecond.
func timestampWord(*vm.Call) (value.Value, error) {
	return value.FromText(time.Now().Format("2006-01-02T15:04:05.000Z07:00")), nil
}
