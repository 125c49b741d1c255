// Package httpd serves the routes of a program over net/http: it finds the route of a request, gives the handler the
// request as values of the language, and writes what it answered. It does not know how handlers run.
//
//	answer := func(_ context.Context, x *httpd.Exchange) error {
//		x.Response = httpd.Response{Sent: true, Status: value.FromInt(200), Body: value.FromText("வணக்கம்"), Headers: value.Nil}
//		return nil
//	}
//	h, err := httpd.NewHandler([]httpd.Route{{Method: "GET", Path: "/வணக்கம்/:பெயர்", Place: "a.qmz:1:1", Run: answer}}, httpd.Options{})
//	ln, err := net.Listen("tcp", "127.0.0.1:8080")
//	err = httpd.Serve(ctx, ln, h, httpd.Options{}) // until ctx ends; then running requests are finished
//
// The handler is any http.Handler. Requests that are whole when they are read and have nothing special about them, which is
// nearly all of HTTP/1.1, are answered without net/http (direct), at half its cost; everything else is net/http's.
//
// Routes match exact segments before :parameters, on decoded paths. What a response looks like is rule 19 of
// language/services.md; the request's variables are in language/semantics.md 4. Whatever is wrong with a request is
// answered before the program sees anything of it, with a code of codes.go in both languages.
package httpd
