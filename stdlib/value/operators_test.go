package value_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func mapOf(pairs ...any) *value.Map {
	m := value.NewMap(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		m.Set(pairs[i].(string), pairs[i+1])
	}
	return m
}

func list(items ...any) []any { return items }

var arithmetic = map[string]func(a, b any) (any, error){
	"+": value.Add, "-": value.Sub, "*": value.Mul, "/": value.Div,
}

func TestArithmetic(t *testing.T) {
	t.Parallel()
	const maxInt, minInt = int64(math.MaxInt64), int64(math.MinInt64)
	for _, c := range []struct {
		a    any
		op   string
		b    any
		want any // a string that starts with "!" is part of the error
	}{
		{int64(2), "+", int64(3), int64(5)},
		{int64(2), "+", 0.5, 2.5},
		{int64(7), "/", int64(2), 3.5},
		{int64(6), "/", int64(2), 3.0},
		{maxInt, "+", int64(0), maxInt},
		{maxInt, "-", int64(0), maxInt},
		{maxInt, "+", int64(1), "!9223372036854775807 + 1 does not fit an int"},
		{minInt, "+", int64(-1), "!does not fit an int"},
		{minInt, "-", int64(1), "!does not fit an int"},
		{int64(0), "-", minInt, "!does not fit an int"},
		{int64(-1), "-", minInt, maxInt},
		{maxInt, "*", int64(2), "!does not fit an int"},
		{minInt, "*", int64(-1), "!does not fit an int"},
		{minInt, "*", int64(1), minInt},
		{int64(-3037000500), "*", int64(3037000500), "!does not fit an int"},
		{int64(-4294967296), "*", int64(2147483648), minInt},
		{1e308, "*", 10.0, "!does not fit a float"},
		{int64(1), "/", int64(0), "!cannot divide the int 1 by zero"},
		{1.5, "/", 0.0, "!by zero"},
		{time.Second, "/", time.Duration(0), "!by zero"},
		{2 * time.Second, "+", 500 * time.Millisecond, 2500 * time.Millisecond},
		{2 * time.Second, "+", int64(3), "!cannot add the duration 2s and the int 3"},
		{int64(3), "-", time.Second, "!cannot subtract the duration 1s from the int 3"},
		{time.Second, "*", time.Second, "!cannot multiply the duration 1s by the duration 1s"},
		{int64(1), "/", time.Second, "!cannot divide the int 1 by the duration 1s"},
		{time.Second, "*", int64(3), 3 * time.Second},
		{1.5, "*", time.Second, 1500 * time.Millisecond},
		{time.Duration(math.MaxInt64), "*", 1.5, "!does not fit a duration"},
		{time.Duration(math.MaxInt64), "*", int64(1), time.Duration(math.MaxInt64)},
		{time.Second, "/", int64(3), 333333333 * time.Nanosecond},
		{2 * time.Second, "/", int64(3), 666666667 * time.Nanosecond},
		{time.Duration(minInt), "/", int64(-1), "!does not fit a duration"},
		{time.Duration(-5), "/", int64(2), time.Duration(-3)},
		{time.Second, "/", 0.5, 2 * time.Second},
		{3 * time.Second, "/", 2 * time.Second, 1.5},
		{value.Size(1024), "-", value.Size(24), value.Size(1000)},
		{value.Size(1000), "*", value.Percent(12.5), value.Size(125)},
		{value.Percent(12.5), "*", value.Size(1000), value.Size(125)},
		{value.Size(3), "/", value.Size(2), 1.5},
		{value.Percent(7), "*", int64(100), 7.0},
		{value.Percent(50), "*", 3.0, 1.5},
		{value.Percent(50), "*", value.Percent(50), value.Percent(25)},
		{value.Percent(50), "+", value.Percent(5), value.Percent(55)},
		{value.Percent(50), "/", value.Percent(25), 2.0},
		{value.Percent(50), "/", int64(2), value.Percent(25)},
		{value.Percent(10), "*", time.Minute, 6 * time.Second},
		{noon, "-", noon.Add(-time.Hour), time.Hour},
		{noon, "+", time.Hour, noon.Add(time.Hour)},
		{time.Hour, "+", noon, noon.Add(time.Hour)},
		{noon, "-", time.Hour, noon.Add(-time.Hour)},
		{noon, "-", time.Unix(-1<<40, 0), "!does not fit a duration"},
		{noon, "+", noon, "!cannot add the time"},
		{"a", "+", "b", `!strings are joined by holes, as "${a}${b}"`},
		{list(), "+", list(), "!cannot add a list and a list"},
		{nil, "+", int64(1), "!cannot add null and the int 1"},
	} {
		got, err := arithmetic[c.op](c.a, c.b)
		what := value.Literal(c.a) + " " + c.op + " " + value.Literal(c.b)
		if text, ok := c.want.(string); ok {
			if err == nil || !strings.Contains(err.Error(), text[1:]) {
				t.Errorf("%s: got %v, %v, want the error %q", what, got, err, text[1:])
			}
			continue
		}
		if err != nil || value.KindOf(got) != value.KindOf(c.want) || !value.Equal(got, c.want) {
			t.Errorf("%s: got %#v, %v, want %#v", what, got, err, c.want)
		}
	}
}

func TestNeg(t *testing.T) {
	t.Parallel()
	for _, v := range []any{int64(5), 2.5, time.Second, value.Size(7), value.Percent(3)} {
		n, err := value.Neg(v)
		if err != nil {
			t.Fatal(err)
		}
		back, _ := value.Neg(n)
		if !value.Equal(back, v) || value.Equal(n, v) || value.KindOf(n) != value.KindOf(v) {
			t.Errorf("-%v is %v", v, n)
		}
	}
	for _, v := range []any{int64(math.MinInt64), time.Duration(math.MinInt64), value.Size(math.MinInt64), "x", nil, noon} {
		if n, err := value.Neg(v); err == nil {
			t.Errorf("-%v is %v", v, n)
		}
	}
}

// TestStaticAgreesWithRunTime holds the checker's table against what values
// do: what the checker takes, computes; what computes is what the checker
// said; and what it refuses fails, but for an int where JSON may mean a float.
func TestStaticAgreesWithRunTime(t *testing.T) {
	t.Parallel()
	one, _ := value.NewRange(int64(1), int64(2))
	samples := []struct {
		v any
		t *types.Type
	}{
		{nil, types.NullType}, {true, types.BoolType}, {int64(2), types.IntType}, {2.5, types.FloatType},
		{"a", types.StringType}, {time.Second, types.DurationType}, {value.Size(9), types.SizeType},
		{value.Percent(3), types.PercentType}, {noon, types.TimeType},
		{list(int64(2)), types.ListOf(types.IntType)}, {mapOf("a", "b"), types.MapOf(types.StringType)},
		{one, types.RangeOf(types.IntType)},
	}
	ops := map[string]func(a, b any) (any, error){
		"<":        func(a, b any) (any, error) { c, err := value.Compare(a, b); return c < 0, err },
		"contains": func(a, b any) (any, error) { return value.Contains(a, b) },
		"in":       func(a, b any) (any, error) { return value.In(a, b) },
		"..":       func(a, b any) (any, error) { return value.NewRange(a, b) },
	}
	for op, f := range arithmetic {
		ops[op] = f
	}
	for op, f := range ops {
		for _, a := range samples {
			for _, b := range samples {
				static, ok := types.BinaryResult(op, a.t, b.t)
				got, err := f(a.v, b.v)
				switch {
				case ok && err != nil:
					t.Errorf("%s %s %s is taken, but fails: %v", a.t, op, b.t, err)
				case ok && value.KindOf(got) != static.Kind:
					t.Errorf("%s %s %s gives %s, not %s", a.t, op, b.t, value.KindOf(got), static)
				case !ok && err == nil && looser(op, a.t, b.t):
				case !ok && err == nil:
					t.Errorf("%s %s %s is refused, but gives %v", a.t, op, b.t, got)
				}
				if _, anyOK := types.BinaryResult(op, types.AnyType, b.t); ok && !anyOK {
					t.Errorf("any %s %s is refused", op, b.t)
				}
			}
		}
	}
}

// looser names what only the checker refuses: a mistake there, but at run
// time an honest question about values whose types nobody wrote.
func looser(op string, a, b *types.Type) bool {
	intPercent := a.Kind == types.Int && b.Kind == types.Percent || a.Kind == types.Percent && b.Kind == types.Int
	return op == "<" && intPercent || op == "in" && intPercentRange(a, b) ||
		op == "in" && b.Kind == types.List || op == "contains" && a.Kind == types.List
}

func intPercentRange(a, b *types.Type) bool {
	return a.Kind == types.Percent && b.Kind == types.Range
}
