// Package jsonpath2 finds what stands at a path in the dialect of the Python
// package jsonpath2 0.4.5, which the Chaos Toolkit uses. It is not the language
// of RFC 9535, though much looks the same:
//
//   - A filter tests the value that it stands behind, not what is below it:
//     the elements of a list are $.a[*][?(@.n>1)].
//   - Equality is =; "or" binds tighter than "and"; a comparison holds when it
//     holds for any pair of what both sides find, so that @.n!=1 is false where
//     there is no n; where both sides are paths, only the first value of the
//     left one is compared.
//   - Strings have double quotes, and their escapes are not resolved.
//   - .length(), .keys(), .values(), .entries(), .charAt(n) and
//     .substring(n, m) compute; [@.k] and [$.k] select by what a path finds.
//   - Values are compared as Python compares them: true is 1.
package jsonpath2

import "context"

// Path is a path that was read. It may be used from several goroutines.
type Path struct {
	steps []step
}

// step is one subscript of a path: .name, [0, 1] or, with descend, ..name.
type step struct {
	descend    bool
	subscripts []subscript
}

// subscript finds values in a value.
type subscript interface {
	find(s *search, v any, found visit) error
}

// The subscripts.
type (
	name     string
	index    int64
	wildcard struct{}
	slice    struct {
		start, end, step *int64
	}
	// filter finds the value itself where the condition holds.
	filter struct{ cond condition }
	// selected is [@.a] or [$.a]: a name or index that a path finds.
	selected struct{ by query }
	call     struct {
		f    function
		args []operand
	}
)

// query is a path in a path, from the root or from the current value.
type query struct {
	root  bool
	steps []step
}

// operand is a query or a value.
type operand struct {
	query *query
	value any
}

// condition is what a filter tests.
type condition interface {
	holds(s *search, v any) (bool, error)
}

// The conditions.
type (
	all     []condition // and
	some    []condition // or
	not     struct{ of condition }
	exists  struct{ of operand }
	compare struct {
		op          kind
		left, right operand
	}
)

// Find lists the values at the path, in the order of the document. Records
// count as maps. It fails where a slice has a step of zero, where the search
// would take more than some seconds or find more than a million values, and
// with the cause of ctx when that ends.
func (p *Path) Find(ctx context.Context, root any) ([]any, error) {
	s := &search{ctx: ctx, root: root}
	found := []any{}
	err := s.walk(p.steps, root, func(v any) error {
		if len(found) == maxFound {
			return tooMany()
		}
		found = append(found, v)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
