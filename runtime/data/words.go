package data

import (
	"errors"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Words are the database words of the core language (language/builtins.tsv), by words.Word.ID. They work in runs whose
// context holds a session (With).
func Words() vm.Natives {
	return vm.Natives{
		"DBConnect":    {Min: 2, Max: 3, Fn: connectWord},
		"DBDisconnect": {Min: 1, Max: 1, Fn: disconnectWord},
		"DBQuery":      {Min: 2, Max: 3, Fn: queryWord},
		"DBExecute":    {Min: 2, Max: 3, Fn: executeWord},
		"tryQuery":     {Min: 2, Max: 2, Fn: attempt(queryWord)},
		"tryExecute":   {Min: 2, Max: 2, Fn: attempt(executeWord)},
	}
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
	if c.Args[1].Kind() != value.ArrayKind {
		return nil, nil, &value.Error{Code: CodeParams, Args: []string{c.Args[1].KindName()}}
	}
	lease, err := s.lease(c.Context(), optional(c, 2))
	return lease, c.Args[1].Array().Items, err
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
	return code >= CodeFailed && code <= CodeHandleTaken || code >= CodeLocked && code <= CodeNoPermission
}

func optional(c *vm.Call, i int) string {
	if i < len(c.Args) {
		return c.Args[i].Display()
	}
	return ""
}
