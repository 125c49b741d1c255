// Package host holds the builtin words of the core language that need nothing but values, a clock, randomness, the
// environment and plain files: numbers, text, arrays, records, results, JSON, dates, bytes, hashes, P-256 signing,
// encryption, structured errors, checks of single values, files and the end of the program (language/builtins.tsv,
// services.md rules 13 and 14). A word answers a value, or a *value.Error with a code of codes.go; what a program is
// meant to handle itself it gets as தவறு(text) instead.
//
//	program := compile(source)
//	machine.Run(program, host.Core())                            // the real clock, randomness and files
//	machine.Run(program, host.New(host.Env{Now: func() time.Time { return fixed }})) // a test's
package host
