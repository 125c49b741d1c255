package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Request is one request as values of the language. What no program asks for is never made.
type Request struct {
	// Params are the values of the route's parameters, in the order of the path.
	Params []Param

	raw     *http.Request
	body    string
	content value.Value // what the body says: parsed JSON or a form's fields; else the text
	fields  value.Value // the fields of a form
	uploads []*upload
	proxied bool  // by a proxy that is trusted
	room    *room // for the body; nil for no limit
	held    int64 // of it, bytes

	users    UserFunc // may be nil
	asked    bool     // users was
	identity *Identity
	doubt    error
	message  bool // it came by gRPC: its answer's status is a code
}

// Param is one parameter of a path.
type Param struct{ Name, Value string }

// Method is the HTTP method in capitals.
func (r *Request) Method() string { return r.raw.Method }

// Path is the decoded path.
func (r *Request) Path() string { return r.raw.URL.Path }

// Body is the text of the body; bytes that are not UTF-8 are replaced. It is empty for multipart bodies.
func (r *Request) Body() string { return r.body }

// Content is what the body says: parsed JSON or the record of a form's fields, else its text.
func (r *Request) Content() value.Value { return r.content }

// Query is the record of the query's fields.
func (r *Request) Query() value.Value {
	var p pairs
	p.parse(r.raw.URL.RawQuery)
	return p.record()
}

// Headers is the record of the headers, by names in lower case. Of a name that comes twice the last one counts.
func (r *Request) Headers() value.Value {
	names := make([]string, 0, len(r.raw.Header)+1)
	for name := range r.raw.Header {
		if name != "Host" && (r.proxied || !proxyHeaders[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names) // so that equal requests make equal layouts
	var p pairs
	p.set("host", r.raw.Host)
	for _, name := range names {
		list := r.raw.Header[name]
		p.set(strings.ToLower(name), list[len(list)-1])
	}
	return p.record()
}

// Cookies is the record of the cookies, percent-decoded. Of a name that comes twice the first one counts.
func (r *Request) Cookies() value.Value {
	var p pairs
	for _, c := range r.raw.Cookies() {
		if name := valid(decodeCookie(c.Name)); p.find(name) < 0 { // the first is that of the longest path
			p.set(name, decodeCookie(c.Value))
		}
	}
	return p.record()
}

// params is the record of the path's parameters.
func (r *Request) params() value.Value {
	var p pairs
	for _, one := range r.Params {
		p.set(one.Name, one.Value)
	}
	return p.record()
}

func (r *Request) param(name string) value.Value {
	for _, p := range r.Params {
		if p.Name == name {
			return value.FromText(p.Value)
		}
	}
	return value.Unset
}

// Record is கோரிக்கை (services.md rule 18).
func (r *Request) Record() value.Value {
	return value.FromFields(
		[]string{"முறை", "பாதை", "தலைப்புகள்", "வினா", "அளவுருக்கள்", "உடல்", "உடலுரை", "குக்கீகள்", "பயனர்"},
		[]value.Value{
			value.FromText(r.Method()), value.FromText(r.Path()), r.Headers(), r.Query(), r.params(), r.content,
			value.FromText(r.body), r.Cookies(), r.user(),
		})
}
