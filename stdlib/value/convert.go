package value

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Parse converts a text from outside (an environment variable, a file, --var,
// a default) to a type. Bools take true/false, yes/no, on/off, 1/0 in any case
// of letters; any, lists and maps read JSON; times are RFC 3339.
func Parse(text string, t *types.Type) (any, error) {
	trimmed, shown := strings.TrimSpace(text), Literal(shortened(text))
	wrong := func() error { return fmt.Errorf("%s is not a %s", shown, t) }
	switch t.Kind {
	case types.String:
		return text, nil
	case types.Union:
		for _, a := range t.Alts {
			if v, err := Parse(text, a); err == nil {
				return v, nil
			}
		}
		return nil, wrong()
	case types.Bool:
		switch strings.ToLower(trimmed) {
		case "true", "yes", "on", "1":
			return true, nil
		case "false", "no", "off", "0":
			return false, nil
		}
		return nil, fmt.Errorf("%s is not a bool (true/false, yes/no, on/off, 1/0)", shown)
	case types.Int:
		// one _ at a time, and between digits only
		if slices.Contains(strings.Split(strings.TrimLeft(trimmed, "+-"), "_"), "") {
			return nil, fmt.Errorf("%s is not an int", shown)
		}
		n, err := strconv.ParseInt(strings.ReplaceAll(trimmed, "_", ""), 10, 64)
		if errors.Is(err, strconv.ErrRange) {
			return nil, fmt.Errorf("%s does not fit in 64 bits", shown)
		}
		if err != nil {
			return nil, fmt.Errorf("%s is not an int", shown)
		}
		return n, nil
	case types.Float:
		f, err := strconv.ParseFloat(trimmed, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, wrong()
		}
		return f, nil
	case types.Duration:
		d, err := literal.ParseDuration(trimmed)
		if err != nil {
			return nil, fmt.Errorf("%s is not a duration (as 250ms or 1m30s): %w", shown, err)
		}
		return d, nil
	case types.Size:
		n, err := literal.ParseSize(trimmed)
		if err != nil {
			return nil, fmt.Errorf("%s is not a size (as 64KiB or 1.5GB): %w", shown, err)
		}
		return Size(n), nil
	case types.Percent:
		p, err := literal.ParsePercent(trimmed)
		if err != nil {
			return nil, fmt.Errorf("%s is not a percentage (as 99.9%%): %w", shown, err)
		}
		return Percent(p), nil
	case types.Time:
		tm, err := time.Parse(time.RFC3339Nano, trimmed)
		if err != nil {
			return nil, fmt.Errorf("%s is not a time (as 2006-01-02T15:04:05Z)", shown)
		}
		return tm, nil
	case types.Null:
		if trimmed == "null" || trimmed == "" {
			return nil, nil
		}
		return nil, wrong()
	case types.Any, types.List, types.Map:
		v, err := FromJSON([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("%s is not JSON: %w", shown, err)
		}
		return Check(v, t)
	}
	return nil, fmt.Errorf("a %s cannot be given as text", t)
}

// Check makes sure that a value is of a type, as it must be where a value of
// type any arrives at a place that wants more: an int becomes a float, a
// record a map. The error says what came instead.
func Check(v any, t *types.Type) (any, error) { return new(conversion).check(v, t) }

// maxElements is how many elements of lists, maps and records one check looks
// at: values that hold a value twice, which holds another twice, and so on, are
// small and what they stand for is not.
const maxElements = 1_000_000

// conversion is one call of Check.
type conversion struct{ elements int }

func (cv *conversion) check(v any, t *types.Type) (any, error) {
	if cv.elements++; cv.elements > maxElements {
		return nil, fmt.Errorf("it has more than %d elements", maxElements)
	}
	switch t.Kind {
	case types.Any, types.Invalid:
		return v, nil
	case types.Union:
		for _, a := range t.Alts {
			if c, err := cv.check(v, a); err == nil {
				return c, nil
			}
		}
		return nil, fmt.Errorf("wants %s, not %s", t, Describe(v))
	}
	got := KindOf(v)
	switch {
	case got == types.Record && t.Kind == types.Record:
		return cv.checkFields(v.(*Record), t)
	case got == t.Kind:
		return cv.checkInside(v, t)
	case got == types.Int && t.Kind == types.Float:
		return float64(v.(int64)), nil
	case got == types.Record && t.Kind == types.Map:
		m, err := v.(*Record).Map()
		if err != nil {
			return nil, err
		}
		return cv.checkInside(m, t)
	case got == types.Map && t.Kind == types.Record:
		return cv.checkRecord(v.(*Map), t)
	}
	return nil, fmt.Errorf("wants %s, not %s", t, Describe(v))
}

// checkInside looks at the elements of a value of the right kind.
func (cv *conversion) checkInside(v any, t *types.Type) (any, error) {
	switch v := v.(type) {
	case []any:
		if t.Elem.Kind == types.Any || t.Elem.Kind == types.Invalid {
			return v, nil
		}
		out := make([]any, len(v))
		for i, e := range v {
			c, err := cv.check(e, t.Elem)
			if err != nil {
				return nil, fmt.Errorf("element %d: %w", i, err)
			}
			out[i] = c
		}
		return out, nil
	case *Map:
		if t.Elem.Kind == types.Any || t.Elem.Kind == types.Invalid {
			return v, nil
		}
		out := NewMap(v.Len())
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			c, err := cv.check(e, t.Elem)
			if err != nil {
				return nil, fmt.Errorf("entry %q: %w", k, err)
			}
			out.Set(k, c)
		}
		return out, nil
	case Handle:
		if t.Name != "" && t.Name != v.Kind {
			return nil, fmt.Errorf("wants %s, not %s", t, Describe(v))
		}
	case Range:
		if t.Elem.Kind == types.Any || t.Elem.Kind == types.Invalid {
			return v, nil
		}
		from, err := cv.check(v.From, t.Elem)
		if err != nil {
			return nil, err
		}
		to, err := cv.check(v.To, t.Elem)
		if err != nil {
			return nil, err
		}
		return Range{from, to}, nil
	}
	return v, nil
}

func (cv *conversion) checkRecord(m *Map, t *types.Type) (any, error) {
	r := &Record{Type: t, Vals: make([]any, len(t.Fields))}
	for i, f := range t.Fields {
		e, ok := m.Get(f.Name)
		if !ok {
			return nil, fmt.Errorf("field %q is missing", f.Name)
		}
		c, err := cv.check(e, f.Type)
		if err != nil {
			return nil, fmt.Errorf("field %q: %w", f.Name, err)
		}
		r.Vals[i] = c
	}
	return r, nil
}

// checkFields is for a record where one with certain fields is wanted; others
// may be there too.
func (cv *conversion) checkFields(r *Record, t *types.Type) (any, error) {
	if types.Same(r.Type, t) {
		return r, nil
	}
	out := &Record{Type: t, Vals: make([]any, len(t.Fields))}
	for i, f := range t.Fields {
		v, err := r.Get(f.Name)
		if err != nil {
			return nil, err
		}
		if out.Vals[i], err = cv.check(v, f.Type); err != nil {
			return nil, fmt.Errorf("field %q: %w", f.Name, err)
		}
	}
	return out, nil
}

// Map returns the record as a map; its lazy fields are computed.
func (r *Record) Map() (*Map, error) {
	m := NewMap(len(r.Vals))
	for i, f := range r.Type.Fields {
		v, err := r.At(i)
		if err != nil {
			return nil, fmt.Errorf("field %q: %w", f.Name, err)
		}
		m.Set(f.Name, v)
	}
	return m, nil
}

// Describe says what a value is, for messages: the string "abc", a list. Long
// strings are cut.
func Describe(v any) string {
	switch kind := KindOf(v); kind {
	case types.Null:
		return "null"
	case types.List, types.Map, types.Record:
		return "a " + kind.String()
	case types.Invalid:
		return fmt.Sprintf("a %T", v)
	case types.String:
		return "the string " + Literal(shortened(v.(string)))
	default:
		return "the " + kind.String() + " " + Literal(v)
	}
}

// maxShown is how many characters of a string a message shows.
const maxShown = 60

func shortened(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxShown {
			return s[:i] + "…"
		}
	}
	return s
}
