package check

import (
	"math"
	"time"

	"github.com/chaosc-lang/chaosc/lang/program"
)

// outlook warns of an experiment that cannot do what it says: pauses that are
// longer than its deadline, a baseline that is never taken, nothing to do.
func (c *checker) outlook(x *experiment) {
	p := x.prog
	if !x.lost && x.setup == nil && x.steady == nil && x.method == nil && x.guards == nil {
		c.report(experimentDoesNothing(c.at(x.tree.KindPos), p.Title))
	}
	if x.baseline && (p.Runtime.Hypothesis == "after-method" || p.Runtime.Hypothesis == "during-method" || p.Runtime.Hypothesis == "skip") {
		c.report(baselineNeverTaken(c.at(x.runtime.Hypothesis.Span), p.Runtime.Hypothesis))
	}
	if p.Runtime.Deadline == nil {
		return
	}
	limit, ok := c.known(p.Runtime.Deadline)
	d, isDuration := limit.(time.Duration)
	if !ok || !isDuration || d <= 0 {
		return
	}
	var rests time.Duration
	for _, b := range []*program.Block{p.Setup, p.Method} {
		if b != nil && rests <= d {
			rests += c.rests(b, d-rests)
		}
	}
	if rests > d {
		c.report(deadlineTooShort(p.Runtime.Deadline.Where(), rests))
	}
}

// rests adds the pauses of a block that are known and always made, up to the
// one that goes over a limit.
func (c *checker) rests(b *program.Block, limit time.Duration) time.Duration {
	var sum time.Duration
	add := func(x program.Expr) {
		if x == nil || sum > limit {
			return
		}
		if v, ok := c.known(x); ok {
			if d, ok := v.(time.Duration); ok && d > 0 {
				sum += min(d, math.MaxInt64-limit) // never more than a duration holds
			}
		}
	}
	for _, s := range b.Stmts {
		switch s := s.(type) {
		case *program.Pause:
			add(s.Duration)
		case *program.Activity:
			if !s.Background {
				add(s.Delay)
				add(s.Settle)
			}
		}
	}
	return sum
}
