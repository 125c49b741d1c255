package project

import (
	"fmt"
	"math"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/syntax"
)

// reader turns the entries of a text into values.
type reader struct {
	p      *Project
	tree   map[string]any
	faults []syntax.Fault
	said   [][]string // the unknown tables that were reported
}

// entry reads one key or header.
func (r *reader) entry(e entry) {
	if n := len(e.parts); n == 3 && e.parts[0] == "check" && e.parts[1] == "rules" && !e.header {
		r.rule(e)
		return
	}
	k, known := lookup(e.parts)
	switch {
	case (e.header || e.inline) && (section(e.parts) || known && k.Type == Levels):
	case !known && section(e.parts):
		r.fault(CodeType, e.place(), strings.Join(e.parts, "."), "ஓர் அட்டவணை (a table)", kindOf(r.raw(e.parts)))
	case !known:
		r.unknown(e)
	default:
		r.value(k, e)
	}
}

func (r *reader) fault(code string, at syntax.Span, args ...string) {
	r.faults = append(r.faults, syntax.Fault{Code: code, Span: at, Args: args})
}

// rule reads one line of [check.rules].
func (r *reader) rule(e entry) {
	level, ok := r.raw(e.parts).(string)
	k, _ := lookup(e.parts[:2])
	if !ok || k.index(level) < 0 {
		r.fault(CodeChoice, e.value, strings.Join(e.parts, "."), r.text(e.value), strings.Join(k.Choices, ", "))
		return
	}
	r.p.rules = append(r.p.rules, Rule{Code: e.parts[2], Level: level, Span: e.key})
}

func (r *reader) text(s syntax.Span) string { return strings.Trim(r.p.Src[s.Start:s.End], `"'`) }

// unknown says that there is no such key; what lies below an unknown table is not said again.
func (r *reader) unknown(e entry) {
	for _, table := range r.said {
		if len(table) < len(e.parts) && slices.Equal(table, e.parts[:len(table)]) {
			return
		}
	}
	if e.header || e.inline {
		r.said = append(r.said, e.parts)
	}
	f := syntax.Fault{Code: CodeUnknown, Span: e.key, Args: []string{strings.Join(e.parts, ".")}}
	if best := nearest(e.parts); best != "" {
		written := r.p.Src[e.key.Start:e.key.End]
		if i := strings.LastIndexByte(written, '.'); i >= 0 {
			f.Span.Start += i + 1
		}
		f.Fix, f.HasFix = best, true
	}
	r.faults = append(r.faults, f)
}

// raw is the value that the TOML library read for a path.
func (r *reader) raw(parts []string) any {
	var at any = r.tree
	for _, part := range parts {
		table, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = table[part]
	}
	return at
}

// value reads a key's value by its type.
func (r *reader) value(k Key, e entry) {
	name := strings.Join(e.parts, ".")
	raw := r.raw(e.parts)
	v, ok := k.read(raw)
	if !ok || e.header {
		r.fault(CodeType, e.place(), name, k.Type.String(), kindOf(raw))
		if e.header || e.inline {
			r.said = append(r.said, e.parts)
		}
		return
	}
	if bad := k.outside(v); bad != "" {
		r.fault(bad, e.value, r.limits(k, name, e)...)
		return
	}
	if k.Type == List && strings.HasSuffix(k.Path, ".exclude") {
		for _, glob := range v.list {
			if why := badGlob(glob); why != "" {
				r.fault(CodeGlob, e.value, glob, why)
				return
			}
		}
	}
	v.Origin, v.Span = FromFile, e.value
	r.p.values[name] = v
}

func (e entry) place() syntax.Span {
	if e.header {
		return e.key
	}
	return e.value
}

// limits are the arguments of a fault about choices or bounds.
func (r *reader) limits(k Key, name string, e entry) []string {
	if len(k.Choices) > 0 {
		return []string{name, r.text(e.value), strings.Join(k.Choices, ", ")}
	}
	return []string{name, r.text(e.value), strconv.FormatInt(k.Min, 10), strconv.FormatInt(k.Max, 10)}
}

// read takes a value of the TOML library.
func (k Key) read(raw any) (Value, bool) {
	switch raw := raw.(type) {
	case string:
		if k.Type == Text || k.Type == Duration || k.Type == Size {
			return k.parse(raw)
		}
	case int64:
		if k.Type == Int || k.Type == Size && raw >= 0 {
			return Value{number: raw, text: strconv.FormatInt(raw, 10)}, true
		}
	case bool:
		if k.Type == Bool {
			return k.parse(strconv.FormatBool(raw))
		}
	case []any:
		if k.Type != List && k.Type != Networks {
			return Value{}, false
		}
		list := make([]string, 0, len(raw))
		for _, part := range raw {
			text, ok := part.(string)
			if !ok {
				return Value{}, false
			}
			list = append(list, text)
		}
		return Value{list: list, text: strings.Join(list, ",")}, k.Type == List || networks(list)
	}
	return Value{}, false
}

// parse takes a value as the environment and the defaults write it; of a list the parts have commas between them.
func (k Key) parse(text string) (Value, bool) {
	v := Value{text: text}
	switch k.Type {
	case Int:
		n, err := strconv.ParseInt(text, 10, 64)
		v.number = n
		return v, err == nil && k.outside(v) == ""
	case Bool:
		if text == "true" {
			v.number = 1
		}
		return v, text == "true" || text == "false"
	case Duration:
		d, err := time.ParseDuration(text)
		v.number = int64(d)
		return v, err == nil && d >= 0
	case Size:
		n, ok := parseSize(text)
		v.number = n
		return v, ok
	case List, Networks:
		if text != "" {
			for part := range strings.SplitSeq(text, ",") {
				v.list = append(v.list, strings.TrimSpace(part))
			}
		}
		return v, k.Type == List || networks(v.list)
	}
	return v, true
}

// networks tells whether all texts are addresses or ranges of addresses.
func networks(list []string) bool {
	for _, text := range list {
		if _, err := Network(text); err != nil {
			return false
		}
	}
	return true
}

// Network reads a range of addresses, or one address.
func Network(text string) (netip.Prefix, error) {
	if !strings.Contains(text, "/") {
		addr, err := netip.ParseAddr(text)
		if err != nil {
			return netip.Prefix{}, fmt.Errorf("address: %w", err)
		}
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("range of addresses: %w", err)
	}
	return p.Masked(), nil
}

// outside answers the code of what is wrong with a value of the right type, or "".
func (k Key) outside(v Value) string {
	switch {
	case len(k.Choices) > 0 && k.index(v.text) < 0:
		return CodeChoice
	case k.Type == Int && k.Min != k.Max && (v.number < k.Min || v.number > k.Max):
		return CodeRange
	}
	return ""
}

func (k Key) index(choice string) int {
	for i, c := range k.Choices {
		if c == choice {
			return i
		}
	}
	return -1
}

// wanted says what a value may be.
func (k Key) wanted() string {
	if len(k.Choices) > 0 {
		return strings.Join(k.Choices, ", ")
	}
	if k.Type == Int && k.Min != k.Max {
		return strconv.FormatInt(k.Min, 10) + "–" + strconv.FormatInt(k.Max, 10)
	}
	return k.Type.String()
}

// shown is a value as messages may show it.
func (k Key) shown(text string) string {
	if k.Secret {
		return "***"
	}
	return text
}

// parseSize reads bytes, or a number with K, M or G (powers of 1024).
func parseSize(text string) (int64, bool) {
	digits, shift := text, 0
	if n := len(text) - 1; n > 0 {
		if i := strings.IndexByte("KMG", text[n]&^0x20); i >= 0 {
			digits, shift = text[:n], 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64>>shift {
		return 0, false
	}
	return n << shift, true
}

func badGlob(glob string) string {
	if strings.TrimSpace(glob) == "" {
		return "வெறுமை  (empty)"
	}
	for part := range strings.SplitSeq(glob, "/") {
		if _, err := path.Match(part, ""); err != nil {
			return err.Error()
		}
	}
	return ""
}

// kindOf names what was found, in both languages.
func kindOf(raw any) string {
	switch raw.(type) {
	case string:
		return "ஒரு சொல் (a text)"
	case int64:
		return "ஒரு முழு எண் (a whole number)"
	case float64:
		return "ஒரு பின்ன எண் (a fraction)"
	case bool:
		return "ஈர்ம மதிப்பு (true or false)"
	case []any, []map[string]any:
		return "ஓர் அணி (an array)"
	case map[string]any:
		return "ஓர் அட்டவணை (a table)"
	}
	return "வேறொன்று (something else)"
}
