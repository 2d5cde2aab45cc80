package interp

import (
	"time"

	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// limits looks at the times and counts that are known now: those that come
// from outside could not be checked before. Those of parameters and loops are
// checked when they are used.
func (l *loader) limits() {
	p, rt := l.p, l.p.Experiment.Runtime
	set := func(into *time.Duration, e program.Expr, what string) {
		if v, ok := l.time(e, what, false); ok {
			*into = v
		}
	}
	set(&p.timeout, rt.Timeout, "a timeout")
	set(&p.deadline, rt.Deadline, "a deadline")
	set(&p.every, rt.Every, "the time between two checks")
	exp := p.Experiment
	if s := exp.Steady; s != nil {
		l.time(s.Within, "the time to recover", true)
		l.time(s.Every, "every", false)
		l.block(s.Body)
	}
	for _, g := range exp.Guards {
		l.time(g.Every, "every", false)
		l.block(g.Body)
	}
	for _, b := range []*program.Block{exp.Setup, exp.Method, exp.Rollback} {
		l.block(b)
	}
	for _, d := range p.Program.Defs {
		if d.Activity != nil {
			l.statement(d.Activity)
		}
		l.block(d.Body)
	}
}

// time checks a time, which must not be negative, and must be more than
// nothing unless zero is allowed.
func (l *loader) time(e program.Expr, what string, zero bool) (time.Duration, bool) {
	if e == nil {
		return 0, false
	}
	v, ok := l.p.Value(l.ctx, e)
	if !ok {
		return 0, false
	}
	d, ok := v.(time.Duration)
	if !ok {
		return 0, false
	}
	if d < 0 || d == 0 && !zero {
		l.add(errTime(e, what, d, zero))
		return 0, false
	}
	return d, true
}

// count checks a number of tries or rounds.
func (l *loader) count(e program.Expr, what string) {
	if e == nil {
		return
	}
	if v, ok := l.p.Value(l.ctx, e); ok {
		if n, isInt := v.(int64); isInt && n < 0 {
			l.add(errCount(e, what, n))
		}
	}
}

func (l *loader) block(b *program.Block) {
	if b == nil {
		return
	}
	for _, s := range b.Stmts {
		l.statement(s)
	}
}

func (l *loader) statement(s program.Stmt) {
	switch s := s.(type) {
	case *program.Activity:
		l.time(s.Delay, "a delay", true)
		l.time(s.Settle, "the time to settle", true)
		l.time(s.Timeout, "a timeout", false)
		if s.Retry != nil {
			l.count(s.Retry.Count, "the number of tries")
			l.time(s.Retry.Every, "every", false)
		}
	case *program.Pause:
		l.time(s.Duration, "a pause", true)
	case *program.Wait:
		l.time(s.Within, "the time to wait", true)
		l.time(s.Every, "every", false)
	case *program.If:
		l.block(s.Then)
		l.block(s.Else)
	case *program.For:
		if v, ok := l.p.Value(l.ctx, s.List); ok {
			if k := value.KindOf(v); k != types.List && k != types.Range {
				l.add(errList(s.List, v))
			}
		}
		l.block(s.Body)
	case *program.Repeat:
		l.count(s.Count, "the number of rounds")
		l.time(s.For, "the time to repeat for", true)
		l.time(s.Every, "every", false)
		l.block(s.Body)
	case *program.Parallel:
		for _, branch := range s.Branches {
			l.statement(branch)
		}
	}
}
