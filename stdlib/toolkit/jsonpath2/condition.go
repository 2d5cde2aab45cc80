package jsonpath2

import (
	"errors"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func (list all) holds(s *search, v any) (bool, error) {
	for _, c := range list {
		if ok, err := c.holds(s, v); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

func (list some) holds(s *search, v any) (bool, error) {
	for _, c := range list {
		if ok, err := c.holds(s, v); err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}

func (n not) holds(s *search, v any) (bool, error) {
	ok, err := n.of.holds(s, v)
	return !ok, err
}

// holds reports whether a path finds anything, or a value is true for Python.
func (e exists) holds(s *search, v any) (bool, error) {
	if e.of.query == nil {
		return value.PythonTrue(e.of.value), nil
	}
	return decided(e.of.query.find(s, v, func(any) error { return errDecided }))
}

// holds compares each value of the left side with each of the right one, but
// a path on the right side gives its values only once.
func (c compare) holds(s *search, v any) (bool, error) {
	spent := false
	return decided(c.left.each(s, v, func(l any) error {
		if spent {
			return nil
		}
		spent = c.right.query != nil
		return c.right.each(s, v, func(r any) error {
			if c.compare(l, r) {
				return errDecided
			}
			return nil
		})
	}))
}

// decided takes apart how a search ended.
func decided(err error) (bool, error) {
	if errors.Is(err, errDecided) {
		return true, nil
	}
	return false, err
}

// each calls f for the value, or for each that the path finds.
func (o operand) each(s *search, v any, f visit) error {
	if o.query == nil {
		return f(o.value)
	}
	return o.query.find(s, v, f)
}

// compare compares two values; only numbers, among them bools, have an order.
func (c compare) compare(l, r any) bool {
	switch c.op {
	case "=":
		return value.PythonEqual(l, r)
	case "!=":
		return !value.PythonEqual(l, r)
	}
	l, r = value.PythonNumber(l), value.PythonNumber(r)
	if !isNumber(l) || !isNumber(r) {
		return false
	}
	order, err := value.Compare(l, r)
	if err != nil { // NaN
		return false
	}
	switch c.op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func isNumber(v any) bool {
	k := value.KindOf(v)
	return k == types.Int || k == types.Float
}
