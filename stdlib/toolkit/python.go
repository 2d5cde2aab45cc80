package toolkit

import (
	"context"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type valueArgs struct {
	Value any `chaos:"value" doc:"any value; a result of http counts as the Chaos Toolkit has it, see toolkit.output"`
}

func str() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.str",
		Summary: "Writes a value as Python does.",
		Doc: `It is what the Chaos Toolkit puts into a text for a variable: True, None, 1.0, [1, 'a'], {'k': 1}; a text is
itself. Durations, sizes and times are written as their literal.`,
		Example: "toolkit.str([1, true, null, {a: \"it's\"}]) == `[1, True, None, {'a': \"it's\"}]`",
	}, func(_ context.Context, _ *stdlib.Env, a valueArgs) (string, error) {
		v, err := outputOf(a.Value)
		return value.PythonText(v), err
	})
}

func truth() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.truth",
		Summary: "Says whether a value is true for Python.",
		Doc: `False are false, null, zero, and a text, a list or a map with nothing in it. A probe that is a tolerance is met
when its result is true.`,
		Example: `toolkit.truth("no") and not toolkit.truth([])`,
	}, func(_ context.Context, _ *stdlib.Env, a valueArgs) (bool, error) {
		return value.PythonTrue(a.Value), nil
	})
}

type equalArgs struct {
	A any `chaos:"a" doc:"any value"`
	B any `chaos:"b" doc:"any value"`
}

func equal() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.equal",
		Summary: "Says whether two values are equal for Python.",
		Doc:     "It is == but that true is 1 and false is 0, also inside of lists and maps.",
		Example: `toolkit.equal([true, {a: 0}], [1, {a: false}])`,
	}, func(_ context.Context, _ *stdlib.Env, a equalArgs) (bool, error) {
		return value.PythonEqual(a.A, a.B), nil
	})
}
