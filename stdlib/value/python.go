package value

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// The rules of Python for values, which the Chaos Toolkit leaves to Python.

// PythonText returns what Python's str writes for a value: True, None, 1.0,
// [1, 'a'], {'k': 1}; a string is its own text. Values that Python has no
// literal for (durations, sizes, times) are the text of their literal.
func PythonText(v any) string {
	switch KindOf(v) {
	case types.Null, types.Bool, types.Int, types.Float, types.List, types.Map, types.Record:
		var b strings.Builder
		pythonRepr(&b, v)
		return b.String()
	}
	return Text(v)
}

// pythonRepr writes a value as Python's repr does.
func pythonRepr(b *strings.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("None")
	case bool:
		if v {
			b.WriteString("True")
		} else {
			b.WriteString("False")
		}
	case float64:
		b.WriteString(pythonFloat(v))
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			pythonRepr(b, e)
		}
		b.WriteByte(']')
	case *Map:
		b.WriteByte('{')
		for i, k := range v.keys {
			pythonEntry(b, i, k, v.vals[k])
		}
		b.WriteByte('}')
	case *Record:
		if data, ok := pythonBytes(v); ok {
			pythonBytesRepr(b, data)
			return
		}
		if v.Type == DateType {
			b.WriteString(Text(v.Vals[0]))
			return
		}
		b.WriteByte('{')
		n := 0
		for i, f := range v.Type.Fields {
			if _, lazy := v.Vals[i].(*Lazy); !lazy {
				pythonEntry(b, n, f.Name, v.Vals[i])
				n++
			}
		}
		b.WriteByte('}')
	case int64:
		fmt.Fprint(b, v)
	default:
		pythonQuote(b, Text(v))
	}
}

// BytesType is the type of what stands for a bytes object of Python.
var BytesType = types.RecordOf("bytes", types.Field{Name: "base64", Type: types.StringType, Doc: "the bytes in base64"})

// NewPythonBytes returns what stands for a bytes object of Python.
func NewPythonBytes(data []byte) *Record {
	return &Record{Type: BytesType, Vals: []any{base64.StdEncoding.EncodeToString(data)}}
}

// DateType is the type of what stands for a date or a datetime of Python.
var DateType = types.RecordOf("date", types.Field{Name: "date", Type: types.StringType, Doc: "Python's text of it"})

// NewPythonDate returns what stands for the date or datetime of Python that has
// this text, as 2024-05-06 or 2024-05-06 07:08:09+00:00.
func NewPythonDate(text string) *Record { return &Record{Type: DateType, Vals: []any{text}} }

// pythonBytes returns the bytes that a record stands for.
func pythonBytes(r *Record) ([]byte, bool) {
	if r.Type != BytesType {
		return nil, false
	}
	text, _ := r.Vals[0].(string)
	data, err := base64.StdEncoding.DecodeString(text)
	return data, err == nil
}

// pythonBytesRepr writes bytes as b'...'.
func pythonBytesRepr(b *strings.Builder, data []byte) {
	quote := byte('\'')
	if bytes.IndexByte(data, '\'') >= 0 && bytes.IndexByte(data, '"') < 0 {
		quote = '"'
	}
	b.WriteByte('b')
	b.WriteByte(quote)
	for _, c := range data {
		switch {
		case c == quote || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c > '~':
			fmt.Fprintf(b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(quote)
}

func pythonEntry(b *strings.Builder, i int, key string, v any) {
	if i > 0 {
		b.WriteString(", ")
	}
	pythonQuote(b, key)
	b.WriteString(": ")
	pythonRepr(b, v)
}

func pythonFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	return FormatFloat(f)
}

// pythonQuote writes a string in single quotes, or in double ones where that
// saves escapes; what cannot be printed is escaped.
func pythonQuote(b *strings.Builder, s string) {
	quote := '\''
	if strings.ContainsRune(s, '\'') && !strings.ContainsRune(s, '"') {
		quote = '"'
	}
	b.WriteRune(quote)
	for _, r := range s {
		switch {
		case r == quote || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			fmt.Fprintf(b, `\U%08x`, r)
		}
	}
	b.WriteRune(quote)
}

// PythonTrue returns the truth that Python sees in a value: false are null,
// false, zero, and an empty string, list or map.
func PythonTrue(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case *Map:
		return v.Len() > 0
	case *Record:
		return len(v.Vals) > 0
	}
	return number(v) != 0
}

// PythonEqual is [Equal] but that a bool is the number 0 or 1, at any depth.
func PythonEqual(a, b any) bool {
	a, b = PythonNumber(a), PythonNumber(b)
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		return ok && equalLists(x, y, PythonEqual)
	case *Map, *Record:
		return equalEntries(a, b, PythonEqual)
	}
	return Equal(a, b)
}

// pythonCompare orders two values, lists by their first difference; ok is
// false where they have no order.
func pythonCompare(a, b any) (order int, ok bool) {
	x, isList := a.([]any)
	y, both := b.([]any)
	if !isList || !both {
		c, err := Compare(PythonNumber(a), PythonNumber(b))
		return c, err == nil
	}
	for i := range min(len(x), len(y)) {
		if !PythonEqual(x[i], y[i]) {
			return pythonCompare(x[i], y[i])
		}
	}
	return cmp.Compare(len(x), len(y)), true
}

// PythonNumber returns the number that a bool is for Python, and any other
// value as it is.
func PythonNumber(v any) any {
	switch v {
	case true:
		return int64(1)
	case false:
		return int64(0)
	}
	return v
}
