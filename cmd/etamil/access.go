package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// access is the log of requests in the form that --log asks for; nil for none.
func (a *app) access(form logFlag) func(r *http.Request, status int, took time.Duration) {
	switch form {
	case "off":
		return nil
	case "json":
		log := slog.New(slog.NewJSONHandler(a.stderr, nil))
		return func(r *http.Request, status int, took time.Duration) {
			log.LogAttrs(context.Background(), slog.LevelInfo, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", status), slog.Float64("ms", float64(took.Microseconds())/1000))
		}
	}
	var mu sync.Mutex
	return func(r *http.Request, status int, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(a.stderr, "%s %d %-7s %s  %.1f ms\n", time.Now().Format(time.TimeOnly), status, r.Method, r.URL.EscapedPath(),
			float64(took.Microseconds())/1000)
	}
}
