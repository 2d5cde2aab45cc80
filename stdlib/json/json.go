// Package json is the namespace of JSON texts and of paths into values.
package json

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Namespace is the namespace json.
var Namespace = &stdlib.Namespace{
	Name:    "json",
	Summary: "Reads and writes JSON, and finds what stands at a path.",
	Doc: `Paths are those of RFC 9535: $.items[*].name, $..price, $.items[?@.price < 10].name. What is found comes in the
order of the text.`,
	Declares: []func() *stdlib.Function{parse, text, path, count},
}

type parseArgs struct {
	Text string `chaos:"text" doc:"JSON"`
}

func parse() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "json.parse",
		Summary: "Reads a JSON text.",
		Doc: `Numbers without a point or an exponent that fit 64 bits are ints, others floats. Objects keep the order of their
keys; of doubled keys the last one counts. Lists and objects may be nested 1,000 deep.`,
		Example: `json.parse("[1, 2]") == [1, 2]`,
	}, func(_ context.Context, _ *stdlib.Env, a parseArgs) (any, error) {
		v, err := value.FromJSON([]byte(a.Text))
		if err != nil {
			return nil, fmt.Errorf("the text is not JSON: %w", err)
		}
		return v, nil
	})
}

type textArgs struct {
	Value  any `chaos:"value" doc:"what is written"`
	Indent int `chaos:"indent,named" doc:"spaces for each level, up to 8; 0 writes it all on one line" default:"0"`
}

func text() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "json.text",
		Summary: "Writes a value as JSON.",
		Doc: `Durations, sizes, percentages, times, ranges and handles are written as strings of their literal. Keys stay in
their order.`,
		Example: `json.text({ok: true, n: [1, 2]}) == ` + "`" + `{"ok":true,"n":[1,2]}` + "`",
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (string, error) {
		if a.Indent < 0 || a.Indent > 8 {
			return "", fmt.Errorf("indent is %d, which is not from 0 to 8", a.Indent)
		}
		b, err := value.AppendJSON(nil, a.Value)
		if err != nil || a.Indent == 0 {
			return string(b), err
		}
		var out bytes.Buffer
		err = json.Indent(&out, b, "", strings.Repeat(" ", a.Indent))
		return out.String(), err
	})
}
