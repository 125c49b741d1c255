package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestSocketWords runs what programs do with sockets beside echoing.
func TestSocketWords(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, `
வழி சாக்கெட், "/say/:எது" {
    சாக்கெட்_அனுப்பு({"அ": [1.50, இன்மை, "𝒳"]});
    சாக்கெட்_அனுப்பு(2.50);
    சாக்கெட்_அனுப்பு(மெய்);
    சாக்கெட்_அனுப்பு(இன்மை);
    சாக்கெட்_அனுப்பு(பாதை_அளவுரு("எது"));
    சாக்கெட்_அனுப்பு(பைட்டுகள்("கி"), {"பைட்டுகள்": மெய்});
}
வழி சாக்கெட், "/close" { சாக்கெட்_மூடு(4001, "நேரம்"); சாக்கெட்_அனுப்பு(1); }
வழி சாக்கெட், "/closed" { சாக்கெட்_மூடு(); சாக்கெட்_மூடு(4000); (சாக்கெட்_பெறு() == இன்மை) எனில் { அ = 1 / 0; } }
வழி சாக்கெட், "/badcode/:n" { சாக்கெட்_மூடு(எண்ணாக்கு(பாதை_அளவுரு("n"))?); }
வழி சாக்கெட், "/long" { சாக்கெட்_மூடு(1000, "நேரம் முடிந்தது, நேரம் முடிந்தது, நேரம் முடிந்தது, நேரம் முடிந்தது"); }
வழி சாக்கெட், "/fault" { சாக்கெட்_அனுப்பு(சாக்கெட்_பெறு()); அ = 1 / 0; }
வழி சாக்கெட், "/silent" { }
வழி சாக்கெட், "/refused" { பதில் 403, "இல்லை"; }
வழி சாக்கெட், "/wait" {
    முயல் { (100) காலவரம்பு { சாக்கெட்_பெறு(); } } பிழை (பி) { சாக்கெட்_அனுப்பு(பி.வகை); }
    சாக்கெட்_அனுப்பு(சாக்கெட்_பெறு()); சாக்கெட்_அனுப்பு(சாக்கெட்_பெறு());
}
`))
	told := func(path string, send ...frame) []string {
		c := dialSocket(t, addr, path)
		c.put(t, send...)
		return c.all()
	}
	for _, tt := range []struct {
		path string
		send []frame
		want string
		code string
	}{
		{"/say/%E0%AE%95%E0%AE%BF", nil, `[text "{\"அ\":[1.5,null,\"𝒳\"]}" text "2.5" text "true" text "" text "கி" binary "கி" close 1000]`, ""},
		{"/close", nil, "[close 4001 நேரம்]", "E0415"},
		{"/closed", nil, "[close 1000]", "E0302"},
		{"/badcode/1005", nil, "[close 1011 ", "E0416"},
		{"/badcode/1010", nil, "[close 1011 ", "E0416"},
		{"/badcode/0.5", nil, "[close 1011 ", "E0416"},
		{"/badcode/5000", nil, "[close 1011 ", "E0416"},
		{"/long", nil, "[close 1011 ", "E0417"},
		{"/fault", []frame{text("a")}, `[text "a" close 1011 `, "E0302"},
		{"/silent", nil, "[close 1000]", ""},
		{"/wait", nil, `[text "காலவரம்பு" text "1" text "2" close 1000]`, ""},
	} {
		before := log()
		var got []string
		if tt.path == "/wait" {
			c := dialSocket(t, addr, tt.path)
			c.want(t, `text "காலவரம்பு"`)
			c.put(t, text("1"), text("2"))
			got = append([]string{`text "காலவரம்பு"`}, c.all()...)
		} else {
			got = told(tt.path, tt.send...)
		}
		if !strings.HasPrefix(fmt.Sprint(got), tt.want) {
			t.Errorf("%s: %q\n%s", tt.path, got, log())
		}
		until(t, func() bool { return tt.code == "" || strings.Contains(log()[len(before):], "["+tt.code+"]") }, log)
		if tt.code == "" && log() != before {
			t.Errorf("%s: something was reported: %s", tt.path, log()[len(before):])
		}
		if code, id, ok := strings.Cut(strings.TrimSuffix(got[len(got)-1], "]"), "close 1011 "); ok && !strings.Contains(log(), "["+id+"]") {
			t.Errorf("%s: no report has the id %q %q", tt.path, code, id)
		}
	}
	_, resp := handshake(t, addr, "/refused")
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusForbidden || string(body) != "இல்லை" {
		t.Errorf("%s %q", resp.Status, body)
	}
}

// TestSocketHandshake holds who may open a socket, and what others are told.
func TestSocketHandshake(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", "--cors", "https://a.example", write(t, echoProgram))
	_, port, _ := net.SplitHostPort(addr)
	for _, tt := range []struct {
		name, head string
		status     int
	}{
		{"no browser", "", 101},
		{"a page of this host", "Origin: http://" + addr, 101},
		{"a page of this host, in capitals", "Origin: HTTP://" + strings.ToUpper(addr), 101},
		{"a listed origin", "Origin: https://a.example", 101},
		{"another origin", "Origin: https://b.example", 403},
		{"another port of this host", "Origin: http://127.0.0.1:1", 403},
		{"a name that begins like this host", "Origin: http://" + addr + ".example", 403},
		{"a name that ends like a listed one", "Origin: https://evil-a.example", 403},
		{"a listed host without TLS", "Origin: http://a.example", 403},
		{"nowhere", "Origin: null", 403},
		{"no origin at all", "Origin: :", 403},
		{"a host without its port", "Origin: http://localhost:" + port, 403},
		{"many words", "Connection: keep-alive, upgrade", 101},
		{"no upgrade", "Connection: keep-alive", 426},
		{"another upgrade", "Upgrade: h2c", 426},
		{"another version", "Sec-WebSocket-Version: 8", 426},
		{"a key that is too short", "Sec-WebSocket-Key: dGhl", 400},
		{"extensions", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", 101},
		{"subprotocols", "Sec-WebSocket-Protocol: chat, superchat", 101},
	} {
		var head []string
		if tt.head != "" {
			head = []string{tt.head}
		}
		c, resp := handshake(t, addr, "/echo", head...)
		if resp.StatusCode != tt.status || resp.Header.Get("Sec-WebSocket-Extensions") != "" || resp.Header.Get("Sec-WebSocket-Protocol") != "" {
			t.Errorf("%s: %s %v", tt.name, resp.Status, resp.Header)
			continue
		}
		if tt.status == http.StatusSwitchingProtocols {
			c.put(t, text("கி"), frame{op: opClose, data: closing(1000, "")})
			if got := fmt.Sprint(c.all()); got != `[text "கி" close 1000]` {
				t.Errorf("%s: %s", tt.name, got)
			}
		} else if tt.status == http.StatusUpgradeRequired && resp.Header.Get("Upgrade")+resp.Header.Get("Sec-WebSocket-Version") == "" {
			t.Errorf("%s: nothing says what would do: %v", tt.name, resp.Header)
		}
	}
}

// TestSocketGroups lets 200 sockets hear what each of them says.
func TestSocketGroups(t *testing.T) {
	t.Parallel()
	addr, log := startServer(t, "serve", "--log", "off", write(t, roomProgram))
	const members = 200
	list := make([]*wsConn, members)
	for i := range list {
		list[i] = dialSocket(t, addr, "/room/a")
		list[i].want(t, `text "உள்ளே"`)
	}
	other := dialSocket(t, addr, "/room/b")
	other.want(t, `text "உள்ளே"`)
	var wg sync.WaitGroup
	for i, c := range list {
		wg.Go(func() {
			c.say(t, fmt.Sprint(i%10))
			seen := map[string]int{}
			for range members {
				got, err := c.get()
				if err != nil {
					t.Errorf("%d: %v", i, err)
					return
				}
				seen[got]++
			}
			for n := range 10 {
				if seen[fmt.Sprintf("text %q", fmt.Sprint(n))] != members/10 {
					t.Errorf("%d heard %v", i, seen)
					return
				}
			}
		})
	}
	wg.Wait()
	if got := get(t, addr, "/tell/a"); got.body != "200" {
		t.Errorf("%q", got.body)
	}
	list[0].want(t, `text "யாவர்க்கும்"`)
	list[0].say(t, "போ")
	list[0].want(t, `text "வெளியே"`)
	if got := get(t, addr, "/tell/a"); got.body != "199" {
		t.Errorf("%q", got.body)
	}
	list[1].want(t, `text "யாவர்க்கும்"`)
	list[1].want(t, `text "யாவர்க்கும்"`)
	_ = list[2].Close()
	list[1].want(t, `text "{\"போனவர்\":1}"`)
	if got := get(t, addr, "/tell/b"); got.body != "1" {
		t.Errorf("%q", got.body)
	}
	other.want(t, `text "யாவர்க்கும்"`)
	if got := get(t, addr, "/tell/nobody"); got.body != "0" || log() != servingLine(addr) {
		t.Errorf("%q\n%s", got.body, log())
	}
}

const roomProgram = `
வழி சாக்கெட், "/room/:room" {
    அறை = பாதை_அளவுரு("room");
    சாக்கெட்_சேர்(அறை); சாக்கெட்_சேர்(அறை);
    சாக்கெட்_அனுப்பு("உள்ளே");
    செய்தி = சாக்கெட்_பெறு();
    (செய்தி != இன்மை) சுற்று {
        (செய்தி == "போ") எனில் { சாக்கெட்_பிரி(அறை); சாக்கெட்_அனுப்பு("வெளியே"); } இன்றேல் { சாக்கெட்_பரப்பு(அறை, செய்தி); }
        செய்தி = சாக்கெட்_பெறு();
    }
    சாக்கெட்_பரப்பு(அறை, {"போனவர்": 1});
}
வழி பெறு, "/tell/:room" { பதில் 200, சாக்கெட்_பரப்பு(பாதை_அளவுரு("room"), "யாவர்க்கும்"); }
`

// TestSocketOrder holds that a socket hears what a group is told and what it is sent itself in the order in which its program said so.
func TestSocketOrder(t *testing.T) {
	t.Parallel()
	addr, _ := startServer(t, "serve", "--log", "off", write(t, `
வழி சாக்கெட், "/" { சாக்கெட்_சேர்("அறை"); i = 0; (i < 500) சுற்று { சாக்கெட்_பரப்பு("அறை", i); சாக்கெட்_அனுப்பு(0 - i); i = i + 1; } சாக்கெட்_பரப்பு("அறை", "முடிவு"); }
`))
	c := dialSocket(t, addr, "/")
	for i := range 500 {
		c.want(t, fmt.Sprintf("text \"%d\"", i))
		c.want(t, fmt.Sprintf("text \"%d\"", -i))
	}
	c.want(t, `text "முடிவு"`)
	c.want(t, bye)
}

// TestSocketDatabase holds that sockets and streams that wait have no connections to a database, of which there are few, but for
// those in a transaction.
func TestSocketDatabase(t *testing.T) {
	t.Parallel()
	dir := filepath.Dir(write(t, `
தளம்_இணை சீகுலைட், "arattai.db";
தளம்_செய் "CREATE TABLE ceyqi (urY TEXT)", [];
வழி சாக்கெட், "/room" {
    சாக்கெட்_அனுப்பு("உள்ளே");
    செய்தி = சாக்கெட்_பெறு();
    (செய்தி != இன்மை) சுற்று {
        தளம்_செய் "INSERT INTO ceyqi (urY) VALUES (?)", [செய்தி];
        தளம்_வினா "SELECT count(*) AS n FROM ceyqi", [], வரிசைகள்;
        சாக்கெட்_அனுப்பு(வரிசைகள்[0].n);
        செய்தி = சாக்கெட்_பெறு();
    }
}
வழி சாக்கெட், "/transaction" {
    தளம்_செய் "BEGIN", [];
    தளம்_செய் "INSERT INTO ceyqi (urY) VALUES ('அ')", [];
    சாக்கெட்_அனுப்பு("உள்ளே");
    (சாக்கெட்_பெறு() == "சரி") எனில் { தளம்_செய் "COMMIT", []; }
}
வழி ஓடை, "/count" {
    (மெய்) சுற்று { தளம்_வினா "SELECT count(*) AS n FROM ceyqi", [], வரிசைகள்; ஓடை_நிகழ்வு("n", வரிசைகள்[0].n); காத்திரு(3600000); }
}
`))
	addr, log := startServer(t, "serve", "--log", "off", dir)
	const members = 40
	for range members {
		s := tune(t, addr, "/count")
		if got := s.event(t); got != "event: n\ndata: 0\n\n" {
			t.Fatalf("%q\n%s", got, log())
		}
	}
	var list []*wsConn
	for range members {
		c := dialSocket(t, addr, "/room")
		c.want(t, `text "உள்ளே"`)
		list = append(list, c)
	}
	for i, c := range list {
		c.say(t, "கி")
		c.want(t, fmt.Sprintf("text %q", fmt.Sprint(i+1)))
	}
	for i, answer := range []string{"சரி", "வேண்டாம்"} {
		c := dialSocket(t, addr, "/transaction")
		c.want(t, `text "உள்ளே"`)
		c.say(t, answer)
		c.want(t, bye)
		list[i].say(t, "கி")
		list[i].want(t, fmt.Sprintf("text %q", fmt.Sprint(members+2+i)))
	}
}
