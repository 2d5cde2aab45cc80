package interp

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/limit"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// callFunc calls a function of the library from an expression.
func (r *run) callFunc(ctx context.Context, c *program.Call, args []any) (any, error) {
	bound, err := c.Func.Bind(args)
	if err != nil {
		return nil, err
	}
	if c.Func.Kind() == types.Pure {
		return r.pure(ctx, c, bound)
	}
	return r.limited(ctx, r.p.timeout+r.length(c, args), func(ctx context.Context) (any, error) {
		return c.Func.Run(ctx, r.env, bound, nil)
	})
}

// pure calls a function that only computes; it needs neither a goroutine nor a
// time limit.
func (r *run) pure(ctx context.Context, c *program.Call, bound any) (v any, err error) {
	defer func() {
		if p := recover(); p != nil {
			broken := &limit.PanicError{Value: p, Stack: debug.Stack()}
			r.tellPanic(broken)
			err = broken
		}
	}()
	return c.Func.Run(ctx, r.env, bound, nil)
}

// limited calls f with a time limit (0 is none) and tells of a panic.
func (r *run) limited(ctx context.Context, timeout time.Duration, f func(context.Context) (any, error)) (any, error) {
	v, err := limit.Do(ctx, limit.Limits{Timeout: timeout, Grace: r.grace, Abandon: r.abandoned()}, f)
	if p := (*limit.PanicError)(nil); errors.As(err, &p) {
		r.tellPanic(p)
	}
	return v, err
}

// tellPanic writes to the journal what helps to find a mistake in chaosc.
func (r *run) tellPanic(p *limit.PanicError) {
	r.write(&journal.Log{Level: "DEBUG", Message: fmt.Sprintf("%v\n%s", p, p.Stack)})
}

// length returns the time that a call takes by itself, as http.load does.
func (r *run) length(c *program.Call, args []any) time.Duration {
	sig := c.Func.Signature()
	if sig.Length == "" {
		return 0
	}
	i := sig.Param(sig.Length)
	if i < len(args) {
		if d, ok := args[i].(time.Duration); ok {
			return max(d, 0)
		}
	}
	v, err := value.Parse(sig.Params[i].Default, types.DurationType)
	if err != nil {
		return 0
	}
	return v.(time.Duration)
}

// unmetError says that an expectation inside a definition was not met; failed
// is set where that is so because its probe failed.
type unmetError struct {
	why    string
	failed bool
}

func (e *unmetError) Error() string { return e.why }

// define calls a definition. Its names stand in a frame of their own.
func (sc *scope) define(ctx context.Context, c *program.Call, args []any) (any, error) {
	inner, err := sc.enter(ctx, c, args)
	if err != nil {
		return nil, err
	}
	d := c.Def
	if d.Activity == nil {
		return nil, inner.body(ctx, d.Body)
	}
	out := &outcome{}
	inner.perform(ctx, d.Activity, out)
	switch {
	case out.err != nil && !out.aborted && d.Kind == ast.Probe && len(d.Activity.Checks) > 0:
		return nil, &unmetError{why: out.err.Error(), failed: true}
	case out.err != nil:
		return nil, out.err
	case out.notMet:
		return nil, &unmetError{why: fmt.Sprintf("an expectation of %s was not met: %v", c.Name, out.fault)}
	case out.dry:
		return nil, nil
	}
	return out.value, nil
}

// enter returns the scope of a call of a definition, with its parameters.
func (sc *scope) enter(ctx context.Context, c *program.Call, args []any) (*scope, error) {
	d := c.Def
	inner := *sc
	inner.locals = make(frame, d.Slots)
	inner.def = &definition{name: c.Name, call: c}
	inner.group = &group{}
	inner.it, inner.base, inner.check = nil, nil, nil
	for i, p := range d.Params {
		var v any = stdlib.Missing
		if i < len(args) {
			v = args[i]
		}
		if v == stdlib.Missing {
			if i >= len(d.Defaults) || d.Defaults[i] == nil {
				return nil, fmt.Errorf("argument %s is missing", p.Name)
			}
			var err error
			if v, err = eval.Eval(ctx, d.Defaults[i], &inner); err != nil {
				return nil, err
			}
		}
		v, err := value.Check(v, p.Type)
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", p.Name, err)
		}
		inner.set(p, v)
	}
	return &inner, nil
}

// body plays the statements of a definition. What goes wrong in them makes the
// call fail, when they have come to their end.
func (sc *scope) body(ctx context.Context, b *program.Block) error {
	sc.group.faults = &faults{}
	err := sc.block(ctx, b)
	var end *ending
	if errors.As(err, &end) && end.why != endStopped {
		return fmt.Errorf("%s ended early: %w", sc.def.name, end.err)
	}
	if err != nil {
		return err
	}
	return sc.group.faults.first()
}
