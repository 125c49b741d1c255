// Package index finds names: where each is declared, read, written and called, what is in scope at a place, and what a file
// holds. It resolves as the language does: one scope for the program and one for each function, blocks open none
// (language/semantics.md 2). Where two names may be the same at run time they are one Symbol, so that renaming a Symbol
// everywhere keeps what a program does.
//
//	b := index.NewBuilder() // one for each program that is edited
//	ix := b.Build(prog, session.Info())
//	if at, ok := ix.At(0, offset); ok {
//		for _, o := range ix.Occurrences(at.Symbol) { … }
//	}
//
// A Builder is for one goroutine; an Index never changes and is safe for all. Reading a statement depends on its text alone
// (fragment.go), so that an edit costs what it touches; names are resolved when they are asked for (resolve.go), members of
// shapes by the types of check.Info.
package index
