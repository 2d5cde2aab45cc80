package literal

import (
	"fmt"
	"strconv"
)

// ParsePercent reads a percentage as the language writes it and returns 12.5
// for 12.5%; a minus may stand before it. The error, if any, is an *[Error].
func ParsePercent(s string) (float64, error) {
	n, err := parseKind(s, Percent)
	return n.Float, err
}

// FormatPercent writes a percentage so that [ParsePercent] gives it back:
// 12.5% for 12.5.
func FormatPercent(f float64) string {
	return strconv.FormatFloat(f, 'f', -1, 64) + "%"
}

// example is a literal of each kind.
var example = [...]string{Int: "5", Float: "0.5", Duration: "5s", Size: "64KiB", Percent: "99.9%"}

// parseKind reads a literal of one kind, with its sign.
func parseKind(s string, want Kind) (Number, error) {
	digits, minus := s, false
	if len(s) > 1 && s[0] == '-' {
		digits, minus = s[1:], true
	}
	if minus && want == Duration && digits == FormatDuration(-1 << 63)[1:] {
		return Number{Kind: Duration, Int: -1 << 63}, nil
	}
	if minus && want == Size && digits == FormatSize(-1 << 63)[1:] {
		return Number{Kind: Size, Int: -1 << 63}, nil
	}
	n, err := Parse(digits)
	if err != nil {
		return Number{}, err
	}
	if n.Kind != want {
		return Number{}, &Error{Reason: WrongKind, End: len(s),
			Message: fmt.Sprintf("%s is %s, not %s as %s", s, n.Kind, want, example[want])}
	}
	if minus {
		n.Int, n.Float = -n.Int, -n.Float
	}
	return n, nil
}
