package syntax

import (
	"errors"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
)

// expectation reads from participle's error where it gave up and, when asked, which tokens it would have taken.
// participle offers them only as text (v2.1.4); the tests hold the form of that text.
func expectation(err error, wanted bool) (want []Kind, at int) {
	var u *participle.UnexpectedTokenError
	if errors.As(err, &u) {
		if wanted {
			want = wantedKinds(u.Message())
		}
		return want, u.Unexpected.Pos.Offset
	}
	var e participle.Error
	if errors.As(err, &e) {
		if wanted {
			want = wantedKinds(e.Message())
		}
		return want, e.Position().Offset
	}
	return nil, 0
}

// productionStarts names what the hooks' productions start with, for messages.
var productionStarts = map[string]Kind{
	"Name": Ident, "Block": LBrace, "Signature": LParen, "TextLit": Text, "FieldDecl": Ident,
	"Expr": exprKind, "HeadExpr": exprKind, "CondExpr": exprKind, "StmtExpr": exprKind, "Type": typeSymbolKind,
}

// exprKind and typeSymbolKind stand for an expression and a type among wanted kinds.
const (
	exprKind Kind = 1000 + iota
	typeSymbolKind
)

// kindsByName finds a kind by its name in a grammar text, which is in lower case.
var kindsByName = sync.OnceValue(func() map[string]Kind {
	out := map[string]Kind{}
	for k, name := range kindNames {
		out[strings.ToLower(name)] = Kind(k)
	}
	return out
})

// wantedKinds takes the first symbols of the grammar text in a message: `unexpected token "x" (expected <semi> …)`.
func wantedKinds(message string) (out []Kind) {
	i := strings.LastIndex(message, "(expected ")
	if i < 0 {
		return nil
	}
	text := strings.TrimSuffix(message[i+len("(expected "):], ")")
	for {
		text = strings.TrimLeft(text, "( ")
		k, rest := firstSymbol(text)
		if k != 0 {
			out = append(out, k)
		}
		rest = strings.TrimLeft(rest, "?*) ")
		if !strings.HasPrefix(rest, "|") {
			return out
		}
		text = rest[1:]
	}
}

// firstSymbol reads one token or production name from a grammar text.
func firstSymbol(text string) (Kind, string) {
	if strings.HasPrefix(text, "<") {
		if i := strings.IndexByte(text, '>'); i > 0 {
			return kindsByName()[text[1:i]], text[i+1:]
		}
	}
	i := 0
	for i < len(text) && (text[i] >= 'A' && text[i] <= 'Z' || text[i] >= 'a' && text[i] <= 'z') {
		i++
	}
	return productionStarts[text[:i]], text[i:]
}

// symbols joins the names of wanted kinds for a message.
func symbols(kinds []Kind) string {
	var out []string
	for _, k := range kinds {
		s := Symbol(k)
		switch k {
		case exprKind:
			s = exprSymbol
		case typeSymbolKind:
			s = "வகை (a type)"
		}
		if s != "" && !strings.Contains(strings.Join(out, "\x00"), s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, " / ")
}
