package repl

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/check/assist"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Script is the spelling in which the session writes the language's own words.
type Script = assist.Script

// The colours of what the session shows, as ANSI sequences.
const (
	colourNumber = "\x1b[36m"
	colourText   = "\x1b[32m"
	colourWord   = "\x1b[35m"
	colourKey    = "\x1b[34m"
	colourDim    = "\x1b[2m"
	colourBold   = "\x1b[1m"
	colourOff    = "\x1b[0m"
)

func (s *Session) paint(colour, text string) string {
	if !s.o.Color || text == "" {
		return text
	}
	return colour + text + colourOff
}

// note writes a line that is no value.
func (s *Session) note(line string) { s.say(s.paint(colourDim, line)) }

// Values are folded: this much of them is shown.
const (
	foldItems = 20
	foldKeys  = 60
	foldText  = 2000 // clusters
	foldDepth = 6
)

// value is how a value is shown: as it would be written in a program, an array of records as a table, and what is long
// over several lines with its middle left out.
func (s *Session) value(v value.Value) string {
	if t := s.table(v); t != "" {
		return t
	}
	p := &printer{s: s, wide: s.o.Columns()}
	p.print(v, 0, 0)
	return p.String()
}

// printer lays one value out.
type printer struct {
	strings.Builder
	s    *Session
	wide int
}

func (p *printer) print(v value.Value, indent, depth int) {
	if flat, fits := p.flat(v, p.wide-indent*2, depth); fits {
		p.WriteString(flat)
		return
	}
	switch k := v.Kind(); {
	case k == value.ArrayKind:
		p.array(v, indent, depth)
	case k == value.RecordKind && !value.IsFault(v):
		p.record(v, indent, depth)
	case k == value.OkKind || k == value.ErrKind:
		p.WriteString(p.s.paint(colourWord, resultWord(v)) + "(")
		p.print(v.Inner(), indent, depth+1)
		p.WriteByte(')')
	default:
		flat, _ := p.flat(v, 1<<30, depth)
		p.WriteString(flat)
	}
}

func resultWord(v value.Value) string {
	if v.Kind() == value.OkKind {
		return "சரி"
	}
	return "தவறு"
}

func (p *printer) line(indent int) { p.WriteString("\n" + strings.Repeat("  ", indent)) }

func (p *printer) array(v value.Value, indent, depth int) {
	items := v.Array().Items
	p.WriteByte('[')
	for i, x := range items {
		if left := len(items) - i; i == foldItems && left > 5 {
			p.line(indent + 1)
			p.WriteString(p.s.paint(colourDim, p.s.more(left)))
			break
		}
		p.line(indent + 1)
		p.print(x, indent+1, depth+1)
		p.WriteByte(',')
	}
	p.line(indent)
	p.WriteByte(']')
}

// more says how many were left out.
func (s *Session) more(n int) string {
	return "… " + s.text("மேலும் "+strconv.Itoa(n), strconv.Itoa(n)+" more")
}

func (p *printer) record(v value.Value, indent, depth int) {
	r := v.Record()
	if r.Shape != nil {
		p.WriteString(r.Shape.Name)
	}
	p.WriteByte('{')
	for i, key := range r.Keys() {
		if left := len(r.Keys()) - i; i == foldKeys && left > 5 {
			p.line(indent + 1)
			p.WriteString(p.s.paint(colourDim, p.s.more(left)))
			break
		}
		x, _ := r.Get(key)
		p.line(indent + 1)
		p.WriteString(p.s.paint(colourKey, key) + ": ")
		p.print(x, indent+1, depth+1)
		p.WriteByte(',')
	}
	p.line(indent)
	p.WriteByte('}')
}

// flat writes a value on one line, and tells whether it fits into so many cells.
func (p *printer) flat(v value.Value, cells, depth int) (string, bool) {
	f := flat{s: p.s, left: cells, depth: depth}
	f.value(v, 0)
	return f.String(), f.left >= 0
}

// flat collects one line; left counts the cells that it may still take.
type flat struct {
	strings.Builder
	s     *Session
	left  int
	depth int
}

func (f *flat) put(colour, text string) {
	f.left -= f.s.o.Width(text)
	f.WriteString(f.s.paint(colour, text))
}

func (f *flat) value(v value.Value, deep int) {
	if f.left < 0 {
		return
	}
	switch k := v.Kind(); {
	case k == value.TextKind:
		f.put(colourText, quoted(v))
	case k == value.NumberKind:
		f.put(colourNumber, v.Display())
	case k == value.NilKind:
		f.put(colourWord, "இன்மை")
	case k == value.BooleanKind && v.Truthy():
		f.put(colourWord, "மெய்")
	case k == value.BooleanKind:
		f.put(colourWord, "பொய்")
	case deep+f.depth > foldDepth:
		f.put(colourDim, "…")
	case k == value.ArrayKind:
		f.list("[", "]", v.Array().Items, nil, deep)
	case k == value.RecordKind && value.IsFault(v):
		f.fault(v)
	case k == value.RecordKind:
		f.record(v, deep)
	case k == value.OkKind || k == value.ErrKind:
		f.put(colourWord, resultWord(v))
		f.list("(", ")", []value.Value{v.Inner()}, nil, deep)
	case k == value.FuncKind:
		f.put(colourWord, f.s.function(v))
	default:
		f.put(colourWord, clean(v.Display()))
	}
}

func (f *flat) record(v value.Value, deep int) {
	r := v.Record()
	if r.Shape != nil {
		f.put("", r.Shape.Name)
	}
	items := make([]value.Value, 0, len(r.Keys()))
	for _, key := range r.Keys() {
		x, _ := r.Get(key)
		items = append(items, x)
	}
	f.list("{", "}", items, r.Keys(), deep)
}

// fault shows an error record by what it says.
func (f *flat) fault(v value.Value) {
	kind, _ := value.Field(v, value.FieldKind)
	msg, _ := value.Field(v, value.FieldMessage)
	f.put(colourWord, kind.Display())
	f.put("", ": "+clean(msg.Display()))
}

func (f *flat) list(open, end string, items []value.Value, keys []string, deep int) {
	f.put("", open)
	for i, x := range items {
		if f.left < 0 {
			return
		}
		if i > 0 {
			f.put("", ", ")
		}
		if keys != nil {
			f.put(colourKey, clean(keys[i]))
			f.put("", ": ")
		}
		f.value(x, deep+1)
	}
	f.put("", end)
}

// quoted is a text in quotes; of a very long one only the beginning is shown.
func quoted(v value.Value) string {
	if value.ClusterLen(v) > foldText {
		return `"` + clean(value.ClusterSlice(v, 0, foldText).Text()) + `…"`
	}
	return `"` + clean(v.Text()) + `"`
}

// clean makes control characters visible, so that a value cannot steer the terminal.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20:
			return '\u2400' + r
		case r == 0x7f:
			return '\u2421'
		case r >= 0x80 && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '\ufffd'
		}
		return r
	}, text)
}

// function is how a function is shown: by the signature that it was declared with.
func (s *Session) function(v value.Value) string {
	name := v.Func().Name
	for _, d := range s.defs {
		if d.kind == defFunction && d.name == name && name != "" {
			return clean(d.signature())
		}
	}
	if name == "" {
		return "செயல்(…)"
	}
	return "செயல் " + clean(name) + "(…)"
}
