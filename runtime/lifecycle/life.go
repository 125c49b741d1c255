package lifecycle

import (
	"context"
	"sync"
	"time"
)

// App is what a program says about how it is served: the record of செயலி_உருவாக்கு, or the operands of வழங்கி_தொடங்கு. What it does
// not say is empty; a port is -1 then.
type App struct {
	Host     string
	Port     int
	Database string // a SQLite file or an address, for the run's default database
	Log      string // "text", "json" or "off"
}

// Life is the life of one run: what it has asked for so far. It is safe for concurrent use.
type Life struct {
	// Database, which may be nil, is told of the database that a run's செயலி_உருவாக்கு names. It is set before the first run.
	Database func(ctx context.Context, url string)

	mu       sync.Mutex
	app      App
	started  bool
	stopping chan struct{}
	stopped  bool
	grace    time.Duration
}

// NoGrace is the grace of a stop that leaves it to the server.
const NoGrace time.Duration = -1

// New makes the life of a run that has asked for nothing.
func New() *Life {
	return &Life{app: App{Port: -1}, stopping: make(chan struct{}), grace: NoGrace}
}

// App is what the program has said so far.
func (l *Life) App() App {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.app
}

// Started tells whether the program has asked to be served, with செயலி_தொடங்கு or வழங்கி_தொடங்கு.
func (l *Life) Started() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.started && !l.stopped
}

// Stop asks the server to end; what runs has grace to finish, the server's own when it is NoGrace. Of several the last one
// counts, until the end has begun.
func (l *Life) Stop(grace time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if grace != NoGrace {
		l.grace = grace
	}
	if !l.stopped {
		l.stopped = true
		close(l.stopping)
	}
}

// Stopping is closed when the end was asked for.
func (l *Life) Stopping() <-chan struct{} { return l.stopping }

// Grace is how long what runs may take to finish, as the program says; otherwise is the server's own.
func (l *Life) Grace(otherwise time.Duration) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grace == NoGrace {
		return otherwise
	}
	return l.grace
}

// start notes that the program asks to be served, with what says how.
func (l *Life) start(say func(*App)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.started = true
	say(&l.app)
}

// say notes how the program is to be served.
func (l *Life) say(app App) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.app = app
}
