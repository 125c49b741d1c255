package host

import (
	"strconv"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
)

// byteWords turn text into bytes and back. Bytes are an array of whole numbers from 0 to 255.
var byteWords = table{
	"bytes":       pure(1, bytesOf),
	"fromBytes":   pure(1, fromBytes).of(0),
	"randomBytes": pure(1, randomBytes),
}

// bytesOf is பைட்டுகள்: the UTF-8 bytes of a text.
func bytesOf(c *call) (value.Value, error) {
	s := c.text(0)
	if err := c.growItems(len(s)); err != nil {
		return value.Nil, err
	}
	items := make([]value.Value, len(s))
	for i := range len(s) {
		items[i] = value.FromInt(int64(s[i]))
	}
	return value.FromItems(items), nil
}

// fromBytes is பைட்டுச்_சரம்: the text of UTF-8 bytes, or தவறு when they are none.
func fromBytes(c *call) (value.Value, error) {
	raw, err := c.byteArray(0)
	if err != nil {
		return value.Nil, err
	}
	s := string(raw)
	if at := badUTF8(s); at >= 0 {
		n := strconv.Itoa(at)
		return failed("பைட்டு "+n+" முதல் UTF-8 உரை அல்ல", "not UTF-8 text from byte "+n), nil
	}
	text, err := c.newText(s)
	return value.FromOk(text), err
}

// randomBytes is எழுமாற்று(count).
func randomBytes(c *call) (value.Value, error) {
	n, ok := value.ToNumber(c.args[0]).Int()
	if !ok || n < 1 || n > 1024 {
		return value.Nil, c.fault(CodeBadCount, c.args[0].Display())
	}
	raw, err := c.randomness(int(n))
	if err != nil {
		return value.Nil, err
	}
	return c.byteValues(raw)
}

// byteArray is argument i as bytes. Items that are no numbers are coerced as everywhere ("65" is 65, "x" is 0).
func (c *call) byteArray(i int) ([]byte, error) {
	items, err := c.array(i)
	if err != nil {
		return nil, err
	}
	if err := c.Grow(len(items)); err != nil {
		return nil, err
	}
	raw := make([]byte, len(items))
	for at, v := range items {
		n, ok := value.ToNumber(v).Int()
		if !ok || n < 0 || n > 255 {
			return nil, c.fault(CodeBadByte, strconv.Itoa(at), value.Brief(v))
		}
		raw[at] = byte(n)
	}
	return raw, nil
}

// byteValues is the array of numbers that stands for raw.
func (c *call) byteValues(raw []byte) (value.Value, error) {
	if err := c.growItems(len(raw)); err != nil {
		return value.Nil, err
	}
	items := make([]value.Value, len(raw))
	for i, b := range raw {
		items[i] = value.FromInt(int64(b))
	}
	return value.FromItems(items), nil
}

// badUTF8 is the offset of the first byte that is no UTF-8, or -1.
func badUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
