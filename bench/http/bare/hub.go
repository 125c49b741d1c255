package main

import (
	"net/http"
	"sync"
)

const news = `{"அறை":"பொது","பெயர்":"கயல்விழி","செய்தி":"வணக்கம், எல்லோரும் நலமா? 👍🏽"}`

// hub are the clients that listen to events, each with a short queue.
type hub struct {
	mu      sync.Mutex
	clients map[chan []byte]struct{}
}

func (h *hub) listen(w http.ResponseWriter, r *http.Request) {
	queue := make(chan []byte, 16)
	h.mu.Lock()
	if h.clients == nil {
		h.clients = map[chan []byte]struct{}{}
	}
	h.clients[queue] = struct{}{}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.clients, queue)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	_ = out.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case event := <-queue:
			if _, err := w.Write(event); err != nil || out.Flush() != nil {
				return
			}
		}
	}
}

// tell gives an event to every client that keeps up.
func (h *hub) tell(event []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for queue := range h.clients {
		select {
		case queue <- event:
		default:
		}
	}
}
