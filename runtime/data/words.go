package data

import (
	"errors"
	"maps"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Words are the database words of the core language (language/builtins.tsv) and those of pools, by words.Word.ID. They work in runs whose
// context holds a session (With).
func Words() vm.Natives {
	all := vm.Natives{
		"DBConnect":    {Min: 2, Max: 3, Fn: connectWord},
		"DBDisconnect": {Min: 1, Max: 1, Fn: disconnectWord},
		"DBQuery":      {Min: 1, Max: 3, Fn: queryWord},
		"DBExecute":    {Min: 2, Max: 3, Fn: executeWord},
		"tryQuery":     {Min: 2, Max: 2, Fn: attempt(queryWord)},
		"tryExecute":   {Min: 2, Max: 2, Fn: attempt(executeWord)},
	}
	maps.Copy(all, poolWords())
	return all
}

// session is the session of the run that calls.
func session(c *vm.Call) (*Session, error) {
	if s, ok := c.Context().Value(sessionKey{}).(*Session); ok {
		return s, nil
	}
	return nil, &value.Error{Code: CodeNotConnected, Args: []string{""}}
}

// connectWord is தளம்_இணை DRIVER, NAME[, HANDLE].
func connectWord(c *vm.Call) (value.Value, error) {
	s, err := session(c)
	if err != nil {
		return value.Nil, err
	}
	return value.Nil, s.connect(c.Args[0].Display(), c.Args[1].Display(), optional(c, 2))
}

// disconnectWord is தளம்_பிரி HANDLE.
func disconnectWord(c *vm.Call) (value.Value, error) {
	s, err := session(c)
	if err != nil {
		return value.Nil, err
	}
	return value.Nil, s.disconnect(c.Args[0].Display())
}

// queryWord is தளம்_வினா SQL, PARAMS[, HANDLE]: the rows.
func queryWord(c *vm.Call) (value.Value, error) {
	lease, params, err := statement(c)
	if err != nil {
		return value.Nil, err
	}
	return lease.query(c.Context(), c.Args[0].Display(), params, c.Grow)
}

// executeWord is தளம்_செய் SQL, PARAMS[, HANDLE]: how many rows changed.
func executeWord(c *vm.Call) (value.Value, error) {
	lease, params, err := statement(c)
	if err != nil {
		return value.Nil, err
	}
	n, err := lease.Exec(c.Context(), c.Args[0].Display(), params)
	if err != nil {
		return value.Nil, err
	}
	return value.FromInt(n), nil
}

// statement reads what both statements take: SQL, an array of parameters, and maybe a handle.
func statement(c *vm.Call) (*Lease, []value.Value, error) {
	s, err := session(c)
	if err != nil {
		return nil, nil, err
	}
	params, err := params(c, 1)
	if err != nil {
		return nil, nil, err
	}
	lease, err := s.lease(c.Context(), optional(c, 2))
	return lease, params, err
}

// params reads the array of parameters, which may be left out.
func params(c *vm.Call, i int) ([]value.Value, error) {
	if i >= len(c.Args) {
		return nil, nil
	}
	if c.Args[i].Kind() != value.ArrayKind {
		return nil, &value.Error{Code: CodeParams, Args: []string{c.Args[i].KindName()}}
	}
	return c.Args[i].Array().Items, nil
}

// attempt makes a statement a word that answers சரி or, for everything that can go wrong, தவறு with the reason.
func attempt(fn func(*vm.Call) (value.Value, error)) func(*vm.Call) (value.Value, error) {
	return func(c *vm.Call) (value.Value, error) {
		v, err := fn(c)
		var fault *value.Error
		switch {
		case err == nil:
			return value.FromOk(v), nil
		case errors.As(err, &fault) && ours(fault.Code):
			return value.FromErr(value.FromText(diag.Message(fault.Code, diag.Both, fault.Args...))), nil
		}
		return value.Nil, err
	}
}

// ours tells the errors of databases from those of the machine, such as an exhausted limit, which no program can catch.
func ours(code string) bool {
	return code >= CodeFailed && code <= CodeHandleTaken || code >= CodeLocked && code <= CodePoolHeld
}

func optional(c *vm.Call, i int) string {
	if i < len(c.Args) {
		return c.Args[i].Display()
	}
	return ""
}
