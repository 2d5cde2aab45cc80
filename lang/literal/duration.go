package literal

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// ParseDuration reads a duration as the language writes it, as 250ms or 1m30s;
// a minus may stand before it. The error, if any, is an *[Error].
func ParseDuration(s string) (time.Duration, error) {
	n, err := parseKind(s, Duration)
	return time.Duration(n.Int), err
}

// FormatDuration writes a duration so that [ParseDuration] gives it back:
// 250ms, 1.5s, 1m30s, 24h, 3d12h.
func FormatDuration(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	n := uint64(d)
	if d < 0 {
		b.WriteByte('-')
		n = -n
	}
	second := durationUnit("s")
	for _, u := range durationUnits {
		if u.n == durationUnit("d") && n < 2*u.n {
			continue // up to two days are told in hours
		}
		if n < u.n {
			continue
		}
		if u.n <= second {
			writeScaled(&b, n, u)
			break
		}
		b.WriteString(strconv.FormatUint(n/u.n, 10) + u.name)
		if n %= u.n; n > 0 && n < second { // a fraction stands in the last unit
			writeScaled(&b, n, unit{"s", second})
			break
		}
	}
	return b.String()
}

// writeScaled writes n as a decimal fraction of a unit that is a power of ten.
func writeScaled(b *strings.Builder, n uint64, u unit) {
	b.WriteString(strconv.FormatUint(n/u.n, 10))
	if rest := n % u.n; rest > 0 {
		digits := strconv.FormatUint(u.n+rest, 10)[1:]
		b.WriteString("." + strings.TrimRight(digits, "0"))
	}
	b.WriteString(u.name)
}

// parseDuration reads a duration, of which p is the first part.
func parseDuration(text string, p part) (Number, error) {
	var total uint64
	var last uint64
	for first := true; ; first = false {
		n := durationUnit(text[p.end:p.next])
		switch {
		case n == 0:
			return Number{}, unitError(text, p)
		case !first && n >= last:
			return Number{}, &Error{Reason: Order, Start: p.start, End: p.next,
				Message: fmt.Sprintf("the units of %s do not go from large to small", text)}
		case p.point < p.end && p.next < len(text):
			return Number{}, &Error{Reason: Fraction, Start: p.start, End: p.next,
				Message: fmt.Sprintf("%s has a fraction before its last unit", text)}
		}
		v, rest, ok := scale(text, p, n)
		total += v
		if !ok || v > math.MaxInt64 || total > math.MaxInt64 {
			return Number{}, &Error{Reason: TooLarge, End: len(text),
				Message: fmt.Sprintf("%s does not fit a duration, which goes up to %s", text, FormatDuration(math.MaxInt64))}
		}
		if rest {
			return Number{}, &Error{Reason: TooFine, Start: p.start, End: p.next,
				Message: fmt.Sprintf("%s is not a whole number of nanoseconds", text)}
		}
		if p.next == len(text) {
			return Number{Kind: Duration, Int: int64(total)}, nil
		}
		last = n
		var err error
		if p, err = readPart(text, p.next); err != nil {
			return Number{}, err
		}
	}
}
