package toolkit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func pairs(kv ...any) *value.Map {
	m := value.NewMap(len(kv) / 2)
	for i := 0; i < len(kv); i += 2 {
		m.Set(kv[i].(string), kv[i+1])
	}
	return m
}

func list(items ...any) []any { return append([]any{}, items...) }

func record(kv ...any) *value.Record {
	r := &value.Record{Type: types.RecordOf("")}
	for i := 0; i < len(kv); i += 2 {
		r.Type.Fields = append(r.Type.Fields, types.Field{Name: kv[i].(string), Type: types.AnyType})
		r.Vals = append(r.Vals, kv[i+1])
	}
	return r
}

// response is the result of http, whose data is what data gives.
func response(status int64, data func() (any, error)) *value.Record {
	return record("status", status, "headers", pairs("A", "b"), "body", "{}", "data", value.NewLazy(data), "url", "http://x/")
}

func parsed(v any) func() (any, error) { return func() (any, error) { return v, nil } }

func notJSON() (any, error) { return nil, errors.New("the body is not JSON") }

func TestFunctions(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	doc := pairs("z", list(pairs("b", int64(1)), pairs("b", 2.5), pairs("c", "x")), "a", pairs("b", nil, "0", true))
	ok := response(200, parsed(pairs("k", list(true))))
	missing := stdlib.Missing
	env := &stdlib.Env{Clock: &clock{}, Log: func(string, string) {},
		LookupEnv: func(name string) (string, bool) { return "80", name == "PORT" }}
	stdlibtest.Run(t, Namespace, env, []stdlibtest.Case{
		{Function: "str", Args: args{list(true, nil, 1.0, "a")}, Want: "[True, None, 1.0, 'a']"},
		{Function: "str", Args: args{"text"}, Want: "text"},
		{Function: "str", Args: args{ok}, Want: "{'status': 200, 'headers': {'A': 'b'}, 'body': {'k': [True]}}"},
		{Function: "str", Args: args{response(200, notJSON)}, Err: "the body is not JSON"},

		{Function: "path", Args: args{doc, "$.z[*].b"}, Want: list(int64(1), 2.5)},
		{Function: "path", Args: args{doc, `  $.z[*][?(@.b or @.c="x" and @.b!=1)].*`}, Want: list(2.5)},
		{Function: "path", Args: args{`{"a": [1, 2]}`, "$.a.length()"}, Want: list(int64(2))},
		{Function: "path", Args: args{"plain text", "$"}, Want: list("plain text")},
		{Function: "path", Args: args{"plain text", "$.a"}, Want: list()},
		{Function: "path", Args: args{"12", "$"}, Want: list(int64(12))},
		{Function: "path", Args: args{ok, "$.body.k[0]"}, Want: list(true)},
		{Function: "path", Args: args{ok, "$.keys()"}, Want: list(list("status", "headers", "body"))},
		{Function: "path", Args: args{response(200, notJSON), "$.body"}, Err: "the body is not JSON"},
		{Function: "path", Args: args{doc, "$.z[?(@.b=='x')]"}, Err: `"$.z[?(@.b=='x')]" is not a path of the Chaos Toolkit: equality is written = and not == at byte 10`},
		{Function: "path", Args: args{doc, strings.Repeat("$", 300)}, Err: `$$…" is not a path of the Chaos Toolkit: a path has the end here, not "$" at byte 1`},
		{Function: "count", Args: args{doc, "$.z[*]"}, Want: int64(3)},
		{Function: "count", Args: args{doc, "$.no"}, Want: int64(0)},
		{Function: "count", Args: args{doc, "z"}, Err: "is not a path"},

		{Function: "range", Args: args{"42\n", int64(4), 42.0}, Want: true},
		{Function: "range", Args: args{" +4_2.5e-1 ", 4.25, 4.25}, Want: true},
		{Function: "range", Args: args{"0.1", 0.1, int64(1)}, Want: false}, // a float of 0.1 is a little more
		{Function: "range", Args: args{0.1, 0.1, int64(1)}, Want: true},
		{Function: "range", Args: args{true, int64(1), int64(1)}, Want: true},
		{Function: "range", Args: args{int64(9007199254740993), 9007199254740992.0, 9007199254740992.0}, Want: false},
		{Function: "range", Args: args{"1e999999999999999999999", int64(0), math.MaxFloat64}, Want: false},
		{Function: "range", Args: args{"-1e-999999999", int64(0), int64(1)}, Want: false},
		{Function: "range", Args: args{"1e-999999999", int64(0), 5e-324}, Want: true},
		{Function: "range", Args: args{"000e5", int64(0), int64(0)}, Want: true},
		{Function: "range", Args: args{".5", 0.5, math.Inf(1)}, Want: true},
		{Function: "range", Args: args{"5.", int64(5), int64(5)}, Want: true},
		{Function: "range", Args: args{"-Infinity", math.Inf(-1), int64(0)}, Want: true},
		{Function: "range", Args: args{"-inf", int64(-1), int64(0)}, Want: false},
		{Function: "range", Args: args{"NaN", int64(-1), int64(1)}, Want: false},
		{Function: "range", Args: args{math.NaN(), int64(-1), int64(1)}, Want: false},
		{Function: "range", Args: args{int64(0), int64(-1), math.NaN()}, Want: false},
		{Function: "range", Args: args{int64(3), int64(4), int64(1)}, Want: false},
		{Function: "range", Args: args{nil, int64(0), int64(1)}, Err: "a range is for numbers and texts, not for null"},
		{Function: "range", Args: args{doc, int64(0), int64(1)}, Err: "not for a map"},

		{Function: "number", Args: args{"Infinity"}, Want: math.Inf(1)},
		{Function: "number", Args: args{"-.INF"}, Want: math.Inf(-1)},
		{Function: "number", Args: args{".nan"}, Want: math.NaN()},
		{Function: "number", Args: args{"100000000000000000000"}, Want: 1e20},
		{Function: "number", Args: args{"-9223372036854775808"}, Want: int64(math.MinInt64)},
		{Function: "number", Args: args{"1e999"}, Want: math.Inf(1)},
		{Function: "number", Args: args{"0x1p3"}, Err: `"0x1p3" is not a number`},
		{Function: "number", Args: args{"one"}, Err: `"one" is not a number`},

		{Function: "bool", Args: args{"FALSE"}, Want: false},
		{Function: "bool", Args: args{"no"}, Want: false},
		{Function: "bool", Args: args{"0"}, Want: false},
		{Function: "bool", Args: args{""}, Want: true},
		{Function: "bool", Args: args{"off"}, Want: true},
		{Function: "bool", Args: args{" false"}, Want: true},
		{Function: "bool", Args: args{false}, Want: false},
		{Function: "bool", Args: args{int64(0)}, Err: "a bool is read from a text, not from the int 0"},
		{Function: "json", Args: args{`{"a": [1, null]}`}, Want: pairs("a", list(int64(1), nil))},
		{Function: "json", Args: args{""}, Want: ""},
		{Function: "json", Args: args{list(int64(1))}, Want: list(int64(1))},
		{Function: "json", Args: args{"{"}, Err: "the text is not JSON"},
		{Function: "bytes", Args: args{"ab"}, Want: value.NewPythonBytes([]byte("ab"))},
		{Function: "bytes", Args: args{"/w\n ==", true}, Want: value.NewPythonBytes([]byte{0xff})},
		{Function: "bytes", Args: args{"!", true}, Err: `"!" is not base64`},
		{Function: "date", Args: args{"2024-05-06"}, Want: value.NewPythonDate("2024-05-06")},
		{Function: "date", Args: args{"2024-05-06 07:08:09.500000+00:00"}, Want: value.NewPythonDate("2024-05-06 07:08:09.500000+00:00")},
		{Function: "date", Args: args{"2024-13-01"}, Err: `"2024-13-01" is not a date of Python`},

		{Function: "output", Args: args{response(503, parsed("busy"))}, Want: pairs("status", int64(503), "headers", pairs("A", "b"), "body", "busy")},
		{Function: "output", Args: args{list()}, Want: list()},
		{Function: "value", Args: args{record("status", int64(0), "stdout", " \x1fa b\u00a0\n", "stderr", "")}, Want: "a b"},
		{Function: "value", Args: args{record("status", int64(2), "stdout", "a", "stderr", "")}, Want: nil},
		{Function: "value", Args: args{record("status", int64(-9), "stdout", "a", "stderr", ""), missing, missing, "${a}"}, Want: "${a}"},
		{Function: "value", Args: args{ok}, Want: pairs("k", list(true))},
		{Function: "value", Args: args{response(500, notJSON), missing, missing, int64(1)}, Want: int64(1)},
		{Function: "value", Args: args{pairs("status", int64(5))}, Want: pairs("status", int64(5))},
		{Function: "value", Args: args{stdlib.Attempt{Err: errors.New("refused")}, missing}, Want: nil},

		{Function: "met", Args: args{""}, Want: false},
		{Function: "met", Args: args{list(nil)}, Want: true},
		{Function: "met", Args: args{record("status", int64(1), "stdout", "", "stderr", "")}, Want: true},
		{Function: "met", Args: args{stdlib.Attempt{Err: errors.New("refused")}}, Want: false},
		{Function: "met", Args: args{stdlib.Attempt{Err: fmt.Errorf("it: %w", &stdlib.AbortError{Reason: "no module"})}}, Err: "no module"},
		{Function: "env", Args: args{"PORT", int64(1)}, Want: "80"},
		{Function: "env", Args: args{"NONE", int64(1)}, Want: int64(1)},
		{Function: "env", Args: args{"NONE"}, Want: nil},

		{Function: "run", Args: args{"", "x"}, Err: "the path of the program is empty"},
		{Function: "run", Args: args{"true", int64(5)}, Err: "arguments are a list, a map or a text, not the int 5"},
		{Function: "sleep", Args: args{-0.1}, Err: "sleep length must be non-negative"},
		{Function: "sleep", Args: args{"1"}, Err: `seconds are a number, not the string "1"`},
		{Function: "sleep", Args: args{math.NaN()}, Err: "non-negative"},
		{Function: "abort", Args: args{"because"}, Err: "because"},
	})
}

// clock only notes how long it was to sleep.
type clock struct {
	stdlib.SystemClock
	slept []time.Duration
}

func (c *clock) Sleep(_ context.Context, d time.Duration) error {
	c.slept = append(c.slept, d)
	return nil
}

func TestSleep(t *testing.T) {
	t.Parallel()
	c := &clock{}
	for _, s := range []any{1.5, int64(2), true, 0.0, 1e300, 250 * time.Millisecond} {
		if v, err := stdlibtest.Call(&stdlib.Env{Clock: c}, sleep(), s); v != nil || err != nil {
			t.Errorf("%v: %v, %v", s, v, err)
		}
	}
	want := "[1.5s 2s 1s 0s 2562047h47m16.854775807s 250ms]"
	if got := fmt.Sprint(c.slept); got != want {
		t.Errorf("slept %s, want %s", got, want)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the deadline is over"))
	f := sleep()
	bound, err := f.Bind([]any{int64(100)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Run(ctx, &stdlib.Env{Clock: stdlib.SystemClock{}}, bound, nil); err == nil || err.Error() != "the deadline is over" {
		t.Errorf("got %v", err)
	}
}

// TestWarnings makes sure that several entries that fail are told once, when
// all are loaded.
func TestWarnings(t *testing.T) {
	t.Parallel()
	var lines []string
	env := &stdlib.Env{Log: func(level, message string) { lines = append(lines, level+" "+message) }}
	f := dynamic()
	for _, v := range []any{
		record("status", int64(2), "stdout", "", "stderr", "oh"),
		stdlib.Attempt{Err: errors.New("refused")},
		response(404, parsed("gone")),
		record("status", int64(0), "stdout", "fine", "stderr", ""),
	} {
		if _, err := stdlibtest.Call(env, f, v); err != nil {
			t.Error(err)
		}
	}
	lines = append(lines, "all are loaded")
	env.Close()
	want := strings.Join([]string{
		"WARNING " + warnExitCode,
		"DEBUG Failed to load configuration '': the exit code is 2: oh",
		"DEBUG Failed to load configuration '': refused",
		"WARNING " + warnStatus,
		"all are loaded",
		"WARNING " + warnDynamic,
	}, "\n")
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCompiledPathsAreBounded(t *testing.T) {
	for i := range 3 * maxCompiled {
		if _, err := compile(fmt.Sprintf("$[%d]", i)); err != nil {
			t.Fatal(err)
		}
	}
	long := "$" + strings.Repeat(".a", maxKept)
	if _, err := compile(long); err != nil {
		t.Fatal(err)
	}
	compiled.Lock()
	defer compiled.Unlock()
	if n := len(compiled.paths); n > maxCompiled || compiled.paths[long] != nil {
		t.Errorf("%d paths are kept", n)
	}
}
