package assist

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Hover tells what stands at a place, and where it stands; ok is false where there is nothing to tell.
func (a *Assistant) Hover(p Place, o Options) (text *Text, at syntax.Span, ok bool) {
	f := p.file()
	if f == nil {
		return nil, syntax.Span{}, false
	}
	h := &hover{explainer: explainer{Text: &Text{}, p: p, o: o}, file: f}
	if !h.find(p.Offset) {
		return nil, syntax.Span{}, false
	}
	h.tell()
	t := h.tok()
	return h.Text, syntax.Span{Start: t.Pos.Offset, End: end(t)}, !h.Empty()
}

// hover is one question while it is answered.
type hover struct {
	explainer
	file *syntax.File
	*scanner
	at int // the token that is asked for
}

func (h *hover) tok() syntax.Token { return h.toks[h.at] }

func (h *hover) span() syntax.Span {
	t := h.tok()
	return syntax.Span{Start: t.Pos.Offset, End: end(t)}
}

// find looks for the token that an offset stands in, else the word that ends there.
func (h *hover) find(offset int) bool {
	offset = min(max(offset, 0), len(h.file.Src))
	from, to := chunk(h.file, offset, offset)
	toks, _ := syntax.Lex(h.file.Src[from:to])
	toks = toks[:len(toks)-1]
	for i := range toks {
		toks[i].Pos.Offset += from
	}
	n := sort.Search(len(toks), func(i int) bool { return end(toks[i]) > offset })
	if n >= len(toks) || toks[n].Pos.Offset > offset || !tells(toks[n].Type) {
		if n == 0 || end(toks[n-1]) != offset || !tells(toks[n-1].Type) {
			return false
		}
		n--
	}
	h.scanner = &scanner{toks: toks}
	h.at = n
	return true
}

func tells(k syntax.Kind) bool {
	return isWord(k) || k == syntax.Number || k == syntax.Percent || k == syntax.Text
}

func (h *hover) tell() {
	switch h.kind(h.at) {
	case syntax.Number, syntax.Percent:
		h.number(h.tok().Value)
	case syntax.Text:
		if !h.name() {
			h.text()
		}
	default:
		if !h.name() {
			h.word()
		}
	}
	h.route()
}

// word tells of the vocabulary's word, of both where a spelling has two.
func (h *hover) word() {
	list := words.Lookups(h.tok().Value)
	if list == nil {
		if w := h.scanner.word(h.at); w != nil {
			list = []*words.Word{w}
		}
	}
	for _, w := range list {
		explainWord(h.Text, w, h.o.Lang)
	}
}

// name tells of a name of the program; false where the token is none.
func (h *hover) name() bool {
	if h.p.Index == nil {
		return h.nameBySpelling()
	}
	occ, ok := h.p.Index.At(h.p.File, h.tok().Pos.Offset)
	if !ok || occ.Symbol.Kind == index.None && !h.afterDot() {
		return false
	}
	told := h.symbol(occ.Symbol)
	for _, s := range occ.Also {
		told = h.symbol(s) || told
	}
	return told
}

func (h *hover) afterDot() bool { return h.kind(h.at-1) == syntax.Dot }

// nameBySpelling does what can be done without an index.
func (h *hover) nameBySpelling() bool {
	name := h.tok().Value
	if h.kind(h.at) == syntax.Text || h.afterDot() {
		return false
	}
	return h.function(name) || h.shape(name)
}

// symbol tells of one symbol; false where there is nothing to tell, or the vocabulary has it.
func (h *hover) symbol(s index.Symbol) bool {
	switch s.Kind {
	case index.Builtin:
		if w := words.ByID(s.Name); w != nil {
			explainWord(h.Text, w, h.o.Lang)
			return true
		}
		return false
	case index.Function:
		return h.function(s.Name) || h.variable(s)
	case index.Shape:
		return h.shape(s.Name)
	case index.Field, index.Method:
		return h.member(s.Of, s.Name)
	case index.Table:
		return false
	}
	if w := h.scanner.word(h.at); w != nil && s.Kind == index.None {
		return false
	}
	return h.variable(s)
}

// kindNames say what kind of name a symbol is.
var kindNames = map[index.Kind][2]string{
	index.Variable: {"மாறி", "variable"}, index.Parameter: {"அளவுரு", "parameter"}, index.Loop: {"சுற்று மாறி", "loop variable"},
	index.Key: {"புலம்", "field"}, index.Handle: {"தள இணைப்பின் பெயர்", "name of a database connection"},
	index.Server: {"வழங்கி தரும் மாறி", "set by the server"}, index.TypeParam: {"வகை அளவுரு", "type parameter"},
	index.Function: {"செயல்", "function"},
}

// variable tells of a variable, a parameter or a record's field: what it holds here, and where it comes from.
func (h *hover) variable(s index.Symbol) bool {
	name := s.Name
	if name == "" {
		name = h.tok().Value
	}
	text := name
	t, known := h.typeHere()
	if known && t.Known() {
		text += ": " + h.typ(t)
	}
	h.code(text)
	kind := kindNames[s.Kind]
	if kind[0] != "" {
		h.para(say(h.o.Lang, kind[0], kind[1]))
	}
	h.names(name)
	h.fixed(s)
	if t.Kind() == check.Shaped {
		if sh := h.p.Info.Shape(t.Name()); sh != nil {
			h.code(h.layout(sh))
		}
	}
	return true
}

// fixed adds what documents the declaration, and the declaration itself where the name stands for one value.
func (h *hover) fixed(s index.Symbol) {
	if h.p.Index == nil || s.Kind == index.Key || s.Kind == index.Server || s.Kind == index.None {
		return
	}
	decls := h.p.Index.Decls(s)
	if len(decls) == 0 {
		return
	}
	at := check.Place{File: decls[0].File, Span: decls[0].Span}
	line := strings.TrimSpace(h.p.Program.Files[at.File].LineText(at.Span.Start))
	first, _, _ := strings.Cut(line, " ")
	if w := words.Keyword(first); w != nil && w.Token == "Const" && len(line) < 200 {
		h.code(line)
	}
	if s.Kind != index.Parameter && s.Kind != index.Loop {
		h.above(at)
	}
	h.declaredAt(at)
}

// typeHere is what the token holds at its place: narrowed as the conditions around it say.
func (h *hover) typeHere() (check.Type, bool) {
	if h.p.Info == nil {
		return check.Type{}, false
	}
	if t, ok := h.p.Info.TypeOf(h.p.File, h.span()); ok {
		return t, true
	}
	return h.p.Info.TypeBefore(h.p.File, h.span().End)
}

// number tells a number's exact value: a percentage as the number that it is, a large one in groups as they are read here.
func (h *hover) number(s string) {
	value, percent := strings.CutSuffix(s, "%")
	text := s
	switch {
	case percent:
		text += " = " + hundredth(value)
	case len(strings.TrimLeft(value, "0")) > 3:
		if g := grouped(value); g != value {
			text += " = " + g
		}
	}
	h.code(text)
	h.para(say(h.o.Lang, "எண் (துல்லியமான பதின்மம்)", "number (exact decimal)"))
}

// hundredth moves the point of a decimal two places.
func hundredth(s string) string {
	whole, frac, _ := strings.Cut(s, ".")
	whole = "00" + whole
	digits := strings.TrimLeft(whole[:len(whole)-2], "0")
	if digits == "" {
		digits = "0"
	}
	frac = strings.TrimRight(whole[len(whole)-2:]+frac, "0")
	if frac == "" {
		return digits
	}
	return digits + "." + frac
}

// grouped parts the digits as Indian numbers are read: 12,34,567.
func grouped(s string) string {
	whole, frac, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 2 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		return whole + "." + frac
	}
	return whole
}

var unescape = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n", `\t`, "\t", `\r`, "\r")

// text tells a text's length as நீளம் counts it.
func (h *hover) text() {
	value := unescape.Replace(strings.Trim(h.tok().Value, `"`))
	if h.kind(h.at-1) == syntax.KwImport {
		h.imported(value)
		return
	}
	if s := scan(h.toks[:h.at]).slot(); s.word != nil && s.arg == 0 && isSQL(s.word) {
		h.sql(value)
	}
	letters := 0
	for it := graphemes.FromString(value); it.Next(); {
		letters++
	}
	n, bytes := strconv.Itoa(letters), strconv.Itoa(len(value))
	h.para(say(h.o.Lang, "உரை: "+n+" எழுத்துகள் ("+bytes+" பைட்டுகள்)", "text: "+n+" letters ("+bytes+" bytes)"))
}

// sql tells of the tables that a query names, and how many values it asks for.
func (h *hover) sql(query string) {
	if h.p.Info == nil {
		return
	}
	named := strings.FieldsFunc(query, func(r rune) bool { return !inWord(r) })
	for _, table := range h.p.Info.Tables() {
		if slices.ContainsFunc(named, func(s string) bool { return strings.EqualFold(s, table) }) {
			h.para(table + " (" + strings.Join(h.p.Info.Columns(table), ", ") + ")")
		}
	}
	if n := strconv.Itoa(strings.Count(query, "?")); n != "0" {
		h.para(say(h.o.Lang, "அளவுருக்கள்: "+n, "parameters: "+n))
	}
}

// imported tells of the file that an import names, with the comment at its head.
func (h *hover) imported(path string) {
	h.code(path)
	for i, name := range h.p.Program.Paths {
		if i == h.p.File || !strings.HasSuffix("/"+name, "/"+strings.TrimPrefix(path, "./")) {
			continue
		}
		src := h.p.Program.Files[i].Src
		if at := headerEnd(src); at > 0 {
			h.para(CommentAbove(src[:at-1]+"\n", at))
		}
		h.para(name)
		return
	}
}

// route adds what a வழி serves, where its word, method or path is asked for.
func (h *hover) route() {
	for i, s := range h.file.Stmts {
		r, ok := s.(*syntax.RouteStmt)
		if !ok || r.Path == nil {
			continue
		}
		path := r.Path.Span().Shift(h.file.Base(i))
		off := h.tok().Pos.Offset
		if off < s.Span().Start+h.file.Base(i) || off >= path.End {
			continue
		}
		method := r.Method.Value
		if w := words.Lookup(method); w != nil {
			method = strings.ToUpper(strings.TrimPrefix(w.Token, "Http"))
			if w.Token == "" {
				method = strings.ToUpper(w.ID)
			}
		}
		own := &Text{}
		own.code(method + " " + strings.Trim(h.file.Text(path), `"`))
		for _, p := range pathParams(h.file.Text(path)) {
			own.para("param_" + p)
		}
		if r.Guards != nil {
			own.para(say(h.o.Lang, "காவல்: ", "guards: ") + h.file.Text(r.Guards.Span().Shift(h.file.Base(i))))
		}
		h.parts = append(own.parts, h.parts...)
		return
	}
}
