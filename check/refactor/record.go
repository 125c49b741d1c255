package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
)

// missingFields gives a shape's literal the fields that it lacks, with the empty values of their types.
func missingFields(p *place) []Action {
	lit, ok := innermost[*syntax.RecordLit](p)
	if !ok || lit.Shape == nil || lit.Spread != nil || p.Info == nil || lit.Close.Type == 0 {
		return nil
	}
	shape := p.Info.Shape(lit.Shape.Text)
	if shape == nil {
		return nil
	}
	var add []string
	for _, f := range shape.Fields {
		if !slices.ContainsFunc(lit.Fields, func(has *syntax.RecordField) bool { return has.Key.Text == f.Name }) {
			add = append(add, f.Name+": "+p.empty(f.Type))
		}
	}
	if len(add) == 0 {
		return nil
	}
	a := Action{ID: "add-fields", Title: Text{"விடுபட்ட புலங்களைச் சேர்", "Add the missing fields"}, Preferred: true}
	at := p.tok(&lit.Close).Start
	text := strings.Join(add, ", ")
	if n := len(lit.Fields); n > 0 {
		at = p.at(lit.Fields[n-1]).End
		text = ", " + text
	}
	a.raw = []diag.Edit{p.edit(syntax.Span{Start: at, End: at}, text)}
	for _, d := range p.Found {
		if d.Code == check.CodeLiteralLacks && d.File == p.file.Name && inside(d.Span, p.at(lit)) {
			a.Cures = append(a.Cures, d)
		}
	}
	return one(a)
}

// empty is the text of an empty value of a type.
func (p *place) empty(t check.Type) string {
	switch t.Kind() {
	case check.Number:
		return "0"
	case check.Text:
		return `""`
	case check.Boolean:
		return p.word("பொய்")
	case check.Array:
		return "[]"
	case check.Record:
		return "{}"
	}
	return p.word("இன்மை")
}
