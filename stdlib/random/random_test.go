package random

import (
	"math"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func span(from, to any) value.Range { return value.Range{From: from, To: to} }

// TestBounds asks where there is nothing to choose, or no way to.
func TestBounds(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	env := &stdlib.Env{Rand: stdlib.NewRand(1)}
	stdlibtest.Run(t, Namespace, env, []stdlibtest.Case{
		{Function: "int", Args: args{span(int64(7), int64(7))}, Want: int64(7)},
		{Function: "int", Args: args{span(int64(math.MaxInt64), int64(math.MaxInt64))}, Want: int64(math.MaxInt64)},
		{Function: "int", Args: args{span(int64(2), int64(1))}, Err: "the range 2..1 is empty"},
		{Function: "int", Args: args{span(1.5, 2.5)}, Err: "argument range: wants int, not the float 1.5"},
		{Function: "float", Args: args{span(2.5, 2.5)}, Want: 2.5},
		{Function: "float", Args: args{span(2.5, 1.0)}, Err: "the range 2.5..1.0 is empty"},
		{Function: "float", Args: args{span(-math.MaxFloat64, math.MaxFloat64)}, Err: "is empty"},
		{Function: "bool", Args: args{value.Percent(0)}, Want: false},
		{Function: "bool", Args: args{value.Percent(100)}, Want: true},
		{Function: "bool", Args: args{value.Percent(101)}, Err: "chance is 101%, which is not from 0% to 100%"},
		{Function: "duration", Args: args{span(time.Second, time.Second)}, Want: time.Second},
		{Function: "duration", Args: args{span(time.Second, time.Millisecond)}, Err: "the range 1s..1ms is empty"},
		{Function: "pick", Args: args{[]any{"a"}}, Want: "a"},
		{Function: "pick", Args: args{[]any{}}, Err: "the list is empty"},
		{Function: "shuffle", Args: args{[]any{int64(1)}}, Want: []any{int64(1)}},
		{Function: "shuffle", Args: args{[]any{}}, Want: []any{}},
		{Function: "uuid", Args: args{"x"}, Err: "there are 1 arguments for 0 parameters"},
	})
}

// TestChoices asks each function many times and looks whether everything that
// can come does come, and nothing else.
func TestChoices(t *testing.T) {
	t.Parallel()
	env := &stdlib.Env{Rand: stdlib.NewRand(42)}
	call := func(f *stdlib.Function, args ...any) any {
		v, err := stdlibtest.Call(env, f, args...)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]int{}
	items := []any{"a", "b", "c"}
	for range 2000 {
		n := call(integer(), span(int64(-1), int64(1))).(int64)
		if n < -1 || n > 1 {
			t.Fatalf("int gives %d", n)
		}
		f := call(float()).(float64)
		g := call(float(), span(10.0, 20.0)).(float64)
		if f < 0 || f >= 1 || g < 10 || g > 20 {
			t.Fatalf("float gives %v and %v", f, g)
		}
		d := call(duration(), span(time.Second, 2*time.Second)).(time.Duration)
		if d < time.Second || d > 2*time.Second {
			t.Fatalf("duration gives %s", d)
		}
		order := call(shuffle(), items).([]any)
		id := call(uuid()).(string)
		if !form.MatchString(id) {
			t.Fatalf("uuid gives %s", id)
		}
		big := call(integer(), span(int64(math.MinInt64), int64(math.MaxInt64))).(int64)
		for _, what := range []any{n, call(boolean(), value.Percent(20)), call(pick(), items), order, big > 0} {
			seen[value.Literal(what)]++
		}
		seen[id]++
		if seen[id] > 1 {
			t.Fatalf("%s comes twice", id)
		}
	}
	if !slices.Equal(items, []any{"a", "b", "c"}) {
		t.Error("the list itself was shuffled")
	}
	for _, want := range []string{"-1", "0", "1", `"a"`, `"b"`, `"c"`, `["a", "b", "c"]`, `["c", "b", "a"]`, `["b", "a", "c"]`} {
		if seen[want] < 200 {
			t.Errorf("%s came %d times in 2000", want, seen[want])
		}
	}
}

func TestTheSeedDecides(t *testing.T) {
	t.Parallel()
	draw := func(seed uint64) string {
		env := &stdlib.Env{Rand: stdlib.NewRand(seed)}
		var all []any
		for _, f := range []*stdlib.Function{float(), uuid(), boolean()} {
			v, err := stdlibtest.Call(env, f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, v)
		}
		return value.Literal(all)
	}
	first, again := draw(7), draw(7)
	if first != again {
		t.Error("the same seed makes other choices")
	}
	if first == draw(8) {
		t.Error("another seed makes the same choices")
	}
}
