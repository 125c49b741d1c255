// Package check finds the static errors of the core language: what language/grammar.md section 5 says of declared types,
// நிலை and shapes, with generic shapes as services.md has them. Nothing else stops a run: undefined names, wrong counts
// of arguments and all that the reference passes over in silence stay silent here.
//
//	prog, faults := module.Load(ctx, source, entry)
//	for _, d := range check.Core(prog) { … } // an empty list: the program may run
package check
