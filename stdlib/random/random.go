// Package random is the namespace of random numbers and choices.
package random

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Namespace is the namespace random.
var Namespace = &stdlib.Namespace{
	Name:    "random",
	Summary: "Gives random numbers and makes random choices.",
	Doc: `All come from one source, whose seed is in the journal: a run with the same seed makes the same choices, as long as
it asks in the same order. They are not fit for passwords.`,
	Declares: []func() *stdlib.Function{integer, float, boolean, duration, pick, shuffle, uuid},
}

type intArgs struct {
	Range value.Range `chaos:"range" doc:"the smallest and the largest that can come" type:"range<int>"`
}

func integer() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.int",
		Kind:    types.Probe,
		Summary: "Gives an int of a range, each as likely as the others.",
		Example: `probe die = random.int(1..6)`,
	}, func(_ context.Context, env *stdlib.Env, a intArgs) (int64, error) {
		from, to := a.Range.From.(int64), a.Range.To.(int64)
		if from > to {
			return 0, errBackwards(a.Range)
		}
		return between(env, from, to), nil
	})
}

func errBackwards(r value.Range) error {
	return fmt.Errorf("the range %s is empty", value.Literal(r))
}

// between gives a whole number from from to to; their distance may be larger
// than an int64 can be.
func between(env *stdlib.Env, from, to int64) (n int64) {
	env.Rand.Do(func(r *rand.Rand) {
		width := uint64(to) - uint64(from)
		if width == math.MaxUint64 {
			n = int64(r.Uint64())
			return
		}
		n = int64(uint64(from) + r.Uint64N(width+1))
	})
	return n
}

type floatArgs struct {
	Range *value.Range `chaos:"range" doc:"the bounds; 0.0..1.0 where it is not given" type:"range<float>"`
}

func float() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.float",
		Kind:    types.Probe,
		Summary: "Gives a float between two bounds, all as likely as each other.",
		Doc:     "The lower bound can come, the upper one does not but by rounding.",
		Example: `probe jitter = random.float(0.5..1.5)`,
	}, func(_ context.Context, env *stdlib.Env, a floatArgs) (float64, error) {
		from, to := 0.0, 1.0
		if a.Range != nil {
			from, to = a.Range.From.(float64), a.Range.To.(float64)
			if !(from <= to) || math.IsInf(to-from, 0) {
				return 0, errBackwards(*a.Range)
			}
		}
		var f float64
		env.Rand.Do(func(r *rand.Rand) { f = from + r.Float64()*(to-from) })
		return f, nil
	})
}

type boolArgs struct {
	Chance value.Percent `chaos:"chance" doc:"how likely true is, from 0% to 100%" default:"50%"`
}

func boolean() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.bool",
		Kind:    types.Probe,
		Summary: "Gives true with a chance, else false.",
		Doc:     "0% is never, 100% always.",
		Example: `probe unlucky = random.bool(20%)`,
	}, func(_ context.Context, env *stdlib.Env, a boolArgs) (bool, error) {
		if !(a.Chance >= 0 && a.Chance <= 100) {
			return false, fmt.Errorf("chance is %s, which is not from 0%% to 100%%", value.Literal(a.Chance))
		}
		var b bool
		env.Rand.Do(func(r *rand.Rand) { b = r.Float64()*100 < float64(a.Chance) })
		return b, nil
	})
}

type durationArgs struct {
	Range value.Range `chaos:"range" doc:"the shortest and the longest that can come" type:"range<duration>"`
}

func duration() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.duration",
		Kind:    types.Probe,
		Summary: "Gives a duration of a range.",
		Doc:     "Each whole nanosecond is as likely as the others.",
		Example: `probe pause-length = random.duration(100ms..2s)`,
	}, func(_ context.Context, env *stdlib.Env, a durationArgs) (time.Duration, error) {
		from, to := a.Range.From.(time.Duration), a.Range.To.(time.Duration)
		if from > to {
			return 0, errBackwards(a.Range)
		}
		return time.Duration(between(env, int64(from), int64(to))), nil
	})
}

type listArgs struct {
	List []any `chaos:"list" doc:"what is chosen from" type:"list<any>"`
}

func pick() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.pick",
		Kind:    types.Probe,
		Summary: "Gives an element of a list, each as likely as the others.",
		Doc:     "It fails for an empty list.",
		Example: `probe victim = random.pick(["db-1", "db-2", "db-3"])`,
		Infer: func(args []*types.Type) *types.Type {
			if args[0] == nil || args[0].Kind != types.List {
				return types.AnyType
			}
			return args[0].Elem
		},
	}, func(_ context.Context, env *stdlib.Env, a listArgs) (any, error) {
		if len(a.List) == 0 {
			return nil, errors.New("the list is empty")
		}
		return a.List[between(env, 0, int64(len(a.List)-1))], nil
	})
}

func shuffle() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.shuffle",
		Kind:    types.Probe,
		Summary: "Gives the elements of a list in another order, each order as likely as the others.",
		Example: `probe order = random.shuffle(["db-1", "db-2", "db-3"])`,
		Infer:   func(args []*types.Type) *types.Type { return args[0] },
	}, func(_ context.Context, env *stdlib.Env, a listArgs) ([]any, error) {
		list := append([]any{}, a.List...)
		env.Rand.Do(func(r *rand.Rand) {
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		})
		return list, nil
	})
}

type noArgs struct{}

func uuid() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "random.uuid",
		Kind:    types.Probe,
		Summary: "Gives a random UUID.",
		Doc:     "It is one of version 4 (RFC 9562) in its form, but comes again with the same seed.",
		Example: `probe request-id = random.uuid()`,
	}, func(_ context.Context, env *stdlib.Env, _ noArgs) (string, error) {
		var high, low uint64
		env.Rand.Do(func(r *rand.Rand) { high, low = r.Uint64(), r.Uint64() })
		high = high&^0xf000 | 0x4000
		low = low&^(3<<62) | 2<<62
		return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xffff, high&0xffff, low>>48, low&0xffffffffffff), nil
	})
}
