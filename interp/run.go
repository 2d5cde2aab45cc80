// Package interp runs an experiment.
//
// The files: run.go is the order of a run; prepare.go what comes before it;
// phase.go, hypothesis.go and guard.go its sections; block.go, statement.go and
// wait.go the statements; activity.go and change.go an activity, and what puts
// its change back; call.go functions and definitions; scope.go what names mean;
// judge.go what a failure means, depending on where it happens; verdict.go what
// came of all.
package interp

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// Options says how to run.
type Options struct {
	Env     *stdlib.Env
	Journal *journal.Writer
	// Registry finds the functions that undo calls.
	Registry undo.Registry
	// Dry is what is not done: one of the Dry constants, or "" for nothing.
	Dry string
	// Hypothesis and Rollbacks override the strategies of the experiment; ""
	// does not.
	Hypothesis string
	Rollbacks  string
	// Frequency is the time between two checks of the steady state during the
	// method; 0 is that of the experiment, or 1s.
	Frequency time.Duration
	// FailFast ends the method at the first such check that is not met.
	FailFast bool
	// Abandon, unless nil, is closed when somebody does not want to wait any
	// longer for an activity of setup, the steady state or the method to end.
	Abandon <-chan struct{}
	// Grace is how long a function may take to end when it is cancelled; 0 is
	// [limit.DefaultGrace].
	Grace time.Duration

	Version string // of chaosc
	Node    string // name of the machine
	// Platform is the system, and Folder the working directory; "" asks the
	// machine.
	Platform string
	Folder   string
	Seed     uint64 // of random.*
	// Experiment is the experiment as data, for the journal; may be nil.
	Experiment json.RawMessage
}

// run is one run.
type run struct {
	p       *Prepared
	exp     *program.Experiment
	opts    Options
	env     *stdlib.Env
	journal *journal.Writer
	stack   *undo.Stack
	dry     dryStack
	shared  frame
	tally   tally
	grace   time.Duration

	hypothesis    string
	rollbacks     string
	rollbacksSaid bool
	frequency     time.Duration
	failFast      bool

	ids       atomic.Uint64
	metas     sync.Map // *program.Activity → *meta
	places    sync.Map // program.Stmt or *program.Check → journal.Place
	baselines baselines
	methodEnd time.Time
	saidNone  bool

	stopping sync.Mutex
	stopped  bool
	cancel   context.CancelCauseFunc

	stopSetup    context.CancelCauseFunc
	setupGroup   *group
	setupEntries uint64 // the last undo entry of setup

	puttingBack atomic.Bool // since rollback began
}

// Run plays a prepared experiment, from setup to undo. The end of ctx
// interrupts it; its cause should be a [*Stop]. The error is that of a journal
// that could not be written; the run has been played nonetheless, but for the
// actions whose undo could not be noted.
func Run(ctx context.Context, p *Prepared, opts Options) (Result, error) {
	r := newRun(p, opts)
	r.play(ctx)
	status, deviated := r.tally.state()
	res := Result{Verdict: r.tally.worst, Status: status, Deviated: deviated, Open: r.stack.Len()}
	r.write(&journal.RunEnded{Status: res.Status, Deviated: res.Deviated, Verdict: res.Verdict.String(), Open: res.Open})
	return res, r.journal.Err()
}

func newRun(p *Prepared, opts Options) *run {
	r := &run{p: p, exp: p.Experiment, opts: opts, env: opts.Env, journal: opts.Journal,
		stack: undo.NewStack(opts.Journal), shared: make(frame, p.Experiment.Slots), grace: opts.Grace}
	rt := r.exp.Runtime
	r.hypothesis = first(opts.Hypothesis, rt.Hypothesis, "default")
	r.rollbacks = first(opts.Rollbacks, rt.Rollbacks, "always")
	r.rollbacksSaid = opts.Rollbacks != "" || rt.Rollbacks != ""
	r.frequency = p.every
	if opts.Frequency > 0 {
		r.frequency = opts.Frequency
	}
	r.failFast = opts.FailFast || rt.FailFast
	return r
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// play is the order of a run.
func (r *run) play(ctx context.Context) {
	folder := r.opts.Folder
	if folder == "" {
		folder, _ = os.Getwd() // unknown where it fails
	}
	r.write(&journal.RunStarted{Run: r.env.RunID, Title: r.exp.Title, File: r.file(), Version: r.opts.Version,
		Node: r.opts.Node, Platform: first(r.opts.Platform, runtime.GOOS+"-"+runtime.GOARCH), Pid: os.Getpid(), Folder: folder,
		Seed: r.opts.Seed, Dry: r.opts.Dry, Hypothesis: r.hypothesis, Rollbacks: r.rollbacks, AnyTLS: !r.env.VerifyTLS,
		Experiment: r.opts.Experiment})

	// What runs is cancelled by r.interrupt alone, so that the journal says
	// why before it says what was cancelled.
	calm := context.WithoutCancel(ctx)
	playing, cancel := context.WithCancelCause(calm)
	defer cancel(nil)
	r.cancel = cancel
	defer r.onEnd(ctx, func() { r.interrupt(stopOf(context.Cause(ctx)), nil, program.Loc{}) })()
	stopDeadline := func() {}
	if r.p.deadline > 0 {
		limited, release := context.WithTimeout(calm, r.p.deadline)
		done := r.onEnd(limited, func() {
			if errors.Is(limited.Err(), context.DeadlineExceeded) {
				r.interrupt(r.p.deadlineStop(), nil, r.exp.Runtime.Deadline.Where())
			}
		})
		stopDeadline = func() { done(); release() }
	}

	if r.setup(playing) && r.steadyBefore(playing) && !r.wasStopped() {
		r.method(playing)
		if !r.wasStopped() {
			r.steadyAfter(playing)
		}
	}
	stopDeadline()
	r.rollback(calm)
	r.undo(calm)
}

// onEnd calls f when ctx ends. The function that it returns makes sure that f
// is either over or will not be called.
func (r *run) onEnd(ctx context.Context, f func()) (stop func()) {
	over := make(chan struct{})
	unwatch := context.AfterFunc(ctx, func() {
		defer close(over)
		f()
	})
	return func() {
		if !unwatch() {
			<-over
		}
	}
}

func (r *run) file() string {
	if s := r.exp.At.Source; s != nil {
		return s.Name
	}
	return ""
}

// write appends an event to the journal. Its first error is that of the run;
// what must not happen without a journal asks for it by [undo.Stack.Intend].
func (r *run) write(b journal.Body) {
	if r.journal != nil {
		r.journal.Write(b)
	}
}

// abandoned returns a channel that is closed when what is running now is not
// to be waited for any longer. What puts things back is always waited for.
func (r *run) abandoned() <-chan struct{} {
	if r.puttingBack.Load() {
		return nil
	}
	return r.opts.Abandon
}

// placeOf returns the place of a statement or an expectation.
func (r *run) placeOf(s program.Stmt) journal.Place {
	if p, ok := r.places.Load(s); ok {
		return p.(journal.Place)
	}
	p := placeOf(s.Where())
	r.places.Store(s, p)
	return p
}
