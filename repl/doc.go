// Package repl is a conversation with eTamil: entries that are checked, run and shown, over values that stay. A Session
// holds what was said so far and knows no terminal; Plain talks to it line by line, for pipes and screen readers.
//
//	s := repl.New(repl.Options{Natives: host.Core()})
//	r := s.Eval(ctx, `எண் விலை = 120; விலை * 2`, os.Stdout) // prints 240
//
// An entry is a transaction over the session's names and values: one that fails changes nothing. Editors of entries ask
// Incomplete whether an entry goes on, Complete and Signature for help while typing, and Highlight for colours.
package repl
