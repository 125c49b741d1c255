package grpc_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/etamil-lang/etamil/runtime/grpc"
	"github.com/etamil-lang/etamil/runtime/httpd"
)

// post sends a body by HTTP/1.1, as browsers and curl do.
func post(t testing.TB, address, path, kind, body string, head ...string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
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
	return resp.StatusCode, resp.Header, string(text)
}

func TestJSON(t *testing.T) {
	t.Parallel()
	address := serve(t, shop, nil)
	const add, total = "/kaNippAZ/kUttu", "/katY.viRpaZY/qokY"
	for _, test := range []struct {
		path, body string
		status     int
		want       string
	}{
		{add, `{"அ": 1.10, "ஆ": 12345678901234567890.12}`, 200, `{"விடை":12345678901234567891.22}`}, // every digit, as a number
		{"/%E0%AE%95%E0%AE%A3%E0%AE%BF%E0%AE%AA%E0%AF%8D%E0%AE%AA%E0%AE%BE%E0%AE%A9%E0%AF%8D/கூட்டு", `{"அ": 1, "ஆ": 2}`, 200, `{"விடை":3}`},
		{total, `{"வரிகள்": [{"அளவு": 2.50}, {"aLavu": "3"}], "பெயர்": null, "புதிது": 1}`, 200, `{"மொத்தம்":"5.5","அளவுகள்":["2.5","3"],"உண்டா":true}`},
		{total, ``, 200, `{"மொத்தம்":"0","அளவுகள்":[],"உண்டா":true}`},
		{total, `{"வரிகள்": 5}`, 400, `வரிகள்: an array is needed`},
		{total, `{"வரிகள்": [{"அளவு": "x"}]}`, 400, `வரிகள்[0].அளவு: a number is needed`},
		{total, `{"வரிகள்": [{"வரியுண்டா": 1}]}`, 400, `வரிகள்[0].வரியுண்டா`},
		{total, `{"பெயர்": []}`, 400, `பெயர்: a text is needed`},
		{total, `[]`, 400, `a record is needed`},
		{total, `{"பெயர்": "` + "\xff" + `"}`, 400, `the bytes are broken`},
		{add, `{`, 400, `"code":"invalid_argument"`},
		{add, `5`, 400, `a record is needed`},
		{add, strings.Repeat(`{"a":`, 200) + `1` + strings.Repeat(`}`, 200), 400, `nest more than`},
		{"/katY.viRpaZY/pizY", `{"குறி": 5}`, 404, `"code":"not_found","message":"இல்லை 👍🏽"`},
	} {
		status, _, text := post(t, address, test.path, "application/json", test.body)
		if status != test.status || !strings.Contains(text, test.want) || test.status == 200 && text != test.want {
			t.Errorf("%s %s\n%d %s\n%s", test.path, test.body, status, text, test.want)
		}
	}
	if status, _, _ := post(t, address, add, "application/json; charset=utf-8", `{"அ":1,"ஆ":1}`, "Connect-Protocol-Version", "1", "Connect-Timeout-Ms", "5000"); status != 200 {
		t.Errorf("with a charset: %d", status)
	}
	if status, _, _ := post(t, address, add, "text/plain", `x`); status != http.StatusUnsupportedMediaType {
		t.Errorf("text: %d", status)
	}
	if status, _, _ := post(t, address, add, "application/grpc", "\x00\x00\x00\x00\x00"); status != http.StatusHTTPVersionNotSupported {
		t.Errorf("gRPC by HTTP/1.1: %d", status)
	}
}

// Pages of origins that are let in may call, and see how a call ended.
func TestOrigins(t *testing.T) {
	t.Parallel()
	p := load(t, shop)
	routes, err := grpc.Routes(p.methods(), p.options())
	if err != nil {
		t.Fatal(err)
	}
	var plain []httpd.Route
	for _, r := range routes {
		plain = append(plain, r.Route)
	}
	h, err := httpd.NewHandler(plain, httpd.Options{Origins: []string{"https://a.example"}})
	if err != nil {
		t.Fatal(err)
	}
	address := listen(t, h)
	for origin, want := range map[string]string{"https://a.example": "https://a.example", "https://b.example": ""} {
		_, head, _ := post(t, address, "/kaNippAZ/kUttu", "application/json", `{"அ":1,"ஆ":1}`, "Origin", origin)
		if head.Get("Access-Control-Allow-Origin") != want || (want != "") != strings.Contains(head.Get("Access-Control-Expose-Headers"), "Grpc-Status") {
			t.Errorf("%s: %v", origin, head)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, "http://"+address+"/kaNippAZ/kUttu", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://a.example")
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	for _, name := range []string{"X-Grpc-Web", "Grpc-Timeout", "Connect-Protocol-Version", "Content-Type"} {
		if !strings.Contains(resp.Header.Get("Access-Control-Allow-Headers"), name) {
			t.Errorf("%s may not be sent: %v", name, resp.Header)
		}
	}
}

// gRPC-Web carries the trailers in the body, so that browsers can have it by HTTP/1.1.
func TestWeb(t *testing.T) {
	t.Parallel()
	address := serve(t, shop, nil)
	q, err := proto.Marshal(&structpb.Struct{Fields: map[string]*structpb.Value{"அ": structpb.NewNumberValue(1), "ஆ": structpb.NewNumberValue(2)}})
	if err != nil {
		t.Fatal(err)
	}
	frame := append([]byte{0, 0, 0, 0, byte(len(q))}, q...)
	status, _, text := post(t, address, "/kaNippAZ/kUttu", "application/grpc-web+proto", string(frame))
	if status != 200 || len(text) < 10 || text[0] != 0 || !strings.Contains(text, "grpc-status: 0") {
		t.Fatalf("%d %q", status, text)
	}
	out := &structpb.Struct{}
	if err := proto.Unmarshal([]byte(text[5:5+int(text[4])]), out); err != nil || out.Fields["விடை"].GetNumberValue() != 3 {
		t.Errorf("%v %v", out, err)
	}
	// Frames that are cut, too long or of nonsense end with an error and leave the server as it was.
	for _, bad := range []string{"", "\x00", "\x00\xff\xff\xff\xff", "\x00\x00\x00\x00\x05a", "\x07\x00\x00\x00\x01a", "\x00\x00\x00\x00\x02\xff\xff", "\x01\x00\x00\x00\x02ab"} {
		status, head, text := post(t, address, "/kaNippAZ/kUttu", "application/grpc-web+proto", bad)
		if code := head.Get("Grpc-Status"); status != 200 || code == "" || code == "0" || text != "" {
			t.Errorf("%q: %d %q %q", bad, status, code, text)
		}
	}
}
