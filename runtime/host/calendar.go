package host

import (
	"fmt"
	"strconv"
	"strings"
)

// maxYear bounds the years that date words calculate with.
const maxYear = 999_999

// date is a day of the proleptic Gregorian calendar as written: the day of the month may be past the month's end.
type date struct{ year, month, day int }

// parseDate reads Y-M-D: three whole numbers, month 1 to 12, day 1 to 31. The day is not held against the month, as in
// the reference: 2024-02-31 stands for 2024-03-02.
func parseDate(s string) (date, bool) {
	parts := strings.Split(strings.TrimSpace(s), "-")
	if len(parts) != 3 {
		return date{}, false
	}
	var n [3]int
	for i, p := range parts {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return date{}, false
		}
		v, err := strconv.Atoi(p)
		if err != nil {
			return date{}, false
		}
		n[i] = v
	}
	d := date{n[0], n[1], n[2]}
	ok := d.year <= maxYear && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31
	return d, ok
}

// real tells that the calendar has the day.
func (d date) real() bool { return fromDays(d.days()) == d }

// days counts from 1970-01-01. Years begin in March here, so that the leap day is a year's last; 400 years are one era.
func (d date) days() int {
	y, m := d.year, d.month
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*((m+9)%12)+2)/5 + d.day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*146_097 + dayOfEra - 719_468
}

// fromDays is the inverse of days.
func fromDays(n int) date {
	n += 719_468
	era := floorDiv(n, 146_097)
	dayOfEra := n - era*146_097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36_524 - dayOfEra/146_096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	mp := (5*dayOfYear + 2) / 153
	d := date{year: yearOfEra + era*400, month: (mp+2)%12 + 1, day: dayOfYear - (153*mp+2)/5 + 1}
	if d.month <= 2 {
		d.year++
	}
	return d
}

// String is YYYY-MM-DD.
func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
