package token_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/token"
	"github.com/etamil-lang/etamil/runtime/value"
)

var (
	secret = []byte("இரகசியம்_நீளமானது")
	now    = time.Unix(1_800_000_000, 0)
)

// made is a token of any header and claims, signed as they say or not.
func made(head, claims string, key []byte) string {
	enc := base64.RawURLEncoding
	body := enc.EncodeToString([]byte(head)) + "." + enc.EncodeToString([]byte(claims))
	h := hmac.New(sha256.New, key)
	h.Write([]byte(body))
	return body + "." + enc.EncodeToString(h.Sum(nil))
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	claims, err := value.ParseJSON(`{"sub":"கயல்","roles":["மேலாளர்"],"exp":1,"iat":2}`)
	if err != nil {
		t.Fatal(err)
	}
	text, err := token.Sign(claims, secret, now, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	got, err := token.Verify(text, token.Want{Secret: secret}, now)
	if want := `{"exp":1800003600,"iat":1800000000,"roles":["மேலாளர்"],"sub":"கயல்"}`; err != nil || string(value.AppendJSON(nil, got)) != want {
		t.Errorf("%s, %v", value.AppendJSON(nil, got), err)
	}
	for at := range text { // every byte counts
		broken := []byte(text)
		if broken[at] ^= 1; broken[at] == '.' {
			continue
		}
		if _, err := token.Verify(string(broken), token.Want{Secret: secret}, now); !errors.Is(err, token.ErrInvalid) {
			t.Errorf("with byte %d changed: %v", at, err)
		}
	}
	if _, err := token.Sign(claims, []byte("short"), now, time.Hour); !errors.Is(err, token.ErrSecret) {
		t.Error(err)
	}
	if _, err := token.Sign(value.FromText("x"), secret, now, time.Hour); !errors.Is(err, token.ErrInvalid) {
		t.Error(err)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	const head, claims = `{"alg":"HS256","typ":"JWT"}`, `{"sub":"1","exp":1800000060,"iss":"a","aud":["b","c"]}`
	good := made(head, claims, secret)
	parts := strings.Split(good, ".")
	for _, tt := range []struct {
		name, text string
		want       error
		w          token.Want
	}{
		{"good", good, nil, token.Want{Issuer: "a", Audience: "c"}},
		{"another issuer", good, token.ErrInvalid, token.Want{Issuer: "b"}},
		{"another audience", good, token.ErrInvalid, token.Want{Audience: "a"}},
		{"no issuer", made(head, `{"exp":1800000060}`, secret), token.ErrInvalid, token.Want{Issuer: "a"}},
		{"another secret", made(head, claims, []byte(strings.Repeat("x", 32))), token.ErrInvalid, token.Want{}},
		{"no algorithm", made(`{"alg":"none"}`, claims, secret), token.ErrInvalid, token.Want{}},
		{"unsigned", parts[0] + "." + parts[1] + ".", token.ErrInvalid, token.Want{}},
		{"two parts", parts[0] + "." + parts[1], token.ErrInvalid, token.Want{}},
		{"four parts", good + ".x", token.ErrInvalid, token.Want{}},
		{"another algorithm", made(`{"alg":"HS512"}`, claims, secret), token.ErrInvalid, token.Want{}},
		{"RS256 that is HS256", made(`{"alg":"RS256"}`, claims, secret), token.ErrInvalid, token.Want{}},
		{"small letters", made(`{"alg":"hs256"}`, claims, secret), token.ErrInvalid, token.Want{}},
		{"extensions that must be understood", made(`{"alg":"HS256","crit":["b64"],"b64":false}`, claims, secret), token.ErrInvalid, token.Want{}},
		{"no header", made(`x`, claims, secret), token.ErrInvalid, token.Want{}},
		{"claims that are a list", made(head, `[1]`, secret), token.ErrInvalid, token.Want{}},
		{"claims that are no JSON", made(head, `{`, secret), token.ErrInvalid, token.Want{}},
		{"no end", made(head, `{"sub":"1"}`, secret), token.ErrInvalid, token.Want{}},
		{"an end that is a text", made(head, `{"exp":"1800000060"}`, secret), token.ErrInvalid, token.Want{}},
		{"over, within the leeway", made(head, `{"exp":1799999996}`, secret), nil, token.Want{}},
		{"parts of seconds", made(head, `{"exp":1800000060.75,"nbf":1799999999.5,"iat":1.7999999995e9}`, secret), nil, token.Want{}},
		{"over, with parts of seconds", made(head, `{"exp":1799999995.9}`, secret), token.ErrExpired, token.Want{}},
		{"not yet, with parts of seconds", made(head, `{"exp":1800000060,"nbf":1800000006.5}`, secret), token.ErrInvalid, token.Want{}},
		{"an end that is no time", made(head, `{"exp":1e300}`, secret), token.ErrInvalid, token.Want{}},
		{"an end that is no time", made(head, `{"exp":99999999999999999999.5}`, secret), token.ErrInvalid, token.Want{}},
		{"over", made(head, `{"exp":1799999995}`, secret), token.ErrExpired, token.Want{}},
		{"not yet, within the leeway", made(head, `{"exp":1800000060,"nbf":1800000005}`, secret), nil, token.Want{}},
		{"not yet", made(head, `{"exp":1800000060,"nbf":1800000006}`, secret), token.ErrInvalid, token.Want{}},
		{"of the future", made(head, `{"exp":1800000060,"iat":1800000006}`, secret), token.ErrInvalid, token.Want{}},
		{"padding", parts[0] + "." + parts[1] + "." + parts[2] + "=", token.ErrInvalid, token.Want{}},
		{"a line break", good + "\n", token.ErrInvalid, token.Want{}},
		{"nothing", "", token.ErrInvalid, token.Want{}},
		{"dots", "..", token.ErrInvalid, token.Want{}},
		{"long", made(head, `{"exp":1800000060,"x":"`+strings.Repeat("x", 8<<10)+`"}`, secret), token.ErrInvalid, token.Want{}},
		{"Tamil", "பொய்யான.சீட்டு.இது", token.ErrInvalid, token.Want{}},
	} {
		tt.w.Secret = secret
		if got, err := token.Verify(tt.text, tt.w, now); !errors.Is(err, tt.want) || (err == nil) == got.IsNil() {
			t.Errorf("%s: %v, %v", tt.name, got.Display(), err)
		}
	}
	if _, err := token.Verify(made(head, claims, nil), token.Want{}, now); !errors.Is(err, token.ErrSecret) {
		t.Errorf("without a secret: %v", err)
	}
}
