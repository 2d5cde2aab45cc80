package text

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// maxBytes limits the strings that are made here.
const maxBytes = 64 << 20

// fits makes sure that n parts of size bytes, with more bytes beside them, are
// no larger than a string may be.
func fits(n, size, more int) error {
	if size > 0 && n > (maxBytes-min(more, maxBytes))/size {
		return fmt.Errorf("%d times %d bytes are more than the 64 MiB that a string may have", n, size)
	}
	return nil
}

func errEmpty(name string) error { return fmt.Errorf("%s is empty", name) }

func errNegative(name string, n int) error { return fmt.Errorf("%s is %d, which is negative", name, n) }

func length() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.length",
		Summary: "Counts the characters.",
		Example: `text.length("état") == 4`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (int, error) {
		return utf8.RuneCountInString(a.Text), nil
	})
}

type sliceArgs struct {
	Text string `chaos:"text" doc:"the string"`
	From int    `chaos:"from" doc:"the place of the first character, from 0; a negative one counts from the end"`
	To   *int   `chaos:"to" doc:"the place behind the last character; the end where it is not given"`
}

func slice() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.slice",
		Summary: "Gives a part of a string.",
		Doc:     "As in Python, places beyond an end mean that end, and the part is empty where it would end before it begins.",
		Example: `text.slice("chaos", 1, 3) == "ha" and text.slice("chaos", -2) == "os"`,
	}, func(_ context.Context, _ *stdlib.Env, a sliceArgs) (string, error) {
		n := utf8.RuneCountInString(a.Text)
		place := func(i int) int {
			if i < 0 {
				i += n
			}
			return min(max(i, 0), n)
		}
		from, to := place(a.From), n
		if a.To != nil {
			to = place(*a.To)
		}
		if to <= from {
			return "", nil
		}
		begin, end, at := len(a.Text), len(a.Text), 0
		for i := range a.Text {
			if at == from {
				begin = i
			}
			if at == to {
				end = i
				break
			}
			at++
		}
		return a.Text[begin:end], nil
	})
}

type splitArgs struct {
	Text      string  `chaos:"text" doc:"the string"`
	Separator *string `chaos:"separator" doc:"what stands between two parts; any white space where it is not given"`
}

func split() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.split",
		Summary: "Cuts a string into parts.",
		Doc: `With a separator there is always at least one part, and parts may be empty: ",a" has two. Without one, parts are what
stands between white space, and a string of nothing else has none.`,
		Example: `text.split("a, b", ", ") == ["a", "b"]`,
	}, func(_ context.Context, _ *stdlib.Env, a splitArgs) ([]string, error) {
		if a.Separator == nil {
			return strings.Fields(a.Text), nil
		}
		if *a.Separator == "" {
			return nil, errEmpty("separator")
		}
		return strings.Split(a.Text, *a.Separator), nil
	})
}

type joinArgs struct {
	Parts     []string `chaos:"parts" doc:"the parts"`
	Separator string   `chaos:"separator,optional" doc:"what stands between two of them; nothing where it is not given"`
}

func join() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.join",
		Summary: "Puts strings together.",
		Doc:     "The result has at most 64 MiB.",
		Example: `text.join(["a", "b"], ", ") == "a, b"`,
	}, func(_ context.Context, _ *stdlib.Env, a joinArgs) (string, error) {
		size := 0
		for _, p := range a.Parts {
			size += len(p)
		}
		if err := fits(max(len(a.Parts)-1, 1), max(len(a.Separator), 1), size); err != nil {
			return "", err
		}
		return strings.Join(a.Parts, a.Separator), nil
	})
}

func lines() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "text.lines",
		Summary: "Cuts a string into lines.",
		Doc:     `Lines end in \n or \r\n, which are cut off; a string that ends in one has no empty line behind it.`,
		Example: "text.lines(\"a\\nb\\n\") == [\"a\", \"b\"]",
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) ([]string, error) {
		list := []string{}
		for line := range strings.Lines(a.Text) {
			line = strings.TrimSuffix(line, "\n")
			list = append(list, strings.TrimSuffix(line, "\r"))
		}
		return list, nil
	})
}
