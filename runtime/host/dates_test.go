package host

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	t.Parallel()
	check(t, fixed(), []row{
		{"இன்று", nil, "2026-02-28"},
		{"iZRu", nil, "2026-02-28"},
		{"இப்போதைய_நொடி", nil, "1772303398"},
		{"நேரமுத்திரை", nil, "2026-02-28T18:29:58.007Z"},
		{"நிலை_நேரம்", nil, "2026-02-28T18:29:58.007Z"},

		{"நாள்_கூட்டு", list("2024-02-31", 0), "2024-03-02"},
		{"nAL_kUttu", list("2024-1-5", 0), "2024-01-05"},
		{"நாள்_கூட்டு", list(" 2024-01-05 ", num("1.9")), "2024-01-06"},
		{"நாள்_கூட்டு", list("2024-01-05", num("-1.9")), "2024-01-04"},
		{"நாள்_கூட்டு", list("0001-01-01", -1), "0000-12-31"},
		{"நாள்_கூட்டு", list("9999-12-31", 1), "10000-01-01"},
		{"நாள்_கூட்டு", list("2024-02-28", "கௌ"), "2024-02-28"},
		{"நாள்_கூட்டு", list("2024-02-28", 366), "2025-02-28"},
		{"நாள்_கூட்டு", list("2024-13-01", 0), "! E0377: நாள்_கூட்டு, 2024-13-01"},
		{"நாள்_கூட்டு", list("2024-00-01", 0), "! E0377: நாள்_கூட்டு, 2024-00-01"},
		{"நாள்_கூட்டு", list("2024-01-32", 0), "! E0377: நாள்_கூட்டு, 2024-01-32"},
		{"நாள்_கூட்டு", list("2024-01-0", 0), "! E0377: நாள்_கூட்டு, 2024-01-0"},
		{"நாள்_கூட்டு", list("௨௦௨௪-01-01", 0), "! E0377: நாள்_கூட்டு, ௨௦௨௪-01-01"},
		{"நாள்_கூட்டு", list("-1-01-01", 0), "! E0377: நாள்_கூட்டு, -1-01-01"},
		{"நாள்_கூட்டு", list("99999999999999999999-01-01", 0), "! E0377: நாள்_கூட்டு, 99999999999999999999-01-01"},
		{"நாள்_கூட்டு", list("0000-01-01", -1), "! E0385: நாள்_கூட்டு, 0000-01-01, -1"},
		{"நாள்_கூட்டு", list("2024-01-01", num("1e20")), "! E0385: நாள்_கூட்டு, 2024-01-01, 100000000000000000000"},
		{"நாள்_கூட்டு", list(nil, 1), "! E0377: நாள்_கூட்டு, nil"},

		{"நாள்_வேறுபாடு", list("2024-02-28", "2024-03-01"), "2"},
		{"nAL_vERupAtu", list("2024-03-01", "2024-02-28"), "-2"},
		{"நாள்_வேறுபாடு", list("1970-01-01", "2026-02-28"), "20512"},
		{"நாள்_வேறுபாடு", list("2024-01-01T00:00", "2024-03-01"), "! E0377: நாள்_வேறுபாடு, 2024-01-01T00:00"},
		{"நாள்_வேறுபாடு", list("2024-01-01", "𝒳"), "! E0377: நாள்_வேறுபாடு, 𝒳"},
	})
}

// The calendar agrees with Go's over two thousand years and back.
func TestCalendar(t *testing.T) {
	t.Parallel()
	start := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 2_400 * 365 {
		at := start.AddDate(0, 0, i)
		d := date{at.Year(), int(at.Month()), at.Day()}
		n := int(at.Unix() / 86400)
		if at.Unix()%86400 < 0 {
			n--
		}
		if d.days() != n || fromDays(n) != d || !d.real() {
			t.Fatalf("%s is day %d, Go says %d; back it is %s", d, d.days(), n, fromDays(n))
		}
	}
	if (date{2023, 2, 29}).real() || (date{2024, 4, 31}).real() {
		t.Error("days were found that no month has")
	}
}

func TestClockBefore1970(t *testing.T) {
	t.Parallel()
	old := Env{Now: func() time.Time { return time.Unix(-1, 0) }}
	check(t, old, []row{
		{"இன்று", nil, "! E0378: இன்று"},
		{"ippOqYya_noti", nil, "! E0378: இப்போதைய_நொடி"},
		{"நேரமுத்திரை", nil, "! E0378: நேரமுத்திரை"},
	})
}

// FuzzDate: parsing never fails badly, and a real date survives the way there and back.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024-02-31", "1-1-1", "௨-1-1", " 0000-01-01", "999999-12-31", "--", "+1-1-1", "𝒳-1-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := parseDate(s)
		if !ok {
			return
		}
		if back := fromDays(d.days()); d.real() != (back == d) || back.days() != d.days() {
			t.Fatalf("%q is %s, back %s", s, d, back)
		}
	})
}
