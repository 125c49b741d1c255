package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// put writes a file as editors do: a new one in the place of the old.
func put(t *testing.T, path, text string) {
	t.Helper()
	next := path + "~"
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, path); err != nil {
		t.Fatal(err)
	}
}

const helloRoute = `வழி பெறு, "/" { பதில் 200, வாக்கு; }`

// TestReload edits a program that is served: its file, an imported one, and to what is no program.
func TestReload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "உள்"), 0o755); err != nil {
		t.Fatal(err)
	}
	main, part := filepath.Join(dir, "main.qmz"), filepath.Join(dir, "உள்", "part.qmz")
	put(t, part, `வாக்கு = "ஒன்று";`)
	put(t, main, "இறக்கு \"உள்/part.qmz\";\n"+helloRoute)
	addr, log := startServer(t, "dev", dir)
	says := func(want string) {
		t.Helper()
		until(t, func() bool { return get(t, addr, "/").body == want }, log)
	}
	says("ஒன்று")
	put(t, part, `வாக்கு = "இரண்டு";`)
	says("இரண்டு")
	put(t, main, "இறக்கு \"உள்/part.qmz\";\nவாக்கு = வாக்கு & \"!\";\n"+helloRoute)
	says("இரண்டு!")
	for _, broken := range []struct{ text, code string }{
		{"வழி பெறு, { ", "[E0"},
		{"வாக்கு = 1 / 0;\n" + helloRoute, "[E0302]"},
		{helloRoute + helloRoute, "[E0474]"},
		{"அச்சு 1;", "there are no routes"},
		{`இறக்கு "missing.qmz";` + helloRoute, "missing.qmz"},
	} {
		before := len(log())
		put(t, main, broken.text)
		until(t, func() bool {
			return strings.Contains(log()[before:], broken.code) && strings.Contains(log()[before:], "the old version goes on")
		}, log)
		if got := get(t, addr, "/"); got.body != "இரண்டு!" {
			t.Errorf("%s: %q %q", broken.code, got.status, got.body)
		}
	}
	put(t, filepath.Join(dir, "missing.qmz"), `வாக்கு = "வந்தது";`) // what the import waits for
	says("வந்தது")
	if err := os.Remove(main); err != nil {
		t.Fatal(err)
	}
	put(t, main, `வாக்கு = "மீண்டும்";`+helloRoute)
	says("மீண்டும்")
}

// TestReloadIgnores writes beside the program what is no part of it.
func TestReloadIgnores(t *testing.T) {
	t.Parallel()
	file := write(t, "தளம்_இணை சீகுலைட், \"a.db\";\nவாக்கு = 1;\n"+helloRoute)
	addr, log := startServer(t, "dev", filepath.Dir(file))
	for _, name := range []string{"a.txt", "b.db-wal", "c.qmz.swp"} {
		put(t, filepath.Join(filepath.Dir(file), name), "x")
	}
	time.Sleep(400 * time.Millisecond)
	if get(t, addr, "/").body != "1" || strings.Contains(log(), "↻") || strings.Contains(log(), "the new version") {
		t.Errorf("a restart without a change:\n%s", log())
	}
}

// TestReloadKeepsRequests replaces a program while a request of the old version runs: it ends as it began.
func TestReloadKeepsRequests(t *testing.T) {
	t.Parallel()
	slow := `வழி பெறு, "/slow" { கோப்பு_எழுது "started", "x"; அ = 0; (கோப்பு_உள்ளதா("go") == பொய்) சுற்று { அ = அ + 1; } பதில் 200, வாக்கு; }`
	file := write(t, "வாக்கு = \"பழையது\";\n"+slow+"\n"+helloRoute)
	dir := filepath.Dir(file)
	addr, log := startServer(t, "dev", dir)
	answered := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + addr + "/slow")
		if err != nil {
			answered <- err.Error()
			return
		}
		body := make([]byte, 100)
		n, _ := resp.Body.Read(body)
		_ = resp.Body.Close()
		answered <- string(body[:n])
	}()
	until(t, func() bool { return exists(filepath.Join(dir, "started")) }, log)
	put(t, file, "வாக்கு = \"புதியது\";\n"+slow+"\n"+helloRoute)
	until(t, func() bool { return get(t, addr, "/").body == "புதியது" }, log)
	put(t, filepath.Join(dir, "go"), "x")
	if got := <-answered; got != "பழையது" {
		t.Errorf("the old request says %q", got)
	}
	http.DefaultClient.CloseIdleConnections()
}

// TestNew begins a program, serves it as its README says, and never writes over anything.
func TestNew(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "உள்", "kadai")
	var out strings.Builder
	if code := run(t.Context(), []string{"new", dir}, strings.NewReader(""), &out, &out); code != exitOK || !strings.Contains(out.String(), "etamil dev "+dir) {
		t.Fatalf("exit %d: %s", code, out.String())
	}
	addr, log := startServer(t, "dev", dir)
	if got := get(t, addr, "/"); got.body != `{"செய்தி":"வணக்கம்"}` {
		t.Errorf("%q %q\n%s", got.status, got.body, log())
	}
	for range 2 {
		got := rawAsk(t, addr, "POST", httpCase{method: "POST", target: "/வணக்கம்/கயல்"}.request(addr))
		if got.status != "201 Created" || got.body != `{"செய்தி":"வணக்கம், கயல்"}` {
			t.Errorf("%q %q\n%s", got.status, got.body, log())
		}
	}
	if got := get(t, addr, "/வருகை"); got.body != `[{"eNNikkY":2,"peyar":"கயல்"}]` {
		t.Errorf("%q %q\n%s", got.status, got.body, log())
	}
	readme, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil || !strings.Contains(string(readme), "etamil dev "+dir) || strings.Contains(string(readme), "{NAME}") {
		t.Errorf("README: %v\n%s", err, readme)
	}
	ignored, err := os.ReadFile(filepath.Join(dir, ".gitignore"))
	if err != nil || !strings.Contains(string(ignored), "*.db\n") {
		t.Errorf(".gitignore: %v %q", err, ignored)
	}
	mine := filepath.Join(t.TempDir(), "README.md")
	put(t, mine, "என்னுடையது")
	for _, args := range [][]string{{"new", dir}, {"new", filepath.Dir(mine)}, {"new", mine}} {
		out.Reset()
		if code := run(t.Context(), args, strings.NewReader(""), &out, &out); code != exitFault || !hasLetters(out.String(), "ta") || !hasLetters(out.String(), "en") {
			t.Errorf("%v: exit %d: %s", args, code, out.String())
		}
	}
	if text, err := os.ReadFile(mine); err != nil || string(text) != "என்னுடையது" || exists(filepath.Join(filepath.Dir(mine), "main.qmz")) {
		t.Errorf("a file was touched: %q %v", text, err)
	}
}
