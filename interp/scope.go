package interp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// cell holds what a name stands for.
type cell struct {
	set bool
	v   any
	out *outcome // of an activity or a wait
}

// frame holds the names of a section, of a check or of a call of a definition.
// Each name is written by one goroutine before another can read it.
type frame []cell

// outcome is what an execution of an activity or a wait gave. Its fields may
// be read when done is closed, or at once where it is nil.
type outcome struct {
	done    chan struct{}
	stop    context.CancelCauseFunc // of what runs in the background
	value   any
	elapsed time.Duration
	err     error // why there is no value
	dry     bool  // it was not done
	aborted bool  // it was cancelled
	notMet  bool  // an expectation was not met
	assert  bool  // an assert was not met
	fault   error // what was not met, for messages
}

// wait returns when the outcome is there.
func (o *outcome) wait(ctx context.Context) error {
	if o.done == nil {
		return nil
	}
	select {
	case <-o.done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// phase is a section of the experiment that is being played.
type phase struct {
	name  string // as in the journal
	guard string // title
	round int
}

// definition is a call of a definition that is going on.
type definition struct {
	name string
	call *program.Call
}

// owner is a named activity in the making of an undo entry, with those around
// it.
type owner struct {
	frame  *cell // the cell of the name: unique for each call of a definition
	parent *owner
}

// scope is where a statement stands: what its names mean, and to whom it
// matters what comes of it. It is copied, not changed.
type scope struct {
	r      *run
	phase  *phase
	locals frame // setup, method and rollback: the shared frame
	group  *group
	owner  *owner
	parent uint64      // activity of the definition around
	def    *definition // call that is going on; nil outside of definitions
	quiet  bool        // in an expression: its activities have no events
	it     *outcome
	base   *outcome
	check  *checking // nil outside of a check of the steady state or a guard
}

var (
	errDry        = error(dryError{})
	errNoBaseline = errors.New("there is no baseline: the steady state was not checked before the method")
)

// dryError says that a value is not known since what gives it was not done.
type dryError struct{}

func (dryError) Error() string { return "it is not known in a dry run" }

func (dryError) Unwrap() error { return eval.ErrUnknown }

// noResultError says that an activity has no result.
type noResultError struct {
	name string
	err  error
}

func (e *noResultError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("%s has no result: it was not done", e.name)
	}
	return fmt.Sprintf("%s has no result: %v", e.name, e.err)
}

func (sc *scope) cell(v *program.Var) *cell {
	switch v.Level {
	case program.Global:
		return &sc.r.p.globals[v.Slot]
	case program.Shared:
		return &sc.r.shared[v.Slot]
	}
	return &sc.locals[v.Slot]
}

func (sc *scope) set(v *program.Var, x any) { *sc.cell(v) = cell{set: true, v: x} }

// outcomeOf waits for the outcome of an activity.
func (sc *scope) outcomeOf(ctx context.Context, v *program.Var) (*outcome, error) {
	c := sc.cell(v)
	if c.out == nil {
		return nil, &noResultError{name: v.Name}
	}
	if err := c.out.wait(ctx); err != nil {
		return nil, err
	}
	return c.out, nil
}

// Value returns the value of a name; see [eval.Scope].
func (sc *scope) Value(ctx context.Context, v *program.Var) (any, error) {
	if v.Kind != program.ActivityVar && v.Kind != program.WaitVar {
		c := sc.cell(v)
		if !c.set {
			if c.out != nil { // a let that read what a dry run does not know
				return nil, errDry
			}
			return nil, fmt.Errorf("%s has no value", v.Name)
		}
		return c.v, nil
	}
	out, err := sc.outcomeOf(ctx, v)
	switch {
	case err != nil:
		return nil, err
	case out.dry:
		return nil, errDry
	case out.err != nil:
		return nil, &noResultError{v.Name, out.err}
	}
	return out.value, nil
}

// Elapsed returns the time of an activity or a wait.
func (sc *scope) Elapsed(ctx context.Context, v *program.Var) (time.Duration, error) {
	out, err := sc.outcomeOf(ctx, v)
	switch {
	case err != nil:
		return 0, err
	case out.dry:
		return 0, errDry
	case out.err != nil:
		return 0, &noResultError{v.Name, out.err}
	}
	return out.elapsed, nil
}

func (sc *scope) own(baseline bool) (*outcome, error) {
	out := sc.it
	if baseline {
		out = sc.base
	}
	switch {
	case out == nil:
		return nil, errNoBaseline
	case out.dry:
		return nil, errDry
	case out.err != nil:
		return nil, &noResultError{"the activity", out.err}
	}
	return out, nil
}

// It returns the result of the activity whose clause is evaluated.
func (sc *scope) It(baseline bool) (any, error) {
	out, err := sc.own(baseline)
	if err != nil {
		return nil, err
	}
	return out.value, nil
}

// ItElapsed returns its time.
func (sc *scope) ItElapsed(baseline bool) (time.Duration, error) {
	out, err := sc.own(baseline)
	if err != nil {
		return 0, err
	}
	return out.elapsed, nil
}

// Call makes a call that stands in an expression.
func (sc *scope) Call(ctx context.Context, c *program.Call, args []any) (any, error) {
	if c.Signature().Kind != types.Pure && sc.r.dryProbes() {
		return nil, errDry
	}
	if c.Def != nil {
		quiet := *sc
		quiet.quiet = true
		return quiet.define(ctx, c, args)
	}
	return sc.r.callFunc(ctx, c, args)
}

// Met calls a definition as a condition.
func (sc *scope) Met(ctx context.Context, c *program.Call, args []any) (bool, error) {
	_, err := sc.Call(ctx, c, args)
	if err != nil && (ctx.Err() != nil || errors.Is(err, errDry)) {
		return false, err
	}
	return err == nil, nil
}

// LookupEnv returns a variable of the environment.
func (sc *scope) LookupEnv(name string) (string, bool, error) { return sc.r.p.lookupEnv(name) }

// ReadFile returns the content of a file.
func (sc *scope) ReadFile(name string) ([]byte, error) { return sc.r.p.readFile(name) }

// Hide takes a secret out of whatever is written.
func (sc *scope) Hide(secret any) { sc.r.p.hide(secret) }

// typed evaluates an expression of a type that the checker has promised.
func typed[T any](ctx context.Context, sc *scope, e program.Expr, fallback T) (T, error) {
	if e == nil {
		return fallback, nil
	}
	v, err := eval.Eval(ctx, e, sc)
	if err != nil {
		return fallback, err
	}
	x, ok := v.(T)
	if !ok {
		return fallback, &eval.Error{At: e.Where(), Err: fmt.Errorf("wants %T, not %s", fallback, value.Describe(v))}
	}
	return x, nil
}
