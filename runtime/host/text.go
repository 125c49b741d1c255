package host

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/etamil-lang/etamil/runtime/value"
)

// textWords are the words over text. Arguments of any kind are taken by their display text.
var textWords = table{
	"toString": pure(1, toText).of(0),
	"upper":    pure(1, upper),
	"lower":    pure(1, lower),
	"replace":  pure(3, replace),
	"split":    pure(2, split),
	"join":     pure(2, join).of(0),
}

// toText is சொல்லாக்கு.
func toText(c *call) (value.Value, error) {
	if c.args[0].Kind() == value.TextKind {
		return c.args[0], nil
	}
	s, err := c.display(c.args[0])
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(s), nil
}

// upper is மேல்_எழுத்து: full Unicode mapping (ß becomes SS).
func upper(c *call) (value.Value, error) {
	s := c.text(0)
	if isASCII(s) {
		return c.newText(strings.ToUpper(s))
	}
	return c.newText(cases.Upper(language.Und).String(s))
}

// lower is கீழ்_எழுத்து.
func lower(c *call) (value.Value, error) {
	s := c.text(0)
	if isASCII(s) {
		return c.newText(strings.ToLower(s))
	}
	return c.newText(cases.Lower(language.Und).String(s))
}

// replace is மாற்று(text, from, to).
func replace(c *call) (value.Value, error) {
	s, err := replaceText(c.text(0), c.text(1), c.text(2), c.askText)
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(s), nil
}

// split is பிரி(text, separator).
func split(c *call) (value.Value, error) {
	s, sep := c.text(0), c.text(1)
	most := utf8.RuneCountInString(s)
	if sep != "" {
		most = strings.Count(s, sep) + 1
	}
	const sizeString = 16 // of the list that the array is made from
	if err := c.Grow(value.SizeArray + most*(sizeString+value.SizeText+value.SizeValue)); err != nil {
		return value.Nil, err
	}
	return texts(splitText(s, sep)), nil
}

// join is ஒன்றிணை(array, separator).
func join(c *call) (value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return value.Nil, err
	}
	sep := c.text(1)
	if len(items) > 1 && len(sep) > maxText/len(items) {
		return value.Nil, c.fault(CodeTooLarge)
	}
	if err := c.askText(len(sep) * max(len(items)-1, 0)); err != nil {
		return value.Nil, err
	}
	var out []byte
	for i, v := range items {
		if i > 0 {
			out = append(out, sep...)
		}
		if err := c.askDisplay(v); err != nil {
			return value.Nil, err
		}
		out = value.AppendDisplay(out, v)
	}
	return value.FromText(string(out)), nil
}

// textArray is an array of texts whose bytes are kept already.
func (c *call) textArray(list []string) (value.Value, error) {
	if err := c.Grow(value.SizeArray + len(list)*(value.SizeValue+value.SizeText)); err != nil {
		return value.Nil, err
	}
	return texts(list), nil
}

// texts is an array of texts.
func texts(list []string) value.Value {
	items := make([]value.Value, len(list))
	for i, s := range list {
		items[i] = value.FromText(s)
	}
	return value.FromItems(items)
}

// newText is a text value whose bytes were charged.
func (c *call) newText(s string) (value.Value, error) {
	if err := c.askText(len(s)); err != nil {
		return value.Nil, err
	}
	return value.FromText(s), nil
}

// askText charges a text of n bytes; n < 0 stands for more than there can be.
func (c *call) askText(n int) error {
	if n < 0 || n > maxText {
		return c.fault(CodeTooLarge)
	}
	return c.Grow(n + value.SizeText)
}

// askDisplay charges the display text of v before anybody makes it.
func (c *call) askDisplay(v value.Value) error { return c.askMeasured(value.DisplaySize(v, c.Room())) }

// askMeasured charges n bytes of text, n being above Room when there are more than anybody counted.
func (c *call) askMeasured(n int) error {
	if err := c.askText(n); err != nil {
		return err
	}
	if n > c.Room() {
		return c.fault(CodeTooLarge)
	}
	return nil
}

// display is the display text of v, charged unless it is there already.
func (c *call) display(v value.Value) (string, error) {
	if v.Kind() == value.TextKind {
		return v.Text(), nil
	}
	if err := c.askDisplay(v); err != nil {
		return "", err
	}
	return v.Display(), nil
}

// isASCII tells that s has no byte from 0x80 up.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
