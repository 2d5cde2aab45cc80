package process

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

const stressDoc = ` It lasts for the time given; background lets the experiment go on meanwhile.

A process of its own does the work, so that chaosc's measurements are not made by the one that is
busy. It ends when the time is over, when the action is cancelled or undone, and with chaosc.`

type stressCPUArgs struct {
	For      time.Duration `chaos:"for,named,length" doc:"How long."`
	Workers  *int          `chaos:"workers,named" doc:"The number of threads that compute; that of the cores where it is not given."`
	Load     value.Percent `chaos:"load,named" doc:"The part of the time in which each computes, in turns of 20ms." default:"100%"`
	Niceness int           `chaos:"niceness,named" doc:"From -20 to 19: how much the work yields to others; less than 0 needs the rights of root." default:"0"`
}

func stressCPU() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.stress-cpu",
		Summary: "Keeps the processor busy.",
		Doc:     "Each worker is a thread that computes." + stressDoc,
		Example: `action noise = process.stress-cpu(for: 30s, workers: 2, load: 80%)
    background
    undo`,
	}, func(ctx context.Context, env *stdlib.Env, a stressCPUArgs, state *startState) (stdlib.None, error) {
		t := task{Threads: runtime.NumCPU(), Load: float64(a.Load) / 100, Niceness: a.Niceness, For: a.For}
		if a.Workers != nil {
			t.Threads = *a.Workers
		}
		switch {
		case t.Threads < 1 || t.Threads > maxWorkers:
			return stdlib.None{}, fmt.Errorf("workers is %d; it goes from 1 to %d", t.Threads, maxWorkers)
		case t.Load <= 0 || t.Load > 1:
			return stdlib.None{}, fmt.Errorf("load is %s; it goes up to 100%%", value.Literal(a.Load))
		case a.Niceness < -20 || a.Niceness > 19:
			return stdlib.None{}, fmt.Errorf("niceness is %d; it goes from -20 to 19", a.Niceness)
		}
		return stdlib.None{}, stress(ctx, env, t, state)
	}, stressInverse[stressCPUArgs]())
}

type stressMemoryArgs struct {
	Size value.Size    `chaos:"size" doc:"How much."`
	For  time.Duration `chaos:"for,named,length" doc:"How long, from when all of it is held."`
}

func stressMemory() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "process.stress-memory",
		Summary: "Holds memory.",
		Doc: `Every page is written to, so that the system must give it.` + stressDoc + `
On Linux it is the first process to be ended where memory runs out; the action fails then.`,
		Example: `action squeeze = process.stress-memory(512MiB, for: 30s)
    background
    undo`,
	}, func(ctx context.Context, env *stdlib.Env, a stressMemoryArgs, state *startState) (stdlib.None, error) {
		if a.Size <= 0 {
			return stdlib.None{}, fmt.Errorf("size is %s; there is nothing to hold", value.Literal(a.Size))
		}
		return stdlib.None{}, stress(ctx, env, task{Memory: int64(a.Size), For: a.For}, state)
	}, stressInverse[stressMemoryArgs]())
}

// maxWorkers is the most threads that a worker has.
const maxWorkers = 4096

// stressInverse ends the worker as the undo of a start does.
func stressInverse[A any]() stdlib.Inverse[A, startState] {
	return stdlib.Inverse[A, startState]{
		Does:    "ends the work early",
		Version: 1,
		Capture: func(_ context.Context, env *stdlib.Env, _ A) (startState, error) {
			return startState{family{Tag: env.Handles.New(handleKind).ID}, "a worker"}, nil
		},
		Restore: restoreStart,
		Verify:  verifyStart,
	}
}

// stress has a worker do a task, and waits for its end.
func stress(ctx context.Context, env *stdlib.Env, t task, state *startState) error {
	switch {
	case t.For < 0:
		return fmt.Errorf("for is %v; it cannot be less than 0s", t.For)
	case os.Getenv(workerVariable) != "":
		return errors.New("a worker was asked to start a worker: the program does not call process.WorkerMain first")
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("the program to start as a worker is not known: %w", err)
	}
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	if _, err := cmd.StdinPipe(); err != nil { // closed by Wait, and by the end of chaosc
		return fmt.Errorf("the worker has no standard input: %w", err)
	}
	greeted, said := make(chan struct{}), new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = &greeting{greeted: greeted}, said
	c, err := launch(env, cmd, map[string]string{workerVariable: string(text)}, state.Tag)
	if err != nil {
		return err
	}
	l := &live{handle: value.Handle{Kind: handleKind, ID: state.Tag}, env: env, now: c}
	env.Handles.Put(l.handle, l)
	defer env.Handles.Delete(l.handle)
	return superviseWorker(ctx, env, l, greeted, said)
}

// superviseWorker waits for the end of a worker and says why it failed.
func superviseWorker(ctx context.Context, env *stdlib.Env, l *live, greeted <-chan struct{}, said *bytes.Buffer) error {
	c, _ := l.child()
	unknown, stopWaiting := context.WithTimeoutCause(ctx, workerPatience, errNoWorker)
	defer stopWaiting()
	select {
	case <-greeted:
	case <-c.done:
	case <-unknown.Done():
		ctx = unknown
	}
	if err := c.wait(ctx, env); err != nil {
		if errors.Is(err, stdlib.ErrEnough) && c.ended() {
			return nil
		}
		return err
	}
	if _, over := l.child(); over {
		return nil
	}
	reason, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
	select {
	case <-greeted:
		if c.status == 0 {
			return nil
		}
	default:
		reason = errNoWorker.Error()
	}
	if reason == "" {
		reason = c.outcome()
	}
	return fmt.Errorf("the worker ended early: %s", reason)
}

// workerPatience is how long a worker may take to say that it is one.
const workerPatience = 10 * time.Second

var errNoWorker = errors.New("the program does not call process.WorkerMain first")

// greeting waits for the first line of a worker.
type greeting struct {
	text    []byte
	greeted chan struct{}
}

func (g *greeting) Write(p []byte) (int, error) {
	if len(g.text) < len(workerGreeting) {
		g.text = append(g.text, p...)
		if bytes.HasPrefix(g.text, []byte(workerGreeting)) {
			close(g.greeted)
		}
	}
	return len(p), nil
}
