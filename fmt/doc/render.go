package doc

// Output collects what documents are rendered to, one after the other.
type Output struct {
	Width int // columns of a line
	Tab   int // columns of one step of indentation
	Text  []byte
	// Marks are the places of the marks in Text.
	Marks []int32
	// Suffixes are the places of the suffixes: what aligns comments needs them.
	Suffixes []Suffix
	column   int
	waiting  string
}

// Suffix is a text that waited for the end of its line.
type Suffix struct {
	At     int // where it starts in Text
	Column int // the width of what stands before it on its line
	Line   int // the number of its line in Text, from 0
}

// renderer is the memory of one rendering, kept for the next.
type renderer struct {
	before []int32 // the flat width of everything before each step
	tail   []int32 // the flat width from each step to the next place where the line can end
	hard   []int32 // the next step at or after each that must end the line
	end    []int32 // the End of each Begin
	forced []bool
	flat   []bool // modes of the open groups: all on one line
	judged []bool // groups inside are on one line with it
	indent []int
	level  int
	lines  int
}

// Render writes the document to out.
func (b *Builder) Render(out *Output) {
	r := &b.r
	r.measure(b.ops)
	r.flat, r.judged, r.indent, r.level = r.flat[:0], r.judged[:0], r.indent[:0], 0
	for i := range b.ops {
		r.step(b.ops, i, out)
	}
	if out.waiting != "" {
		r.suffix(out)
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// measure is the two passes that make every later decision constant time.
func (r *renderer) measure(ops []op) {
	n := len(ops)
	r.before, r.tail, r.hard = grow(r.before, n+1), grow(r.tail, n+1), grow(r.hard, n+1)
	r.end, r.forced = grow(r.end, n), grow(r.forced, n)
	r.forward(ops)
	r.tail[n], r.hard[n] = 0, int32(n)
	for i := n - 1; i >= 0; i-- {
		o := &ops[i]
		r.tail[i], r.hard[i] = r.tail[i+1]+o.width, r.hard[i+1]
		switch {
		case o.kind == opHard, o.kind == opRaw && o.multi:
			r.tail[i], r.hard[i] = 0, int32(i)
		case o.kind == opText && o.multi:
			r.tail[i], r.hard[i] = o.width, int32(i)
		case o.kind == opLine, o.kind == opSoft, o.kind == opFill:
			r.tail[i] = 0
		}
	}
}

// open is a group that was begun and not ended: where, and what was found in it.
type open struct {
	at     int32
	forced bool // a line must end in it
}

func (r *renderer) forward(ops []op) {
	var stack []open
	sum := int32(0)
	for i := range ops {
		o := &ops[i]
		r.before[i] = sum
		sum += o.width
		switch o.kind {
		case opBegin:
			stack = append(stack, open{at: int32(i)})
		case opHard, opRaw:
			if n := len(stack); n > 0 && (o.kind == opHard || o.multi) {
				stack[n-1].forced = true
			}
		case opEnd:
			g := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			r.end[g.at] = int32(i)
			r.forced[g.at] = g.forced
			if n := len(stack); n > 0 {
				stack[n-1].forced = stack[n-1].forced || g.forced
			}
		}
	}
	r.before[len(ops)] = sum
}

// fits tells whether the group at step i can stay on one line: up to its end and on to where the line can end, or up to
// the first place where it must.
func (r *renderer) fits(ops []op, i, room int) bool {
	end := int(r.end[i])
	if h := int(r.hard[i]); h < end {
		need := r.before[h] - r.before[i]
		if ops[h].kind == opText {
			need += ops[h].width
		}
		return int(need) <= room
	}
	return int(r.before[end]-r.before[i]+r.tail[end]) <= room
}

func (r *renderer) broken() bool { return len(r.flat) > 0 && !r.flat[len(r.flat)-1] }

func (r *renderer) step(ops []op, i int, out *Output) {
	o := &ops[i]
	switch o.kind {
	case opText, opRaw:
		r.text(o, out)
	case opLine, opSoft:
		if r.broken() {
			r.newline(out, int(o.n))
		} else if o.kind == opLine {
			out.Text = append(out.Text, ' ')
			out.column++
		}
	case opFill:
		if out.column+1+int(r.tail[i+1]) > out.Width {
			r.newline(out, 0)
		} else {
			out.Text = append(out.Text, ' ')
			out.column++
		}
	case opHard:
		r.newline(out, int(o.n))
	case opSuffix:
		out.waiting = o.text
	case opMark:
		out.Marks[o.n] = int32(len(out.Text))
	default:
		r.nest(ops, i, out)
	}
}

// text writes text as it is.
func (r *renderer) text(o *op, out *Output) {
	if o.kind == opRaw && o.multi && out.waiting != "" {
		r.suffix(out)
	}
	out.Text = append(out.Text, o.text...)
	if !o.multi {
		out.column += int(o.width)
		return
	}
	out.column = int(o.last)
	for k := range len(o.text) {
		if o.text[k] == '\n' {
			r.lines++
		}
	}
}

// nest opens and closes groups and indentation.
func (r *renderer) nest(ops []op, i int, out *Output) {
	switch ops[i].kind {
	case opBegin:
		outer := len(r.judged) > 0 && r.judged[len(r.judged)-1]
		flat := !r.forced[i] && (outer || r.fits(ops, i, out.Width-out.column))
		r.flat = append(r.flat, flat)
		// What comes behind a line end inside a group on "one line" was not measured.
		r.judged = append(r.judged, flat && r.hard[i] >= r.end[i])
	case opEnd:
		r.flat, r.judged = r.flat[:len(r.flat)-1], r.judged[:len(r.judged)-1]
	case opIndent, opForceIndent:
		by := 0
		if ops[i].kind == opForceIndent || len(r.flat) == 0 || r.broken() {
			by = 1
		}
		r.indent = append(r.indent, by)
		r.level += by
	case opDedent:
		r.level -= r.indent[len(r.indent)-1]
		r.indent = r.indent[:len(r.indent)-1]
	}
}

const blanks = "                                                                "

func (r *renderer) newline(out *Output, empty int) {
	if out.waiting != "" {
		r.suffix(out)
	}
	for range empty + 1 {
		out.Text = append(out.Text, '\n')
	}
	r.lines += empty + 1
	out.column = r.level * out.Tab
	for n := out.column; n > 0; n -= len(blanks) {
		out.Text = append(out.Text, blanks[:min(n, len(blanks))]...)
	}
}

// suffix writes the text that waited, a space behind what stands on the line.
func (r *renderer) suffix(out *Output) {
	out.Text = append(out.Text, ' ')
	out.Suffixes = append(out.Suffixes, Suffix{At: len(out.Text), Column: out.column, Line: r.lines})
	out.Text = append(out.Text, out.waiting...)
	out.waiting = ""
}
