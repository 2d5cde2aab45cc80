package interp

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// checking is one check of the steady state, or one round of a guard.
type checking struct {
	steady bool
	mu     sync.Mutex
	counts map[*program.Activity]int
}

// count returns how often the activity was done in this check before, and
// counts it.
func (c *checking) count(a *program.Activity) int {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[*program.Activity]int{}
	}
	n := c.counts[a]
	c.counts[a]++
	return n
}

// baselines are the outcomes of the probes of the check before the method. In
// a loop each round has its own.
type baselines struct {
	mu  sync.Mutex
	all map[*program.Activity][]*outcome
}

// remember keeps an outcome of the check before the method.
func (sc *scope) remember(a *program.Activity, nth int, out *outcome) {
	if sc.check == nil || !sc.check.steady || sc.phase.name != journal.Before || sc.def != nil {
		return
	}
	b := &sc.r.baselines
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all == nil {
		b.all = map[*program.Activity][]*outcome{}
	}
	for len(b.all[a]) <= nth {
		b.all[a] = append(b.all[a], nil)
	}
	b.all[a][nth] = out
}

// baseline returns the outcome of the same probe before the method, or nil.
func (sc *scope) baseline(a *program.Activity, nth int) *outcome {
	if sc.check == nil || !sc.check.steady {
		return nil
	}
	b := &sc.r.baselines
	b.mu.Lock()
	defer b.mu.Unlock()
	if nth < len(b.all[a]) {
		return b.all[a][nth]
	}
	return nil
}

// check plays the probes of a steady state or a guard once. It returns nil
// where all are met, and an ending with the probe that is not.
func (r *run) check(ctx context.Context, ph *phase, b *program.Block, slots int) *ending {
	sc := &scope{r: r, phase: ph, locals: make(frame, slots), group: &group{},
		check: &checking{steady: ph.guard == ""}}
	err := sc.block(ctx, b)
	if err == nil {
		return nil
	}
	var end *ending
	if !errors.As(err, &end) {
		end = &ending{why: endFailed, err: err}
	}
	if end.why == endFailed {
		end.failed, end.probe = true, end.err.Error()
	}
	return end
}

// steady makes one check of the steady state, between its two events.
func (r *run) steady(ctx context.Context, name string, round int, final func(met bool) (last bool, took time.Duration)) *ending {
	s := r.exp.Steady
	r.write(&journal.HypothesisStarted{Phase: name, Title: s.Title, Round: round})
	end := r.check(ctx, &phase{name: name, round: round}, s.Body, s.Slots)
	ended := &journal.HypothesisEnded{Phase: name, Round: round, Met: end == nil, Final: true}
	if end != nil {
		ended.Probe, ended.Cancelled = end.probe, end.why == endStopped
	}
	if final != nil {
		ended.Final, ended.Took = final(end == nil)
	}
	r.write(ended)
	return end
}

// noSteady says once that there is no steady state.
func (r *run) noSteady() bool {
	if r.exp.Steady != nil {
		return false
	}
	if !r.saidNone {
		r.saidNone = true
		r.write(&journal.HypothesisStarted{Phase: journal.Before, None: true})
	}
	return true
}

// steadyBefore checks the steady state before the method and reports whether
// to go on.
func (r *run) steadyBefore(ctx context.Context) bool {
	if !r.plays("before") || r.noSteady() {
		return true
	}
	end := r.steady(ctx, journal.Before, 0, nil)
	switch {
	case end == nil:
		return true
	case end.why == endStopped:
		return false
	}
	r.tally.note(Failed)
	if end.failed {
		r.tally.end(StatusFailed)
	}
	return false
}

// steadyAfter checks the steady state after the method, with `recovers` again
// and again until it is met or the time is over.
func (r *run) steadyAfter(ctx context.Context) {
	if !r.plays("after") || r.noSteady() {
		return
	}
	end := r.untilRecovered(ctx)
	switch {
	case end == nil || end.why == endStopped:
		return
	case end.failed:
		r.tally.set(StatusFailed)
	default:
		r.tally.set(StatusCompleted)
	}
	r.tally.unmet()
}

// untilRecovered makes the check after the method, with `recovers` as often as
// it takes.
func (r *run) untilRecovered(ctx context.Context) *ending {
	s := r.exp.Steady
	if s.Within == nil {
		return r.steady(ctx, journal.After, 0, nil)
	}
	sc := r.sectionScope(journal.After)
	within, err := sc.duration(ctx, s.Within, 0)
	every := bounds.DefaultEvery
	if err == nil {
		every, err = sc.every(ctx, s.Every)
	}
	if err != nil {
		return &ending{why: endFailed, err: located(err), probe: err.Error(), failed: true}
	}
	var end *ending
	var elapsed time.Duration
	r.rounds(ctx, within, every, func(round int, last bool) bool {
		end = r.steady(ctx, journal.After, round, func(met bool) (bool, time.Duration) {
			if !met {
				return last, 0
			}
			return true, r.env.Clock.Now().Sub(r.methodEnd)
		})
		return end == nil
	}, &elapsed)
	if end != nil && ctx.Err() != nil {
		end.why = endStopped
	}
	return end
}

// plays reports whether the strategy has that check: before, during or after.
func (r *run) plays(when string) bool {
	switch r.hypothesis {
	case "before-method", "after-method", "during-method":
		return r.hypothesis == when+"-method"
	case "continuously":
		return true
	case "skip":
		return false
	}
	return when != "during"
}
