package host

import (
	"strings"
	"sync"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/syntax/ezuqqu"
)

// checkWords check one value against a named rule.
var checkWords = table{"validate": keeping(2, validate).of(0)}

// rule is one named rule of வகை_சரிபார்.
type rule struct {
	name, tamilName string // the romanised name follows from the Tamil one
	holds           func(v value.Value) bool
	tamil, english  string // what the value must be
}

// validate is வகை_சரிபார்(value, rule): சரி(value), or தவறு with an error of kind சரிபார்ப்பு whose details name the rule
// and the value. An unknown rule is a fault of the program, not of the value.
func validate(c *call) (value.Value, error) {
	v, name := c.args[0], c.text(1)
	r := ruleNamed(strings.TrimSpace(name))
	if r == nil {
		return value.Nil, c.fault(CodeUnknownRule, name, ruleList())
	}
	if r.holds(v) {
		return value.FromOk(v), nil
	}
	if err := c.growError(); err != nil {
		return value.Nil, err
	}
	details := value.FromFields([]string{"விதி", "மதிப்பு"}, []value.Value{value.FromText(r.name), v})
	message := r.tamil + " வேண்டும்  (" + r.english + " is wanted)"
	return value.FromErr(errorRecord(kindCheck, message, details, value.Nil)), nil
}

// ruleIndex finds a rule by any of its names.
var ruleIndex = sync.OnceValue(func() map[string]*rule {
	index := map[string]*rule{}
	for i := range rules {
		r := &rules[i]
		index[r.name], index[r.tamilName], index[ezuqqu.FromTamil(r.tamilName)] = r, r, r
	}
	return index
})

// ruleNamed finds a rule as written; an English name in any case ("Email", "PAN").
func ruleNamed(name string) *rule {
	if r := ruleIndex()[name]; r != nil {
		return r
	}
	return ruleIndex()[strings.ToLower(name)]
}

// ruleList is the English and Tamil names of all rules, for a message.
func ruleList() string {
	list := make([]string, len(rules))
	for i, r := range rules {
		list[i] = r.name + "/" + r.tamilName
	}
	return strings.Join(list, ", ")
}
