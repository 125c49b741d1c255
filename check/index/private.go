package index

import (
	"sync"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
)

// This file tells the variables of routes apart. A route runs with a copy of what the top level left, so that a name that
// only routes set is another variable in each of them, unless a function or other code of the top level may see it.

// own is the scope of a route's own variables.
const own = -1

// top is what a name means that no function of its statement declares.
func (ix *Index) top(n int32, text string) Symbol {
	if ix.items[n].route() && ix.private(text) && !check.IsServerName(text) {
		return Symbol{Kind: Variable, Name: text, item: n, scope: own}
	}
	return ix.global(text)
}

func (it *item) route() bool {
	_, ok := it.stmt.(*syntax.RouteStmt)
	return ok
}

// private tells a name that nothing but routes sets or reads.
func (ix *Index) private(text string) bool {
	list := ix.vars[text]
	return len(list) > 0 && ix.items[list[0]].route() && len(ix.funcs[text]) == 0 && !ix.shared()[text]
}

// sharedNames are the names that functions and the code of the top level outside routes mention.
func (ix *Index) sharedNames() map[string]bool {
	all := map[string]bool{}
	for n := range ix.items {
		it := &ix.items[n]
		for _, text := range it.deep {
			all[text] = true
		}
		if !it.route() {
			for _, text := range it.shallow {
				all[text] = true
			}
		}
	}
	return all
}

func (ix *Index) share() { ix.shared = sync.OnceValue(ix.sharedNames) }

// free finds the names that mean something outside the fragment: shallow are those at the top level and in function values
// there, deep those in functions.
func (f *fragment) free() {
	shallow, deep := map[string]bool{}, map[string]bool{}
	for i := range f.names {
		one := &f.names[i]
		if one.role != roleName && one.role != roleCallee {
			continue
		}
		into := f.reaches(one)
		switch {
		case into == nil:
		case *into == scopeFunc && !deep[one.text]:
			deep[one.text] = true
			f.deep = append(f.deep, one.text)
		case *into == scopeTop && !shallow[one.text]:
			shallow[one.text] = true
			f.shallow = append(f.shallow, one.text)
		}
	}
}

// reaches tells from what kind of code a name looks outside the fragment, nil where it surely means a local.
func (f *fragment) reaches(one *name) *scopeKind {
	kind := scopeTop
	for s := one.scope; s > 0; s = f.scopes[s].outer {
		sc := &f.scopes[s]
		if l := sc.local(one.text); l != nil && l.own && l.kind != TypeParam {
			return nil
		}
		if sc.kind != scopeLambda {
			kind = scopeFunc
			break
		}
	}
	return &kind
}
