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

// shapeOf makes a shape of a record's fields, and the record a value of it.
func shapeOf(p *place) []Action {
	lit, ok := innermost[*syntax.RecordLit](p)
	if !ok || lit.Shape != nil || lit.Spread != nil || len(lit.Fields) == 0 || lit.Close.Type == 0 || p.span.Start > p.tok(&lit.Open).End && p.at(lit) != p.span {
		return nil
	}
	if c, call := p.parent(lit).(*syntax.CallExpr); call && c.Tail {
		return nil
	}
	if e, each := p.parent(lit).(*syntax.EachStmt); each && e.In == lit {
		return nil
	}
	var members []string
	for _, f := range lit.Fields {
		if f.Key.Tok.Type != syntax.Ident || slices.ContainsFunc(members, func(m string) bool { return strings.HasSuffix(m, " "+f.Key.Text) || m == f.Key.Text }) {
			return nil
		}
		member := f.Key.Text
		if p.Info != nil {
			t, _ := p.Info.TypeOf(p.File, p.at(f.Value))
			if word := p.typeWord(t); word != "" {
				member = word + " " + member
			}
		}
		members = append(members, member)
	}
	name := p.fresh("புதுவடிவம்", "NewShape")
	text := p.word("வடிவம்") + " " + name + " {\n" + strings.Join(members, ",\n") + ",\n}\n"
	at := p.at(lit).Start
	return one(Action{
		ID: "shape-from-record", Title: Text{"பதிவிலிருந்து வடிவம் உருவாக்கு", "Make a shape of this record"},
		Confirm: Text{"வடிவின் மதிப்பு வேறு வடிவுக்குச் சமமாகாது; வகை() வேறு விடை தரும்", "a value of a shape equals only its like, and வகை() tells it apart"},
		raw:     []diag.Edit{p.before(p.top(), text), p.edit(syntax.Span{Start: at, End: at}, name+" ")},
	})
}

// keyQuotes writes the keys of a record without quotes, or with them where none has any.
func keyQuotes(p *place) []Action {
	lit, ok := innermost[*syntax.RecordLit](p)
	if !ok || lit.Shape != nil || len(lit.Fields) == 0 {
		return nil
	}
	var bare, quoted []diag.Edit
	for _, f := range lit.Fields {
		switch {
		case f.Key.Tok.Type == syntax.Text && isName(f.Key.Text) && p.text(f.Key) == `"`+f.Key.Text+`"`:
			bare = append(bare, p.put(f.Key, f.Key.Text))
		case f.Key.Tok.Type == syntax.Ident && f.Key.Tok.Value == f.Key.Text:
			quoted = append(quoted, p.put(f.Key, `"`+f.Key.Text+`"`))
		}
	}
	switch {
	case len(bare) > 0:
		return one(Action{ID: "unquote-keys", Title: Text{"புலப்பெயர்களின் மேற்கோளை நீக்கு", "Write the keys without quotes"}, raw: bare})
	case len(quoted) == len(lit.Fields):
		return one(Action{ID: "quote-keys", Title: Text{"புலப்பெயர்களை மேற்கோளிடு", "Write the keys in quotes"}, raw: quoted})
	}
	return nil
}

// dotIndex writes r["a"] as r.a, and r.a as r["a"].
func dotIndex(p *place) []Action {
	if x, ok := innermost[*syntax.IndexExpr](p); ok {
		key, text := x.Index.(*syntax.TextLit)
		k := p.kind(x.X)
		if !text || !isName(key.Value) || p.text(key) != `"`+key.Value+`"` || k != check.Record && k != check.Shaped {
			return nil
		}
		if c, call := p.parent(x).(*syntax.CallExpr); call && c.Fn == x {
			return nil
		}
		return one(Action{ID: "index-to-field", Title: Text{"புள்ளியுடன் எழுது", "Write it with a dot"}, raw: []diag.Edit{p.put(x, p.text(x.X)+"."+key.Value)}})
	}
	x, ok := innermost[*syntax.FieldExpr](p)
	if !ok || x.Name == nil || x.Name.Tok.Type != syntax.Ident || p.kind(x.X) != check.Record {
		return nil
	}
	if c, call := p.parent(x).(*syntax.CallExpr); call && c.Fn == x {
		return nil
	}
	return one(Action{ID: "field-to-index", Title: Text{"சதுர அடைப்புக்குறியில் எழுது", "Write it in square brackets"}, raw: []diag.Edit{p.put(x, p.text(x.X)+`["`+x.Name.Text+`"]`)}})
}
