package interp

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/limit"
	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// statement plays one statement. An error ends the block. A panic of ours ends
// it too, and no more: what was changed must still be put back.
func (sc *scope) statement(ctx context.Context, s program.Stmt) (err error) {
	defer sc.r.survive(&err)
	switch s := s.(type) {
	case *program.Activity:
		return sc.activity(ctx, s)
	case *program.Pause:
		return sc.pauseStatement(ctx, s)
	case *program.Wait:
		return sc.wait(ctx, s)
	case *program.Let:
		return sc.let(ctx, s)
	case *program.Check:
		return sc.expect(ctx, s)
	case *program.Restore:
		return sc.restore(ctx, s)
	case *program.Log:
		return sc.log(ctx, s)
	case *program.If:
		return sc.branch(ctx, s)
	case *program.For:
		return sc.loop(ctx, s)
	case *program.Repeat:
		if s.Count != nil {
			return sc.repeat(ctx, s)
		}
		return sc.repeatFor(ctx, s)
	case *program.Parallel:
		return sc.parallel(ctx, s)
	case *program.Abort:
		return sc.abort(ctx, s)
	}
	return fmt.Errorf("internal error: a statement of type %T", s)
}

// survive turns a panic into an error that ends the section.
func (r *run) survive(err *error) {
	p := recover()
	if p == nil {
		return
	}
	broken := &limit.PanicError{Value: p, Stack: debug.Stack()}
	r.tellPanic(broken)
	*err = &ending{why: endFailed, err: broken}
}

func (sc *scope) pauseStatement(ctx context.Context, s *program.Pause) error {
	d, err := sc.duration(ctx, s.Duration, 0)
	if err == nil {
		err = sc.pause(ctx, "pause", d)
	}
	if err != nil {
		return failed(ctx, err)
	}
	return nil
}

// pause waits. In a dry run it only says so.
func (sc *scope) pause(ctx context.Context, reason string, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	skip := sc.r.opts.Dry != ""
	if !sc.quiet {
		sc.r.write(&journal.Paused{Reason: reason, Duration: d, Skipped: skip})
	}
	if skip {
		return nil
	}
	return sc.group.sleep(ctx, sc.r.env.Clock, d)
}

// duration evaluates a time that must not be negative.
func (sc *scope) duration(ctx context.Context, e program.Expr, fallback time.Duration) (time.Duration, error) {
	d, err := typed(ctx, sc, e, fallback)
	if err == nil && d < 0 {
		err = &eval.Error{At: e.Where(), Err: fmt.Errorf("a time cannot be negative, as %s is", value.Literal(d))}
	}
	return d, err
}

// every evaluates the time from one round to the next.
func (sc *scope) every(ctx context.Context, e program.Expr) (time.Duration, error) {
	d, err := sc.duration(ctx, e, bounds.DefaultEvery)
	if err == nil && d == 0 {
		err = &eval.Error{At: e.Where(), Err: errors.New("every 0s would never rest")}
	}
	return d, err
}

// number evaluates a number of tries or rounds.
func (sc *scope) number(ctx context.Context, e program.Expr) (int64, error) {
	n, err := typed[int64](ctx, sc, e, 0)
	if err == nil && n < 0 {
		err = &eval.Error{At: e.Where(), Err: fmt.Errorf("a number of times cannot be negative, as %d is", n)}
	}
	return n, err
}

func (sc *scope) let(ctx context.Context, s *program.Let) error {
	v, err := eval.Eval(ctx, s.Value, sc)
	if errors.Is(err, errDry) {
		*sc.cell(s.Var) = cell{out: &outcome{dry: true}}
		return nil
	}
	if err != nil {
		return failed(ctx, err)
	}
	sc.set(s.Var, v)
	return nil
}

// expect looks at an expectation that stands for itself.
func (sc *scope) expect(ctx context.Context, s *program.Check) error {
	met, why, err := eval.Condition(ctx, s.Cond, sc)
	switch {
	case errors.Is(err, errDry):
		met, err = true, nil
	case err != nil && ctx.Err() != nil:
		return failed(ctx, err)
	}
	sc.checked(0, s, met, why, err)
	if met {
		return nil
	}
	return sc.unmet(s.Assert, unmetText(s.At, why, err))
}

func (sc *scope) log(ctx context.Context, s *program.Log) error {
	v, err := eval.Eval(ctx, s.Value, sc)
	switch {
	case errors.Is(err, errDry):
		v = err.Error()
	case err != nil:
		return failed(ctx, err)
	case s.Value.Type().HasSecret():
		v = value.Masked
	}
	if !sc.quiet {
		sc.r.write(&journal.Log{Level: "INFO", Message: value.Text(v)})
	}
	return nil
}

func (sc *scope) abort(ctx context.Context, s *program.Abort) error {
	v, err := eval.Eval(ctx, s.Reason, sc)
	if err != nil {
		v = located(err)
	}
	stop := &Stop{Cause: causeAbort, Message: fmt.Sprint(v)}
	if s.Reason.Type().HasSecret() {
		stop.Message = value.Masked
	} else if err == nil {
		stop.Message = value.Text(v)
	}
	sc.r.interrupt(stop, nil, s.At)
	return &ending{why: endStopped, err: stop}
}

func (sc *scope) branch(ctx context.Context, s *program.If) error {
	c, err := eval.Bool(ctx, s.Cond, sc)
	switch {
	case errors.Is(err, errDry):
		c = true
	case err != nil:
		return failed(ctx, err)
	}
	if c {
		return sc.block(ctx, s.Then)
	}
	if s.Else != nil {
		return sc.block(ctx, s.Else)
	}
	return nil
}

func (sc *scope) loop(ctx context.Context, s *program.For) error {
	list, err := eval.Eval(ctx, s.List, sc)
	if err != nil {
		return failed(ctx, err)
	}
	each := func(v any) error {
		if err := sc.stopped(ctx); err != nil {
			return err
		}
		sc.set(s.Var, v)
		return sc.block(ctx, s.Body)
	}
	switch list := list.(type) {
	case []any:
		for _, v := range list {
			if err := each(v); err != nil {
				return err
			}
		}
		return nil
	case value.Range:
		from, okFrom := list.From.(int64)
		to, okTo := list.To.(int64)
		if okFrom && okTo {
			for n := from; n <= to; n++ {
				if err := each(n); err != nil || n == to { // n++ may overflow
					return err
				}
			}
			return nil
		}
	}
	return failed(ctx, &eval.Error{At: s.List.Where(),
		Err: fmt.Errorf("for needs a list or a range of ints, not %s", value.Describe(list))})
}

func (sc *scope) repeat(ctx context.Context, s *program.Repeat) error {
	n, err := sc.number(ctx, s.Count)
	if err != nil {
		return failed(ctx, err)
	}
	for ; n > 0; n-- {
		if err := sc.stopped(ctx); err != nil {
			return err
		}
		if err := sc.block(ctx, s.Body); err != nil {
			return err
		}
	}
	return nil
}

// repeatFor plays rounds at fixed times. A round whose time has passed while
// the one before was still going on is left out.
func (sc *scope) repeatFor(ctx context.Context, s *program.Repeat) error {
	total, err := sc.duration(ctx, s.For, 0)
	if err != nil {
		return failed(ctx, err)
	}
	every, err := sc.every(ctx, s.Every)
	if err != nil {
		return failed(ctx, err)
	}
	clock := sc.r.env.Clock
	start := clock.Now()
	for next := time.Duration(0); next < total; {
		if err := sc.stopped(ctx); err != nil {
			return err
		}
		if err := sc.block(ctx, s.Body); err != nil {
			return err
		}
		next += every
		if sc.r.opts.Dry != "" { // rounds at once would be as many as the machine is fast
			continue
		}
		passed := clock.Now().Sub(start)
		if passed > next {
			next += (passed - next + every - 1) / every * every
		}
		if next >= total {
			return nil
		}
		if err := sc.group.sleep(ctx, clock, next-passed); err != nil {
			return failed(ctx, err)
		}
	}
	return nil
}
