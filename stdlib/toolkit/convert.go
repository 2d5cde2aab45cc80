package toolkit

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Variables of the environment, and their conversions as env_var_type has them.
// Those to a text, an int and a float are the language's own.

type envArgs struct {
	Name    string `chaos:"name" doc:"the name of the variable"`
	Default any    `chaos:"default,named,optional" doc:"what is given where it is not set; null without it"`
}

func environment() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.env",
		Kind:    types.Probe,
		Summary: "Gives the text of a variable of the environment, or something else.",
		Doc: `The variable is a text, whatever the default is: the Chaos Toolkit converts neither where an entry has no type. The
env of the language gives both the type of the default.`,
		Example: `expect toolkit.env("PORT", default: 8080) != "80"`,
	}, func(_ context.Context, env *stdlib.Env, a envArgs) (any, error) {
		if env.LookupEnv != nil {
			if text, ok := env.LookupEnv(a.Name); ok {
				return text, nil
			}
		}
		return a.Default, nil
	})
}

type textArgs struct {
	Text any `chaos:"text" doc:"a text; a value that is converted already is given as it is" type:"any"`
}

func boolean() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.bool",
		Summary: "Reads a bool as the Chaos Toolkit does.",
		Doc: `False are only "false", "0" and "no", in any case of letters; any other text is true, also "off" and the empty one.
It fails for what is neither a text nor a bool.`,
		Example: `toolkit.bool("off") and not toolkit.bool("No")`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (bool, error) {
		switch v := a.Text.(type) {
		case bool:
			return v, nil
		case string:
			switch strings.ToLower(v) {
			case "false", "0", "no":
				return false, nil
			}
			return true, nil
		}
		return false, fmt.Errorf("a bool is read from a text, not from %s", value.Describe(a.Text))
	})
}

func json() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.json",
		Summary: "Reads JSON as the Chaos Toolkit does from a variable.",
		Doc:     "An empty text stays one, and what is no text is given as it is. It fails for a text that is not JSON.",
		Example: `toolkit.json("[1, 2]") == [1, 2] and toolkit.json("") == ""`,
	}, func(_ context.Context, _ *stdlib.Env, a textArgs) (any, error) {
		text, ok := a.Text.(string)
		if !ok || text == "" {
			return a.Text, nil
		}
		v, err := value.FromJSON([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("the text is not JSON: %w", err)
		}
		return v, nil
	})
}

type bytesArgs struct {
	Text   string `chaos:"text" doc:"the text whose bytes in UTF-8 are meant"`
	Base64 bool   `chaos:"base64,named" default:"false" doc:"whether the text is the bytes in base64; white space in it does not count"`
}

func bytes() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.bytes",
		Summary: "Gives bytes for Python.",
		Doc: `The language has no bytes of its own: it is a record with the field base64, which toolkit.str writes as b'…'. It fails
where the text is no base64.`,
		Example: `toolkit.str(toolkit.bytes("a\n")) == ` + "`b'a\\n'`",
		Result:  "any",
	}, func(_ context.Context, _ *stdlib.Env, a bytesArgs) (any, error) {
		if !a.Base64 {
			return value.NewPythonBytes([]byte(a.Text)), nil
		}
		packed := strings.Join(strings.Fields(a.Text), "")
		data, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			return nil, fmt.Errorf("%s is not base64", shown(a.Text))
		}
		return value.NewPythonBytes(data), nil
	})
}

type dateArgs struct {
	Text string `chaos:"text" doc:"Python's text of it, as 2024-05-06 or 2024-05-06 07:08:09.5+00:00"`
}

func date() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.date",
		Summary: "Gives a date or a datetime for Python.",
		Doc: `YAML has dates, which functions of Python get as such and everybody else as their text. The language has times, but
no days: it is a record with the field date, of which toolkit.str gives the text. It fails where the text is none.`,
		Example: `toolkit.str(toolkit.date("2024-05-06")) == "2024-05-06"`,
		Result:  "any",
	}, func(_ context.Context, _ *stdlib.Env, a dateArgs) (any, error) {
		for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04:05-07:00"} {
			if _, err := time.Parse(layout, a.Text); err == nil {
				return value.NewPythonDate(a.Text), nil
			}
		}
		return nil, fmt.Errorf("%s is not a date of Python", shown(a.Text))
	})
}

// strip takes away the white space around a text, as Python's str.strip.
func strip(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f' })
}
