package project

import (
	"strings"
	"sync"
)

// Type is what a key's value may be.
type Type uint8

// The types of values.
const (
	Text     Type = iota
	Int           // a whole number
	Bool          // true or false
	Duration      // text such as "30s", "5m", "1h30m"
	Size          // bytes: a number, or text such as "64K", "32M", "1G"
	List          // an array of texts
	Networks      // an array of addresses and ranges of them: "10.0.0.0/8", "::1"
	Levels        // a table of codes and off, warn or error
)

// String names the type in both languages, as check/diag shows it.
func (t Type) String() string {
	return [...]string{
		Text: "ஒரு சொல் (a text)", Int: "ஒரு முழு எண் (a whole number)", Bool: "ஈர்ம மதிப்பு, true அல்லது false (true or false)",
		Duration: `கால அளவு, "30s" போன்றது (a time such as "30s")`, Size: `அளவு, "32M" போன்றது (a size such as "32M")`,
		List: "சொற்களின் அணி (an array of texts)", Networks: `முகவரிகளின் அணி, ["10.0.0.0/8"] போன்றது (an array of addresses such as ["10.0.0.0/8"])`,
		Levels: "குறியீடுகளின் அட்டவணை (a table of codes)",
	}[t]
}

// Key is one key of the project file.
type Key struct {
	// Path is the dotted name; a part "*" stands for any name that the project chooses.
	Path string
	Type Type
	// Default is what holds where neither the file nor the environment says anything; of a list, its parts with commas.
	Default string
	// Choices are all values there are, where they are few.
	Choices []string
	// Min and Max bound a number, where they differ.
	Min, Max int64
	// Secret values are never shown.
	Secret bool
	// Tamil and English say what the key is for.
	Tamil, English string
}

// Env is the environment variable that goes before the file: ETAMIL_SERVER_PORT. A "*" in it is the chosen name in capitals.
// What is a table has none.
func (k Key) Env() string {
	if k.Type == Levels || strings.HasSuffix(k.Path, "*") {
		return ""
	}
	return EnvName(k.Path)
}

// EnvName is the environment variable of a key: dots and hyphens are low lines.
func EnvName(path string) string {
	return "ETAMIL_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(path))
}

// Keys lists every key that a project file may have, in the order of the documentation.
func Keys() []Key { return keys() }

var keys = sync.OnceValue(func() []Key {
	return []Key{
		{Path: "name", Type: Text, Tamil: "செயல்திட்டத்தின் பெயர்", English: "the project's name"},
		{Path: "entry", Type: Text, Default: "main.qmz", Tamil: "இயக்கும் முதன்மைக் கோப்பு", English: "the program that runs"},

		{Path: "server.host", Type: Text, Default: "127.0.0.1", Tamil: "கேட்கும் முகவரி", English: "the address to listen on"},
		{Path: "server.port", Type: Int, Default: "8080", Min: 0, Max: 65535, Tamil: "கேட்கும் துறை; 0 என்றால் காலியான ஒன்று", English: "the port to listen on; 0 for a free one"},
		{Path: "server.cors", Type: List, Tamil: "பதில்களைப் படிக்கலாம் எனும் தளங்கள்", English: "the origins whose pages may read answers"},
		{Path: "server.max_body", Type: Size, Default: "1M", Tamil: "உடலின் எல்லை", English: "the longest body"},
		{Path: "server.max_upload", Type: Size, Default: "32M", Tamil: "பதிவேற்றத்தின் எல்லை", English: "the longest upload"},
		{Path: "server.timeout", Type: Duration, Default: "30s", Tamil: "ஒரு கோரிக்கைக்கான நேரம்", English: "how long a request may take"},
		{Path: "server.drain", Type: Duration, Default: "0s", Tamil: "நிற்கும் முன் /ready 503 சொல்லும் நேரம்", English: "how long /ready says 503 before the end"},
		{Path: "server.grace", Type: Duration, Default: "10s", Tamil: "நிற்கும்போது இயங்குபவை முடியத் தரும் நேரம்", English: "how long what runs may take to finish at the end"},
		{Path: "server.header_timeout", Type: Duration, Default: "5s", Tamil: "தலைப்புகள் வர வேண்டிய நேரம்", English: "how long the headers of a request may take"},
		{Path: "server.read_timeout", Type: Duration, Default: "30s", Tamil: "கோரிக்கை முழுதும் வர வேண்டிய நேரம்", English: "how long a whole request may take to come"},
		{Path: "server.write_timeout", Type: Duration, Default: "60s", Tamil: "கேட்பவர் பதிலை வாங்கிக்கொள்ள வேண்டிய நேரம்", English: "how long a client may take to receive the answer"},
		{Path: "server.idle_timeout", Type: Duration, Default: "2m", Tamil: "இரு கோரிக்கைகளுக்கு இடையே இணைப்பு திறந்திருக்கும் நேரம்", English: "how long a connection stays open between two requests"},
		{Path: "server.max_connections", Type: Int, Default: "20000", Min: 1, Max: 10_000_000, Tamil: "ஒரே நேரத்தில் உள்ள இணைப்புகளின் எல்லை", English: "the most connections at once"},
		{Path: "server.max_requests", Type: Int, Default: "1000", Min: 1, Max: 1_000_000, Tamil: "ஒரே நேரத்தில் இயங்கும் கோரிக்கைகளின் எல்லை", English: "the most requests that run at once"},
		{Path: "server.rate", Type: Int, Default: "0", Min: 0, Max: 1_000_000, Tamil: "ஒரு முகவரி நொடிக்கு அனுப்பக்கூடிய கோரிக்கைகள்; 0 என்றால் எல்லை இல்லை", English: "the requests a second that one address may send; 0 for no limit"},
		{Path: "server.burst", Type: Int, Default: "0", Min: 0, Max: 1_000_000, Tamil: "அவற்றுள் ஒரே நேரத்தில் வரக்கூடியவை; 0 என்றால் rate போல் இரு மடங்கு", English: "how many of them may come at once; 0 for twice the rate"},
		{Path: "server.compress", Type: Bool, Default: "true", Tamil: "பதில்களை gzip கொண்டு சுருக்குமா", English: "whether answers are compressed with gzip"},
		{Path: "server.h2c", Type: Bool, Default: "false", Tamil: "TLS இல்லாமலும் HTTP/2 உண்டா", English: "whether there is HTTP/2 without TLS too"},
		{Path: "server.trusted_proxies", Type: Networks, Tamil: "X-Forwarded-* நம்பத்தக்க முகவரிகள்", English: "the addresses whose X-Forwarded-* headers count"},
		{Path: "server.cluster", Type: Bool, Default: "false", Tamil: "பல பொறிகளில் ஒன்றாக இயங்குகிறதா", English: "whether it is one of several instances"},
		{Path: "server.static.*", Type: Text, Tamil: "இந்தப் பாதையின் கீழ் வழங்கும் கோப்புறை", English: "the folder that is served below this path"},

		{Path: "server.tls.cert", Type: List, Tamil: "சான்றிதழ்க் கோப்புகள் (PEM)", English: "the certificate files (PEM)"},
		{Path: "server.tls.key", Type: List, Tamil: "அவற்றின் திறவுகோல் கோப்புகள், அதே வரிசையில்; இல்லையெனில் சான்றிதழ்க் கோப்பிலேயே", English: "their key files in the same order; without them the keys are in the certificate files"},
		{Path: "server.tls.redirect", Type: Int, Default: "0", Min: 0, Max: 65535, Tamil: "https-க்குத் திருப்பும் http துறை; 0 என்றால் இல்லை", English: "the port of http that leads to https; 0 for none"},
		{Path: "server.tls.hsts", Type: Duration, Default: "4320h", Tamil: "உலாவிகள் https மட்டும் பயன்படுத்தும் நேரம்; 0s என்றால் சொல்லாது", English: "how long browsers are to use https only; 0s says nothing to them"},

		{Path: "server.acme.domains", Type: List, Tamil: "சான்றிதழைத் தானே பெறும் இணையப் பெயர்கள்; அடைவின் நிபந்தனைகளை ஏற்பதாகும்", English: "the domains whose certificates are fetched by themselves; this accepts the directory's terms"},
		{Path: "server.acme.email", Type: Text, Tamil: "சான்றளிப்பவர் எழுத வேண்டிய மின்னஞ்சல்", English: "the address that the authority writes to"},
		{Path: "server.acme.directory", Type: Text, Default: "https://acme-v02.api.letsencrypt.org/directory", Tamil: "ACME அடைவின் முகவரி", English: "the address of the ACME directory"},
		{Path: "server.acme.ca", Type: Text, Tamil: "அந்த அடைவை நம்பும் சான்றிதழ்க் கோப்பு (PEM); இல்லையெனில் கணினியின் சான்றிதழ்கள்", English: "the certificates that the directory is trusted by (PEM); the system's where there are none"},
		{Path: "server.acme.cache", Type: Text, Tamil: "பெற்றவை இருக்கும் கோப்புறை; இல்லையெனில் பயனரின் தேக்கம்", English: "the folder of what was fetched; below the user's cache where it is not said"},

		{Path: "database.*.url", Type: Text, Secret: true, Tamil: "தளத்தின் முகவரி", English: "the database's address"},
		{Path: "database.*.path", Type: Text, Tamil: "SQLite கோப்பு", English: "the SQLite file"},
		{Path: "database.*.max", Type: Int, Default: "10", Min: 1, Max: 10000, Tamil: "இணைப்புகளின் எல்லை", English: "the most connections"},
		{Path: "database.*.wait", Type: Duration, Default: "30s", Tamil: "காலியான இணைப்புக்காகக் காத்திருக்கும் நேரம்", English: "how long to wait for a free connection"},

		{Path: "cache.url", Type: Text, Secret: true, Tamil: "பொதுத் தேக்கத்தின் முகவரி; இல்லையெனில் நினைவகம்", English: "the shared cache's address; memory where there is none"},
		{Path: "cache.max", Type: Int, Default: "10000", Min: 1, Max: 1_000_000_000, Tamil: "தேக்கும் மதிப்புகளின் எல்லை", English: "the most values kept"},
		{Path: "cache.ttl", Type: Duration, Default: "5m", Tamil: "ஒரு மதிப்பு தேங்கும் நேரம்", English: "how long a value is kept"},

		{Path: "session.store", Type: Text, Default: "memory", Choices: []string{"memory", "database", "redis"}, Tamil: "அமர்வுகள் இருக்கும் இடம்", English: "where sessions are kept"},
		{Path: "session.ttl", Type: Duration, Default: "24h", Tamil: "பயன்படுத்தாத அமர்வு வாழும் நேரம்", English: "how long an unused session lives"},
		{Path: "session.secret", Type: Text, Secret: true, Tamil: "கையொப்பத்தின் மறை; சூழல் மாறியில் தருவது நலம்", English: "the signing secret; better given in the environment"},

		{Path: "log.format", Type: Text, Default: "text", Choices: []string{"text", "json", "off"}, Tamil: "பதிவின் வடிவம்", English: "the form of the log"},
		{Path: "log.level", Type: Text, Default: "info", Choices: []string{"debug", "info", "warn", "error"}, Tamil: "பதியும் குறைந்த நிலை", English: "the least level that is written"},

		{Path: "trace.url", Type: Text, Secret: true, Tamil: "OTLP பெறுவோரின் முகவரி", English: "the address of the OTLP collector"},
		{Path: "trace.sample", Type: Int, Default: "100", Min: 0, Max: 100, Tamil: "தடம் பிடிக்கும் கோரிக்கைகளின் விழுக்காடு", English: "the percentage of requests that are traced"},

		{Path: "fmt.width", Type: Int, Default: "100", Min: 40, Max: 400, Tamil: "வரியின் நீளம், எழுத்துகளில்", English: "the length of a line, in letters"},
		{Path: "fmt.exclude", Type: List, Tamil: "அடுக்காத பாதைகள்", English: "paths that are not formatted"},

		{Path: "check.exclude", Type: List, Tamil: "சரிபார்க்காத பாதைகள்", English: "paths that are not checked"},
		{Path: "check.rules", Type: Levels, Choices: []string{"off", "warn", "error"}, Tamil: "குறியீடுகளின் நிலை: off, warn அல்லது error", English: "the level of codes: off, warn or error"},
	}
})

// Lookup finds the key that a dotted path means: of database.main.url it is database.*.url.
func Lookup(path string) (Key, bool) { return lookup(strings.Split(path, ".")) }

// Within lists the keys of a section, "" for those above all sections, by their names in it; of those in its own sections
// the whole rest of the path.
func Within(section string) map[string]Key {
	var at []string
	if section != "" {
		at = strings.Split(section, ".")
	}
	found := map[string]Key{}
	for _, k := range keys() {
		p := strings.Split(k.Path, ".")
		if len(p) > len(at) && fits(p[:len(at)], at) {
			found[strings.Join(p[len(at):], ".")] = k
		}
	}
	return found
}

// lookup finds the key of a dotted path; name is what its "*" stands for.
func lookup(parts []string) (Key, bool) {
	for _, k := range keys() {
		if fits(strings.Split(k.Path, "."), parts) {
			return k, true
		}
	}
	return Key{}, false
}

func fits(pattern, parts []string) bool {
	if len(pattern) != len(parts) {
		return false
	}
	for i, p := range pattern {
		if p != "*" && p != parts[i] {
			return false
		}
	}
	return true
}

// section tells whether a path leads to keys: [server], [database], [database.main].
func section(parts []string) bool {
	for _, k := range keys() {
		p := strings.Split(k.Path, ".")
		if len(p) > len(parts) && fits(p[:len(parts)], parts) {
			return true
		}
	}
	return false
}
