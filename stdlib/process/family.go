package process

// Technique: a process and all that came from it are found in the system's
// table, by four marks: its identity, its process group, the children of
// children, and the variable that chaosc put into its environment. The last
// finds what has left the group and lost its parent, also from another run of
// chaosc.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// tagVariable stands in the environment of every process that chaosc starts.
const tagVariable = "CHAOSC_RUN"

// killWait is how long a process may take to be gone after SIGKILL; one that
// waits for a device takes longer.
const killWait = 2 * time.Second

var errEnded = errors.New("the process has ended")

// family is a process with all that came from it.
type family struct {
	ident
	// Tag is the value of CHAOSC_RUN in the environment of a process that
	// chaosc started in a group of its own; empty for a stranger, of whom only
	// the children are found.
	Tag string `json:"tag,omitempty"`
}

// members returns the processes of the family that are alive, never chaosc
// itself. One whose parent ends while the table is read can be missed, so that
// of a family that has its own tag only a second look tells that nobody is
// left.
func (f family) members(env *stdlib.Env) ([]entry, error) {
	found, err := f.look(env)
	if err == nil && len(found) == 0 && f.Tag != "" {
		_ = env.Clock.Sleep(context.Background(), time.Millisecond)
		found, err = f.look(env)
	}
	return found, err
}

// look reads the table once.
func (f family) look(env *stdlib.Env) ([]entry, error) {
	all, err := snapshot(env)
	if err != nil {
		return nil, err
	}
	// A group whose leader is gone keeps its number from being reused.
	leader := slices.IndexFunc(all, func(e entry) bool { return e.pid == f.PID })
	lives := leader >= 0 && all[leader].birth == f.Birth
	ownGroup := f.Tag != "" && f.PID > 0 && (lives || leader < 0)
	in := make(map[int]bool)
	for _, e := range all {
		switch {
		case e.pid == os.Getpid():
		case e.pid == f.PID:
			in[e.pid] = lives
		case ownGroup && e.group == f.PID:
			in[e.pid] = true
		case f.Tag != "":
			in[e.pid] = carries(env, e, tagVariable+"="+f.Tag)
		}
	}
	for grown := true; grown; {
		grown = false
		for _, e := range all {
			if !in[e.pid] && in[e.parent] && e.pid != os.Getpid() {
				in[e.pid], grown = true, true
			}
		}
	}
	return slices.DeleteFunc(all, func(e entry) bool { return !in[e.pid] || !e.alive() }), nil
}

// signal sends a signal to the members: at once to those in the family's
// group, one by one to the others.
func (f family) signal(env *stdlib.Env, members []entry, sig os.Signal) error {
	var errs []error
	group := false
	for _, m := range members {
		if f.Tag != "" && m.group == f.PID && f.PID > 0 {
			group = true
			continue
		}
		errs = append(errs, sendSignal(env, m.pid, sig))
	}
	if group {
		errs = append(errs, sendSignal(env, -f.PID, sig))
	}
	return errors.Join(errs...)
}

// sendSignal sends a signal; that nobody is there any more is no error.
func sendSignal(env *stdlib.Env, pid int, sig os.Signal) error {
	err := env.Processes.Signal(pid, sig)
	if err == nil || isGone(err) {
		return nil
	}
	if pid < 0 {
		return fmt.Errorf("process group %d cannot be sent %v: %w", -pid, sig, err)
	}
	return fmt.Errorf("process %d cannot be sent %v: %w", pid, sig, err)
}

// end ends the family: SIGTERM, and SIGKILL for whoever is still there after
// the grace period, or when ctx is over. It returns when all are gone.
func (f family) end(ctx context.Context, env *stdlib.Env, grace time.Duration) error {
	deadline := env.Clock.Now().Add(grace)
	// A process that leaves the group while the group is told is told again.
	type place struct {
		ident
		group int
	}
	told := map[place]bool{}
	var known []entry
	for pause := 20 * time.Millisecond; ctx.Err() == nil && env.Clock.Now().Before(deadline); pause *= 2 {
		members, err := f.members(env)
		if err != nil {
			return err
		}
		var stopped, fresh []entry
		for _, m := range members {
			if at := (place{m.ident(), m.group}); !told[at] {
				told[at] = true
				fresh = append(fresh, m)
			}
			if m.state == stateStopped {
				stopped = append(stopped, m)
			}
		}
		// Whoever cannot be told is met again below, with its error. A stopped
		// process sees SIGTERM only when it goes on.
		_ = f.signal(env, fresh, sigTerm)
		_ = f.signal(env, stopped, sigCont)
		// One that is about to be gone has no environment any more to find it
		// by, but may still have its files and ports.
		known = awaitGone(ctx, env, append(known, fresh...), earlier(deadline, env.Clock.Now().Add(pause)))
		if len(members) == 0 && len(known) == 0 {
			return nil
		}
	}
	return f.kill(ctx, env, known...)
}

// kill ends the family by SIGKILL, whatever ctx says, and those that were known
// to be of it while their parent was there. It returns when all are gone.
func (f family) kill(ctx context.Context, env *stdlib.Env, known ...entry) error {
	ctx = context.WithoutCancel(ctx)
	deadline := env.Clock.Now().Add(killWait)
	for {
		members, err := f.members(env)
		if err != nil {
			return err
		}
		for _, m := range members {
			if !slices.ContainsFunc(known, func(k entry) bool { return k.ident() == m.ident() }) {
				known = append(known, m)
			}
		}
		if len(known) == 0 {
			return nil
		}
		if env.Clock.Now().After(deadline) {
			return fmt.Errorf("process %d (%s) is still there %v after SIGKILL; it is %s",
				known[0].pid, known[0].name, killWait, known[0].state)
		}
		if err := f.signal(env, known, os.Kill); err != nil {
			return err
		}
		known = awaitGone(ctx, env, known, earlier(deadline, env.Clock.Now().Add(50*time.Millisecond)))
	}
}

func (e entry) ident() ident { return ident{e.pid, e.birth} }

// awaitGone waits until none of the processes is alive, the deadline, or the
// end of ctx, and returns those that still are.
func awaitGone(ctx context.Context, env *stdlib.Env, procs []entry, deadline time.Time) []entry {
	pause := time.Millisecond
	for {
		procs = slices.DeleteFunc(procs, func(e entry) bool {
			_, alive, _ := e.ident().find(env)
			return !alive
		})
		if len(procs) == 0 || !env.Clock.Now().Before(deadline) || env.Clock.Sleep(ctx, pause) != nil {
			return procs
		}
		pause = min(2*pause, 20*time.Millisecond)
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
