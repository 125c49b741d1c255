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

// Words are the HTTP words of the core language (language/builtins.tsv), by words.Word.ID. They do what core's words of
// the same names do, which set the program's response variables, and also keep the answer for the exchange.
func Words(core vm.Natives) vm.Natives {
	return vm.Natives{
		"Response":  answering(core["Response"], respond),
		"JSONBody":  answering(core["JSONBody"], respondJSON),
		"PathParam": {Min: 1, Max: 1, Fn: pathParamWord},
	}
}

// answering lets a word of the core also answer the request. The last answer of a run wins.
func answering(core *vm.Native, answer func(args []value.Value) Response) *vm.Native {
	word := *core
	word.Fn = func(c *vm.Call) (value.Value, error) {
		v, err := core.Fn(c)
		if x := exchange(c); x != nil && err == nil {
			x.Response = answer(c.Args)
		}
		return v, err
	}
	return &word
}

// respond is பதில் STATUS, BODY[, HEADERS].
func respond(args []value.Value) Response {
	r := Response{Sent: true, Status: args[0], Body: args[1], Headers: value.Nil}
	if len(args) == 3 {
		r.Headers = args[2]
	}
	return r
}

// respondJSON is ஜேசான்_உரை TEXT[, STATUS].
func respondJSON(args []value.Value) Response {
	r := Response{
		Sent: true, Status: value.FromInt(http.StatusOK), Body: args[0],
		Headers: value.FromFields([]string{"Content-Type"}, []value.Value{value.FromText(jsonType)}),
	}
	if len(args) == 2 {
		r.Status = args[1]
	}
	return r
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
