package jsonpath2

import (
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// function computes something of a value; ok is false where it has nothing to
// say of it, and finds nothing.
type function func(v any, args []any) (result any, ok bool)

// functionOf returns the function of a name, or nil.
func functionOf(name string) function {
	switch name {
	case "charAt":
		return charAt
	case "entries":
		return entriesOf
	case "keys":
		return keys
	case "length":
		return length
	case "substring":
		return substring
	case "values":
		return values
	}
	return nil
}

// find calls the function with each combination of what its arguments find.
func (c call) find(s *search, v any, found visit) error {
	combinations := [][]any{nil}
	for _, arg := range c.args {
		var given []any
		err := arg.each(s, v, func(a any) error {
			given = append(given, a)
			return nil
		})
		if err != nil {
			return err
		}
		if len(combinations)*len(given) > maxFound {
			return tooMany()
		}
		var next [][]any
		for _, args := range combinations {
			for _, a := range given {
				next = append(next, append(args[:len(args):len(args)], a))
			}
		}
		combinations = next
	}
	for _, args := range combinations {
		if result, ok := c.f(v, args); ok {
			if err := found(result); err != nil {
				return err
			}
		}
	}
	return nil
}

// charAt gives the character at an index, which counts from the end where it
// is below zero.
func charAt(v any, args []any) (any, bool) {
	s, isText := v.(string)
	at, ok := ints(args)
	if !isText || !ok || len(at) != 1 {
		return nil, false
	}
	chars := []rune(s)
	i := at[0]
	if i < 0 {
		i += int64(len(chars))
	}
	if i < 0 || i >= int64(len(chars)) {
		return nil, false
	}
	return string(chars[i]), true
}

// substring gives the characters from an index on, or up to another.
func substring(v any, args []any) (any, bool) {
	s, isText := v.(string)
	at, ok := ints(args)
	if !isText || !ok || len(at) < 1 || len(at) > 2 {
		return nil, false
	}
	chars := []rune(s)
	bound := func(i int64) int64 {
		if i < 0 {
			i += int64(len(chars))
		}
		return max(min(i, int64(len(chars))), 0)
	}
	from, to := bound(at[0]), int64(len(chars))
	if len(at) == 2 {
		to = max(bound(at[1]), from)
	}
	return string(chars[from:to]), true
}

// ints returns arguments that are ints for Python.
func ints(args []any) ([]int64, bool) {
	list := make([]int64, len(args))
	for i, a := range args {
		n, ok := value.PythonNumber(a).(int64)
		if !ok {
			return nil, false
		}
		list[i] = max(min(n, farAway), -farAway)
	}
	return list, true
}

func length(v any, args []any) (any, bool) {
	switch v := v.(type) {
	case []any:
		return int64(len(v)), len(args) == 0
	case string:
		return int64(len([]rune(v))), len(args) == 0
	}
	return nil, false
}

// keys gives the keys of a map or the indexes of a list.
func keys(v any, args []any) (any, bool) {
	return pairs(v, args, func(key, _ any) any { return key })
}

func values(v any, args []any) (any, bool) {
	return pairs(v, args, func(_, e any) any { return e })
}

// entriesOf gives lists of key and value.
func entriesOf(v any, args []any) (any, bool) {
	return pairs(v, args, func(key, e any) any { return []any{key, e} })
}

// pairs makes a list of something for each element or entry.
func pairs(v any, args []any, of func(key, e any) any) (any, bool) {
	list := []any{}
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			list = append(list, of(int64(i), e))
		}
	case *value.Map, *value.Record:
		_ = entries(v, func(key string, e any) error {
			list = append(list, of(key, e))
			return nil
		})
	default:
		return nil, false
	}
	return list, len(args) == 0
}
