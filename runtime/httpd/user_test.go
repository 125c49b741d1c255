package httpd_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestPermissionMatrix asks every route as every user, and with every proof that is none. What no rule allows is denied.
func TestPermissionMatrix(t *testing.T) {
	t.Parallel()
	guards := map[string][]string{
		"/open": nil, "/none": {}, "/auth": {"auth"}, "/admin": {"admin"}, "/viewer": {"viewer"},
		"/either": {"admin", "viewer"}, "/tamil": {"மேலாளர்"}, "/both-kinds": {"admin", "auth"}, "/nobody-has": {"owner"},
	}
	roles := map[string][]string{
		"admin": {"admin"}, "viewer": {"viewer"}, "both": {"viewer", "admin"}, "tamil": {"மேலாளர்"}, "roleless": nil,
		"Admin": {"Admin"}, "empty": {""}, "auth": {"auth"},
	}
	allowed := map[string]string{ // who besides anonymous
		"/auth": "admin viewer both tamil roleless Admin empty auth", "/both-kinds": "admin viewer both tamil roleless Admin empty auth",
		"/admin": "admin both", "/viewer": "viewer both", "/either": "admin viewer both", "/tamil": "tamil",
	}
	user := func(r *http.Request) (*httpd.Identity, error) {
		token := httpd.BearerToken(r)
		if token == "" {
			return nil, nil
		}
		list, ok := roles[token]
		if !ok {
			return nil, errors.New("no good")
		}
		return &httpd.Identity{Claims: record("sub", token), Roles: list}, nil
	}
	var routes []httpd.Route
	for path, list := range guards {
		routes = append(routes, httpd.Route{Method: "GET", Path: path, Guards: list, Run: answer(200, value.FromText("secret"), value.Nil)})
		routes = append(routes, httpd.Route{Method: "POST", Path: path, Guards: list, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, "secret")
		})})
	}
	base := serve(t, routes, httpd.Options{User: user})
	proofs := map[string]string{"": "", "Bearer wrong": "", "Basic YTpi": "", "Bearer ": "", "bearer": ""}
	for name := range roles {
		proofs["Bearer "+name] = name
		proofs["bEARER  "+name] = name
	}
	count := 0
	for path, list := range guards {
		for proof, name := range proofs {
			for _, method := range []string{"GET", "HEAD", "POST"} {
				count++
				resp, body := request(t, method, base+path, "", "Authorization: "+proof)
				want := 403
				switch {
				case list == nil, name != "" && slices.Contains(strings.Fields(allowed[path]), name):
					want = 200
				case name == "":
					want = 401
				}
				if resp.StatusCode != want || want != 200 && strings.Contains(body, "secret") || method == "GET" && want == 200 && body != "secret" {
					t.Errorf("%s %s as %q: %d, want %d: %s", method, path, proof, resp.StatusCode, want, body)
				}
				challenge := ""
				if want == 401 {
					challenge = "Bearer"
					if proof == "Bearer wrong" {
						challenge = `Bearer error="invalid_token"`
					}
				}
				if got := resp.Header.Get("Www-Authenticate"); got != challenge {
					t.Errorf("%s %s as %q: challenge %q", method, path, proof, got)
				}
				if list != nil && resp.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s %s: a cache may keep it: %q", method, path, resp.Header)
				}
			}
		}
	}
	if count < 500 {
		t.Errorf("only %d requests", count)
	}
}

// TestUserOfRequest reads பயனர் where there are guards and where there are none.
func TestUserOfRequest(t *testing.T) {
	t.Parallel()
	routes := programRoutes(t, t.TempDir(), `வழி பெறு, "/who" { பதில் 200, {"யார்": கோரிக்கை.பயனர்}; }`)
	var asked atomic.Int64
	token := func(r *http.Request) (*httpd.Identity, error) {
		asked.Add(1)
		switch httpd.BearerToken(r) {
		case "":
			return nil, nil
		case "good":
			return httpd.NewIdentity(value.FromFields([]string{"sub", "roles"}, []value.Value{value.FromText("கயல்"), value.FromText("admin")})), nil
		}
		return nil, errors.New("no good")
	}
	session := func(r *http.Request) (*httpd.Identity, error) {
		if c, err := r.Cookie("sid"); err == nil && c.Value == "1" {
			return httpd.NewIdentity(record("sub", "அமர்வு")), nil
		}
		return nil, nil
	}
	base := serve(t, routes, httpd.Options{User: httpd.AnyUser(token, session)})
	for _, tt := range []struct{ head, want string }{
		{"X-Nothing: 1", `{"யார்":null}`},
		{"Authorization: Bearer good", `{"யார்":{"roles":"admin","sub":"கயல்"}}`},
		{"Authorization: Bearer bad", `{"யார்":null}`},
		{"Cookie: sid=1", `{"யார்":{"sub":"அமர்வு"}}`},
	} {
		asked.Store(0)
		if _, body := request(t, "GET", base+"/who", "", tt.head); body != tt.want || asked.Load() != 1 {
			t.Errorf("%s: %s, asked %d times", tt.head, body, asked.Load())
		}
	}
	who := httpd.NewIdentity(value.FromFields([]string{"roles", "permissions"}, []value.Value{
		value.FromItems([]value.Value{value.FromText("a"), value.FromInt(1), value.FromText("ஆ")}), value.FromInt(5),
	}))
	if !slices.Equal(who.Roles, []string{"a", "ஆ"}) || who.Permissions != nil || httpd.NewIdentity(value.FromText("x")).Roles != nil {
		t.Errorf("%+v", who)
	}
}
