package httpd

import (
	"context"
	"net/http"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// Exchange is a request and what its run has answered so far.
type Exchange struct {
	Request  *Request
	Response Response
}

// exchangeKey finds the exchange in the context of a run.
type exchangeKey struct{}

// With puts an exchange into the context of its run, where the words find it.
func With(ctx context.Context, x *Exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

func exchange(c *vm.Call) *Exchange {
	x, _ := c.Context().Value(exchangeKey{}).(*Exchange)
	return x
}

// Words are the HTTP words of the core language (language/builtins.tsv), by words.Word.ID. Outside a request an answer
// goes nowhere, as in the reference.
func Words() vm.Natives {
	return vm.Natives{
		"Response":  {Min: 2, Max: 3, Fn: respondWord, Keeps: true},
		"JSONBody":  {Min: 1, Max: 2, Fn: jsonWord, Keeps: true},
		"PathParam": {Min: 1, Max: 1, Fn: pathParamWord},
	}
}

// respondWord is பதில் STATUS, BODY[, HEADERS]; the last one of a run wins.
func respondWord(c *vm.Call) (value.Value, error) {
	if x := exchange(c); x != nil {
		x.Response = Response{Sent: true, Status: c.Args[0], Body: c.Args[1], Headers: value.Nil}
		if len(c.Args) == 3 {
			x.Response.Headers = c.Args[2]
		}
	}
	return value.Nil, nil
}

// jsonWord is ஜேசான்_உரை TEXT[, STATUS].
func jsonWord(c *vm.Call) (value.Value, error) {
	if c.Args[0].Kind() != value.TextKind {
		return value.Nil, &value.Error{Code: CodeNotText, Args: []string{c.Args[0].KindName()}}
	}
	if x := exchange(c); x != nil {
		x.Response = Response{
			Sent: true, Status: value.FromInt(http.StatusOK), Body: c.Args[0],
			Headers: value.FromFields([]string{"Content-Type"}, []value.Value{value.FromText(jsonType)}),
		}
		if len(c.Args) == 2 {
			x.Response.Status = c.Args[1]
		}
	}
	return value.Nil, nil
}

// pathParamWord is பாதை_அளவுரு(NAME); with கோரிக்கை it is the first one of the path (services.md rule 18). A parameter
// that the path does not have is இன்மை.
func pathParamWord(c *vm.Call) (value.Value, error) {
	x := exchange(c)
	if x == nil {
		return value.Nil, &value.Error{Code: CodeOutside, Args: []string{words.ByID("PathParam").Tamil[0]}}
	}
	for _, p := range x.Request.Params {
		if c.Args[0].Kind() == value.RecordKind || p.Name == c.Args[0].Display() {
			return value.FromText(p.Value), nil
		}
	}
	return value.Nil, nil
}

// Bind is what a request's run sees as its globals: கோரிக்கை in every spelling, and the core language's variables.
func (r *Request) Bind() map[string]value.Value {
	bind := r.Variables()
	all := words.ByID("Request")
	record := r.Record()
	for _, spellings := range [][]string{all.Tamil, all.Roman, all.English} {
		for _, s := range spellings {
			bind[s] = record
		}
	}
	return bind
}
