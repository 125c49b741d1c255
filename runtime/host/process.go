package host

import (
	"math"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// processWords reach the process: its environment and its end.
var processWords = table{
	"env":  {min: 1, max: 2, fn: env, keeps: true, whole: 0b10},
	"exit": pure(1, exit),

	"programArgs": pure(0, programArgs),
}

// env is சூழல்(name[, default]): the environment variable, or the default as it is when unset or not UTF-8; without a
// default இன்மை (services.md rule 22).
func env(c *call) (value.Value, error) {
	if s, ok := c.getenv(c.text(0)); ok && utf8.ValidString(s) {
		return c.newText(s)
	}
	if len(c.args) == 2 {
		return c.args[1], nil
	}
	return value.Nil, nil
}

// programArgs is நிரல்_அளவுருக்கள்(): what stands after -- on the command line, as an array of texts.
func programArgs(c *call) (value.Value, error) {
	args := c.machine.Arguments()
	items := make([]value.Value, len(args))
	for i, a := range args {
		items[i] = value.FromText(a)
	}
	return value.FromItems(items), nil
}

// exit is வெளியேறு(status): the program ends here. A status that no process can have becomes 1.
func exit(c *call) (value.Value, error) {
	n, ok := truncated(c.decimal(0))
	if !ok || n < math.MinInt32 || n > math.MaxInt32 {
		n = 1
	}
	return value.Nil, &vm.Exit{Status: int(n)}
}
