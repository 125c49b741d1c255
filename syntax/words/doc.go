// Package words is the one vocabulary of eTamil: every keyword, core builtin and service word with its spellings in
// Tamil, romanised Tamil and English, its class, shape, parameters, result, help and example. Whatever knows words
// (lexer, parser, checker, machine, editors, documentation) asks here. The table is generated from vocabulary.txt.
//
//	w := words.Lookup("நீளம்") // or "nILam" or "_length"
//	fmt.Println(w.ID, w.Params[0].Type, w.HelpEnglish)
package words

//go:generate go run ./gen
