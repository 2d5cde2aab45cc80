// Package stdlibtest runs the tests of namespaces whose functions need nothing
// but their arguments.
package stdlibtest

import (
	"context"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Args are arguments by position; [stdlib.Missing] stands for one that is not
// given.
type Args []any

// Case is a call and what comes of it.
type Case struct {
	Function string // without its namespace
	Args     Args
	Want     any    // the result, of the same kind
	Err      string // or a part of the error
}

// Namespace returns a namespace of functions that are made already.
func Namespace(name string, functions ...*stdlib.Function) *stdlib.Namespace {
	n := &stdlib.Namespace{Name: name}
	for _, f := range functions {
		n.Declares = append(n.Declares, func() *stdlib.Function { return f })
	}
	return n
}

// Run makes the calls, and sees to it that each function of the namespace is
// called, and gives a value of the type that its signature promises for these
// arguments.
func Run(t *testing.T, ns *stdlib.Namespace, env *stdlib.Env, cases []Case) {
	t.Helper()
	functions := map[string]*stdlib.Function{}
	uncalled := map[string]bool{}
	for _, f := range ns.Functions() {
		name := strings.TrimPrefix(f.Name(), ns.Name+".")
		functions[name], uncalled[name] = f, true
	}
	for _, c := range cases {
		f := functions[c.Function]
		if f == nil {
			t.Errorf("there is no function %s", c.Function)
			continue
		}
		delete(uncalled, c.Function)
		got, err := Call(env, f, c.Args...)
		what := c.Function + "(" + strings.Trim(value.Literal([]any(c.Args)), "[]") + ")"
		switch {
		case c.Err != "" && (err == nil || !strings.Contains(err.Error(), c.Err)):
			t.Errorf("%s: got %s, %v, want the error %q", what, value.Literal(got), err, c.Err)
		case c.Err != "":
		case err != nil:
			t.Errorf("%s: %v", what, err)
		case value.KindOf(got) != value.KindOf(c.Want) || value.Literal(got) != value.Literal(c.Want):
			t.Errorf("%s: got %s, want %s", what, value.Literal(got), value.Literal(c.Want))
		default:
			promised(t, f, what, c.Args, got)
		}
	}
	for name := range uncalled {
		t.Errorf("no case calls %s", name)
	}
}

// Call binds the arguments and runs the function.
func Call(env *stdlib.Env, f *stdlib.Function, args ...any) (any, error) {
	bound, err := f.Bind(args)
	if err != nil {
		return nil, err
	}
	return f.Run(context.Background(), env, bound, nil)
}

// promised makes sure that a result is of the type that the checker goes by.
func promised(t *testing.T, f *stdlib.Function, what string, args Args, got any) {
	t.Helper()
	sig := f.Signature()
	typ := sig.Result
	if sig.Infer != nil {
		given := make([]*types.Type, len(sig.Params))
		for i, a := range args {
			if a != stdlib.Missing {
				given[i] = typeOf(a)
			}
		}
		typ = sig.Infer(given)
	}
	if _, err := value.Check(got, typ); err != nil {
		t.Errorf("%s: gives %s, but its type is %s", what, value.Describe(got), typ)
	}
}

// typeOf returns the type that the checker sees for a literal of the value.
func typeOf(v any) *types.Type {
	switch v := v.(type) {
	case []any:
		elem := types.InvalidType
		for _, e := range v {
			elem = types.Join(elem, typeOf(e))
		}
		return types.ListOf(elem)
	case *value.Map:
		return types.MapOf(types.AnyType)
	case value.Range:
		return types.RangeOf(typeOf(v.From))
	}
	return types.Basic(value.KindOf(v).String())
}
