package value

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
		return PythonEqual(value, t)
	case int64:
		if has {
			return PythonEqual(status, t)
		}
		return PythonEqual(value, t)
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
		if PythonEqual(v, e) {
			return true
		}
	}
	return false
}
