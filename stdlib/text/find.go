package text

import (
	"context"
	"fmt"
	"sync"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
	"github.com/chaosc-lang/chaosc/stdlib/value/pattern"
)

type findArgs struct {
	Text    string `chaos:"text" doc:"the string"`
	Pattern string `chaos:"pattern" doc:"a regular expression in Python's syntax"`
}

func find() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.find",
		Summary: "Gives the first part that fits a pattern, and its groups.",
		Doc: `The first element is the whole part, the others are what stands in each pair of parentheses, empty where one took
no part. Nothing found is an empty list. Patterns are those of the operator matches, with the same limit of one second.`,
		Example: `text.find("took 12 ms", ` + "`(\\d+) ms`" + `)[1] == "12"`,
	}, func(_ context.Context, _ *stdlib.Env, a findArgs) ([]string, error) {
		p, err := compile(a.Pattern)
		if err != nil {
			return nil, err
		}
		groups, err := p.Find(a.Text)
		list := make([]string, len(groups))
		for i, g := range groups {
			list[i] = g.Text
		}
		return list, err
	})
}

// last keeps the pattern that was compiled last, since a loop or a wait asks
// for the same again and again.
var last struct {
	sync.Mutex
	p *pattern.Pattern
}

func compile(text string) (*pattern.Pattern, error) {
	last.Lock()
	defer last.Unlock()
	if last.p != nil && last.p.String() == text {
		return last.p, nil
	}
	p, err := pattern.Compile(text)
	if err != nil {
		return nil, fmt.Errorf("the pattern %q is wrong: %w", text, err)
	}
	last.p = p
	return p, nil
}

func toInt() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.to-int",
		Summary: "Reads an int.",
		Doc:     "White space around it and underscores between digits are passed over. It fails where the string is anything else, or does not fit 64 bits.",
		Example: `text.to-int("42\n") == 42`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (int64, error) {
		v, err := value.Parse(a.Text, types.IntType)
		if err != nil {
			return 0, err
		}
		return v.(int64), nil
	})
}

func toFloat() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.to-float",
		Summary: "Reads a number as a float.",
		Doc:     "White space around it is passed over. It fails where the string is anything else, or no finite number.",
		Example: `text.to-float("1.5") == 1.5`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (float64, error) {
		v, err := value.Parse(a.Text, types.FloatType)
		if err != nil {
			return 0, err
		}
		return v.(float64), nil
	})
}
