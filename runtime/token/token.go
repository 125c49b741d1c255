package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// MinSecret is how many bytes a secret has at least (RFC 7518, 3.2).
const MinSecret = 32

const (
	leeway   = 5 * time.Second // between clocks
	maxToken = 8 << 10         // bytes
	header   = `{"alg":"HS256","typ":"JWT"}`
)

// Why a token is no good. Its bearer is told no more than that.
var (
	ErrInvalid = errors.New("the token is not valid")
	ErrExpired = errors.New("the token has expired")
	ErrSecret  = fmt.Errorf("the secret has fewer than %d bytes", MinSecret)
)

// Want is what a token must be.
type Want struct {
	// Secret is what it was signed with.
	Secret []byte
	// Issuer and Audience are what its claims iss and aud must say, "" for anything.
	Issuer, Audience string
}

var encoding = base64.RawURLEncoding.Strict()

// Sign makes a token of a record of claims, whose iat and exp it sets.
func Sign(claims value.Value, secret []byte, now time.Time, lifetime time.Duration) (string, error) {
	if len(secret) < MinSecret {
		return "", ErrSecret
	}
	rec := claims.Record()
	if rec == nil {
		return "", fmt.Errorf("%w: claims are a record", ErrInvalid)
	}
	var keys []string
	var vals []value.Value
	for i, key := range rec.Layout.Keys() {
		if key != "iat" && key != "exp" {
			keys, vals = append(keys, key), append(vals, rec.Slots[i])
		}
	}
	keys = append(keys, "iat", "exp")
	vals = append(vals, value.FromInt(now.Unix()), value.FromInt(now.Add(lifetime).Unix()))
	body := encoding.EncodeToString([]byte(header)) + "." + encoding.EncodeToString(value.AppendJSON(nil, value.FromFields(keys, vals)))
	return body + "." + encoding.EncodeToString(mac(body, secret)), nil
}

func mac(body string, secret []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(body))
	return h.Sum(nil)
}

// Verify answers the record of a token's claims. The error is ErrInvalid, ErrExpired or ErrSecret.
func Verify(token string, want Want, now time.Time) (claims value.Value, err error) {
	if len(want.Secret) < MinSecret {
		return value.Nil, ErrSecret
	}
	at := strings.LastIndexByte(token, '.')
	if at < 0 || len(token) > maxToken || strings.ContainsAny(token, "\r\n") { // the decoder skips line breaks
		return value.Nil, ErrInvalid
	}
	head, body, _ := strings.Cut(token[:at], ".")
	signature, err := encoding.DecodeString(token[at+1:])
	if err != nil || !hmac.Equal(signature, mac(token[:at], want.Secret)) {
		return value.Nil, ErrInvalid
	}
	kind, claims := decode(head), decode(body)
	if text(kind, "alg") != "HS256" || !field(kind, "crit").IsNil() || claims.Record() == nil {
		return value.Nil, ErrInvalid
	}
	if err := timely(claims, now); err != nil {
		return value.Nil, err
	}
	if want.Issuer != "" && text(claims, "iss") != want.Issuer || want.Audience != "" && !holds(field(claims, "aud"), want.Audience) {
		return value.Nil, ErrInvalid
	}
	return claims, nil
}

// decode reads a part of a token, value.Nil when it is no JSON.
func decode(part string) value.Value {
	raw, err := encoding.DecodeString(part)
	if err != nil {
		return value.Nil
	}
	v, err := value.ParseJSON(string(raw))
	if err != nil {
		return value.Nil
	}
	return v
}

// timely tells whether a token holds now: exp must be there, nbf and iat may.
func timely(claims value.Value, now time.Time) error {
	seconds := func(name string, otherwise int64) (int64, bool) {
		v := field(claims, name)
		if v.IsNil() {
			return otherwise, otherwise != 0
		}
		if n, ok := v.Int(); ok || !v.IsNumber() {
			return n, ok && v.IsNumber()
		}
		f, err := strconv.ParseFloat(v.Display(), 64) // others write parts of seconds too (RFC 7519, 2)
		return int64(f), err == nil && math.Abs(f) < 1<<53
	}
	late, early := now.Add(-leeway).Unix(), now.Add(leeway).Unix()
	exp, hasExp := seconds("exp", 0)
	nbf, okNbf := seconds("nbf", early)
	iat, okIat := seconds("iat", early)
	switch {
	case !hasExp || !okNbf || !okIat || nbf > early || iat > early:
		return ErrInvalid
	case exp <= late:
		return ErrExpired
	}
	return nil
}

// field is a field of a record, value.Nil where there is none.
func field(v value.Value, name string) value.Value {
	if rec := v.Record(); rec != nil {
		if slot, ok := rec.Layout.Slot(name); ok {
			return rec.Slots[slot]
		}
	}
	return value.Nil
}

// text is a field that is a text.
func text(v value.Value, name string) string { return field(v, name).Text() }

// holds tells whether an audience is a text, or has it in an array.
func holds(aud value.Value, want string) bool {
	if aud.Kind() != value.ArrayKind {
		return aud.Text() == want
	}
	for _, v := range aud.Array().Items {
		if v.Text() == want {
			return true
		}
	}
	return false
}
