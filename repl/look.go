package repl

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// lookCommands look at what was said without changing it.
func lookCommands() []*Command {
	return []*Command{
		{"உதவி", "help", "[:command | name]", "கட்டளைகளின் பட்டியல்", "list the commands", false, (*Session).help},
		{"வகை", "type", "EXPR", "கோவையின் வகை; அதை இயக்காது", "the type of an expression, which is not run", true, (*Session).typeOf},
		{"விளக்கம்", "doc", "NAME", "சொல் அல்லது பெயரின் விளக்கம் (?பெயர்)", "explain a word or name (?name)", true, docCommand},
		{"மரம்", "ast", "TEXT", "உரையின் தொடரியல் மரம்", "the syntax tree of a text", true, (*Session).tree},
		{"இடைக்குறி", "bytecode", "[TEXT]", "உரைக்கு, அல்லது இதுவரை சொன்னதற்கு, உருவாகும் இடைக்குறி", "the bytecode of a text, or of everything so far", true, (*Session).bytecode},
		{"நேரம்", "time", "[N] TEXT", "N முறை (இயல்பு 1) இயக்கி நேரம் காட்டும்; எதுவும் மாறாது", "run N times (default 1) and show the time; nothing changes", true, (*Session).time},
		{"மாறிகள்", "vars", "", "மாறிகளும் மதிப்புகளும்", "variables and their values", false, (*Session).vars},
		{"வரையறைகள்", "defs", "", "செயல்களும் வடிவங்களும்", "functions and shapes", false, (*Session).definitions},
		{"இறக்குமதிகள்", "imports", "", "இறக்கிய கோப்புகள்", "imported files", false, (*Session).imports},
		{"வழிகள்", "routes", "", "இதுவரை சொன்ன வழிகள்", "the routes so far", false, (*Session).routes},
	}
}

func docCommand(s *Session, ctx context.Context, operand string) Result {
	return s.document(ctx, "?"+operand)
}

// inspect reads and checks a text that will not be run, as an entry of its own.
func (s *Session) inspect(ctx context.Context, text string) (*entry, bool) {
	e := &entry{text: text, name: "[…]"}
	if !s.read(ctx, e, module.Entry{Name: e.name, Text: []byte(complete(text)), HasText: true, Dir: s.o.Dir}) {
		return e, false
	}
	return e, !s.refuses(s.check(ctx, e), e)
}

func (s *Session) typeOf(ctx context.Context, operand string) Result {
	if _, ok := lastExpr(complete(operand)); !ok {
		return s.fail("கோவை ஒன்று வேண்டும்", "an expression is needed")
	}
	// In brackets, because a name alone would be declared.
	e := &entry{text: operand, name: "[…]"}
	if !s.read(ctx, e, module.Entry{Name: e.name, Text: []byte("(" + strings.TrimRight(operand, "; \n") + ");"), HasText: true}) {
		return Result{Failed: true}
	}
	wrong := s.check(ctx, e)
	wrong = slices.DeleteFunc(wrong, func(d diag.Diagnostic) bool { return !d.IsError() || !e.has(d.File) })
	if len(wrong) > 0 {
		s.show(wrong)
		return Result{Failed: true}
	}
	t, _ := s.checker.Info().TypeOf(0, e.prog.Items[0].Stmt.Span())
	if x, ok := e.prog.Items[0].Stmt.(*syntax.ExprStmt); ok {
		t, _ = s.checker.Info().TypeOf(0, x.X.Span())
	}
	s.say(t.Text(s.o.Lang))
	return Result{}
}

func (s *Session) tree(_ context.Context, operand string) Result {
	f := syntax.Parse("", []byte(complete(operand)))
	_ = syntax.Dump(s.out, f) // a closed terminal is noticed where entries are read
	return Result{Failed: firstError(f) != nil}
}

func (s *Session) bytecode(ctx context.Context, operand string) Result {
	if operand == "" {
		_ = s.live.Program().Dump(s.out)
		return Result{}
	}
	e, ok := s.inspect(ctx, operand)
	if !ok {
		return Result{Failed: true}
	}
	before := s.live.State()
	defer s.live.Restore(before)
	if problems := s.live.Add(e.prog); len(problems) > 0 {
		s.show(problems)
		return Result{Failed: true}
	}
	_ = s.live.DumpLast(s.out)
	return Result{}
}

// time runs an entry again and again from the same values. What it prints is not shown.
func (s *Session) time(ctx context.Context, operand string) Result {
	n := 1
	if first, rest, ok := strings.Cut(operand, " "); ok {
		if k, err := strconv.Atoi(first); err == nil && k > 0 && firstRune(rest) != 0 && !operator(rest) {
			n, operand = k, rest
		}
	}
	e, ok := s.inspect(ctx, operand)
	if !ok {
		return Result{Failed: true}
	}
	before := s.live.State()
	defer s.live.Restore(before)
	if problems := s.live.Add(e.prog); len(problems) > 0 {
		s.show(problems)
		return Result{Failed: true}
	}
	out := s.out
	s.out = io.Discard
	var total, best time.Duration
	for i := range n {
		start := time.Now()
		_, err := s.run(ctx)
		took := time.Since(start)
		if err != nil {
			s.out = out
			s.failed(ctx, e, err)
			return Result{Failed: true}
		}
		if total += took; i == 0 || took < best {
			best = took
		}
		s.live.Restore(before)
	}
	s.out = out
	if n == 1 {
		s.say(s.text("நேரம்: ", "time: ") + total.String())
		return Result{}
	}
	s.say(s.text("முறை", "runs") + ": " + strconv.Itoa(n) + "   " + s.text("சராசரி", "mean") + ": " + (total / time.Duration(n)).String() +
		"   " + s.text("குறைந்தது", "least") + ": " + best.String())
	return Result{}
}

// operator tells whether a text goes on with an operator, so that a number before it belongs to it.
func operator(text string) bool { return strings.ContainsRune("+-*/&=<>!.,;?%[", firstRune(text)) }

func (s *Session) vars(context.Context, string) Result {
	names := s.live.Globals()
	wide := 0
	for _, n := range names {
		wide = max(wide, s.o.Width(n))
	}
	for _, n := range names {
		v := s.live.Get(n)
		p := &printer{s: s, wide: max(s.o.Columns()-wide-3, 20)}
		p.print(v, 0, 0)
		lines := strings.SplitN(p.String(), "\n", 2)
		if len(lines) > 1 {
			lines[0] += " …"
		}
		s.say(s.paint(colourBold, n) + strings.Repeat(" ", wide-s.o.Width(n)) + " = " + lines[0])
	}
	if len(names) == 0 {
		s.note(s.text("மாறிகள் இல்லை", "no variables"))
	}
	return Result{}
}

func (s *Session) definitions(context.Context, string) Result {
	n := 0
	for _, d := range s.defs {
		if d.kind == defFunction || d.kind == defShape {
			s.say(d.signature())
			n++
		}
	}
	if n == 0 {
		s.note(s.text("வரையறைகள் இல்லை", "no definitions"))
	}
	return Result{}
}

// signature is a definition's first line, without its body.
func (d definition) signature() string {
	switch n := d.item.Stmt.(type) {
	case *syntax.FuncDecl:
		end := n.Body.Span().Start - n.Span().Start
		return strings.Join(strings.Fields(d.text[:end]), " ")
	case *syntax.ShapeDecl:
		fields := make([]string, len(n.Fields))
		for i, f := range n.Fields {
			fields[i] = f.Name.Text
		}
		return n.Kw.Value + " " + n.Name.Text + " { " + strings.Join(fields, ", ") + " }"
	}
	first, _, _ := strings.Cut(d.text, "{")
	return strings.TrimSpace(first)
}

func (s *Session) imports(context.Context, string) Result {
	if len(s.paths) == 0 {
		s.note(s.text("இறக்குமதிகள் இல்லை", "no imports"))
	}
	for _, path := range sortedKeys(s.paths) {
		s.say(path)
	}
	return Result{}
}

func (s *Session) routes(context.Context, string) Result {
	n := 0
	for _, d := range s.defs {
		if d.kind == defRoute {
			s.say(d.signature())
			n++
		}
	}
	if n == 0 {
		s.note(s.text("வழிகள் இல்லை", "no routes"))
	}
	return Result{}
}
