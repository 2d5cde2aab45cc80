package value

import (
	"fmt"
	"math"
	"math/bits"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// Add returns a + b by the rules of [types.Arithmetic]. Like all of these it
// fails where a result does not fit, and says of which kinds the operands are
// where it does not take them.
func Add(a, b any) (any, error) { return arith("+", a, b) }

// Sub returns a - b.
func Sub(a, b any) (any, error) { return arith("-", a, b) }

// Mul returns a * b; durations and sizes are rounded to whole nanoseconds and
// bytes.
func Mul(a, b any) (any, error) { return arith("*", a, b) }

// Div returns a / b, a float for numbers; durations and sizes are rounded.
// Division by zero fails.
func Div(a, b any) (any, error) { return arith("/", a, b) }

// Neg returns -a.
func Neg(a any) (any, error) {
	switch x := a.(type) {
	case int64:
		if x != math.MinInt64 {
			return -x, nil
		}
	case float64:
		return -x, nil
	case Percent:
		return -x, nil
	case time.Duration:
		if x != math.MinInt64 {
			return -x, nil
		}
	case Size:
		if x != math.MinInt64 {
			return -x, nil
		}
	default:
		return nil, fmt.Errorf("cannot negate %s", Describe(a))
	}
	return nil, fmt.Errorf("-(%s) does not fit a %s", Literal(a), KindOf(a))
}

func arith(op string, a, b any) (any, error) {
	kind := types.Arithmetic(op, KindOf(a), KindOf(b))
	if kind == types.Invalid {
		return nil, operandError(op, a, b)
	}
	if op == "/" && number(b) == 0 {
		return nil, fmt.Errorf("cannot divide %s by zero", Describe(a))
	}
	var result any
	ok := true
	switch kind {
	case types.Float:
		var f float64
		f, ok = floatOp(op, a, b)
		result = f
	case types.Percent:
		var f float64
		f, ok = floatOp(op, a, b)
		result = Percent(f)
	case types.Int:
		var n int64
		n, ok = wholeOp(op, a, b)
		result = n
	case types.Size:
		var n int64
		n, ok = wholeOp(op, a, b)
		result = Size(n)
	case types.Duration:
		if t, isTime := a.(time.Time); isTime {
			var d time.Duration
			d, ok = between(t, b.(time.Time))
			result = d
			break
		}
		var n int64
		n, ok = wholeOp(op, a, b)
		result = time.Duration(n)
	case types.Time:
		return timeOp(op, a, b), nil
	}
	if !ok {
		article := "a"
		if kind == types.Int {
			article = "an"
		}
		return nil, fmt.Errorf("%s %s %s does not fit %s %s", Literal(a), op, Literal(b), article, kind)
	}
	return result, nil
}

// number returns the number in front of the unit: nanoseconds, bytes,
// hundredths.
func number(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	case time.Duration:
		return float64(v)
	case Size:
		return float64(v)
	case Percent:
		return float64(v)
	}
	return math.NaN()
}

// floatOp computes a float or a percentage. A percentage of something is
// divided by a hundred at the end, so that 7% * 100 is 7.
func floatOp(op string, a, b any) (float64, bool) {
	x, y := number(a), number(b)
	var f float64
	switch op {
	case "+":
		f = x + y
	case "-":
		f = x - y
	case "*":
		f = x * y
		if isPercent(a) || isPercent(b) {
			f /= 100
		}
	case "/":
		f = x / y
	}
	return f, !math.IsInf(f, 0) && !math.IsNaN(f)
}

func isPercent(v any) bool {
	_, ok := v.(Percent)
	return ok
}

// whole returns the number of a value that has no fraction.
func whole(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case time.Duration:
		return int64(v), true
	case Size:
		return int64(v), true
	}
	return 0, false
}

// wholeOp computes an int, nanoseconds or bytes: exactly where both sides are
// whole, else in floats and rounded.
func wholeOp(op string, a, b any) (int64, bool) {
	x, wholeX := whole(a)
	y, wholeY := whole(b)
	if !wholeX || !wholeY {
		f, ok := floatOp(op, a, b)
		f = math.Round(f)
		return int64(f), ok && f >= -1<<63 && f < 1<<63
	}
	switch op {
	case "+":
		return x + y, (x+y > x) == (y > 0)
	case "-":
		return x - y, (x-y < x) == (y > 0)
	case "*":
		return mulWhole(x, y)
	}
	return divWhole(x, y)
}

func mulWhole(x, y int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(x), magnitude(y))
	if (x < 0) != (y < 0) {
		return int64(-lo), hi == 0 && lo <= 1<<63
	}
	return int64(lo), hi == 0 && lo < 1<<63
}

// divWhole divides and rounds halves away from zero, as math.Round does.
func divWhole(x, y int64) (int64, bool) {
	n, d := magnitude(x), magnitude(y)
	q := n / d
	if rest := n % d; rest >= d-rest {
		q++
	}
	if (x < 0) != (y < 0) {
		return int64(-q), q <= 1<<63
	}
	return int64(q), q < 1<<63
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// between returns a - b; time.Time.Sub alone would stop at the largest
// duration without a word.
func between(a, b time.Time) (time.Duration, bool) {
	d := a.Sub(b)
	return d, b.Add(d).Equal(a)
}

func timeOp(op string, a, b any) time.Time {
	if d, ok := a.(time.Duration); ok {
		return b.(time.Time).Add(d)
	}
	d := b.(time.Duration)
	if op == "-" {
		if d == math.MinInt64 { // has no negative
			return a.(time.Time).Add(math.MaxInt64).Add(1)
		}
		d = -d
	}
	return a.(time.Time).Add(d)
}

func operandError(op string, a, b any) error {
	_, stringA := a.(string)
	_, stringB := b.(string)
	switch op {
	case "+":
		if stringA || stringB {
			return fmt.Errorf(`cannot add %s and %s: strings are joined by holes, as "${a}${b}"`, Describe(a), Describe(b))
		}
		return fmt.Errorf("cannot add %s and %s", Describe(a), Describe(b))
	case "-":
		return fmt.Errorf("cannot subtract %s from %s", Describe(b), Describe(a))
	case "*":
		return fmt.Errorf("cannot multiply %s by %s", Describe(a), Describe(b))
	}
	return fmt.Errorf("cannot divide %s by %s", Describe(a), Describe(b))
}
