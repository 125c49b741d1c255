package host

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// shapeWords ask the machine about a program's own shapes.
func shapeWords() vm.Natives {
	return vm.Natives{"validateShape": {Min: 2, Max: 2, Keeps: true, Whole: 0b11, Fn: validateShape}}
}

// validateShape is வடிவம்_சரிபார்(record, shape): சரி(the record as one of the shape), or தவறு with an array of every fault
// at once (services.md rule 23).
func validateShape(c *vm.Call) (value.Value, error) {
	rec, faults, err := c.CheckShape(c.Args[0], c.Args[1])
	if err != nil {
		return value.Nil, err
	}
	if len(faults) > 0 {
		return value.FromErr(value.FromItems(faults)), nil
	}
	return value.FromOk(rec), nil
}
