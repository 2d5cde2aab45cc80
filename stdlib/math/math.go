// Package math is the namespace of computations with numbers and quantities.
package math

import (
	"context"
	"fmt"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Namespace is the namespace math.
var Namespace = &stdlib.Namespace{
	Name:    "math",
	Summary: "Computes with numbers, durations, sizes and percentages.",
	Doc: `Where a result is no number or does not fit its type, a function fails. Lists are the business of the namespace
stats.`,
	Declares: []func() *stdlib.Function{abs, minimum, maximum, clamp, mod, round, floor, ceil, sqrt, pow, log, exp},
}

// first is the type of the result where it is that of the first argument.
func first(args []*types.Type) *types.Type { return args[0] }

// widest is the type of the result where any of the arguments may come out.
func widest(args []*types.Type) *types.Type {
	t := types.InvalidType
	for _, a := range args {
		if a != nil {
			t = types.Join(t, a)
		}
	}
	return t
}

type absArgs struct {
	X any `chaos:"x" doc:"a number or a quantity" type:"int | float | duration | size | percent"`
}

func abs() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.abs",
		Summary: "Gives a value without its sign.",
		Example: `math.abs(-3s) == 3s`,
		Infer:   first,
	}, func(_ context.Context, _ *stdlib.Env, a absArgs) (any, error) {
		negative, err := value.Neg(a.X)
		if err != nil {
			return nil, err
		}
		return larger(a.X, negative)
	})
}

type pairArgs struct {
	A any `chaos:"a" doc:"a number or a quantity" type:"int | float | duration | size | percent"`
	B any `chaos:"b" doc:"another that can be compared with it" type:"int | float | duration | size | percent"`
}

func minimum() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.min",
		Summary: "Gives the smaller of two values.",
		Doc:     "It fails for values that have no order, as a duration and a size. Where they are equal, it is the first.",
		Example: `math.min(250ms, 1s) == 250ms`,
		Infer:   widest,
	}, func(_ context.Context, _ *stdlib.Env, a pairArgs) (any, error) {
		return smaller(a.A, a.B)
	})
}

func maximum() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.max",
		Summary: "Gives the larger of two values.",
		Doc:     "It fails for values that have no order, as a duration and a size. Where they are equal, it is the first.",
		Example: `math.max(2, 2.5) == 2.5`,
		Infer:   widest,
	}, func(_ context.Context, _ *stdlib.Env, a pairArgs) (any, error) {
		return larger(a.A, a.B)
	})
}

type clampArgs struct {
	X    any `chaos:"x" doc:"a number or a quantity" type:"int | float | duration | size | percent"`
	From any `chaos:"from" doc:"the smallest that it may be" type:"int | float | duration | size | percent"`
	To   any `chaos:"to" doc:"the largest that it may be" type:"int | float | duration | size | percent"`
}

func clamp() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.clamp",
		Summary: "Gives a value, or the bound that it is beyond.",
		Doc:     "It fails where the lower bound is above the upper one.",
		Example: `math.clamp(12s, 1s, 10s) == 10s`,
		Infer:   widest,
	}, func(_ context.Context, _ *stdlib.Env, a clampArgs) (any, error) {
		if order, err := value.Compare(a.From, a.To); err != nil {
			return nil, err
		} else if order > 0 {
			return nil, fmt.Errorf("the lower bound %s is above the upper bound %s", value.Literal(a.From), value.Literal(a.To))
		}
		x, err := larger(a.X, a.From)
		if err != nil {
			return nil, err
		}
		return smaller(x, a.To)
	})
}

type modArgs struct {
	X  int64 `chaos:"x" doc:"the dividend"`
	By int64 `chaos:"by" doc:"the divisor"`
}

func mod() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.mod",
		Summary: "Gives the remainder of a division of ints.",
		Doc:     "It has the sign of the divisor, so that a negative dividend counts on downwards. It fails for the divisor 0.",
		Example: `math.mod(7, 2) == 1`,
	}, func(_ context.Context, _ *stdlib.Env, a modArgs) (int64, error) {
		if a.By == 0 {
			return 0, fmt.Errorf("cannot divide the int %d by zero", a.X)
		}
		rest := a.X % a.By
		if rest != 0 && (rest < 0) != (a.By < 0) {
			rest += a.By
		}
		return rest, nil
	})
}

func smaller(a, b any) (any, error) {
	order, err := value.Compare(a, b)
	if order > 0 {
		return b, err
	}
	return a, err
}

func larger(a, b any) (any, error) {
	order, err := value.Compare(a, b)
	if order < 0 {
		return b, err
	}
	return a, err
}
