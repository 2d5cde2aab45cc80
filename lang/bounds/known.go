package bounds

import (
	"math"
	"time"

	"github.com/chaosc-lang/chaosc/lang/program"
)

// missing notes once that something is not known.
func (c *counter) missing(what string, at program.Loc) {
	if !c.seen[at] {
		c.seen[at] = true
		c.unknown = append(c.unknown, Unknown{what, at})
	}
}

// duration returns the value of a time; fallback where there is no expression.
func (c *counter) duration(e program.Expr, fallback time.Duration, what string, at program.Loc) time.Duration {
	if e == nil {
		return fallback
	}
	v, ok := c.known.Value(e)
	d, isDuration := v.(time.Duration)
	if !ok || !isDuration {
		c.missing(what, at)
		return fallback
	}
	return max(d, 0)
}

func (c *counter) count(e program.Expr, what string, at program.Loc) int64 {
	v, ok := c.known.Value(e)
	n, isInt := v.(int64)
	if !ok || !isInt {
		c.missing(what, at)
		return 1
	}
	return max(n, 0)
}

// add, mul and times stop at the largest number.

func add(list ...time.Duration) time.Duration {
	var sum time.Duration
	for _, d := range list {
		sum = time.Duration(add64(int64(sum), int64(d)))
	}
	return sum
}

func add64(list ...int64) int64 {
	var sum int64
	for _, n := range list {
		if n > math.MaxInt64-sum {
			return math.MaxInt64
		}
		sum += n
	}
	return sum
}

func mul(a, b int64) int64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	if a > math.MaxInt64/b {
		return math.MaxInt64
	}
	return a * b
}

func times(n int64, d time.Duration) time.Duration { return time.Duration(mul(n, int64(d))) }
