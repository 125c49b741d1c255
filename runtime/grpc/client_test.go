package grpc_test

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	grpcgo "google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"

	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// say runs a program, in which ADDR is an address, and answers what it printed.
func say(t testing.TB, src, address string) (string, error) {
	t.Helper()
	return sayIn(t, src, address, host.Env{})
}

func sayIn(t testing.TB, src, address string, world host.Env) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := vm.New(compileIn(t, strings.ReplaceAll(src, "ADDR", address), world), vm.Options{Stdout: &out}).Run(t.Context())
	return strings.TrimSpace(out.String()), err //nolint:wrapcheck // asked for
}

func says(t *testing.T, address, src, want string) {
	t.Helper()
	if got, err := say(t, src, address); err != nil || got != want {
		t.Errorf("%s\n%s\n%s\n%v", src, got, want, err)
	}
}

// A program of ours that calls one of ours: numbers stay numbers, with all their digits.
func TestCallOurs(t *testing.T) {
	t.Parallel()
	address := serve(t, shop, nil)
	for src, want := range map[string]string{
		`அச்சு ஜிஆர்பிசி_அழை("ADDR", "கணிப்பான்/கூட்டு", {"அ": 1, "ஆ": 2});`:                                                                                                                            `சரி({விடை: 3})`,
		`வி = ஜிஆர்பிசி_அழை("http://ADDR", "kaNippAZ/kUttu", {"அ": 0.1, "ஆ": 0.2}, {"காலவரம்பு": 5000}); அச்சு மதிப்பு(வி).விடை;`:                                                                       `0.3`,
		`வி = மதிப்பு(ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/தொகை", {"வரிகள்": [{"அளவு": 12345678901234567890.12}, {"அளவு": 1}]})); அச்சு வி.மொத்தம் + 1;`:                                                  `12345678901234567892.12`,
		`வி = மதிப்பு(ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/எதிரொலி", {"பெயர்": "கொ 👍🏽 𝒳", "மேலும்": [1, {"அ": இன்மை}]})); அச்சு வி;`:                                                                      `{கூடுதல்: nil, பெயர்: கொ 👍🏽 𝒳, மேலும்: [1, {அ: nil}], வரிகள்: []}`,
		`வி = மதிப்பு(ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/தலைப்பு", {}, {"தலைப்புகள்": {"X-Who": "aqi"}})); அச்சு வி.வந்தது;`:                                                                            `aqi`,
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/பிழை", {"குறி": 5})?; } பிழை(பி) { அச்சு பி.வகை; அச்சு பி.விவரம்.பெயர் & பி.விவரம்.குறி & பி.விவரம்.செய்தி; அச்சு பி.விவரம்.விவரங்கள்[0].எது[1]; }`: "வலை\nNOT_FOUND5இல்லை 👍🏽\nகொ",
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "இல்லாத/முறை", {})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`:                                                                                                      `UNIMPLEMENTED`,
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/தொகை", {"வரிகள்": 5})?; } பிழை(பி) { அச்சு பி.வகை; }`:                                                                                               `வகை`,
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/தொகை", {"தவறான": 5})?; } பிழை(பி) { அச்சு பி.வகை; }`:                                                                                                `வகை`,
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/உறங்கு", {}, {"காலவரம்பு": 20})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`:                                                                            `DEADLINE_EXCEEDED`,
		`முயல் { (20) காலவரம்பு { ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/உறங்கு", {}); } } பிழை(பி) { அச்சு பி.வகை; }`:                                                                                      `காலவரம்பு`,
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "பெயர்", {})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`:                                                                                                            `INVALID_ARGUMENT`,
		`முயல் { ஜிஆர்பிசி_அழை("ftp://ADDR", "அ/ஆ", {})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`:                                                                                                        `INVALID_ARGUMENT`,
		`முயல் { ஜிஆர்பிசி_அழை("127.0.0.1:1", "அ/ஆ", {})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`:                                                                                                       `UNAVAILABLE`,
		`முயல் { ஜிஆர்பிசி_அழை("ADDR", "grpc.health.v1.Health/Watch", {})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`:                                                                                      `UNIMPLEMENTED`,
	} {
		says(t, address, src, want)
	}
	for _, bad := range []string{`{"வேறு": 1}`, `5`, `{"காலவரம்பு": "x"}`, `{"காலவரம்பு": -1}`, `{"தலைப்புகள்": 1}`, `{"தலைப்புகள்": {"grpc-timeout": "1S"}}`, `{"தலைப்புகள்": {"அ": "x"}}`, `{"தலைப்புகள்": {"a": "x\ny"}}`} {
		_, err := say(t, `ஜிஆர்பிசி_அழை("ADDR", "கணிப்பான்/கூட்டு", {}, `+bad+`);`, address)
		var fault *vm.Fault
		if !errors.As(err, &fault) || fault.Code != grpc.CodeOption {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// A server of another make, whose messages are found out by reflection.
func TestCallOthers(t *testing.T) {
	t.Parallel()
	for _, reflects := range []bool{true, false} {
		ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s := grpcgo.NewServer()
		h := health.NewServer()
		h.SetServingStatus("கடை", healthpb.HealthCheckResponse_NOT_SERVING)
		healthpb.RegisterHealthServer(s, h)
		if reflects {
			reflection.Register(s)
		}
		done := make(chan error, 1)
		go func() { done <- s.Serve(ln) }()
		want := "NOT_SERVING\nNOT_FOUND"
		if !reflects { // the Struct that goes then is not what the server asks for
			want = "NOT_FOUND\nNOT_FOUND"
		}
		says(t, ln.Addr().String(), `
செயல் கேள்(பெயர்) { வி = ஜிஆர்பிசி_அழை("ADDR", "grpc.health.v1.Health/Check", {"service": பெயர்}); முயல் { திரும்பு வி?.status; } பிழை(பி) { திரும்பு பி.விவரம்.பெயர்; } }
அச்சு கேள்("கடை"); அச்சு கேள்("இல்லை");`, want)
		s.Stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TLS is by the scheme, and only to a server that is trusted.
func TestCallTLS(t *testing.T) {
	t.Parallel()
	p := load(t, shop)
	routes, err := grpc.Routes(p.methods(), p.options())
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(handler(t, routes))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	says(t, s.URL, `முயல் { ஜிஆர்பிசி_அழை("ADDR", "கணிப்பான்/கூட்டு", {"அ": 1, "ஆ": 2})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; அச்சு பி.செய்தி; }`,
		"UNAVAILABLE\n"+`ஜிஆர்பிசி "`+s.URL+`/கணிப்பான்/கூட்டு": வழங்கியின் சான்றிதழை நம்ப முடியாது  (gRPC "`+s.URL+`/கணிப்பான்/கூட்டு": the server's certificate is not trusted)`)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{authority: "சரி({விடை: 3})", authority + "x": "தவறு"} {
		got, err := sayIn(t, `அச்சு ஜிஆர்பிசி_அழை("ADDR", "கணிப்பான்/கூட்டு", {"அ": 1, "ஆ": 2});`, s.URL,
			host.Env{LookupEnv: func(name string) (string, bool) {
				if name != "ETAMIL_TLS_CA" {
					return "", false
				}
				return file, true
			}})
		if err != nil || !strings.HasPrefix(got, want) || want == "தவறு" && !strings.Contains(got, "ETAMIL_TLS_CA") {
			t.Errorf("%s: %s %v", file, got, err)
		}
	}
}

// A caller that is stopped lets the server stop too.
func TestCallCancelled(t *testing.T) {
	t.Parallel()
	var begun, ended atomic.Int64
	p := load(t, shop)
	methods := p.methods()
	for i := range methods {
		run := methods[i].Run
		methods[i].Run = func(ctx context.Context, x *httpd.Exchange) error {
			begun.Add(1)
			defer ended.Add(1)
			return run(ctx, x)
		}
	}
	routes, err := grpc.Routes(methods, p.options())
	if err != nil {
		t.Fatal(err)
	}
	address := listen(t, handler(t, routes))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	code := compile(t, strings.ReplaceAll(`முயல் { ஜிஆர்பிசி_அழை("ADDR", "கடை.விற்பனை/உறங்கு", {}); } பிழை { }`, "ADDR", address))
	go func() { done <- vm.New(code, vm.Options{}).Run(ctx) }()
	for begun.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller: %v", err)
	}
	for ended.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
}

// A redirect is not followed: it would lead a call elsewhere.
func TestCallRedirect(t *testing.T) {
	t.Parallel()
	address := listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
	}))
	got, err := say(t, `முயல் { ஜிஆர்பிசி_அழை("ADDR", "அ/ஆ", {})?; } பிழை(பி) { அச்சு பி.விவரம்.பெயர்; }`, address)
	if err != nil || got != "UNKNOWN" {
		t.Errorf("%s %v", got, err)
	}
}
