package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/token"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// guards are those of a route, nil where it has none: a list of texts that is written there. What is not known before the
// program runs is refused, so that no route is open by mistake.
func (s *service) guards(b *vm.Block) ([]string, error) {
	if len(b.Args) < 2 {
		return nil, nil
	}
	list := b.Args[1]
	if list.Literal && len(b.Args) == 2 && list.Value.Kind() == value.RecordKind { // the options, see routeLimits
		return nil, nil
	}
	if !list.Literal || list.Value.Kind() != value.ArrayKind {
		return nil, s.refuse(b, httpd.CodeGuards)
	}
	var all []string
	for _, v := range list.Value.Array().Items {
		if !v.IsText() || v.Display() == "" {
			return nil, s.refuse(b, httpd.CodeGuards)
		}
		all = append(all, v.Display())
	}
	return all, nil
}

// secretVariable holds what tokens are signed with.
const secretVariable = "ETAMIL_JWT_SECRET"

// secretOf is the secret of tokens that say none: that of the environment, else, unless strangers are served, one of this
// process, whose tokens end with it.
func secretOf(served bool) func() ([]byte, error) {
	return sync.OnceValues(func() ([]byte, error) {
		secret := []byte(os.Getenv(secretVariable))
		switch {
		case len(secret) >= token.MinSecret:
			return secret, nil
		case len(secret) > 0 || served:
			return nil, token.ErrSecret
		}
		fmt.Fprintln(os.Stderr, secretVariable+" இல்லை: சீட்டுகள் இந்த நிரல் முடியும்வரை மட்டும் செல்லும்  ("+secretVariable+" is not set: tokens are valid until this program ends)")
		return []byte(rand.Text() + rand.Text()), nil
	})
}

// users is how the senders of requests are known: by Bearer tokens that were signed with the secret. Without one nobody is,
// and guarded routes let nobody in.
func (a *app) users(own func() ([]byte, error), served bool) (httpd.UserFunc, error) {
	if own == nil {
		own = secretOf(served)
	}
	set := os.Getenv(secretVariable)
	switch {
	case set == "" && served:
		return nil, nil
	case set != "" && len(set) < token.MinSecret:
		return nil, errors.New(a.text(secretVariable+": இரகசியத்துக்கு குறைந்தது 32 பைட்டுகள் வேண்டும்", secretVariable+": the secret needs 32 bytes or more"))
	}
	return func(r *http.Request) (*httpd.Identity, error) {
		text := httpd.BearerToken(r)
		if text == "" {
			return nil, nil
		}
		secret, err := own()
		if err != nil {
			return nil, err //nolint:wrapcheck // its bearer is told nothing of it
		}
		claims, err := token.Verify(text, token.Want{Secret: secret}, time.Now())
		if err != nil {
			return nil, err //nolint:wrapcheck // its bearer is told nothing of it
		}
		return httpd.NewIdentity(claims), nil
	}, nil
}

// guarded refuses to serve routes with guards to strangers when nobody could prove who they are (services.md rule 21).
func (s *service) guarded(served bool) error {
	if !served || os.Getenv(secretVariable) != "" || !slices.ContainsFunc(s.routes, func(r httpd.Route) bool { return len(r.Guards) > 0 }) {
		return nil
	}
	return errors.New(s.app.text(secretVariable+" இல்லை: காவல் உள்ள வழிகளுக்குச் சீட்டுகளின் இரகசியம், 32 பைட்டுகளுக்குக் குறையாமல், வேண்டும்",
		secretVariable+" is not set: routes with guards need the secret of tokens, of 32 bytes or more"))
}

// routeLimits reads the record of a route's options, which is its last operand.
func (s *service) routeLimits(b *vm.Block) (limits httpd.RouteLimits, err error) {
	if len(b.Args) == 0 {
		return limits, nil
	}
	last := b.Args[len(b.Args)-1]
	rec := last.Value.Record()
	switch {
	case len(b.Args) > 2 && rec == nil:
		return limits, s.refuse(b, httpd.CodeRouteOption, b.File.Text(last.Span))
	case rec == nil:
		return limits, nil
	}
	for i, key := range rec.Layout.Keys() {
		v := rec.Slots[i]
		n, whole := v.Int()
		whole = whole && v.IsNumber() && n > 0
		switch {
		case key == optionBody && whole:
			limits.Body = n
		case key == optionFile && whole:
			limits.File = n
		case key == optionTime && whole && n <= int64(24*time.Hour/time.Millisecond):
			limits.Timeout = time.Duration(n) * time.Millisecond
		case key == optionRate && v.IsNumber() && value.Less(value.FromInt(0), v):
			limits.Rate, err = strconv.ParseFloat(v.Display(), 64)
		default:
			return limits, s.refuse(b, httpd.CodeRouteOption, key)
		}
	}
	return limits, err
}

// The options of a route.
const (
	optionBody = "உடல்"   // the longest body, bytes
	optionFile = "கோப்பு" // the longest file of an upload, bytes
	optionTime = "நேரம்"  // of the handler, milliseconds
	optionRate = "வேகம்"  // requests a second of one client
)
