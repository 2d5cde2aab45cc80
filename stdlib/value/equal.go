package value

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// Equal reports whether two values are the same: ints and floats by value, a
// percentage and a number by its fraction, times by their instant, lists by
// their elements, maps and records by their entries in any order. A field of a
// record that is computed only when it is read repeats what another says, and
// is not looked at. Values of other types are never equal.
func Equal(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case string:
		y, ok := b.(string)
		return ok && x == y
	case Handle:
		y, ok := b.(Handle)
		return ok && x == y
	case Range:
		y, ok := b.(Range)
		return ok && Equal(x.From, y.From) && Equal(x.To, y.To)
	case []any:
		y, ok := b.([]any)
		return ok && equalLists(x, y, Equal)
	case *Map, *Record:
		return equalEntries(a, b, Equal)
	}
	if !ordered(KindOf(a), KindOf(b)) {
		return false
	}
	c, err := Compare(a, b)
	return err == nil && c == 0
}

func equalLists(x, y []any, equal func(a, b any) bool) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !equal(x[i], y[i]) {
			return false
		}
	}
	return true
}

// equalEntries compares maps and records, also with each other.
func equalEntries(a, b any, equal func(a, b any) bool) bool {
	na, oka := entryCount(a)
	nb, okb := entryCount(b)
	if !oka || !okb || na != nb {
		return false
	}
	same := func(key string, v any) bool {
		w, ok := entry(b, key)
		return ok && equal(v, w)
	}
	switch x := a.(type) {
	case *Map:
		for _, k := range x.keys {
			if !same(k, x.vals[k]) {
				return false
			}
		}
	case *Record:
		for i, f := range x.Type.Fields {
			if _, lazy := x.Vals[i].(*Lazy); !lazy && !same(f.Name, x.Vals[i]) {
				return false
			}
		}
	}
	return true
}

// entryCount returns how many entries a map or record has, lazy ones aside.
func entryCount(v any) (int, bool) {
	switch v := v.(type) {
	case *Map:
		return v.Len(), true
	case *Record:
		n := 0
		for _, f := range v.Vals {
			if _, lazy := f.(*Lazy); !lazy {
				n++
			}
		}
		return n, true
	}
	return 0, false
}

// entry returns an entry of a map or record that is not lazy.
func entry(v any, key string) (any, bool) {
	switch v := v.(type) {
	case *Map:
		return v.Get(key)
	case *Record:
		i := v.Type.Field(key)
		if i < 0 {
			return nil, false
		}
		_, lazy := v.Vals[i].(*Lazy)
		return v.Vals[i], !lazy
	}
	return nil, false
}

// Compare returns -1, 0 or 1 as a is less than, equal to or greater than b:
// ints and floats by value, without loss; strings by their bytes; durations,
// sizes, percentages and times among themselves; a percentage and a number by
// its fraction (at run time also an int, since JSON writes 1.0 as 1). Other
// values have no order, nor has NaN.
func Compare(a, b any) (int, error) {
	switch x := a.(type) {
	case int64:
		switch y := b.(type) {
		case int64:
			return cmp.Compare(x, y), nil
		case float64:
			if !math.IsNaN(y) {
				return -compareFloatInt(y, x), nil
			}
		case Percent:
			return -comparePercent(float64(y), float64(x)), nil
		}
	case float64:
		switch y := b.(type) {
		case int64:
			if !math.IsNaN(x) {
				return compareFloatInt(x, y), nil
			}
		case float64:
			if !math.IsNaN(x) && !math.IsNaN(y) {
				return cmp.Compare(x, y), nil
			}
		case Percent:
			if !math.IsNaN(x) {
				return -comparePercent(float64(y), x), nil
			}
		}
	case string:
		if y, ok := b.(string); ok {
			return strings.Compare(x, y), nil
		}
	case time.Duration:
		if y, ok := b.(time.Duration); ok {
			return cmp.Compare(x, y), nil
		}
	case Size:
		if y, ok := b.(Size); ok {
			return cmp.Compare(x, y), nil
		}
	case Percent:
		switch y := b.(type) {
		case Percent:
			return cmp.Compare(x, y), nil
		case int64:
			return comparePercent(float64(x), float64(y)), nil
		case float64:
			if !math.IsNaN(y) {
				return comparePercent(float64(x), y), nil
			}
		}
	case time.Time:
		if y, ok := b.(time.Time); ok {
			return x.Compare(y), nil
		}
	}
	return 0, fmt.Errorf("cannot compare %s with %s", Describe(a), Describe(b))
}

// ordered reports whether [Compare] takes values of these kinds.
func ordered(a, b types.Kind) bool {
	switch {
	case a == types.Percent:
		return b == types.Percent || b.IsNumeric()
	case b == types.Percent:
		return a.IsNumeric()
	}
	return a.IsNumeric() && b.IsNumeric() || a == b && a.IsOrdered()
}

// compareFloatInt compares a float that is a number with an int without
// rounding either: above 2^53 not every int is a float.
func compareFloatInt(f float64, n int64) int {
	switch {
	case f >= 1<<63:
		return 1
	case f < -1<<63:
		return -1
	}
	whole := math.Trunc(f)
	if c := cmp.Compare(int64(whole), n); c != 0 {
		return c
	}
	return cmp.Compare(f-whole, 0)
}

// comparePercent compares p hundredths with a fraction. Both ways to scale are
// tried, since one of them rounds: 99.9/100 is not 0.999, but 0.999*100 is 99.9.
func comparePercent(p, fraction float64) int {
	if p/100 == fraction || fraction*100 == p {
		return 0
	}
	return cmp.Compare(p/100, fraction)
}
