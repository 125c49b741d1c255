package main

import (
	"context"
	"io"
	"net"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestCancelStreams ends waits for a socket's messages and for a client that reads nothing, by a காலவரம்பு. The test would not end if they
// went on.
func TestCancelStreams(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, `
வகை_ = சேனல்_உருவாக்கு(1); பெரிது = ""; (நீளம்(பெரிது) < 65536) சுற்று { பெரிது = பெரிது & "abcdefghijklmnopqrstuvwxyz0123456789"; }
வழி சாக்கெட், "/s" { முயல் { (20) காலவரம்பு { சாக்கெட்_பெறு(); சாக்கெட்_அனுப்பு("வராது"); } } பிழை(பி) { சாக்கெட்_அனுப்பு(பி.வகை); } }
வழி பெறு, "/flood" { முயல் { (50) காலவரம்பு { பதில்_ஓடை 200, {} { (மெய்) சுற்று { ஓடை_எழுது(பெரிது); } } } } பிழை(பி) { சேனல்_அனுப்பு(வகை_, பி.வகை); } }
வழி பெறு, "/kind" { பதில் 200, சேனல்_பெறு(வகை_); }
`))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	socket, resp, err := websocket.Dial(ctx, "ws://"+addr+"/s", nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, log())
	}
	if resp.Body != nil {
		_ = resp.Body.Close()
	}
	if _, text, err := socket.Read(ctx); err != nil || string(text) != "காலவரம்பு" {
		t.Errorf("%q %v\n%s", text, err, log())
	}
	_ = socket.CloseNow()

	deaf, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = deaf.Close() }()
	if _, err := io.WriteString(deaf, "GET /flood HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if status, body := ask(t, "GET", "http://"+addr+"/kind", ""); status != 200 || body != "காலவரம்பு" {
		t.Errorf("%d %s\n%s", status, body, log())
	}
}
