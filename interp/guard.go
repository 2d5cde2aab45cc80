package interp

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// watch begins the guards and, where the strategy wants it, the checks of the
// steady state that go on beside the method. The function that it returns ends
// them and waits for their end.
func (r *run) watch(ctx context.Context, method *group) (stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	var running sync.WaitGroup
	for _, g := range r.exp.Guards {
		running.Go(func() { r.guard(ctx, g) })
	}
	if r.plays("during") && r.exp.Steady != nil {
		running.Go(func() { r.during(ctx, method) })
	}
	return func() {
		cancel(errMethodOver)
		running.Wait()
	}
}

var errMethodOver = errors.New("the method is over")

// guard looks at a guard's probes at fixed times, and stops the run at the
// first that is not met.
func (r *run) guard(ctx context.Context, g *program.Guard) {
	every, err := r.sectionScope(journal.During).every(ctx, g.Every)
	if err != nil {
		r.tripped(g, located(err))
		return
	}
	clock := r.env.Clock
	for round := 1; ctx.Err() == nil; round++ {
		start := clock.Now()
		r.write(&journal.HypothesisStarted{Phase: journal.During, Title: g.Title, Guard: g.Title, Round: round})
		end := r.check(ctx, &phase{name: journal.During, guard: g.Title, round: round}, g.Body, g.Slots)
		ended := &journal.HypothesisEnded{Phase: journal.During, Guard: g.Title, Round: round, Met: end == nil, Final: true}
		if end != nil {
			ended.Probe, ended.Cancelled = end.probe, ctx.Err() != nil
		}
		r.write(ended)
		if end != nil {
			if ctx.Err() == nil {
				r.tripped(g, end.err)
			}
			return
		}
		if clock.Sleep(ctx, every-clock.Now().Sub(start)) != nil {
			return
		}
	}
}

func (r *run) tripped(g *program.Guard, why error) {
	r.interrupt(&Stop{Cause: causeGuard, Message: fmt.Sprintf("guard %q is not met", g.Title)},
		[]string{why.Error()}, g.At)
}

// during checks the steady state beside the method: at once, and again some
// time after the end of each check. What is not met is only told, as the Chaos
// Toolkit has it, unless the run is to fail fast.
func (r *run) during(ctx context.Context, method *group) {
	for round := 1; ctx.Err() == nil; round++ {
		end := r.steady(ctx, journal.During, round, nil)
		if end != nil && ctx.Err() == nil {
			r.tally.note(Deviated)
			if r.failFast {
				stop := &Stop{Cause: causeFailFast, Message: "the steady state is not met while the method runs"}
				r.tally.end(StatusFailed)
				r.write(&journal.Interrupted{Cause: stop.Cause, Message: stop.Message,
					Explain: []string{end.err.Error()}, Place: placeOf(r.exp.Steady.At)})
				method.end(&ending{why: endAssert, err: stop})
				return
			}
		}
		if r.env.Clock.Sleep(ctx, r.frequency) != nil {
			return
		}
	}
}
