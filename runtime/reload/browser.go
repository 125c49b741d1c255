package reload

import (
	"crypto/rand"
	_ "embed" // of the script
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Path is where browsers hear what becomes of the program, as server-sent events; ScriptPath is the script that listens.
const (
	Path       = "/_etamil/reload"
	ScriptPath = "/_etamil/reload.js"
)

// pingEvery is how often a stream says that it is alive.
const pingEvery = 20 * time.Second

//go:embed browser.js
var script []byte

// Browsers are the pages that are open. Wrap puts the script into pages, and the script loads a page again after Reload. It
// is safe for concurrent use.
type Browsers struct {
	boot string
	ping time.Duration

	mu       sync.Mutex
	count    int
	problems []Problem
	changed  chan struct{} // closed and replaced with every change
	done     chan struct{}
	closed   bool
}

// Problem is one reason why the next version does not start, as a page shows it. All but Head may be empty.
type Problem struct {
	// Head is what is wrong, with its place.
	Head string `json:"head"`
	// Line is the number of the source's line that follows: what stands in it before the fault, the fault, and the rest.
	Line   int    `json:"line"`
	Before string `json:"before"`
	Marked string `json:"marked"`
	After  string `json:"after"`
	// Help is what else there is to say.
	Help string `json:"help"`
}

// NewBrowsers makes the listeners of a server that has just begun.
func NewBrowsers() *Browsers {
	return &Browsers{boot: rand.Text(), ping: pingEvery, changed: make(chan struct{}), done: make(chan struct{})}
}

// Reload makes every open page load again.
func (b *Browsers) Reload() { b.change(func() { b.count, b.problems = b.count+1, nil }) }

// Broken shows on every open page why the next version does not start.
func (b *Browsers) Broken(problems []Problem) { b.change(func() { b.problems = problems }) }

func (b *Browsers) change(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f()
	close(b.changed)
	b.changed = make(chan struct{})
}

// Close ends the streams; more end as they begin.
func (b *Browsers) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		close(b.done)
	}
}

// state is what a page is told.
type state struct {
	Version  string    `json:"version"`
	Problems []Problem `json:"problems"`
}

func (b *Browsers) state() (state, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return state{b.boot + "." + strconv.Itoa(b.count), b.problems}, b.changed
}

// Wrap answers the two paths of this package, and lets h answer everything else, with the script in pages.
func (b *Browsers) Wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case Path, ScriptPath:
			b.serve(w, r)
		default:
			if !wantsPage(r) {
				h.ServeHTTP(w, r)
				return
			}
			r.Header.Del("Accept-Encoding") // into what is packed no script can be put
			p := &page{ResponseWriter: w, head: r.Method == http.MethodHead}
			defer p.end()
			h.ServeHTTP(p, r)
		}
	})
}

// serve answers the paths of this package, to pages of this machine only: the diagnostics show the program's source, which
// no page of another host may read, whatever its name is made to mean (DNS rebinding).
func (b *Browsers) serve(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head["X-Content-Type-Options"] = []string{"nosniff"}
	head["Cache-Control"] = []string{"no-store"}
	switch {
	case !ownHost(r.Host):
		http.Error(w, "403", http.StatusForbidden)
	case r.Method != http.MethodGet:
		head["Allow"] = []string{http.MethodGet}
		http.Error(w, "405", http.StatusMethodNotAllowed)
	case r.URL.Path == ScriptPath:
		head["Content-Type"] = []string{"text/javascript; charset=utf-8"}
		_, _ = w.Write(script) // the page may be gone
	default:
		b.stream(w, r)
	}
}

// ownHost tells whether a Host header is an address, or this machine's own name for itself.
func ownHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	return net.ParseIP(host) != nil || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// stream tells one page of every change until it is gone.
func (b *Browsers) stream(w http.ResponseWriter, r *http.Request) {
	w.Header()["Content-Type"] = []string{"text/event-stream"}
	control := http.NewResponseController(w)
	send := func(text string) bool {
		_ = control.SetWriteDeadline(time.Now().Add(2 * b.ping)) // else the server's own, which is for answers that end
		_, err := w.Write([]byte(text))
		return err == nil && control.Flush() == nil
	}
	tick := time.NewTicker(b.ping)
	defer tick.Stop()
	more := send("retry: 500\n\n")
	for more {
		now, changed := b.state()
		text, err := json.Marshal(now)
		if err != nil || !send("event: state\ndata: "+string(text)+"\n\n") {
			return
		}
		for waiting := true; waiting && more; {
			select {
			case <-changed:
				waiting = false
			case <-tick.C:
				more = send(":\n\n")
			case <-r.Context().Done():
				return
			case <-b.done:
				return
			}
		}
	}
}
