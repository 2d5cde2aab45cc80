//go:build unix

package process

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestStartLog(t *testing.T) {
	t.Parallel()
	env, log := newEnv(t)
	h := must(t, env, start(), map[string]any{"path": "sh", "args": []any{"-c", "echo fine; echo broken >&2; exit 4"}, "log": "service.log"}).(value.Handle)
	want := "(sh) has ended (exit status 4); the last line of its log: broken"
	eventually(t, "its end is told", func() bool { return strings.Contains(log.text(), want) })
	_, err := do(t, env, kill(), map[string]any{"target": h})
	if err == nil || !strings.Contains(err.Error(), "(sh) has already ended (exit status 4); the last line") {
		t.Errorf("error is %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(env.Files.(stdlib.SystemFiles).Dir, "service.log")); err != nil || string(got) != "fine\nbroken\n" {
		t.Errorf("log is %q (%v)", got, err)
	}
}

func TestStartCannot(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	for want, args := range map[string]map[string]any{
		`program "no-such-program" was not found in PATH`:  {"path": "no-such-program"},
		`the log "no/such/folder.log" cannot be written: `: {"path": "true", "log": "no/such/folder.log"},
		`the path of the program is empty`:                 {"path": ""},
	} {
		if _, err := do(t, env, start(), args); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	gone := stranger(t, env, "exit 0")
	eventually(t, "it ends", func() bool { return !alive(env, gone) })
	for want, v := range map[string]any{
		"is no process id":                    int64(-1),
		"is the init of the system":           int64(1),
		"is chaosc itself":                    int64(os.Getpid()),
		"there is no process":                 int64(gone),
		"process other-run/1 is nothing that": value.Handle{Kind: "process", ID: "other-run/1"},
	} {
		for _, f := range []*stdlib.Function{kill(), stop(), suspend(), resume()} {
			if _, err := do(t, env, f, map[string]any{"target": v}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error is %v, want %s", f.Name(), err, want)
			}
		}
	}
}

// A stranger cannot be started again, which only a target of a type that is
// known at run time lets through to the undo.
func TestUndoOfStranger(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	pid := stranger(t, env, "sleep 60")
	bound := bind(t, kill(), map[string]any{"target": int64(pid)})
	state, err := kill().Capture(t.Context(), env, bound)
	if err != nil {
		t.Fatal(err)
	}
	err = kill().Restore(t.Context(), env, state)
	if err == nil || !strings.Contains(err.Error(), "was not started by this run") {
		t.Errorf("error is %v", err)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, script string
		suspended    bool
		grace        time.Duration
		status       int
	}{
		{name: "follows", script: `trap "exit 5" TERM; echo ready > ready; while :; do sleep 0.02; done`, grace: time.Second, status: 5},
		{name: "ignores", script: `trap "" TERM; echo ready > ready; sleep 60; sleep 60`, grace: ms(50), status: -9},
		{name: "suspended", script: `trap "exit 5" TERM; echo ready > ready; while :; do sleep 0.02; done`, suspended: true, grace: time.Second, status: 5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			env, log := newEnv(t)
			h, l := started(t, env, tt.script)
			eventually(t, "it is ready", func() bool {
				b, _ := os.ReadFile(filepath.Join(env.Files.(stdlib.SystemFiles).Dir, "ready"))
				return len(b) > 0
			})
			if tt.suspended {
				must(t, env, suspend(), map[string]any{"target": h})
			}
			must(t, env, stop(), map[string]any{"target": h, "grace": tt.grace})
			c, _ := l.child()
			if !c.ended() || c.status != tt.status {
				t.Errorf("it ended with %d, want %d", c.status, tt.status)
			}
			if s := log.text(); s != "" {
				t.Errorf("the end that was asked for is told as news: %s", s)
			}
		})
	}
}

// The children of a stranger are ended too, also where it ends first.
func TestStopStranger(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	pid := stranger(t, env, `sh -c 'trap "" TERM; echo $$ > child; sleep 60; sleep 60' & wait`)
	child := pidIn(t, env, "child")
	must(t, env, stop(), map[string]any{"target": int64(pid), "grace": ms(60)})
	if alive(env, pid) || alive(env, child) {
		t.Errorf("process is there: %v, its child: %v", alive(env, pid), alive(env, child))
	}
}

// A program that goes to the background is ended and started by its handle.
func TestBackgroundProgram(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	h, l := started(t, env, "echo $$ >> starts; setsid sh -c 'echo $$ > daemon; sleep 60; sleep 60' &")
	pid := pidIn(t, env, "daemon")
	c, _ := l.child()
	<-c.done
	bound := bind(t, kill(), map[string]any{"target": h})
	state, err := kill().Capture(t.Context(), env, bound)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kill().Run(t.Context(), env, bound, state); err != nil {
		t.Fatal(err)
	}
	if alive(env, pid) {
		t.Error("the program in the background is still there")
	}
	restore(t, env, kill(), state)
	if c2, _ := l.child(); c2 == c {
		t.Error("it was not started again")
	}
}

func TestKillOfPIDLeavesChildren(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	pid := stranger(t, env, "sleep 60 & echo $! > child; wait")
	child := pidIn(t, env, "child")
	must(t, env, kill(), map[string]any{"target": int64(pid)})
	if alive(env, pid) || !alive(env, child) {
		t.Errorf("process is there: %v, its child: %v", alive(env, pid), alive(env, child))
	}
}

func TestSignal(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	path := filepath.Join(env.Files.(stdlib.SystemFiles).Dir, "got")
	h, _ := started(t, env, `trap "echo term >> got" TERM; trap "echo usr1 >> got" USR1; echo ready >> got; while :; do sleep 0.01; done`)
	reads := func(want string) func() bool {
		return func() bool { b, _ := os.ReadFile(path); return string(b) == want }
	}
	eventually(t, "it is ready", reads("ready\n"))
	must(t, env, signalProcess(), map[string]any{"target": h, "signal": "term"})
	eventually(t, "TERM arrives", reads("ready\nterm\n"))
	must(t, env, signalProcess(), map[string]any{"target": h, "signal": "SIGUSR1"})
	eventually(t, "USR1 arrives", reads("ready\nterm\nusr1\n"))
	must(t, env, signalProcess(), map[string]any{"target": h, "signal": int64(15)})
	eventually(t, "15 arrives", reads("ready\nterm\nusr1\nterm\n"))
	for want, sig := range map[string]any{`there is no signal "NONE"`: "NONE", "there is no signal 0": int64(0), "there is no signal 65": int64(65)} {
		if _, err := do(t, env, signalProcess(), map[string]any{"target": h, "signal": sig}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}

func TestStress(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	began := time.Now()
	must(t, env, stressCPU(), map[string]any{"for": ms(60), "workers": int64(2), "load": value.Percent(50), "niceness": int64(3)})
	if d := time.Since(began); d < ms(60) {
		t.Errorf("it lasted %v", d)
	}
	for want, args := range map[string]map[string]any{
		"workers is 0":   {"for": ms(1), "workers": int64(0)},
		"load is 0%":     {"for": ms(1), "load": value.Percent(0)},
		"load is 101%":   {"for": ms(1), "load": value.Percent(101)},
		"niceness is 20": {"for": ms(1), "niceness": int64(20)},
		"for is -1ms":    {"for": ms(-1)},
	} {
		if _, err := do(t, env, stressCPU(), args); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
	_, err := do(t, env, stressCPU(), map[string]any{"for": ms(30), "niceness": int64(-5), "workers": int64(1)})
	if root := os.Geteuid() == 0; (err == nil) != root {
		t.Errorf("error is %v where the rights of root are %v", err, root)
	}
	if _, err := do(t, env, stressMemory(), map[string]any{"size": value.Size(0), "for": ms(1)}); err == nil {
		t.Error("no memory was held")
	}
	_, err = do(t, env, stressMemory(), map[string]any{"size": value.Size(1 << 60), "for": ms(1)})
	if err == nil || !strings.Contains(err.Error(), "the worker ended early: 1152921504606846976 bytes are more") {
		t.Errorf("error is %v", err)
	}
}

// While it lasts, the work is done by another process, which ends with the
// context, and also where nobody is left to end it.
func TestStressEnds(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	bound := bind(t, stressMemory(), map[string]any{"size": value.Size(32 << 20), "for": time.Minute})
	for _, way := range []string{"context", "enough", "undo"} {
		t.Run(way, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			state, err := stressMemory().Capture(ctx, env, bound)
			if err != nil {
				t.Fatal(err)
			}
			h := value.Handle{Kind: handleKind, ID: state.(*startState).Tag}
			done := make(chan error, 1)
			go func() {
				_, err := stressMemory().Run(ctx, env, bound, state)
				done <- err
			}()
			var l *live
			eventually(t, "memory is held", func() bool {
				var ok bool
				if l, ok = liveOf(env, h); !ok {
					return false
				}
				r, err := measure(ctx, env, target{family: l.now.family}, 0)
				return err == nil && r.Memory > 32<<20
			})
			want := error(nil)
			switch way {
			case "undo":
				restore(t, env, stressMemory(), state)
			case "enough":
				cancel(stdlib.ErrEnough)
			case "context":
				cancel(errTest)
				want = errTest
			}
			if err := <-done; !errors.Is(err, want) {
				t.Errorf("error is %v", err)
			}
			if alive(env, l.now.PID) {
				t.Error("the worker is still there")
			}
		})
	}
}

// What is no longer needed may not even have begun.
func TestStressEndsBeforeItBegins(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	_, l := started(t, env, "sleep 60")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stdlib.ErrEnough)
	if err := superviseWorker(ctx, env, l, make(chan struct{}), new(bytes.Buffer)); err != nil {
		t.Errorf("error is %v", err)
	}
	if l.runs() {
		t.Error("the worker is still there")
	}
}

func TestWorkerEndsWithItsInput(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd, err := command(self, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := launch(env, cmd, map[string]string{workerVariable: `{"threads":1,"load":0.1,"for":60000000000}`}, "orphan-"+env.RunID)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-c.done:
	case <-time.After(5 * time.Second):
		t.Error("it goes on without anybody")
		_ = c.kill(t.Context(), env)
	}
}
