package httpd

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// paramPrefix begins the variable of a path parameter.
const paramPrefix = "param_"

// variables are the request variables of the core language (semantics.md 4).
var variables = map[string]func(*Request) value.Value{
	"request_method": func(r *Request) value.Value { return value.FromText(r.Method()) },
	"request_path":   func(r *Request) value.Value { return value.FromText(r.Path()) },
	"request_body":   func(r *Request) value.Value { return value.FromText(r.body) },
	"query_params":   (*Request).Query,
	"headers":        (*Request).Headers,
	"path_params":    (*Request).params,
	"request_fields": func(r *Request) value.Value { return r.fields },
	"request_files":  (*Request).files,
}

// Variables are the names that requests bind whatever their path: கோரிக்கை in every spelling, and the request variables of
// the core language.
func Variables() []string {
	w := words.ByID("Request")
	names := slices.Concat(w.Tamil, w.Roman, w.English, w.Also)
	for name := range variables {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// IsVariable tells whether a name of a program is one of Variables.
func IsVariable(name string) bool { return maker(name) != nil }

// maker is what makes the value of a name that is no parameter, nil when no request binds it.
func maker(name string) func(*Request) value.Value {
	if w := words.Lookup(name); w != nil && w.ID == "Request" {
		return (*Request).Record
	}
	return variables[name]
}

// Binding is what the requests of one route give to the program's globals.
type Binding struct {
	slots []int
	make  []func(*Request) value.Value
}

// NewBinding makes the binding of a route's path: its parameters, and those of Variables that the route's code mentions.
// slot answers where the machine keeps a name, or -1.
func NewBinding(path string, names []string, slot func(name string) int) *Binding {
	b := &Binding{}
	add := func(name string, fn func(*Request) value.Value) {
		if at := slot(name); at >= 0 && fn != nil {
			b.slots, b.make = append(b.slots, at), append(b.make, fn)
		}
	}
	for _, name := range names {
		add(name, maker(name))
	}
	for seg, rest, ok := nextSegment(path); ok; seg, rest, ok = nextSegment(rest) {
		if name, isParam := strings.CutPrefix(seg, ":"); isParam {
			add(paramPrefix+name, func(r *Request) value.Value { return r.param(name) })
		}
	}
	return b
}

// Bind answers the values of one request, in the places that the machine has for them.
func (b *Binding) Bind(r *Request) []vm.Bound {
	if len(b.slots) == 0 {
		return nil
	}
	out := make([]vm.Bound, len(b.slots))
	for i, fn := range b.make {
		out[i] = vm.Bound{Slot: b.slots[i], Value: fn(r)}
	}
	return out
}
