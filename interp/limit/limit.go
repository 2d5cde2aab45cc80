// Package limit calls functions that must not hold a run up: past their time
// limit, after a cancellation, or when they panic.
package limit

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/chaosc-lang/chaosc/lang/literal"
)

// abandonGrace is how long a call that is abandoned may still take: enough to
// kill what it started.
const abandonGrace = time.Second

// DefaultGrace is how long a function may take to end when its time is over.
const DefaultGrace = 10 * time.Second

// Limits says how long a call may take. The zero value has no time limit and
// the default grace.
type Limits struct {
	Timeout time.Duration
	Grace   time.Duration   // from the end of the context until the call is abandoned
	Abandon <-chan struct{} // closed when nobody wants to wait for the call any more; may be nil
}

// TimeoutError is the cause of the end of a call's context when its time is
// over.
type TimeoutError struct{ Limit time.Duration }

func (e *TimeoutError) Error() string {
	return "it took longer than " + literal.FormatDuration(e.Limit)
}

// AbandonedError says that a call did not end and was left to itself.
type AbandonedError struct {
	Cause error // why it should have ended; may be nil
}

func (e *AbandonedError) Error() string {
	if e.Cause == nil {
		return "it was abandoned"
	}
	return fmt.Sprintf("%v; it did not end and was abandoned", e.Cause)
}

// Unwrap returns why it should have ended.
func (e *AbandonedError) Unwrap() error { return e.Cause }

// PanicError says that a call panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// Do calls f in a goroutine of its own and returns when f does, or when f has
// had its time and its grace. Its context ends with a [*TimeoutError] as cause
// when the time is over. An error of f that comes after the end of its context
// becomes the cause of that end; a result that comes past the time limit is an
// error too.
func Do[T any](ctx context.Context, l Limits, f func(context.Context) (T, error)) (T, error) {
	type result struct {
		v   T
		err error
	}
	if l.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, l.Timeout, &TimeoutError{l.Timeout})
		defer cancel()
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = &PanicError{Value: p, Stack: debug.Stack()}
			}
			done <- r
		}()
		r.v, r.err = f(ctx)
	}()

	var none T
	finish := func(r result) (T, error) {
		if ctx.Err() == nil {
			return r.v, r.err
		}
		cause := context.Cause(ctx)
		if _, late := cause.(*TimeoutError); r.err != nil || late {
			return none, cause
		}
		return r.v, nil
	}
	select {
	case r := <-done:
		return finish(r)
	case <-l.Abandon:
		return abandon(done, finish, &AbandonedError{})
	case <-ctx.Done():
	}
	grace := l.Grace
	if grace == 0 {
		grace = DefaultGrace
	}
	t := time.NewTimer(grace)
	defer t.Stop()
	select {
	case r := <-done:
		return finish(r)
	case <-l.Abandon:
		return abandon(done, finish, &AbandonedError{Cause: context.Cause(ctx)})
	case <-t.C:
	}
	return none, &AbandonedError{Cause: context.Cause(ctx)}
}

// abandon gives a call that nobody wants to wait for a last moment.
func abandon[R, T any](done <-chan R, finish func(R) (T, error), err *AbandonedError) (T, error) {
	t := time.NewTimer(abandonGrace)
	defer t.Stop()
	select {
	case r := <-done:
		return finish(r)
	case <-t.C:
		var none T
		return none, err
	}
}
