package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The answers of the server itself.
var (
	notFound   = problem(404, "Not Found", "அப்படி ஒரு பாதை இல்லை", "")
	notAllowed = problem(405, "Method Not Allowed", "இந்தப் பாதைக்கு இந்த முறை இல்லை", "")
	forbidden  = problem(403, "Forbidden", "அனுமதி இல்லை", "")
	anonymous  = problem(401, "Unauthorized", "யார் கேட்பது எனத் தெரியவில்லை", "")
)

const (
	plainText = "text/plain; charset=utf-8"
	theFile   = "வணக்கம் 👍🏽\nஇரண்டாம் வரி\n"
)

// aTrace stands for every trace id.
const aTrace = "00000000000000000000000000000000"

// problem is an answer of the server itself (RFC 9457), with a trace id; more are further members, each after a comma.
func problem(status int, title, tamil, more string) string {
	return fmt.Sprintf(`{"type":"about:blank","title":%q,"status":%d,"பிழை":"%s"%s,"instance":"urn:trace:%s"}`, title, status, tamil, more, aTrace)
}

// bad is the answer to a request that is refused with details in both languages.
func bad(status, tamilStatus, english, tamil string) string {
	codes := map[string]int{"Bad Request": 400, "Content Too Large": 413, "Unsupported Media Type": 415, "Request Timeout": 408}
	return problem(codes[status], status, tamilStatus, `,"detail":"`+english+`","விவரம்":"`+tamil+`"`)
}

func badRequest(english, tamil string) string {
	return bad("Bad Request", "தவறான கோரிக்கை", english, tamil)
}

func badPathWant(tamil, english string) string {
	return badRequest("the path is refused: "+tamil+" ("+english+")", "பாதை ஏற்கப்படவில்லை: "+tamil+" ("+english+")")
}

// layHTTP copies the program of these tests into a folder of its own.
func layHTTP(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "http"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "files"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"files/சொல்.txt": theFile, "secret.txt": "ரகசியம்"} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestRequests asks a running server everything in the tables, with our own client and with curl.
func TestRequests(t *testing.T) {
	t.Parallel()
	dir := layHTTP(t)
	addr, log := startServer(t, "serve", "--log", "off", "--max-body", "64K", "--max-upload", "128K", dir)
	count := 0
	for _, group := range []struct {
		name  string
		cases []httpCase
	}{
		{"routing", routingCases}, {"requests", requestCases}, {"bodies", bodyCases()}, {"answers", answerCases()}, {"files", fileCases},
	} {
		for _, c := range group.cases {
			count++
			c.want = strings.ReplaceAll(c.want, "ADDR", addr)
			t.Run(group.name+"/"+c.method+c.target, func(t *testing.T) {
				c.check(t, "raw", rawAsk(t, addr, c.method, c.request(addr)))
				if !c.only {
					c.check(t, "curl", curlAsk(t, addr, c))
				}
			})
		}
	}
	if count < 120 {
		t.Errorf("%d requests, the table promises 120", count)
	}
	if t.Failed() {
		t.Log(log())
	}
}

var routingCases = []httpCase{
	{method: "GET", target: "/", status: "200 OK", want: "முகப்பு", kind: "t"},
	{method: "GET", target: "///", status: "200 OK", want: "முகப்பு", kind: "t"},
	{method: "GET", target: "/வணக்கம்", status: "200 OK", want: `{"செய்தி":"வணக்கம் 👍🏽"}`, kind: "j"},
	{method: "GET", target: "/%E0%AE%B5%E0%AE%A3%E0%AE%95%E0%AF%8D%E0%AE%95%E0%AE%AE%E0%AF%8D", status: "200 OK", want: `{"செய்தி":"வணக்கம் 👍🏽"}`, kind: "j"},
	{method: "GET", target: "//வணக்கம்/", status: "200 OK", want: `{"செய்தி":"வணக்கம் 👍🏽"}`, kind: "j"},
	{method: "GET", target: "/வணக்கம்/கயல்", status: "200 OK", want: "வணக்கம், கயல்", kind: "t"},
	{method: "GET", target: "/வணக்கம்/%F0%9D%92%B3", status: "200 OK", want: "வணக்கம், 𝒳", kind: "t"},
	{method: "GET", target: "/வணக்கம்/a%20b+c%25", status: "200 OK", want: "வணக்கம், a b+c%", kind: "t"},
	{method: "GET", target: "/வணக்கம்/%252e%252e", status: "200 OK", want: "வணக்கம், %2e%2e", kind: "t"},
	{method: "GET", target: "/வணக்கம்/...", status: "200 OK", want: "வணக்கம், ...", kind: "t"},
	{method: "GET", target: "/பொருள்/புதிய", status: "200 OK", want: "exact", kind: "t"},
	{method: "GET", target: "/பொருள்/7", status: "200 OK", want: `{"எண்":"7"}`, kind: "j"},
	// ொ as ெ and ா is the same letter.
	{method: "GET", target: "/ப\u0bc6\u0bbeருள்/புதிய", status: "200 OK", want: "exact", kind: "t"},
	{method: "PUT", target: "/பொருள்/7", status: "200 OK", want: `{"இட்டது":{"எண்":"7"}}`, kind: "j"},
	{method: "DELETE", target: "/பொருள்/7", status: "204 No Content"},
	{method: "PATCH", target: "/பொருள்/௭", status: "200 OK", want: "PATCH /பொருள்/௭", kind: "t"},
	{method: "POST", target: "/பொருள்", body: `{"அ":1}`, head: "Content-Type: application/json", status: "201 Created", want: `{"உடல்":{"அ":1}}`, kind: "j", extra: "Location: /பொருள்/1"},
	{method: "GET", target: "/x/நடு/y", status: "200 OK", want: `{"அ":"x","ஆ":"y"}`, kind: "j"},
	{method: "GET", target: "/ab/cd/z", status: "200 OK", want: "y=z", kind: "t"},
	{method: "GET", target: "/ab/ce/z", status: "200 OK", want: "x=ce", kind: "t"},
	{method: "GET", target: "/vaNakkam", status: "200 OK", want: ""},
	{method: "GET", target: "/paqY/1/2", status: "200 OK", want: `["2","1"]`, kind: "j"},
	{method: "GET", target: "/more", status: "200 OK", want: "இறக்கியது", kind: "t"},
	{method: "GET", target: "/health", status: "200 OK", want: `{"நலம்":true}`, kind: "j"},
	{method: "GET", target: "/ready", status: "200 OK", want: `{"status":"ready"}`, kind: "j", extra: "Cache-Control: no-store"},
	{method: "GET", target: "/kAval", status: "401 Unauthorized", want: anonymous, kind: "j", extra: "Www-Authenticate: Bearer\nCache-Control: no-store"},
	{method: "GET", target: "/kAval", head: "Authorization: Bearer x.y.z", status: "401 Unauthorized", want: anonymous, kind: "j", extra: "Www-Authenticate: Bearer error=\"invalid_token\"\nCache-Control: no-store"},
	{method: "GET", target: "/இல்லை", status: "404 Not Found", want: notFound, kind: "j"},
	{method: "GET", target: "/வணக்கம்/a/b", status: "404 Not Found", want: notFound, kind: "j"},
	{method: "BREW", target: "/இல்லை", status: "404 Not Found", want: notFound, kind: "j"},
	{method: "OPTIONS", target: "/இல்லை", status: "404 Not Found", want: notFound, kind: "j"},
	{method: "POST", target: "/வணக்கம்", status: "405 Method Not Allowed", want: notAllowed, kind: "j", extra: "Allow: GET, OPTIONS, HEAD"},
	{method: "BREW", target: "/வணக்கம்", status: "405 Method Not Allowed", want: notAllowed, kind: "j", extra: "Allow: GET, OPTIONS, HEAD"},
	{method: "TRACE", target: "/echo", status: "405 Method Not Allowed", want: notAllowed, kind: "j", extra: "Allow: POST, OPTIONS"},
	{method: "POST", target: "/பொருள்/7", status: "405 Method Not Allowed", want: notAllowed, kind: "j", extra: "Allow: GET, PUT, DELETE, PATCH, OPTIONS, HEAD"},
	{method: "get", target: "/வணக்கம்", status: "405 Method Not Allowed", want: notAllowed, kind: "j", extra: "Allow: GET, OPTIONS, HEAD"},
	{method: "GET", target: "/தலை", status: "405 Method Not Allowed", want: notAllowed, kind: "j", extra: "Allow: OPTIONS, HEAD"},
	{method: "OPTIONS", target: "/வணக்கம்", status: "204 No Content", extra: "Allow: GET, OPTIONS, HEAD"},
	{method: "OPTIONS", target: "/பொருள்/7", status: "204 No Content", extra: "Allow: GET, PUT, DELETE, PATCH, OPTIONS, HEAD"},
	{method: "OPTIONS", target: "/தெரிவு", status: "200 OK", want: "own options", kind: "t"},
	{method: "HEAD", target: "/வணக்கம்", status: "200 OK", want: `{"செய்தி":"வணக்கம் 👍🏽"}`, kind: "j"},
	{method: "HEAD", target: "/தலை", status: "204 No Content", extra: "X-Own: head"},
	{method: "HEAD", target: "/இல்லை", status: "404 Not Found", want: notFound, kind: "j"},
	// Paths that are refused.
	{method: "GET", target: "/வணக்கம்/..", status: "400 Bad Request", want: badPathWant("'.' அல்லது '..' என்னும் பகுதி", "a segment '.' or '..'"), kind: "j"},
	{method: "GET", target: "/../secret.txt", status: "400 Bad Request", want: badPathWant("'.' அல்லது '..' என்னும் பகுதி", "a segment '.' or '..'"), kind: "j"},
	{method: "GET", target: "/files/%2e%2e", status: "400 Bad Request", want: badPathWant("'.' அல்லது '..' என்னும் பகுதி", "a segment '.' or '..'"), kind: "j"},
	{method: "GET", target: "/files/..%2fsecret.txt", status: "400 Bad Request", want: badPathWant("குறியாக்கிய சாய்வுக்கோடு", "an encoded slash"), kind: "j"},
	{method: "GET", target: "/files/%2E%2E%2Fsecret.txt", status: "400 Bad Request", want: badPathWant("குறியாக்கிய சாய்வுக்கோடு", "an encoded slash"), kind: "j"},
	{method: "GET", target: "/files/..%5csecret.txt", status: "400 Bad Request", want: badPathWant("பின்சாய்வுக்கோடு", "a backslash"), kind: "j"},
	{method: "GET", target: "/வணக்கம்/a%00b", status: "400 Bad Request", want: badPathWant("கட்டுப்பாட்டு எழுத்து", "a control character"), kind: "j"},
	{method: "GET", target: "/வணக்கம்/a%0d%0aSet-Cookie:x", status: "400 Bad Request", want: badPathWant("கட்டுப்பாட்டு எழுத்து", "a control character"), kind: "j"},
	{method: "GET", target: "/வணக்கம்/%ff", status: "400 Bad Request", want: badPathWant("UTF-8 அல்லாத பைட்டுகள்", "bytes that are not UTF-8"), kind: "j"},
}

var requestCases = []httpCase{
	{method: "GET", target: "/வினா?அ=1&b=%E0%AE%95%E0%AF%8D%E0%AE%B7&அ=2", status: "200 OK", want: `{"b":"க்ஷ","அ":"2"}`, kind: "j"},
	{method: "GET", target: "/வினா?a=1+2&b&c=&=d&&", status: "200 OK", want: `{"":"d","a":"1 2","b":"","c":""}`, kind: "j"},
	{method: "GET", target: "/வினா?a=%zz&b=%", status: "200 OK", want: `{"a":"%zz","b":"%"}`, kind: "j"},
	{method: "GET", target: "/வினா?a=%ff", status: "200 OK", want: `{"a":"` + "\uFFFD" + `"}`, kind: "j"},
	{method: "GET", target: "/வினா", status: "200 OK", want: `{}`, kind: "j"},
	{method: "GET", target: "/q?x=%F0%9D%92%B3&y=a=b", status: "200 OK", want: `{"x":"𝒳","y":"a=b"}`, kind: "j"},
	{method: "GET", target: "/h", head: "X-One: முதல்", status: "200 OK", want: "முதல்", kind: "t"},
	{method: "GET", target: "/h", head: "x-ONE: 1\nX-One: 2", status: "200 OK", want: "2", kind: "j"},
	{method: "GET", target: "/h", head: "X-One:   இடையே  வெளி  ", status: "200 OK", want: "இடையே  வெளி", kind: "t"},
	{method: "GET", target: "/host", status: "200 OK", want: "ADDR", kind: "t"},
	{method: "GET", target: "/cookies", head: "Cookie: a=1; பெயர்=x; b=%E0%AE%85; c=\"q\"", status: "200 OK", want: `{"a":"1","b":"அ","c":"q"}`, kind: "j"},
	{method: "GET", target: "/cookies", status: "200 OK", want: `{}`, kind: "j"},
	{method: "GET", target: "/கோரிக்கை", status: "200 OK", want: `["GET","/கோரிக்கை",null,""]`, kind: "j"},
}
