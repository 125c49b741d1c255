// Package doc is the algebra of pretty printing: text, and breaks that become spaces or new lines. A document is written
// into a Builder from left to right and rendered in time linear in its length.
//
// A group is printed on one line where it fits, and otherwise breaks at all of its own lines; the groups inside it decide
// for themselves. A fill line breaks alone. What must end a line (a comment) waits in a suffix.
//
//	var b doc.Builder
//	b.Begin()
//	b.Text("f(", 2)
//	b.Indent()
//	b.Soft()
//	b.Text("x", 1)
//	b.Dedent()
//	b.Soft()
//	b.Text(")", 1)
//	b.End()
//	b.Render(&out) // "f(x)", or three lines where that is too wide
package doc
