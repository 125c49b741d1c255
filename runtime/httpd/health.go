package httpd

import (
	"context"
	"net/http"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/value"
)

// The paths that every server answers: is the process well, and does it want requests?
const (
	HealthPath = "/health"
	ReadyPath  = "/ready"
)

// addHealth adds the routes of the server itself to a tree that does not have them.
func (n *node) addHealth(stopping *atomic.Bool) {
	add := func(path string, run func(context.Context, *Exchange) error) {
		if n.has(path) {
			return
		}
		at, _ := n.place(&leaf{Route: Route{Path: path}})
		at.routes[methodGet] = &leaf{Route: Route{Method: http.MethodGet, Path: path, Run: run}, index: -1}
	}
	add(HealthPath, func(_ context.Context, x *Exchange) error {
		x.Response = state(http.StatusOK, "healthy")
		return nil
	})
	add(ReadyPath, func(_ context.Context, x *Exchange) error {
		if stopping != nil && stopping.Load() {
			x.Response = state(http.StatusServiceUnavailable, "stopping")
			return nil
		}
		x.Response = state(http.StatusOK, "ready")
		return nil
	})
}

func state(status int64, word string) Response {
	body := value.FromFields([]string{"status"}, []value.Value{value.FromText(word)})
	noStore := value.FromFields([]string{"Cache-Control"}, []value.Value{value.FromText("no-store")})
	return Response{Sent: true, Status: value.FromInt(status), Body: body, Headers: noStore}
}
