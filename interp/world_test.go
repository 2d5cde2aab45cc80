package interp_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/text"
	stdtime "github.com/chaosc-lang/chaosc/stdlib/time"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// world is what the test functions look at and change.
type world struct {
	mu    sync.Mutex
	state map[string]any
	calls map[string]int
	cut   func() // ends the journal
}

func newWorld() *world { return &world{state: map[string]any{}, calls: map[string]int{}} }

func (w *world) get(key string) (any, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v, ok := w.state[key]
	return v, ok
}

func (w *world) set(key string, v any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state[key] = v
}

func (w *world) unset(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.state, key)
}

// count counts a call and returns which one it is, from 1.
func (w *world) count(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls[name]++
	return w.calls[name]
}

// String writes what is left in the world, in order.
func (w *world) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := ""
	for _, k := range slices.Sorted(maps.Keys(w.state)) {
		out += fmt.Sprintf("%s = %s\n", k, value.Literal(w.state[k]))
	}
	return out
}

type (
	keyArgs struct {
		Key string `chaos:"key" doc:"which"`
	}
	setArgs struct {
		Key string `chaos:"key" doc:"which"`
		To  any    `chaos:"to" doc:"new value"`
	}
	timeArgs struct {
		For time.Duration `chaos:"for" doc:"how long"`
	}
	textArgs struct {
		Text string `chaos:"text,secret" doc:"what to say"`
	}
	anyArgs struct {
		What any `chaos:"what,secret" doc:"anything"`
	}
	flakyArgs struct {
		Key   string `chaos:"key" doc:"which counter"`
		Fails int    `chaos:"fails" doc:"how often"`
	}
	attemptArgs struct {
		What stdlib.Attempt `chaos:"what" doc:"what may fail"`
		Most *time.Duration `chaos:"most,named,limit" doc:"how long that may take"`
	}
	loadArgs struct {
		For time.Duration `chaos:"for,length" doc:"how long" default:"1m"`
	}
	response struct {
		Status int    `chaos:"status" doc:"number"`
		Body   string `chaos:"body" doc:"text"`
	}
	was struct {
		Key string
		Had bool
		Was any
	}
)

func spec(name string, kind types.FuncKind) stdlib.Spec {
	return stdlib.Spec{Name: "t." + name, Kind: kind, Summary: "Tests.", Example: "t." + name + "()"}
}

// registry returns the functions of a world.
func (w *world) registry() *stdlib.Registry {
	none := stdlib.None{}
	sleep := func(ctx context.Context, env *stdlib.Env, d time.Duration) error {
		if err := env.Clock.Sleep(ctx, d); err != nil {
			return fmt.Errorf("woken up: %w", err)
		}
		return nil
	}
	functions := []*stdlib.Function{
		stdlib.Define(spec("get", types.Probe), func(_ context.Context, _ *stdlib.Env, a keyArgs) (any, error) {
			v, ok := w.get(a.Key)
			if !ok {
				return nil, fmt.Errorf("there is no %s", a.Key)
			}
			return v, nil
		}),
		stdlib.Define(spec("noop", types.Probe), func(context.Context, *stdlib.Env, struct{}) (stdlib.None, error) {
			return none, nil
		}),
		stdlib.Define(spec("cut", types.Probe), func(context.Context, *stdlib.Env, struct{}) (stdlib.None, error) {
			w.cut()
			return none, nil
		}),
		stdlib.Define(spec("has", types.Probe), func(_ context.Context, _ *stdlib.Env, a keyArgs) (bool, error) {
			_, ok := w.get(a.Key)
			return ok, nil
		}),
		stdlib.Define(spec("respond", types.Probe), func(_ context.Context, _ *stdlib.Env, a keyArgs) (response, error) {
			v, ok := w.get(a.Key)
			if !ok {
				return response{}, errors.New("connection refused")
			}
			n, _ := v.(int64)
			return response{int(n), "it says " + value.Text(v)}, nil
		}),
		stdlib.Define(spec("count", types.Probe), func(_ context.Context, _ *stdlib.Env, a keyArgs) (int64, error) {
			return int64(w.count(a.Key)), nil
		}),
		stdlib.Define(spec("sleep", types.Probe), func(ctx context.Context, env *stdlib.Env, a timeArgs) (string, error) {
			return "slept", sleep(ctx, env, a.For)
		}),
		stdlib.Define(spec("stubborn", types.Probe), func(_ context.Context, _ *stdlib.Env, a timeArgs) (string, error) {
			time.Sleep(a.For)
			return "slept", nil
		}),
		stdlib.Define(spec("work", types.Action), func(ctx context.Context, env *stdlib.Env, a timeArgs) (string, error) {
			return "worked", sleep(ctx, env, a.For)
		}),
		stdlib.Define(spec("load", types.Probe), func(ctx context.Context, env *stdlib.Env, a loadArgs) (time.Duration, error) {
			start := env.Clock.Now()
			err := env.Clock.Sleep(ctx, a.For)
			if errors.Is(err, stdlib.ErrEnough) {
				err = nil
			}
			return env.Clock.Now().Sub(start), err
		}),
		stdlib.Define(spec("flaky", types.Probe), func(_ context.Context, _ *stdlib.Env, a flakyArgs) (int64, error) {
			n := w.count(a.Key)
			if n <= a.Fails {
				return 0, fmt.Errorf("not yet, %d", n)
			}
			return int64(n), nil
		}),
		stdlib.Define(spec("fail", types.Open), func(_ context.Context, _ *stdlib.Env, a textArgs) (stdlib.None, error) {
			return none, errors.New(a.Text)
		}),
		stdlib.Define(spec("abort", types.Open), func(_ context.Context, _ *stdlib.Env, a textArgs) (stdlib.None, error) {
			return none, &stdlib.AbortError{Reason: a.Text}
		}),
		stdlib.Define(spec("panic", types.Open), func(_ context.Context, _ *stdlib.Env, a textArgs) (stdlib.None, error) {
			panic(a.Text)
		}),
		stdlib.Define(spec("attempt", types.Probe), func(_ context.Context, _ *stdlib.Env, a attemptArgs) (any, error) {
			if a.What.Err != nil {
				return "failed: " + a.What.Err.Error(), nil
			}
			return a.What.Value, nil
		}),
		stdlib.Define(spec("say", types.Action), func(_ context.Context, _ *stdlib.Env, a textArgs) (string, error) {
			return a.Text, nil
		}),
		stdlib.Define(spec("tell", types.Action), func(context.Context, *stdlib.Env, anyArgs) (stdlib.None, error) {
			return none, nil
		}),
		stdlib.Define(spec("twice", types.Pure), func(_ context.Context, _ *stdlib.Env, a textArgs) (string, error) {
			if a.Text == "panic" {
				panic("as you like")
			}
			return a.Text + a.Text, nil
		}),
		stdlib.Define(spec("put", types.Action), func(_ context.Context, _ *stdlib.Env, a setArgs) (string, error) {
			w.set(a.Key, a.To)
			return a.Key, nil
		}),
		stdlib.Define(spec("drop", types.Action), func(_ context.Context, _ *stdlib.Env, a keyArgs) (stdlib.None, error) {
			if _, ok := w.get(a.Key); !ok {
				return none, fmt.Errorf("there is no %s", a.Key)
			}
			w.unset(a.Key)
			return none, nil
		}),
	}
	restore := func(_ context.Context, _ *stdlib.Env, s was) error {
		if n, ok := s.Was.(float64); ok { // as JSON has it
			s.Was = int64(n)
		}
		if s.Had {
			w.set(s.Key, s.Was)
		} else {
			w.unset(s.Key)
		}
		return nil
	}
	inverse := stdlib.Inverse[setArgs, was]{
		Does: "sets it back", Version: 1,
		Capture: func(_ context.Context, _ *stdlib.Env, a setArgs) (was, error) {
			if a.Key == "secluded" {
				return was{}, errors.New("it cannot be looked at")
			}
			v, ok := w.get(a.Key)
			return was{a.Key, ok, v}, nil
		},
		Restore: restore,
	}
	act := func(_ context.Context, _ *stdlib.Env, a setArgs, _ *was) (stdlib.None, error) {
		w.set(a.Key, a.To)
		return none, nil
	}
	stuck, drifts, slow, panics := inverse, inverse, inverse, inverse
	stuck.Restore = func(context.Context, *stdlib.Env, was) error { return errors.New("it is stuck") }
	drifts.Verify = func(context.Context, *stdlib.Env, was) ([]stdlib.Difference, error) {
		return []stdlib.Difference{{What: "its colour", Want: "red", Got: "blue"}}, nil
	}
	slow.Restore = func(ctx context.Context, env *stdlib.Env, _ was) error { return sleep(ctx, env, time.Hour) }
	panics.Restore = func(context.Context, *stdlib.Env, was) error { panic("in an undo") }
	late := inverse // learns what it needs while it acts
	late.Restore = func(_ context.Context, _ *stdlib.Env, s was) error {
		w.set(s.Key, s.Was)
		return nil
	}
	functions = append(functions,
		stdlib.DefineAction(spec("set", types.Action), act, inverse),
		stdlib.DefineAction(spec("stick", types.Action), act, stuck),
		stdlib.DefineAction(spec("drift", types.Action), act, drifts),
		stdlib.DefineAction(spec("slow", types.Action), act, slow),
		stdlib.DefineAction(spec("bomb", types.Action), act, panics),
		stdlib.DefineAction(spec("learn", types.Action), func(_ context.Context, _ *stdlib.Env, a setArgs, s *was) (stdlib.None, error) {
			w.set(a.Key, a.To)
			s.Was = "learnt"
			return none, nil
		}, late),
		stdlib.DefineAction(spec("half", types.Action), func(_ context.Context, _ *stdlib.Env, a setArgs, _ *was) (stdlib.None, error) {
			w.set(a.Key, "half")
			return none, errors.New("it broke in the middle")
		}, inverse),
	)
	ns := &stdlib.Namespace{Name: "t"}
	for _, f := range functions {
		ns.Declares = append(ns.Declares, func() *stdlib.Function { return f })
	}
	reg, err := stdlib.NewRegistry(ns, text.Namespace, stdtime.Namespace)
	if err == nil {
		err = reg.Check()
	}
	if err != nil {
		panic(err)
	}
	return reg
}
