package limit_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chaosc-lang/chaosc/interp/limit"
)

var errOther = errors.New("other")

func TestDo(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	sleep := func(d time.Duration, err error) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			select {
			case <-time.After(d):
				return 7, err
			case <-ctx.Done():
				return 0, errOther
			}
		}
	}
	stubborn := func(context.Context) (int, error) {
		time.Sleep(time.Hour)
		return 7, nil
	}
	finishes := func(ctx context.Context) (int, error) { // has a result although it is stopped
		<-ctx.Done()
		return 7, nil
	}
	tests := []struct {
		name    string
		f       func(context.Context) (int, error)
		timeout time.Duration
		cancel  time.Duration
		abandon time.Duration
		want    string // "" is 7
		took    time.Duration
	}{
		{name: "in time", f: sleep(time.Second, nil), timeout: 2 * time.Second, took: time.Second},
		{name: "no limit", f: sleep(time.Minute, nil), took: time.Minute},
		{name: "error", f: sleep(0, errOther), timeout: time.Second, want: "other"},
		{name: "too late", f: sleep(time.Minute, nil), timeout: 1500 * time.Millisecond, want: "it took longer than 1.5s", took: 1500 * time.Millisecond},
		{name: "too late with a result", f: finishes, timeout: time.Second, want: "it took longer than 1s", took: time.Second},
		{name: "cancelled", f: sleep(time.Minute, nil), timeout: time.Hour, cancel: time.Second, want: "stop", took: time.Second},
		{name: "cancelled with a result", f: finishes, cancel: time.Second, took: time.Second},
		{name: "stubborn", f: stubborn, timeout: time.Second, want: "it took longer than 1s; it did not end and was abandoned", took: 11 * time.Second},
		{name: "abandoned", f: stubborn, abandon: time.Second, want: "it was abandoned", took: 2 * time.Second},
		{name: "abandoned when cancelled", f: stubborn, cancel: time.Second, abandon: 2 * time.Second,
			want: "stop; it did not end and was abandoned", took: 3 * time.Second},
		{name: "panic", f: func(context.Context) (int, error) { panic("oh") }, timeout: time.Second, want: "internal error: oh"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, func() { cancel(stop) })
				}
				l := limit.Limits{Timeout: test.timeout}
				if test.abandon > 0 {
					abandon := make(chan struct{})
					l.Abandon = abandon
					time.AfterFunc(test.abandon, func() { close(abandon) })
				}
				start := time.Now()
				v, err := limit.Do(ctx, l, test.f)
				if took := time.Since(start); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				switch {
				case test.want == "" && (v != 7 || err != nil):
					t.Errorf("got %d, %v", v, err)
				case test.want != "" && (err == nil || err.Error() != test.want):
					t.Errorf("got %v, want %s", err, test.want)
				}
				if test.cancel > 0 && test.want != "" && !errors.Is(err, stop) {
					t.Errorf("%v does not wrap its cause", err)
				}
				time.Sleep(2 * time.Hour) // of what was abandoned
			})
		})
	}
}
