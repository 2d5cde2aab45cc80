package value

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/literal"
)

// Text is what a hole in a string prints: strings as they are, numbers,
// durations, sizes and times as literals, everything else as JSON.
func Text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case Handle:
		return v.Kind + " " + v.ID
	}
	return Literal(v)
}

// Literal writes a value as source text, as far as the language has a literal
// for it: "abc", 250ms, 64KiB, 12.5%, [1, 2]; everything else as JSON.
func Literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return FormatFloat(v)
	case time.Duration:
		return literal.FormatDuration(v)
	case Size:
		return literal.FormatSize(int64(v))
	case Percent:
		return literal.FormatPercent(float64(v))
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case Range:
		return Literal(v.From) + ".." + Literal(v.To)
	case Handle:
		return v.Kind + " " + v.ID
	}
	b, err := AppendJSON(nil, v)
	if err != nil {
		return fmt.Sprintf("(%v)", err)
	}
	return string(b)
}

// FormatFloat writes a float so that it is read back as the same float: with a
// point or an exponent.
func FormatFloat(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(s, ".eIN") {
		s += ".0"
	}
	return s
}
