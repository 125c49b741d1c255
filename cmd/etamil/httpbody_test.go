package main

import "strings"

// multi is a multipart body of parts, each of which is its headers, an empty line and its content.
func multi(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString("--எல்லை\r\n" + p + "\r\n")
	}
	return b.String() + "--எல்லை--\r\n"
}

const (
	multiHead = `Content-Type: multipart/form-data; boundary="எல்லை"`
	jsonHead  = "Content-Type: application/json"
	formHead  = "Content-Type: application/x-www-form-urlencoded"
)

func field(name, text string) string {
	return `Content-Disposition: form-data; name="` + name + "\"\r\n\r\n" + text
}

func filePart(name, file, kind, text string) string {
	return `Content-Disposition: form-data; name="` + name + `"; filename="` + file + "\"\r\nContent-Type: " + kind + "\r\n\r\n" + text
}

var (
	tooLarge = func(limit string) string {
		return bad("Content Too Large", "உடல் மிகப் பெரியது", "the body is longer than "+limit+" bytes", "உடல் "+limit+" பைட்டுகளை விட நீளம்")
	}
	brokenParts = badRequest("the body is no multipart form: பகுதிகள் உடைந்துள்ளன (its parts are broken)", "உடல் ஒரு பலபகுதிப் படிவம் அல்ல: பகுதிகள் உடைந்துள்ளன (its parts are broken)")
	noBoundary  = badRequest("the body is no multipart form: boundary இல்லை (there is no boundary)", "உடல் ஒரு பலபகுதிப் படிவம் அல்ல: boundary இல்லை (there is no boundary)")
	cutBody     = badRequest("the body ended too early, or is broken", "உடல் பாதியில் முடிந்தது, அல்லது உடைந்துள்ளது")
	badForm     = badRequest("the body is no form: a '%' needs two hex digits after it", "உடல் ஒரு படிவம் அல்ல: '%' குறிக்குப் பின் இரு பதினறும இலக்கங்கள் வேண்டும்")
	twoLengths  = badRequest("the request says its length in two ways (Content-Length and Transfer-Encoding)", "கோரிக்கை தன் நீளத்தை இரு வழிகளில் சொல்கிறது (Content-Length, Transfer-Encoding)")
	tooMany     = func(n string) string {
		return bad("Content Too Large", "உடல் மிகப் பெரியது", "the form has more than "+n+" fields", "படிவத்தில் "+n+"-ஐ விட அதிகப் புலங்கள்")
	}
)

func bodyCases() []httpCase {
	return append(plainBodyCases(), multipartCases()...)
}

func plainBodyCases() []httpCase {
	long := strings.Repeat("க", 64<<10/3) // 64 KiB less a byte
	return []httpCase{
		{method: "POST", target: "/echo", body: "க்ஷ 👍🏽", status: "200 OK", want: "க்ஷ 👍🏽", kind: "t"},
		{method: "POST", target: "/echo", status: "200 OK", want: ""},
		{method: "POST", target: "/echo", body: "a\xffb", status: "200 OK", want: "a\uFFFDb", kind: "t", only: true},
		{method: "POST", target: "/echo", body: long, status: "200 OK", want: long, kind: "t"},
		{method: "POST", target: "/echo", body: long + "xx", status: "413 Request Entity Too Large", want: tooLarge("65536"), kind: "j"},
		{
			method: "POST", target: "/echo", head: "Content-Encoding: gzip", body: "x", status: "415 Unsupported Media Type", kind: "j", extra: "Accept-Encoding: identity",
			want: bad("Unsupported Media Type", "உடலின் வகையைப் படிக்க முடியாது", "bodies in the encoding gzip are not read", "gzip குறியாக்கத்தில் உள்ள உடல்கள் படிக்கப்படுவதில்லை"),
		},
		{method: "POST", target: "/echo", head: "Content-Encoding: identity", body: "xy", status: "200 OK", want: "xy", kind: "t"},
		{method: "PUT", target: "/any", body: "உடல்", status: "200 OK", want: "PUT /any உடல்", kind: "t"},
		{method: "POST", target: "/json", head: jsonHead, body: `{"விலை": 1.50, "ஆ": [1e2, null, true]}`, status: "200 OK", want: `{"ஆ":[100,null,true],"விலை":1.5}`, kind: "j"},
		{method: "POST", target: "/json", head: "Content-Type: application/vnd.x+json; charset=utf-8", body: `[]`, status: "200 OK", want: `[]`, kind: "j"},
		{method: "POST", target: "/kind", head: jsonHead, body: `"க்ஷ"`, status: "200 OK", want: "a string 4", kind: "t"},
		{method: "POST", target: "/kind", body: `{}`, status: "200 OK", want: "a string 2", kind: "t"},
		{method: "POST", target: "/kind", head: formHead, body: `a=1`, status: "200 OK", want: "a record 3", kind: "t"},
		{
			method: "POST", target: "/json", head: jsonHead, body: `{"a": `, status: "400 Bad Request", kind: "j",
			want: badRequest("this is not JSON (byte 6): the text ends early", "இது சரியான ஜேசான் உரை அல்ல (பைட்டு 6): the text ends early"),
		},
		{
			method: "POST", target: "/json", head: jsonHead, body: strings.Repeat("[", 5000), status: "400 Bad Request", kind: "j",
			want: badRequest("this is not JSON (byte 512): nested too deep", "இது சரியான ஜேசான் உரை அல்ல (பைட்டு 512): nested too deep"),
		},
		{
			method: "POST", target: "/json", head: jsonHead, body: "{\"a\": \"\xff\"}", status: "400 Bad Request", kind: "j", only: true,
			want: badRequest("the body is not UTF-8 from byte 7", "உடல் பைட்டு 7 முதல் UTF-8 அல்ல"),
		},
		{method: "POST", target: "/form", head: formHead, body: "பெயர்=%E0%AE%95%E0%AF%8D%E0%AE%B7&a=1+2&a=3", status: "200 OK", want: `{"body":{"a":"3","பெயர்":"க்ஷ"},"fields":{"a":"3","பெயர்":"க்ஷ"}}`, kind: "j"},
		{method: "POST", target: "/form", head: formHead, body: "a=%zz", status: "400 Bad Request", want: badForm, kind: "j"},
		{method: "POST", target: "/form", head: formHead, body: strings.Repeat("a=1&", 1001), status: "413 Request Entity Too Large", want: tooMany("1000"), kind: "j"},
		{method: "POST", target: "/echo", head: "Transfer-Encoding: chunked", body: "3\r\nஅ\r\n1\r\n!\r\n0\r\n\r\n", status: "200 OK", want: "அ!", kind: "t", only: true},
		{method: "POST", target: "/echo", head: "Transfer-Encoding: chunked", body: "3\r\nஅ\r\nzz\r\n", status: "400 Bad Request", want: cutBody, kind: "j", only: true},
		{method: "POST", target: "/echo", head: "Transfer-Encoding: chunked", body: strings.Repeat("4000\r\n"+strings.Repeat("x", 0x4000)+"\r\n", 20), status: "413 Request Entity Too Large", want: tooLarge("65536"), kind: "j", only: true},
		{method: "POST", target: "/echo", head: "Transfer-Encoding: chunked\nContent-Length: 4", body: "0\r\n\r\nGET /f/divide HTTP/1.1\r\nHost: x\r\n\r\n", status: "400 Bad Request", want: twoLengths, kind: "j", only: true},
		{method: "POST", target: "/echo", head: "Content-Length: 4\nTransfer-Encoding: Chunked", body: "1\r\nx\r\n0\r\n\r\n", status: "400 Bad Request", want: twoLengths, kind: "j", only: true},
	}
}

func multipartCases() []httpCase {
	return []httpCase{
		{
			method: "POST", target: "/upload", head: multiHead, status: "200 OK", kind: "j",
			body: multi(field("பெயர்", "கயல் 👍🏽"), filePart("படம்", "அ.png", "image/png", "\x89PNG\x00"), field("a", "1"), filePart("b", "../../b.txt", "text/plain", "")),
			want: `{"body":"","fields":{"a":"1","பெயர்":"கயல் 👍🏽"},"files":[` +
				`{"அளவு":5,"குறியீடு":0,"கோப்புப்_பெயர்":"அ.png","பெயர்":"படம்","வகை":"image/png"},` +
				`{"அளவு":0,"குறியீடு":1,"கோப்புப்_பெயர்":"b.txt","பெயர்":"b","வகை":"text/plain"}]}`,
		},
		{method: "POST", target: "/upload", head: multiHead, body: multi(field("a", "1"), field("a", "2")), status: "200 OK", want: `{"body":"","fields":{"a":"2"},"files":[]}`, kind: "j"},
		{method: "POST", target: "/upload", head: multiHead, body: multi()[2:], status: "400 Bad Request", want: brokenParts, kind: "j"},
		{method: "POST", target: "/upload", head: multiHead, body: strings.TrimSuffix(multi(field("a", "1")), "--எல்லை--\r\n"), status: "400 Bad Request", want: brokenParts, kind: "j"},
		{
			method: "POST", target: "/upload", head: multiHead, body: multi("Content-Disposition: form-data\r\n\r\nx"), status: "400 Bad Request", kind: "j",
			want: badRequest("the body is no multipart form: ஒரு பகுதிக்குப் பெயர் இல்லை (a part has no name)", "உடல் ஒரு பலபகுதிப் படிவம் அல்ல: ஒரு பகுதிக்குப் பெயர் இல்லை (a part has no name)"),
		},
		{method: "POST", target: "/upload", head: multiHead, body: multi("இது தலைப்பு அல்ல\r\n\r\nx"), status: "400 Bad Request", want: brokenParts, kind: "j"},
		{method: "POST", target: "/upload", head: "Content-Type: multipart/form-data", body: "x", status: "400 Bad Request", want: noBoundary, kind: "j"},
		{method: "POST", target: "/upload", head: multiHead, body: multi(field("a", strings.Repeat("x", 64<<10+1))), status: "413 Request Entity Too Large", want: tooLarge("65536"), kind: "j"},
		{method: "POST", target: "/upload", head: multiHead, body: multi(filePart("a", "a", "a/b", strings.Repeat("x", 128<<10))), status: "413 Request Entity Too Large", want: tooLarge("131072"), kind: "j"},
		{method: "POST", target: "/upload", head: multiHead, body: multi(strings.Split(strings.Repeat(filePart("a", "a", "a/b", "")+"|", 101), "|")[:101]...), status: "413 Request Entity Too Large", want: tooMany("100"), kind: "j"},
		{method: "POST", target: "/save/0", head: multiHead, body: multi(filePart("a", "a.bin", "a/b", "ஐந்து")), status: "201 Created", want: "15", kind: "j"},
		{
			method: "POST", target: "/saveas?to=../out.bin", head: multiHead, body: multi(filePart("a", "a", "a/b", "x")), status: "200 OK", kind: "t",
			want: `தவறு(கோப்பு "../out.bin": அனுமதி இல்லை  (file "../out.bin": permission denied))`,
		},
		{
			method: "POST", target: "/saveas?to=none/out.bin", head: multiHead, body: multi(filePart("a", "a", "a/b", "x")), status: "200 OK", kind: "t",
			want: `தவறு(கோப்பு "none/out.bin": இல்லை  (file "none/out.bin": does not exist))`,
		},
		{
			method: "POST", target: "/saveas?to=/tmp/out.bin", head: multiHead, body: multi(filePart("a", "a", "a/b", "x")), status: "200 OK", kind: "t",
			want: `தவறு(கோப்பு "/tmp/out.bin": நிரலின் கோப்பகத்துக்கு வெளியே உள்ளது  (file "/tmp/out.bin": is outside the program's folder))`,
		},
		{
			method: "POST", target: "/saveas?to=out.bin", head: multiHead, body: multi(field("a", "1")), status: "200 OK", kind: "t",
			want: `தவறு(இந்தக் கோரிக்கையில் 0 என்னும் எண்ணுள்ள பதிவேற்றம் இல்லை  (the request has no uploaded file number 0))`,
		},
	}
}
