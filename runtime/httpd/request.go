package httpd

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Request is one request as values of the language.
type Request struct {
	Method, Path string
	// Params are the values of the route's parameters, in the order of the path.
	Params []Param
	// Query, Headers (lower-case names) and Cookies are records of texts; the last one of a name counts.
	Query, Headers, Cookies value.Value
	// Body is the body's text; Content is what it says: parsed JSON or a form's fields, else the text.
	Body    string
	Content value.Value
}

// Param is one parameter of a path.
type Param struct{ Name, Value string }

// errBody is the error of a body that is not what its type says; it is answered with 400.
var errBody = errors.New("the body is not what its Content-Type says")

// readRequest reads a request whole. The body was limited before; an *http.MaxBytesError says that it was longer.
func readRequest(r *http.Request, names, values []string) (*Request, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	req := &Request{
		Method: r.Method, Path: r.URL.Path, Body: strings.ToValidUTF8(string(body), "\uFFFD"),
		Query: fields(r.URL.Query()), Headers: headers(r), Cookies: cookies(r),
	}
	for i, name := range names {
		req.Params = append(req.Params, Param{name, values[i]})
	}
	req.Content, err = content(r.Header.Get("Content-Type"), req.Body)
	return req, err
}

// content reads a body by its type.
func content(kind, body string) (value.Value, error) {
	media, _, err := mime.ParseMediaType(kind)
	switch {
	case err != nil || body == "":
	case media == "application/json" || strings.HasSuffix(media, "+json"):
		v, err := value.ParseJSON(body)
		if err != nil {
			return value.Nil, fmt.Errorf("%w: %s", errBody, explain(err))
		}
		return v, nil
	case media == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(body)
		if err != nil {
			return value.Nil, fmt.Errorf("%w: %w", errBody, err)
		}
		return fields(form), nil
	}
	return value.FromText(body), nil
}

// explain is an error of the language in words.
func explain(err error) string {
	var fault *value.Error
	if errors.As(err, &fault) {
		return diag.Message(fault.Code, diag.Both, fault.Args...)
	}
	return err.Error()
}

// fields is a record of the last value of each name.
func fields(all url.Values) value.Value {
	keys := make([]string, 0, len(all))
	vals := make([]value.Value, 0, len(all))
	for name, list := range all {
		keys = append(keys, strings.ToValidUTF8(name, "\uFFFD"))
		vals = append(vals, value.FromText(strings.ToValidUTF8(list[len(list)-1], "\uFFFD")))
	}
	return value.FromFields(keys, vals)
}

func headers(r *http.Request) value.Value {
	all := url.Values{"host": {r.Host}}
	for name, list := range r.Header {
		all[strings.ToLower(name)] = list
	}
	return fields(all)
}

func cookies(r *http.Request) value.Value {
	all := url.Values{}
	for _, c := range r.Cookies() {
		text, err := url.PathUnescape(c.Value)
		if err != nil {
			text = c.Value
		}
		all.Set(c.Name, text)
	}
	return fields(all)
}

// params is the record of the path's parameters.
func (r *Request) params() value.Value {
	keys := make([]string, len(r.Params))
	vals := make([]value.Value, len(r.Params))
	for i, p := range r.Params {
		keys[i], vals[i] = p.Name, value.FromText(p.Value)
	}
	return value.FromFields(keys, vals)
}

// Record is கோரிக்கை (services.md rule 18).
func (r *Request) Record() value.Value {
	return value.FromFields(
		[]string{"முறை", "பாதை", "தலைப்புகள்", "வினா", "அளவுருக்கள்", "உடல்", "உடலுரை", "குக்கீகள்", "பயனர்"},
		[]value.Value{
			value.FromText(r.Method), value.FromText(r.Path), r.Headers, r.Query, r.params(), r.Content,
			value.FromText(r.Body), r.Cookies, value.Nil,
		})
}

// Variables are the request variables of the core language (semantics.md 4).
func (r *Request) Variables() map[string]value.Value {
	vars := map[string]value.Value{
		"request_method": value.FromText(r.Method), "request_path": value.FromText(r.Path), "request_body": value.FromText(r.Body),
		"query_params": r.Query, "headers": r.Headers, "path_params": r.params(),
	}
	for _, p := range r.Params {
		vars["param_"+p.Name] = value.FromText(p.Value)
	}
	return vars
}
