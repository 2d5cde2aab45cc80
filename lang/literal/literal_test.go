package literal_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/literal"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want literal.Number
	}{
		{"0", literal.Number{}},
		{"42", literal.Number{Int: 42}},
		{"1_000", literal.Number{Int: 1000}},
		{"9223372036854775807", literal.Number{Int: math.MaxInt64}},
		{"3.14", literal.Number{Kind: literal.Float, Float: 3.14}},
		{"0.5", literal.Number{Kind: literal.Float, Float: 0.5}},
		{"1e-5", literal.Number{Kind: literal.Float, Float: 1e-5}},
		{"2.5E+3", literal.Number{Kind: literal.Float, Float: 2500}},
		{"250ms", literal.Number{Kind: literal.Duration, Int: 250e6}},
		{"1m30s", literal.Number{Kind: literal.Duration, Int: 90e9}},
		{"1h05m", literal.Number{Kind: literal.Duration, Int: 65 * 60e9}},
		{"1.5h", literal.Number{Kind: literal.Duration, Int: 5400e9}},
		{"1d2h3m4s5ms6us7.0ns", literal.Number{Kind: literal.Duration, Int: 93784005006007}},
		{"1_500ms", literal.Number{Kind: literal.Duration, Int: 1500e6}},
		{"64KiB", literal.Number{Kind: literal.Size, Int: 65536}},
		{"1.5GB", literal.Number{Kind: literal.Size, Int: 1500000000}},
		{"0.3GiB", literal.Number{Kind: literal.Size, Int: 322122547}},
		{"1KB", literal.Number{Kind: literal.Size, Int: 1000}},
		{"1.0B", literal.Number{Kind: literal.Size, Int: 1}},
		{"99.9%", literal.Number{Kind: literal.Percent, Float: 99.9}},
		{"5%", literal.Number{Kind: literal.Percent, Float: 5}},
	} {
		got, err := literal.Parse(c.text)
		if err != nil || got != c.want {
			t.Errorf("Parse(%q) = %+v, %v; want %+v", c.text, got, err, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		text    string
		reason  literal.Reason
		part    string // what Start and End show
		suggest string
	}{
		{"", literal.Malformed, "", ""},
		{"x", literal.Malformed, "x", ""},
		{"1.", literal.Malformed, "", ""},
		{"2x", literal.Unit, "x", ""},
		{"0x1F", literal.Unit, "x", ""},
		{"1m90q", literal.Unit, "q", ""},
		{"5sec", literal.Unit, "sec", "5s"},
		{"5MS", literal.Unit, "MS", "5ms"},
		{"5gb", literal.Unit, "gb", "5GB"},
		{"1m30", literal.Unit, "30", ""},
		{"5%%", literal.Unit, "%%", ""},
		{"1e", literal.Unit, "e", ""},
		{"1e5s", literal.Unit, "e", ""},
		{"1GB5MB", literal.Malformed, "GB", ""},
		{"1s1m", literal.Order, "1m", ""},
		{"1s1s", literal.Order, "1s", ""},
		{"1.5h30m", literal.Fraction, "1.5h", ""},
		{"1.5B", literal.Fraction, "1.5B", ""},
		{"1__0", literal.Underscore, "1__0", "10"},
		{"1_s", literal.Underscore, "1_", "1s"},
		{"007", literal.LeadingZero, "007", "7"},
		{"00.5", literal.LeadingZero, "00.5", "0.5"},
		{"00", literal.LeadingZero, "00", "0"},
		{"9223372036854775808", literal.TooLarge, "9223372036854775808", ""},
		{"1e999", literal.TooLarge, "1e999", ""},
		{"300000d", literal.TooLarge, "300000d", ""},
		{"106751d24h", literal.TooLarge, "106751d24h", ""},
		{"99999999999999999999s", literal.TooLarge, "99999999999999999999s", ""},
		{"9999999TiB", literal.TooLarge, "9999999TiB", ""},
		{"0.5ns", literal.TooFine, "0.5ns", ""},
		{"1.0000000000000000000000001s", literal.TooFine, "1.0000000000000000000000001s", ""},
		{"1.5.2", literal.Unit, "1.5", ""},
	} {
		_, err := literal.Parse(c.text)
		var e *literal.Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%q): no error", c.text)
			continue
		}
		if e.Reason != c.reason || c.text[e.Start:e.End] != c.part || e.Suggest != c.suggest {
			t.Errorf("Parse(%q): reason %d, part %q, suggest %q (%v); want %d, %q, %q",
				c.text, e.Reason, c.text[e.Start:e.End], e.Suggest, e, c.reason, c.part, c.suggest)
		}
	}
}

func TestParseOneKind(t *testing.T) {
	if d, err := literal.ParseDuration("-1m30s"); d != -90*time.Second || err != nil {
		t.Errorf("got %v, %v", d, err)
	}
	for text, want := range map[string]string{
		"5":    "5 is an int, not a duration as 5s",
		"64kB": "64kB is a size, not a duration as 5s",
		"5sec": `5sec has the unknown unit "sec": write 5s`,
		"":     `"" is not a number`,
		"-":    `"-" is not a number`,
		"--5s": `"-5s" is not a number`,
	} {
		if _, err := literal.ParseDuration(text); err == nil || err.Error() != want {
			t.Errorf("ParseDuration(%q): %v; want %s", text, err, want)
		}
	}
	if _, err := literal.ParseSize("5%"); err == nil {
		t.Error("a percentage was read as a size")
	}
	if _, err := literal.ParsePercent("5"); err == nil {
		t.Error("an int was read as a percentage")
	}
}

func TestFormat(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 90 * time.Second: "1m30s", 250 * time.Millisecond: "250ms", 1500 * time.Millisecond: "1.5s",
		24 * time.Hour: "24h", 84 * time.Hour: "3d12h", time.Hour + time.Millisecond: "1h0.001s",
		-90 * time.Minute: "-1h30m", 1234567: "1.234567ms", time.Minute + 30500*time.Millisecond: "1m30.5s",
	} {
		if got := literal.FormatDuration(d); got != want {
			t.Errorf("FormatDuration(%d) = %s, want %s", int64(d), got, want)
		}
	}
	for n, want := range map[int64]string{
		0: "0B", 1: "1B", 512: "512B", 1000: "1kB", 1024: "1KiB", 65536: "64KiB", 1536: "1.5KiB",
		1500000000: "1.5GB", 1 << 40: "1TiB", 123456789: "123456789B", -2048: "-2KiB",
	} {
		if got := literal.FormatSize(n); got != want {
			t.Errorf("FormatSize(%d) = %s, want %s", n, got, want)
		}
	}
	if got := literal.FormatPercent(99.9); got != "99.9%" {
		t.Errorf("FormatPercent(99.9) = %s", got)
	}
}

func FuzzRoundTrip(f *testing.F) {
	for _, n := range []int64{0, 1, -1, 999, 1e9, 1 << 40, 90061001001001, math.MaxInt64, math.MinInt64} {
		f.Add(n, float64(n)/7)
	}
	f.Fuzz(func(t *testing.T, n int64, p float64) {
		if d, err := literal.ParseDuration(literal.FormatDuration(time.Duration(n))); err != nil || int64(d) != n {
			t.Errorf("duration %d: %s is read as %d, %v", n, literal.FormatDuration(time.Duration(n)), int64(d), err)
		}
		if v, err := literal.ParseSize(literal.FormatSize(n)); err != nil || v != n {
			t.Errorf("size %d: %s is read as %d, %v", n, literal.FormatSize(n), v, err)
		}
		if math.IsNaN(p) || math.IsInf(p, 0) {
			return
		}
		if v, err := literal.ParsePercent(literal.FormatPercent(p)); err != nil || v != p {
			t.Errorf("percent %v: %s is read as %v, %v", p, literal.FormatPercent(p), v, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("1m30s")
	f.Add(strings.Repeat("9", 40) + "d")
	f.Fuzz(func(t *testing.T, s string) {
		_, err := literal.Parse(s)
		var e *literal.Error
		if errors.As(err, &e) && (e.Start < 0 || e.End < e.Start || e.End > len(s)) {
			t.Errorf("Parse(%q): part %d:%d is outside", s, e.Start, e.End)
		}
	})
}
