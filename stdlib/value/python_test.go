package value_test

import (
	"math"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func pairs(kv ...any) *value.Map {
	m := value.NewMap(len(kv) / 2)
	for i := 0; i < len(kv); i += 2 {
		m.Set(kv[i].(string), kv[i+1])
	}
	return m
}

// TestPythonText has what str of Python 3 gives.
func TestPythonText(t *testing.T) {
	t.Parallel()
	record := &value.Record{
		Type: types.RecordOf("", types.Field{Name: "status"}, types.Field{Name: "stdout"}, types.Field{Name: "json"}),
		Vals: []any{int64(0), "a\n", value.NewLazy(func() (any, error) { return nil, nil })},
	}
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, "None"}, {true, "True"}, {false, "False"}, {int64(-3), "-3"}, {"it's\n", "it's\n"}, {"", ""},
		{1.0, "1.0"}, {0.1, "0.1"}, {1e15, "1000000000000000.0"}, {1e16, "1e+16"}, {1.5e-5, "1.5e-05"}, {0.0001, "0.0001"},
		{1e100, "1e+100"}, {-0.25, "-0.25"}, {math.Copysign(0, -1), "-0.0"}, {123456789012345678.0, "1.2345678901234568e+17"},
		{math.NaN(), "nan"}, {math.Inf(1), "inf"}, {math.Inf(-1), "-inf"}, {5e-324, "5e-324"},
		{[]any{}, "[]"}, {pairs(), "{}"},
		{[]any{int64(1), "a", nil, true, 1.0}, "[1, 'a', None, True, 1.0]"},
		{pairs("k", int64(1), "b c", []any{"x"}), "{'k': 1, 'b c': ['x']}"},
		{record, `{'status': 0, 'stdout': 'a\n'}`},
		{[]any{`it's`, `say "x"`, `it's "x"`, `back\slash`, "\t\r\n\x00\x7f"}, `["it's", 'say "x"', 'it\'s "x"', 'back\\slash', '\t\r\n\x00\x7f']`},
		{[]any{"é✓日🎉", "\u00a0\u00ad\u200b\u2028\ue000", "\U000e0001\u0378"}, `['é✓日🎉', '\xa0\xad\u200b\u2028\ue000', '\U000e0001\u0378']`},
		{2 * time.Second, "2s"}, {[]any{2 * time.Second}, "['2s']"}, {value.Size(1024), "1KiB"},
	} {
		if got := value.PythonText(c.v); got != c.want {
			t.Errorf("%s: got %s, want %s", value.Literal(c.v), got, c.want)
		}
	}
}

func TestPythonTrue(t *testing.T) {
	t.Parallel()
	for _, v := range []any{nil, false, int64(0), 0.0, "", []any{}, pairs(), time.Duration(0)} {
		if value.PythonTrue(v) {
			t.Errorf("%s is true", value.Literal(v))
		}
	}
	for _, v := range []any{true, int64(-1), 0.5, math.NaN(), "0", []any{nil}, pairs("a", nil), time.Second} {
		if !value.PythonTrue(v) {
			t.Errorf("%s is false", value.Literal(v))
		}
	}
}

func TestPythonEqual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b any
		want bool
	}{
		{true, int64(1), true}, {false, 0.0, true}, {true, int64(2), false}, {"1", int64(1), false}, {nil, false, false},
		{[]any{true, pairs("a", int64(0))}, []any{1.0, pairs("a", false)}, true}, {[]any{true}, []any{"true"}, false},
	} {
		if got := value.PythonEqual(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: got %v", value.Literal(c.a), value.Literal(c.b), got)
		}
	}
}
