package refactor

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
)

// splitDeclaration writes எண் x = E; as எண் x; x = E;.
func splitDeclaration(p *place) []Action {
	s, ok := p.stmt().(*syntax.VarDecl)
	if !ok || s.Fixed || s.Type == nil || s.Init == nil || mentions(s.Init, s.Name.Text) {
		return nil
	}
	if list, _ := p.siblings(s); list == nil || hasLambda(s.Init) {
		return nil
	}
	switch s.Type.Kind {
	case syntax.TypeNumber, syntax.TypeText, syntax.TypeDate:
	default:
		return nil // the number 0, which a declaration without a value stores, is none of these
	}
	head := p.declared(s)
	return one(Action{
		ID: "split-declaration", Title: Text{"அறிவிப்பையும் மதிப்பையும் பிரி", "Split declaration and value"},
		raw: []diag.Edit{p.put(s, head+";\n"+p.text(s.Name)+" = "+p.text(s.Init)+";")},
	})
}

// declared is what stands before the = of a declaration.
func (p *place) declared(s *syntax.VarDecl) string {
	end := p.at(s.Name).End
	if s.Type != nil {
		end = max(end, p.at(s.Type).End)
	}
	return p.slice(syntax.Span{Start: p.at(s).Start, End: end})
}

// joinDeclaration is the way back, where the value follows at once.
func joinDeclaration(p *place) []Action {
	s, ok := p.stmt().(*syntax.VarDecl)
	if !ok || s.Init != nil || s.Name == nil {
		return nil
	}
	next, ok := p.next(s).(*syntax.AssignStmt)
	if !ok || mentions(next.Value, s.Name.Text) {
		return nil
	}
	if x, is := next.Target.(*syntax.NameExpr); !is || x.Text != s.Name.Text {
		return nil
	}
	a := Action{ID: "join-declaration", Title: Text{"அறிவிப்பையும் மதிப்பையும் சேர்", "Join declaration and value"}}
	if sym, known := p.symbol(s.Name); calls(next.Value) && (!known || !p.hidden(sym)) {
		a.Disabled = Text{"அழைக்கப்படும் செயல் இந்த மாறியைப் படிக்கலாம்", "the called function may read the variable"}
		return one(a)
	}
	span := syntax.Span{Start: p.at(s).Start, End: p.at(next).End}
	a.raw = []diag.Edit{p.edit(span, p.declared(s)+" = "+p.text(next.Value)+";")}
	return one(a)
}

// typeWord is the word for a type that may be declared, or "".
func (p *place) typeWord(t check.Type) string {
	switch t.Kind() {
	case check.Number:
		return p.word("எண்")
	case check.Text:
		return p.word("சொல்")
	case check.Boolean:
		return p.word("ஈர்ம")
	case check.Array:
		return p.word("அணி")
	case check.Record:
		return p.word("பொருள்")
	case check.Function:
		return p.word("செயல்")
	case check.Shaped:
		return t.Name()
	}
	return ""
}

// annotate declares the type that a variable is found to have.
func annotate(p *place) []Action {
	s, ok := p.stmt().(*syntax.AssignStmt)
	if !ok || p.Info == nil {
		return nil
	}
	name, ok := s.Target.(*syntax.NameExpr)
	if !ok || p.span.Start > p.at(name).End {
		return nil
	}
	sym, ok := p.symbol(name)
	if !ok || sym.Kind != index.Variable || !p.isDecl(sym, name) {
		return nil
	}
	t, _ := p.Info.TypeOf(p.File, p.at(s.Value))
	if all := p.Names.Type(sym); all.Kind() != t.Kind() || all.Name() != t.Name() {
		return nil
	}
	word := p.typeWord(t)
	again := slices.ContainsFunc(p.Names.Occurrences(sym), func(o index.Occurrence) bool {
		return (o.Access == index.Write || o.Access == index.Declare) && (o.File != p.File || o.Span != p.at(name) && !p.part(o))
	})
	if word == "" || t.Kind() == check.Function || again {
		return nil
	}
	return p.typed(Action{
		ID: "annotate", Title: Text{"வகையை அறிவி: " + word, "Declare the type " + word}, raw: []diag.Edit{p.put(name, word+" "+p.text(name))},
	})
}

// isDecl tells whether a variable is declared at a name.
func (p *place) isDecl(sym index.Symbol, name syntax.Node) bool {
	decls := p.Names.Decls(sym)
	return len(decls) == 1 && decls[0].File == p.File && decls[0].Span == p.at(name)
}

// annotateResult declares the type that a function is found to answer.
func annotateResult(p *place) []Action {
	f, ok := p.stmt().(*syntax.FuncDecl)
	if !ok || p.Info == nil || f.Name == nil || f.Sig == nil || f.Sig.Result != nil || !whole(f.Body) {
		return nil
	}
	sig := p.Info.Func(f.Name.Text)
	if _, method := p.parent(f).(*syntax.ShapeDecl); method || sig == nil || sig.At.Span != p.at(f.Name) || sig.At.File != p.File || sig.Task {
		return nil
	}
	word := p.typeWord(sig.Result)
	if word == "" {
		return nil
	}
	at := p.tok(&f.Body.Open).Start
	return p.typed(Action{
		ID: "annotate-result", Title: Text{"விடையின் வகையை அறிவி: " + word, "Declare the result type " + word},
		raw: []diag.Edit{p.edit(syntax.Span{Start: at, End: at}, word+" ")},
	})
}

// annotateParams declares the types of parameters that every call agrees about.
func annotateParams(p *place) []Action {
	f, ok := p.stmt().(*syntax.FuncDecl)
	if !ok || p.Info == nil || f.Name == nil || f.Sig == nil {
		return nil
	}
	sig := p.Info.Func(f.Name.Text)
	if sig == nil || sig.At.Span != p.at(f.Name) || sig.At.File != p.File || len(sig.Params) != len(f.Sig.Params) {
		return nil
	}
	a := Action{ID: "annotate-parameters", Title: Text{"உள்ளீடுகளின் வகைகளை அறிவி", "Declare the types of the parameters"}}
	for i, param := range f.Sig.Params {
		if param.Type != nil || param.Name == nil || p.set(param.Name) {
			continue
		}
		if word := p.typeWord(sig.Params[i].Type); word != "" && sig.Params[i].Type.Kind() != check.Function {
			a.raw = append(a.raw, p.put(param.Name, word+" "+p.text(param.Name)))
		}
	}
	if len(a.raw) == 0 {
		return nil
	}
	return p.typed(a)
}

// set tells whether a parameter is set in its function.
func (p *place) set(name *syntax.Name) bool {
	sym, ok := p.symbol(name)
	return !ok || slices.ContainsFunc(p.Names.Occurrences(sym), func(o index.Occurrence) bool { return o.Access == index.Write })
}

// fix makes a variable that is set once a fixed one.
func fix(p *place) []Action {
	s, name, value := p.assignment()
	if s == nil || value == nil || p.span.Start > p.at(name).End {
		return nil
	}
	if d, ok := s.(*syntax.VarDecl); ok && d.Fixed {
		return nil
	}
	sym, ok := p.symbol(name)
	if !ok || sym.Kind != index.Variable || !p.isDecl(sym, name) {
		return nil
	}
	for _, o := range p.Names.Occurrences(sym) {
		if (o.Access == index.Write || o.Access == index.Declare) && (o.File != p.File || o.Span != p.at(name)) {
			return nil
		}
	}
	at := p.at(s).Start
	return one(Action{
		ID: "make-fixed", Title: Text{"நிலையாக்கு", "Make it fixed with நிலை"},
		raw: []diag.Edit{p.edit(syntax.Span{Start: at, End: at}, p.word("நிலை")+" ")},
	})
}

// unfix takes a நிலை away.
func unfix(p *place) []Action {
	s, ok := p.stmt().(*syntax.VarDecl)
	if !ok || !s.Fixed || s.Type != nil && s.Type.Kind == syntax.TypeShape {
		return nil
	}
	at := p.tok(&s.First)
	at.End += len(p.file.Src[at.End:]) - len(strings.TrimLeft(p.file.Src[at.End:], " \t"))
	return one(Action{ID: "remove-fixed", Title: Text{"நிலையை நீக்கு", "Remove நிலை"}, raw: []diag.Edit{p.edit(at, "")}})
}

// typeOrder turns எண் வயது into வயது: எண் and back.
func typeOrder(p *place) []Action {
	s, ok := p.stmt().(*syntax.VarDecl)
	if !ok || s.Type == nil || s.Fixed || s.Type.Kind == syntax.TypeFunction {
		return nil
	}
	a := Action{ID: "type-order", Title: Text{"வகையும் பெயரும் நிற்கும் வரிசையை மாற்று", "Change the order of type and name"}}
	t, n := p.at(s.Type), p.at(s.Name)
	text := p.text(s.Name) + ": " + p.text(s.Type)
	if t.Start > n.Start {
		text = p.text(s.Type) + " " + p.text(s.Name)
	}
	a.raw = []diag.Edit{p.edit(syntax.Span{Start: min(t.Start, n.Start), End: max(t.End, n.End)}, text)}
	return one(a)
}
