package token

import (
	"errors"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Words are சீட்டு_ஆக்கு, சீட்டு_சரிபார் and சீட்டு_தலைப்பு, by words.Word.ID. secret is the process's own, for calls that
// give none.
func Words(secret func() ([]byte, error)) vm.Natives {
	w := words{secret}
	return vm.Natives{
		"issueToken":  {Min: 2, Max: 3, Fn: func(c *vm.Call) (value.Value, error) { return w.issue(c.Args) }},
		"readToken":   {Min: 1, Max: 2, Fn: func(c *vm.Call) (value.Value, error) { return w.read(c.Args) }},
		"tokenHeader": {Min: 1, Max: 1, Fn: func(c *vm.Call) (value.Value, error) { return readHeader(c.Args[0]), nil }},
	}
}

type words struct{ secret func() ([]byte, error) }

// options are what a call may say; the secret is never shown.
type options struct {
	Want
	none bool // no record was given
}

// options reads the record of a call's options. known are the names that this word takes.
func (w words) options(args []value.Value, at int, known string) (o options, err error) {
	if o.none = len(args) <= at || args[at].IsNil(); !o.none {
		rec := args[at].Record()
		if rec == nil {
			return o, &value.Error{Code: CodeOption, Args: []string{"{}", args[at].KindName()}}
		}
		for i, key := range rec.Layout.Keys() {
			v := rec.Slots[i]
			ok := strings.Contains(known, " "+key+" ")
			switch key {
			case "secret": // இன்மை, of a variable that is not set, is none: the process's own counts
				if ok = v.IsText() || v.IsNil(); v.IsText() {
					o.Secret = []byte(v.Text())
				}
			case "issuer":
				o.Issuer = v.Text()
				ok = ok && o.Issuer != ""
			case "audience":
				o.Audience = v.Text()
				ok = ok && o.Audience != ""
			case "algorithms":
				ok = ok && onlyOurs(v)
			}
			if !ok {
				shown := v.Display()
				if key == "secret" {
					shown = v.KindName()
				}
				return o, &value.Error{Code: CodeOption, Args: []string{key, shown}}
			}
		}
	}
	if o.Secret == nil {
		o.Secret, err = w.secret()
	}
	if err != nil || len(o.Secret) < MinSecret {
		return o, &value.Error{Code: CodeSecret}
	}
	return o, nil
}

// onlyOurs tells whether a list of algorithms is ["HS256"]: a list that allows others would allow what we cannot check.
func onlyOurs(v value.Value) bool {
	if v.Kind() != value.ArrayKind || len(v.Array().Items) == 0 {
		return false
	}
	for _, item := range v.Array().Items {
		if item.Text() != "HS256" {
			return false
		}
	}
	return true
}

// issue is சீட்டு_ஆக்கு(CLAIMS, SECONDS[, {secret, issuer, audience}]).
func (w words) issue(args []value.Value) (value.Value, error) {
	claims := args[0]
	if claims.IsText() {
		if v, err := value.ParseJSON(claims.Text()); err == nil {
			claims = v
		}
	}
	if claims.Record() == nil {
		return value.Nil, &value.Error{Code: CodeClaims, Args: []string{claims.KindName()}}
	}
	const most = 100 * 366 * 24 * 60 * 60
	seconds, ok := args[1].Int()
	if !ok || !args[1].IsNumber() || seconds < -most || seconds > most {
		return value.Nil, &value.Error{Code: CodeSeconds, Args: []string{args[1].Display()}}
	}
	o, err := w.options(args, 2, " secret issuer audience ")
	if err != nil {
		return value.Nil, err
	}
	claims = with(with(claims, "iss", o.Issuer), "aud", o.Audience)
	text, err := Sign(claims, o.Secret, time.Now(), time.Duration(seconds)*time.Second)
	if err != nil {
		return value.Nil, &value.Error{Code: CodeClaims, Args: []string{claims.KindName()}}
	}
	return value.FromText(text), nil
}

// with is a record with a field more, when its text is not "".
func with(rec value.Value, key, text string) value.Value {
	if text == "" {
		return rec
	}
	keys, vals := []string{key}, []value.Value{value.FromText(text)} // of a key that comes twice the first wins
	for i, k := range rec.Record().Layout.Keys() {
		keys, vals = append(keys, k), append(vals, rec.Record().Slots[i])
	}
	return value.FromFields(keys, vals)
}

// read is சீட்டு_சரிபார்(TOKEN or REQUEST[, {secret, algorithms, issuer, audience}]): சரி(claims), of which one argument alone
// answers the JSON text, as the core language does; தவறு when the token is no good.
func (w words) read(args []value.Value) (value.Value, error) {
	o, err := w.options(args, 1, " secret algorithms issuer audience ")
	if err != nil {
		return value.Nil, err
	}
	claims, err := Verify(bearer(args[0]), o.Want, time.Now())
	switch {
	case errors.Is(err, ErrExpired):
		return refused(CodeExpired), nil
	case err != nil:
		return refused(CodeInvalid), nil
	case o.none:
		claims = value.FromText(string(value.AppendJSON(nil, claims)))
	}
	return value.FromOk(claims), nil
}

func refused(code string) value.Value {
	return value.FromErr(value.FromText(diag.Message(code, diag.Both)))
}

// bearer is the token of a value: a text, or கோரிக்கை, whose Authorization header has it.
func bearer(v value.Value) string {
	if v.Record() == nil {
		return v.Text()
	}
	const scheme = "bearer "
	text := text(field(v, "தலைப்புகள்"), "authorization")
	if len(text) < len(scheme) || !strings.EqualFold(text[:len(scheme)], scheme) {
		return ""
	}
	return strings.TrimSpace(text[len(scheme):])
}

// readHeader is சீட்டு_தலைப்பு(TOKEN): சரி({kid, alg}) of a header that nobody has checked.
func readHeader(v value.Value) value.Value {
	head, _, found := strings.Cut(v.Text(), ".")
	kind := decode(head)
	if !found || len(v.Text()) > maxToken || kind.Record() == nil || text(kind, "alg") == "" {
		return refused(CodeInvalid)
	}
	return value.FromOk(value.FromFields([]string{"kid", "alg"}, []value.Value{
		value.FromText(text(kind, "kid")), value.FromText(text(kind, "alg")),
	}))
}
