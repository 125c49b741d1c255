package check

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
	"github.com/etamil-lang/etamil/syntax/words"
)

// rounds is how often a program is inferred. In the first round a parameter may be anything that its declaration allows
// and a global anything; each further round knows what the round before learnt from the calls and assignments. What a
// round learns is true in itself, so that a round never needs the round itself, and only functions that call each other
// in a circle are inferred together.
const rounds = 3

// world is what a whole program declares.
type world struct {
	prog       *module.Program
	items      []*item
	units      []*unit
	main       *unit
	funcs      map[string]*funcInfo
	shapes     map[string]*shapeInfo
	shapeDecls map[string]*syntax.ShapeDecl
	methods    map[string][]*funcInfo // of all shapes, by name
	globals    map[string]bool        // names that are variables of the top level
	mocked     map[string]bool        // functions that a test replaces
	escaped    map[string]bool        // functions used as values: their calls are not all seen
	consts     map[string]string
	tables     map[string][]string
	infos      map[string]*funcInfo  // what is known of functions of the same text
	env        string                // what every unit may depend on besides the results of others
	size       int                   // how many units there are
	steady     bool                  // env and all that was learnt so far are as in the last check
	guesses    int                   // how many fixes were looked for
	lexica     func(bool) []*lexicon // the names that they are looked for in: of functions, or of everything
	moved      bool                  // a function answers something else than in the last check, in this round
	stopped    func() bool           // tells, during a check, that nobody waits for it any more
	library    bool                  // nothing but declarations: every function may be called from elsewhere

	global [rounds]map[string]*ty   // what a global may hold, by all that is assigned to it
	before [rounds]map[string]*ty   // what the prelude alone leaves in it
	params [rounds]map[string][]*ty // what the calls pass
	result [rounds]map[string]*ty   // of functions and methods, by unit key
}

// newWorld collects the declarations of a program. Summaries come from the cache where the text of a statement is known.
func newWorld(p *module.Program, s *Session) *world {
	cache := s.sums
	w := &world{
		prog: p, funcs: map[string]*funcInfo{}, shapes: map[string]*shapeInfo{}, shapeDecls: map[string]*syntax.ShapeDecl{},
		methods: map[string][]*funcInfo{}, globals: map[string]bool{}, mocked: map[string]bool{}, escaped: map[string]bool{},
		consts: map[string]string{}, tables: map[string][]string{}, library: true,
	}
	w.lexica = s.lexica.follow(w)
	w.main = &unit{kind: unitMain, key: "main"}
	w.items = make([]*item, 0, len(p.Items))
	for _, it := range p.Items {
		tree := it.Stmt.Span()
		span := tree.Shift(it.Base)
		src := p.Files[it.File].Src
		text := src[span.Start:min(max(span.End, span.Start), len(src))]
		i := &item{file: it.File, stmt: it.Stmt, tree: tree.Start, start: span.Start, text: text, sum: cache[text]}
		if i.sum == nil {
			i.sum = summarise(i)
			i.sum.text = strings.Clone(text) // what is remembered of a statement must not hold the whole source
			cache[i.sum.text] = i.sum
		}
		i.text = i.sum.text
		w.items = append(w.items, i)
		if s, ok := it.Stmt.(*syntax.ShapeDecl); ok && s.Name != nil {
			w.shapeDecls[s.Name.Text] = s
		}
	}
	if names := joinNames(slices.Sorted(maps.Keys(w.shapeDecls))); names != s.names {
		s.names = names
		clear(s.infos)
	}
	w.infos = s.infos
	for n, it := range w.items {
		w.declare(n, it)
	}
	w.units = append(w.units, w.main)
	w.constants()
	w.gather()
	for name := range w.mocked {
		if f := w.funcs[name]; f != nil {
			f.print += "m"
		}
	}
	return w
}

// declare makes the units of one statement.
func (w *world) declare(n int, it *item) {
	switch s := it.stmt.(type) {
	case *syntax.FuncDecl:
	case *syntax.ShapeDecl:
		w.declareShape(it, s)
	default:
		if isLater(s) {
			w.units = append(w.units, &unit{kind: unitLater, key: "later:" + strconv.Itoa(n), items: []*item{it}, stmt: s})
			w.library = false
			break
		}
		w.main.items = append(w.main.items, it)
		if it.sum.acts {
			w.library = false
		}
	}
	if f, ok := it.stmt.(*syntax.FuncDecl); ok && it.sum.funcs == 1 {
		w.declareFunc(it, f)
	} else if it.sum.funcs > 0 {
		w.declareFuncs(it)
	}
}

// declareFuncs makes a unit of each named function in a statement, however deep it stands; the last of a name counts.
func (w *world) declareFuncs(it *item) {
	syntax.Walk(it.stmt, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.ShapeDecl:
			for _, m := range n.Methods {
				if m.Body != nil {
					for _, s := range m.Body.Stmts {
						syntax.Walk(s, func(n syntax.Node) bool { return w.declareFunc(it, n) })
					}
				}
			}
			return false
		default:
			return w.declareFunc(it, n)
		}
	})
}

func (w *world) declareFunc(it *item, n syntax.Node) bool {
	f, ok := n.(*syntax.FuncDecl)
	if !ok {
		return true
	}
	if f.Name == nil || f.Name.Text == "" || f.Body == nil {
		return it.sum.funcs > 1
	}
	name := f.Name.Text
	u := &unit{kind: unitFunc, key: "f:" + name, name: name, items: []*item{it}, decl: f}
	if old := w.funcs[name]; old != nil {
		old.u.key += "#" + strconv.Itoa(len(w.units))
	}
	w.funcs[name] = w.knownInfo(u, f)
	w.units = append(w.units, u)
	return it.sum.funcs > 1
}

// knownInfo is info, from the session where the statement is one that was seen before.
func (w *world) knownInfo(u *unit, f *syntax.FuncDecl) *funcInfo {
	it := u.items[0]
	if it.sum.funcs > 1 || it.stmt != syntax.Stmt(f) {
		return w.info(u, f, nil)
	}
	known := w.infos[it.text]
	if known == nil {
		known = w.info(u, f, nil)
		w.infos[it.text] = known
	}
	info := *known
	info.u = u
	return &info
}

// info reads what a caller of a function depends on.
func (w *world) info(u *unit, f *syntax.FuncDecl, params map[string]int) *funcInfo {
	info := &funcInfo{u: u, name: u.name, task: f.Background}
	var b strings.Builder
	b.WriteString(strconv.FormatBool(f.Background))
	if f.Sig != nil {
		for _, p := range f.Sig.Params {
			one := paramInfo{declared: w.declaredTy(p.Type, params)}
			if p.Name != nil {
				one.name = p.Name.Text
			}
			info.params = append(info.params, one)
			b.WriteString("," + one.name)
			if one.declared != nil {
				b.WriteString(":" + one.declared.text(english))
			}
		}
		if len(info.params) > 0 {
			info.self = isSelf(info.params[0].name)
		}
		info.result = w.declaredTy(f.Sig.Result, params)
	}
	info.print = b.String()
	return info
}

func (w *world) declareShape(it *item, s *syntax.ShapeDecl) {
	if s.Name == nil || w.shapes[s.Name.Text] != nil {
		return
	}
	sh := &shapeInfo{name: s.Name.Text, decl: s, it: it, params: map[string]int{}, methods: map[string]*funcInfo{}}
	for i, p := range s.TypeParams {
		sh.params[p.Text] = i
	}
	for _, f := range s.Fields {
		if f.Name == nil || f.Name.Text == "" {
			continue
		}
		t := w.declaredTy(f.Type, sh.params)
		if t == nil {
			t = unknownT
		}
		sh.fields = append(sh.fields, rfield{name: f.Name.Text, t: t})
	}
	for _, m := range s.Methods {
		if m.Name == nil || m.Name.Text == "" || m.Body == nil {
			continue
		}
		u := &unit{kind: unitMethod, key: "m:" + sh.name + "." + m.Name.Text, name: m.Name.Text, shape: sh, items: []*item{it}, decl: m}
		if sh.methods[m.Name.Text] == nil {
			info := w.info(u, m, sh.params)
			sh.methods[m.Name.Text] = info
			w.methods[m.Name.Text] = append(w.methods[m.Name.Text], info)
			sh.order = append(sh.order, m.Name.Text)
			w.units = append(w.units, u)
		}
	}
	w.shapes[sh.name] = sh
	w.units = append(w.units, &unit{kind: unitRules, key: "rules:" + sh.name, name: sh.name, shape: sh, items: []*item{it}})
}

// gather joins what the summaries say of names.
func (w *world) gather() {
	for _, it := range w.items {
		for _, l := range it.sum.writes {
			w.globals[l.name] = true
		}
		for _, name := range it.sum.values {
			if w.funcs[name] != nil {
				w.escaped[name] = true
			}
		}
		for _, name := range it.sum.mocks {
			w.mocked[name] = true
		}
		for name, columns := range it.sum.tables {
			w.tables[name] = columns
		}
		if it.sum.responds {
			for _, name := range []string{"response_status", "response_body", "response_headers"} {
				w.globals[name] = true
			}
		}
	}
}

// constants are the texts that fixed names of the top level hold.
func (w *world) constants() {
	for _, it := range w.items {
		if v, ok := it.stmt.(*syntax.VarDecl); ok && v.Fixed && v.Name != nil && v.Init != nil {
			if s, ok := w.constText(v.Init); ok {
				w.consts[v.Name.Text] = s
			}
		}
	}
}

// constText is the text that an expression always has: literals, & of them and fixed names.
func (w *world) constText(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.TextLit:
		return e.Value, true
	case *syntax.ParenExpr:
		return w.constText(e.X)
	case *syntax.NameExpr:
		s, ok := w.consts[e.Text]
		return s, ok
	case *syntax.BinaryExpr:
		if e.Op.Type != syntax.Amp {
			return "", false
		}
		x, ok := w.constText(e.X)
		if !ok {
			return "", false
		}
		y, ok := w.constText(e.Y)
		return x + y, ok
	}
	return "", false
}

// isWord tells a word that a name may mean without being declared.
func isWord(w *words.Word) bool { return w != nil && (w.Builtin || w.Section != "") }
