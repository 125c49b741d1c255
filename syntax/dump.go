package syntax

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/syntax/words"
)

// Dump writes the tree of a file for people: one node a line, its parts below it, two spaces deeper. It answers the
// writer's error.
func Dump(w io.Writer, f *File) error {
	d := &dumper{w: bufio.NewWriter(w)}
	for _, s := range f.Stmts {
		d.node(s)
	}
	for _, fault := range f.Faults {
		d.line("! " + strings.TrimRight(fault.Code+" "+strconv.Quote(clip(f.Text(fault.Span)))+" "+
			strings.Join(fault.Args, " | "), " "))
	}
	if d.err != nil {
		return fmt.Errorf("dump: %w", d.err)
	}
	return d.w.Flush()
}

type dumper struct {
	w     *bufio.Writer
	depth int
	err   error
}

func (d *dumper) line(s string) {
	if d.err == nil {
		_, d.err = d.w.WriteString(strings.Repeat("  ", d.depth) + s + "\n")
	}
}

// node writes one node and its parts. Names, types and operators stand on their node's own line.
func (d *dumper) node(n Node) {
	d.line(label(n))
	d.depth++
	Walk(n, func(part Node) bool {
		if part == n {
			return true
		}
		switch part.(type) {
		case *Name, *Type:
			return false
		}
		d.node(part)
		return false
	})
	d.depth--
}

// label is what a node's line says.
func label(n Node) string {
	name := strings.TrimPrefix(fmt.Sprintf("%T", n), "*syntax.")
	return strings.TrimRight(name+" "+details(n), " ")
}

func details(n Node) string {
	switch n := n.(type) {
	case *NameExpr:
		return n.Text + wordMark(n.Word != nil && n.Word.Section != "", n.Word)
	case *NumberLit:
		return n.Tok.Value
	case *TextLit:
		return strconv.Quote(n.Value)
	case *ConstLit:
		return n.Tok.Value
	case *UnaryExpr:
		return n.Op.Value
	case *BinaryExpr:
		return n.Op.Value
	case *CompareChain:
		return tokenTexts(n.Ops)
	case *FieldExpr:
		return "." + n.Name.Text + wordMark(n.Word != nil, n.Word)
	case *RecordLit:
		return nameOf(n.Shape) + when(n.Spread != nil, " spread")
	case *RecordField:
		return n.Key.Text + ":"
	case *CallExpr:
		return strings.TrimLeft(when(n.Open.Type == 0, " bare")+when(n.Tail, " tail")+when(n.Block != nil, " block"), " ")
	case *LambdaExpr:
		return when(n.Implicit, "implicit")
	case *Param:
		return when(n.Fixed, "fixed ") + typedText(n.Type, n.Name)
	case *Signature:
		return typeText(n.Result)
	case *FieldDecl:
		return typedText(n.Type, n.Name)
	case Stmt:
		return stmtDetails(n)
	}
	return ""
}

func stmtDetails(s Stmt) string {
	switch s := s.(type) {
	case *FuncDecl:
		return when(s.Background, "background ") + nameOf(s.Name)
	case *ShapeDecl:
		var params []string
		for _, p := range s.TypeParams {
			params = append(params, p.Text)
		}
		return nameOf(s.Name) + when(params != nil, "["+strings.Join(params, ", ")+"]")
	case *VarDecl:
		return when(s.Fixed, "fixed ") + typedText(s.Type, s.Name)
	case *EachStmt:
		return nameOf(s.Var)
	case *RouteStmt:
		return s.Method.Value
	case *FileStmt:
		return s.Kw.Value + when(s.Into != nil, " > "+nameOf(s.Into))
	case *ConnectStmt:
		return strings.TrimRight(s.Driver.Value+" "+s.Handle.Value, " ")
	case *DisconnectStmt:
		return s.Handle.Value
	case *QueryStmt:
		return "> " + nameOf(s.Into) + when(s.Handle.Type != 0, " "+s.Handle.Value)
	case *ExecStmt:
		return s.Handle.Value
	case *TableStmt:
		var names []string
		for _, n := range s.Names {
			names = append(names, n.Text)
		}
		return s.Kw.Value + " " + strings.Join(names, ", ")
	case *ServerStmt:
		return s.Kw.Value
	case *TryStmt:
		return when(s.Catch != nil, "catch ") + when(s.Finally != nil, "finally ") + nameOf(s.Var)
	case *WordStmt:
		return s.Tok.Value + wordMark(s.Word != nil, s.Word)
	}
	return ""
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

// wordMark shows which vocabulary word a spelling was read as.
func wordMark(is bool, w *words.Word) string {
	if is {
		return " #" + w.ID
	}
	return ""
}

func nameOf(n *Name) string {
	if n == nil {
		return ""
	}
	return n.Text
}

func typeText(t *Type) string {
	if t == nil {
		return ""
	}
	var args []string
	for _, a := range t.Args {
		args = append(args, typeText(a))
	}
	return t.Name.Text + when(args != nil, "["+strings.Join(args, ", ")+"]")
}

func typedText(t *Type, n *Name) string {
	return strings.Trim(typeText(t)+" "+nameOf(n), " ")
}

func tokenTexts(list []Token) string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return strings.Join(out, " ")
}
