// Package bounds computes the longest time that an experiment can take. Every
// loop and every wait of the language has an end that is known before the run,
// so that this is a matter of adding up.
//
// What does not count: the time that processes take to end when they are
// stopped, and that of functions that ignore their time limit.
package bounds

import (
	"math"
	"time"

	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

const (
	// DefaultTimeout is the time limit of a call that says none.
	DefaultTimeout = 60 * time.Second
	// UndoLimit is the time limit of the undo of one action.
	UndoLimit = 60 * time.Second
	// DefaultEvery is `every` where it is left out.
	DefaultEvery = time.Second
)

// Times are the longest times of the parts of a run. The largest duration
// there is stands for all that do not fit.
type Times struct {
	Run      time.Duration // everything up to the rollback; at most the deadline
	Rollback time.Duration
	Undo     time.Duration // of all actions that can have been done
	// Unknown are the places whose times are not known yet; they count as
	// nothing.
	Unknown []Unknown
}

// Total returns the longest time of the whole run.
func (t Times) Total() time.Duration { return add(t.Run, t.Rollback, t.Undo) }

// Unknown is a time or a number that is not known before the run.
type Unknown struct {
	What string // "the pause"
	At   program.Loc
}

// String says what is not known, and where.
func (u Unknown) String() string {
	if u.At.Source == nil {
		return u.What
	}
	p := u.At.Source.Position(u.At.Start)
	return u.What + " in " + u.At.Source.Name + ":" + value.Literal(int64(p.Line)) + ":" + value.Literal(int64(p.Column))
}

// Of computes the longest times of an experiment. value returns what is known
// of an expression: constants alone for the checker, everything that is known
// at load time for a plan.
func Of(exp *program.Experiment, value func(program.Expr) (any, bool)) Times {
	c := &counter{known: eval.NewKnown(value), timeout: DefaultTimeout, seen: map[program.Loc]bool{}, same: map[*program.Def]span{}}
	if exp.Runtime.Timeout != nil {
		c.timeout = c.duration(exp.Runtime.Timeout, 0, "the timeout", exp.At)
	}
	setup := c.block(exp.Setup)
	var before, after span
	if s := exp.Steady; s != nil {
		check := c.block(s.Body)
		if runsBefore(exp.Runtime.Hypothesis) {
			before = check
		}
		if runsAfter(exp.Runtime.Hypothesis) {
			after = check
			if s.Within != nil {
				after.time = add(after.time, c.duration(s.Within, 0, "the time to recover", s.At))
			}
		}
	}
	method := c.block(exp.Method)
	rollback := c.block(exp.Rollback)

	var t Times
	t.Run = add(setup.time, before.time, method.time, after.time)
	if exp.Runtime.Deadline != nil {
		if d := c.duration(exp.Runtime.Deadline, math.MaxInt64, "the deadline", exp.At); d > 0 {
			t.Run = min(t.Run, d)
		}
	}
	t.Rollback = rollback.time
	t.Undo = times(add64(setup.undos, method.undos, rollback.undos), UndoLimit)
	t.Unknown = c.unknown
	return t
}

func runsBefore(strategy string) bool {
	return strategy == "" || strategy == "default" || strategy == "before-method" || strategy == "continuously"
}

func runsAfter(strategy string) bool {
	return strategy == "" || strategy == "default" || strategy == "after-method" || strategy == "continuously"
}

// span is the longest time of statements, and the largest number of undo
// entries that they make.
type span struct {
	time  time.Duration
	undos int64
}

type counter struct {
	known   *eval.Known
	timeout time.Duration
	unknown []Unknown
	seen    map[program.Loc]bool  // of unknown
	same    map[*program.Def]span // of definitions whose time no argument changes
	steps   int
}

// maxSteps bounds the work of counting: an experiment that is so large that it
// would take more is taken to last for ever.
const maxSteps = 200_000

var forever = span{math.MaxInt64, math.MaxInt64}

// stmts adds up statements in a row. An activity in the background costs its
// row nothing, but the row does not end before it does.
func (c *counter) stmts(list []program.Stmt) span {
	var row span
	var background time.Duration
	for _, s := range list {
		one := c.stmt(s)
		row.undos = add64(row.undos, one.undos)
		if a, ok := s.(*program.Activity); ok && a.Background {
			background = max(background, add(row.time, one.time))
			continue
		}
		row.time = add(row.time, one.time)
	}
	row.time = max(row.time, background)
	return row
}

func (c *counter) block(b *program.Block) span {
	if b == nil {
		return span{}
	}
	return c.stmts(b.Stmts)
}

func (c *counter) stmt(s program.Stmt) span {
	if c.steps++; c.steps > maxSteps {
		return forever
	}
	switch s := s.(type) {
	case *program.Activity:
		return c.activity(s)
	case *program.Pause:
		return span{time: c.duration(s.Duration, 0, "the pause", s.At)}
	case *program.Wait:
		// A look that has begun in time may go on for one `every`.
		past := min(c.expr(s.Cond), c.duration(s.Every, DefaultEvery, "every", s.At))
		return span{time: add(c.duration(s.Within, 0, "the time to wait", s.At), past)}
	case *program.Let:
		return span{time: c.expr(s.Value)}
	case *program.Check:
		return span{time: c.expr(s.Cond)}
	case *program.Restore:
		return span{time: UndoLimit}
	case *program.Log:
		return span{time: c.expr(s.Value)}
	case *program.If:
		a, b := c.block(s.Then), c.block(s.Else)
		return span{add(c.expr(s.Cond), max(a.time, b.time)), max(a.undos, b.undos)}
	case *program.For:
		return c.loop(s)
	case *program.Repeat:
		return c.repeat(s)
	case *program.Parallel:
		var all span
		for _, branch := range s.Branches {
			one := c.stmt(branch)
			all.time = max(all.time, one.time)
			all.undos = add64(all.undos, one.undos)
		}
		return all
	}
	return span{}
}

// loop adds up the rounds of a for, each with its own value.
func (c *counter) loop(s *program.For) span {
	v, ok := c.known.Value(s.List)
	if !ok {
		c.missing("the number of rounds", s.At)
		return span{}
	}
	x := c.known.Bind(s.Var)
	defer x.Leave()
	each := func(v any) span {
		x.Set(v)
		return c.block(s.Body)
	}
	switch list := v.(type) {
	case []any:
		var all span
		for i, v := range list {
			one := each(v)
			if !x.Used() { // the other rounds are like this one
				n := int64(len(list) - i)
				return span{add(all.time, times(n, one.time)), add64(all.undos, mul(n, one.undos))}
			}
			all = span{add(all.time, one.time), add64(all.undos, one.undos)}
		}
		return all
	case value.Range:
		from, okFrom := list.From.(int64)
		to, okTo := list.To.(int64)
		if okFrom && okTo && to >= from {
			var all span
			for i := from; ; i++ {
				one := each(i)
				if !x.Used() { // nor do the other rounds
					n := rounds(from, to)
					return span{times(n, one.time), mul(n, one.undos)}
				}
				all = span{add(all.time, one.time), add64(all.undos, one.undos)}
				if i == to || all.time == math.MaxInt64 {
					return all
				}
			}
		}
	}
	return span{}
}

func rounds(from, to int64) int64 {
	n := uint64(to) - uint64(from)
	if n >= math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(n) + 1
}

func (c *counter) repeat(s *program.Repeat) span {
	one := c.block(s.Body)
	if s.Count != nil {
		n := c.count(s.Count, "the number of rounds", s.At)
		return span{times(n, one.time), mul(n, one.undos)}
	}
	total := c.duration(s.For, 0, "the time to repeat for", s.At)
	every := c.duration(s.Every, DefaultEvery, "every", s.At)
	if total <= 0 || every <= 0 {
		return span{}
	}
	n := int64((total-1)/every) + 1
	// Rounds begin at multiples of every, the last before the end.
	last := every * time.Duration(n-1)
	return span{add(last, one.time), mul(n, one.undos)}
}

// activity is delay, tries and settle: each try has its time limit and, but for
// the last, a rest behind it.
func (c *counter) activity(a *program.Activity) span {
	if a.Call == nil {
		return span{}
	}
	tries, every := int64(1), time.Duration(0)
	if a.Retry != nil {
		tries = add64(1, c.count(a.Retry.Count, "the number of tries", a.At))
		every = c.duration(a.Retry.Every, DefaultEvery, "every", a.At)
	}
	inside := c.call(a.Call)
	limit := inside.time
	if a.Timeout != nil {
		limit = c.duration(a.Timeout, 0, "the timeout", a.At)
	}
	args := c.args(a.Call)
	one := add(args, limit)
	for _, check := range a.Checks {
		one = add(one, c.expr(check.Cond))
	}
	undos := inside.undos
	if a.Undo == program.UndoInverse || a.Undo == program.UndoCall {
		undos = add64(undos, 1)
		if a.Undo == program.UndoInverse { // what is there before is looked at first
			one = add(one, limit)
		}
	}
	total := add(times(tries, one), times(tries-1, every))
	total = add(total, c.duration(a.Delay, 0, "the delay", a.At), c.duration(a.Settle, 0, "the time to settle", a.At))
	return span{total, mul(tries, undos)}
}

// call returns the time limit of a call that says none: that of a function, or
// what the statements of a definition take.
func (c *counter) call(call *program.Call) span {
	if call.Def == nil {
		return span{time: c.limit(call)}
	}
	d := call.Def
	if one, ok := c.same[d]; ok {
		return one
	}
	if c.steps++; c.steps > maxSteps {
		return forever
	}
	leave := c.known.Enter(call)
	var one span
	if d.Activity != nil {
		one = c.activity(d.Activity)
	} else {
		one = c.block(d.Body)
	}
	if used := leave(); !used {
		c.same[d] = one
	}
	return one
}

// limit returns the time limit of a call of a function that says none.
func (c *counter) limit(call *program.Call) time.Duration {
	if call.Func == nil {
		return 0
	}
	sig := call.Func.Signature()
	if sig.Length == "" {
		return c.timeout
	}
	i := sig.Param(sig.Length)
	if i < len(call.Args) && call.Args[i] != nil {
		return add(c.timeout, c.duration(call.Args[i], 0, "the length of "+call.Name, call.At))
	}
	d, err := literal.ParseDuration(sig.Params[i].Default)
	if err != nil {
		return c.timeout
	}
	return add(c.timeout, d)
}

// args is the time that the calls in the arguments of a call take.
func (c *counter) args(call *program.Call) time.Duration {
	var total time.Duration
	for _, a := range call.Args {
		if a != nil {
			total = add(total, c.expr(a))
		}
	}
	return total
}

// expr is the time that the calls in an expression take.
func (c *counter) expr(e program.Expr) time.Duration {
	var total time.Duration
	if call, ok := e.(*program.Call); ok {
		if call.Def != nil {
			total = c.call(call).time
		} else if call.Signature().Kind != types.Pure {
			total = c.limit(call)
		}
	}
	program.Operands(e, func(part program.Expr) { total = add(total, c.expr(part)) })
	return total
}
