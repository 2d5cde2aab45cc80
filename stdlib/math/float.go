package math

import (
	"context"
	"fmt"
	"math"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type roundArgs struct {
	X      float64 `chaos:"x" doc:"a number"`
	Digits *int    `chaos:"digits,named" doc:"decimals that are kept, from 0 to 15; the result is a float then; where it is not given, the result is an int"`
}

// wholeOrFloat is the type of the result of round, floor and ceil.
func wholeOrFloat(args []*types.Type) *types.Type {
	if args[1] != nil {
		return types.FloatType
	}
	return types.IntType
}

func round() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.round",
		Summary: "Gives the nearest whole number, or the nearest with that many decimals.",
		Doc:     "Halves go away from zero: 2.5 to 3, -2.5 to -3.",
		Example: `math.round(2.345, digits: 1) == 2.3`,
		Infer:   wholeOrFloat,
	}, func(_ context.Context, _ *stdlib.Env, a roundArgs) (any, error) {
		return rounded(a, math.Round)
	})
}

func floor() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.floor",
		Summary: "Gives the next smaller whole number, or with that many decimals.",
		Doc:     "A number that is whole already stays as it is.",
		Example: `math.floor(2.9) == 2`,
		Infer:   wholeOrFloat,
	}, func(_ context.Context, _ *stdlib.Env, a roundArgs) (any, error) {
		return rounded(a, math.Floor)
	})
}

func ceil() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.ceil",
		Summary: "Gives the next larger whole number, or with that many decimals.",
		Doc:     "A number that is whole already stays as it is.",
		Example: `math.ceil(2.1) == 3`,
		Infer:   wholeOrFloat,
	}, func(_ context.Context, _ *stdlib.Env, a roundArgs) (any, error) {
		return rounded(a, math.Ceil)
	})
}

func rounded(a roundArgs, f func(float64) float64) (any, error) {
	if a.Digits == nil {
		n := f(a.X)
		if !(n >= -1<<63 && n < 1<<63) { // NaN too
			return nil, fmt.Errorf("%s does not fit an int", value.FormatFloat(a.X))
		}
		return int64(n), nil
	}
	if *a.Digits < 0 || *a.Digits > 15 {
		return nil, fmt.Errorf("digits is %d, which is not from 0 to 15", *a.Digits)
	}
	scale := math.Pow10(*a.Digits)
	if n := f(a.X * scale); math.Abs(n) < 1<<53 {
		return n / scale, nil
	}
	return a.X, nil // it has no decimals beyond these
}

type floatArgs struct {
	X float64 `chaos:"x" doc:"a number"`
}

func sqrt() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.sqrt",
		Summary: "Gives the square root.",
		Doc:     "It fails for negative numbers.",
		Example: `math.sqrt(16) == 4`,
	}, func(_ context.Context, _ *stdlib.Env, a floatArgs) (float64, error) {
		return finite(math.Sqrt(a.X), "the square root of %s", a.X)
	})
}

type powArgs struct {
	X float64 `chaos:"x" doc:"the base"`
	Y float64 `chaos:"y" doc:"the exponent"`
}

func pow() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.pow",
		Summary: "Gives x to the power of y.",
		Doc:     "It fails where the result is no real number, or beyond 1.8e308.",
		Example: `math.pow(2, 10) == 1024`,
	}, func(_ context.Context, _ *stdlib.Env, a powArgs) (float64, error) {
		return finite(math.Pow(a.X, a.Y), "%s to the power of %s", a.X, a.Y)
	})
}

type logArgs struct {
	X    float64  `chaos:"x" doc:"a number above 0"`
	Base *float64 `chaos:"base,named" doc:"the base, above 0 and not 1; e where it is not given"`
}

func log() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.log",
		Summary: "Gives the logarithm.",
		Doc:     "It is the natural one unless a base is given.",
		Example: `math.log(1024, base: 2) == 10`,
	}, func(_ context.Context, _ *stdlib.Env, a logArgs) (float64, error) {
		if a.Base == nil {
			return finite(math.Log(a.X), "the logarithm of %s", a.X)
		}
		result := math.Log(a.X) / math.Log(*a.Base)
		switch *a.Base { // these are exact for powers
		case 2:
			result = math.Log2(a.X)
		case 10:
			result = math.Log10(a.X)
		}
		return finite(result, "the logarithm of %s to the base %s", a.X, *a.Base)
	})
}

func exp() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "math.exp",
		Summary: "Gives e to the power of x.",
		Doc:     "It fails where the result is beyond 1.8e308.",
		Example: `math.exp(0) == 1`,
	}, func(_ context.Context, _ *stdlib.Env, a floatArgs) (float64, error) {
		return finite(math.Exp(a.X), "e to the power of %s", a.X)
	})
}

// finite refuses a result that is no number, and says of what it is one.
func finite(f float64, what string, of ...float64) (float64, error) {
	if !math.IsNaN(f) && !math.IsInf(f, 0) {
		return f, nil
	}
	texts := make([]any, len(of))
	for i, x := range of {
		texts[i] = value.FormatFloat(x)
	}
	return 0, fmt.Errorf(what+" is not a number that a float can be", texts...)
}
