package main

import (
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// guards are those of a route, nil where it has none: a list of texts that is written there. What is not known before the
// program runs is refused, so that no route is open by mistake.
func (s *service) guards(b *vm.Block) ([]string, error) {
	if len(b.Args) < 2 {
		return nil, nil
	}
	list := b.Args[1]
	if !list.Literal || list.Value.Kind() != value.ArrayKind {
		return nil, s.refuse(b, httpd.CodeGuards)
	}
	var all []string
	for _, v := range list.Value.Array().Items {
		if !v.IsText() || v.Display() == "" {
			return nil, s.refuse(b, httpd.CodeGuards)
		}
		all = append(all, v.Display())
	}
	return all, nil
}
