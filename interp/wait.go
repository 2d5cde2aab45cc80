package interp

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/program"
)

var errLate = errors.New("it did not end in time")

// wait looks again and again whether a condition is met. The last look is at
// the end of its time; a look that has begun in time counts, but none goes on
// for longer than one `every` past the end.
func (sc *scope) wait(ctx context.Context, s *program.Wait) error {
	within, err := sc.duration(ctx, s.Within, 0)
	if err != nil {
		return failed(ctx, err)
	}
	every, err := sc.every(ctx, s.Every)
	if err != nil {
		return failed(ctx, err)
	}
	name := ""
	if s.Var != nil {
		name = s.Var.Name
	}
	place := sc.r.placeOf(s)
	if !sc.quiet {
		sc.r.write(&journal.WaitStarted{Name: name, Within: within, Place: place})
	}
	out := &outcome{}
	var why []string
	met := false
	looking, cancel := context.WithTimeoutCause(ctx, addTimes(within, every), errLate)
	defer cancel()
	sc.r.rounds(looking, within, every, func(int, bool) bool {
		met, why, err = eval.Condition(looking, s.Cond, sc)
		if errors.Is(err, errDry) {
			met, err, out.dry = true, nil, true
		}
		return met
	}, &out.elapsed)
	if ctx.Err() != nil && !met {
		out.err, out.aborted = context.Cause(ctx), true
	} else if !met {
		out.err = errors.New("its condition was not met in time")
	}
	if s.Var != nil {
		*sc.cell(s.Var) = cell{out: out}
	}
	if !sc.quiet {
		ended := &journal.WaitEnded{Name: name, Met: met, Elapsed: out.elapsed, Explain: why,
			Cancelled: out.aborted, Place: place}
		if err != nil {
			ended.Error = err.Error()
		}
		sc.r.write(ended)
	}
	switch {
	case met:
		return nil
	case out.aborted:
		return failed(ctx, out.err)
	}
	return sc.unmet(true, fmt.Errorf("not met within %s: %s", literal.FormatDuration(within), eval.Text(s.Cond)))
}

// addTimes adds two times; the largest stands for more.
func addTimes(a, b time.Duration) time.Duration {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// rounds calls look at fixed times, until it returns true, the time is over,
// or ctx ends. A look whose time has passed while the one before was going on
// is left out; the last is at the end of the time, and is told so.
func (r *run) rounds(ctx context.Context, within, every time.Duration, look func(round int, last bool) bool, took *time.Duration) {
	clock := r.env.Clock
	start := clock.Now()
	var at time.Duration
	for round := 1; ; round++ {
		done := look(round, at >= within)
		passed := clock.Now().Sub(start)
		*took = passed
		if done || at >= within || ctx.Err() != nil {
			return
		}
		at += every
		if passed > at {
			at += (passed - at + every - 1) / every * every
		}
		at = min(at, within)
		if at > passed && clock.Sleep(ctx, at-passed) != nil {
			return
		}
	}
}
