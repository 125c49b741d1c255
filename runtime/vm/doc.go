// Package vm lowers a checked program to register bytecode and runs it.
//
// One pass turns the AST into a [Program]: immutable, shared by every goroutine. A [Machine] runs it: registers are
// slots of one stack, calls never use the Go stack, numbers are exact and stay in registers, and every instruction
// maps to a place in the source, which run-time errors show (architecture.md decision 3, runtime.md 7).
//
//	prog, problems := vm.Compile(mod, host.Core())
//	if len(problems) > 0 { … }
//	m := vm.New(prog, vm.Options{Stdout: os.Stdout})
//	err := m.Run(ctx) // nil, *vm.Exit, *vm.Fault or the context's error
package vm
