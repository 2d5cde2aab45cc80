package process

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type reniceArgs struct {
	Target   any `chaos:"target" doc:"A process that this run has started, or a pid." type:"process handle | int" effect:"signal"`
	Niceness int `chaos:"niceness" doc:"From -20 (gets most of the processor) to 19 (gets what others leave); 0 is usual."`
}

// threadNiceness is the niceness of a thread of a process; on systems that
// tell no threads apart, of the process.
type threadNiceness struct {
	ident
	Thread   int `json:"thread"`
	Niceness int `json:"niceness"`
}

type reniceState struct {
	family
	Name   string           `json:"name"`
	Before []threadNiceness `json:"before"`
	Set    int              `json:"set"` // what the action sets
}

func renice() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.renice",
		Summary: "Sets how much a process and its children yield to others.",
		Doc: `All threads get the niceness. Undo gives each its own back. Only root may lower a niceness, so that
without its rights a raised one cannot be undone. One that somebody else has set meanwhile is left
alone, and the undo says so.`,
		Example:   `action yield-to-others = process.renice(4711, 10) undo`,
		Platforms: unixes,
	}, func(_ context.Context, env *stdlib.Env, a reniceArgs, state *reniceState) (stdlib.None, error) {
		procs, err := state.members(env)
		if err != nil {
			return stdlib.None{}, err
		}
		var errs []error
		for _, p := range procs {
			for _, thread := range threads(env, p.pid) {
				errs = append(errs, setNiceness(env, p.pid, thread, a.Niceness))
			}
		}
		return stdlib.None{}, errors.Join(errs...)
	}, stdlib.Inverse[reniceArgs, reniceState]{
		Does:    "gives each thread the niceness back that it had",
		Version: 1,
		Capture: func(_ context.Context, env *stdlib.Env, a reniceArgs) (reniceState, error) {
			if a.Niceness < -20 || a.Niceness > 19 {
				return reniceState{}, fmt.Errorf("niceness is %d; it goes from -20 to 19", a.Niceness)
			}
			t, err := resolve(env, a.Target)
			if err != nil {
				return reniceState{}, err
			}
			s := reniceState{family: t.family, Name: t.name, Set: a.Niceness}
			s.Before, err = s.nicenesses(env)
			return s, err
		},
		Restore: func(_ context.Context, env *stdlib.Env, s reniceState) error {
			changed, err := s.changed(env)
			errs := []error{err, s.reusedError(env, s.Name)}
			for _, c := range changed {
				if c.now != s.Set {
					errs = append(errs, fmt.Errorf("thread %d of process %d has niceness %d, which is neither what it had (%d) nor what was set (%d); it is left alone",
						c.Thread, c.PID, c.now, c.Niceness, s.Set))
					continue
				}
				errs = append(errs, setNiceness(env, c.PID, c.Thread, c.Niceness))
			}
			return errors.Join(errs...)
		},
		Verify: func(_ context.Context, env *stdlib.Env, s reniceState) ([]stdlib.Difference, error) {
			changed, err := s.changed(env)
			var diffs []stdlib.Difference
			for _, c := range changed {
				diffs = append(diffs, stdlib.Difference{
					What: fmt.Sprintf("niceness of thread %d of process %d (%s)", c.Thread, c.PID, s.Name),
					Want: fmt.Sprint(c.Niceness), Got: fmt.Sprint(c.now),
				})
			}
			return diffs, err
		},
	})
}

// nicenesses returns those of all threads of the family.
func (f family) nicenesses(env *stdlib.Env) ([]threadNiceness, error) {
	procs, err := f.members(env)
	var all []threadNiceness
	for _, p := range procs {
		for _, thread := range threads(env, p.pid) {
			if n, ok := niceness(env, thread); ok {
				all = append(all, threadNiceness{p.ident(), thread, n})
			}
		}
	}
	return all, err
}

// changedNiceness is a thread with the niceness it had, and now has.
type changedNiceness struct {
	threadNiceness
	now int
}

// changed returns the threads whose niceness is not what it was. A thread or
// process that is younger than the action has got its own from one that was
// there before, and is to have what that had.
func (s reniceState) changed(env *stdlib.Env) ([]changedNiceness, error) {
	now, err := s.nicenesses(env)
	var list []changedNiceness
	for _, t := range now {
		had, known := s.had(t)
		if known && had != t.Niceness {
			list = append(list, changedNiceness{threadNiceness{t.ident, t.Thread, had}, t.Niceness})
		}
	}
	return list, err
}

// had returns the niceness that a thread had before, or else its process, or
// else the process that the action was about.
func (s reniceState) had(t threadNiceness) (int, bool) {
	for _, same := range []func(threadNiceness) bool{
		func(b threadNiceness) bool { return b.ident == t.ident && b.Thread == t.Thread },
		func(b threadNiceness) bool { return b.ident == t.ident && b.Thread == b.PID },
		func(b threadNiceness) bool { return b.ident == s.ident && b.Thread == b.PID },
	} {
		if i := slices.IndexFunc(s.Before, same); i >= 0 {
			return s.Before[i].Niceness, true
		}
	}
	return 0, false
}

// setNiceness sets that of a thread; one that has ended meanwhile is passed
// over.
func setNiceness(env *stdlib.Env, pid, thread, n int) error {
	err := env.Processes.SetPriority(thread, n)
	if err == nil || isGone(err) {
		return nil
	}
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("process %d cannot be given niceness %d: only root may lower a niceness, and change that of others", pid, n)
	}
	return fmt.Errorf("process %d cannot be given niceness %d: %w", pid, n, err)
}
