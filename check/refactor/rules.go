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
		{Rewrite, true, branches},
		{Rewrite, true, logic},
		{Rewrite, true, eachLoop},
		{Rewrite, true, wrapTry},
		{Rewrite, true, splitDeclaration},
		{Rewrite, true, joinDeclaration},
		{Rewrite, true, annotate},
		{Rewrite, true, annotateResult},
		{Rewrite, true, annotateParams},
		{Rewrite, true, fix},
		{Rewrite, true, unfix},
		{Rewrite, true, typeOrder},
		{Extract, true, shapeOf},
		{Rewrite, true, keyQuotes},
		{Rewrite, true, dotIndex},
		{Rewrite, true, addGuard},
		{Rewrite, true, routeTest},
		{Rewrite, true, percent},
		{Rewrite, true, joinTexts},
		{Rewrite, true, splitText},
		{Rewrite, true, scripts},
		{SourceKind, false, fileScripts},
		{Organize, false, organize},
		{FixAll, false, fixAll},
	}
}

// one is the list of a single action.
func one(a Action) []Action { return []Action{a} }
