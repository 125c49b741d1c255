package refactor

import (
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/position"
)

// percent turns 18% into 0.18 and back.
func percent(p *place) []Action {
	n, ok := innermost[*syntax.NumberLit](p)
	if !ok {
		return nil
	}
	text := ""
	if n.Percent {
		text = shifted(n.Text, -2)
	} else if strings.Contains(n.Text, ".") {
		text = shifted(n.Text, 2) + "%"
	}
	if text == "" || len(n.Text) > 20 {
		return nil
	}
	return one(Action{ID: "percent", Title: Text{"இவ்வாறு எழுது: " + text, "Write as " + text}, raw: []diag.Edit{p.put(n, text)}})
}

// shifted is a number's text times ten to the power of n, without needless zeros.
func shifted(text string, n int) string {
	whole, part, _ := strings.Cut(text, ".")
	point := len(whole) + n
	digits := whole + part
	for point < 1 {
		digits, point = "0"+digits, point+1
	}
	for len(digits) < point {
		digits += "0"
	}
	whole, part = strings.TrimLeft(digits[:point], "0"), strings.TrimRight(digits[point:], "0")
	if whole == "" {
		whole = "0"
	}
	if part == "" {
		return whole
	}
	return whole + "." + part
}

// joinTexts makes one text of two that are joined by &.
func joinTexts(p *place) []Action {
	b, ok := innermost[*syntax.BinaryExpr](p)
	if !ok || b.Op.Type != syntax.Amp {
		return nil
	}
	y, okY := b.Y.(*syntax.TextLit)
	x, okX := b.X.(*syntax.TextLit)
	if in, is := b.X.(*syntax.BinaryExpr); is && in.Op.Type == syntax.Amp {
		x, okX = in.Y.(*syntax.TextLit)
	}
	if !okX || !okY {
		return nil
	}
	span := syntax.Span{Start: p.at(x).Start, End: p.at(y).End}
	text := p.text(x)[:len(p.text(x))-1] + p.text(y)[1:]
	return one(Action{ID: "join-texts", Title: Text{"உரைகளை ஒன்றாக்கு", "Join the texts"}, raw: []diag.Edit{p.edit(span, text)}})
}

// splitText parts a text at the cursor.
func splitText(p *place) []Action {
	x, ok := innermost[*syntax.TextLit](p)
	if !ok || p.span.Start != p.span.End || p.span.Start <= p.at(x).Start+1 || p.span.Start >= p.at(x).End-1 {
		return nil
	}
	switch up := p.parent(x).(type) {
	case *syntax.PrintStmt, *syntax.AssignStmt, *syntax.VarDecl, *syntax.ReturnStmt, *syntax.ParenExpr, *syntax.ArrayLit, *syntax.RecordField:
	case *syntax.CallExpr:
		if up.Tail {
			return nil
		}
	default:
		return nil
	}
	text, at := p.text(x), p.span.Start-p.at(x).Start
	before := text[:at]
	line, col := position.NewMap(text).Clusters(at)
	escaped := (len(before)-len(strings.TrimRight(before, `\`)))%2 == 1
	if escaped || position.NewMap(text).OffsetClusters(line, col) != at {
		return nil
	}
	return one(Action{ID: "split-text", Title: Text{"இங்கே உரையைப் பிரி", "Split the text here"}, raw: []diag.Edit{p.put(x, before+`" & "`+text[at:])}})
}
