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
