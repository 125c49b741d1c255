// Package syntax reads eTamil source: a hand-written lexer, one participle grammar carried by the tree's own structs,
// and hooks for names, types, signatures, expressions, blocks and recovery. Every input gives a tree; every syntax
// error of a file is a Fault with a code, a place and arguments, whose texts live in check/diag.
//
//	f := syntax.Parse("hello.qmz", []byte(`அச்சு "வணக்கம்";`))
//	for _, fault := range f.Faults { fmt.Println(fault.Code, f.Text(fault.Span)) }
//	syntax.Dump(os.Stdout, f)
//
// An editor's text is a Document: an edit answers another one, for which only the statements that it may change are parsed.
//
//	d := syntax.NewDocument("hello.qmz", text)
//	d = d.Edit(7, 7, "க")
//	for i, s := range d.File().Stmts { fmt.Println(s.Span().Shift(d.File().Base(i))) }
package syntax
