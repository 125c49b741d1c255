package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// write puts a program into a new folder.
func write(t *testing.T, program string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "main.qmz")
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestCORS asks as pages of other origins do.
func TestCORS(t *testing.T) {
	t.Parallel()
	program := `வழி பெறு, "/" { பதில் 200, "க"; }  வழி பதி, "/" { பதில் 500 - 300, "க", {"Access-Control-Allow-Origin": "https://own"}; }`
	strict, _ := startServer(t, "serve", "--log", "off", write(t, program))
	listed, _ := startServer(t, "serve", "--log", "off", "--cors", "https://a.example,https://b.example", write(t, program))
	dev, _ := startServer(t, "dev", "--log", "off", write(t, program))
	const page = "Origin: https://b.example"
	for _, tt := range []struct{ name, addr, method, head, status, origin, methods, vary string }{
		{"none by default", strict, "GET", page, "200 OK", "", "", ""},
		{"no preflight by default", strict, "OPTIONS", page, "204 No Content", "", "", ""},
		{"the program's own", strict, "POST", page, "200 OK", "https://own", "", ""},
		{"a listed one", listed, "GET", page, "200 OK", "https://b.example", "", "Origin"},
		{"another one", listed, "GET", "Origin: https://c.example", "200 OK", "", "", "Origin"},
		{"part of a listed one", listed, "GET", "Origin: https://b.example.evil", "200 OK", "", "", "Origin"},
		{"a preflight", listed, "OPTIONS", page + "\nAccess-Control-Request-Method: POST", "204 No Content", "https://b.example", "GET, POST, OPTIONS, HEAD", "Origin"},
		{"every one in etamil dev", dev, "GET", page, "200 OK", "*", "", ""},
		{"a preflight in etamil dev", dev, "OPTIONS", page, "204 No Content", "*", "GET, POST, OPTIONS, HEAD", ""},
		{"errors too", dev, "DELETE", page, "405 Method Not Allowed", "*", "GET, POST, OPTIONS, HEAD", "Accept"},
	} {
		got := rawAsk(t, tt.addr, tt.method, httpCase{method: tt.method, target: "/", head: tt.head}.request(tt.addr))
		if got.status != tt.status || got.header("Access-Control-Allow-Origin") != tt.origin || got.header("Access-Control-Allow-Methods") != tt.methods ||
			got.header("Vary") != tt.vary || got.header("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %q %q", tt.name, got.status, got.headers)
		}
	}
}

// TestTotals sells from 32 clients at once, and from one: the books are the same.
func TestTotals(t *testing.T) {
	t.Parallel()
	program := `
தளம்_இணை சீகுலைட், "kadai.db";
தளம்_செய் "CREATE TABLE IF NOT EXISTS viRpanY (eN INTEGER PRIMARY KEY, qokY TEXT NOT NULL)", [];
மொத்தம்_இங்கு = 0;
வழி பதி, "/viRpanY/:qokY" {
    தொகை = எண்ணாக்கு(param_qokY)?;
    மொத்தம்_இங்கு = மொத்தம்_இங்கு + தொகை;
    தளம்_செய் "INSERT INTO viRpanY (qokY) VALUES (?)", [தொகை * 1.18];
    பதில் 201, மொத்தம்_இங்கு;
}
வழி பெறு, "/moqqam" {
    தளம்_வினா "SELECT count(*) AS eNNikkY FROM viRpanY", [], எத்தனை;
    தளம்_வினா "SELECT qokY FROM viRpanY", [], வரிசைகள்;
    கூட்டு = 0;
    ஒவ்வொரு ஒன்று இல் வரிசைகள் { கூட்டு = கூட்டு + ஒன்று.qokY; }
    பதில் 200, [எத்தனை[0].eNNikkY, கூட்டு];
}
`
	const sales = 320
	want := fmt.Sprintf("[%d,%s]", sales, "60623.68") // 1.18 × (1.05 + 2.05 + … + 320.05)
	for _, clients := range []int{1, 32} {
		file := write(t, program)
		addr, log := startServer(t, "serve", "--log", "off", filepath.Dir(file))
		var wg sync.WaitGroup
		for c := range clients {
			wg.Go(func() {
				for i := c; i < sales; i += clients {
					price := fmt.Sprintf("%d.05", i+1)
					got := rawAsk(t, addr, "POST", httpCase{method: "POST", target: "/viRpanY/" + price}.request(addr))
					if got.status != "201 Created" || got.body != price {
						t.Errorf("%d clients, %s: %q %q", clients, price, got.status, got.body)
					}
				}
			})
		}
		wg.Wait()
		if got := get(t, addr, "/moqqam"); got.body != want {
			t.Errorf("%d clients: %s, want %s\n%s", clients, got.body, want, log())
		}
	}
}

// TestSchedule runs a program that has schedules only.
func TestSchedule(t *testing.T) {
	t.Parallel()
	dir := filepath.Dir(write(t, `
எண்ணி = 1;
இடைவெளி 1 { கோப்பு_எழுது "க.txt", "ஓடியது " & எண்ணி; எண்ணி = எண்ணி + 1; }
இடைவெளி 1 { அ = 1 / 0; }
`))
	addr, log := startServer(t, "serve", dir)
	until(t, func() bool {
		text, _ := os.ReadFile(filepath.Join(dir, "க.txt"))
		return strings.HasPrefix(string(text), "ஓடியது 1\nஓடியது 1\n") && strings.Count(log(), "[E0302]") >= 2
	}, log)
	if got := get(t, addr, "/health"); got.status != "200 OK" || got.body != `{"status":"healthy"}` {
		t.Errorf("%q %q", got.status, got.body)
	}
}

// until waits for something that comes soon.
func until(t *testing.T, done func() bool, log func() string) {
	t.Helper()
	for start := time.Now(); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > 15*time.Second {
			t.Fatalf("it does not come:\n%s", log())
		}
	}
}

// TestAddresses refuses addresses that cannot be had, in the language that was asked for.
func TestAddresses(t *testing.T) {
	t.Parallel()
	file := write(t, `வழி பெறு, "/" { பதில் 200, "க"; }`)
	taken, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	for _, command := range [][]string{{"dev"}, {"serve"}, {"--server"}, {"--async"}} {
		for lang, want := range map[string]string{"ta": "ஏற்கெனவே பயன்பாட்டில் உள்ளது", "en": "already in use", "both": "already in use"} {
			var errs strings.Builder
			code := run(context.Background(), append(command, "--lang", lang, "--port", port, file), strings.NewReader(""), &errs, &errs)
			if code != exitFault || !strings.Contains(errs.String(), want) || !strings.Contains(errs.String(), port) || lang == "ta" && strings.Contains(errs.String(), "already") {
				t.Errorf("%v --lang %s: exit %d: %s", command, lang, code, errs.String())
			}
		}
	}
	for _, args := range [][]string{{"--port", "70000"}, {"--port", "-1"}, {"--log", "xml"}, {"--max-body", "x"}, {"--timeout", "soon"}} {
		var errs strings.Builder
		if code := run(context.Background(), append(append([]string{"serve"}, args...), file), strings.NewReader(""), &errs, &errs); code != exitUsage {
			t.Errorf("%v: exit %d: %s", args, code, errs.String())
		}
	}
}

// TestConflict names both places, in two files.
func TestConflict(t *testing.T) {
	t.Parallel()
	file := write(t, "இறக்கு \"other.qmz\";\n\nவழி பெறு, \"/a/:அ\" { பதில் 200, 1; }\n")
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "other.qmz"), []byte("வழி பெறு, \"/a/:ஆ/\" { பதில் 200, 2; }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	code := run(context.Background(), []string{"serve", "--port", "0", file}, strings.NewReader(""), &errs, &errs)
	for _, want := range []string{"[E0474]", "main.qmz:3:1", "other.qmz:1:1", "GET /a/:அ", "GET /a/:ஆ/", "இரு வழிகள்", "two routes"} {
		if code != exitFault || !strings.Contains(errs.String(), want) {
			t.Errorf("exit %d, no %q in:\n%s", code, want, errs.String())
		}
	}
}
