//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// chatter is somebody in a room of docs/examples/arattai.
type chatter struct {
	t    *testing.T
	conn *websocket.Conn
}

// said is a message of the program to a page.
type said struct {
	Kind     string   `json:"-"`
	Number   int      `json:"-"`
	Name     string   `json:"-"`
	Text     string   `json:"-"`
	Names    []string `json:"-"`
	Messages []said   `json:"-"`
	More     bool     `json:"-"`
}

// UnmarshalJSON reads the Tamil names of the fields, which tags of encoding/json cannot be.
func (s *said) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	errs := []error{json.Unmarshal(data, &fields)}
	for name, to := range map[string]any{
		"வகை": &s.Kind, "எண்": &s.Number, "பெயர்": &s.Name, "செய்தி": &s.Text, "பெயர்கள்": &s.Names, "செய்திகள்": &s.Messages, "மேலும்": &s.More,
	} {
		if raw, ok := fields[name]; ok {
			errs = append(errs, json.Unmarshal(raw, to))
		}
	}
	return errors.Join(errs...)
}

// enter opens a page's WebSocket.
func enter(t *testing.T, base, room, name string) *chatter {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	conn, answer, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(base, "http")+"/aRY/"+url.PathEscape(room)+"?"+url.Values{"பெயர்": {name}}.Encode(), nil)
	if err != nil {
		t.Fatalf("%s, %s: %v %v", room, name, err, answer)
	}
	t.Cleanup(func() { _ = conn.CloseNow() }) // most are closed by then
	return &chatter{t, conn}
}

func (c *chatter) say(kind, text string) {
	c.t.Helper()
	body, err := json.Marshal(map[string]string{"வகை": kind, "செய்தி": text})
	if err := errors.Join(err, c.conn.Write(c.t.Context(), websocket.MessageText, body)); err != nil {
		c.t.Fatal(err)
	}
}

// hear waits for a message of the program that fits.
func (c *chatter) hear(what string, fits func(said) bool) said {
	c.t.Helper()
	s, err := c.listen(fits)
	if err != nil {
		c.t.Fatalf("%s: %v", what, err)
	}
	return s
}

func (c *chatter) listen(fits func(said) bool) (said, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 3*time.Minute)
	defer cancel()
	for {
		_, body, err := c.conn.Read(ctx)
		if err != nil {
			return said{}, err
		}
		var s said
		if err := json.Unmarshal(body, &s); err != nil {
			return said{}, fmt.Errorf("%w in %s", err, body)
		}
		if fits(s) {
			return s, nil
		}
	}
}

func (c *chatter) hearText(text string) said {
	c.t.Helper()
	return c.hear(text, func(s said) bool { return s.Kind == "செய்தி" && s.Text == text })
}

// board reads the live board; each call answers the next event that fits.
func board(t *testing.T, base string) (next func(fits func(event string) bool) string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/palakY", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	in := bufio.NewScanner(resp.Body)
	in.Buffer(nil, 1<<20)
	return func(fits func(string) bool) string {
		t.Helper()
		for in.Scan() {
			if data, ok := strings.CutPrefix(in.Text(), "data: "); ok && fits(data) {
				return data
			}
		}
		t.Fatalf("the board ended: %v", in.Err())
		return ""
	}
}

func containing(text string) func(string) bool {
	return func(event string) bool { return strings.Contains(event, text) }
}

// TestArattai talks in the chat as its pages do, which editors/e2e/arattai.mjs drives in a browser.
func TestArattai(t *testing.T) {
	t.Parallel()
	base, log := startDev(t, exampleDir(t, "arattai"))
	defer func() {
		if t.Failed() {
			t.Log(log())
		}
	}()
	for path, want := range map[string]string{"/": "<title>அரட்டை</title>", "/pakkam/uyir.js": "WebSocket", "/pakkam/azaku.css": ":root"} {
		if status, body := ask(t, "GET", base+path, ""); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
	next := board(t, base)
	next(containing(`"மொத்தம்":0`))
	kayal := enter(t, base, "பொது", "கயல்விழி")
	if h := kayal.hear("history", func(s said) bool { return s.Kind == "வரலாறு" }); len(h.Messages) > 0 || h.More {
		t.Errorf("an empty room has a history: %+v", h)
	}
	auvai := enter(t, base, "பொது", "ஔவை 👍🏽")
	for _, c := range []*chatter{kayal, auvai} {
		c.hear("both are present", func(s said) bool {
			return s.Kind == "இருப்பவர்கள்" && slices.Equal(s.Names, []string{"ஔவை 👍🏽", "கயல்விழி"})
		})
	}
	for _, text := range []string{"கௌரி, ஸ்ரீ 👍🏽 𝒳 𑿀", "007", "முதல் வரி\nஇரண்டாம் வரி", `"<b>`} {
		auvai.say("செய்தி", text)
		if s := kayal.hearText(text); s.Name != "ஔவை 👍🏽" {
			t.Errorf("%q is from %s", text, s.Name)
		}
		auvai.hearText(text)
	}
	next(containing(`"மொத்தம்":4`))
	status, body := ask(t, "POST", base+"/arattY/aZuppu", `{"அறை":"பொது","பெயர்":"பாரதி","செய்தி":"காணி நிலம்"}`)
	if status != 200 || !strings.Contains(body, `5`) {
		t.Errorf("gRPC: %d %s", status, body)
	}
	kayal.hearText("காணி நிலம்")
	late := enter(t, base, "பொது", "பின்னர்")
	if h := late.hear("history", func(s said) bool { return s.Kind == "வரலாறு" }); len(h.Messages) != 5 || h.Messages[1].Text != "007" {
		t.Errorf("history: %+v", h)
	}
	_ = auvai.conn.CloseNow() // as if the cable was cut
	kayal.hear("who left is gone", func(s said) bool {
		return s.Kind == "இருப்பவர்கள்" && slices.Equal(s.Names, []string{"கயல்விழி", "பின்னர்"})
	})
	next(containing(`"இருப்பவர்கள்":2`))
}

// TestArattaiRefuses says what the chat must refuse.
func TestArattaiRefuses(t *testing.T) {
	t.Parallel()
	base, _ := startDev(t, exampleDir(t, "arattai"))
	for _, tt := range []struct{ room, name, why string }{
		{"பொது", "", "பெயர்"},
		{"பொது", "   ", "பெயர்"},
		{"பொது", strings.Repeat("கௌ", 31), "30"},
		{"இல்லாதது", "ஆதி", "அறை இல்லை"},
	} {
		c := enter(t, base, tt.room, tt.name)
		_, _, err := c.conn.Read(t.Context())
		var end websocket.CloseError
		if !errors.As(err, &end) || end.Code != websocket.StatusPolicyViolation || !strings.Contains(end.Reason, tt.why) {
			t.Errorf("%q %q: %v", tt.room, tt.name, err)
		}
	}
	c := enter(t, base, "பொது", strings.Repeat("கௌ", 30))
	for _, text := range []string{"", " \n ", strings.Repeat("அ", 2001)} {
		c.say("செய்தி", text)
		c.hear("a refusal", func(s said) bool { return s.Kind == "பிழை" })
	}
	if err := c.conn.Write(t.Context(), websocket.MessageText, []byte("JSON அல்ல")); err != nil {
		t.Fatal(err)
	}
	c.hear("a refusal", func(s said) bool { return s.Kind == "பிழை" && strings.Contains(s.Text, "JSON") })
	c.say("செய்தி", strings.Repeat("அ", 2000))
	c.hearText(strings.Repeat("அ", 2000))
	for _, tt := range []struct {
		method, path, body string
		status             int
	}{
		{"POST", "/aRYkaL", `{"பெயர்":"பொது"}`, 409},
		{"POST", "/aRYkaL", `{"பெயர்":""}`, 400},
		{"POST", "/aRYkaL", `{"பெயர்":7}`, 400},
		{"POST", "/aRYkaL", `{"பெயர்":"அ/ஆ"}`, 400},
		{"GET", "/aRYkaL/" + url.PathEscape("இல்லாதது"), "", 404},
		{"POST", "/arattY/aZuppu", `{"அறை":"இல்லாதது","பெயர்":"ஆதி","செய்தி":"ஓ"}`, 404},
		{"POST", "/arattY/aZuppu", `{"அறை":"பொது","பெயர்":"","செய்தி":"ஓ"}`, 400},
		{"GET", "/pakkam/../qaLam.qmz", "", 400},
	} {
		if status, body := ask(t, tt.method, base+tt.path, tt.body); status != tt.status {
			t.Errorf("%s %s %s: %d %s", tt.method, tt.path, tt.body, status, body)
		}
	}
}

// TestArattaiCrowd has more people in a room than the database has connections; all hear
// everybody, in one order.
func TestArattaiCrowd(t *testing.T) {
	t.Parallel()
	base, log := startDev(t, exampleDir(t, "arattai"))
	const people = 40
	crowd := make([]*chatter, people)
	for i := range crowd {
		crowd[i] = enter(t, base, "பொது", fmt.Sprint("ஆள் ", i))
		crowd[i].hear("history", func(s said) bool { return s.Kind == "வரலாறு" })
	}
	var wg sync.WaitGroup
	heard := make([]map[int]string, people)
	for i, c := range crowd {
		wg.Go(func() {
			heard[i] = map[int]string{}
			for len(heard[i]) < people {
				s, err := c.listen(func(s said) bool { return s.Kind == "செய்தி" })
				if err != nil {
					t.Errorf("person %d: %v", i, err)
					return
				}
				if heard[i][s.Number] = s.Name + ": " + s.Text; s.Number != len(heard[i]) {
					t.Errorf("person %d: message %d comes as number %d", i, s.Number, len(heard[i]))
				}
			}
		})
		c.say("செய்தி", fmt.Sprint("வணக்கம் ", i))
	}
	wg.Wait()
	for i := range crowd {
		if fmt.Sprint(heard[i]) != fmt.Sprint(heard[0]) {
			t.Fatalf("%d and 0 heard different things:\n%v\n%v\n%s", i, heard[i], heard[0], log())
		}
	}
	if _, body := ask(t, "GET", base+"/aRYkaL", ""); !strings.Contains(body, `{"செய்திகள்":40,"பெயர்":"பொது"}`) && !strings.Contains(body, `{"பெயர்":"பொது","செய்திகள்":40}`) {
		t.Errorf("counted: %s", body)
	}
}
