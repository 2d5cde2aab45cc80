package toolkit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/process"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type runArgs struct {
	Path      string `chaos:"path" doc:"the program: a name that is looked up in PATH, or a path; ~/ begins that of a home folder" effect:"exec"`
	Arguments any    `chaos:"arguments,optional" doc:"a list, a map or a text"`
}

func run() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.run",
		Kind:    types.Open,
		Summary: "Runs a program by the rules of the Chaos Toolkit.",
		Doc: `The elements of a list are the arguments, each as the text that toolkit.str gives; null and empty ones are dropped.
Keys and values of a map are such a list. A text is read by the shell, behind the path of the program: pipes,
variables and several commands work. It is process.run or process.shell, whichever the value says, and ends as they do.`,
		Example: `probe files = toolkit.run("ls", "*.txt | wc -l")
    expect status == 0`,
	}, func(ctx context.Context, env *stdlib.Env, a runArgs) (process.Result, error) {
		program, err := expandHome(a.Path)
		if err != nil {
			return process.Result{}, err
		}
		if text, ok := a.Arguments.(string); ok {
			found, err := process.Find(env, program)
			if err != nil {
				return process.Result{}, err
			}
			return process.Shell(ctx, env, found+" "+text)
		}
		args, err := arguments(a.Arguments)
		if err != nil {
			return process.Result{}, err
		}
		return process.Run(ctx, env, program, args)
	})
}

// arguments makes the arguments of a program of a list or a map.
func arguments(v any) ([]any, error) {
	var list []any
	switch v := v.(type) {
	case nil:
	case []any:
		list = v
	case *value.Map:
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			list = append(list, k, e)
		}
	case *value.Record:
		m, err := v.Map()
		if err != nil {
			return nil, err
		}
		return arguments(m)
	default:
		return nil, fmt.Errorf("arguments are a list, a map or a text, not %s", value.Describe(v))
	}
	var args []any
	for _, e := range list {
		if e == nil || e == "" {
			continue
		}
		e, err := outputOf(e)
		if err != nil {
			return nil, err
		}
		args = append(args, value.PythonText(e))
	}
	return args, nil
}

// expandHome resolves ~ at the beginning of a path.
func expandHome(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && rest[0] != '/' {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("the home folder in the path %q is not known: %w", path, err)
	}
	return filepath.Join(home, rest), nil
}

type sleepArgs struct {
	Seconds any `chaos:"seconds" doc:"how long: a number, of which a fraction counts, or a duration"`
}

func sleep() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.sleep",
		Kind:    types.Open,
		Summary: "Waits, as time.sleep of Python does.",
		Doc:     "It fails for less than 0 seconds, and for what is no number.",
		Example: `probe nap = toolkit.sleep(0.5)`,
	}, func(ctx context.Context, env *stdlib.Env, a sleepArgs) (stdlib.None, error) {
		var seconds float64
		switch n := value.PythonNumber(a.Seconds).(type) {
		case int64:
			seconds = float64(n)
		case float64:
			seconds = n
		case time.Duration:
			seconds = n.Seconds()
		default:
			return stdlib.None{}, fmt.Errorf("seconds are a number, not %s", value.Describe(a.Seconds))
		}
		if math.IsNaN(seconds) || seconds < 0 {
			return stdlib.None{}, errors.New("sleep length must be non-negative")
		}
		d := time.Duration(math.MaxInt64)
		if ns := math.Ceil(seconds * 1e9); ns < math.MaxInt64 {
			d = time.Duration(ns)
		}
		return stdlib.None{}, env.Clock.Sleep(ctx, d)
	})
}

type abortArgs struct {
	Reason string `chaos:"reason" doc:"why"`
}

func abort() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.abort",
		Kind:    types.Open,
		Summary: "Ends the method, as an error does that the Chaos Toolkit did not foresee.",
		Doc: `The run is aborted: the rest of the method and the check after it are left out, rollbacks are made. It stands where
the Chaos Toolkit finds out only during the run that an activity cannot be done.`,
		Example: `probe gone = toolkit.abort("could not find referenced activity 'x'")`,
		Result:  "any",
	}, func(_ context.Context, _ *stdlib.Env, a abortArgs) (any, error) {
		return nil, &stdlib.AbortError{Reason: a.Reason}
	})
}
