package httpd_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/vm"
)

const cookieProgram = `
வழி பதி, "/set" { குக்கீ_அமை(கோரிக்கை.உடல்["n"], கோரிக்கை.உடல்["v"], கோரிக்கை.உடல்["o"]); பதில் 200, "ok"; }
வழி பதி, "/plain" { குக்கீ_அமை(கோரிக்கை.உடல்["n"], கோரிக்கை.உடல்["v"]); பதில் 200, "ok"; }
வழி பெறு, "/get" { பதில் 200, [குக்கீ_பெறு("வருகை"), குக்கீ_பெறு("a"), கோரிக்கை.குக்கீகள்]; }
வழி பெறு, "/delete" { குக்கீ_நீக்கு("வருகை"); பதில் 204, ""; }
வழி பெறு, "/delete/path" { குக்கீ_நீக்கு("வருகை", {"Path": "/கடை", "Domain": "kadai.example"}); பதில் 204, ""; }
வழி பெறு, "/many" {
    குக்கீ_அமை("a", 1);
    குக்கீ_அமை("b", "இரண்டு");
    குக்கீ_அமை("a", 3);
    குக்கீ_அமை("a", 4, {"Path": "/x"});
    பதில் 200, "ok", {"Set-Cookie": "own=1"};
}
வழி பெறு, "/fails" { குக்கீ_அமை("a", "1"); அ = 1 / 0; பதில் 200, அ; }
வழி பெறு, "/file" { குக்கீ_அமை("a", "1"); பதில்_கோப்பு(200, "x.txt", {}); }
`

// TestCookieSet sends what குக்கீ_அமை is given, and reads the Set-Cookie header byte by byte; "" is a refusal.
func TestCookieSet(t *testing.T) {
	t.Parallel()
	base := serve(t, programRoutes(t, t.TempDir(), cookieProgram), httpd.Options{Detail: true, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	const plain = "; Path=/; HttpOnly; SameSite=Lax"
	for _, tt := range []struct {
		options, want string
		head          string
	}{
		{`{}`, "a=1" + plain, ""},
		{`{"HttpOnly": false}`, "a=1; Path=/; SameSite=Lax", ""},
		{`{"httponly": true, "SECURE": true}`, "a=1; Path=/; HttpOnly; Secure; SameSite=Lax", ""},
		{`{"SameSite": "strict"}`, "a=1; Path=/; HttpOnly; SameSite=Strict", ""},
		{`{"SameSite": "None"}`, "a=1; Path=/; HttpOnly; Secure; SameSite=None", ""},
		{`{"SameSite": "None", "Secure": false}`, "", ""},
		{`{"SameSite": "loose"}`, "", ""},
		{`{"Max-Age": 3600}`, "a=1; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax", ""},
		{`{"Max-Age": 0}`, "a=1; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", ""},
		{`{"Max-Age": -5}`, "a=1; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", ""},
		{`{"Max-Age": 1.5}`, "", ""},
		{`{"Max-Age": "3600"}`, "", ""},
		{`{"Path": "/கடை"}`, "a=1; Path=/%E0%AE%95%E0%AE%9F%E0%AF%88; HttpOnly; SameSite=Lax", ""},
		{`{"Path": "/a; Domain=evil"}`, "", ""},
		{`{"Path": "a"}`, "", ""},
		{`{"Path": ""}`, "", ""},
		{`{"Domain": ".Kadai.example"}`, "a=1; Path=/; Domain=kadai.example; HttpOnly; SameSite=Lax", ""},
		{`{"Domain": "kadai.example; Secure"}`, "", ""},
		{`{"Domain": "கடை.example"}`, "", ""},
		{`{"Expires": "2027-01-31"}`, "a=1; Path=/; Expires=Sun, 31 Jan 2027 00:00:00 GMT; HttpOnly; SameSite=Lax", ""},
		{`{"Expires": "2027-01-31T10:00:00+05:30"}`, "a=1; Path=/; Expires=Sun, 31 Jan 2027 04:30:00 GMT; HttpOnly; SameSite=Lax", ""},
		{`{"Expires": "Sun, 31 Jan 2027 00:00:00 GMT"}`, "a=1; Path=/; Expires=Sun, 31 Jan 2027 00:00:00 GMT; HttpOnly; SameSite=Lax", ""},
		{`{"Expires": "நாளை"}`, "", ""},
		{`{"Partitioned": true}`, "a=1; Path=/; HttpOnly; Secure; SameSite=Lax; Partitioned", ""},
		{`{"HttpOnly": 1}`, "", ""},
		{`{"HTTPOnly ": true}`, "", ""},
		{`{"பாதை": "/"}`, "", ""},
		{`[]`, "", ""},
		{`"Secure"`, "", ""},
		{`null`, "a=1" + plain, ""},
		{`{}`, "a=1; Path=/; HttpOnly; Secure; SameSite=Lax", "X-Forwarded-Proto: https"},
		{`{"Secure": false}`, "a=1" + plain, "X-Forwarded-Proto: https"},
	} {
		resp, body := request(t, "POST", base+"/set", `{"n": "a", "v": "1", "o": `+tt.options+`}`, "Content-Type: application/json", tt.head)
		checkCookie(t, tt.options+tt.head, resp.Header["Set-Cookie"], tt.want, body)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"வருகை", "கௌ 👍🏽", "%E0%AE%B5%E0%AE%B0%E0%AF%81%E0%AE%95%E0%AF%88=%E0%AE%95%E0%AF%8C%20%F0%9F%91%8D%F0%9F%8F%BD" + plain},
		{"a", `";,\` + "\x7f 100%", `a=%22%3B%2C%5C%7F%20100%25` + plain},
		{"a", "1\r\nSet-Cookie: b=2", "a=1%0D%0ASet-Cookie:%20b=2" + plain},
		{"a\r\nb;c=d", "", "a%0D%0Ab%3Bc%3Dd=" + plain},
		{"a", "", "a=" + plain},
		{"", "1", ""},
		{"a", strings.Repeat("x", 4095), "a=" + strings.Repeat("x", 4095) + plain},
		{"a", strings.Repeat("x", 4096), ""},
		{"__Host-a", "1", "__Host-a=1; Path=/; HttpOnly; Secure; SameSite=Lax"},
		{"__secure-a", "1", "__secure-a=1; Path=/; HttpOnly; Secure; SameSite=Lax"},
	} {
		in, err := json.Marshal(map[string]string{"n": tt.name, "v": tt.text})
		if err != nil {
			t.Fatal(err)
		}
		resp, body := request(t, "POST", base+"/plain", string(in), "Content-Type: application/json")
		checkCookie(t, tt.name+"="+tt.text, resp.Header["Set-Cookie"], tt.want, body)
	}
	for _, o := range []string{`{"Path": "/a"}`, `{"Domain": "a.example"}`, `{"Secure": false}`} {
		resp, body := request(t, "POST", base+"/set", `{"n": "__HOST-a", "v": "1", "o": `+o+`}`, "Content-Type: application/json")
		checkCookie(t, o, resp.Header["Set-Cookie"], "", body)
	}
}

func checkCookie(t *testing.T, what string, got []string, want, body string) {
	t.Helper()
	if want == "" && (len(got) > 0 || !strings.Contains(body, `"status":500`) || !strings.Contains(body, "' cannot be set:")) {
		t.Errorf("%s is taken: %q %.300s", what, got, body)
	}
	if want != "" && (len(got) != 1 || got[0] != want) {
		t.Errorf("%s:\n%q\nwant\n%q\n%s", what, got, want, body)
	}
}

// TestCookieGet reads cookies as browsers and others send them.
func TestCookieGet(t *testing.T) {
	t.Parallel()
	base := serve(t, programRoutes(t, t.TempDir(), cookieProgram), httpd.Options{})
	for _, tt := range []struct{ sent, want string }{
		{"", `[null,null,{}]`},
		{"%E0%AE%B5%E0%AE%B0%E0%AF%81%E0%AE%95%E0%AF%88=%E0%AE%95%E0%AF%8C; a=1", `["கௌ","1",{"a":"1","வருகை":"கௌ"}]`},
		{"a=first; a=second", `[null,"first",{"a":"first"}]`},
		{`a="q"`, `[null,"q",{"a":"q"}]`},
		{"a=100%", `[null,"100%",{"a":"100%"}]`},
		{"a=%FF", "[null,\"\uFFFD\",{\"a\":\"\uFFFD\"}]"},
		{"b=1; a", `[null,"",{"a":"","b":"1"}]`},
		{"=x; ;;", `[null,null,{}]`},
	} {
		if _, body := request(t, "GET", base+"/get", "", "Cookie: "+tt.sent); body != tt.want {
			t.Errorf("%q: %s, want %s", tt.sent, body, tt.want)
		}
	}
}

// TestCookiesOfAnswers looks at what goes out with which answer.
func TestCookiesOfAnswers(t *testing.T) {
	t.Parallel()
	base := serve(t, programRoutes(t, t.TempDir(), cookieProgram), httpd.Options{})
	const gone = "=; Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0; HttpOnly; SameSite=Lax"
	for path, want := range map[string][]string{
		"/delete":      {"%E0%AE%B5%E0%AE%B0%E0%AF%81%E0%AE%95%E0%AF%88" + gone},
		"/delete/path": {"%E0%AE%B5%E0%AE%B0%E0%AF%81%E0%AE%95%E0%AF%88" + strings.Replace(gone, "Path=/;", "Path=/%E0%AE%95%E0%AE%9F%E0%AF%88; Domain=kadai.example;", 1)},
		"/many":        {"own=1", "b=%E0%AE%87%E0%AE%B0%E0%AE%A3%E0%AF%8D%E0%AE%9F%E0%AF%81; Path=/; HttpOnly; SameSite=Lax", "a=3; Path=/; HttpOnly; SameSite=Lax", "a=4; Path=/x; HttpOnly; SameSite=Lax"},
		"/fails":       nil,
		"/get":         nil, // a pooled exchange remembers nothing
	} {
		resp, body := request(t, "GET", base+path, "")
		if got := resp.Header["Set-Cookie"]; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q (%s)", path, got, want, body)
		}
	}
}

// TestCookieWordsOutside uses the words where there is no request.
func TestCookieWordsOutside(t *testing.T) {
	t.Parallel()
	for _, src := range []string{`குக்கீ_பெறு("a");`, `குக்கீ_அமை("a", "1");`, `குக்கீ_நீக்கு("a");`, `_cookieSet("a", "1", {"Path": "/"});`, `குக்கி_பெறு("a");`} {
		code := compileProgram(t, t.TempDir(), src)
		var fault *vm.Fault
		if err := vm.New(code, vm.Options{}).Run(context.Background()); !errors.As(err, &fault) || fault.Code != httpd.CodeOutside {
			t.Errorf("%s: %v", src, err)
		}
	}
}
