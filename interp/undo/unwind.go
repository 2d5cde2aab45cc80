package undo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/limit"
	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// Registry finds functions by their full name.
type Registry interface {
	Lookup(name string) (*stdlib.Function, bool)
}

// Unwinder undoes entries.
type Unwinder struct {
	Env      *stdlib.Env
	Registry Registry
	Journal  *journal.Writer
	// Limit is how long the undo of one entry may take; 0 is [bounds.UndoLimit].
	Limit time.Duration
	// Grace is how long an undo that is past its limit may take to notice
	// before it is left to itself; 0 is [limit.DefaultGrace].
	Grace time.Duration
	// Define calls a definition of the experiment; nil where its source is
	// not at hand.
	Define func(ctx context.Context, e *Entry, args []any) error
	// Reveal reads a secret again from where it came from; nil where nothing
	// is known of it.
	Reveal func(ctx context.Context, s Secret) (any, error)
}

// Unwind undoes entries in reverse order, one at a time. One that fails does
// not stop the others. It calls closed for each that is as it was, and returns
// the number of those that are not. ctx carries values; its end stops nothing,
// since each undo has its own limit.
func (u *Unwinder) Unwind(ctx context.Context, entries []*Entry, closed func(*Entry)) (failed int) {
	ctx = context.WithoutCancel(ctx)
	for _, e := range slices.Backward(entries) {
		if u.undo(ctx, e) {
			closed(e)
		} else {
			failed++
		}
	}
	return failed
}

// Does says what the undo of an entry does ("renames it back").
func Does(r Registry, e *Entry) string {
	if f, known := r.Lookup(e.Function); known && !e.Call {
		return f.Signature().Undo
	}
	return "calls " + e.Function
}

// undo undoes one entry and reports whether all is as it was.
func (u *Unwinder) undo(ctx context.Context, e *Entry) bool {
	f, _ := u.Registry.Lookup(e.Function)
	u.Journal.Write(&journal.UndoStarted{Entry: e.ID, Title: e.Title, Function: e.Function, Does: Does(u.Registry, e)})
	start := u.Env.Clock.Now()
	differences, err := limit.Do(ctx, u.limits(), func(ctx context.Context) ([]stdlib.Difference, error) {
		return u.restore(ctx, e, f)
	})
	if p := (*limit.PanicError)(nil); errors.As(err, &p) {
		u.Journal.Write(&journal.Log{Level: "DEBUG", Message: fmt.Sprintf("%v\n%s", p, p.Stack)})
	}
	ended := &journal.UndoEnded{Entry: e.ID, Elapsed: u.Env.Clock.Now().Sub(start)}
	if err != nil {
		ended.Error = err.Error()
	} else {
		for _, d := range differences {
			ended.Differences = append(ended.Differences, journal.Difference(d))
		}
	}
	u.Journal.Write(ended)
	return err == nil && len(differences) == 0
}

func (u *Unwinder) restore(ctx context.Context, e *Entry, f *stdlib.Function) ([]stdlib.Difference, error) {
	switch {
	case e.Pending:
		return nil, errors.New("its undo needs the result of the action, which is not known: look whether something is left changed")
	case e.Call:
		return nil, u.call(ctx, e, f)
	case f == nil:
		return nil, fmt.Errorf("function %s is not known to this chaosc", e.Function)
	case !f.HasInverse():
		return nil, fmt.Errorf("function %s has no undo in this chaosc", e.Function)
	case f.StateVersion() != e.Version:
		return nil, fmt.Errorf("what %s noted has version %d, this chaosc knows version %d", e.Function, e.Version, f.StateVersion())
	}
	state, err := f.DecodeState(e.State)
	if err != nil {
		return nil, fmt.Errorf("what %s noted cannot be read: %w", e.Function, err)
	}
	if err := f.Restore(ctx, u.Env, state); err != nil {
		return nil, err
	}
	differences, err := f.Verify(ctx, u.Env, state)
	if err != nil {
		return nil, fmt.Errorf("it was put back, but whether all is as it was cannot be seen: %w", err)
	}
	return differences, nil
}

// call undoes an entry of `undo by`.
func (u *Unwinder) call(ctx context.Context, e *Entry, f *stdlib.Function) error {
	args := e.Args
	if args == nil {
		var err error
		if args, err = u.decodeArgs(ctx, e, f); err != nil {
			return err
		}
	}
	if e.Definition {
		if u.Define == nil {
			return fmt.Errorf("%s is a definition of the experiment: it can be called only by the run itself", e.Function)
		}
		return u.Define(ctx, e, args)
	}
	if f == nil {
		return fmt.Errorf("function %s is not known to this chaosc", e.Function)
	}
	bound, err := f.Bind(args)
	if err != nil {
		return err
	}
	_, err = f.RunToRestore(ctx, u.Env, bound, nil)
	return err
}

func (u *Unwinder) limits() limit.Limits {
	return limit.Limits{Timeout: cmp.Or(u.Limit, bounds.UndoLimit), Grace: u.Grace}
}
