package stats

import (
	"math"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestStats(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	list := func(items ...any) []any { return append([]any{}, items...) }
	ints := list(int64(10), int64(1), int64(2), int64(3))
	times := list(30*time.Millisecond, 10*time.Millisecond, 20*time.Millisecond)
	shares := list(value.Percent(10), value.Percent(20), value.Percent(60))
	sizes := list(value.Size(1024), value.Size(1), value.Size(2))
	mixed := list(time.Second, int64(1))
	stdlibtest.Run(t, Namespace, &stdlib.Env{}, []stdlibtest.Case{
		{Function: "sum", Args: args{ints}, Want: int64(16)},
		{Function: "sum", Args: args{times}, Want: 60 * time.Millisecond},
		{Function: "sum", Args: args{list(int64(math.MaxInt64), int64(1))}, Err: "does not fit an int"},
		{Function: "sum", Args: args{list()}, Err: "the list is empty"},
		{Function: "sum", Args: args{mixed}, Err: "cannot add"},
		{Function: "sum", Args: args{list("a")}, Err: "argument values: element 0: wants int or float"},
		{Function: "mean", Args: args{ints}, Want: 4.0},
		{Function: "mean", Args: args{times}, Want: 20 * time.Millisecond},
		{Function: "mean", Args: args{shares}, Want: value.Percent(30)},
		{Function: "mean", Args: args{sizes}, Want: value.Size(342)},
		{Function: "mean", Args: args{list()}, Err: "the list is empty"},
		{Function: "median", Args: args{ints}, Want: 2.5},
		{Function: "median", Args: args{times}, Want: 20 * time.Millisecond},
		{Function: "median", Args: args{list(int64(7))}, Want: 7.0},
		{Function: "median", Args: args{shares}, Want: value.Percent(20)},
		{Function: "median", Args: args{list(math.NaN())}, Err: "cannot compare"},
		{Function: "percentile", Args: args{times, value.Percent(95)}, Want: 29 * time.Millisecond},
		{Function: "percentile", Args: args{ints, value.Percent(0)}, Want: 1.0},
		{Function: "percentile", Args: args{ints, value.Percent(100)}, Want: 10.0},
		{Function: "percentile", Args: args{shares, value.Percent(75)}, Want: value.Percent(40)},
		{Function: "percentile", Args: args{ints, value.Percent(101)}, Err: "share is 101%, which is not from 0% to 100%"},
		{Function: "percentile", Args: args{mixed, value.Percent(50)}, Err: "cannot compare"},
		{Function: "stddev", Args: args{list(int64(2), int64(4), int64(6))}, Want: 2.0},
		{Function: "stddev", Args: args{times}, Want: 10 * time.Millisecond},
		{Function: "stddev", Args: args{list(value.Percent(10), value.Percent(20), value.Percent(30))}, Want: value.Percent(10)},
		{Function: "stddev", Args: args{list(time.Second, time.Second)}, Want: time.Duration(0)},
		{Function: "stddev", Args: args{list(int64(1))}, Err: "the list has 1 values, which is too few"},
		{Function: "min", Args: args{list(2.5, int64(2), 3.0)}, Want: int64(2)},
		{Function: "min", Args: args{times}, Want: 10 * time.Millisecond},
		{Function: "max", Args: args{sizes}, Want: value.Size(1024)},
		{Function: "max", Args: args{list()}, Err: "the list is empty"},
		{Function: "max", Args: args{mixed}, Err: "cannot compare"},
	})
	if times[0] != 30*time.Millisecond {
		t.Error("the list itself was put in order")
	}
}
