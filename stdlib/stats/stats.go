// Package stats is the namespace of what can be said of a list of values.
package stats

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Namespace is the namespace stats.
var Namespace = &stdlib.Namespace{
	Name:    "stats",
	Summary: "Sums up lists of numbers, durations, sizes and percentages.",
	Doc: `The values of a list must have an order among themselves: ints and floats may be mixed, durations and sizes may
not. An empty list has no mean, no sum and no smallest value: each of the functions fails for it.`,
	Declares: []func() *stdlib.Function{sum, mean, median, percentile, stddev, minimum, maximum},
}

type listArgs struct {
	Values []any `chaos:"values" doc:"the values; not empty" type:"list<int | float | duration | size | percent>"`
}

// elem is the type of the values, where it is known.
func elem(args []*types.Type) *types.Type {
	if args[0] == nil || args[0].Kind != types.List {
		return types.AnyType
	}
	return args[0].Elem
}

// between is the type of what lies between two values: of ints it is a float.
func between(args []*types.Type) *types.Type {
	if t := elem(args); t.Kind != types.Int {
		return t
	}
	return types.FloatType
}

func sum() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.sum",
		Summary: "Adds up all values.",
		Doc:     "It fails where the sum does not fit.",
		Example: `stats.sum([1s, 250ms]) == 1250ms`,
		Infer:   elem,
	}, func(_ context.Context, _ *stdlib.Env, a listArgs) (any, error) {
		return total(a.Values)
	})
}

func total(values []any) (any, error) {
	if len(values) == 0 {
		return nil, errEmpty
	}
	all := values[0]
	for _, v := range values[1:] {
		var err error
		if all, err = value.Add(all, v); err != nil {
			return nil, err
		}
	}
	return all, nil
}

var errEmpty = errors.New("the list is empty")

func mean() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.mean",
		Summary: "Gives the arithmetic mean.",
		Doc:     "That of ints is a float; that of durations and sizes is rounded to a whole nanosecond and byte.",
		Example: `stats.mean([1, 2, 6]) == 3`,
		Infer:   between,
	}, func(_ context.Context, _ *stdlib.Env, a listArgs) (any, error) {
		all, err := total(a.Values)
		if err != nil {
			return nil, err
		}
		return value.Div(all, int64(len(a.Values)))
	})
}

func median() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.median",
		Summary: "Gives the value in the middle.",
		Doc:     "Half of the values are not above it, and half are not below it. Of an even number it is the mean of the two in the middle.",
		Example: `stats.median([1, 2, 10]) == 2`,
		Infer:   between,
	}, func(_ context.Context, _ *stdlib.Env, a listArgs) (any, error) {
		return at(a.Values, 0.5)
	})
}

type percentileArgs struct {
	Values []any         `chaos:"values" doc:"the values; not empty" type:"list<int | float | duration | size | percent>"`
	Share  value.Percent `chaos:"share" doc:"how many of the values are not above the result, from 0% to 100%"`
}

func percentile() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.percentile",
		Summary: "Gives the value below which a share of all values lie.",
		Doc: `Between two values it is interpolated in a straight line, as NumPy and spreadsheets do: of n values in order, the one
at the place (n - 1) * share.`,
		Example: `stats.percentile([10ms, 20ms, 30ms], 95%) == 29ms`,
		Infer:   between,
	}, func(_ context.Context, _ *stdlib.Env, a percentileArgs) (any, error) {
		if !(a.Share >= 0 && a.Share <= 100) {
			return nil, fmt.Errorf("share is %s, which is not from 0%% to 100%%", value.Literal(a.Share))
		}
		return at(a.Values, float64(a.Share)/100)
	})
}

// at gives the value at a share of the way through the list in order.
func at(values []any, share float64) (any, error) {
	sorted, err := inOrder(values)
	if err != nil {
		return nil, err
	}
	place := float64(len(sorted)-1) * share
	i := int(math.Floor(place))
	low, high := sorted[i], sorted[min(i+1, len(sorted)-1)]
	distance, err := value.Sub(high, low)
	if err != nil {
		return nil, err
	}
	part, err := scaled(distance, place-float64(i))
	if err != nil {
		return nil, err
	}
	return value.Add(low, part)
}

// scaled returns a part of a value, in its type but for an int, whose part is a
// float. A percentage as the factor takes all of them, also percentages.
func scaled(v any, share float64) (any, error) {
	return value.Mul(v, value.Percent(100*share))
}

// inOrder returns the values in ascending order.
func inOrder(values []any) ([]any, error) {
	if len(values) == 0 {
		return nil, errEmpty
	}
	sorted := slices.Clone(values)
	var failed error
	slices.SortFunc(sorted, func(a, b any) int {
		order, err := value.Compare(a, b)
		if err != nil {
			failed = err
		}
		return order
	})
	if len(values) == 1 { // nothing was compared
		_, failed = value.Compare(values[0], values[0])
	}
	return sorted, failed
}

func stddev() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.stddev",
		Summary: "Gives the standard deviation of a sample.",
		Doc:     "The squares are divided by n - 1, as statistics.stdev of Python does; there must be at least two values.",
		Example: `stats.stddev([2, 4, 6]) == 2`,
		Infer:   between,
	}, func(_ context.Context, _ *stdlib.Env, a listArgs) (any, error) {
		if len(a.Values) < 2 {
			return nil, fmt.Errorf("the list has %d values, which is too few to deviate", len(a.Values))
		}
		sorted, err := inOrder(a.Values)
		if err != nil {
			return nil, err
		}
		// Distances from the smallest value are compared with the range, so that
		// they are plain numbers whatever the unit is.
		distances := make([]float64, len(sorted))
		width, err := value.Sub(sorted[len(sorted)-1], sorted[0])
		if err != nil {
			return nil, err
		}
		if value.Equal(sorted[0], sorted[len(sorted)-1]) {
			return scaled(width, 0)
		}
		for i, v := range sorted {
			d, err := value.Sub(v, sorted[0])
			if err != nil {
				return nil, err
			}
			share, err := value.Div(d, width)
			if err != nil {
				return nil, err
			}
			distances[i] = share.(float64)
		}
		return scaled(width, deviation(distances))
	})
}

func deviation(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	mean, squares := sum/float64(len(xs)), 0.0
	for _, x := range xs {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares / float64(len(xs)-1))
}

func minimum() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.min",
		Summary: "Gives the smallest value.",
		Example: `stats.min([3s, 1s, 2s]) == 1s`,
		Infer:   elem,
	}, func(_ context.Context, _ *stdlib.Env, a listArgs) (any, error) {
		sorted, err := inOrder(a.Values)
		if err != nil {
			return nil, err
		}
		return sorted[0], nil
	})
}

func maximum() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "stats.max",
		Summary: "Gives the largest value.",
		Example: `stats.max([3s, 1s, 2s]) == 3s`,
		Infer:   elem,
	}, func(_ context.Context, _ *stdlib.Env, a listArgs) (any, error) {
		sorted, err := inOrder(a.Values)
		if err != nil {
			return nil, err
		}
		return sorted[len(sorted)-1], nil
	})
}
