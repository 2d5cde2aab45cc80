package math

import (
	"math"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestMath(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	stdlibtest.Run(t, Namespace, &stdlib.Env{}, []stdlibtest.Case{
		{Function: "abs", Args: args{int64(-3)}, Want: int64(3)},
		{Function: "abs", Args: args{2.5}, Want: 2.5},
		{Function: "abs", Args: args{-time.Second}, Want: time.Second},
		{Function: "abs", Args: args{value.Size(-5)}, Want: value.Size(5)},
		{Function: "abs", Args: args{value.Percent(-5)}, Want: value.Percent(5)},
		{Function: "abs", Args: args{int64(math.MinInt64)}, Err: "does not fit"},
		{Function: "abs", Args: args{"x"}, Err: "wants int or float or duration"},
		{Function: "min", Args: args{int64(2), 1.5}, Want: 1.5},
		{Function: "min", Args: args{time.Second, 250 * time.Millisecond}, Want: 250 * time.Millisecond},
		{Function: "min", Args: args{time.Second, int64(1)}, Err: "cannot compare the duration 1s with the int 1"},
		{Function: "max", Args: args{value.Size(1), value.Size(2)}, Want: value.Size(2)},
		{Function: "max", Args: args{1.5, math.NaN()}, Err: "cannot compare"},
		{Function: "clamp", Args: args{12 * time.Second, time.Second, 10 * time.Second}, Want: 10 * time.Second},
		{Function: "clamp", Args: args{int64(0), int64(1), int64(10)}, Want: int64(1)},
		{Function: "clamp", Args: args{int64(5), int64(1), int64(10)}, Want: int64(5)},
		{Function: "clamp", Args: args{int64(5), int64(10), int64(1)}, Err: "the lower bound 10 is above the upper bound 1"},
		{Function: "mod", Args: args{int64(7), int64(2)}, Want: int64(1)},
		{Function: "mod", Args: args{int64(-7), int64(3)}, Want: int64(2)},
		{Function: "mod", Args: args{int64(7), int64(-3)}, Want: int64(-2)},
		{Function: "mod", Args: args{int64(-6), int64(3)}, Want: int64(0)},
		{Function: "mod", Args: args{int64(math.MinInt64), int64(-1)}, Want: int64(0)},
		{Function: "mod", Args: args{int64(7), int64(0)}, Err: "cannot divide the int 7 by zero"},
		{Function: "round", Args: args{2.5}, Want: int64(3)},
		{Function: "round", Args: args{-2.5}, Want: int64(-3)},
		{Function: "round", Args: args{2.345, int64(1)}, Want: 2.3},
		{Function: "round", Args: args{int64(7), int64(0)}, Want: 7.0},
		{Function: "round", Args: args{1e300, int64(2)}, Want: 1e300},
		{Function: "round", Args: args{1e19}, Err: "does not fit an int"},
		{Function: "round", Args: args{math.NaN()}, Err: "does not fit an int"},
		{Function: "round", Args: args{1.5, int64(16)}, Err: "digits is 16, which is not from 0 to 15"},
		{Function: "floor", Args: args{-2.1}, Want: int64(-3)},
		{Function: "floor", Args: args{2.99, int64(1)}, Want: 2.9},
		{Function: "ceil", Args: args{2.1}, Want: int64(3)},
		{Function: "sqrt", Args: args{int64(16)}, Want: 4.0},
		{Function: "sqrt", Args: args{-1.0}, Err: "the square root of -1.0 is not a number"},
		{Function: "pow", Args: args{2.0, 10.0}, Want: 1024.0},
		{Function: "pow", Args: args{10.0, 400.0}, Err: "10.0 to the power of 400.0 is not"},
		{Function: "pow", Args: args{-1.0, 0.5}, Err: "is not a number"},
		{Function: "log", Args: args{1.0}, Want: 0.0},
		{Function: "log", Args: args{1000.0, 10.0}, Want: 3.0},
		{Function: "log", Args: args{8.0, 2.0}, Want: 3.0},
		{Function: "log", Args: args{16.0, 4.0}, Want: 2.0},
		{Function: "log", Args: args{0.0}, Err: "the logarithm of 0.0 is not"},
		{Function: "log", Args: args{8.0, 1.0}, Err: "the logarithm of 8.0 to the base 1.0 is not"},
		{Function: "exp", Args: args{0.0}, Want: 1.0},
		{Function: "exp", Args: args{1000.0}, Err: "e to the power of 1000.0 is not"},
	})
}
