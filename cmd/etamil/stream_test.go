package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// streamed is an answer that is read as it comes.
type streamed struct {
	*http.Response
	lines *bufio.Reader
	stop  context.CancelFunc
}

// tune asks for a stream.
func tune(t *testing.T, addr, path string, head ...string) *streamed {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	s := &streamed{resp, bufio.NewReader(resp.Body), stop}
	t.Cleanup(s.close)
	return s
}

func (s *streamed) close() {
	s.stop()
	_ = s.Body.Close()
}

// event reads up to the end of the next event that is no comment.
func (s *streamed) event(t *testing.T) string {
	t.Helper()
	for {
		text, err := s.part()
		if err != nil {
			t.Fatalf("after %q: %v", text, err)
		}
		if !strings.HasPrefix(text, ":") {
			return text
		}
	}
}

// part reads up to the next empty line.
func (s *streamed) part() (string, error) {
	var all strings.Builder
	for {
		line, err := s.lines.ReadString('\n')
		all.WriteString(line)
		if err != nil || line == "\n" {
			return all.String(), err
		}
	}
}

// rest reads to the end.
func (s *streamed) rest() (string, error) {
	all, err := io.ReadAll(s.lines)
	return string(all), err
}

// TestStreams asks for streamed answers and streams of events, and looks at all of what comes.
func TestStreams(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, `
வழி பெறு, "/csv" { பதில்_ஓடை 200, {"Content-Type": "text/csv"} { ஒவ்வொரு எ இல் [1, 2, 3] { ஓடை_எழுது(எ & "\n"); } } }
செயல் துண்டிடு(சொல்_) { ஓடை_எழுது(சொல்_); }
வழி பெறு, "/தமிழ்" { பதில்_ஓடை 201 { துண்டிடு("கி"); துண்டிடு("𝒳👍🏽𑿀"); துண்டிடு({"அ": [1.50, மெய்]}); துண்டிடு(இன்மை); } பதில் 500, "x"; }
வழி பெறு, "/empty" { பதில்_ஓடை 202 { } }
வழி பெறு, "/left" { பதில்_ஓடை 200 { ஒவ்வொரு எ இல் [1, 2, 3] { (எ == 2) எனில் { நிறுத்து; } ஓடை_எழுது(எ); } ஓடை_எழுது("-"); திரும்பு; } ஓடை_எழுது("never"); }
வழி பெறு, "/cookie" { பதில்_ஓடை 200, {"Set-Cookie": ["a=1", "b=2"], "Content-Length": "3"} { ஓடை_எழுது("ab"); } }
_route _get, "/roman" { _respondStream 200 { _streamWrite("x"); } }
வழி ஓடை, "/events" {
    ஓடை_நிகழ்வு("எண்ணிக்கை", 1.50, {"id": "க-7", "retry": 2500});
    ஓடை_நிகழ்வு("", "ஒன்று\r\nஇரண்டு\rமூன்று\n");
    ஓடை_நிகழ்வு(இன்மை, இன்மை);
    ஓடை_நிகழ்வு("r", {"அ": "𝒳\n👍🏽"});
    ஓடை_எழுது(கோரிக்கை.தலைப்புகள்["last-event-id"]);
}
வழி ஓடை, "/none" { }
வழி ஓடை, "/enough" { பதில் 204, ""; }
வழி ஓடை, "/never/:எது" { பதில் 403, பாதை_அளவுரு("எது"); }
`))
	for _, tt := range []struct{ path, status, kind, body string }{
		{"/csv", "200 OK", "text/csv", "1\n2\n3\n"},
		{"/தமிழ்", "201 Created", textKind, `கி𝒳👍🏽𑿀{"அ":[1.5,true]}`},
		{"/empty", "202 Accepted", textKind, ""},
		{"/left", "200 OK", textKind, "1-"},
		{"/cookie", "200 OK", textKind, "ab"},
		{"/roman", "200 OK", textKind, "x"},
		{"/events", "200 OK", eventKind, "event: எண்ணிக்கை\nid: க-7\nretry: 2500\ndata: 1.5\n\n" +
			"data: ஒன்று\ndata: இரண்டு\ndata: மூன்று\ndata: \n\ndata: \n\nevent: r\ndata: {\"அ\":\"𝒳\\n👍🏽\"}\n\ndata: முன்\n\n"},
		{"/none", "200 OK", eventKind, ""},
		{"/enough", "204 No Content", "", ""},
		{"/never/கி", "403 Forbidden", textKind, "கி"},
	} {
		s := tune(t, addr, tt.path, "Last-Event-ID", "முன்")
		body, err := s.rest()
		if err != nil || s.Status != tt.status || s.Header.Get("Content-Type") != tt.kind || body != tt.body {
			t.Errorf("%s: %s %q %q %v\n%s", tt.path, s.Status, s.Header.Get("Content-Type"), body, err, log())
		}
	}
	if log() != servingLine(addr) {
		t.Errorf("something was reported:\n%s", log())
	}
}

const (
	textKind  = "text/plain; charset=utf-8"
	eventKind = "text/event-stream; charset=utf-8"
)

// servingLine is all that a server says that has nothing to say.
func servingLine(addr string) string {
	return "வழங்குகிறது  (serving): http://" + addr + "\n"
}

// TestStreamCanonical runs the streams and the socket of the canonical program.
func TestStreamCanonical(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", filepath.Join("..", "..", "syntax", "testdata", "canonical", "02_valY.qmz"))
	csv := tune(t, addr, "/aRikkY.csv")
	if body, err := csv.rest(); err != nil || body != "1\n2\n3\n" || csv.Header.Get("Content-Type") != "text/csv" {
		t.Errorf("%q %v %v", body, err, csv.Header)
	}
	events := tune(t, addr, "/nikazvukaL")
	for _, n := range []string{"1", "2", "3"} {
		if got := events.event(t); got != "event: எண்ணிக்கை\ndata: "+n+"\n\n" {
			t.Errorf("%q", got)
		}
	}
	if body, err := events.rest(); body != "" || err != nil {
		t.Errorf("%q %v", body, err)
	}
	c := dialSocket(t, addr, "/eqiroli")
	for _, said := range []string{"கி", "", "𝒳 👍🏽 𑿀"} {
		c.say(t, said)
		c.want(t, fmt.Sprintf("text %q", said))
	}
	c.put(t, frame{op: opClose, data: closing(1000, "")})
	if got := c.all(); len(got) != 1 || got[0] != bye {
		t.Errorf("%q\n%s", got, log())
	}
}

// TestStreamHead asks for the headers of streams: no event is made, and the program's block runs for nobody.
func TestStreamHead(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, `
வழி ஓடை, "/events" { 1 / 0; }
வழி பெறு, "/csv" { பதில்_ஓடை 200 { ஓடை_எழுது("ab"); } }
வழி சாக்கெட், "/socket" { 1 / 0; }
`))
	for path, want := range map[string]string{"/events": "200 OK", "/csv": "200 OK", "/socket": "426 Upgrade Required"} {
		got := rawAsk(t, addr, "HEAD", httpCase{method: "HEAD", target: path}.request(addr))
		if got.status != want || got.body+got.rest != "" {
			t.Errorf("%s: %q %q\n%s", path, got.status, got.body+got.rest, log())
		}
	}
}

// TestStreamFaults holds that no cut answer looks whole, and that clients are told no more than an id.
func TestStreamFaults(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, `
வழி பெறு, "/before" { பதில்_ஓடை 200, {"X-Own": "1"} { அ = 1 / 0; } }
வழி பெறு, "/after" { பதில்_ஓடை 200 { ஓடை_எழுது("ab"); அ = 1 / 0; } }
வழி பெறு, "/caught" { முயல் { பதில்_ஓடை 200 { ஓடை_எழுது("ab"); அ = 1 / 0; } } பிழை (பி) { அச்சு பி.வகை; } }
வழி ஓடை, "/event-before" { அ = 1 / 0; }
வழி ஓடை, "/event-after" { ஓடை_நிகழ்வு("a", 1); அ = 1 / 0; }
`))
	for _, tt := range []struct {
		path, status, body string
		cut                bool
		reports            int
	}{
		{"/before", "500 Internal Server Error", `{"type":"about:blank"`, false, 1},
		{"/after", "200 OK", "ab", true, 1},
		{"/caught", "200 OK", "ab", true, 0},
		{"/event-before", "500 Internal Server Error", `{"type":"about:blank"`, false, 1},
		{"/event-after", "200 OK", "event: a\ndata: 1\n\nevent: பிழை\ndata: {\"id\":\"", false, 1},
	} {
		before := strings.Count(log(), "[E0302]")
		s := tune(t, addr, tt.path)
		body, err := s.rest()
		if s.Status != tt.status || !strings.HasPrefix(body, tt.body) || (err != nil) != tt.cut || s.Header.Get("X-Own") != "" {
			t.Errorf("%s: %s %q %v", tt.path, s.Status, body, err)
		}
		if strings.Contains(body, "E0302") || strings.Contains(body, ".qmz") {
			t.Errorf("%s says too much: %q", tt.path, body)
		}
		until(t, func() bool { return strings.Count(log(), "[E0302]") >= before+tt.reports }, log)
		if _, id, ok := strings.Cut(body, `{"id":"`); ok && !strings.Contains(log(), "/event-after  ["+strings.TrimRight(id, "\"}\n")+"]") {
			t.Errorf("%s: no report has the id of %q\n%s", tt.path, body, log())
		}
	}
}

// TestStreamRefusals holds what the words refuse, and where.
func TestStreamRefusals(t *testing.T) {
	t.Parallel()
	const plain, events = `வழி பெறு, "/" { `, `வழி ஓடை, "/" { `
	for _, tt := range []struct{ program, code string }{
		{plain + `பதில்_ஓடை 200 { பதில்_ஓடை 200 { } } }`, "E0410"},
		{plain + `பதில்_ஓடை 200 { } பதில்_ஓடை 200 { } }`, "E0410"},
		{events + `பதில்_ஓடை 200 { } }`, "E0410"},
		{plain + `ஓடை_எழுது(1); }`, "E0411"},
		{plain + `பதில்_ஓடை 200 { } ஓடை_நிகழ்வு("a", 1); }`, "E0411"},
		{plain + `ஓடை_சேர்("a"); }`, "E0411"},
		{plain + `சாக்கெட்_பெறு(); }`, "E0412"},
		{events + `சாக்கெட்_அனுப்பு(1); }`, "E0412"},
		{events + `சாக்கெட்_சேர்("a"); }`, "E0412"},
		{events + `சாக்கெட்_மூடு(); }`, "E0412"},
		{events + `ஓடை_நிகழ்வு("a\nb", 1); }`, "E0413"},
		{events + `ஓடை_நிகழ்வு("a", 1, {"id": "a\rb"}); }`, "E0413"},
		{events + `ஓடை_நிகழ்வு("a", 1, {"retry": 0}); }`, "E0414"},
		{events + `ஓடை_நிகழ்வு("a", 1, {"retry": 1.5}); }`, "E0414"},
		{events + `ஓடை_நிகழ்வு("a", 1, {"reply": 1}); }`, "E0414"},
		{events + `ஓடை_நிகழ்வு("a", 1, 1); }`, "E0414"},
		{plain + `சாக்கெட்_பரப்பு("a", 1, {"x": மெய்}); }`, "E0414"},
		{plain + `சாக்கெட்_பரப்பு("a", "x", {"பைட்டுகள்": மெய்}); }`, "E0418"},
		{plain + `சாக்கெட்_பரப்பு("a", [256], {"பைட்டுகள்": மெய்}); }`, "E0418"},
		{plain + `சாக்கெட்_பரப்பு("a", [0.5], {"பைட்டுகள்": மெய்}); }`, "E0418"},
		{plain + `பதில்_ஓடை 204 { } }`, "E0419"},
		{plain + `பதில்_ஓடை 600 { } }`, "E0460"},
		{plain + `பதில்_ஓடை 200, {"a b": 1} { } }`, "E0462"},
		{plain + `பதில்_ஓடை 200, 5 { } }`, "E0461"},
	} {
		addr, log := startServer(t, "serve", "--log", "off", write(t, tt.program))
		s := tune(t, addr, "/")
		body, _ := s.rest()
		if s.StatusCode != 500 && s.StatusCode != 200 || !strings.Contains(log(), "["+tt.code+"]") || strings.Contains(body, tt.code) {
			t.Errorf("%s: %s %q\n%s", tt.program, s.Status, body, log())
		}
	}
	for _, program := range []string{`ஓடை_எழுது(1);`, `சாக்கெட்_பெறு();`, `பதில்_ஓடை 200 { }`} {
		var out, errs strings.Builder
		if code := run(context.Background(), []string{"run", write(t, program)}, strings.NewReader(""), &out, &errs); code != exitFault || !strings.Contains(errs.String(), "[E0366]") {
			t.Errorf("%s: %d %s", program, code, errs.String())
		}
	}
}

// TestStreamBackPressure holds that a program writes no further than its client reads, and ends when the client goes.
func TestStreamBackPressure(t *testing.T) {
	t.Parallel()
	for _, route := range []string{
		`வழி பெறு, "/" { முயல் { பதில்_ஓடை 200 { (மெய்) சுற்று { ஓடை_எழுது(துண்டு); அணு_கூட்டு(எண்ணி, 1); } } } இறுதியில் { அணு_கூட்டு(முடிந்தவை, 1); } }`,
		`வழி ஓடை, "/" { முயல் { (மெய்) சுற்று { ஓடை_நிகழ்வு("a", துண்டு); அணு_கூட்டு(எண்ணி, 1); } } இறுதியில் { அணு_கூட்டு(முடிந்தவை, 1); } }`,
	} {
		addr, log := startServer(t, "serve", "--log", "off", write(t, `
எண்ணி = அணு_உருவாக்கு(0);
முடிந்தவை = அணு_உருவாக்கு(0);
துண்டு = "அ";
i = 0; (i < 15) சுற்று { துண்டு = துண்டு & துண்டு; i = i + 1; }
`+route+`
வழி பெறு, "/count" { பதில் 200, அணு_பெறு(எண்ணி); }
வழி பெறு, "/ended" { பதில் 200, அணு_பெறு(முடிந்தவை); }
`))
		conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		count := func() string { return get(t, addr, "/count").body }
		still := func() bool { // the program waits: what both ends of the connection hold is bounded
			n := count()
			time.Sleep(150 * time.Millisecond)
			return n != "0" && n == count()
		}
		until(t, still, log)
		before := count()
		if _, err := io.CopyN(io.Discard, conn, 16<<20); err != nil {
			t.Fatal(err)
		}
		until(t, func() bool { return count() != before }, log)
		_ = conn.Close()
		until(t, func() bool { return get(t, addr, "/ended").body == "1" }, log)
		if log() != servingLine(addr) {
			t.Errorf("a client that goes is no failure:\n%s", log())
		}
	}
}
