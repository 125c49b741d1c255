package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// frameCase is what a client sends, and all that it hears. A client that has nothing left to say closes with 1000.
type frameCase struct {
	name string
	send []frame
	cut  int // the bytes go out in pieces of so many
	want []string
	open bool // nothing is sent after send: the server must end it by itself
}

func text(data string) frame   { return frame{op: opText, data: data} }
func opened(data string) frame { return frame{op: opText, data: data, part: true} }
func more(data string) frame   { return frame{data: data, part: true} }
func last(data string) frame   { return frame{data: data} }
func ping(data string) frame   { return frame{op: opPing, data: data} }

// echoed is what a text comes back as.
func echoed(data string) string { return "text " + short([]byte(data)) }

const (
	bye     = "close 1000"
	broken  = "close 1002"
	notText = "close 1007"
	tooBig  = "close 1009"
)

// frameCases cover the families of the Autobahn suite for servers.
func frameCases() []frameCase {
	return slices.Concat(sizeCases(), pingCases(), reservedCases(), opcodeCases(), fragmentCases(), utf8Cases(), closeCases(), limitCases())
}

// sizeCases are families 1 and 10: messages of every kind of length.
func sizeCases() []frameCase {
	var list []frameCase
	for _, n := range []int{0, 1, 125, 126, 127, 128, 65535, 65536} {
		s := strings.Repeat("*", n)
		raw := strings.Repeat("\xfe", n)
		list = append(list,
			frameCase{name: fmt.Sprintf("1 text of %d", n), send: []frame{text(s)}, want: []string{echoed(s), bye}},
			frameCase{name: fmt.Sprintf("1 binary of %d", n), send: []frame{{op: opBinary, data: raw}}, want: []string{"binary " + short([]byte(raw)), bye}})
	}
	s := strings.Repeat("அ", 65536/3)
	return append(list,
		frameCase{name: "1 text in pieces of 997", send: []frame{text(s)}, cut: 997, want: []string{echoed(s), bye}},
		frameCase{name: "10 text in pieces of 1300", send: []frame{text(s)}, cut: 1300, want: []string{echoed(s), bye}},
		frameCase{name: "1 without a mask", send: []frame{{op: opText, data: "a", bare: true}}, want: []string{broken}})
}

// pingCases are family 2.
func pingCases() []frameCase {
	var ten []frame
	var pongs []string
	for i := range 10 {
		ten = append(ten, ping(fmt.Sprint(i)))
		pongs = append(pongs, fmt.Sprintf("pong %q", fmt.Sprint(i)))
	}
	full := strings.Repeat("\xfe", 125)
	return []frameCase{
		{name: "2 ping", send: []frame{ping("")}, want: []string{`pong ""`, bye}},
		{name: "2 ping with text", send: []frame{ping("வணக்கம்")}, want: []string{`pong "வணக்கம்"`, bye}},
		{name: "2 ping with bytes", send: []frame{ping("\x00\xff\xfe")}, want: []string{`pong "\x00\xff\xfe"`, bye}},
		{name: "2 ping of 125", send: []frame{ping(full)}, want: []string{"pong " + short([]byte(full)), bye}},
		{name: "2 ping of 126", send: []frame{ping(full + "x")}, want: []string{broken}},
		{name: "2 ping byte by byte", send: []frame{ping(full)}, cut: 1, want: []string{"pong " + short([]byte(full)), bye}},
		{name: "2 pong", send: []frame{{op: opPong}}, want: []string{bye}},
		{name: "2 pong with text", send: []frame{{op: opPong, data: "x"}}, want: []string{bye}},
		{name: "2 pong, then ping", send: []frame{{op: opPong, data: "x"}, ping("y")}, want: []string{`pong "y"`, bye}},
		{name: "2 ten pings", send: ten, want: append(slices.Clone(pongs), bye)},
		{name: "2 ten pings byte by byte", send: ten, cut: 1, want: append(slices.Clone(pongs), bye)},
	}
}

// reservedCases are family 3.
func reservedCases() []frameCase {
	var list []frameCase
	for rsv := byte(1); rsv < 8; rsv++ {
		for _, op := range []byte{opText, opBinary, opPing, opClose} {
			list = append(list, frameCase{name: fmt.Sprintf("3 bits %d on %d", rsv, op), send: []frame{text("a"), {op: op, rsv: rsv, data: "\x03\xe8"}}, want: []string{`text "a"`, broken}})
		}
	}
	return list
}

// opcodeCases are family 4.
func opcodeCases() []frameCase {
	var list []frameCase
	for _, op := range []byte{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		list = append(list,
			frameCase{name: fmt.Sprintf("4 opcode %d", op), send: []frame{{op: op}}, want: []string{broken}},
			frameCase{name: fmt.Sprintf("4 opcode %d after a text", op), send: []frame{text("கி"), {op: op, data: "x"}, ping("")}, want: []string{`text "கி"`, broken}})
	}
	return list
}

// fragmentCases are family 5.
func fragmentCases() []frameCase {
	two := []frame{opened("fragment1"), last("fragment2")}
	between := []frame{opened("fragment1"), ping("x"), last("fragment2")}
	both, pong := `text "fragment1fragment2"`, `pong "x"`
	return []frameCase{
		{name: "5 ping in fragments", send: []frame{{op: opPing, data: "a", part: true}, last("b")}, want: []string{broken}},
		{name: "5 pong in fragments", send: []frame{{op: opPong, data: "a", part: true}, last("b")}, want: []string{broken}},
		{name: "5 close in fragments", send: []frame{{op: opClose, data: closing(1000, ""), part: true}, last("b")}, want: []string{broken}},
		{name: "5 two", send: two, want: []string{both, bye}},
		{name: "5 two, byte by byte", send: two, cut: 1, want: []string{both, bye}},
		{name: "5 ping between", send: between, want: []string{pong, both, bye}},
		{name: "5 ping between, byte by byte", send: between, cut: 1, want: []string{pong, both, bye}},
		{name: "5 binary", send: []frame{{op: opBinary, data: "\xff", part: true}, last("\xfe")}, want: []string{`binary "\xff\xfe"`, bye}},
		{name: "5 empty ones", send: []frame{opened(""), more(""), last("")}, want: []string{`text ""`, bye}},
		{name: "5 empty in the middle", send: []frame{opened("a"), more(""), last("b")}, want: []string{`text "ab"`, bye}},
		{name: "5 last without a first", send: []frame{last("a")}, want: []string{broken}},
		{name: "5 last without a first, then text", send: []frame{last("a"), text("b")}, want: []string{broken}},
		{name: "5 more without a first", send: []frame{more("a"), text("b")}, want: []string{broken}},
		{name: "5 more without a first, byte by byte", send: []frame{more("a"), text("b")}, cut: 1, want: []string{broken}},
		{name: "5 last twice", send: []frame{opened("a"), last("b"), last("c")}, want: []string{`text "ab"`, broken}},
		{name: "5 more after the last", send: []frame{opened("a"), last("b"), more("c"), text("d")}, want: []string{`text "ab"`, broken}},
		{name: "5 a text within a text", send: []frame{opened("a"), text("b")}, want: []string{broken}},
		{name: "5 a binary within a text", send: []frame{opened("a"), {op: opBinary, data: "b"}}, want: []string{broken}},
		{name: "5 two firsts", send: []frame{opened("a"), opened("b"), last("c")}, want: []string{broken}},
		{
			name: "5 pings within five", send: []frame{opened("1"), more("2"), ping("x"), more("3"), more("4"), ping("y"), last("5")},
			want: []string{pong, `pong "y"`, `text "12345"`, bye},
		},
		{name: "5 message after message", send: []frame{opened("a"), last("b"), opened("c"), last("d"), text("e")}, want: []string{`text "ab"`, `text "cd"`, `text "e"`, bye}},
	}
}

// utf8Cases are family 6.
func utf8Cases() []frameCase {
	list := []frameCase{
		{name: "6 Tamil, byte by byte", send: []frame{text("கொண்டாட்டம் 𝒳👍🏽𑿀")}, cut: 1, want: []string{`text "கொண்டாட்டம் 𝒳👍🏽𑿀"`, bye}},
		{name: "6 broken at once, the rest never comes", send: []frame{opened("ab\xff")}, want: []string{notText}, open: true},
		{name: "6 broken in the second fragment", send: []frame{opened("அ"), more("\xe0\xae"), more("x")}, want: []string{notText}, open: true},
		{name: "6 broken at the end", send: []frame{opened("அ"), last("\xe0\xae")}, want: []string{notText}},
		{name: "6 broken, after a good one", send: []frame{text("அ"), text("\xe0\xae"), text("ஆ")}, want: []string{`text "அ"`, notText}},
		{name: "6 not looked at in binaries", send: []frame{{op: opBinary, data: "\xe0\xae\xff"}}, want: []string{`binary "\xe0\xae\xff"`, bye}},
	}
	tamil := "கி𝒳 நௌ"
	for i := range tamil {
		list = append(list, frameCase{name: fmt.Sprintf("6 split at %d", i), send: []frame{opened(tamil[:i]), last(tamil[i:])}, want: []string{echoed(tamil), bye}})
	}
	for i := 1; i < 4; i++ {
		list = append(list, frameCase{name: fmt.Sprintf("6 split inside 𝒳 at %d", i), send: []frame{opened("𝒳"[:i]), ping("x"), last("𝒳"[i:])}, want: []string{`pong "x"`, `text "𝒳"`, bye}})
		list = append(list, frameCase{name: fmt.Sprintf("6 cut inside 𝒳 at %d", i), send: []frame{text("𝒳"[:i])}, want: []string{notText}})
	}
	for i := 1; i < 3; i++ {
		list = append(list, frameCase{name: fmt.Sprintf("6 split inside கி at %d", i), send: []frame{opened("கி"[:3+i]), last("கி"[3+i:])}, want: []string{`text "கி"`, bye}})
	}
	for _, good := range []string{"κόσμε", "\x00", "\u007f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\ufffd", "\ufffe", "\uffff", "\U00010000", "\U0010ffff"} {
		list = append(list, frameCase{name: fmt.Sprintf("6 good %q", good), send: []frame{text(good)}, want: []string{echoed(good), bye}})
	}
	for _, bad := range []string{
		"\x80", "\xbf", "\x80\xbf\x80", "\xc2", "\xe0\xa0", "\xf0\x90\x80", "\xc2 \xc3 ", "\xfe", "\xff", "\xfe\xfe\xff\xff", // lonely and unfinished
		"\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xf8\x80\x80\x80\xaf", "\xfc\x80\x80\x80\x80\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xc0\x80", // longer than need be
		"\xed\xa0\x80", "\xed\xad\xbf", "\xed\xbf\xbf", "\xed\xa0\x80\xed\xb0\x80", // halves of UTF-16
		"\xf4\x90\x80\x80", "\xf7\xbf\xbf\xbf", "\xf8\x88\x80\x80\x80", "κόσ\xed\xa0\x80με", // beyond the last character, and in the middle
	} {
		list = append(list, frameCase{name: fmt.Sprintf("6 bad %q", bad), send: []frame{text(bad)}, want: []string{notText}, open: true})
	}
	return list
}

// closeCases are family 7.
func closeCases() []frameCase {
	shut := func(data string) frame { return frame{op: opClose, data: data} }
	list := []frameCase{
		{name: "7 after a text", send: []frame{text("a"), shut(closing(1000, ""))}, want: []string{`text "a"`, bye}, open: true},
		{name: "7 twice", send: []frame{shut(closing(1000, "")), shut(closing(1000, ""))}, want: []string{bye}, open: true},
		{name: "7 then a ping", send: []frame{shut(closing(1000, "")), ping("x")}, want: []string{bye}, open: true},
		{name: "7 then a text", send: []frame{shut(closing(1000, "")), text("a")}, want: []string{bye}, open: true},
		{name: "7 within a message", send: []frame{opened("a"), shut(closing(1000, "")), last("b")}, want: []string{bye}, open: true},
		{name: "7 without a code", send: []frame{shut("")}, want: []string{"close"}, open: true},
		{name: "7 of one byte", send: []frame{shut("a")}, want: []string{broken}, open: true},
		{name: "7 with a reason", send: []frame{shut(closing(1000, "நன்றி"))}, want: []string{"close 1000 நன்றி"}, open: true},
		{name: "7 with the longest reason", send: []frame{shut(closing(1000, strings.Repeat("x", 123)))}, want: []string{"close 1000 " + strings.Repeat("x", 123)}, open: true},
		{name: "7 with a reason that is not UTF-8", send: []frame{shut(closing(1000, "அ\xe0\xae"))}, want: []string{notText}, open: true},
		{name: "7 with a reason that is half of a pair", send: []frame{text("அ"), shut(closing(4000, "\xed\xa0\x80"))}, want: []string{`text "அ"`, notText}, open: true},
		{name: "7 with too long a reason", send: []frame{shut(closing(1000, strings.Repeat("x", 124)))}, want: []string{broken}, open: true},
	}
	for _, code := range []int{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999} {
		list = append(list, frameCase{name: fmt.Sprintf("7 with %d", code), send: []frame{shut(closing(code, ""))}, want: []string{fmt.Sprintf("close %d", code)}, open: true})
	}
	for _, code := range []int{0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535} {
		list = append(list, frameCase{name: fmt.Sprintf("7 with the bad %d", code), send: []frame{shut(closing(code, ""))}, want: []string{broken}, open: true})
	}
	return list
}

// limitCases are family 9, with the limit of a message.
func limitCases() []frameCase {
	const limit = 1 << 20
	most := strings.Repeat("அ", limit/3) + "x"
	parts := func(size int) []frame {
		list := []frame{opened(most[:size])}
		for rest := most[size:]; rest != ""; {
			n := min(size, len(rest))
			list = append(list, more(rest[:n]))
			rest = rest[n:]
		}
		return append(list, last(""))
	}
	list := []frameCase{
		{name: "9 the longest", send: []frame{text(most)}, want: []string{echoed(most), bye}},
		{name: "9 a byte more", send: []frame{text(most + "x")}, want: []string{tooBig}, open: true},
		{name: "9 much more, promised only", send: []frame{{op: opText, length: 1 << 40, data: most + most}}, want: []string{tooBig}, open: true},
		{name: "9 too much in fragments", send: []frame{opened(most), more("x"), last("y")}, want: []string{tooBig}, open: true},
		{name: "9 in pieces of 64 kB", send: []frame{text(most)}, cut: 64 << 10, want: []string{echoed(most), bye}},
		{name: "9 a length beyond 63 bits", send: []frame{{op: opText, length: 1 << 63}}, want: []string{broken}, open: true},
	}
	for _, size := range []int{256, 4096, 64 << 10} {
		list = append(list, frameCase{name: fmt.Sprintf("9 the longest in fragments of %d", size), send: parts(size), want: []string{echoed(most), bye}})
	}
	return list
}

// echoProgram sends every message back.
const echoProgram = `
வழி சாக்கெட், "/echo" {
    செய்தி = சாக்கெட்_பெறு();
    (செய்தி != இன்மை) சுற்று {
        சாக்கெட்_அனுப்பு(செய்தி, {"பைட்டுகள்": வகை(செய்தி) == வகை([])});
        செய்தி = சாக்கெட்_பெறு();
    }
}
`

// TestSocketFrames talks to a program that echoes, in every way that the Autobahn suite knows.
func TestSocketFrames(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, echoProgram))
	cases := frameCases()
	if len(cases) < 150 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := dialSocket(t, addr, "/echo")
			var all []byte
			for _, f := range tt.send {
				all = append(all, f.bytes()...)
			}
			if !tt.open {
				all = append(all, frame{op: opClose, data: closing(1000, "")}.bytes()...)
			}
			sent := make(chan struct{})
			go func() {
				defer close(sent)
				for _, piece := range pieces(all, tt.cut) {
					if _, err := c.Write(piece); err != nil {
						return // the server has had enough
					}
				}
			}()
			got := c.all()
			_ = c.Close()
			<-sent
			if !slices.Equal(got, tt.want) {
				t.Errorf("heard %q, want %q", got, tt.want)
			}
		})
	}
	t.Cleanup(func() {
		if log() != servingLine(addr) {
			t.Errorf("something was reported:\n%s", log())
		}
	})
}
