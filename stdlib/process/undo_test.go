//go:build unix

package process

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// law is an action in a world that is made for it.
type law struct {
	f *stdlib.Function
	// prepare makes the world and returns the arguments, and what the undo
	// has to bring back, as text.
	prepare func(t *testing.T, env *stdlib.Env) (args map[string]any, world func() string)
	// root marks actions whose undo needs its rights.
	root bool
	// instant marks actions that leave nothing changed when they have ended.
	instant bool
}

var laws = map[string]law{
	"start": {f: start(), prepare: func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		return map[string]any{"path": "sh", "args": []any{"-c", "sleep 60 & sleep 60"}}, tagged(t, env)
	}},
	"kill":   {f: kill(), prepare: ofHandle(nil, running)},
	"stop":   {f: stop(), prepare: ofHandle(nil, running)},
	"signal": {f: signalProcess(), prepare: ofHandle(map[string]any{"signal": "KILL"}, running)},
	"suspend a handle": {f: suspend(), prepare: ofHandle(nil, func(env *stdlib.Env, l *live) string {
		c, _ := l.child()
		return stopped(env, c.family)
	})},
	"suspend a stranger": {f: suspend(), prepare: func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		pid := stranger(t, env, "sleep 60 & sleep 60")
		return map[string]any{"target": int64(pid)}, func() string { return stopped(env, identOf(t, env, pid)) }
	}},
	"resume": {f: resume(), prepare: func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		pid := stranger(t, env, "sleep 60")
		must(t, env, suspend(), map[string]any{"target": int64(pid)})
		eventually(t, "it is stopped", func() bool { e, _ := lookup(env, pid); return e.state == stateStopped })
		return map[string]any{"target": int64(pid)}, func() string { return stopped(env, identOf(t, env, pid)) }
	}},
	"renice": {f: renice(), root: true, prepare: func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		pid := stranger(t, env, "sleep 60 & sleep 60")
		return map[string]any{"target": int64(pid), "niceness": int64(7)}, func() string {
			n, err := identOf(t, env, pid).nicenesses(env)
			if err != nil {
				t.Error(err)
			}
			return fmt.Sprint(slices.ContainsFunc(n, func(n threadNiceness) bool { return n.Niceness == 7 }))
		}
	}},
	"stress-cpu": {f: stressCPU(), instant: true, prepare: func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		return map[string]any{"workers": int64(1), "for": ms(30)}, tagged(t, env)
	}},
	"stress-memory": {f: stressMemory(), instant: true, prepare: func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		return map[string]any{"size": value.Size(1 << 20), "for": ms(30)}, tagged(t, env)
	}},
}

// tagged tells whether any process of the run is alive, however it came.
func tagged(t *testing.T, env *stdlib.Env) func() string {
	return func() string {
		for n := range 3 {
			members, err := family{Tag: fmt.Sprintf("%s/%d", env.RunID, n)}.members(env)
			if err != nil {
				t.Error(err)
			}
			if len(members) > 0 {
				return "some"
			}
		}
		return "none"
	}
}

func ofHandle(more map[string]any, world func(*stdlib.Env, *live) string) func(*testing.T, *stdlib.Env) (map[string]any, func() string) {
	return func(t *testing.T, env *stdlib.Env) (map[string]any, func() string) {
		h, l := started(t, env, "sleep 60 & sleep 60")
		args := map[string]any{"target": h}
		for k, v := range more {
			args[k] = v
		}
		return args, func() string { return world(env, l) }
	}
}

func running(_ *stdlib.Env, l *live) string {
	c, _ := l.child()
	return fmt.Sprint(!c.ended())
}

func stopped(env *stdlib.Env, f family) string {
	members, err := f.members(env)
	return fmt.Sprint(err, slices.ContainsFunc(members, func(e entry) bool { return e.state == stateStopped }))
}

func identOf(t *testing.T, env *stdlib.Env, pid int) family {
	e, ok := lookup(env, pid)
	if !ok {
		t.Fatalf("there is no process %d", pid)
	}
	return family{ident: e.ident()}
}

// onDisk returns the state as it comes back from a journal.
func onDisk(t *testing.T, f *stdlib.Function, state any) any {
	t.Helper()
	data, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	back, err := f.DecodeState(data)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func restore(t *testing.T, env *stdlib.Env, f *stdlib.Function, state any) {
	t.Helper()
	if err := f.Restore(t.Context(), env, onDisk(t, f, state)); err != nil {
		t.Fatalf("restore: %v", err)
	}
	diffs, err := f.Verify(t.Context(), env, onDisk(t, f, state))
	if err != nil || len(diffs) > 0 {
		t.Errorf("after restore: %v %v", diffs, err)
	}
}

func TestUndoLaws(t *testing.T) {
	t.Parallel()
	for _, f := range Namespace.Functions() {
		if f.HasInverse() && !slices.ContainsFunc(values(laws), func(l law) bool { return l.f.Name() == f.Name() }) {
			t.Errorf("%s has no law", f.Name())
		}
	}
	for name, l := range laws {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, _ := newEnv(t)
			args, world := l.prepare(t, env)
			before := world()
			bound := bind(t, l.f, args)
			capture := func() any {
				state, err := l.f.Capture(t.Context(), env, bound)
				if err != nil {
					t.Fatal(err)
				}
				return state
			}

			restore(t, env, l.f, capture()) // without run
			if now := world(); now != before {
				t.Fatalf("restore without run made %s of %s", now, before)
			}

			state := capture()
			if _, err := l.f.Run(t.Context(), env, bound, state); err != nil {
				t.Fatal(err)
			}
			if !l.instant {
				eventually(t, "the action changes something", func() bool { return world() != before })
				if diffs, err := l.f.Verify(t.Context(), env, onDisk(t, l.f, state)); err != nil || len(diffs) == 0 {
					t.Errorf("verify sees no change: %v", err)
				}
			}
			if l.root && os.Geteuid() != 0 {
				err := l.f.Restore(t.Context(), env, onDisk(t, l.f, state))
				if err == nil || !strings.Contains(err.Error(), "only root may") {
					t.Errorf("error is %v", err)
				}
				return
			}
			for range 2 {
				restore(t, env, l.f, state)
				if now := world(); now != before {
					t.Fatalf("restore made %s, want %s", now, before)
				}
			}
		})
	}
}

func values(m map[string]law) []law {
	var list []law
	for _, l := range m {
		list = append(list, l)
	}
	return list
}

// elsewhere is the world as another process of chaosc sees it.
func elsewhere(env *stdlib.Env) *stdlib.Env {
	return &stdlib.Env{Clock: env.Clock, Files: env.Files, Processes: env.Processes, Log: env.Log,
		Handles: stdlib.NewHandles(env.RunID), RunID: env.RunID, Grace: env.Grace}
}

// When chaosc dies, another one undoes from what is on disk: also where the
// pid never got there, and what has left the group and lost its parent.
func TestRecoverStart(t *testing.T) {
	t.Parallel()
	for _, known := range []bool{true, false} {
		t.Run(fmt.Sprintf("pid known %v", known), func(t *testing.T) {
			t.Parallel()
			env, _ := newEnv(t)
			bound := bind(t, start(), map[string]any{"path": "sh", "args": []any{"-c",
				"(setsid sh -c 'echo $$ > far; sleep 60; sleep 60' &); exec sleep 60"}})
			state, err := start().Capture(t.Context(), env, bound)
			if err != nil {
				t.Fatal(err)
			}
			written := onDisk(t, start(), state)
			if _, err := start().Run(t.Context(), env, bound, state); err != nil {
				t.Fatal(err)
			}
			if known {
				written = onDisk(t, start(), state)
			}
			pids := []int{state.(*startState).PID, pidIn(t, env, "far")}
			restore(t, elsewhere(env), start(), written)
			for _, pid := range pids {
				if alive(env, pid) {
					t.Errorf("process %d is still there", pid)
				}
			}
			restore(t, env, start(), state) // and the run itself finds nothing to do
		})
	}
}

// What a crash leaves suspended is resumed from the disk, but not what was
// suspended before.
func TestRecoverSuspend(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	pid := stranger(t, env, "sleep 60 & echo $! > child; kill -STOP $!; sleep 60")
	child := pidIn(t, env, "child")
	eventually(t, "the child is stopped", func() bool { e, _ := lookup(env, child); return e.state == stateStopped })
	bound := bind(t, suspend(), map[string]any{"target": int64(pid)})
	state, err := suspend().Capture(t.Context(), env, bound)
	if err != nil {
		t.Fatal(err)
	}
	written := onDisk(t, suspend(), state)
	if _, err := suspend().Run(t.Context(), env, bound, state); err != nil {
		t.Fatal(err)
	}
	restore(t, elsewhere(env), suspend(), written)
	if e, _ := lookup(env, pid); e.state == stateStopped {
		t.Error("the process is still stopped")
	}
	if e, _ := lookup(env, child); e.state != stateStopped {
		t.Error("the child was stopped before, and is not any more")
	}
}

// Restoring what ended a process of the run needs the run.
func TestRecoverKill(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	h, _ := started(t, env, "sleep 60")
	bound := bind(t, kill(), map[string]any{"target": h})
	state, err := kill().Capture(t.Context(), env, bound)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kill().Run(t.Context(), env, bound, state); err != nil {
		t.Fatal(err)
	}
	restore(t, elsewhere(env), kill(), state)
	if got := tagged(t, env)(); got != "none" {
		t.Error("another process has started it")
	}
}

// A pid that belongs to another process by now is left alone.
func TestReusedPID(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	pid := stranger(t, env, "sleep 60")
	for _, f := range []*stdlib.Function{suspend(), resume(), renice()} {
		args := map[string]any{"target": int64(pid)}
		if f.Name() == "process.renice" {
			args["niceness"] = int64(5)
		}
		state, err := f.Capture(t.Context(), env, bind(t, f, args))
		if err != nil {
			t.Fatal(err)
		}
		data, _ := json.Marshal(state)
		birth := identOf(t, env, pid).Birth
		old, err := f.DecodeState([]byte(strings.ReplaceAll(string(data), birth, "1@another-boot")))
		if err != nil {
			t.Fatal(err)
		}
		err = f.Restore(t.Context(), env, old)
		if err == nil || !strings.Contains(err.Error(), "is left alone") {
			t.Errorf("%s: error is %v", f.Name(), err)
		}
	}
	old := startState{family: family{ident{pid, "1@another-boot"}, "no-such-tag"}}
	if err := restoreStart(t.Context(), env, old); err != nil {
		t.Error(err)
	}
	if !alive(env, pid) {
		t.Error("the other process was ended")
	}
}

func TestReniceLeavesOthersChangeAlone(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	pid := stranger(t, env, "sleep 60")
	bound := bind(t, renice(), map[string]any{"target": int64(pid), "niceness": int64(5)})
	state, err := renice().Capture(t.Context(), env, bound)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := renice().Run(t.Context(), env, bound, state); err != nil {
		t.Fatal(err)
	}
	if err := env.Processes.SetPriority(pid, 9); err != nil {
		t.Fatal(err)
	}
	err = renice().Restore(t.Context(), env, state)
	if err == nil || !strings.Contains(err.Error(), "has niceness 9") {
		t.Errorf("error is %v", err)
	}
	if n, _ := niceness(env, pid); n != 9 {
		t.Errorf("niceness is %d, want that of the other", n)
	}
}

// What is ended twice in different ways is put back in reverse.
func TestSuspendThenKill(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	h, l := started(t, env, "sleep 60")
	type step struct {
		f     *stdlib.Function
		state any
	}
	var stack []step
	for _, f := range []*stdlib.Function{suspend(), kill()} {
		bound := bind(t, f, map[string]any{"target": h})
		state, err := f.Capture(t.Context(), env, bound)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Run(t.Context(), env, bound, state); err != nil {
			t.Fatal(err)
		}
		stack = append(stack, step{f, state})
	}
	for _, s := range slices.Backward(stack) {
		restore(t, env, s.f, s.state)
	}
	c, _ := l.child()
	if e, alive, _ := c.find(env); !alive || e.state == stateStopped {
		t.Errorf("the process is %q", e.state)
	}
}

// A start that was undone early stays so, whatever is undone after it.
func TestKillUndoneAfterStart(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	h, l := started(t, env, "sleep 60")
	bound := bind(t, kill(), map[string]any{"target": h})
	state, err := kill().Capture(t.Context(), env, bound)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kill().Run(t.Context(), env, bound, state); err != nil {
		t.Fatal(err)
	}
	if err := restoreStart(context.Background(), env, startState{family: family{Tag: h.ID}}); err != nil {
		t.Fatal(err)
	}
	restore(t, env, kill(), state)
	if running(env, l) != "false" {
		t.Error("the process runs again")
	}
}

// The state holds the names of variables alone, for their values may be secret.
func TestStateHasNoSecrets(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	vars := value.NewMap(1)
	vars.Set("TOKEN", "hunter2")
	h := must(t, env, start(), map[string]any{"path": "sleep", "args": []any{int64(60)}, "env": vars, "log": "out.log"}).(value.Handle)
	state, err := stop().Capture(t.Context(), env, bind(t, stop(), map[string]any{"target": h}))
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(state)
	if s := string(data); !strings.Contains(s, "TOKEN") || strings.Contains(s, "hunter2") {
		t.Errorf("state is %s", s)
	}
	must(t, env, stop(), map[string]any{"target": h})
	if _, err := os.Stat(filepath.Join(env.Files.(stdlib.SystemFiles).Dir, "out.log")); err != nil {
		t.Error(err)
	}
}
