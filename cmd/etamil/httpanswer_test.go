package main

import "strings"

const noHandlerAnswer = "Handler executed successfully"

func answerCases() []httpCase {
	large := strings.Repeat("கௌ", 2048)
	return []httpCase{
		{method: "GET", target: "/a/record", status: "200 OK", want: `{"அ":{"க்ஷ":"\"\n"},"ஆ":[1,2.5,null,true]}`, kind: "j"},
		{method: "GET", target: "/a/array", status: "200 OK", want: `[]`, kind: "j"},
		{method: "GET", target: "/a/number", status: "200 OK", want: `2.5`, kind: "j"},
		{method: "GET", target: "/a/bool", status: "200 OK", want: `false`, kind: "j"},
		{method: "GET", target: "/a/nil", status: "200 OK", want: ""},
		{method: "GET", target: "/a/jsontext", status: "200 OK", want: `{"அ": 1}`, kind: "j"},
		{method: "GET", target: "/a/text", status: "200 OK", want: `<b>தடிமன்</b>`, kind: "t"},
		{method: "GET", target: "/a/html", status: "200 OK", want: `<b>க</b>`, kind: "text/html; charset=utf-8"},
		{method: "GET", target: "/a/result", status: "200 OK", want: `சரி(1)`, kind: "t"},
		{method: "GET", target: "/a/money", status: "200 OK", want: `{"பெரியது":79228162514264337593543950335,"விலை":117.99}`, kind: "j"},
		{method: "GET", target: "/a/teapot", status: "418 I'm a teapot", want: `தேநீர்`, kind: "t"},
		{method: "GET", target: "/a/created", status: "201 Created", want: `{}`, kind: "j"},
		{method: "GET", target: "/a/nocontent", status: "204 No Content", kind: "t"},
		{method: "GET", target: "/a/notmodified", status: "304 Not Modified"},
		{method: "GET", target: "/a/moved", status: "302 Found", extra: "Location: /வணக்கம்"},
		{method: "GET", target: "/a/header", status: "200 OK", want: "h", kind: "t", extra: "X-Own: மதிப்பு க்ஷ\nX-Number: 5\nSet-Cookie: a=1\nSet-Cookie: b=2"},
		{method: "GET", target: "/a/reflect?v=ok", status: "200 OK", want: "h", kind: "t", extra: "X-Own: ok"},
		{method: "GET", target: "/a/hop", status: "200 OK", want: "h", kind: "t"},
		{method: "GET", target: "/a/nosniff", status: "200 OK", want: "h", kind: "t", extra: "X-Content-Type-Options: own\nReferrer-Policy: origin"},
		{method: "GET", target: "/a/status/200", status: "200 OK", want: "s", kind: "t"},
		{method: "GET", target: "/a/status/299", status: "299 status code 299", want: "s", kind: "t"},
		{method: "GET", target: "/a/status/599", status: "599 status code 599", want: "s", kind: "t"},
		{method: "GET", target: "/a/status/404", status: "404 Not Found", want: "s", kind: "t"},
		{method: "GET", target: "/a/none", status: "200 OK", want: noHandlerAnswer, kind: "t"},
		{method: "GET", target: "/a/last", status: "200 OK", want: "கடைசி", kind: "t"},
		{method: "GET", target: "/a/return", status: "200 OK", want: "முன்", kind: "t"},
		{method: "GET", target: "/a/exit", status: "202 Accepted", want: "முன்", kind: "t"},
		{method: "GET", target: "/a/vars", status: "207 Multi-Status", want: `{"அ":1}`, kind: "j", extra: "X-Own: v"},
		{method: "GET", target: "/a/jsonbody", status: "200 OK", want: `[1,2]`, kind: "j"},
		{method: "GET", target: "/a/jsonbody/status", status: "201 Created", want: `{}`, kind: "j"},
		{method: "GET", target: "/a/infunction", status: "200 OK", want: "செயலில் இருந்து", kind: "t"},
		{method: "GET", target: "/a/prelude", status: "200 OK", want: `{"இயங்கியது":2,"பெயர்":"கடை"}`, kind: "j"},
		{method: "GET", target: "/a/prelude?again", status: "200 OK", want: `{"இயங்கியது":2,"பெயர்":"கடை"}`, kind: "j"},
		{method: "GET", target: "/a/large", status: "200 OK", want: large, kind: "t"},
		{method: "HEAD", target: "/a/large", status: "200 OK", want: large, kind: "t"},
		{method: "GET", target: "/f/forbidden", status: "403 Forbidden", want: forbidden, kind: "j"},
		{method: "GET", target: "/f/caught", status: "409 Conflict", want: "x", kind: "t"},
		{method: "GET", target: "/f/nested", status: "200 OK", want: noHandlerAnswer, kind: "t"},
	}
}

// fileTag and the time of the file are not known before: the tests of ranges are in httpfile_test.go.
var fileCases = []httpCase{
	{method: "GET", target: "/file/status", status: "203 Non-Authoritative Information", want: theFile, kind: "application/octet-stream"},
	{method: "GET", target: "/file/then", status: "200 OK", want: "உரை", kind: "t"},
	{method: "GET", target: "/files/none.txt", status: "404 Not Found", want: "இல்லை", kind: "t"},
	{
		method: "GET", target: "/files?f=files/../secret.txt", status: "404 Not Found", kind: "t",
		want: `கோப்பு "files/../secret.txt": அனுமதி இல்லை  (file "files/../secret.txt": permission denied)`,
	},
	{
		method: "GET", target: "/files?f=..%2f..%2fetc%2fpasswd", status: "404 Not Found", kind: "t",
		want: `கோப்பு "../../etc/passwd": அனுமதி இல்லை  (file "../../etc/passwd": permission denied)`,
	},
	{
		method: "GET", target: "/files?f=/etc/passwd", status: "404 Not Found", kind: "t",
		want: `கோப்பு "/etc/passwd": நிரலின் கோப்பகத்துக்கு வெளியே உள்ளது  (file "/etc/passwd": is outside the program's folder)`,
	},
	{
		method: "GET", target: "/files?f=files", status: "404 Not Found", kind: "t",
		want: `கோப்பு "files": இது ஒரு கோப்பகம்  (file "files": is a folder)`,
	},
	{
		method: "GET", target: "/files?f=a%00b", status: "404 Not Found", kind: "t",
		want: "கோப்பு \"a\x00b\": அனுமதி இல்லை  (file \"a\x00b\": permission denied)",
	},
}
