package httpd

import (
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
)

// refusal is a request that is not answered by the program, and why. Code may be "".
type refusal struct {
	status int
	code   string
	args   []string
	close  bool // nothing more is read from this connection
}

func (r *refusal) Error() string { return strconv.Itoa(r.status) + " " + r.code }

// tamilStatus are the reason phrases of the statuses that the server itself answers.
var tamilStatus = map[int]string{
	http.StatusBadRequest:                   "தவறான கோரிக்கை",
	http.StatusUnauthorized:                 "யார் கேட்பது எனத் தெரியவில்லை",
	http.StatusForbidden:                    "அனுமதி இல்லை",
	http.StatusNotFound:                     "அப்படி ஒரு பாதை இல்லை",
	http.StatusMethodNotAllowed:             "இந்தப் பாதைக்கு இந்த முறை இல்லை",
	http.StatusPreconditionFailed:           "நிபந்தனை பொருந்தவில்லை",
	http.StatusRequestTimeout:               "கோரிக்கை நேரத்துக்குள் வரவில்லை",
	http.StatusRequestEntityTooLarge:        "உடல் மிகப் பெரியது",
	http.StatusUnsupportedMediaType:         "உடலின் வகையைப் படிக்க முடியாது",
	http.StatusRequestedRangeNotSatisfiable: "கேட்ட பகுதி இல்லை",
	http.StatusTooManyRequests:              "கோரிக்கைகள் மிக அதிகம்",
	http.StatusRequestHeaderFieldsTooLarge:  "தலைப்புகள் மிகப் பெரியவை",
	http.StatusInternalServerError:          "உட்பிழை",
	http.StatusNotImplemented:               "இது இங்கு இல்லை",
	http.StatusServiceUnavailable:           "இப்போது முடியவில்லை",
	http.StatusHTTPVersionNotSupported:      "இந்த HTTP பதிப்பு இங்கு இல்லை",
	http.StatusExpectationFailed:            "எதிர்பார்ப்பை நிறைவேற்ற முடியாது",
	http.StatusMisdirectedRequest:           "இந்த வழங்கிக்கான கோரிக்கை அல்ல",
	http.StatusUpgradeRequired:              "வேறு நெறிமுறை வேண்டும்",
	http.StatusConflict:                     "இப்போதைய நிலையுடன் முரண்படுகிறது",
}

// englishStatus is a status in English; 413 has the name of RFC 9110.
func englishStatus(status int) string {
	if status == http.StatusRequestEntityTooLarge {
		return "Content Too Large"
	}
	return http.StatusText(status)
}

// problemType is the type of an answer that tells what went wrong (RFC 9457).
const problemType = "application/problem+json"

var (
	problemHeader = []string{problemType}
	pageHeader    = []string{"text/html; charset=utf-8"}
)

// errorBody is what the server itself answers, a problem (RFC 9457) with the status in both languages, then more pairs of
// names and texts.
func errorBody(status int, more ...string) []byte {
	out := []byte(`{"type":"about:blank","title":`)
	out = value.AppendJSONString(out, englishStatus(status))
	out = strconv.AppendInt(append(out, `,"status":`...), int64(status), 10)
	if tamil := tamilStatus[status]; tamil != "" {
		out = append(out, `,"பிழை":`...)
		out = value.AppendJSONString(out, tamil)
	}
	for i := 0; i+1 < len(more); i += 2 {
		out = value.AppendJSONString(append(out, ','), more[i])
		out = value.AppendJSONString(append(out, ':'), more[i+1])
	}
	return append(out, '}')
}

// errorPage is the same for people, in whose browsers it may stand.
func errorPage(status int, more ...string) []byte {
	title := strconv.Itoa(status) + " " + englishStatus(status)
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="ta"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
		`<meta name="color-scheme" content="light dark"><title>` + html.EscapeString(title) + "</title>\n<h1>" +
		html.EscapeString(orTitle(tamilStatus[status], title)) + "</h1>\n<p lang=\"en\">" + html.EscapeString(title) + "</p>\n")
	for i := 0; i+1 < len(more); i += 2 {
		b.WriteString("<p><small>" + html.EscapeString(more[i]) + "</small><br>" + html.EscapeString(more[i+1]) + "</p>\n")
	}
	b.WriteString("</html>\n")
	return []byte(b.String())
}

func orTitle(tamil, title string) string {
	if tamil == "" {
		return title
	}
	return tamil
}

// wantsPage tells whether a client would rather have a page than JSON, as browsers say of what they show.
func wantsPage(accept string) bool {
	page, any := quality(accept, "text/html"), quality(accept, problemType)
	return page > 0 && page > any
}

// linger is how long what a refused client still sends is read and dropped, so that it can read its answer.
const linger = 500 * time.Millisecond

// refuse answers a request that the program does not see.
func (x *Exchange) refuse(why *refusal) {
	var more []string
	if why.code != "" {
		more = []string{"detail", diag.Message(why.code, diag.English, why.args...), "விவரம்", diag.Message(why.code, diag.Tamil, why.args...)}
	}
	if why.status == http.StatusServiceUnavailable {
		x.writer.Header()["Retry-After"] = []string{"1"}
	}
	if why.close {
		x.writer.Header()["Connection"] = closeHeader
		_ = http.NewResponseController(x.writer).SetReadDeadline(time.Now().Add(linger)) // else the server's own holds
	}
	x.sendError(why.status, more...)
	if raw := x.Request.raw; why.close && raw.Close && raw.ProtoMajor == 1 {
		// net/http closes at once where the client wants that too, and what is unread then takes the answer away from it.
		_ = http.NewResponseController(x.writer).Flush()
		_, _ = io.Copy(io.Discard, raw.Body) // no longer than linger
	}
}

// sendError answers with a problem that has these members too.
func (x *Exchange) sendError(status int, more ...string) {
	more = append(more, "instance", "urn:trace:"+x.Trace())
	head := x.writer.Header()
	body, kind := errorBody, problemHeader
	head.Add("Vary", "Accept")
	if wantsPage(x.Request.raw.Header.Get("Accept")) {
		body, kind = errorPage, pageHeader
	}
	text := body(status, more...)
	head["Content-Type"] = kind
	protect(head)
	head["Content-Length"] = []string{strconv.Itoa(len(text))}
	x.writer.WriteHeader(status)
	_, _ = x.writer.Write(text) // the client may be gone; nobody is left to tell
}
