package toolkit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func output() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.output",
		Summary: "Gives the result of an activity as the Chaos Toolkit has it.",
		Doc: `That of http is a map of status, headers and body, where body is what the language calls data: parsed where the
response says that it is JSON, else the text. It fails where such a body is no JSON. Every other value is itself.`,
		Example: `toolkit.output({n: 1}) == {n: 1}`,
	}, func(_ context.Context, _ *stdlib.Env, a valueArgs) (any, error) {
		return outputOf(a.Value)
	})
}

// outputOf returns a result as the Chaos Toolkit has it.
func outputOf(v any) (any, error) {
	r, ok := v.(*value.Record)
	if !ok || !hasFields(r, "status", "headers", "data") {
		return v, nil
	}
	m := value.NewMap(3)
	for _, f := range [...][2]string{{"status", "status"}, {"headers", "headers"}, {"body", "data"}} {
		x, err := r.Get(f[1])
		if err != nil {
			return nil, err
		}
		m.Set(f[0], x)
	}
	return m, nil
}

// hasFields reports whether a record is the result of functions that give
// these.
func hasFields(r *value.Record, names ...string) bool {
	for _, n := range names {
		if r.Type.Field(n) < 0 {
			return false
		}
	}
	return true
}

// limited is the time limit of a call that is an argument.
type limited struct {
	Timeout *time.Duration `chaos:"timeout,named,limit" doc:"how long the call may take; a default limit applies where it is not given"`
}

type dynamicArgs struct {
	Result stdlib.Attempt `chaos:"result" doc:"the call of a probe; it may fail"`
	limited
	Name      string `chaos:"name,named,optional" doc:"what the Chaos Toolkit calls the probe, for the log"`
	Otherwise any    `chaos:"otherwise,named,optional" doc:"what is given when the probe fails; null where it is not given"`
}

const (
	warnExitCode = "This process returned a non-zero exit code. This may indicate some error and not what you expected. Please have a look at the logs."
	warnStatus   = "This HTTP call returned a response with a HTTP status code above 400. This may indicate some error and not what you expected. Please have a look at the logs."
	warnDynamic  = "Some of the dynamic configuration failed to be loaded.Please review the log file for understanding what happened."
)

func dynamic() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.value",
		Kind:    types.Probe,
		Summary: "Gives the value of an entry of a configuration that is a probe.",
		Doc: `Of a process it is the standard output without the white space around it, of http the body (parsed where it is
JSON), of Python the result. When the probe fails, or the exit code of the process is not 0, it gives otherwise, and one
warning for all such entries tells of it when the configuration is loaded; the reason is in the log at the level DEBUG.`,
		Example: `expect toolkit.value(process.run("git", "rev-parse", "HEAD"), otherwise: "none") != "none"`,
	}, func(_ context.Context, env *stdlib.Env, a dynamicArgs) (any, error) {
		v, err := a.Result.Value, a.Result.Err
		if err == nil {
			v, err = loaded(env, v)
		}
		if err != nil {
			env.Log("DEBUG", fmt.Sprintf("Failed to load configuration '%s': %v", a.Name, err))
			env.Shared(dynamicFailed{}, func() (any, func()) {
				return nil, func() { env.Log("WARNING", warnDynamic) }
			})
			return a.Otherwise, nil
		}
		return v, nil
	})
}

// dynamicFailed is the key, among what the functions of a run share, of the
// warning that an entry could not be loaded, which comes when all are.
type dynamicFailed struct{}

// loaded returns what is kept of the result of a probe.
func loaded(env *stdlib.Env, v any) (any, error) {
	r, ok := v.(*value.Record)
	switch {
	case ok && hasFields(r, "status", "stdout", "stderr"):
		status, _ := r.Get("status")
		code, _ := status.(int64)
		if code > 0 {
			env.Log("WARNING", warnExitCode)
		}
		if code != 0 {
			stderr, _ := r.Get("stderr")
			return nil, fmt.Errorf("the exit code is %d: %v", code, stderr)
		}
		stdout, err := r.Get("stdout")
		if text, ok := stdout.(string); ok {
			return strip(text), err
		}
		return nil, errors.New("the standard output is no text")
	case ok && hasFields(r, "status", "headers", "data"):
		status, _ := r.Get("status")
		if code, _ := status.(int64); code > 399 {
			env.Log("WARNING", warnStatus)
		}
		return r.Get("data")
	}
	return v, nil
}

type metArgs struct {
	Result stdlib.Attempt `chaos:"result" doc:"the call of a probe; it may fail"`
	limited
}

func met() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.met",
		Kind:    types.Probe,
		Summary: "Says whether a probe that is a tolerance is met.",
		Doc: `It is met when its result is true for Python: everything but false, null, zero, and a text, a list or a map with
nothing in it. So it is for each program that ends and each answer of http, whatever they say. It is not met when the
probe fails.`,
		Example: `probe value = process.run("date", "+%s")
    expect toolkit.met(process.run("grep", "1", stdin: stdout))`,
	}, func(_ context.Context, env *stdlib.Env, a metArgs) (bool, error) {
		if err := a.Result.Err; err != nil {
			if abort := (*stdlib.AbortError)(nil); errors.As(err, &abort) {
				return false, err
			}
			env.Log("DEBUG", fmt.Sprintf("the probe of a tolerance failed: %v", err))
			return false, nil
		}
		return value.PythonTrue(a.Result.Value), nil
	})
}
