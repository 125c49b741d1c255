// Package refactor finds what can be done with a program at a place: cures of what the check found, and changes of form
// that keep what the program does. Editors show them as code actions.
//
//	for _, a := range refactor.Actions(refactor.Request{Names: ix, Info: info, Span: selection, Found: found}) {
//		fmt.Println(a.Title.English, a.Disabled.English)
//		edits := a.Edits() // laid out as etamil fmt would
//	}
//
// A rule (rules.go) looks at a place (place.go), which is the few statements of the top level around it parsed apart, and
// answers actions with plain edits; layout.go lays out the statements that they touch. Where the form is there but the
// change would not be the same program, the action says why it is disabled. Statements with syntax errors are only cured.
package refactor
