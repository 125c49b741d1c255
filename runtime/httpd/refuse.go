package httpd

import (
	"net/http"
	"strconv"
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
	http.StatusBadRequest:                  "தவறான கோரிக்கை",
	http.StatusUnauthorized:                "யார் கேட்பது எனத் தெரியவில்லை",
	http.StatusForbidden:                   "அனுமதி இல்லை",
	http.StatusNotFound:                    "அப்படி ஒரு பாதை இல்லை",
	http.StatusMethodNotAllowed:            "இந்தப் பாதைக்கு இந்த முறை இல்லை",
	http.StatusRequestTimeout:              "கோரிக்கை நேரத்துக்குள் வரவில்லை",
	http.StatusRequestEntityTooLarge:       "உடல் மிகப் பெரியது",
	http.StatusUnsupportedMediaType:        "உடலின் வகையைப் படிக்க முடியாது",
	http.StatusRequestHeaderFieldsTooLarge: "தலைப்புகள் மிகப் பெரியவை",
	http.StatusInternalServerError:         "உட்பிழை",
	http.StatusNotImplemented:              "இது இங்கு இல்லை",
	http.StatusServiceUnavailable:          "இப்போது முடியவில்லை",
	http.StatusHTTPVersionNotSupported:     "இந்த HTTP பதிப்பு இங்கு இல்லை",
	http.StatusExpectationFailed:           "எதிர்பார்ப்பை நிறைவேற்ற முடியாது",
}

// englishStatus is a status in English; 413 has the name of RFC 9110.
func englishStatus(status int) string {
	if status == http.StatusRequestEntityTooLarge {
		return "Content Too Large"
	}
	return http.StatusText(status)
}

// errorBody is what the server itself answers: the status in both languages, then more pairs of names and texts.
func errorBody(status int, more ...string) []byte {
	out := []byte(`{"error":`)
	out = value.AppendJSONString(out, englishStatus(status))
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

// linger is how long what a refused client still sends is read and dropped, so that it can read its answer.
const linger = 500 * time.Millisecond

// refuse answers a request that the program does not see.
func refuse(w http.ResponseWriter, r *refusal) {
	var more []string
	if r.code != "" {
		more = []string{"detail", diag.Message(r.code, diag.English, r.args...), "விவரம்", diag.Message(r.code, diag.Tamil, r.args...)}
	}
	if r.close {
		w.Header()["Connection"] = closeHeader
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(linger)) // else the server's own holds
	}
	sendError(w, r.status, errorBody(r.status, more...))
}

func sendError(w http.ResponseWriter, status int, body []byte) {
	head := w.Header()
	head["Content-Type"] = jsonHeader
	protect(head)
	head["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may be gone; nobody is left to tell
}
