// Package assist answers what a writer of eTamil asks while typing: what could stand here (Complete), what is this (Hover),
// and what does this call take (Signature). It is pure: programs and places in, values out; a language server or a REPL
// only shows the answers.
//
//	list := assist.New().Complete(ctx, assist.Place{Program: prog, File: 0, Offset: at}, assist.Options{})
//	for _, item := range list.Items { fmt.Println(item.Label, item.Detail) }
package assist
