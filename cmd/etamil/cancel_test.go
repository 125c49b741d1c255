package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// cancelWorld has something to wait for, for every word that can wait. Nothing of it ever comes, or only after ten seconds.
const cancelWorld = `
காலி = சேனல்_உருவாக்கு(0); பூ = பூட்டு_உருவாக்கு(); பிடித்தது = சேனல்_உருவாக்கு(0);
து = துண்டிப்பான்_உருவாக்கு {"ஒருசேர": 1, "காத்திருப்பு": 10000};
தி = திரள்_உருவாக்கு {"path": "a.db", "max_connections": 1, "timeout": 10000};
எழுதுபவை = திரள்_உருவாக்கு {"path": "b.db"};
தளம்_இணை சீகுலைட், "b.db"; தளம்_செய் "CREATE TABLE t (n)", [];
தடை = பணி_உருவாக்கு "தடை" { பூட்டு_பிடி(பூ) { துண்டிப்பான்_இயக்கு(து) { திரள்_இணைப்பு(தி) { திரள்_இணைப்பு(எழுதுபவை) {
    இணைப்பு.செய்("BEGIN"); சேனல்_அனுப்பு(பிடித்தது, 1); காத்திரு(1000000000); }; }; }; }; };
சேனல்_பெறு(பிடித்தது);
செயல் பிபோ(எண் ந) { (ந < 2) எனில் { திரும்பு ந; } திரும்பு பிபோ(ந - 1) + பிபோ(ந - 2); }
`

// cancelRows are the words that wait, and what else may take long. URL is a server that says nothing for ten seconds, DEAF an address
// that takes connections and never answers.
var cancelRows = map[string]string{
	"காத்திரு":                `காத்திரு(10000);`,
	"காத்திரு of a task":      `காத்திரு(தடை);`,
	"பணி_அனைத்தும்":           `பணி_அனைத்தும்([தடை]);`,
	"பணி_முந்துவது":           `பணி_முந்துவது([தடை, தடை]);`,
	"சேனல்_அனுப்பு":           `சேனல்_அனுப்பு(காலி, 1);`,
	"சேனல்_பெறு":              `சேனல்_பெறு(காலி);`,
	"சேனல்_முந்துவது":         `சேனல்_முந்துவது([காலி, சேனல்_உருவாக்கு()]);`,
	"ஒவ்வொரு of a channel":    `ஒவ்வொரு எ இல் காலி { அச்சு எ; }`,
	"பூட்டு_பிடி":             `பூட்டு_பிடி(பூ) { அச்சு "வராது"; }`,
	"மீள்முயல், its pause":    `(2, {"இடைவெளி": 10000}) மீள்முயல் { தவறு("x")?; }`,
	"துண்டிப்பான்_இயக்கு":     `துண்டிப்பான்_இயக்கு(து) { அச்சு "வராது"; };`,
	"திரள்_இணைப்பு":           `திரள்_இணைப்பு(தி) { அச்சு "வராது"; };`,
	"திரள்_மூடு":              `திரள்_மூடு(தி);`,
	"a statement of SQL":      `தளம்_வினா("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c", []);`,
	"இணைப்பு.வினா":            `திரள்_இணைப்பு(எழுதுபவை) { இணைப்பு.வினா("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"); };`,
	"a turn to write":         `தளம்_செய் "INSERT INTO t VALUES (1)", [];`,
	"a request to a server":   `_httpGet("URL", {});`,
	"ஜிஆர்பிசி_அழை":           `ஜிஆர்பிசி_அழை("DEAF", "கணிப்பான்/கூட்டு", {}, {"காலவரம்பு": 10000});`,
	"a call by gRPC":          `_grpcCall("URL", "a/b", {});`,
	"கட்டளை_ஓட்டு":            `கட்டளை_ஓட்டு("sleep", ["10"], 60);`,
	"கட்டளை_ஓட்டு of a shell": `கட்டளை_ஓட்டு("sh", ["-c", "sleep 10; true"], 60);`,
	"a loop":             `(மெய்) சுற்று { x = 1; }`,
	"recursion":          `பிபோ(60);`,
	"இறுதியில்":          `முயல் { காத்திரு(10000); } பிழை { அச்சு "வராது"; } இறுதியில் { x = 1; }`,
	"a limit in a limit": `(9000) காலவரம்பு { காத்திரு(10000); }`,
}

// TestCancel ends each of them by a காலவரம்பு and by பணி_நிறுத்து, long before it would end by itself. How soon after that is what the best of
// a few tries says, so that a busy machine does not count: within 50 milliseconds.
func TestCancel(t *testing.T) {
	silent := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Second):
		}
	}))
	silent.Config.Protocols = new(http.Protocols)
	silent.Config.Protocols.SetHTTP1(true)
	silent.Config.Protocols.SetUnencryptedHTTP2(true)
	silent.Start()
	t.Cleanup(silent.Close)
	deaf, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = deaf.Close() })
	t.Setenv("ETAMIL_EXEC_ALLOW", "sleep"+string(os.PathListSeparator)+"sh")
	for name, wait := range cancelRows {
		wait := strings.NewReplacer("URL", silent.URL, "DEAF", deaf.Addr().String()).Replace(wait)
		t.Run(name, func(t *testing.T) {
			bySomething(t, `முயல் { (20) காலவரம்பு { அச்சு "தொடக்கம்"; `+wait+` அச்சு "வராது"; } } பிழை(பி) { அச்சு பி.வகை; }`,
				"தொடக்கம்\nகாலவரம்பு\n", 20*time.Millisecond)
			bySomething(t, `தொ = சேனல்_உருவாக்கு(0); ப = பணி_உருவாக்கு "நீளம்" { சேனல்_அனுப்பு(தொ, 1); `+wait+` அச்சு "வராது"; };
சேனல்_பெறு(தொ); காத்திரு(5); அச்சு "நிறுத்து"; பணி_நிறுத்து(ப); முயல் { காத்திரு(ப)?; } பிழை(பி) { அச்சு பி.வகை; }`, "நிறுத்து\nநிறுத்தம்\n", 0)
		})
	}
}

// TestCancelInput is உள்ளிடு, which only the program's main line can wait for.
func TestCancelInput(t *testing.T) {
	in, keyboard := io.Pipe()
	t.Cleanup(func() { _ = keyboard.Close() })
	stops(t, in, `முயல் { (20) காலவரம்பு { அச்சு "தொடக்கம்"; உள்ளிடு x; } } பிழை(பி) { அச்சு பி.வகை; }`, "தொடக்கம்\nகாலவரம்பு\n", 20*time.Millisecond)
}

// bySomething stops src in the world of cancelWorld.
func bySomething(t *testing.T, src, want string, after time.Duration) {
	t.Helper()
	stops(t, strings.NewReader(""), cancelWorld+"காத்திரு(பணி_உருவாக்கு { 1; });\n"+src+"\nபணி_நிறுத்து(தடை);", want, after)
}

// stops runs a program that prints two lines, and holds the time between them to 50 milliseconds and after.
func stops(t *testing.T, stdin io.Reader, src, want string, after time.Duration) {
	t.Helper()
	const tries, soon = 20, 50 * time.Millisecond
	best := time.Hour
	for range tries {
		out := &stamped{}
		var errs bytes.Buffer
		file := write(t, src)
		if code := runFolder(t, file, stdin, out, &errs); code != exitOK || out.text() != want {
			t.Fatalf("%s\nended with %d and printed %q, not %q\n%s", src, code, out.text(), want, errs.String())
		}
		if best = min(best, out.between()-after); best <= soon {
			break
		}
	}
	t.Logf("%.1f ms", float64(best.Microseconds())/1000)
	if best > soon {
		t.Errorf("%s\ntook %v at best", src, best)
	}
}

func runFolder(t *testing.T, file string, stdin io.Reader, out, errs io.Writer) int {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(file)
	text := strings.NewReplacer(`"a.db"`, `"`+dir+`/a.db"`, `"b.db"`, `"`+dir+`/b.db"`).Replace(string(src))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return run(context.Background(), []string{"run", file}, stdin, out, errs)
}

// stamped is output with the times of its lines.
type stamped struct {
	mu    sync.Mutex
	buf   bytes.Buffer
	times []time.Time
}

func (s *stamped) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range bytes.Count(p, []byte("\n")) {
		s.times = append(s.times, time.Now())
	}
	return s.buf.Write(p)
}

func (s *stamped) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

func (s *stamped) between() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.times[len(s.times)-1].Sub(s.times[0])
}
