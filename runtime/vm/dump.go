package vm

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Dump writes the program's bytecode for people: functions, constants and instructions with their places.
func (p *Program) Dump(w io.Writer) error {
	b := bufio.NewWriter(w)
	p.dumpProto(b, "(top level)", p.main)
	for _, f := range p.funcs {
		name := f.name
		if name == "" {
			name = "செயல்"
		}
		p.dumpProto(b, name, f)
	}
	return b.Flush()
}

func (p *Program) dumpProto(w *bufio.Writer, name string, f *Proto) {
	fmt.Fprintf(w, "%s: %d parameters, %d captured, %d registers\n", name, f.params, f.caps, f.regs)
	for i, k := range f.consts {
		fmt.Fprintf(w, "  k%d = %s (%s)\n", i, oneLine(k.Display()), k.KindName())
	}
	for pc, in := range f.code {
		line, col := p.maps[f.fileAt(pc)]().Clusters(f.spans[pc].Start)
		fmt.Fprintf(w, "  %4d  %-9s %-24s ; %d:%d\n", pc, opNames[in.Op], p.operands(f, in), line, col)
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

func oneLine(s string) string {
	s = strings.ReplaceAll(s, "\n", "\\n")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return s
}

// operands shows an instruction's operands by what the operation makes of them.
func (p *Program) operands(f *Proto, in Ins) string {
	a, b, c := fmt.Sprintf("r%d", in.A/scale), fmt.Sprintf("r%d", in.B/scale), fmt.Sprintf("r%d", in.C/scale)
	switch in.Op {
	case opJump, opLoop:
		return fmt.Sprintf("→ %d", in.D)
	case opJumpF, opJumpT:
		return fmt.Sprintf("%s → %d", a, in.D)
	case opLoadK:
		return fmt.Sprintf("%s, k%d", a, in.D)
	case opCall:
		return fmt.Sprintf("%s = %s(%s…, %d)", a, p.funcs[in.D].name, b, in.C)
	case opNative:
		return fmt.Sprintf("%s = %s(%s…, %d)", a, p.nnames[in.D], b, in.C)
	case opField, opFieldS, opSetField, opMethod, opCallName, opIsShape:
		return fmt.Sprintf("%s, %s, .%s", a, b, p.sites[in.D].name)
	case opLoadG, opLoadGS:
		return fmt.Sprintf("%s, %s", a, p.globals[in.D])
	case opName, opCopyIn:
		return fmt.Sprintf("%s, %s", a, p.names[in.D].name)
	case opFault:
		return f.faults[in.D].code
	case opAddK, opSubK, opMulK, opDivK:
		return fmt.Sprintf("%s, %s, k%d", a, b, in.C/scale)
	}
	if in.Op.jumps() {
		other := b
		if strings.HasSuffix(opNames[in.Op], "k") {
			other = fmt.Sprintf("k%d", in.B/scale)
		}
		return fmt.Sprintf("%s, %s → %d", a, other, in.D)
	}
	return fmt.Sprintf("%s, %s, %s", a, b, c)
}
