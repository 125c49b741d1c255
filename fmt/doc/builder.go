package doc

import "strings"

type opKind uint8

const (
	opText opKind = iota
	opLine
	opSoft
	opFill
	opHard
	opRaw
	opSuffix
	opBegin
	opEnd
	opIndent
	opForceIndent
	opDedent
	opMark
)

// op is one step of a document.
type op struct {
	text  string
	width int32 // of text in columns; of a multi-line text: of its first line
	last  int32 // of a multi-line text: the width of its last line
	n     int32 // opMark: the caller's number; of breaks: empty lines before
	kind  opKind
	multi bool
}

// Builder holds a document. The zero value is an empty one.
type Builder struct {
	ops []op
	r   renderer
}

// Reset empties the document and keeps its memory.
func (b *Builder) Reset() { b.ops = b.ops[:0] }

// Text adds text that stays as it is; width is its width in columns. Text with line breaks is added by Lines.
func (b *Builder) Text(s string, width int) {
	b.ops = append(b.ops, op{kind: opText, text: s, width: int32(width)})
}

// Lines adds text with line breaks inside, such as quoted text: its first and last lines have these widths.
func (b *Builder) Lines(s string, first, last int) {
	b.ops = append(b.ops, op{kind: opText, text: s, width: int32(first), last: int32(last), multi: true})
}

// Line is a space, or a new line where its group breaks.
func (b *Builder) Line() { b.ops = append(b.ops, op{kind: opLine, width: 1}) }

// Soft is nothing, or a new line where its group breaks.
func (b *Builder) Soft() { b.ops = append(b.ops, op{kind: opSoft}) }

// Fill is a space, or a new line where what follows up to the next break does not fit; it asks no group.
func (b *Builder) Fill() { b.ops = append(b.ops, op{kind: opFill, width: 1}) }

// Hard is a new line always, after some empty ones. It breaks the groups around it.
func (b *Builder) Hard(empty int) { b.ops = append(b.ops, op{kind: opHard, n: int32(empty)}) }

// Raw adds text between two others byte for byte; last is the width of what follows its last line break.
func (b *Builder) Raw(s string, last int) {
	b.ops = append(b.ops, op{kind: opRaw, text: s, width: int32(last), last: int32(last), multi: strings.Contains(s, "\n")})
}

// Suffix adds text that waits for the end of its line. It has no width.
func (b *Builder) Suffix(s string) { b.ops = append(b.ops, op{kind: opSuffix, text: s}) }

// Begin starts a group.
func (b *Builder) Begin() { b.ops = append(b.ops, op{kind: opBegin}) }

// End ends the innermost group.
func (b *Builder) End() { b.ops = append(b.ops, op{kind: opEnd}) }

// Indent moves the lines that follow to the right where the group around it breaks, until Dedent.
func (b *Builder) Indent() { b.ops = append(b.ops, op{kind: opIndent}) }

// ForceIndent does so whether or not the group breaks.
func (b *Builder) ForceIndent() { b.ops = append(b.ops, op{kind: opForceIndent}) }

// Dedent ends the innermost Indent or ForceIndent.
func (b *Builder) Dedent() { b.ops = append(b.ops, op{kind: opDedent}) }

// Mark asks where the output stands when it comes here: Output.Marks[n] becomes the length written so far.
func (b *Builder) Mark(n int) { b.ops = append(b.ops, op{kind: opMark, n: int32(n)}) }

// EmptyLine is a Line (space true) or a Soft before which an empty line stays where its group breaks.
func (b *Builder) EmptyLine(space bool) {
	o := op{kind: opLine, width: 1, n: 1}
	if !space {
		o.kind, o.width = opSoft, 0
	}
	b.ops = append(b.ops, o)
}
