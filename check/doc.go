// Package check finds what is wrong with a program before it runs.
//
// Core answers the static errors of the core language: what language/grammar.md section 5 says of declared types, நிலை and
// shapes, with generic shapes as services.md has them. Exactly these stop a run.
//
// Program answers these and more: what would fail when it is reached (names, calls, fields, routes, SQL), found by
// inferring the types of everything without annotations, and warnings. It is silent about what it does not know. What is
// caught by a முயல் or never runs is a warning. A Session does the same for a program that is being edited.
//
//	prog, faults := module.Load(ctx, source, entry)
//	for _, d := range check.Core(prog) { … } // an empty list: the program may run
//	for _, d := range check.Program(ctx, prog, check.Options{}) { … }
//
// An editor asks the Info of a Session's last check for the types at a place, functions and shapes; package check/index for
// names:
//
//	s := check.NewSession()
//	found := s.Check(ctx, prog, check.Options{})
//	t, ok := s.Info().TypeBefore(file, offset) // of x in x.
//
// The inference reads: summary.go and world.go collect what a program declares; infer*.go, flow.go and narrow.go follow one
// function; rounds.go and order.go follow the program; assemble.go and lint*.go make the diagnostics; record.go writes down
// what an Info answers.
package check
