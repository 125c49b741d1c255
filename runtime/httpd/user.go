package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Identity is who sends a request.
type Identity struct {
	// Claims is the record that பயனர் is.
	Claims value.Value
	// Roles are what guards ask for; Permissions what the user may do besides what the roles may.
	Roles, Permissions []string
}

// UserFunc tells who sends a request: nil when the request does not say, an error when what it says is not true. Tokens
// are one such function, sessions another; AnyUser joins them.
type UserFunc func(r *http.Request) (*Identity, error)

// AnyUser asks one function after the other, up to the first that knows the user or finds that the proof is no good.
func AnyUser(all ...UserFunc) UserFunc {
	return func(r *http.Request) (*Identity, error) {
		for _, ask := range all {
			if who, err := ask(r); who != nil || err != nil {
				return who, err
			}
		}
		return nil, nil
	}
}

// BearerToken is the token of an Authorization header (RFC 6750, 2.1), "" when there is none.
func BearerToken(r *http.Request) string {
	const scheme = "Bearer "
	if text := r.Header.Get("Authorization"); hasFold(text, scheme) {
		return strings.TrimSpace(text[len(scheme):])
	}
	return ""
}

// NewIdentity reads roles and permissions out of claims: arrays of texts, or one text.
func NewIdentity(claims value.Value) *Identity {
	return &Identity{Claims: claims, Roles: texts(claims, "roles"), Permissions: texts(claims, "permissions")}
}

func texts(claims value.Value, name string) []string {
	rec := claims.Record()
	if rec == nil {
		return nil
	}
	slot, ok := rec.Layout.Slot(name)
	if !ok {
		return nil
	}
	items := []value.Value{rec.Slots[slot]}
	if items[0].Kind() == value.ArrayKind {
		items = items[0].Array().Items
	}
	var out []string
	for _, v := range items {
		if v.IsText() {
			out = append(out, v.Display())
		}
	}
	return out
}

// anyone is the guard that any valid user passes.
const anyone = "auth"

// who asks once who sends the request.
func (r *Request) who() (*Identity, error) {
	if !r.asked && r.users != nil {
		r.identity, r.doubt = r.users(r.raw)
	}
	r.asked = true
	return r.identity, r.doubt
}

// user is பயனர்: the claims, or இன்மை when nobody is known.
func (r *Request) user() value.Value {
	if who, err := r.who(); err == nil && who != nil {
		return who.Claims
	}
	return value.Nil
}

// admitted tells whether a request passes the guards of its route (services.md rule 20), and answers it otherwise: 401 when
// it is not known who asks, 403 when the role is missing.
func (x *Exchange) admitted(guards []string) bool {
	if guards == nil {
		return true
	}
	head := x.writer.Header()
	head["Cache-Control"] = noStore // also of what the program answers, unless it says something else
	who, err := x.Request.who()
	switch {
	case err != nil:
		head["Www-Authenticate"] = []string{`Bearer error="invalid_token"`}
	case who == nil:
		head["Www-Authenticate"] = []string{"Bearer"}
	case slices.Contains(guards, anyone), slices.ContainsFunc(guards, func(g string) bool { return slices.Contains(who.Roles, g) }):
		return true
	default:
		x.refuse(&refusal{status: http.StatusForbidden})
		return false
	}
	x.refuse(&refusal{status: http.StatusUnauthorized})
	return false
}

var noStore = []string{"no-store"}
