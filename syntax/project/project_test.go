package project

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/etamil-lang/etamil/syntax"
)

const whole = `
# திட்டம் 👍🏽𝒳
name = "கடை \"#1\""
entry = 'shop.qmz'

[server]
host = "0.0.0.0"
port = 0
cors = ["https://a.example", # one
        "https://b.example"]
max_body = 2048
max_upload = "64M"
timeout = "1m30s"
cluster = true
trusted_proxies = ["10.1.2.3/8", "::1"]
acme.domains = ["கடை.example"]

[server.static]
"/படங்கள்" = "padangal"
"/v1.2" = "old"

[server.tls]
cert = ["a.pem"]

[database]
main = { url = "postgres://x", max = 3 }
"கிளை" = { path = "k.db" }
[database.logs]
path = """
l.db"""

[check]
exclude = ["build/", "**/*_draft.qmz"]
rules.W0101 = "off"
[check.rules]
W0004 = "error"
`

func TestWholeFile(t *testing.T) {
	t.Parallel()
	// A table cannot be given twice: [check.rules] after rules.W0101 is refused by TOML itself.
	src := strings.Replace(whole, "rules.W0101 = \"off\"\n", "", 1)
	p, faults := Parse("etamil.toml", []byte("\ufeff"+strings.ReplaceAll(src, "\n", "\r\n")))
	if len(faults) > 0 {
		t.Fatalf("faults: %+v", faults)
	}
	for path, want := range map[string]any{
		"name": `கடை "#1"`, "entry": "shop.qmz", "server.host": "0.0.0.0", "server.port": int64(0), "server.max_body": int64(2048),
		"server.max_upload": int64(64 << 20), "server.timeout": 90 * time.Second, "server.cluster": true, "server.drain": time.Duration(0),
		"server.acme.domains": []string{"கடை.example"}, "server.tls.cert": []string{"a.pem"}, "server.tls.hsts": 180 * 24 * time.Hour,
		"server.max_connections": int64(20000), "server.compress": true, "server.h2c": false,
		"server.cors": []string{"https://a.example", "https://b.example"}, "database.main.url": "postgres://x",
		"database.main.max": int64(3), "database.கிளை.max": int64(10), "database.கிளை.path": "k.db", "database.logs.path": "l.db",
		"cache.ttl": 5 * time.Minute, "log.format": "text", "trace.sample": int64(100),
	} {
		var got any
		switch want.(type) {
		case string:
			got = p.Text(path)
		case int64:
			got = p.Int(path)
		case bool:
			got = p.Bool(path)
		case time.Duration:
			got = p.Duration(path)
		case []string:
			got = p.List(path)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if got := fmt.Sprint(p.Networks("server.trusted_proxies")); got != "[10.0.0.0/8 ::1/128]" {
		t.Errorf("proxies %s", got)
	}
	if got := p.Table("server.static.*"); len(got) != 2 || got["/படங்கள்"] != "padangal" || got["/v1.2"] != "old" {
		t.Errorf("static %q", got)
	}
	if got := p.Names("database"); !slices.Equal(got, []string{"logs", "main", "கிளை"}) {
		t.Errorf("databases %q", got)
	}
	v, _ := p.Value("server.port")
	if text := p.Src[v.Span.Start:v.Span.End]; v.Origin != FromFile || text != "0" {
		t.Errorf("server.port stands at %q", text)
	}
	if v, ok := p.Value("server.nothing"); ok || v.Origin != FromDefault {
		t.Error("there is a value of no key")
	}
	if rules := p.Rules(); len(rules) != 1 || rules[0].Code != "W0004" || rules[0].Level != "error" || p.Src[rules[0].Span.Start:rules[0].Span.End] != "W0004" {
		t.Errorf("rules: %+v", rules)
	}
}

// The faults of a file, each with the text that it marks and its fix.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{"", ""},
		{"nmae = 1", "E0502[nmae]→name"},
		{"# 👍🏽𝒳\n[servr]\nport = 1", "E0502[servr]→server"},
		{"[server]\n\"prot\" = 1", `E0502["prot"]→port`},
		{"server.hst = 'x'", "E0502[hst]→host"},
		{"முகவரி = 1", ""},
		{"[database.main]\nuri = 'x'", "E0502[uri]→url"},
		{"database.main.deep.er = 1", "E0502[database.main.deep.er]"},
		{"[[server]]\nport = 1", "E0503[1]"},
		{"server = 1", "E0503[1]"},
		{"log = { format = 'yaml', level = 1 }", "E0504['yaml'] E0503[1]"},
		{"[server]\nport = 65536 # x", "E0505[65536]"},
		{"[server]\nport = -1", "E0505[-1]"},
		{"[server]\ntimeout = '5 minutes'", "E0503['5 minutes']"},
		{"[server]\ntimeout = '-5s'", "E0503['-5s']"},
		{"[server]\nmax_body = -1", "E0503[-1]"},
		{"[server]\ncors = ['a', 1]", "E0503[['a', 1]]"},
		{"name = 1979-05-27", "E0503[1979-05-27]"},
		{"[name]\nx = 1", "E0503[name]"},
		{"[check.rules]\nW0004 = 'loud'", "E0504['loud']"},
		{"[check]\nrules = 1", "E0503[1]"},
		{"[check]\nexclude = ['[']", "E0506[['[']]"},
		{"[check]\nexclude = [' ']", "E0506[[' ']]"},
		{"[server.tls]\ncrt = ['a']", "E0502[crt]→cert"},
		{"[server]\ntrusted_proxies = ['10.0.0.0/40']", "E0503[['10.0.0.0/40']]"},
		{"[server]\ntrusted_proxies = ['localhost']", "E0503[['localhost']]"},
		{"[server]\nstatic = 'x'", "E0503['x']"},
		{"name = 'a'\nname = 'b'", "E0501[]"},
		{"[server\nport = 1", "E0501[]"},
		{"கௌ 👍🏽", "E0501[]"},
		{"\xff", "E0501[]"},
	} {
		if c.src == "முகவரி = 1" {
			c.want = "E0501[]" // bare keys are ASCII in TOML 1.0
		}
		p, faults := Parse("etamil.toml", []byte(c.src))
		var got []string
		for _, f := range faults {
			text := p.Src[f.Span.Start:f.Span.End]
			if f.Code == CodeSyntax {
				text = ""
			}
			got = append(got, fmt.Sprintf("%s[%s]%s", f.Code, text, map[bool]string{true: "→" + f.Fix}[f.HasFix]))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q gives %s, want %s", c.src, s, c.want)
		}
	}
	if _, faults := Parse("x", make([]byte, MaxSize+1)); len(faults) != 1 || faults[0].Code != CodeTooLarge {
		t.Errorf("too large: %+v", faults)
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	p, _ := Parse("etamil.toml", []byte("[server]\nport = 1\n[database.main]\nurl = 'a'\n[session]\nttl = '1h'"))
	env := map[string]string{
		"ETAMIL_SERVER_PORT": "2", "ETAMIL_SERVER_CORS": "a, b", "ETAMIL_DATABASE_MAIN_URL": "postgres://s3cret", "ETAMIL_SERVER_CLUSTER": "yes",
		"ETAMIL_LOG_FORMAT": "xml", "ETAMIL_SESSION_TTL": "", "ETAMIL_TRACE_SAMPLE": "101", "ETAMIL_DATABASE_OTHER_URL": "x",
	}
	faults := p.Environment(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	var bad []string
	for _, f := range faults {
		bad = append(bad, f.Code+" "+strings.Join(f.Args[:2], "="))
	}
	want := "E0507 ETAMIL_SERVER_CLUSTER=yes|E0507 ETAMIL_LOG_FORMAT=xml|E0507 ETAMIL_TRACE_SAMPLE=101"
	if got := strings.Join(bad, "|"); got != want {
		t.Errorf("faults %s, want %s", got, want)
	}
	v, _ := p.Value("server.port")
	if p.Int("server.port") != 2 || v.Origin != FromEnvironment || !slices.Equal(p.List("server.cors"), []string{"a", "b"}) {
		t.Errorf("port %d, cors %q", p.Int("server.port"), p.List("server.cors"))
	}
	if p.Text("database.main.url") != "postgres://s3cret" || p.Duration("session.ttl") != time.Hour || p.Bool("server.cluster") {
		t.Error("the environment is not read")
	}
}

// Flags go before everything else, and are looked at too.
func TestSet(t *testing.T) {
	t.Parallel()
	p, _ := Parse("etamil.toml", []byte("[server]\nport = 1"))
	p.Environment(func(name string) (string, bool) { return "2", name == "ETAMIL_SERVER_PORT" })
	for _, c := range []struct {
		path, text string
		ok         bool
	}{
		{"server.port", "3", true},
		{"server.port", "70000", false},
		{"server.port", "𑿀", false},
		{"server.timeout", "அரைமணி", false},
		{"server.trusted_proxies", "10.0.0.0/8, ::1", true},
		{"server.trusted_proxies", "10.0.0.0/8,x", false},
		{"server.none", "1", false},
	} {
		if wanted, ok := p.Set(c.path, c.text); ok != c.ok || ok != (wanted == "") {
			t.Errorf("%s = %q: %v, wanted %q", c.path, c.text, ok, wanted)
		}
	}
	if v, _ := p.Value("server.port"); v.Origin != FromFlag || p.Int("server.port") != 3 || len(p.Networks("server.trusted_proxies")) != 2 {
		t.Errorf("port %d", p.Int("server.port"))
	}
}

// The table is sound: every default is a value of its key, no environment variable belongs to two keys.
func TestKeys(t *testing.T) {
	t.Parallel()
	env := map[string]string{}
	for _, k := range Keys() {
		if k.Default != "" || k.Type == List || k.Type == Text {
			if v, ok := k.parse(k.Default); !ok || len(k.Choices) > 0 && k.outside(v) != "" {
				t.Errorf("%s cannot be its own default %q", k.Path, k.Default)
			}
		}
		if k.Tamil == "" || k.English == "" {
			t.Errorf("%s is not described", k.Path)
		}
		if other := env[k.Env()]; other != "" {
			t.Errorf("%s and %s share %s", k.Path, other, k.Env())
		}
		if k.Env() != "" {
			env[k.Env()] = k.Path
		}
		if best := nearest(append(strings.Split(k.Path, ".")[:strings.Count(k.Path, ".")], k.Path[strings.LastIndexByte(k.Path, '.')+1:]+"x")); len(k.Path) > 4 && !strings.HasSuffix(k.Path, "*") && best == "" {
			t.Errorf("%sx suggests nothing", k.Path)
		}
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.qmz", "a.qmz", true},
		{"*.qmz", "x/a.qmz", false},
		{"**/*.qmz", "a.qmz", true},
		{"**/*.qmz", "x/y/அ👍🏽.qmz", true},
		{"x/**", "x/y/z", true},
		{"x/**/z", "x/z", true},
		{"x/**/z", "x/y/z/w", false},
		{"**/a/**/b", "a/c/a/d/b", true},
		{"?.qmz", "𝒳.qmz", true},
		{"[", "[", false},
		{"", "", true},
	} {
		if got := Match(c.pattern, c.name); got != c.want {
			t.Errorf("Match(%q, %q) = %v", c.pattern, c.name, got)
		}
	}
	for name, want := range map[string]bool{"build/a.qmz": true, "x/build/a.qmz": false, "a/old/b.qmz": true, "lib/gen/x/a.qmz": true, "lib/a.qmz": false} {
		if got := excluded([]string{"./build/*", "old/", "lib/gen"}, name); got != want {
			t.Errorf("%s excluded: %v", name, got)
		}
	}
	p, _ := Parse("etamil.toml", []byte("[check]\nexclude = ['a/**']\n[fmt]\nexclude = ['b']"))
	if !p.Excludes("a/b/c.qmz") || p.Excludes("b") || !p.Unformatted("b/x.qmz") || p.Unformatted("a") {
		t.Error("the project's patterns do not count")
	}
}

// leaves lists the keys that the TOML library sees, of tables only those that are empty.
func leaves(md toml.MetaData) map[string]bool {
	all := map[string]bool{}
	for _, k := range md.Keys() {
		all[strings.Join(k, "\x00")] = true
	}
	return all
}

// FuzzScan: in whatever the TOML library takes, the scanner finds the same keys, each at its place.
func FuzzScan(f *testing.F) {
	seeds, err := filepath.Glob(filepath.Join("testdata", "*.toml"))
	if err != nil || len(seeds) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range seeds {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, src string) {
		p, _ := Parse("x", []byte(src)) // never panics
		var tree map[string]any
		md, err := toml.Decode(p.Src, &tree)
		found := map[string]bool{}
		for _, e := range scan(p.Src) {
			for _, s := range []syntax.Span{e.key, e.value} {
				if s.Start < 0 || s.End < s.Start || s.End > len(p.Src) {
					t.Fatalf("span %v of %d bytes", s, len(p.Src))
				}
			}
			found[strings.Join(e.parts, "\x00")] = true
		}
		if err != nil || strings.Contains(p.Src, "\\") {
			return // an escape in a key may be written in many ways
		}
		for key := range leaves(md) {
			if !found[key] && !below(found, key) {
				t.Errorf("%q: the key %q is not found in %v", p.Src, key, found)
			}
		}
	})
}

// below tells whether some key lies below a table that has no line of its own.
func below(found map[string]bool, table string) bool {
	for key := range found {
		if strings.HasPrefix(key, table+"\x00") {
			return true
		}
	}
	return false
}

// TestWithin holds how editors find keys: by a path with a chosen name, and by section.
func TestWithin(t *testing.T) {
	t.Parallel()
	if k, ok := Lookup("database.முதன்மை𝒳.url"); !ok || k.Path != "database.*.url" {
		t.Errorf("database.முதன்மை𝒳.url: %v %v", k, ok)
	}
	if k, ok := Lookup("server"); ok {
		t.Errorf("server is %v", k)
	}
	for section, want := range map[string]string{"server": "port", "database.முதன்மை": "url", "": "name", "database": "*.url", "check": "rules"} {
		if _, ok := Within(section)[want]; !ok {
			t.Errorf("[%s] has no %s", section, want)
		}
	}
	if list := Within("இல்லை"); len(list) != 0 {
		t.Errorf("[இல்லை] has %v", list)
	}
}
