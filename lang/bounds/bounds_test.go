package bounds_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

type keyArgs struct {
	Key string `chaos:"key,optional" doc:"which"`
}

type loadArgs struct {
	For time.Duration `chaos:"for,length" doc:"how long" default:"30s"`
}

func registry(t *testing.T) *stdlib.Registry {
	t.Helper()
	spec := func(name string, kind types.FuncKind) stdlib.Spec {
		return stdlib.Spec{Name: "t." + name, Kind: kind, Summary: "Tests.", Example: "t.x()"}
	}
	reg, err := stdlib.NewRegistry(&stdlib.Namespace{Name: "t", Declares: []func() *stdlib.Function{
		func() *stdlib.Function {
			return stdlib.Define(spec("get", types.Probe), func(context.Context, *stdlib.Env, keyArgs) (any, error) { return nil, nil })
		},
		func() *stdlib.Function {
			return stdlib.Define(spec("load", types.Probe), func(context.Context, *stdlib.Env, loadArgs) (any, error) { return nil, nil })
		},
		func() *stdlib.Function {
			return stdlib.Define(spec("twice", types.Pure), func(_ context.Context, _ *stdlib.Env, a loadArgs) (time.Duration, error) {
				return 2 * a.For, nil
			})
		},
		func() *stdlib.Function {
			return stdlib.DefineAction(spec("set", types.Action),
				func(context.Context, *stdlib.Env, keyArgs, *struct{}) (stdlib.None, error) { return stdlib.None{}, nil },
				stdlib.Inverse[keyArgs, struct{}]{Does: "sets it back"})
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestOf(t *testing.T) {
	t.Parallel()
	const second = time.Second
	tests := []struct {
		parts   string
		want    bounds.Times
		unknown string
	}{
		{`method { pause 3s pause 2s }`, bounds.Times{Run: 5 * second}, ""},
		{`method { probe t.get() }`, bounds.Times{Run: 60 * second}, ""},
		{`runtime { timeout 5s } method { probe t.get() }`, bounds.Times{Run: 5 * second}, ""},
		{`method { probe t.get() timeout 2s delay 1s settle 3s }`, bounds.Times{Run: 6 * second}, ""},
		{`method { probe t.get() timeout 2s retry 3 expect it == 1 }`, bounds.Times{Run: 11 * second}, ""},
		{`method { probe t.get() timeout 2s retry 3 every 500ms expect it == 1 }`, bounds.Times{Run: 9500 * time.Millisecond}, ""},
		{`method { probe t.load(for: 10s) probe t.load() }`, bounds.Times{Run: 160 * second}, ""},
		{`method { probe t.load(for: 10s) timeout 5s }`, bounds.Times{Run: 5 * second}, ""},
		{`method { wait until t.get() == 1 within 10s every 1s }`, bounds.Times{Run: 11 * second}, ""},
		{`method { repeat 3 { pause 2s } }`, bounds.Times{Run: 6 * second}, ""},
		{`method { repeat for 5s every 2s { pause 3s } }`, bounds.Times{Run: 7 * second}, ""},
		{`method { repeat for 5s every 2s { log "x" } }`, bounds.Times{Run: 4 * second}, ""},
		{`method { for d in [1s, 2s, 3s] { pause d } }`, bounds.Times{Run: 6 * second}, ""},
		{`method { for n in 1..4 { pause 1s * n } }`, bounds.Times{Run: 10 * second}, ""},
		{`method { for n in 1..3 { pause if n == 2 then 1m else 1s } }`, bounds.Times{Run: 62 * second}, ""},
		{`method { for n in 1..1_000_000_000 { pause 1s } }`, bounds.Times{Run: 1_000_000_000 * second}, ""},
		{`method { parallel { pause 3s pause 5s if true { pause 2s } } }`, bounds.Times{Run: 5 * second}, ""},
		{`method { if true { pause 3s } else { pause 4s } }`, bounds.Times{Run: 4 * second}, ""},
		{`method { probe t.load(for: 1m) timeout 2m background pause 10s }`, bounds.Times{Run: 120 * second}, ""},
		{`method { pause 10s probe t.get() timeout 5s background pause 20s }`, bounds.Times{Run: 30 * second}, ""},
		{`method { let x = t.get() log x }`, bounds.Times{Run: 60 * second}, ""},
		{`method { probe t.get() timeout 1s expect t.get() == 1 }`, bounds.Times{Run: 61 * second}, ""},

		{`method { action t.set() timeout 2s undo }`, bounds.Times{Run: 4 * second, Undo: 60 * second}, ""},
		{`method { action t.set() timeout 2s retry 1 every 1s undo }`, bounds.Times{Run: 9 * second, Undo: 120 * second}, ""},
		{`method { action t.set() timeout 2s keep }`, bounds.Times{Run: 2 * second}, ""},
		{`method { repeat 3 { action a = t.set() timeout 1s undo restore a } }`, bounds.Times{Run: 186 * second, Undo: 180 * second}, ""},
		{`method { if true { action t.set() timeout 1s undo } else { pause 9s } }`, bounds.Times{Run: 9 * second, Undo: 60 * second}, ""},
		{`method { pause 1s } rollback { pause 2s action t.set() timeout 3s }`, bounds.Times{Run: second, Rollback: 5 * second}, ""},

		{`steady "s" { probe t.get() timeout 1s } method { pause 3s }`, bounds.Times{Run: 5 * second}, ""},
		{`steady "s" recovers within 10s { probe t.get() timeout 1s } method { pause 3s }`, bounds.Times{Run: 15 * second}, ""},
		{`steady "s" { probe t.get() timeout 1s } runtime { hypothesis skip } method { pause 3s }`, bounds.Times{Run: 3 * second}, ""},
		{`steady "s" { probe t.get() timeout 1s } runtime { hypothesis after-method } method { pause 3s }`, bounds.Times{Run: 4 * second}, ""},
		{`guard "g" { probe t.get() } method { pause 3s }`, bounds.Times{Run: 3 * second}, ""},
		{`setup { pause 4s } method { pause 3s }`, bounds.Times{Run: 7 * second}, ""},
		{`runtime { deadline 2s } method { probe t.get() } rollback { pause 5s }`, bounds.Times{Run: 2 * second, Rollback: 5 * second}, ""},

		{`method { action both(2s) action both(3s) retry 1 every 1s }`, bounds.Times{Run: 15 * second, Undo: 180 * second}, ""},
		{`method { action both(2s) timeout 1s }`, bounds.Times{Run: second, Undo: 60 * second}, ""},
		{`method { wait until fine() within 4s }`, bounds.Times{Run: 5 * second}, ""},
		{`config { d = 2s } method { pause d * 2 }`, bounds.Times{Run: 4 * second}, ""},
		{`config { d = t.twice(3s) } method { pause d }`, bounds.Times{Run: 6 * second}, ""},
		{`config { d = env("D", default: 2s) } method { pause d pause 1s }`, bounds.Times{Run: second}, "the pause in x.chaos:4:47"},
		{`config { l: list<int> } method { for x in l { pause 1s * x } }`, bounds.Times{}, "the number of rounds in x.chaos:4:34"},
		{`method { repeat 1_000_000_000 { repeat 1_000_000_000 { pause 9d } } }`, bounds.Times{Run: math.MaxInt64}, ""},
	}
	reg := registry(t)
	for _, test := range tests {
		src := "probe fine() = t.get() timeout 3s expect it == 1\n" +
			"action both(d: duration) { pause d action t.set() timeout 1s undo }\n" +
			"experiment \"e\" {\n" + test.parts + "\n}\n"
		none := func(string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }
		u, diags := load.Source(ast.NewSource("x.chaos", src), none)
		p, more := check.Check(u, reg)
		if p == nil {
			t.Errorf("%s: %v", test.parts, append(diags, more...))
			continue
		}
		exp := p.Experiments[0]
		got := bounds.Of(exp, values(t.Context(), exp))
		var unknown []string
		for _, u := range got.Unknown {
			unknown = append(unknown, u.String())
		}
		if got.Run != test.want.Run || got.Rollback != test.want.Rollback || got.Undo != test.want.Undo || strings.Join(unknown, ", ") != test.unknown {
			t.Errorf("%s\n got %s\nwant %s", test.parts, show(got, strings.Join(unknown, ", ")), show(test.want, test.unknown))
		}
	}
}

func show(t bounds.Times, unknown string) string {
	return fmt.Sprintf("run %v, rollback %v, undo %v, unknown %q", t.Run, t.Rollback, t.Undo, unknown)
}

// values knows the entries of config that need nothing from outside.
func values(ctx context.Context, exp *program.Experiment) func(program.Expr) (any, bool) {
	known := map[*program.Var]any{}
	find := func(v *program.Var) (any, bool) { x, ok := known[v]; return x, ok }
	for _, c := range exp.Config {
		if c.Value == nil {
			continue
		}
		if v, ok := eval.FoldWith(ctx, c.Value, find); ok {
			known[c.Var] = v
		}
	}
	return func(e program.Expr) (any, bool) { return eval.FoldWith(ctx, e, find) }
}

func TestTotal(t *testing.T) {
	t.Parallel()
	if got := (bounds.Times{Run: math.MaxInt64, Undo: time.Second}).Total(); got != math.MaxInt64 {
		t.Errorf("got %v", got)
	}
}
