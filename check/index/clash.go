package index

// Clashes are the places where a name already means something that a symbol would meet if it were called so; without any a
// rename keeps what the program does. A rename has to be of all Linked symbols, and to is not to be a reserved word.
func (ix *Index) Clashes(s Symbol, to string) []Occurrence {
	var list []Occurrence
	for _, one := range ix.Linked(s) {
		switch {
		case one.Kind == Field || one.Kind == Method:
			list = append(list, ix.memberClashes(one, to)...)
		case one.Local():
			list = append(list, ix.clashesIn(one.item, to, true)...)
		default:
			here := map[int32]bool{}
			for _, o := range ix.Occurrences(one) {
				here[ix.itemAt(o.File, o.Span.Start)] = true
			}
			for n := range ix.items {
				list = append(list, ix.clashesIn(int32(n), to, here[int32(n)])...)
			}
		}
	}
	return ix.sorted(list)
}

// clashesIn are the uses of a name in a statement, locals too where the renamed symbol stands in it.
func (ix *Index) clashesIn(n int32, to string, locals bool) []Occurrence {
	var list []Occurrence
	for i := range ix.items[n].names {
		one := &ix.items[n].names[i]
		if one.text != to {
			continue
		}
		switch one.role {
		case roleName, roleCallee, roleShape, roleFunc, roleFuncText, roleShapeText:
			if o := ix.occurrence(n, i, false); locals || !o.Symbol.Local() {
				list = append(list, o)
			}
		}
	}
	return list
}

// memberClashes are the members of the same shape that have the name, and the names in rules that a field would take over.
func (ix *Index) memberClashes(s Symbol, to string) []Occurrence {
	var list []Occurrence
	for _, n := range ix.shape[s.Of] {
		it := &ix.items[n]
		for i := range it.names {
			one := &it.names[i]
			if one.text != to {
				continue
			}
			declared := (one.role == roleField || one.role == roleMethod) && one.of == s.Of
			if declared || it.scopes[one.scope].kind == scopeRule {
				list = append(list, ix.occurrence(n, i, false))
			}
		}
	}
	return list
}
