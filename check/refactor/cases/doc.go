// Package cases reads the fixtures of package refactor, for its own tests and for those of the commands, which run the
// programs before and after.
//
//	rules, err := cases.Read("testdata")
//	src, selection := rules[0].Cases[0].Source()
//	p := cases.Open(src, rules[0].Files)
//	p.Request.Span = selection
//	actions := refactor.Actions(p.Request)
package cases
