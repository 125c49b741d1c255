package httpd

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
)

// The headers of a stream of events: nobody keeps it, and no proxy collects what it says.
var (
	eventType = []string{"text/event-stream; charset=utf-8"}
	noCache   = []string{"no-cache"}
	unheld    = []string{"no"}
)

// answerEvents serves a வழி ஓடை. The stream opens with its first word; until then பதில் answers instead, as 204 does, which
// tells browsers not to come back.
func (h *handler) answerEvents(x *Exchange, l *leaf) {
	head := x.writer.Header()
	head["Content-Type"], head["Cache-Control"], head["X-Accel-Buffering"] = eventType, noCache, unheld
	protect(head)
	s := newStream(x, h)
	s.events, s.status = true, http.StatusOK
	s.begin(Ending(x.Request.raw), h.opt.Streams.Ending)
	if x.Request.raw.Method == http.MethodHead {
		s.header()
		s.close()
		return
	}
	err := safely(l.Run, x)
	if err == nil && !x.Response.Sent {
		_ = s.send(&x.run, "") // unless it is open: there was nothing to say
	}
	if s.opened() {
		h.endEvents(x, err)
		return
	}
	s.close()
	for _, name := range []string{"Content-Type", "Cache-Control", "X-Accel-Buffering"} {
		delete(head, name)
	}
	h.instead(x, err)
}

func (s *stream) opened() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// instead answers a request whose stream or socket was not opened.
func (h *handler) instead(x *Exchange, err error) {
	if err == nil {
		err = h.write(x)
	}
	if err != nil {
		h.fail(x, err)
	}
}

// endEvents ends an open stream of events. A failure is the last event, with no more than the id under which it was reported.
func (h *handler) endEvents(x *Exchange, err error) {
	s := x.stream
	if err != nil && !h.cancelled(x, err) {
		if h.opt.Report != nil {
			h.opt.Report(x.Trace(), x.Request.raw, err)
		}
		_ = s.send(&x.run, event{name: failedEvent, data: `{"id":` + strconv.Quote(x.Trace()) + `}`}.text())
	}
	s.close()
	x.cut = s.err != nil
}

// failedEvent is the name of the event that tells of a failure. "error" is the name of what EventSource itself tells of a
// connection.
const failedEvent = "பிழை"

// event is one server-sent event.
type event struct {
	name, data, id string
	retry          int64 // milliseconds, 0 to leave it
}

// text is the event as text/event-stream has it.
func (e event) text() string {
	var out strings.Builder
	out.Grow(len(e.name) + len(e.id) + len(e.data) + 48)
	line := func(field, text string) {
		out.WriteString(field)
		out.WriteString(": ")
		out.WriteString(text)
		out.WriteByte('\n')
	}
	if e.name != "" {
		line("event", e.name)
	}
	if e.id != "" {
		line("id", e.id)
	}
	if e.retry > 0 {
		line("retry", strconv.FormatInt(e.retry, 10))
	}
	for rest, more := e.data, true; more; {
		var text string
		text, rest, more = cutLine(rest)
		line("data", text)
	}
	out.WriteByte('\n')
	return out.String()
}

// cutLine cuts a text at its first line end of any kind.
func cutLine(s string) (line, rest string, more bool) {
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return s, "", false
	}
	n := 1
	if strings.HasPrefix(s[i:], "\r\n") {
		n = 2
	}
	return s[:i], s[i+n:], true
}

// newEvent makes an event of a word's arguments: NAME, DATA[, {"id": …, "retry": …}].
func newEvent(name, data value.Value, options []value.Value) (event, error) {
	e := event{name: name.Display(), data: payload(data)}
	if name.IsNil() {
		e.name = ""
	}
	if err := oneLine("பெயர்", e.name); err != nil {
		return e, err
	}
	if len(options) == 0 || options[0].IsNil() {
		return e, nil
	}
	rec := options[0].Record()
	if rec == nil {
		return e, &value.Error{Code: CodeStreamOption, Args: []string{"…", options[0].KindName()}}
	}
	for i, key := range rec.Layout.Keys() {
		if err := e.option(key, rec.Slots[i]); err != nil {
			return e, err
		}
	}
	return e, nil
}

// maxRetry is the longest pause before a browser comes back, in milliseconds: a day.
const maxRetry = 24 * 60 * 60 * 1000

func (e *event) option(key string, v value.Value) error {
	switch key {
	case "id":
		e.id = v.Display()
		return oneLine("id", e.id)
	case "retry", "மறு_இணைப்பு":
		n, ok := v.Int()
		if ok && v.IsNumber() && n >= 1 && n <= maxRetry {
			e.retry = n
			return nil
		}
	}
	return &value.Error{Code: CodeStreamOption, Args: []string{key, v.Display()}}
}

// oneLine refuses what would begin another field of the event. A NUL makes browsers forget an id.
func oneLine(what, text string) error {
	if strings.ContainsAny(text, "\r\n\x00") || !utf8.ValidString(text) {
		return &value.Error{Code: CodeEventLine, Args: []string{what, quoted(text)}}
	}
	return nil
}

// payload is what is sent of a value: records and arrays as compact JSON, everything else as its display text, இன்மை as nothing.
func payload(v value.Value) string {
	switch v.Kind() {
	case value.NilKind, value.UnsetKind:
		return ""
	case value.ArrayKind, value.RecordKind:
		return string(value.AppendJSON(nil, v))
	}
	return v.Display()
}
