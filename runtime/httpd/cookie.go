package httpd

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// maxCookie is how long name and value of a cookie may be together, as every browser keeps it (RFC 6265, 6.1).
const maxCookie = 4096

// cookieWords are குக்கீ_பெறு, குக்கீ_அமை and குக்கீ_நீக்கு.
func cookieWords() vm.Natives {
	return vm.Natives{
		"cookieGet":    {Min: 1, Max: 1, Fn: inRequest("cookieGet", cookieGet)},
		"cookieSet":    {Min: 2, Max: 3, Fn: inRequest("cookieSet", cookieSet)},
		"cookieDelete": {Min: 1, Max: 2, Fn: inRequest("cookieDelete", cookieDelete)},
	}
}

// inRequest is a word that works only while a request is answered.
func inRequest(id string, fn func(x *Exchange, args []value.Value) (value.Value, error)) func(c *vm.Call) (value.Value, error) {
	return func(c *vm.Call) (value.Value, error) {
		x := exchange(c)
		if x == nil {
			return value.Nil, &value.Error{Code: CodeOutside, Args: []string{words.ByID(id).Tamil[0]}}
		}
		return fn(x, c.Args)
	}
}

// cookieGet is குக்கீ_பெறு(NAME): the cookie as the client sent it, or இன்மை.
func cookieGet(x *Exchange, args []value.Value) (value.Value, error) {
	name := args[0].Display()
	for _, c := range x.Request.raw.Cookies() {
		if decodeCookie(c.Name) == name {
			return value.FromText(valid(decodeCookie(c.Value))), nil
		}
	}
	return value.Nil, nil
}

// cookieSet is குக்கீ_அமை(NAME, VALUE[, OPTIONS]). It goes out with the answer, whatever பதில் says before or after.
func cookieSet(x *Exchange, args []value.Value) (value.Value, error) {
	options := value.Nil
	if len(args) == 3 {
		options = args[2]
	}
	return value.Nil, x.setCookie(args[0].Display(), args[1].Display(), options, nil)
}

// cookieDelete is குக்கீ_நீக்கு(NAME[, OPTIONS]); a cookie with a Path or Domain of its own is deleted with the same ones.
func cookieDelete(x *Exchange, args []value.Value) (value.Value, error) {
	options := value.Nil
	if len(args) == 2 {
		options = args[1]
	}
	return value.Nil, x.setCookie(args[0].Display(), "", options, func(c *http.Cookie) {
		c.MaxAge, c.Expires = -1, time.Unix(1, 0)
	})
}

// setCookie adds a cookie to the answer, in the place of one that the browser could not tell from it.
func (x *Exchange) setCookie(name, text string, options value.Value, change func(*http.Cookie)) error {
	c := &http.Cookie{Name: encodeCookie(name, inToken), Value: encodeCookie(text, cookieOctet), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	refuse := func(why *reason) error {
		return &value.Error{Code: CodeCookie, Args: []string{quoted(name), why.String()}}
	}
	chosen, why := cookieOptions(c, options)
	if why == nil {
		why = finishCookie(c, chosen, x.secure())
	}
	if why != nil {
		return refuse(why)
	}
	if change != nil {
		change(c)
	}
	x.cookies = slices.DeleteFunc(x.cookies, func(old *http.Cookie) bool {
		return old.Name == c.Name && old.Path == c.Path && old.Domain == c.Domain
	})
	x.cookies = append(x.cookies, c)
	return nil
}

// sendCookies adds the cookies to the headers of an answer.
func (x *Exchange) sendCookies(head http.Header) {
	for _, c := range x.cookies {
		head["Set-Cookie"] = append(slices.Clip(head["Set-Cookie"]), c.String())
	}
}

// Why a cookie is refused.
var (
	cookieName     = reason{"பெயர் இல்லை", "it has no name"}
	cookieLong     = reason{"பெயரும் மதிப்பும் சேர்ந்து 4096 பைட்டுகளை விட நீளம்", "name and value are longer than 4096 bytes"}
	cookieRecord   = reason{"விருப்பங்கள் ஒரு பொருளாக இருக்க வேண்டும்", "the options must be a record"}
	cookieFlag     = reason{"HttpOnly, Secure, Partitioned: மெய் அல்லது பொய்", "HttpOnly, Secure and Partitioned are மெய் or பொய்"}
	cookieSameSite = reason{"SameSite: Lax, Strict அல்லது None", "SameSite is Lax, Strict or None"}
	cookieAge      = reason{"Max-Age: முழு நொடிகள்", "Max-Age is a whole number of seconds"}
	cookiePath     = reason{"Path '/' எனத் தொடங்க வேண்டும்; ';' ',' கூடா", "Path starts with '/' and has no ';' and no ','"}
	cookieDomain   = reason{"Domain ஒரு இணையப் பெயர் அல்ல", "Domain is no name of a host"}
	cookieExpires  = reason{"Expires: 2027-01-31, 2027-01-31T10:00:00Z, அல்லது HTTP வடிவத் தேதி", "Expires is a date as 2027-01-31, 2027-01-31T10:00:00Z, or as HTTP has it"}
	cookieSecure   = reason{"SameSite=None, Partitioned, '__Secure-', '__Host-' ஆகியவற்றுக்கு Secure வேண்டும்", "SameSite=None, Partitioned, '__Secure-' and '__Host-' need Secure"}
	cookieHost     = reason{"'__Host-' எனத் தொடங்கும் குக்கீக்கு Path '/' மட்டும்; Domain கூடாது", "a cookie '__Host-' has the Path '/' and no Domain"}
)

// cookieOptions reads the record of options into c; chosen tells whether Secure is among them.
func cookieOptions(c *http.Cookie, options value.Value) (chosen bool, why *reason) {
	if options.IsNil() || options.Kind() == value.UnsetKind {
		return false, nil
	}
	rec := options.Record()
	if rec == nil {
		return false, &cookieRecord
	}
	for i, key := range rec.Layout.Keys() {
		v := rec.Slots[i]
		switch strings.ToLower(key) {
		case "httponly":
			why = flagOption(v, &c.HttpOnly)
		case "secure":
			chosen, why = true, flagOption(v, &c.Secure)
		case "partitioned":
			why = flagOption(v, &c.Partitioned)
		case "samesite":
			why = sameSiteOption(v, c)
		case "max-age":
			why = ageOption(v, c)
		case "path":
			path := url.URL{Path: v.Display()}
			if c.Path = path.EscapedPath(); c.Path[:min(1, len(c.Path))] != "/" || !each(c.Path, cookieOctet) {
				why = &cookiePath
			}
		case "domain":
			c.Domain = strings.ToLower(strings.TrimPrefix(v.Display(), "."))
		case "expires":
			why = expiresOption(v, c)
		default:
			name := quoted(key)
			why = &reason{"'" + name + "' என்னும் விருப்பம் இல்லை", "there is no option '" + name + "'"}
		}
		if why != nil {
			return chosen, why
		}
	}
	return chosen, nil
}

func flagOption(v value.Value, to *bool) *reason {
	if v.Kind() != value.BooleanKind {
		return &cookieFlag
	}
	*to = v.Bool()
	return nil
}

func sameSiteOption(v value.Value, c *http.Cookie) *reason {
	switch strings.ToLower(v.Display()) {
	case "lax":
		c.SameSite = http.SameSiteLaxMode
	case "strict":
		c.SameSite = http.SameSiteStrictMode
	case "none":
		c.SameSite = http.SameSiteNoneMode
	default:
		return &cookieSameSite
	}
	return nil
}

// ageOption reads seconds; none or fewer end the cookie at once.
func ageOption(v value.Value, c *http.Cookie) *reason {
	n, ok := v.Int()
	if !ok || !v.IsNumber() || n != int64(int32(n)) {
		return &cookieAge
	}
	if c.MaxAge = int(n); n <= 0 {
		c.MaxAge = -1
	}
	return nil
}

func expiresOption(v value.Value, c *http.Cookie) *reason {
	text := v.Display()
	for _, layout := range [...]string{http.TimeFormat, time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil && at.Year() >= 1601 {
			c.Expires = at
			return nil
		}
	}
	return &cookieExpires
}

// finishCookie checks what options mean together (RFC 6265bis, 4.1.3). Over TLS a cookie is Secure unless it was said
// otherwise; what cannot be anything else is Secure by itself.
func finishCookie(c *http.Cookie, chosen, overTLS bool) *reason {
	host := hasFold(c.Name, "__Host-")
	must := host || hasFold(c.Name, "__Secure-") || c.SameSite == http.SameSiteNoneMode || c.Partitioned
	if !chosen {
		c.Secure = overTLS || must
	}
	switch {
	case c.Name == "":
		return &cookieName
	case len(c.Name)+len(c.Value) > maxCookie:
		return &cookieLong
	case must && !c.Secure:
		return &cookieSecure
	case c.Domain != "" && c.Valid() != nil: // nothing else of it can be wrong any more
		return &cookieDomain
	case host && (c.Path != "/" || c.Domain != ""):
		return &cookieHost
	}
	return nil
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// encodeCookie percent-encodes all bytes of a text that are not of a class, and percent signs (services.md rule 22).
func encodeCookie(s string, class uint8) string {
	if each(s, class) && strings.IndexByte(s, '%') < 0 {
		return s
	}
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, 3*len(s))
	for i := range len(s) {
		if c := s[i]; classes[c]&class != 0 && c != '%' {
			out = append(out, c)
		} else {
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(out)
}

// decodeCookie is the text of a cookie; one that another program set may hold percent signs that mean nothing.
func decodeCookie(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if text, err := url.PathUnescape(s); err == nil {
		return text
	}
	return s
}
