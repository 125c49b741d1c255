package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	grpcgo "google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	grpcstatus "google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/httpd"
)

// grpcClient is gRPC's own client of a server without TLS.
func grpcClient(t *testing.T, addr string) *grpcgo.ClientConn {
	t.Helper()
	c, err := grpcgo.NewClient("passthrough:///"+addr, grpcgo.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// invoke calls a method whose messages are Structs.
func invoke(t *testing.T, c *grpcgo.ClientConn, path string, question map[string]any) (map[string]any, error) {
	t.Helper()
	q, err := structpb.NewStruct(question)
	if err != nil {
		t.Fatal(err)
	}
	out := &structpb.Struct{}
	err = c.Invoke(t.Context(), path, q, out)
	return out.AsMap(), err //nolint:wrapcheck // asked for
}

// postJSON asks as curl does.
func postJSON(t *testing.T, addr, path, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+addr+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(resp.StatusCode, " ", string(text))
}

// The gRPC route of acceptance program 02, and its health, on the port of its other routes.
func TestAcceptanceGRPC(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(filepath.Join("..", "..", "syntax", "testdata", "canonical", "02_valY.qmz"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "02.qmz")
	if err := os.WriteFile(file, src, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"dev", "serve"} {
		addr, log := startServer(t, command, file)
		c := grpcClient(t, addr)
		got, err := invoke(t, c, "/kaNippAZ/kUttu", map[string]any{"அ": 1.5, "ஆ": 2})
		if err != nil || got["விடை"] != 3.5 {
			t.Errorf("%v %v\n%s", got, err, log())
		}
		if got := postJSON(t, addr, "/கணிப்பான்/கூட்டு", `{"அ": 0.10, "ஆ": 12345678901234567890.12}`); got != `200 {"விடை":12345678901234567890.22}` {
			t.Errorf("%s", got)
		}
		if h, err := healthpb.NewHealthClient(c).Check(t.Context(), &healthpb.HealthCheckRequest{}); err != nil || h.Status != healthpb.HealthCheckResponse_SERVING {
			t.Errorf("%v %v", h, err)
		}
		table, _, _ := strings.Cut(log(), "(serving)")
		if (command == "dev") != strings.Contains(table, "gRPC    kaNippAZ/kUttu  கணிப்பான்/கூட்டு") || strings.Contains(table, "grpc.health") {
			t.Errorf("the table of %s:\n%s", command, table)
		}
	}
}

// Guards, shapes with rules, faults and databases work in gRPC routes as they do in others.
func TestGRPCRoutes(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.qmz")
	if err := os.WriteFile(file, []byte(`
தளம்_இணை சீகுலைட், ":memory:", தளம்;
வடிவம் கேள்வி { சொல் பெயர் விதி (பெயர் != ""), எண் அளவு விதி (அளவு > 0) }
வடிவம் விடை_வடிவம் { எண் தொகை }
வழி ஜிஆர்பிசி, "கடை/விற்பனை", [கேள்வி, விடை_வடிவம்] {
    தளம்_வினா "SELECT ? * 2 AS n", [கோரிக்கை.உடல்.அளவு], வரவு, தளம்;
    பதில் 0, விடை_வடிவம்{தொகை: வரவு[0].n};
}
வழி ஜிஆர்பிசி, "கடை/மூடிய", ["auth", கேள்வி, இன்மை] { பதில் 0, {}; }
வழி ஜிஆர்பிசி, "கடை/உடை" { பதில் 0, {"அ": 1 / 0}; }
வழி ஜிஆர்பிசி, "கடை/ஓடை" { பதில்_ஓடை 200 { ஓடை_எழுது("அ"); } }
வழி ஜிஆர்பிசி, "கடை/உறங்கு", {"நேரம்": 30} { காத்திரு(60000); பதில் 0, {}; }
வழி ஜிஆர்பிசி, "கடை/பழைய" { response_status = 5; response_body = "இல்லை"; }
`), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, log := startServer(t, "serve", "--log", "text", file)
	c := grpcClient(t, addr)
	if got := postJSON(t, addr, "/katY/viRpaZY", `{"பெயர்": "கொ", "அளவு": 2.5}`); got != `200 {"தொகை":"5"}` {
		t.Errorf("%s\n%s", got, log())
	}
	if got := postJSON(t, addr, "/katY/viRpaZY", `{"பெயர்": "", "அளவு": -1}`); !strings.HasPrefix(got, `400 {"code":"invalid_argument"`) ||
		!strings.Contains(got, "பெயர்") || !strings.Contains(got, "அளவு") {
		t.Errorf("%s", got)
	}
	for path, want := range map[string]codes.Code{"/katY/mUtiya": codes.Unauthenticated, "/katY/utY": codes.Internal, "/katY/pazYya": codes.NotFound, "/katY/x": codes.Unimplemented, "/katY/uRawku": codes.DeadlineExceeded, "/katY/OtY": codes.Internal} {
		_, err := invoke(t, c, path, nil)
		if grpcstatus.Code(err) != want || strings.Contains(err.Error(), "division") {
			t.Errorf("%s: %v", path, err)
		}
		if want == codes.Internal {
			_, id, _ := strings.Cut(grpcstatus.Convert(err).Message(), "[")
			if id = strings.TrimSuffix(id, "]"); len(id) != 32 || !strings.Contains(log(), id) {
				t.Errorf("the log does not have %s:\n%s", id, log())
			}
		}
	}
	for _, want := range []string{"200 POST    /katY/pazYya  gRPC 5 ", "200 POST    /katY/utY  gRPC 13 ", httpd.CodeOutside} {
		if !strings.Contains(log(), want) {
			t.Errorf("the log does not have %q:\n%s", want, log())
		}
	}
}

// What cannot be served is said with its place before anything is served.
func TestGRPCRefused(t *testing.T) {
	t.Parallel()
	for src, code := range map[string]string{
		`வழி ஜிஆர்பிசி, "அ/ஆ", [1] { பதில் 0, {}; }`:                                                       grpc.CodeList,
		`x = 1; வழி ஜிஆர்பிசி, "அ/ஆ", [x] { பதில் 0, {}; }`:                                                grpc.CodeList,
		`வடிவம் அஅ {} வழி ஜிஆர்பிசி, "அ/ஆ", [அஅ, அஅ, அஅ] { பதில் 0, {}; }`:                                 grpc.CodeList,
		`வழி ஜிஆர்பிசி, "அ/ஆ", [], {"வேறு": 1} { பதில் 0, {}; }`:                                           httpd.CodeRouteOption,
		`வழி ஜிஆர்பிசி, "அஆ" { பதில் 0, {}; }`:                                                             grpc.CodeName,
		`x = "அ/ஆ"; வழி ஜிஆர்பிசி, x { பதில் 0, {}; }`:                                                     httpd.CodePathText,
		`வழி ஜிஆர்பிசி, "அ/ஆ" { பதில் 0, {}; } வழி பதி, "/a/A" { பதில் 200, ""; }`:                         httpd.CodeConflict,
		`வழி ஜிஆர்பிசி, "அ/ஆ" { பதில் 0, {}; } வழி பதி, "/grpc.health.v1.Health/Check" { பதில் 200, ""; }`: httpd.CodeConflict,
	} {
		file := filepath.Join(t.TempDir(), "a.qmz")
		if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if status := run(t.Context(), []string{"serve", "--port", "0", file}, strings.NewReader(""), io.Discard, &out); status != exitFault || !strings.Contains(out.String(), code) {
			t.Errorf("%s\nended with %d, not %s:\n%s", src, status, code, out.String())
		}
	}
}

// One program calls another, by TLS and without it, each in a process of its own.
func TestGRPCBetweenPrograms(t *testing.T) {
	t.Parallel()
	authority, key, _ := lentCertificate(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"ca.pem": authority, "both.pem": authority + key,
		"tls/etamil.toml": "[server.tls]\ncert = ['../both.pem']\n", "plain/etamil.toml": "",
		"tls/main.qmz": `வழி ஜிஆர்பிசி, "கணிப்பான்/கூட்டு" { பதில் 0, {"விடை": கோரிக்கை.உடல்.அ + கோரிக்கை.உடல்.ஆ}; }`,
		"plain/main.qmz": `வடிவம் எண்கள் { எண் அ, எண் ஆ }
வழி ஜிஆர்பிசி, "கணிப்பான்/கூட்டு", [எண்கள், எண்கள்] { பதில் 0, {"அ": கோரிக்கை.உடல்.அ + கோரிக்கை.உடல்.ஆ}; }`,
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"tls": "சரி({விடை: 3})\n", "plain": "சரி({அ: 12345678901234567890.3, ஆ: nil})\n"} {
		server := startProcess(t, dir, "serve", "--port", "0", "--log", "off", name)
		question := map[string]string{"tls": `{"அ": 1, "ஆ": 2}`, "plain": `{"அ": 12345678901234567890.1, "ஆ": 0.2}`}[name]
		file := write(t, `அச்சு ஜிஆர்பிசி_அழை("`+server.address(t)+`", "கணிப்பான்/கூட்டு", `+question+`);`)
		caller := startProcess(t, dir, "ETAMIL_TLS_CA="+filepath.Join(dir, "ca.pem"), "run", file)
		if code := caller.wait(t); code != exitOK || caller.stdout() != want {
			t.Errorf("it ended with %d and printed %q\n%s%s", code, caller.stdout(), caller.stderr(), server.stderr())
		}
		stopWatched(t, server, name == "plain")
	}
}

// stopWatched stops a server; one without TLS while its health is watched, which is told and does not hold it back.
func stopWatched(t *testing.T, server *process, plain bool) {
	t.Helper()
	var watch healthpb.Health_WatchClient
	if plain {
		var err error
		c := healthpb.NewHealthClient(grpcClient(t, strings.TrimPrefix(server.address(t), "http://")))
		if watch, err = c.Watch(t.Context(), &healthpb.HealthCheckRequest{}); err != nil {
			t.Fatal(err)
		}
		if got, err := watch.Recv(); err != nil || got.Status != healthpb.HealthCheckResponse_SERVING {
			t.Fatal(got, err)
		}
	}
	server.signal(t, syscall.SIGTERM)
	if plain {
		if got, err := watch.Recv(); err != nil || got.Status != healthpb.HealthCheckResponse_NOT_SERVING {
			t.Errorf("%v %v", got, err)
		}
	}
	if code := server.wait(t); code != exitOK {
		t.Errorf("the server ended with %d:\n%s", code, server.stderr())
	}
}
