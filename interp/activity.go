package interp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/limit"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// activity plays an activity as a statement.
func (sc *scope) activity(ctx context.Context, a *program.Activity) error {
	if a.Background {
		return sc.inBackground(ctx, a)
	}
	out := &outcome{}
	sc.perform(ctx, a, out)
	if a.Var != nil {
		*sc.cell(a.Var) = cell{out: out}
	}
	return sc.judge(a, out)
}

// inBackground begins an activity whose end the block waits for. Its beginning
// is noted before the next statement's.
func (sc *scope) inBackground(ctx context.Context, a *program.Activity) error {
	out := &outcome{done: make(chan struct{})}
	ctx, out.stop = context.WithCancelCause(ctx)
	if a.Var != nil {
		*sc.cell(a.Var) = cell{out: out}
	}
	x := sc.execution(a, out)
	if a.Delay == nil {
		x.begin(ctx)
	}
	sc.group.running.Go(func() {
		defer close(out.done)
		defer out.stop(nil)
		err := x.finish(ctx)
		var end *ending
		switch {
		case !errors.As(err, &end) || out.aborted:
		case sc.triesAll():
			sc.rollbackFailed(err)
		default:
			sc.group.end(end)
		}
	})
	return nil
}

// finish does what is left of an activity in the background, and judges it.
func (x *execution) finish(ctx context.Context) (err error) {
	defer x.sc.r.survive(&err)
	switch {
	case x.a.Delay == nil:
		x.carryOut(ctx)
	case x.delay(ctx):
		x.begin(ctx)
		x.carryOut(ctx)
	}
	if x.out.aborted && len(x.a.Checks) > 0 && errors.Is(x.out.err, stdlib.ErrEnough) {
		x.sc.r.write(&journal.Log{Level: "WARNING", Message: x.meta.title(x.sc) +
			" was ended before it had a result: its expectations were not looked at"})
	}
	return x.sc.judge(x.a, x.out)
}

// perform does an activity with all of its clauses and fills its outcome.
func (sc *scope) perform(ctx context.Context, a *program.Activity, out *outcome) {
	x := sc.execution(a, out)
	if x.delay(ctx) {
		x.begin(ctx)
		x.carryOut(ctx)
	}
}

// execution is an activity that is being done.
type execution struct {
	sc   *scope // where it stands
	in   scope  // the same for its clauses, with the result as `it`
	a    *program.Activity
	meta *meta
	id   uint64
	out  *outcome
	args []any
	// argsErr is why there are no arguments.
	argsErr error
	nth     int // execution of the activity in this check of the steady state
	// looks are what became of its expectations, in their order.
	looks []look
}

// look is what became of an expectation; seen is false where it was not looked
// at.
type look struct {
	seen, met bool
	why       []string
	err       error
}

func (sc *scope) execution(a *program.Activity, out *outcome) *execution {
	x := &execution{sc: sc, in: *sc, a: a, meta: sc.r.metaOf(a), out: out}
	x.id = sc.r.ids.Add(1)
	x.nth = sc.check.count(a)
	if !sc.quiet {
		x.in.parent = x.id
	}
	if a.Var != nil {
		x.in.owner = &owner{frame: sc.cell(a.Var), parent: sc.owner}
	}
	return x
}

// delay waits before the activity, and reports whether to go on.
func (x *execution) delay(ctx context.Context) bool {
	if x.a.Delay == nil {
		return true
	}
	d, err := x.sc.duration(ctx, x.a.Delay, 0)
	if err == nil {
		if x.dry() {
			return true
		}
		err = x.sc.pause(ctx, "delay", d)
	}
	over := x.sc.group.over()
	if err == nil && over != nil {
		err = over
	}
	if err != nil {
		x.out.err, x.out.aborted = located(err), ctx.Err() != nil || over != nil
		return false
	}
	return true
}

func (x *execution) dry() bool { return x.sc.r.dryKind(x.a.Kind) }

// begin evaluates the arguments and says that the activity begins.
func (x *execution) begin(ctx context.Context) {
	x.evaluate(ctx)
	if x.sc.quiet {
		return
	}
	x.sc.r.write(&journal.ActivityStarted{ID: x.id, Parent: x.sc.parent, Phase: x.sc.phase.name,
		Guard: x.sc.phase.guard, Type: x.meta.kind, Title: x.meta.title(x.sc), Function: x.meta.function,
		Background: x.a.Background, Arguments: arguments(x.a.Call, x.args), Place: x.meta.place})
}

// evaluate computes the arguments; an error is that of the next try.
func (x *execution) evaluate(ctx context.Context) {
	x.args, x.argsErr = eval.Args(ctx, x.a.Call, x.sc)
	if errors.Is(x.argsErr, errDry) { // what a dry run does not know cannot be passed on
		x.out.dry, x.argsErr = true, nil
	}
}

// carryOut does the tries, looks at the expectations and says how it ended.
func (x *execution) carryOut(ctx context.Context) {
	if x.out.dry || x.dry() {
		x.out.dry = true
		x.sc.r.noteDryUndo(x)
		x.end(1)
		return
	}
	tries := x.tries(ctx)
	if !x.out.aborted {
		x.look(ctx, false)
		x.giveUp()
	}
	x.end(tries)
	if x.a.Settle == nil || x.out.aborted {
		return
	}
	d, err := x.sc.duration(ctx, x.a.Settle, 0)
	if err == nil {
		err = x.sc.pause(ctx, "settle", d)
	}
	if err != nil && ctx.Err() == nil {
		x.sc.r.write(&journal.Log{Level: "ERROR", Message: located(err).Error()})
	}
}

// tries does the activity until it succeeds and the expectations of its result
// are met, or its retries are used up; it returns the number of tries.
func (x *execution) tries(ctx context.Context) int {
	more, every, err := x.retries(ctx)
	if err != nil {
		x.out.err = located(err)
		return 1
	}
	for n := 1; ; n++ {
		x.out.notMet, x.out.assert, x.out.fault = false, false, nil
		x.try(ctx)
		if x.out.aborted {
			return n
		}
		if x.out.err == nil {
			x.look(ctx, true)
		}
		if x.out.err == nil && !x.out.notMet || more == 0 {
			return n
		}
		more--
		if err := x.sc.r.env.Clock.Sleep(ctx, every); err != nil {
			x.out.err, x.out.aborted = err, true
			return n
		}
		x.evaluate(ctx)
	}
}

func (x *execution) retries(ctx context.Context) (more int64, every time.Duration, err error) {
	if x.a.Retry == nil {
		return 0, 0, nil
	}
	if more, err = x.sc.number(ctx, x.a.Retry.Count); err != nil {
		return 0, 0, err
	}
	every, err = x.sc.every(ctx, x.a.Retry.Every)
	return more, every, err
}

// try does the activity once.
func (x *execution) try(ctx context.Context) {
	x.out.value, x.out.elapsed, x.out.err = nil, 0, nil
	err := x.argsErr
	var timeout time.Duration
	if err == nil {
		timeout, err = x.timeout(ctx)
	}
	if err == nil {
		x.out.value, err = x.do(ctx, timeout)
	}
	if err == nil {
		return
	}
	var late *limit.TimeoutError
	x.out.aborted = ctx.Err() != nil && !errors.As(err, &late)
	if x.out.aborted {
		err = context.Cause(ctx)
	}
	x.out.err = located(err)
}

// timeout returns the time limit of one try. A definition that is called
// without one is limited by those of its own activities.
func (x *execution) timeout(ctx context.Context) (time.Duration, error) {
	if x.a.Timeout != nil {
		d, err := x.sc.duration(ctx, x.a.Timeout, 0)
		return max(d, 1), err
	}
	if x.a.Call.Def != nil {
		return 0, nil
	}
	return x.sc.r.p.timeout + x.sc.r.length(x.a.Call, x.args), nil
}

// look evaluates the expectations that read the activity's own result, or the
// others.
func (x *execution) look(ctx context.Context, own bool) {
	if len(x.a.Checks) == 0 {
		return
	}
	if x.looks == nil {
		x.looks = make([]look, len(x.a.Checks))
	}
	in := x.in
	in.parent = x.sc.parent
	in.it, in.base = x.out, x.sc.baseline(x.a, x.nth)
	for i, c := range x.a.Checks {
		if c.Own != own || !x.asksFor(c) {
			continue
		}
		l := &x.looks[i]
		l.seen = true
		l.met, l.why, l.err = eval.Condition(ctx, c.Cond, &in)
		if errors.Is(l.err, errDry) {
			l.met, l.err = true, nil
		}
		if !l.met {
			x.out.notMet, x.out.assert = true, x.out.assert || c.Assert
			if x.out.fault == nil {
				x.out.fault = unmetText(c.At, l.why, l.err)
			}
		}
	}
}

// giveUp says of the expectations of a result that there is none.
func (x *execution) giveUp() {
	if x.out.err == nil {
		return
	}
	for i, c := range x.a.Checks {
		if !x.looks[i].seen && x.asksFor(c) {
			x.looks[i] = look{seen: true, err: fmt.Errorf("the %s failed", x.meta.kind)}
		}
	}
}

// asksFor reports whether an expectation is looked at in this section.
func (x *execution) asksFor(c *program.Check) bool {
	return !c.Baseline || x.sc.phase.name != journal.Before
}

// end says how the activity ended and what became of its expectations.
func (x *execution) end(tries int) {
	x.sc.remember(x.a, x.nth, x.out)
	if x.sc.quiet {
		return
	}
	tolerance := x.tolerance()
	for i, l := range x.looks {
		if l.seen {
			x.sc.checked(x.id, x.a.Checks[i], l.met, l.why, l.err)
		}
	}
	ended := &journal.ActivityEnded{ID: x.id, Status: journal.Succeeded, Elapsed: x.out.elapsed,
		Tolerance: tolerance, Dry: x.out.dry}
	if tries > 1 {
		ended.Tries = tries
	}
	switch {
	case x.out.aborted:
		ended.Status, ended.Error = journal.Aborted, x.out.err.Error()
	case x.out.err != nil:
		ended.Status, ended.Error = journal.Failed, x.out.err.Error()
	default:
		ended.Output = appendOutput(nil, redact(x.out.value, x.a.Call.T))
	}
	x.sc.r.write(ended)
}

var yes, no = true, false

// tolerance returns whether the expectations were met: nil where there were
// none to look at.
func (x *execution) tolerance() *bool {
	switch {
	case len(x.a.Checks) == 0 || x.out.aborted:
		return nil
	case x.out.dry:
		return &yes
	case x.out.err != nil || x.out.notMet:
		return &no
	}
	for _, l := range x.looks {
		if l.seen {
			return &yes
		}
	}
	return nil
}
