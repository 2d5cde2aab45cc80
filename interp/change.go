package interp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/interp/limit"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// do makes the call of an activity once. What puts it back is on disk before
// it begins.
func (x *execution) do(ctx context.Context, timeout time.Duration) (any, error) {
	c := x.a.Call
	var bound, state any
	var err error
	if c.Func != nil {
		if bound, err = c.Func.Bind(x.args); err != nil {
			return nil, &eval.Error{At: c.At, Err: err}
		}
	}
	var entry *undo.Entry
	switch x.a.Undo {
	case program.UndoInverse:
		entry, state, err = x.intendInverse(ctx, timeout, bound)
	case program.UndoCall:
		entry, err = x.intendCall(ctx)
	}
	if err != nil {
		return nil, err
	}
	call := func(ctx context.Context) (any, error) {
		if c.Def != nil {
			return x.in.define(ctx, c, x.args)
		}
		if x.mustSucceed() {
			return c.Func.RunToRestore(ctx, x.sc.r.env, bound, state)
		}
		return c.Func.Run(ctx, x.sc.r.env, bound, state)
	}
	clock := x.sc.r.env.Clock
	start := clock.Now()
	v, err := x.call(ctx, timeout, call)
	x.out.elapsed = clock.Now().Sub(start)
	if entry != nil {
		err = errors.Join(err, x.done(ctx, entry, state, v, err))
	}
	return v, err
}

// mustSucceed reports whether the activity puts something back and says nothing
// of the result that it expects.
func (x *execution) mustSucceed() bool {
	phase := x.sc.phase.name
	return x.a.Kind == ast.Action && len(x.a.Checks) == 0 && (phase == rollbackPhase || phase == undoPhase)
}

// call makes the call within its time limit. A definition without one needs no
// goroutine: its own activities have their limits.
func (x *execution) call(ctx context.Context, timeout time.Duration, f func(context.Context) (any, error)) (any, error) {
	if x.a.Call.Def != nil && timeout == 0 {
		return f(ctx)
	}
	return x.sc.r.limited(ctx, timeout, f)
}

// change is what the run knows of an undo entry beside what is written down.
type change struct {
	owner *owner
	by    *program.Call // of `undo by`
}

func (x *execution) entry() *undo.Entry {
	e := &undo.Entry{Activity: x.id, Title: x.meta.title(x.sc), Function: x.meta.function, Place: x.meta.place}
	e.Owner = &change{owner: x.in.owner, by: undoBy(x.a)}
	return e
}

func undoBy(a *program.Activity) *program.Call {
	if a.UndoBy == nil {
		return nil
	}
	return undoTarget(a.UndoBy)
}

// intendInverse looks at what is there before the action and notes it.
func (x *execution) intendInverse(ctx context.Context, timeout time.Duration, bound any) (*undo.Entry, any, error) {
	f := x.a.Call.Func
	state, err := x.sc.r.limited(ctx, timeout, func(ctx context.Context) (any, error) {
		return f.Capture(ctx, x.sc.r.env, bound)
	})
	if err != nil {
		return nil, nil, err
	}
	e := x.entry()
	e.Version = f.StateVersion()
	if e.State, err = json.Marshal(state); err != nil {
		return nil, nil, fmt.Errorf("what its undo needs cannot be written: %w", err)
	}
	return e, state, x.sc.r.stack.Intend(e)
}

// intendCall notes the call that will undo the action.
func (x *execution) intendCall(ctx context.Context) (*undo.Entry, error) {
	e := x.entry()
	e.Call, e.Pending = true, x.a.UndoReads
	by := undoTarget(x.a.UndoBy)
	e.Function = by.Name
	if by.Func != nil {
		e.Function = by.Func.Name()
	}
	e.Definition = by.Def != nil
	if !e.Pending {
		if err := x.undoArgs(ctx, e, x.sc); err != nil {
			return nil, err
		}
	}
	return e, x.sc.r.stack.Intend(e)
}

// undoTarget returns the call that a definition only passes on, so that another
// process can make it without the source.
func undoTarget(by *program.Call) *program.Call {
	for passesOn(by) {
		by = by.Def.Activity.Call
	}
	return by
}

func passesOn(by *program.Call) bool {
	if by.Def == nil || by.Def.Activity == nil {
		return false
	}
	a := by.Def.Activity
	return a.Retry == nil && a.Delay == nil && a.Settle == nil && len(a.Checks) == 0
}

// undoArgs evaluates the arguments of `undo by`.
func (x *execution) undoArgs(ctx context.Context, e *undo.Entry, sc *scope) error {
	by := x.a.UndoBy
	args, err := eval.Args(ctx, by, sc)
	for err == nil && passesOn(by) {
		if sc, err = sc.enter(ctx, by, args); err == nil {
			by = by.Def.Activity.Call
			args, err = eval.Args(ctx, by, sc)
		}
	}
	if err != nil {
		return err
	}
	written := args
	for i, a := range by.Args {
		if a != nil && a.Type().HasSecret() {
			if e.Args == nil {
				e.Args, written = args, slices.Clone(args)
			}
			written[i] = sc.r.source(ctx, sc, a, args[i])
		}
	}
	if e.Definition {
		e.Args = args
	}
	e.State, err = undo.EncodeArgs(by.Signature(), written)
	return err
}

// done notes that the action has ended, with what its undo needs and is known
// only now.
func (x *execution) done(ctx context.Context, e *undo.Entry, state, result any, failure error) error {
	var data json.RawMessage
	var err error
	switch {
	case e.Pending && failure == nil:
		in := x.in
		in.parent = x.sc.parent
		in.it = &outcome{value: result, elapsed: x.out.elapsed}
		if err = x.undoArgs(context.WithoutCancel(ctx), e, &in); err == nil {
			data = e.State
		} else {
			err = fmt.Errorf("what its undo needs cannot be computed: %w", err)
		}
	case state != nil && !leftRunning(failure):
		if data, err = json.Marshal(state); err != nil || bytes.Equal(data, e.State) {
			data = nil
		}
	}
	return errors.Join(err, x.sc.r.stack.Done(e, data))
}

// source says where the secrets of an argument come from, so that they need
// not be written down.
func (r *run) source(ctx context.Context, sc *scope, e program.Expr, v any) any {
	if !e.Type().HasSecret() {
		return v
	}
	switch e := e.(type) {
	case *program.Ref:
		for _, s := range r.exp.Secrets {
			if s.Var == e.Var {
				return r.p.origin(s)
			}
		}
	case *program.Interp:
		var parts []any
		for _, part := range e.Parts {
			pv, err := eval.Eval(ctx, part, sc)
			if err != nil {
				return undo.Secret{}
			}
			parts = append(parts, r.source(ctx, sc, part, pv))
		}
		return undo.Joined{Parts: parts}
	case *program.Object:
		if rec, ok := v.(*value.Record); ok {
			m := value.NewMap(len(e.Vals))
			for i, x := range e.Vals {
				m.Set(rec.Type.Fields[i].Name, r.source(ctx, sc, x, rec.Vals[i]))
			}
			return m
		}
	case *program.List:
		if list, ok := v.([]any); ok && len(list) == len(e.Elems) {
			out := make([]any, len(list))
			for i, x := range e.Elems {
				out[i] = r.source(ctx, sc, x, list[i])
			}
			return out
		}
	}
	return undo.Secret{} // computed: it cannot be read again
}

// restore undoes all that the executions of an activity have changed, now. One
// that still runs in the background is ended first.
func (sc *scope) restore(ctx context.Context, s *program.Restore) error {
	target := sc.cell(s.Var)
	if target.out != nil {
		if target.out.stop != nil {
			target.out.stop(stdlib.ErrEnough)
		}
		if err := target.out.wait(ctx); err != nil {
			return failed(ctx, err)
		}
		if target.out.dry {
			sc.r.undoDry(func(e dryEntry) bool { return e.owner.within(target) })
			return nil
		}
	}
	open := sc.r.stack.Open(func(e *undo.Entry) bool {
		return e.Owner.(*change).owner.within(target)
	})
	if sc.r.unwinder().Unwind(ctx, open, sc.r.stack.Close) > 0 {
		return sc.actionFailed(fmt.Errorf("%s could not be restored", s.Var.Name))
	}
	return nil
}

// within reports whether an entry was made by the activity of that name.
func (o *owner) within(target *cell) bool {
	for ; o != nil; o = o.parent {
		if o.frame == target {
			return true
		}
	}
	return false
}

// unwinder returns what undoes the entries of this run.
func (r *run) unwinder() *undo.Unwinder {
	return &undo.Unwinder{Env: r.env, Registry: r.opts.Registry, Journal: r.journal, Grace: r.grace,
		Define: r.undoByDefinition}
}

// undoByDefinition calls a definition that `undo by` names.
func (r *run) undoByDefinition(ctx context.Context, e *undo.Entry, args []any) error {
	sc := &scope{r: r, phase: &phase{name: undoPhase}, group: &group{}, quiet: true}
	_, err := sc.define(ctx, e.Owner.(*change).by, args)
	return err
}

// leftRunning reports whether a call was abandoned, so that its state may
// still be changing.
func leftRunning(err error) bool {
	var abandoned *limit.AbandonedError
	return errors.As(err, &abandoned)
}
