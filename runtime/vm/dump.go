package vm

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Dump writes the program's bytecode for people: functions, constants and instructions with their places.
func (p *Program) Dump(w io.Writer) error {
	b := bufio.NewWriter(w)
	p.dumpProto(b, "(top level)", p.main)
	for _, f := range p.funcs {
		p.dumpProto(b, f.title(), f)
	}
	return b.Flush()
}

// title is the function's name, or the word that a function without one begins with.
func (f *Proto) title() string {
	if f.name == "" {
		return "செயல்"
	}
	return f.name
}

func (p *Program) dumpProto(w *bufio.Writer, name string, f *Proto) {
	fmt.Fprintf(w, "%s: %s, %s, %s\n", name, counted(f.params, "parameter"), counted(f.caps, "captured value"), counted(f.regs, "register"))
	for pc, in := range f.code {
		line, col := p.maps[f.fileAt(pc)]().Clusters(f.spans[pc].Start)
		operands := p.operands(f, in)
		pad := strings.Repeat(" ", max(24-diag.CellWidth(operands), 0))
		fmt.Fprintf(w, "  %4d  %-9s %s%s ; %d:%d\n", pc, opNames[in.Op], operands, pad, line, col)
	}
	for _, t := range f.trys {
		kind := "பிழை"
		if t.final {
			kind = "இறுதியில்"
		}
		fmt.Fprintf(w, "  %d–%d → %d (%s, r%d)\n", t.from, t.to, t.pc, kind, t.reg/scale)
	}
	fmt.Fprintln(w)
}

// shownConst is a constant in one line: text in quotes, and only the beginning of a long one.
func shownConst(v value.Value) string {
	s := v.Display()
	if n := 0; len(s) > longLiteral {
		for i := range s {
			if n++; n > longLiteral {
				s = s[:i] + "…"
				break
			}
		}
	}
	if !v.IsText() {
		return s
	}
	return strconv.Quote(s)
}

// longLiteral is how many characters of a constant a dump shows.
const longLiteral = 60

// counted is "1 register", "2 registers".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// operandForms say how an operation's operands are shown: a, b, c are registers, k the constant that C
// tells, K the one that B tells, r the registers from B, as many as C says, p as many as function D takes, m those after B, t the place in the code that D
// tells, and every other word is the table in which the operation looks at D.
var operandForms = [numOps]string{
	opMove: "a b", opMoveS: "a b", opShare: "a", opLoadK: "a const", opUnset: "a", opLoadG: "a global", opLoadGS: "a global",
	opName: "a name", opCopyIn: "a name", opAdd: "a b c", opAddK: "a b k", opSub: "a b c", opSubK: "a b k", opMul: "a b c", opMulK: "a b k",
	opDiv: "a b c", opDivK: "a b k", opNeg: "a b", opConcat: "a b c", opConcatN: "a r", opConcatOnto: "a r", opEq: "a b c", opNe: "a b c", opLt: "a b c", opLe: "a b c",
	opNot: "a b", opTruth: "a b", opJump: "t", opLoop: "t", opJumpF: "a t", opJumpT: "a t", opJumpNLt: "a b t", opJumpNLe: "a b t",
	opJumpNEq: "a b t", opJumpNNe: "a b t", opJumpNLtK: "a K t", opJumpNLeK: "a K t", opJumpNGtK: "a K t", opJumpNGeK: "a K t",
	opJumpNEqK: "a K t", opJumpNNeK: "a K t", opJumpLt: "a b t", opJumpLe: "a b t", opJumpEq: "a b t", opJumpNe: "a b t",
	opJumpLtK: "a K t", opJumpLeK: "a K t", opJumpGtK: "a K t", opJumpGeK: "a K t", opJumpEqK: "a K t", opJumpNeK: "a K t",
	opCall: "a func p", opCallV: "a b m", opCallName: "a site m", opMethod: "a b site m", opNative: "a word r", opReturn: "a",
	opClosure: "a closure", opArray: "a r", opExtend: "a r", opRecord: "a r", opShaped: "a shape r", opIndex: "a b c", opIndexS: "a b c",
	opField: "a b site", opFieldS: "a b site", opSetIndex: "a b c", opSetField: "a site b", opSetPath: "a path b c", opAppend: "a b",
	opEach: "a b", opNext: "b a t", opQuest: "a b t", opRaise: "a", opCatch: "a", opRethrow: "a", opPrint: "a", opIsShape: "a site", opFault: "fault",
}

// operands shows an instruction's operands by what the operation makes of them.
func (p *Program) operands(f *Proto, in Ins) string {
	var out []string
	for _, form := range strings.Fields(operandForms[in.Op]) {
		if text := p.operand(f, in, form); text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, ", ")
}

func (p *Program) operand(f *Proto, in Ins, form string) string {
	switch form {
	case "a":
		return fmt.Sprintf("r%d", in.A/scale)
	case "b":
		return fmt.Sprintf("r%d", in.B/scale)
	case "c":
		return fmt.Sprintf("r%d", in.C/scale)
	case "k":
		return shownConst(f.consts[in.C/scale])
	case "K":
		return shownConst(f.consts[in.B/scale])
	case "r":
		return registers(int(in.B)/scale, int(in.C))
	case "p":
		return registers(int(in.B)/scale, p.funcs[in.D].params)
	case "m":
		return registers(int(in.B)/scale+1, int(in.C))
	case "t":
		return fmt.Sprintf("→ %d", in.D)
	}
	return p.entry(f, int(in.D), form)
}

// registers names n registers that stand side by side.
func registers(first, n int) string {
	if n <= 1 {
		return strings.Repeat(fmt.Sprintf("r%d", first), n)
	}
	return fmt.Sprintf("r%d–r%d", first, first+n-1)
}

// entry is what an operation finds at d in the table that it uses.
func (p *Program) entry(f *Proto, d int, table string) string {
	switch table {
	case "const":
		return shownConst(f.consts[d])
	case "global":
		return p.globals[d]
	case "name":
		return p.names[d].name
	case "func":
		return p.funcs[d].name
	case "word":
		return p.nnames[d]
	case "site":
		return "." + p.sites[d].name
	case "shape":
		return p.shaped[d].shape.Name
	case "closure":
		return fmt.Sprintf("%s (%s)", p.closure[d].proto.title(), counted(len(p.closure[d].from), "captured value"))
	case "path":
		var b strings.Builder
		for _, s := range p.paths[d].steps {
			if s.field {
				b.WriteString("." + s.name)
			} else {
				b.WriteString("[]")
			}
		}
		return b.String()
	}
	return f.faults[d].code
}
