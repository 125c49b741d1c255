package refactor

// rule finds the actions of one sort at a place.
type rule struct {
	kind string
	tree bool // needs a place without syntax errors
	find func(p *place) []Action
}

// rules are all rules, in the order in which people see what they find.
func rules() []rule {
	return []rule{
		{QuickFix, false, fixes},
		{QuickFix, true, removals},
		{QuickFix, true, declarations},
		{QuickFix, true, missingFields},
		{QuickFix, false, silence},
		{Extract, true, extractVariable},
		{Extract, true, extractConstant},
		{Extract, true, extractExpr},
		{Extract, true, extractStmts},
		{Inline, true, inlineVariable},
		{Inline, true, inlineFunction},
		{FixAll, false, fixAll},
	}
}

// one is the list of a single action.
func one(a Action) []Action { return []Action{a} }
