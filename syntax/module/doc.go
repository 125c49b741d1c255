// Package module finds what இறக்கு names and puts the statements of all files into the order in which they run
// (language/grammar.md 4.6). It reads files only through a Source, looks at no environment and prints nothing.
//
//	prog, faults := module.Load(ctx, module.FS(os.DirFS(".")), module.Entry{Path: "kadai.qmz"})
//	for _, f := range faults { … }            // of every file, each with the name of its file
//	for _, item := range prog.Items { … }     // execution order, imports spliced in place
package module
