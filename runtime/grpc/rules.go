package grpc

import (
	"context"
	"strings"

	"connectrpc.com/connect"

	"github.com/etamil-lang/etamil/runtime/value"
)

// checked asks the rules of the shapes in a question.
func (c *calls) checked(ctx context.Context, v value.Value) (value.Value, error) {
	if !c.question.ruled || c.o.Check == nil {
		return v, nil
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.ruled(ctx, v, c.question)
}

// ruled asks the rules of a message, those of its parts first.
func (c *calls) ruled(ctx context.Context, v value.Value, s *schema) (value.Value, error) {
	if !s.ruled || v.IsNil() {
		return v, nil
	}
	slots := append([]value.Value(nil), v.Record().Slots...)
	for i := range s.fields {
		if f := &s.fields[i]; f.message != nil && f.message.ruled {
			x, err := c.ruledField(ctx, slots[i], f)
			if err != nil {
				return value.Nil, err
			}
			slots[i] = x
		}
	}
	rec, faults, err := c.o.Check(ctx, s.record(slots), s.shape)
	if err == nil && len(faults) > 0 {
		err = &brokenRules{faults}
	}
	return rec, err //nolint:wrapcheck // its kind becomes the code
}

func (c *calls) ruledField(ctx context.Context, v value.Value, f *field) (value.Value, error) {
	if !f.list {
		return c.ruled(ctx, v, f.message)
	}
	items := make([]value.Value, len(v.Array().Items))
	for i, item := range v.Array().Items {
		x, err := c.ruled(ctx, item, f.message)
		if err != nil {
			return value.Nil, err
		}
		items[i] = x
	}
	return value.FromItems(items), nil
}

// brokenRules are what is wrong with a question: error records.
type brokenRules struct{ faults []value.Value }

func (e *brokenRules) texts() []string {
	out := make([]string, len(e.faults))
	for i, f := range e.faults {
		out[i] = value.Brief(f)
		if message, err := value.Field(f, value.FieldMessage); err == nil {
			out[i] = value.Brief(message)
		}
	}
	return out
}

func (e *brokenRules) Error() string { return strings.Join(e.texts(), "; ") }

// wire is the error that the client is told, since what is wrong is its own: every fault, and each as a detail.
func (e *brokenRules) wire() error {
	out := connect.NewError(connect.CodeInvalidArgument, e)
	for _, text := range e.texts() {
		addDetail(out, value.FromFields([]string{value.FieldMessage}, []value.Value{value.FromText(text)}))
	}
	return out
}
