package value

import (
	"fmt"
	"strings"
)

// NewRange returns the inclusive range of two values of one kind; an int and a
// float make a range of floats. Strings have none.
func NewRange(from, to any) (Range, error) {
	switch x := from.(type) {
	case int64:
		if _, ok := to.(float64); ok {
			from = float64(x)
		}
	case float64:
		if y, ok := to.(int64); ok {
			to = float64(y)
		}
	}
	_, text := from.(string)
	if KindOf(from) != KindOf(to) || !KindOf(from).IsOrdered() || text {
		return Range{}, fmt.Errorf("there is no range from %s to %s", Describe(from), Describe(to))
	}
	return Range{from, to}, nil
}

// Contains reports whether a string has a part, a list an element, a map or
// record a key.
func Contains(container, item any) (bool, error) {
	switch c := container.(type) {
	case string:
		part, ok := item.(string)
		if !ok {
			return false, fmt.Errorf("a string contains strings, not %s", Describe(item))
		}
		return strings.Contains(c, part), nil
	case []any:
		for _, e := range c {
			if Equal(e, item) {
				return true, nil
			}
		}
		return false, nil
	case *Map:
		key, err := keyOf(item)
		if err != nil {
			return false, err
		}
		_, ok := c.Get(key)
		return ok, nil
	case *Record:
		key, err := keyOf(item)
		return err == nil && c.Type.Field(key) >= 0, err
	}
	return false, fmt.Errorf("contains needs a string, a list or a map, not %s", Describe(container))
}

func keyOf(item any) (string, error) {
	key, ok := item.(string)
	if !ok {
		return "", fmt.Errorf("the keys of a map are strings, not %s", Describe(item))
	}
	return key, nil
}

// In reports whether a list has the item, a map or record the key, a range
// the value (both ends count).
func In(item, container any) (bool, error) {
	switch c := container.(type) {
	case []any, *Map, *Record:
		return Contains(c, item)
	case Range:
		from, err := Compare(item, c.From)
		if err != nil {
			return false, err
		}
		to, err := Compare(item, c.To)
		return from >= 0 && to <= 0, err
	case string:
		return false, fmt.Errorf("in needs a list, a range or a map, not a string: a string is asked by contains")
	}
	return false, fmt.Errorf("in needs a list, a range or a map, not %s", Describe(container))
}
