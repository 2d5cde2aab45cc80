package value

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/lang/literal"
)

// Text is what a hole in a string prints: strings as they are, numbers,
// durations, sizes and times as literals, everything else as JSON.
func Text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, err := AppendText(nil, v)
	if err != nil {
		return "(" + err.Error() + ")"
	}
	return string(b)
}

// MaxText is the length above which no text is made of values, in bytes: lists
// that hold a list twice, which holds another twice, and so on, are small and
// their text is not.
const MaxText = 64 << 20

// ErrTooLong is the error of a text that would be longer than [MaxText].
var ErrTooLong = fmt.Errorf("the text is longer than %d MiB", MaxText>>20)

// AppendText writes what a hole in a string prints. The errors are those of
// [AppendJSON], and [ErrTooLong].
func AppendText(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		if len(b)+len(v) > MaxText {
			return b, ErrTooLong
		}
		return append(b, v...), nil
	case []any, *Map, *Record:
		return AppendJSON(b, v)
	}
	return appendLiteral(b, v), nil
}

// Literal writes a value as source text, as far as the language has a form for
// it: "abc", 250ms, 64KiB, 12.5%, [1, 2], {"a": 1}. Times stand as RFC 3339,
// handles as their kind and id, and lazy fields of records are left out.
func Literal(v any) string { return string(appendLiteral(nil, v)) }

func appendLiteral(b []byte, v any) []byte {
	if len(b) > MaxText {
		return b
	}
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case float64:
		return append(b, FormatFloat(v)...)
	case string:
		return appendQuoted(b, v)
	case time.Duration:
		return append(b, literal.FormatDuration(v)...)
	case Size:
		return append(b, literal.FormatSize(int64(v))...)
	case Percent:
		return append(b, literal.FormatPercent(float64(v))...)
	case time.Time:
		return v.AppendFormat(b, time.RFC3339Nano)
	case Range:
		return appendLiteral(append(appendLiteral(b, v.From), ".."...), v.To)
	case Handle:
		return append(b, v.Kind+" "+v.ID...)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			b = appendLiteral(comma(b, i), e)
		}
		return append(b, ']')
	case *Map:
		b = append(b, '{')
		for i, k := range v.keys {
			b = append(appendQuoted(comma(b, i), k), ": "...)
			b = appendLiteral(b, v.vals[k])
		}
		return append(b, '}')
	case *Record:
		b = append(b, '{')
		n := 0
		for i, f := range v.Type.Fields {
			if _, lazy := v.Vals[i].(*Lazy); !lazy {
				b = append(appendQuoted(comma(b, n), f.Name), ": "...)
				b = appendLiteral(b, v.Vals[i])
				n++
			}
		}
		return append(b, '}')
	}
	return append(b, "…"...) // a lazy field, which nobody has computed
}

func comma(b []byte, i int) []byte {
	if i == 0 {
		return b
	}
	return append(b, ", "...)
}

// appendQuoted writes a string on one line, with the escapes of the language.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\' || r == '$' && strings.HasPrefix(s[i+1:], "{"):
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < ' ' || r == 0x7f:
			b = append(b, `\u{`...)
			b = append(strconv.AppendInt(b, int64(r), 16), '}')
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// FormatFloat writes a float so that it is read back as the same float, with a
// point or an exponent. As Python does, it takes the exponent only for what is
// very large or very small: 1000000.0, 1e+16.
func FormatFloat(f float64) string {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-4 || abs >= 1e16) {
		format = 'e'
	}
	s := strconv.FormatFloat(f, format, -1, 64)
	if !strings.ContainsAny(s, ".eIN") {
		s += ".0"
	}
	return s
}
