package jsonpath2

import (
	"context"
	"errors"
	"fmt"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: a search walks the document depth first and hands on each value
// as it is found. The original works with generators, so that a filter stops at
// the first value that decides it, and this order is kept.

// visit takes a value that was found; its error ends the search.
type visit func(v any) error

const (
	// maxFound limits what a path can find.
	maxFound = 1_000_000
	// maxSteps limits how many values are looked at: $..*..*..* looks at all
	// of them again and again.
	maxSteps = 10_000_000
)

// errDecided ends a search whose result is known.
var errDecided = errors.New("decided")

func tooMany() error { return fmt.Errorf("the path finds more than %d values", maxFound) }

type search struct {
	ctx   context.Context // of the one call that the search serves
	root  any
	steps int
}

func (s *search) walk(steps []step, v any, found visit) error {
	if len(steps) == 0 {
		return found(v)
	}
	if s.steps++; s.steps > maxSteps {
		return fmt.Errorf("the path looks at more than %d values", maxSteps)
	}
	if s.steps%1024 == 0 && s.ctx.Err() != nil {
		return fmt.Errorf("the search was ended: %w", context.Cause(s.ctx))
	}
	next := func(v any) error { return s.walk(steps[1:], v, found) }
	for _, sub := range steps[0].subscripts {
		if err := sub.find(s, v, next); err != nil {
			return err
		}
	}
	if steps[0].descend {
		return children(v, func(child any) error { return s.walk(steps, child, found) })
	}
	return nil
}

func (q *query) find(s *search, v any, found visit) error {
	if q.root {
		v = s.root
	}
	return s.walk(q.steps, v, found)
}

func (n name) find(_ *search, v any, found visit) error {
	switch v := v.(type) {
	case *value.Map:
		if e, ok := v.Get(string(n)); ok {
			return found(e)
		}
	case *value.Record:
		if i := v.Type.Field(string(n)); i >= 0 {
			e, err := v.At(i)
			if err != nil {
				return err
			}
			return found(e)
		}
	}
	return nil
}

func (n index) find(_ *search, v any, found visit) error {
	list, _ := v.([]any)
	i := int64(n)
	if i < 0 {
		i += int64(len(list))
	}
	if i < 0 || i >= int64(len(list)) {
		return nil
	}
	return found(list[i])
}

func (wildcard) find(_ *search, v any, found visit) error { return children(v, found) }

// find counts as Python's range does over the bounds, of which only those
// below zero are counted from the end, and only once: an end that is still
// below zero then is reached by a negative step, and counts from the end again.
func (sl slice) find(s *search, v any, found visit) error {
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	length := int64(len(list))
	start, end, step := int64(0), length, int64(1)
	if sl.start != nil {
		if start = *sl.start; start < 0 {
			start = max(start+length, 0)
		}
	}
	if sl.end != nil {
		if end = *sl.end; end < 0 {
			end += length
		}
	}
	if sl.step != nil {
		step = *sl.step
	}
	if step == 0 {
		return errors.New("the step of a slice is zero")
	}
	if step < 0 && start >= length { // none of what lies beyond is there
		start -= (start - length + -step) / -step * -step
	}
	for i := start; step > 0 && i < min(end, length) || step < 0 && i > max(end, -length-1); i += step {
		if err := index(i).find(s, v, found); err != nil {
			return err
		}
	}
	return nil
}

func (f filter) find(s *search, v any, found visit) error {
	ok, err := f.cond.holds(s, v)
	if err != nil || !ok {
		return err
	}
	return found(v)
}

func (sel selected) find(s *search, v any, found visit) error {
	return sel.by.find(s, v, func(key any) error {
		switch key := value.PythonNumber(key).(type) {
		case int64:
			return index(max(min(key, farAway), -farAway)).find(s, v, found)
		case string:
			return name(key).find(s, v, found)
		}
		return nil
	})
}

// children calls f for each element of a list and each entry of a map, in
// order. Fields of a record that are computed only when they are read repeat
// what others say, and are found only by their name.
func children(v any, f visit) error {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if err := f(e); err != nil {
				return err
			}
		}
	default:
		return entries(v, func(_ string, e any) error { return f(e) })
	}
	return nil
}

// entries calls f for each entry of a map or record.
func entries(v any, f func(key string, e any) error) error {
	switch v := v.(type) {
	case *value.Map:
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			if err := f(k, e); err != nil {
				return err
			}
		}
	case *value.Record:
		for i, e := range v.Vals {
			if _, lazy := e.(*value.Lazy); lazy {
				continue
			}
			if err := f(v.Type.Fields[i].Name, e); err != nil {
				return err
			}
		}
	}
	return nil
}
