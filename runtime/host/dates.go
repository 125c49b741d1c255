package host

import (
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// dateWords are the words over dates and the clock. A date is the text YYYY-MM-DD; all times are UTC.
var dateWords = table{
	"today":       pure(0, today),
	"daysBetween": pure(2, daysBetween),
	"addDays":     pure(2, addDays),
	"nowSeconds":  pure(0, nowSeconds),
	"timestamp":   pure(0, timestamp),
}

// today is இன்று.
func today(c *call) (value.Value, error) {
	t, err := c.clock()
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(t.Format(time.DateOnly)), nil
}

// daysBetween is நாள்_வேறுபாடு(from, to): negative when to is earlier.
func daysBetween(c *call) (value.Value, error) {
	from, err := c.date(0)
	if err != nil {
		return value.Nil, err
	}
	to, err := c.date(1)
	if err != nil {
		return value.Nil, err
	}
	return value.FromInt(int64(to.days() - from.days())), nil
}

// addDays is நாள்_கூட்டு(date, days): a fraction of a day is cut off.
func addDays(c *call) (value.Value, error) {
	d, err := c.date(0)
	if err != nil {
		return value.Nil, err
	}
	const most = (maxYear + 1) * 366
	n, ok := truncated(c.decimal(1))
	if ok && n >= -most && n <= most {
		if sum := fromDays(d.days() + int(n)); sum.year >= 0 && sum.year <= maxYear {
			return value.FromText(sum.String()), nil
		}
	}
	return value.Nil, c.fault(CodeDateRange, d.String(), value.FromDecimal(c.decimal(1)).Display())
}

// nowSeconds is இப்போதைய_நொடி: whole seconds since 1970.
func nowSeconds(c *call) (value.Value, error) {
	t, err := c.clock()
	if err != nil {
		return value.Nil, err
	}
	return value.FromInt(t.Unix()), nil
}

// timestamp is நேரமுத்திரை: now as RFC 3339 text with milliseconds, always of one length.
func timestamp(c *call) (value.Value, error) {
	t, err := c.clock()
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(t.Format("2006-01-02T15:04:05.000Z")), nil
}

// clock reads the time in UTC.
func (c *call) clock() (time.Time, error) {
	t := c.now().UTC()
	if t.Unix() < 0 {
		return t, c.fault(CodeNoClock)
	}
	return t, nil
}

// date is argument i as a date.
func (c *call) date(i int) (date, error) {
	s := c.text(i)
	d, ok := parseDate(s)
	if !ok {
		return d, c.fault(CodeBadDate, s)
	}
	return d, nil
}
