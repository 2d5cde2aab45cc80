package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type killArgs struct {
	Target any `chaos:"target" doc:"A process that this run has started, or a pid." type:"process handle | int" effect:"signal"`
}

type stopArgs struct {
	Target any            `chaos:"target" doc:"A process that this run has started, or a pid." type:"process handle | int" effect:"signal"`
	Grace  *time.Duration `chaos:"grace,named,optional" doc:"How long it may take to end after SIGTERM; the run's grace period where it is not given."`
}

type signalArgs struct {
	Target any `chaos:"target" doc:"A process that this run has started, or a pid." type:"process handle | int" effect:"signal"`
	Signal any `chaos:"signal" doc:"A name as \"HUP\" or \"SIGUSR1\", or a number." type:"string | int"`
}

func kill() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.kill",
		Summary: "Ends a process at once, by SIGKILL.",
		Doc: `Of a process that this run has started, all its children are ended too; of a pid, that process
alone. It returns when they are gone. Killing a process that has already ended is an error.

Undo starts a process of this run again under the same handle: the same program, arguments, folder
and environment, and waits only until it runs. A process that somebody else has started cannot be
started again.`,
		Example: `action crash = process.kill(4711) keep`,
	}, func(ctx context.Context, env *stdlib.Env, a killArgs, _ *againState) (stdlib.None, error) {
		t, err := resolve(env, a.Target)
		if err != nil {
			return stdlib.None{}, err
		}
		if t.live == nil {
			return stdlib.None{}, killAlone(ctx, env, t)
		}
		return stdlib.None{}, t.endLive(ctx, env, 0)
	}, againInverse(func(a killArgs) any { return a.Target }))
}

func stop() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.stop",
		Summary: "Ends a process and its children, by SIGTERM and, where that is not enough, by SIGKILL.",
		Doc: `It returns when all are gone. Stopping a process that has already ended is an error.

Undo starts a process of this run again, as that of process.kill does.`,
		Example: `action shutdown = process.stop(4711, grace: 10s) keep`,
	}, func(ctx context.Context, env *stdlib.Env, a stopArgs, _ *againState) (stdlib.None, error) {
		t, err := resolve(env, a.Target)
		if err != nil {
			return stdlib.None{}, err
		}
		grace := env.Grace
		if a.Grace != nil {
			grace = *a.Grace
		}
		if t.live != nil {
			return stdlib.None{}, t.endLive(ctx, env, grace)
		}
		err = t.end(ctx, env, grace)
		return stdlib.None{}, errors.Join(err, context.Cause(ctx))
	}, againInverse(func(a stopArgs) any { return a.Target }))
}

func signalProcess() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.signal",
		Summary: "Sends a signal to a process.",
		Doc: `The process alone gets it, not its children. It returns when the signal is sent, and does not wait
for what comes of it.

Undo starts a process of this run again where the signal has ended it, as that of process.kill does;
what else a signal did is not known and not undone.`,
		Example:   `action reload = process.signal(4711, "HUP") keep`,
		Platforms: unixes,
	}, func(_ context.Context, env *stdlib.Env, a signalArgs, _ *againState) (stdlib.None, error) {
		sig, err := signalOf(a.Signal)
		if err != nil {
			return stdlib.None{}, err
		}
		t, err := resolve(env, a.Target)
		if err != nil {
			return stdlib.None{}, err
		}
		if err := env.Processes.Signal(t.PID, sig); err != nil {
			return stdlib.None{}, fmt.Errorf("%s cannot be sent %v: %w", t, sig, err)
		}
		return stdlib.None{}, nil
	}, againInverse(func(a signalArgs) any { return a.Target }))
}

// endLive ends a process of this run with its family and waits until it is
// reaped.
func (t target) endLive(ctx context.Context, env *stdlib.Env, grace time.Duration) error {
	t.live.expect()
	c, _ := t.live.child()
	if err := c.end(ctx, env, grace); err != nil {
		return err
	}
	awaitChild(ctx, c)
	return context.Cause(ctx)
}

// killAlone kills a stranger and waits until it is gone.
func killAlone(ctx context.Context, env *stdlib.Env, t target) error {
	if err := env.Processes.Signal(t.PID, os.Kill); err != nil {
		if isGone(err) {
			return fmt.Errorf("there is no process %d", t.PID)
		}
		return fmt.Errorf("%s cannot be killed: %w", t, err)
	}
	awaitGone(ctx, env, []entry{{pid: t.PID, birth: t.Birth}}, env.Clock.Now().Add(killWait))
	if e, alive, _ := t.find(env); alive {
		return fmt.Errorf("%s is still there %v after SIGKILL; it is %s", t, killWait, e.state)
	}
	return context.Cause(ctx)
}

// signalOf returns the signal of a name or number.
func signalOf(v any) (os.Signal, error) {
	switch v := v.(type) {
	case string:
		if sig, ok := signalNamed(v); ok {
			return sig, nil
		}
		return nil, fmt.Errorf("there is no signal %q; names are as \"TERM\", \"HUP\" or \"USR1\"", v)
	case int64:
		if v > 0 && v <= lastSignal {
			return signalNumber(int(v)), nil
		}
		return nil, fmt.Errorf("there is no signal %d; the numbers are 1 to %d", v, lastSignal)
	}
	return nil, fmt.Errorf("wants a signal's name or number, not %s", value.Describe(v))
}

// againState is what starting a process again needs. What was started by this
// run is started again from memory, where the values of its environment are;
// what stands here says what that was.
type againState struct {
	Handle string   `json:"handle,omitempty"` // empty for a stranger
	PID    int      `json:"pid"`
	Ran    bool     `json:"ran"` // it ran before, or what it had left in the background
	Led    bool     `json:"led"` // it ran itself
	Path   string   `json:"path,omitempty"`
	Args   []string `json:"args,omitempty"`
	Cwd    string   `json:"cwd,omitempty"`
	Env    []string `json:"env,omitempty"` // names alone, for values may be secret
}

// againInverse is the inverse of the actions that end a process of the run.
func againInverse[A any](targetOf func(A) any) stdlib.Inverse[A, againState] {
	return stdlib.Inverse[A, againState]{
		Does:    "starts it again under the same handle",
		Version: 1,
		Handle:  "target",
		Capture: func(_ context.Context, env *stdlib.Env, args A) (againState, error) {
			return captureAgain(env, targetOf(args)), nil
		},
		Restore: restoreAgain,
		Verify:  verifyAgain,
	}
}

func captureAgain(env *stdlib.Env, v any) againState {
	h, ok := v.(value.Handle)
	if !ok {
		pid, _ := v.(int64)
		return againState{PID: int(pid)}
	}
	s := againState{Handle: h.ID}
	l, ok := liveOf(env, h)
	if !ok {
		return s
	}
	c, _ := l.child()
	s.PID, s.Ran, s.Led = c.PID, l.runs(), !c.ended()
	p := l.program
	s.Path, s.Cwd = p.path, p.cwd
	for _, a := range p.args {
		s.Args = append(s.Args, fmt.Sprint(a))
	}
	for name := range p.env {
		s.Env = append(s.Env, name)
	}
	return s
}

// missing returns the process where it ran before and now does not. In another
// process than that of the run nothing is missing: the process belongs to a
// run that is over, whose start is undone next.
func (s againState) missing(env *stdlib.Env) (*live, bool) {
	l, ok := liveOf(env, value.Handle{Kind: handleKind, ID: s.Handle})
	if !ok || !s.Ran {
		return nil, false
	}
	c, over := l.child()
	return l, !over && c.ended() && (s.Led || !l.runs())
}

// restoreAgain starts the process of a handle again where it does not run.
// What is left of the one before would be in its way, and is ended.
func restoreAgain(ctx context.Context, env *stdlib.Env, s againState) error {
	if s.Handle == "" {
		return fmt.Errorf("process %d was not started by this run, which does not know how to start it again", s.PID)
	}
	l, missing := s.missing(env)
	if !missing {
		return nil
	}
	c, _ := l.child()
	if err := c.end(ctx, env, env.Grace); err != nil {
		return err
	}
	return l.begin()
}

func verifyAgain(_ context.Context, env *stdlib.Env, s againState) ([]stdlib.Difference, error) {
	l, missing := s.missing(env)
	if !missing {
		return nil, nil
	}
	c, _ := l.child()
	return []stdlib.Difference{{What: c.String(), Want: "running", Got: "ended (" + c.outcome() + ")"}}, nil
}
