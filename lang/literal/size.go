package literal

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ParseSize reads a size in bytes as the language writes it, as 64KiB or
// 1.5GB; a minus may stand before it. What a fraction leaves of a byte is cut
// off. The error, if any, is an *[Error].
func ParseSize(s string) (int64, error) {
	n, err := parseKind(s, Size)
	return n.Int, err
}

// FormatSize writes a size so that [ParseSize] gives it back, exactly,
// with the fewest digits and at most three decimals: 64KiB, 1.5GB.
func FormatSize(n int64) string {
	sign, v := "", uint64(n)
	if n < 0 {
		sign, v = "-", -v
	}
	best, digits := "", 0
	for _, u := range sizeUnits {
		if v < u.n && u.n > 1 {
			continue
		}
		rest := v % u.n * 1000 // below 2^40 * 1000
		if rest%u.n != 0 {
			continue
		}
		text := strconv.FormatUint(v/u.n, 10)
		if rest > 0 {
			text += "." + strings.TrimRight(strconv.FormatUint(1000+rest/u.n, 10)[1:], "0")
		}
		if best == "" || len(text) < digits {
			best, digits = text+u.name, len(text)
		}
	}
	return sign + best
}

// parseSize reads a size, which p is.
func parseSize(text string, p part) (Number, error) {
	n := sizeUnit(text[p.end:p.next])
	v, rest, ok := scale(text, p, n)
	switch {
	case !ok || v > math.MaxInt64:
		return Number{}, &Error{Reason: TooLarge, End: len(text),
			Message: fmt.Sprintf("%s does not fit a size, which goes up to 9223372036854775807B", text)}
	case rest && n == 1:
		return Number{}, &Error{Reason: Fraction, End: len(text),
			Message: fmt.Sprintf("%s is not a whole number of bytes", text)}
	}
	return Number{Kind: Size, Int: int64(v)}, nil
}
