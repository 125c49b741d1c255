package host

import (
	"encoding/base64"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
)

// rules are the rules of வகை_சரிபார், each under an English and a Tamil name.
var rules = []rule{
	{"email", "மின்னஞ்சல்", textual(isEmail), "மின்னஞ்சல் முகவரி", "an e-mail address"},
	{"url", "இணையமுகவரி", textual(isURL), "இணைய முகவரி", "a web address"},
	{"uuid", "தனியடையாளம்", matching(uuidForm), "UUID அடையாளம்", "a UUID"},
	{"ip", "வலைமுகவரி", textual(isIP), "IP முகவரி", "an IP address"},
	{"date", "தேதி", textual(isDate), "YYYY-MM-DD வடிவில் நாள்காட்டியில் உள்ள தேதி", "a calendar date YYYY-MM-DD"},
	{"time", "நேரம்", matching(timeForm), "HH:MM அல்லது HH:MM:SS நேரம்", "a time HH:MM or HH:MM:SS"},
	{"phone", "தொலைபேசி", textual(isPhone), "தொலைபேசி எண்", "a telephone number"},
	{"gstin", "ஜிஎஸ்டி_எண்", textual(isGSTIN), "GSTIN எண்", "a GSTIN"},
	{"pan", "பான்_எண்", matching(panForm), "PAN எண்", "a PAN"},
	{"ifsc", "வங்கிக்_குறியீடு", matching(ifscForm), "IFSC குறியீடு", "an IFSC code"},
	{"aadhaar", "ஆதார்", textual(isAadhaar), "ஆதார் எண்", "an Aadhaar number"},
	{"pincode", "அஞ்சல்_குறியீடு", matching(pinForm), "அஞ்சல் குறியீடு", "a PIN code"},
	{"number", "எண்", isNumeric, "எண்", "a number"},
	{"integer", "முழு_எண்", isInteger, "முழு எண்", "a whole number"},
	{"positive", "நேர்மம்", isPositive, "சுழியை விடப் பெரிய எண்", "a number above zero"},
	{"text", "சொல்", ofKind(value.TextKind), "உரை", "text"},
	{"nonempty", "நிரம்பியது", textual(isFilled), "வெற்று அல்லாத உரை", "text that is not empty"},
	{"boolean", "ஈர்ம", ofKind(value.BooleanKind), "மெய் அல்லது பொய்", "a boolean"},
	{"array", "அணி", ofKind(value.ArrayKind), "அணி", "an array"},
	{"record", "பொருள்", ofKind(value.RecordKind), "பொருள்", "a record"},
	{"json", "ஜேசான்", textual(isJSON), "ஜேசான் உரை", "JSON text"},
	{"hex", "பதினறுமம்", matching(hexForm), "பதினறும எண்கள்", "hex digits"},
	{"base64", "அடி64", textual(isBase64), "base64 உரை", "base64 text"},
}

// The forms that a pattern describes whole.
var (
	uuidForm = pattern(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
	timeForm = pattern(`([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?`)
	panForm  = pattern(`[A-Z]{3}[ABCEFGHJKLPT][A-Z][0-9]{4}[A-Z]`)
	ifscForm = pattern(`[A-Z]{4}0[A-Z0-9]{6}`)
	pinForm  = pattern(`[1-9][0-9]{2} ?[0-9]{3}`)
	hexForm  = pattern(`([0-9a-fA-F]{2})+`)
	gstForm  = pattern(`[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]`)
	hostForm = pattern(`([\pL\pN]([\pL\pM\pN-]*[\pL\pM\pN])?\.)+[\pL\pN][\pL\pM\pN-]*[\pL\pM\pN]`)
)

// pattern compiles the expression for a whole text when first used.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:` + expr + `)$`) })
}

// textual is a rule over text only.
func textual(holds func(s string) bool) func(value.Value) bool {
	return func(v value.Value) bool { return v.Kind() == value.TextKind && holds(v.Text()) }
}

// matching is a rule over the display text of text and numbers: a PIN code is often kept as a number.
func matching(form func() *regexp.Regexp) func(value.Value) bool {
	return func(v value.Value) bool {
		return (v.Kind() == value.TextKind || v.Kind() == value.NumberKind) && form().MatchString(display(v))
	}
}

func ofKind(k value.Kind) func(value.Value) bool {
	return func(v value.Value) bool { return v.Kind() == k }
}

// isNumeric takes numbers, and text that எண்ணாக்கு reads.
func isNumeric(v value.Value) bool {
	_, ok := numeric(v)
	return ok
}

func isInteger(v value.Value) bool {
	n, ok := numeric(v)
	return ok && n.Decimal().IsWhole()
}

func isPositive(v value.Value) bool {
	n, ok := numeric(v)
	return ok && value.Less(value.FromInt(0), n)
}

func numeric(v value.Value) (value.Value, bool) {
	switch v.Kind() {
	case value.NumberKind:
		return v, true
	case value.TextKind:
		return value.ParseNumber(strings.TrimSpace(v.Text()))
	default:
		return value.Nil, false
	}
}

func isFilled(s string) bool { return strings.TrimSpace(s) != "" }

// isEmail asks for one bare address whose domain has a dot; the local part may be of any script (RFC 6531).
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s || len(s) > 254 {
		return false
	}
	local, domain, _ := strings.Cut(s, "@")
	return len(local) <= 64 && hostForm().MatchString(domain)
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	name := u.Hostname()
	return name == "localhost" || isIP(name) || hostForm().MatchString(name)
}

func isIP(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}

// isDate is strict: two-digit month and day, and a day that the month has.
func isDate(s string) bool {
	d, ok := parseDate(s)
	return ok && d.real() && d.String() == s
}

// isPhone takes an international number (+ and 8 to 15 digits) or an Indian one of ten digits, spaces and hyphens
// between digits allowed.
func isPhone(s string) bool {
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(s)
	bare, international := strings.CutPrefix(digits, "+")
	if strings.Trim(bare, "0123456789") != "" {
		return false
	}
	if international {
		return len(bare) >= 8 && len(bare) <= 15 && bare[0] != '0'
	}
	bare = strings.TrimPrefix(bare, "0")
	return len(bare) == 10 && bare[0] != '0'
}

func isJSON(s string) bool {
	_, err := value.ParseJSON(s)
	return err == nil
}

func isBase64(s string) bool {
	_, err := base64.StdEncoding.DecodeString(s)
	return err == nil && s != ""
}
