package process

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type suspendArgs struct {
	Target any `chaos:"target" doc:"A process that this run has started, or a pid." type:"process handle | int" effect:"signal"`
}

// haltState is what the undo of suspend and of resume needs.
type haltState struct {
	family
	Name string `json:"name"`
	// Before are the processes of the family that were stopped before.
	Before []ident `json:"before,omitempty"`
	// Touched are those that the action has stopped. A crash loses it, but
	// costs only those that leave the family while they are stopped.
	Touched []ident `json:"touched,omitempty"`
}

func suspend() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.suspend",
		Summary: "Stops a process and its children in the middle of what they do, by SIGSTOP.",
		Doc: `They keep their memory, files and connections, and do not answer. It returns when all are stopped.
Undo resumes those that were not stopped before.`,
		Example:   `action freeze = process.suspend(4711) undo`,
		Platforms: unixes,
	}, func(ctx context.Context, env *stdlib.Env, a suspendArgs, state *haltState) (stdlib.None, error) {
		told := map[ident]bool{}
		for {
			members, err := state.members(env)
			if err != nil {
				return stdlib.None{}, err
			}
			fresh := slices.DeleteFunc(members, func(e entry) bool { return e.state == stateStopped || told[e.ident()] })
			if len(fresh) == 0 {
				return stdlib.None{}, nil
			}
			for _, m := range fresh {
				told[m.ident()] = true
				state.Touched = append(state.Touched, m.ident())
				if err := sendSignal(env, m.pid, sigStop); err != nil {
					return stdlib.None{}, err
				}
			}
			if err := awaitHalt(ctx, env, fresh, true); err != nil {
				return stdlib.None{}, err
			}
		}
	}, stdlib.Inverse[suspendArgs, haltState]{
		Does:    "resumes it, with its children",
		Version: 1,
		Capture: captureHalt,
		Restore: func(ctx context.Context, env *stdlib.Env, s haltState) error {
			return s.turn(ctx, env, s.reached, false)
		},
		Verify: func(_ context.Context, env *stdlib.Env, s haltState) ([]stdlib.Difference, error) {
			return s.differences(env, s.halted, "running")
		},
	})
}

func resume() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.resume",
		Summary: "Lets a suspended process and its children go on, by SIGCONT.",
		Doc: `It returns when none of them is stopped. A process that is not suspended stays as it is. Undo stops
again those that were stopped before.`,
		Example:   `action thaw = process.resume(4711) undo`,
		Platforms: unixes,
	}, func(ctx context.Context, env *stdlib.Env, _ suspendArgs, state *haltState) (stdlib.None, error) {
		return stdlib.None{}, state.turn(ctx, env, state.stoppedBefore, false)
	}, stdlib.Inverse[suspendArgs, haltState]{
		Does:    "suspends what was suspended",
		Version: 1,
		Capture: captureHalt,
		Restore: func(ctx context.Context, env *stdlib.Env, s haltState) error {
			return s.turn(ctx, env, s.resumed, true)
		},
		Verify: func(_ context.Context, env *stdlib.Env, s haltState) ([]stdlib.Difference, error) {
			return s.differences(env, s.resumed, stateStopped)
		},
	})
}

func captureHalt(_ context.Context, env *stdlib.Env, a suspendArgs) (haltState, error) {
	t, err := resolve(env, a.Target)
	if err != nil {
		return haltState{}, err
	}
	s := haltState{family: t.family, Name: t.name}
	members, err := s.members(env)
	for _, m := range members {
		if m.state == stateStopped {
			s.Before = append(s.Before, m.ident())
		}
	}
	return s, err
}

// halted returns the processes that are stopped and were not before.
func (s haltState) halted(env *stdlib.Env) ([]entry, error) {
	procs, err := s.reached(env)
	return slices.DeleteFunc(procs, func(e entry) bool { return e.state != stateStopped }), err
}

// reached returns the processes that may have got SIGSTOP: one that waits for
// a device, or for a child to be executed, is stopped only when it goes on,
// unless SIGCONT comes first.
func (s haltState) reached(env *stdlib.Env) ([]entry, error) {
	procs, err := s.members(env)
	for _, id := range s.Touched {
		if e, alive, _ := id.find(env); alive {
			procs = append(procs, e)
		}
	}
	seen := map[ident]bool{}
	return slices.DeleteFunc(procs, func(e entry) bool {
		again := seen[e.ident()]
		seen[e.ident()] = true
		return again || slices.Contains(s.Before, e.ident()) ||
			e.state != stateStopped && e.state != stateWaiting
	}), err
}

// stoppedBefore returns the processes that are still stopped as they were.
func (s haltState) stoppedBefore(env *stdlib.Env) ([]entry, error) {
	return s.before(env, true), nil
}

// resumed returns the processes that were stopped before and are not now.
func (s haltState) resumed(env *stdlib.Env) ([]entry, error) {
	return s.before(env, false), nil
}

func (s haltState) before(env *stdlib.Env, stopped bool) []entry {
	var procs []entry
	for _, id := range s.Before {
		if e, alive, _ := id.find(env); alive && (e.state == stateStopped) == stopped {
			procs = append(procs, e)
		}
	}
	return procs
}

// turn stops or resumes those processes that which returns. Where the pid is
// that of another process by now, it is an error.
func (s haltState) turn(ctx context.Context, env *stdlib.Env, which func(*stdlib.Env) ([]entry, error), halt bool) error {
	procs, err := which(env)
	if err != nil {
		return err
	}
	sig := sigCont
	if halt {
		sig = sigStop
	}
	var errs []error
	for _, p := range procs {
		errs = append(errs, sendSignal(env, p.pid, sig))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if err := awaitHalt(ctx, env, procs, halt); err != nil {
		return err
	}
	return s.reusedError(env, s.Name)
}

// reusedError says that the pid belongs to another process by now.
func (id ident) reusedError(env *stdlib.Env, name string) error {
	if _, _, reused := id.find(env); !reused {
		return nil
	}
	e, _ := lookup(env, id.PID)
	return fmt.Errorf("process %d is no longer the one that was changed (%s) but another (%s, since %s), which is left alone",
		id.PID, name, e.name, e.started.Format(time.RFC3339))
}

func (s haltState) differences(env *stdlib.Env, which func(*stdlib.Env) ([]entry, error), want string) ([]stdlib.Difference, error) {
	procs, err := which(env)
	var diffs []stdlib.Difference
	for _, p := range procs {
		diffs = append(diffs, stdlib.Difference{
			What: fmt.Sprintf("state of process %d (%s)", p.pid, p.name), Want: want, Got: p.state,
		})
	}
	return diffs, err
}

// deviceWait is how long a process that waits for a device may take to be
// stopped. It does nothing until then, and is stopped before it goes on.
const deviceWait = 200 * time.Millisecond

// awaitHalt waits until the processes that live are stopped, or are not; a
// signal takes a moment to arrive.
func awaitHalt(ctx context.Context, env *stdlib.Env, procs []entry, halt bool) error {
	began := env.Clock.Now()
	for {
		waited := env.Clock.Now().Sub(began)
		procs = slices.DeleteFunc(procs, func(p entry) bool {
			e, alive, _ := p.ident().find(env)
			pending := halt && e.state == stateWaiting && waited > deviceWait
			return !alive || pending || (e.state == stateStopped) == halt
		})
		if len(procs) == 0 {
			return nil
		}
		if waited > killWait {
			return fmt.Errorf("process %d (%s) did not follow the signal within %v", procs[0].pid, procs[0].name, killWait)
		}
		if err := env.Clock.Sleep(ctx, time.Millisecond); err != nil {
			return err
		}
	}
}
