package httpd

import (
	"net/url"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// maxPairs is how many fields a query or a form may have.
const maxPairs = 1000

// pairs collects names and values. Of a name that comes twice the last value counts, in the place of the first.
type pairs struct {
	keys []string
	vals []value.Value
	at   map[string]int // nil while there are few
}

// fewPairs is up to how many names a search is faster than a map.
const fewPairs = 8

func (p *pairs) find(key string) int {
	if p.at == nil {
		return slices.Index(p.keys, key)
	}
	if i, ok := p.at[key]; ok {
		return i
	}
	return -1
}

func (p *pairs) set(key, text string) {
	key, v := valid(key), value.FromText(valid(text))
	if i := p.find(key); i >= 0 {
		p.vals[i] = v
		return
	}
	p.keys, p.vals = append(p.keys, key), append(p.vals, v)
	switch n := len(p.keys); {
	case p.at != nil:
		p.at[key] = n - 1
	case n > fewPairs:
		p.at = make(map[string]int, 2*n)
		for i, k := range p.keys {
			p.at[k] = i
		}
	}
}

func (p *pairs) record() value.Value { return value.FromFields(p.keys, p.vals) }

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// parse reads name=value pairs joined by &, + as a space and %XX decoded. What does not decode stays as it was written;
// whole tells whether everything did.
func (p *pairs) parse(s string) (whole bool) {
	whole = true
	decode := func(s string) string {
		text, err := url.QueryUnescape(s)
		if err != nil {
			whole = false
			return s
		}
		return text
	}
	for s != "" {
		var pair string
		pair, s, _ = strings.Cut(s, "&")
		if pair == "" {
			continue
		}
		name, text, _ := strings.Cut(pair, "=")
		p.set(decode(name), decode(text))
	}
	return whole
}

// tooMany tells whether a text has more pairs than may be.
func tooMany(s string) bool { return strings.Count(s, "&") >= maxPairs }
