package value

import "cmp"

// Meets reports whether a value meets a literal tolerance by the rule of the
// Chaos Toolkit, which compares as Python does (true equals 1 and 1.0):
//
//   - a bool or a string: the value equals it;
//   - an int: the value equals it, or its `status` where it has one;
//   - a list: the value's `status`, where it has one, is one of it; else two
//     elements are inclusive bounds and any other number a set, so that
//     nothing meets an empty list;
//   - any other tolerance is never met, nor are bounds by a value that has no
//     order with them.
func Meets(tolerance, value any) bool {
	status, has := entry(value, "status")
	switch t := tolerance.(type) {
	case bool, string:
		return pythonEqual(value, t)
	case int64:
		if has {
			return pythonEqual(status, t)
		}
		return pythonEqual(value, t)
	case []any:
		switch {
		case has:
			return pythonIn(status, t)
		case len(t) == 2:
			from, okFrom := pythonCompare(value, t[0])
			to, okTo := pythonCompare(value, t[1])
			return okFrom && okTo && from >= 0 && to <= 0
		}
		return pythonIn(value, t)
	}
	return false
}

func pythonIn(v any, list []any) bool {
	for _, e := range list {
		if pythonEqual(v, e) {
			return true
		}
	}
	return false
}

// pythonEqual is [Equal] but that a bool is the number 0 or 1, at any depth.
func pythonEqual(a, b any) bool {
	a, b = boolAsInt(a), boolAsInt(b)
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		return ok && equalLists(x, y, pythonEqual)
	case *Map, *Record:
		return equalEntries(a, b, pythonEqual)
	}
	return Equal(a, b)
}

// pythonCompare orders two values, lists by their first difference; ok is
// false where they have no order.
func pythonCompare(a, b any) (order int, ok bool) {
	x, isList := a.([]any)
	y, both := b.([]any)
	if !isList || !both {
		c, err := Compare(boolAsInt(a), boolAsInt(b))
		return c, err == nil
	}
	for i := range min(len(x), len(y)) {
		if !pythonEqual(x[i], y[i]) {
			return pythonCompare(x[i], y[i])
		}
	}
	return cmp.Compare(len(x), len(y)), true
}

func boolAsInt(v any) any {
	switch v {
	case true:
		return int64(1)
	case false:
		return int64(0)
	}
	return v
}
