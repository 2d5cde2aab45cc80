package stdlib_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// common are parameters that two functions share.
type common struct {
	Headers map[string]string `chaos:"headers,named,optional,secret" doc:"headers"`
}

type everyArgs struct {
	URL   string        `chaos:"url" doc:"address" effect:"net"`
	For   time.Duration `chaos:"for,length" doc:"how long"`
	Words []string      `chaos:"words,rest" doc:"the rest"`
	common
	Limit any            `chaos:"limit,named" doc:"a limit" type:"size | percent" default:"10%"`
	Retry *int           `chaos:"retry,named" doc:"tries"`
	Share *value.Percent `chaos:"share,named" doc:"a share"`
	Deep  map[string]any `chaos:"deep,named,optional" doc:"entries"`
	notes string         // without a tag, it is no parameter
}

type everyResult struct {
	Status int              `chaos:"status" doc:"a status"`
	Sizes  []value.Size     `chaos:"sizes" doc:"sizes"`
	Tags   map[string]int64 `chaos:"tags" doc:"tags"`
	Inner  inner            `chaos:"inner" doc:"a record"`
	JSON   *value.Lazy      `chaos:"json" doc:"on demand" type:"any"`
	Extra  *value.Map       `chaos:"extra" doc:"may be null" type:"any"`
	hidden int
}

type inner struct {
	At time.Time `chaos:"at" doc:"a time"`
}

// every has each kind of parameter; it returns its arguments as they came.
func every(got *everyArgs) *stdlib.Function {
	return stdlib.Define(stdlib.Spec{Name: "x.every", Kind: types.Open, Summary: "S.", Doc: "D.", Example: "x.every()"},
		func(_ context.Context, _ *stdlib.Env, a everyArgs) (everyResult, error) {
			*got = a
			got.notes = "seen"
			return everyResult{Status: 200, Sizes: []value.Size{1024}, Tags: map[string]int64{"b": 1, "a": 2},
				Inner: inner{time.Unix(0, 0).UTC()}, JSON: value.NewLazy(func() (any, error) { return "late", nil }), hidden: 1}, nil
		})
}

func TestSignature(t *testing.T) {
	t.Parallel()
	sig := every(&everyArgs{}).Signature()
	var lines []string
	for _, p := range sig.Params {
		line := p.Name + ": " + p.Type.String()
		for _, flag := range []struct {
			set  bool
			name string
		}{{p.Optional, "optional"}, {p.Named, "named"}, {p.Rest, "rest"}, {p.Secret, "secret"}, {p.Default != "", "= " + p.Default}, {p.Effect != 0, p.Effect.String()}} {
			if flag.set {
				line += " " + flag.name
			}
		}
		lines = append(lines, line)
	}
	want := `url: string net
for: duration
words: list<string> optional rest
headers: map<string> optional named secret
limit: size or percent optional named = 10%
retry: int optional named
share: percent optional named
deep: map<any> optional named`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := sig.Result.String(), "{status: int, sizes: list<size>, tags: map<int>, inner: {at: time}, json: any, extra: any}"; got != want {
		t.Errorf("the result is %s, want %s", got, want)
	}
	if sig.Length != "for" || sig.Kind != types.Open || sig.Name != "x.every" || sig.Summary != "S." || sig.Result.Fields[0].Doc != "a status" {
		t.Errorf("%+v", sig)
	}
}

func TestBindAndRun(t *testing.T) {
	t.Parallel()
	var got everyArgs
	f := every(&got)
	headers, deep := value.NewMap(1), value.NewMap(1)
	headers.Set("A", "b")
	deep.Set("n", nil)
	bound, err := f.Bind([]any{"http://x", time.Second, []any{"a", "b"}, headers, value.Size(5), int64(3), value.Percent(50), deep})
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.Run(t.Context(), &stdlib.Env{}, bound, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.URL != "http://x" || got.For != time.Second || strings.Join(got.Words, "+") != "a+b" || got.Headers["A"] != "b" ||
		got.Limit != value.Size(5) || *got.Retry != 3 || *got.Share != 50 || len(got.Deep) != 1 || got.Deep["n"] != nil {
		t.Errorf("the function got %+v", got)
	}
	want := `{"status": 200, "sizes": [1KiB], "tags": {"a": 2, "b": 1}, "inner": {"at": 1970-01-01T00:00:00Z}, "extra": null}`
	if value.Literal(result) != want {
		t.Errorf("the result is %s, want %s", value.Literal(result), want)
	}
	if v, err := result.(*value.Record).Get("json"); v != "late" || err != nil {
		t.Errorf("the lazy field is %v, %v", v, err)
	}
	if _, err := value.Check(result, f.Signature().Result); err != nil {
		t.Errorf("the result does not have its type: %v", err)
	}

	bound, err = f.Bind([]any{"u", time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Run(t.Context(), &stdlib.Env{}, bound, nil); err != nil {
		t.Fatal(err)
	}
	if got.Retry != nil || got.Share != nil || got.Limit != value.Percent(10) || got.Headers != nil || got.Words != nil {
		t.Errorf("without options the function got %+v", got)
	}
}

func TestBindErrors(t *testing.T) {
	t.Parallel()
	f := every(&everyArgs{})
	m := value.NewMap(1)
	m.Set("A", int64(1))
	const missing = "argument for is missing"
	for _, c := range []struct {
		args []any
		want string
	}{
		{nil, "argument url is missing"},
		{[]any{"u"}, missing},
		{[]any{"u", stdlib.Missing}, missing},
		{[]any{int64(1), time.Second}, "argument url: wants string, not the int 1"},
		{[]any{nil, time.Second}, "argument url: wants string, not null"},
		{[]any{"u", time.Second, []any{"a", int64(1)}}, "argument words: element 1: wants string, not the int 1"},
		{[]any{"u", time.Second, "a"}, `argument words: wants list<string>, not the string "a"`},
		{[]any{"u", time.Second, stdlib.Missing, m}, `argument headers: entry "A": wants string, not the int 1`},
		{[]any{"u", time.Second, stdlib.Missing, stdlib.Missing, int64(5)}, "argument limit: wants size or percent, not the int 5"},
		{[]any{"u", time.Second, nil, nil, nil, nil, nil, nil, "more"}, "there are 9 arguments for 8 parameters"},
	} {
		if _, err := f.Bind(c.args); err == nil || err.Error() != c.want {
			t.Errorf("%v: %v, want %s", c.args, err, c.want)
		}
	}
}

// define makes a function of any types of arguments and result.
func define[A, R any]() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{Name: "x.f"}, func(context.Context, *stdlib.Env, A) (r R, err error) { return r, nil })
}

func TestMalformedDeclarations(t *testing.T) {
	t.Parallel()
	type none = stdlib.None
	for _, c := range []struct {
		f    *stdlib.Function
		want string
	}{
		{define[int, none](), "arguments are a int, not a struct"},
		{define[struct {
			A string `chaos:"a"`
		}, none](), "field A: has no doc"},
		{define[struct {
			A string `chaos:"a,opt" doc:"d"`
		}, none](), `field A: unknown flag "opt"`},
		{define[struct {
			A string `chaos:"a" doc:"d" effect:"fly"`
		}, none](), `field A: unknown effect "fly"`},
		{define[struct {
			A string `chaos:"a" doc:"d"`
			B string `chaos:"a" doc:"d"`
		}, none](), "parameter a stands twice"},
		{define[struct {
			A chan int `chaos:"a" doc:"d"`
		}, none](), "the language has no type for chan int"},
		{define[struct {
			A int32 `chaos:"a" doc:"d"`
		}, none](), "no type for int32"},
		{define[struct {
			A time.Duration `chaos:"a" doc:"d" default:"5"`
		}, none](), `field A: default: "5" is not a duration`},
		{define[struct {
			A any `chaos:"a" doc:"d" type:"seize"`
		}, none](), `field A: unknown type "seize"`},
		{define[struct {
			A string `chaos:"a,rest" doc:"d"`
		}, none](), "field A: takes the rest but is no list"},
		{define[struct {
			A int `chaos:"a,length" doc:"d"`
		}, none](), "is the length of the call but no duration"},
		{define[struct {
			A *int `chaos:"a" doc:"d"`
			B int  `chaos:"b" doc:"d"`
		}, none](), "parameter b must be given but stands behind one that may be left out"},
		{define[struct {
			A int `chaos:"a,named" doc:"d"`
			B int `chaos:"b" doc:"d"`
		}, none](), "parameter b can be given by position but stands behind one that can not"},
		{define[struct {
			A []int `chaos:"a,rest" doc:"d"`
			B *int  `chaos:"b" doc:"d"`
		}, none](), "parameter b stands behind the one that takes the rest"},
		{define[struct{}, func()](), "result: the language has no type for func()"},
		{define[struct{}, map[int]string](), "result: keys of map[int]string are no strings"},
		{define[struct{}, struct {
			A complex64 `chaos:"a"`
		}](), "result: field A: the language has no type for complex64"},
	} {
		err := c.f.Check()
		if err == nil || !strings.HasPrefix(err.Error(), "function x.f: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func TestRegistry(t *testing.T) {
	t.Parallel()
	good := every(&everyArgs{})
	bad := define[int, stdlib.None]()
	ns := stdlibtest.Namespace("x", good, bad)
	r, err := stdlib.NewRegistry(ns)
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := r.Lookup("x.every"); !ok || f != good || r.Namespace("x") != ns || r.Namespace("y") != nil || len(r.Functions()) != 2 {
		t.Error("what is there is not found")
	}
	if _, ok := r.Lookup("every"); ok {
		t.Error("a function is found without its namespace")
	}
	if err := r.Check(); err == nil || !strings.Contains(err.Error(), "function x.f: arguments are a int") {
		t.Errorf("got %v", err)
	}
	if _, err := stdlib.NewRegistry(ns, ns); err == nil || err.Error() != "namespace x stands twice" {
		t.Errorf("got %v", err)
	}
	r, err = stdlib.NewRegistry(stdlibtest.Namespace("xy", good, every(&everyArgs{})))
	if err != nil {
		t.Fatal(err)
	}
	err = r.Check()
	for _, want := range []string{"function x.every stands twice", "function x.every stands in namespace xy"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestFunctionsAreMadeWhenTheyAreAskedFor(t *testing.T) {
	t.Parallel()
	made := map[string]int{}
	namespace := func(name string) *stdlib.Namespace {
		return &stdlib.Namespace{Name: name, Declares: []func() *stdlib.Function{func() *stdlib.Function {
			made[name]++
			return stdlib.Define(stdlib.Spec{Name: name + ".f"}, func(context.Context, *stdlib.Env, struct{}) (stdlib.None, error) {
				return stdlib.None{}, nil
			})
		}}}
	}
	r, err := stdlib.NewRegistry(namespace("x"), namespace("y"))
	if err != nil {
		t.Fatal(err)
	}
	first, _ := r.Lookup("x.f")
	again, _ := r.Lookup("x.f")
	if first == nil || first != again || first != r.Namespace("x").Functions()[0] {
		t.Error("a function is not the same each time")
	}
	if made["x"] != 1 || made["y"] != 0 {
		t.Errorf("made were %v", made)
	}
}
