package check

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// The IDs of வழி and மீள்முயல்.
const (
	routeWord = "Route"
	retryWord = "retry"
)

// wordOptions are the options of words that refuse every other one, by the word's ID.
var wordOptions = map[string][]string{
	routeWord:         {"உடல்", "கோப்பு", "நேரம்", "வேகம்"},
	retryWord:         {"இடைவெளி", "பெருக்கம்", "உச்சம்", "சிதறல்", "வகைகள்", "மொத்த_நேரம்"},
	"breakerCreate":   {"தோல்வி", "வீதம்", "சாளரம்", "குறைந்தது", "மீட்பு", "வெற்றி", "வகைகள்", "ஒருசேர", "காத்திருப்பு", "வரிசை", "மாற்று"},
	"poolCreate":      {"path", "url", "max_connections", "max_idle", "timeout", "பாதை", "முகவரி", "உச்சம்", "ஓய்வு", "காலவரம்பு"},
	"streamEvent":     {"id", "retry"},
	"streamBroadcast": {"id", "retry"},
	"cookieSet":       cookieOptions,
	"cookieDelete":    cookieOptions,
	"grpcCall":        {"காலவரம்பு", "தலைப்புகள்"},
}

var cookieOptions = []string{"HttpOnly", "Secure", "Partitioned", "SameSite", "Max-Age", "Expires", "Path", "Domain"}

// otherOptions are read too, but not offered: other spellings, and what the programs that people have already say.
var otherOptions = map[string][]string{
	"streamEvent":     {"மறு_இணைப்பு"},
	"streamBroadcast": {"மறு_இணைப்பு"},
	"poolCreate":      {"database", "driver", "வகை", "pool_size", "host", "port", "user", "password"},
}

// WordOptions are the options of a word of the vocabulary, given by its ID, in the order in which they are offered: the keys of
// the record that it takes last. nil is that they are not known.
func WordOptions(word string) []string { return wordOptions[word] }

// options reports keys of a record that the word does not take: it would fail.
func (r *run) options(spelling, word string, record syntax.Expr) {
	rec, ok := unparen(record).(*syntax.RecordLit)
	list := wordOptions[word]
	if !ok || list == nil || rec.Shape != nil {
		return
	}
	for _, f := range rec.Fields {
		is := func(option string) bool {
			return option == f.Key.Text || strings.HasPrefix(word, "cookie") && strings.EqualFold(option, f.Key.Text)
		}
		if !slices.ContainsFunc(list, is) && !slices.ContainsFunc(otherOptions[word], is) {
			r.errorAt(f.Key, CodeOption, f.Key.Text, spelling, strings.Join(list, ", ")).
				near(guess{wrong: f.Key.Text, among: list, quote: strings.HasPrefix(f.Key.Tok.Value, `"`)})
		}
	}
}

// optionArg is the argument of a call that holds the word's options, nil where there is none.
func optionArg(word *words.Word, args []syntax.Expr) syntax.Expr {
	last := len(word.Params) - 1
	if word.Shape == words.ShapeBuilder {
		last = len(args) - 1 // the record in braces, also where what stands before it is left out
	}
	if last >= 0 && last < len(args) {
		return args[last]
	}
	return nil
}
