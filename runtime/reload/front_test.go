package reload

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// notes are what happened, in order.
type notes struct {
	mu   sync.Mutex
	list []string
}

func (n *notes) add(what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, what)
}

func (n *notes) version(name string, h http.HandlerFunc) *Version {
	return &Version{
		Handler: h, Leave: func(context.Context) { n.add(name + " leaves") },
		End: func(context.Context) { n.add(name + " ends") },
	}
}

func ask(h http.Handler) string {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	return w.Body.String()
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

// TestSwap ends a request in the version that it began in, and that version after it.
func TestSwap(t *testing.T) {
	t.Parallel()
	n, began, goOn := &notes{}, make(chan bool), make(chan bool)
	f := NewFront(n.version("1", func(w http.ResponseWriter, _ *http.Request) {
		began <- true
		<-goOn
		_, _ = w.Write([]byte("பழையது"))
	}), time.Hour)
	old := make(chan string)
	go func() { old <- ask(f) }()
	<-began
	f.Swap(n.version("2", says("புதியது")))
	if got := ask(f); got != "புதியது" {
		t.Errorf("the new version says %q", got)
	}
	n.add("2 answered")
	goOn <- true
	if got := <-old; got != "பழையது" {
		t.Errorf("the old version says %q", got)
	}
	f.Wait()
	if i, j := slices.Index(n.list, "2 answered"), slices.Index(n.list, "1 ends"); i < 0 || j < i || slices.Contains(n.list, "2 ends") {
		t.Errorf("%q", n.list)
	}
	if i, j := slices.Index(n.list, "1 leaves"), slices.Index(n.list, "1 ends"); i < 0 || j < i {
		t.Errorf("%q", n.list)
	}
}

// TestGrace stops what does not end by itself, as a socket, once the time of the old version is over.
func TestGrace(t *testing.T) {
	t.Parallel()
	n, began, cut := &notes{}, make(chan bool), make(chan bool)
	first := n.version("1", func(http.ResponseWriter, *http.Request) {
		began <- true
		<-cut
		n.add("cut")
	})
	first.Cut = func() { close(cut) }
	f := NewFront(first, time.Millisecond)
	go func() { ask(f) }()
	<-began
	f.Swap(n.version("2", says("")))
	f.Wait()
	if !slices.Equal(n.list, []string{"1 leaves", "cut", "1 ends"}) && !slices.Equal(n.list, []string{"cut", "1 leaves", "1 ends"}) {
		t.Errorf("%q", n.list)
	}
}

// TestManySwaps loses no request while versions follow each other.
func TestManySwaps(t *testing.T) {
	t.Parallel()
	ended := make(chan int, 1000)
	version := func(n int) *Version {
		open := true
		var mu sync.RWMutex
		return &Version{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			mu.RLock()
			defer mu.RUnlock()
			if !open {
				t.Error("a version answers after its end")
			}
			_, _ = w.Write([]byte("ok"))
		}), End: func(context.Context) {
			mu.Lock()
			defer mu.Unlock()
			open = false
			ended <- n
		}}
	}
	f := NewFront(version(0), time.Minute)
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if ask(f) != "ok" {
						t.Error("a request was lost")
					}
				}
			}
		})
	}
	for n := range 1000 {
		f.Swap(version(n + 1))
	}
	close(stop)
	clients.Wait()
	f.Wait()
	if len(ended) != 1000 {
		t.Errorf("%d versions ended", len(ended))
	}
}
