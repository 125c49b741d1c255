package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax/words"
)

func linkedEditingCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.LinkedEditingRangeProvider = protocol.Boolean(true)
}

// namePattern is what a name is made of, for clients that follow what is typed: no blanks and no signs of ASCII but the
// underscore. Classes such as \p{L} would need a flag of the expression that clients do not set.
const namePattern = `[^\s!-/:-@\[-^\x60{-~]+`

// LinkedEditingRange answers the places that are edited as one while a name is typed: all of a name's, where all of them are in
// this file and certain. What else has to change with a name, and whether it may, only a rename can tell. The protocol wants
// the same text at all places, and what is typed would go to both scripts alike: so the other script's spelling of a name is
// none of them; a rename spells the new name in either script.
func (s *Server) LinkedEditingRange(ctx context.Context, p *protocol.LinkedEditingRangeParams) (*protocol.LinkedEditingRanges, error) {
	t, err := s.spot(ctx, p.TextDocumentPositionParams)
	if err != nil || t == nil {
		return nil, err
	}
	places, err := t.editedAsOne(ctx)
	if err != nil || len(places) < 2 {
		return nil, err
	}
	src := t.file.tree().Src
	text := src[places[0].Span.Start:places[0].Span.End]
	out := &protocol.LinkedEditingRanges{WordPattern: ptr(namePattern)}
	for _, one := range places {
		if one.file != t.file || one.Quoted || len(one.Also) > 0 || src[one.Span.Start:one.Span.End] != text {
			return nil, ctx.Err()
		}
		out.Ranges = append(out.Ranges, t.file.rangeOf(one.Span))
	}
	return out, ctx.Err()
}

// editedAsOne are the places of the name at the place in all programs; none of a name that may stand elsewhere too, as in a
// text, in the data, in a statement with a syntax error or behind a value of which nothing is known.
func (t *spotted) editedAsOne(ctx context.Context) ([]place, error) {
	o, ok := t.name()
	if !ok || o.Quoted || len(o.Also) > 0 || isSelf(o.Symbol.Name) {
		return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
	switch o.Symbol.Kind {
	case index.Variable, index.Parameter, index.Loop, index.TypeParam, index.Function, index.Shape, index.Field, index.Method, index.Handle:
	default:
		return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
	if o.Symbol.Local() {
		var list []place
		for _, one := range t.prog.names.Occurrences(o.Symbol) {
			list = append(list, place{t.prog.files[one.File], one})
		}
		return list, ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
	if t.snap.complete() != nil || t.elsewhere(o.Symbol.Name) {
		return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
	}
	found, err := t.everywhere(ctx, true)
	if err != nil || len(found.doubtful()) > 0 || found.misread() != nil {
		return nil, err
	}
	return found.places(t.file.path), nil
}

// elsewhere tells whether a name may stand in another file of the programs that the file is a part of. Texts alone are looked
// at: clients ask at every move of the cursor.
func (t *spotted) elsewhere(name string) bool {
	seen := map[string]bool{t.file.path: true}
	for _, root := range t.snap.rootsOf(t.file) {
		for _, path := range t.snap.linked().files(root) {
			if seen[path] {
				continue
			}
			seen[path] = true
			if f := t.snap.at(path); f != nil && (words.HasForeign(f.text) || hasWord(f.text, name)) {
				return true
			}
		}
	}
	return false
}

// hasWord tells whether a word stands somewhere in a text by itself.
func hasWord(text, word string) bool {
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		before, _ := lastRune(text[:i])
		behind, _ := firstRune(text[i+len(word):])
		if !isWord(before) && !isWord(behind) {
			return true
		}
		text = text[i+len(word):]
	}
}
