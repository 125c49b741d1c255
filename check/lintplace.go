package check

import (
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// The places in which words work that talk to one client.
const (
	inSocket = "ws"  // வழி சாக்கெட்
	inStream = "sse" // வழி ஓடை, and the block of பதில்_ஓடை
)

// worksIn are the words that work in one such place alone.
var worksIn = map[string]string{
	"wsReceive": inSocket, "wsSend": inSocket, "wsClose": inSocket, "wsJoin": inSocket, "wsLeave": inSocket,
	"streamWrite": inStream, "streamEvent": inStream, "streamJoin": inStream,
}

// needsRequest are the words that work in every route, and nowhere else.
var needsRequest = map[string]bool{"cookieGet": true, "cookieSet": true, "cookieDelete": true, "PathParam": true}

// WorksIn tells where alone a word of the vocabulary works, given by its ID: "ws" in a வழி சாக்கெட், "sse" in a வழி ஓடை and in the
// block of பதில்_ஓடை; "" is everywhere.
func WorksIn(word string) string { return worksIn[word] }

// PlaceCode is the code of the finding that a word of the vocabulary, given by its ID, stands where it does not work; its
// argument is the word. It is "" of one that works everywhere.
func PlaceCode(word string) string {
	return map[string]string{inSocket: CodeNoSocket, inStream: CodeNoStream}[worksIn[word]]
}

// misplaced reports words of sockets and streams in a statement of the top level where there is none. Nothing is said inside
// of functions: their callers may have one.
func (r *reader) misplaced(n syntax.Node, place string) {
	syntax.Walk(n, func(m syntax.Node) bool {
		switch m := m.(type) {
		case *syntax.FuncDecl, *syntax.LambdaExpr, *syntax.ShapeDecl:
			return false
		case *syntax.RouteStmt:
			if w := words.Lookup(m.Method.Value); w != nil && m.Body != nil {
				r.misplaced(m.Body, w.ID)
			}
			return false
		case *syntax.WordStmt:
			if m.Word != nil && m.Word.ID == "respondStream" && m.Body != nil {
				r.misplaced(m.Body, inStream)
				return false
			}
		case *syntax.CallExpr:
			r.place(m, place)
		}
		return true
	})
}

func (r *reader) place(call *syntax.CallExpr, place string) {
	w := wordOf(call)
	if w != nil && needsRequest[w.ID] && place == "" {
		start, end := r.at(call.Fn)
		r.warn(start, end, CodeNoRequest, call.Fn.(*syntax.NameExpr).Text) //nolint:forcetypeassert // it is a word's
		return
	}
	if w == nil || worksIn[w.ID] == "" || worksIn[w.ID] == place {
		return
	}
	start, end := r.at(call.Fn)
	r.warn(start, end, PlaceCode(w.ID), call.Fn.(*syntax.NameExpr).Text) //nolint:forcetypeassert // it is a word's
}
