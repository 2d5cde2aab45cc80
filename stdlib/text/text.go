// Package text is the namespace of strings.
package text

import (
	"context"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// Namespace is the namespace text.
var Namespace = &stdlib.Namespace{
	Name:    "text",
	Summary: "Takes strings apart, puts them together and reads numbers from them.",
	Doc: `A character is a Unicode code point. Strings are joined by holes, as "${a}${b}"; whether one has a part is asked by
the operator contains, whether it fits a pattern by matches.`,
	Declares: []func() *stdlib.Function{upper, lower, trim, startsWith, endsWith, length, slice, split, join, lines,
		replace, repeat, find, toInt, toFloat},
}

type textArgs struct {
	Text string `chaos:"text" doc:"the string"`
}

func upper() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.upper",
		Summary: "Writes all letters in upper case.",
		Example: `text.upper("état") == "ÉTAT"`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (string, error) {
		return strings.ToUpper(a.Text), nil
	})
}

func lower() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.lower",
		Summary: "Writes all letters in lower case.",
		Example: `text.lower("ÉTAT") == "état"`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (string, error) {
		return strings.ToLower(a.Text), nil
	})
}

type trimArgs struct {
	Text       string  `chaos:"text" doc:"the string"`
	Characters *string `chaos:"characters,optional" doc:"what is cut off; white space where it is not given"`
}

func trim() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.trim",
		Summary: "Cuts white space, or other characters, off both ends.",
		Example: `text.trim(" ok\n") == "ok"`,
	}, func(_ context.Context, _ *stdlib.Env, a trimArgs) (string, error) {
		if a.Characters == nil {
			return strings.TrimSpace(a.Text), nil
		}
		return strings.Trim(a.Text, *a.Characters), nil
	})
}

type startArgs struct {
	Text string `chaos:"text" doc:"the string"`
	Part string `chaos:"part" doc:"what it may start or end with"`
}

func startsWith() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.starts-with",
		Summary: "Says whether a string begins with another.",
		Example: `text.starts-with("chaos", "ch")`,
	}, func(_ context.Context, _ *stdlib.Env, a startArgs) (bool, error) {
		return strings.HasPrefix(a.Text, a.Part), nil
	})
}

func endsWith() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.ends-with",
		Summary: "Says whether a string ends with another.",
		Example: `text.ends-with("exchange.dat", ".dat")`,
	}, func(_ context.Context, _ *stdlib.Env, a startArgs) (bool, error) {
		return strings.HasSuffix(a.Text, a.Part), nil
	})
}

type replaceArgs struct {
	Text string `chaos:"text" doc:"the string"`
	Old  string `chaos:"old" doc:"what is replaced; not empty"`
	New  string `chaos:"new" doc:"what stands there instead"`
}

func replace() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.replace",
		Summary: "Replaces each occurrence of a part by another.",
		Doc:     "From left to right, as it stands: parts are no patterns, and what was put in is not looked at again. The result has at most 64 MiB.",
		Example: `text.replace("a-b-c", "-", "") == "abc"`,
	}, func(_ context.Context, _ *stdlib.Env, a replaceArgs) (string, error) {
		if a.Old == "" {
			return "", errEmpty("old")
		}
		if err := fits(strings.Count(a.Text, a.Old), len(a.New), len(a.Text)); err != nil {
			return "", err
		}
		return strings.ReplaceAll(a.Text, a.Old, a.New), nil
	})
}

type repeatArgs struct {
	Text  string `chaos:"text" doc:"the string"`
	Count int    `chaos:"count" doc:"how many times; 0 gives the empty string"`
}

func repeat() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.repeat",
		Summary: "Writes a string several times, one behind the other.",
		Doc:     "The result has at most 64 MiB.",
		Example: `text.repeat("ab", 3) == "ababab"`,
	}, func(_ context.Context, _ *stdlib.Env, a repeatArgs) (string, error) {
		if a.Count < 0 {
			return "", errNegative("count", a.Count)
		}
		if err := fits(a.Count, len(a.Text), 0); err != nil {
			return "", err
		}
		return strings.Repeat(a.Text, a.Count), nil
	})
}
