package value_test

import (
	"math"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func record(pairs ...any) *value.Record {
	r := &value.Record{Type: types.RecordOf("")}
	for i := 0; i < len(pairs); i += 2 {
		r.Type.Fields = append(r.Type.Fields, types.Field{Name: pairs[i].(string), Type: types.AnyType})
		r.Vals = append(r.Vals, pairs[i+1])
	}
	return r
}

func lazy(v any) *value.Lazy { return value.NewLazy(func() (any, error) { return v, nil }) }

func TestEqual(t *testing.T) {
	t.Parallel()
	r12, _ := value.NewRange(int64(1), int64(2))
	r12f, _ := value.NewRange(1.0, int64(2))
	for _, c := range []struct {
		a, b any
		want bool
	}{
		{nil, nil, true},
		{nil, false, false},
		{true, int64(1), false},
		{int64(1), 1.0, true},
		{int64(1), 1.5, false},
		{int64(1<<53 + 1), float64(1 << 53), false},
		{int64(math.MaxInt64), float64(1 << 63), false},
		{int64(math.MinInt64), -float64(1 << 63), true},
		{int64(1), math.Inf(1), false},
		{math.NaN(), math.NaN(), false},
		{0.0, math.Copysign(0, -1), true},
		{value.Percent(50), 0.5, true},
		{value.Percent(99.9), 0.999, true},
		{value.Percent(7), 0.07, true},
		{value.Percent(100), int64(1), true},
		{value.Percent(1), int64(1), false},
		{value.Percent(50), value.Size(50), false},
		{time.Second, int64(time.Second), false},
		{noon, noon.In(time.FixedZone("X", 3600)), true},
		{"a", "a", true},
		{"1", int64(1), false},
		{list(int64(1), "a"), list(1.0, "a"), true},
		{list(int64(1)), list(int64(1), int64(2)), false},
		{list(), nil, false},
		{mapOf("a", int64(1), "b", nil), mapOf("b", nil, "a", 1.0), true},
		{mapOf("a", nil), mapOf("b", nil), false},
		{mapOf("a", int64(1)), mapOf(), false},
		{record("a", int64(1)), mapOf("a", int64(1)), true},
		{mapOf("a", int64(1)), record("a", int64(1)), true},
		{record("a", int64(1), "b", lazy(2)), record("b", lazy(3), "a", int64(1)), true},
		{record("a", int64(1)), record("a", lazy(int64(1))), false},
		{r12, r12f, true},
		{r12, list(int64(1), int64(2)), false},
		{value.Handle{Kind: "process", ID: "x/1"}, value.Handle{Kind: "process", ID: "x/1"}, true},
		{value.Handle{Kind: "process", ID: "x/1"}, value.Handle{Kind: "process", ID: "x/2"}, false},
	} {
		if got := value.Equal(c.a, c.b); got != c.want {
			t.Errorf("Equal(%s, %s) = %v", value.Describe(c.a), value.Describe(c.b), got)
		}
		if got := value.Equal(c.b, c.a); got != c.want {
			t.Errorf("Equal(%s, %s) = %v", value.Describe(c.b), value.Describe(c.a), got)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	ascending := [][]any{
		{math.Inf(-1), int64(math.MinInt64), -1.5, int64(-1), 0.0, int64(1), 1.5, int64(1 << 53), int64(1<<53 + 1), float64(1 << 63), math.Inf(1)},
		{value.Percent(-5), 0.0, value.Percent(5), 0.06, value.Percent(99.9), int64(1), value.Percent(101)},
		{"", "Z", "a", "ab", "ä"},
		{-time.Second, time.Duration(0), time.Millisecond, time.Hour},
		{value.Size(0), value.Size(1000), value.Size(1024)},
		{noon.Add(-time.Second), noon},
	}
	for _, group := range ascending {
		for i, a := range group {
			for j, b := range group {
				want := 0
				if i < j {
					want = -1
				} else if i > j {
					want = 1
				}
				if got, err := value.Compare(a, b); err != nil || got != want {
					t.Errorf("Compare(%v, %v) = %d, %v", a, b, got, err)
				}
			}
		}
	}
	for _, c := range [][2]any{
		{time.Second, int64(1)}, {"1", int64(1)}, {nil, nil}, {true, false}, {list(), list()}, {math.NaN(), int64(1)},
		{int64(1), math.NaN()}, {math.NaN(), math.NaN()}, {value.Percent(1), math.NaN()}, {value.Size(1), time.Second},
	} {
		if _, err := value.Compare(c[0], c[1]); err == nil {
			t.Errorf("%v and %v have an order", c[0], c[1])
		}
	}
	_, err := value.Compare(250*time.Millisecond, int64(3))
	if want := "cannot compare the duration 250ms with the int 3"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestContainsAndIn(t *testing.T) {
	t.Parallel()
	statuses, _ := value.NewRange(int64(200), int64(299))
	share, _ := value.NewRange(value.Percent(1), value.Percent(5))
	for _, c := range []struct {
		op   string
		a, b any
		want string // true, false or part of the error
	}{
		{"contains", "haystack", "st", "true"},
		{"contains", "haystack", "ST", "false"},
		{"contains", "1", int64(1), "a string contains strings, not the int 1"},
		{"contains", list(int64(1), "a"), 1.0, "true"},
		{"contains", list(), nil, "false"},
		{"contains", mapOf("a", nil), "a", "true"},
		{"contains", mapOf("a", nil), int64(1), "keys of a map are strings"},
		{"contains", record("a", nil), "b", "false"},
		{"contains", statuses, int64(200), "contains needs a string, a list or a map"},
		{"contains", nil, "a", "not null"},
		{"in", int64(200), statuses, "true"},
		{"in", int64(299), statuses, "true"},
		{"in", 299.5, statuses, "false"},
		{"in", "200", statuses, "cannot compare"},
		{"in", 0.05, share, "true"},
		{"in", "a", mapOf("a", nil), "true"},
		{"in", "a", record("b", nil), "false"},
		{"in", "a", list("b", "a"), "true"},
		{"in", "a", "abc", "a string is asked by contains"},
		{"in", "a", int64(1), "in needs a list, a range or a map, not the int 1"},
	} {
		f := value.Contains
		if c.op == "in" {
			f = value.In
		}
		got, err := f(c.a, c.b)
		if !matchesOutcome(got, err, c.want) {
			t.Errorf("%v %s %v: %v, %v, want %s", c.a, c.op, c.b, got, err, c.want)
		}
	}
}

func TestNewRange(t *testing.T) {
	t.Parallel()
	if r, err := value.NewRange(int64(1), 2.5); err != nil || r.From != 1.0 || r.To != 2.5 {
		t.Errorf("%v, %v", r, err)
	}
	for _, c := range [][2]any{{"a", "b"}, {int64(1), time.Second}, {nil, nil}, {int64(1), value.Percent(5)}, {list(), list()}} {
		if r, err := value.NewRange(c[0], c[1]); err == nil {
			t.Errorf("there is a range %v", r)
		}
	}
}
