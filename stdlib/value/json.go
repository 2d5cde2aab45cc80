package value

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// FromJSON reads one JSON text (RFC 8259). Objects become maps with their keys
// in order, numbers ints where they are written as such and fit in 64 bits,
// else floats. Of doubled keys the last wins; bytes that are no UTF-8 become
// U+FFFD. Lists and objects may be nested 1,000 deep.
func FromJSON(data []byte) (any, error) {
	d := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	v, err := readValue(d, maxDepth)
	if err != nil {
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errors.New("the text ends before the value does")
		}
		return nil, jsonError{err}
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, fmt.Errorf("there is more behind the value at byte %d", d.InputOffset())
	}
	return v, nil
}

// jsonError tells a mistake in JSON without names of Go; its cause knows the
// place.
type jsonError struct{ cause error }

func (e jsonError) Error() string { return strings.TrimPrefix(e.cause.Error(), "jsontext: ") }
func (e jsonError) Unwrap() error { return e.cause }

// maxDepth keeps whatever walks a value well within its stack.
const maxDepth = 1000

func readValue(d *jsontext.Decoder, depth int) (any, error) {
	tok, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	if depth == 0 && (tok.Kind() == '[' || tok.Kind() == '{') {
		return nil, fmt.Errorf("lists and objects are nested more than %d deep at byte %d", maxDepth, d.InputOffset())
	}
	switch tok.Kind() {
	case 'n':
		return nil, nil
	case 't', 'f':
		return tok.Bool(), nil
	case '"':
		return tok.String(), nil
	case '0':
		return jsonNumber(tok.String())
	case '[':
		list := []any{}
		for d.PeekKind() != ']' {
			e, err := readValue(d, depth-1)
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		_, err := d.ReadToken()
		return list, err
	default:
		m := NewMap(8)
		for d.PeekKind() != '}' {
			key, err := d.ReadToken()
			if err != nil {
				return nil, err
			}
			name := key.String()
			e, err := readValue(d, depth-1)
			if err != nil {
				return nil, err
			}
			m.Set(name, e)
		}
		_, err := d.ReadToken()
		return m, err
	}
}

func jsonNumber(text string) (any, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, fmt.Errorf("number %s is too large", text)
	}
	return f, nil
}

// AppendJSON writes a value as JSON: durations, sizes, percentages, times,
// ranges and handles as strings of their literal; a float without a JSON form
// as a string. It fails only for what is no value of the language, and with
// [ErrTooLong].
func AppendJSON(b []byte, v any) ([]byte, error) {
	if len(b) > MaxText {
		return b, ErrTooLong
	}
	var err error
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return strconv.AppendQuote(b, strconv.FormatFloat(v, 'g', -1, 64)), nil
		}
		return append(b, FormatFloat(v)...), nil
	case string:
		return appendString(b, v), nil
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = AppendJSON(b, e); err != nil {
				return b, err
			}
		}
		return append(b, ']'), nil
	case *Map:
		b = append(b, '{')
		for i, k := range v.keys {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, k), ':')
			if b, err = AppendJSON(b, v.vals[k]); err != nil {
				return b, err
			}
		}
		return append(b, '}'), nil
	case *Record:
		return appendRecord(b, v)
	case time.Time:
		return appendString(b, v.Format(time.RFC3339Nano)), nil
	case *Lazy:
		return b, errors.New("a field that is not computed yet stands outside of its record")
	}
	if KindOf(v) == types.Invalid {
		return b, fmt.Errorf("a Go %T is no value of the language", v)
	}
	return appendString(b, Literal(v)), nil
}

// appendRecord writes a record. A lazy field that repeats what another field
// says is computed only where somebody reads it: it is left out here.
func appendRecord(b []byte, r *Record) ([]byte, error) {
	b = append(b, '{')
	first := true
	for i, f := range r.Type.Fields {
		if _, lazy := r.Vals[i].(*Lazy); lazy {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendString(b, f.Name), ':')
		var err error
		if b, err = AppendJSON(b, r.Vals[i]); err != nil {
			return b, err
		}
	}
	return append(b, '}'), nil
}

func appendString(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s) // the error says that invalid UTF-8 was replaced
	return b
}
