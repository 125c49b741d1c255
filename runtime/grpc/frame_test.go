package grpc_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/etamil-lang/etamil/runtime/grpc"
)

// Whatever is sent to a method ends with a code, and with no panic: every kind of body, framed or not.
func FuzzBody(f *testing.F) {
	p := load(f, shop)
	routes, err := grpc.Routes(p.methods(), p.options())
	if err != nil {
		f.Fatal(err)
	}
	h := handler(f, routes)
	kinds := []string{"application/grpc", "application/grpc+proto", "application/grpc-web+proto", "application/grpc+json", "application/json", "application/proto"}
	paths := []string{"/kaNippAZ/kUttu", "/katY.viRpaZY/qokY", "/grpc.health.v1.Health/Check"}
	q, err := proto.Marshal(&structpb.Struct{Fields: map[string]*structpb.Value{"அ": structpb.NewNumberValue(1), "ஆ": structpb.NewStringValue("கொ")}})
	if err != nil {
		f.Fatal(err)
	}
	for _, body := range []string{
		"", "\x00\x00\x00\x00\x00", "\x00\x00\x00\x00" + string(rune(len(q))) + string(q), "\x01\x00\x00\x00\x02ab", "\x00\xff\xff\xff\xff", "\x80\x00\x00\x00\x00",
		`{"அ":1,"ஆ":2}`, `{"வரிகள்":[{"அளவு":"1"}]}`, "\x00\x00\x00\x00\x0d" + `{"service":""}`, string(q),
	} {
		for kind := range kinds {
			f.Add(uint8(kind), uint8(kind), body)
		}
	}
	f.Fuzz(func(t *testing.T, kind, path uint8, body string) {
		k := kinds[int(kind)%len(kinds)]
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, paths[int(path)%len(paths)], strings.NewReader(body))
		r.Header.Set("Content-Type", k)
		r.ProtoMajor, r.ProtoMinor = 2, 0
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		head := w.Result().Header
		switch {
		case strings.HasPrefix(k, "application/grpc"):
			if head.Get("Grpc-Status") == "" && w.Result().Trailer.Get("Grpc-Status") == "" && head[http.TrailerPrefix+"Grpc-Status"] == nil &&
				!strings.Contains(w.Body.String(), "grpc-status: ") {
				t.Errorf("%s %q: %d without a code: %v %q", k, body, w.Code, head, w.Body)
			}
		case head.Get("Content-Type") == "application/json" && !json.Valid(w.Body.Bytes()):
			t.Errorf("%s %q: %d %q", k, body, w.Code, w.Body)
		}
	})
}
