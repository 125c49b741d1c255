package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"unicode"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

func inlayHintCapability(c *protocol.ServerCapabilities, _ *clientCaps) {
	c.InlayHintProvider = &protocol.InlayHintOptions{ResolveProvider: ptr(true)}
}

// hintData is what a hint brings back when more is asked of it: the word that it explains, or the shapes that its type
// names.
type hintData struct {
	URI    uri.URI  `json:"uri"`
	Word   string   `json:"word,omitempty"`
	Shapes []string `json:"shapes,omitempty"`
	Type   string   `json:"type,omitempty"` // in both languages
}

// hinter collects the hints of a range.
type hinter struct {
	*spotted
	within syntax.Span
	base   int // of the statement that is walked
	set    map[string]bool
	list   []protocol.InlayHint
}

// InlayHint answers what a range leaves unsaid, as the settings want it: the inferred types of variables, parameters and
// answers, the names of the parameters that arguments are for, and for learners what the Tamil keywords mean.
func (s *Server) InlayHint(ctx context.Context, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	snap := s.snap(ctx)
	f, err := snap.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	t, err := snap.spotted(ctx, f, 0)
	if err != nil || t == nil || t.prog.info == nil {
		return nil, err
	}
	h := &hinter{spotted: t, within: f.spanOf(p.Range), set: map[string]bool{}, list: []protocol.InlayHint{}}
	tree := f.tree()
	for i, stmt := range tree.Stmts {
		h.base = tree.Base(i)
		at := stmt.Span().Shift(h.base)
		if at.Start > h.within.End {
			break
		}
		if at.End >= h.within.Start {
			syntax.Walk(stmt, h.visit)
		} else if a, ok := stmt.(*syntax.AssignStmt); ok {
			h.first(a) // set before the range
		}
		if ctx.Err() != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the chain looks for it
		}
	}
	if snap.settings.InlayHints.Keywords {
		h.keywords()
	}
	slices.SortStableFunc(h.list, func(a, b protocol.InlayHint) int {
		if a.Position.Line != b.Position.Line {
			return int(a.Position.Line) - int(b.Position.Line)
		}
		return int(a.Position.Character) - int(b.Position.Character)
	})
	return h.list, nil
}

func (h *hinter) visit(n syntax.Node) bool {
	if at := n.Span().Shift(h.base); at.Start > h.within.End || at.End < h.within.Start {
		return false
	}
	if h.snap.settings.InlayHints.Types {
		h.types(n)
	}
	if call, ok := n.(*syntax.CallExpr); ok && h.snap.settings.InlayHints.ParameterNames {
		h.arguments(call)
	}
	return true
}

// types adds the types of what a node declares without one.
func (h *hinter) types(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.AssignStmt:
		if x, ok := n.Target.(*syntax.NameExpr); ok && h.first(n) && !plain(n.Value) {
			h.typeOf(x.Span())
		}
	case *syntax.EachStmt:
		if n.Var != nil {
			h.typeOf(n.Var.Span())
		}
	case *syntax.Param:
		if n.Name != nil && n.Type == nil && !isSelf(n.Name.Text) {
			h.typeOf(n.Name.Span())
		}
	case *syntax.FuncDecl:
		h.result(n)
	}
}

// first tells whether an assignment is the first of its variable in the function.
func (h *hinter) first(a *syntax.AssignStmt) bool {
	x, ok := a.Target.(*syntax.NameExpr)
	if !ok {
		return false
	}
	at := x.Span().Shift(h.base)
	o, ok := h.prog.names.At(h.n, at.Start)
	if !ok {
		return false
	}
	if o.Symbol.Local() {
		d := h.prog.names.Decls(o.Symbol)
		return len(d) > 0 && d[0].File == h.n && d[0].Span.Start == at.Start
	}
	if o.Symbol.Kind != index.Variable || h.set[o.Symbol.Name] {
		return false
	}
	h.set[o.Symbol.Name] = true
	return true
}

// plain tells a value whose type everyone sees.
func plain(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.NumberLit, *syntax.TextLit, *syntax.ConstLit:
		return true
	case *syntax.RecordLit:
		return e.Shape != nil
	}
	return false
}

// typeOf adds the type of the name at a span.
func (h *hinter) typeOf(at syntax.Span) {
	at = at.Shift(h.base)
	if t, ok := h.prog.info.TypeOf(h.n, at); ok && t.Known() {
		h.typ(at.End, t)
	}
}

// result adds what a function answers.
func (h *hinter) result(n *syntax.FuncDecl) {
	if n.Name == nil || n.Sig == nil || n.Sig.Result != nil || n.Body == nil {
		return
	}
	o, _ := h.prog.names.At(h.n, n.Name.Span().Start+h.base)
	sig := h.prog.names.Signature(o.Symbol)
	if sig == nil || !sig.Result.Known() || sig.Result.Kind() == check.Nil || sig.At.Span.Start != o.Span.Start {
		return
	}
	h.typ(n.Sig.Span().End+h.base, sig.Result)
}

// maxHint bounds the letters of a hint: longer ones hide the program.
const maxHint = 32

func (h *hinter) typ(at int, t check.Type) {
	if at < h.within.Start || at > h.within.End {
		return
	}
	lang := h.snap.settings.lang
	if lang == diag.Both {
		lang = diag.Tamil
	}
	text := t.Text(lang)
	if cut := []rune(text); len(cut) > maxHint {
		text = string(cut[:maxHint]) + "…"
	}
	h.add(at, ": "+text, protocol.InlayHintKindType, &hintData{Shapes: shapesOf(t), Type: t.Text(diag.Both)})
}

func (h *hinter) add(at int, label string, kind protocol.InlayHintKind, data *hintData) {
	hint := protocol.InlayHint{Position: h.file.position(at), Label: protocol.String(label), Kind: kind}
	if kind == protocol.InlayHintKindParameter {
		hint.PaddingRight = ptr(true)
	}
	if data != nil {
		data.URI = h.file.uri
		hint.Data, _ = json.Marshal(data) // strings: it cannot fail
	}
	h.list = append(h.list, hint)
}

// arguments adds the names of the parameters, where an argument does not say it itself.
func (h *hinter) arguments(call *syntax.CallExpr) {
	var name syntax.Node
	method := false
	switch fn := call.Fn.(type) {
	case *syntax.NameExpr:
		name = fn
	case *syntax.FieldExpr:
		name, method = fn.Name, true
	default:
		return
	}
	if f, ok := call.Fn.(*syntax.FieldExpr); ok && f.Name == nil {
		return
	}
	o, ok := h.prog.names.At(h.n, name.Span().Start+h.base)
	if !ok || len(o.Also) > 0 {
		return
	}
	params := h.params(o, method)
	if len(params) == 1 && o.Symbol.Kind == index.Builtin {
		return
	}
	for i, arg := range call.Args {
		if i >= len(params) {
			break
		}
		at := arg.Span().Shift(h.base)
		if at.Start < h.within.Start || at.Start > h.within.End || params[i].Name == "" || says(arg, params[i].Name) {
			continue
		}
		h.add(at.Start, params[i].Name+":", protocol.InlayHintKindParameter, &hintData{Type: params[i].Type.Text(diag.Both), Shapes: shapesOf(params[i].Type)})
	}
}

// params are what the arguments of a call are for.
func (h *hinter) params(o index.Occurrence, method bool) []check.Parameter {
	var sig *check.Signature
	if o.Symbol.Kind == index.Builtin {
		w := words.ByID(o.Symbol.Name)
		if w == nil || w.Variadic {
			return nil
		}
		sig = h.prog.info.Word(w)
	} else if sig = h.prog.names.Signature(o.Symbol); sig == nil {
		return nil
	}
	if method && sig.Self && len(sig.Params) > 0 {
		return sig.Params[1:]
	}
	return sig.Params
}

// says tells an argument that is called as its parameter.
func says(arg syntax.Expr, name string) bool {
	switch x := arg.(type) {
	case *syntax.NameExpr:
		return x.Text == name
	case *syntax.FieldExpr:
		return x.Name != nil && x.Name.Text == name
	}
	return false
}

// keywords adds what the keywords mean.
func (h *hinter) keywords() {
	toks := h.file.tree().AllTokens()
	from := sort.Search(len(toks), func(i int) bool { return toks[i].Pos.Offset >= h.within.Start })
	for _, t := range toks[from:] {
		end := t.Pos.Offset + len(t.Value)
		if end > h.within.End {
			break
		}
		if t.Type < syntax.KwTrue && (t.Type < syntax.KwNumber || t.Type > syntax.KwDate) {
			continue
		}
		w := words.Lookup(t.Value)
		if w == nil || strings.HasPrefix(t.Value, "_") { // English already
			continue
		}
		h.add(end, sense(w), 0, &hintData{Word: w.ID})
		h.list[len(h.list)-1].PaddingLeft = ptr(true)
	}
}

// typeSenses are the type words whose IDs say something else: எண் is any number, not an integer.
var typeSenses = map[string]string{
	"IntegerType": "number", "FloatType": "decimal", "StringType": "text", "BoolType": "boolean", "TextType": "long text", "ArrayType": "array",
	"DataType": "data", "ObjectType": "record", "DateType": "date",
}

// sense is what a word means, in English words: "for each" of ForEach.
func sense(w *words.Word) string {
	if s := typeSenses[w.ID]; s != "" {
		return s
	}
	var b strings.Builder
	for i, r := range w.ID {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// InlayHintResolve adds what a hint says when it is pointed at, and where the shapes are that it names.
func (s *Server) InlayHintResolve(ctx context.Context, p *protocol.InlayHint) (*protocol.InlayHint, error) {
	var data hintData
	if len(p.Data) == 0 || json.Unmarshal(p.Data, &data) != nil {
		return p, nil
	}
	snap := s.snap(ctx)
	if data.Word != "" {
		text := s.assist.helper.Explain(assist.Place{}, assist.Ref{Word: data.Word}, assist.Options{Lang: snap.settings.lang})
		if m := markup(text, []protocol.MarkupKind{protocol.MarkupKindMarkdown}); m != nil {
			p.Tooltip = m
		}
		return p, ctx.Err()
	}
	if data.Type != "" {
		p.Tooltip = protocol.String(data.Type)
	}
	if len(data.Shapes) != 1 {
		return p, ctx.Err()
	}
	t, err := s.item(ctx, data.URI, protocol.Position{})
	if err != nil || t == nil || t.prog.info == nil {
		return p, err
	}
	if sh := t.prog.info.Shape(data.Shapes[0]); sh != nil {
		if label, ok := p.Label.(protocol.String); ok {
			p.Label = protocol.InlayHintLabelPartSlice{{Value: string(label), Location: t.prog.files[sh.At.File].location(sh.At.Span)}}
		}
	}
	return p, ctx.Err()
}
