// Package eval computes expressions. It knows nothing of runs: whatever an
// expression reads from outside of itself comes through a [Scope].
package eval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Scope is what an expression reads from outside of itself.
type Scope interface {
	// Value returns the value of a name. For an activity that runs in the
	// background it waits for its end.
	Value(ctx context.Context, v *program.Var) (any, error)
	// Elapsed returns NAME.elapsed of an activity or a wait.
	Elapsed(ctx context.Context, v *program.Var) (time.Duration, error)
	// It returns the result of the activity whose clause is evaluated, or
	// that of the same probe before the method.
	It(baseline bool) (any, error)
	// ItElapsed returns the time that belongs to It.
	ItElapsed(baseline bool) (time.Duration, error)
	// Call calls a function or a definition. args stand in the order of the
	// parameters; [stdlib.Missing] where one is not given.
	Call(ctx context.Context, c *program.Call, args []any) (any, error)
	// Met calls a definition and reports whether its expectations are met.
	// The error is for a call that was cancelled, not for one that failed.
	Met(ctx context.Context, c *program.Call, args []any) (bool, error)
	// LookupEnv returns a variable of the environment and whether it is set.
	LookupEnv(name string) (string, bool, error)
	// ReadFile returns the content of a file.
	ReadFile(name string) ([]byte, error)
}

// Hider is a [Scope] that wants to know the secrets that expressions compute
// from other secrets.
type Hider interface {
	Hide(secret any)
}

// Error is an error with the place of the expression that failed.
type Error struct {
	At  program.Loc
	Err error
}

// Error returns the text of the cause, without the place.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Eval returns the value of an expression. Its error is an [*Error] with the
// place of the innermost expression that failed.
func Eval(ctx context.Context, e program.Expr, s Scope) (any, error) {
	v, err := eval(ctx, e, s)
	if err != nil {
		return nil, at(e, err)
	}
	return v, nil
}

// at gives an error the place of e, unless it has one already.
func at(e program.Expr, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{At: e.Where(), Err: err}
}

func eval(ctx context.Context, e program.Expr, s Scope) (any, error) {
	switch e := e.(type) {
	case *program.Const:
		return e.Value, nil
	case *program.Ref:
		return s.Value(ctx, e.Var)
	case *program.Elapsed:
		return s.Elapsed(ctx, e.Var)
	case *program.It:
		if e.Elapsed {
			return s.ItElapsed(e.Baseline)
		}
		return s.It(e.Baseline)
	case *program.Field:
		x, err := Eval(ctx, e.X, s)
		if err != nil {
			return nil, err
		}
		return field(x, e.Name, e.Index)
	case *program.Index:
		x, err := Eval(ctx, e.X, s)
		if err != nil {
			return nil, err
		}
		i, err := Eval(ctx, e.I, s)
		if err != nil {
			return nil, err
		}
		return index(x, i)
	case *program.Unary:
		return unary(ctx, e, s)
	case *program.Binary:
		return binary(ctx, e, s)
	case *program.Cond:
		c, err := Bool(ctx, e.If, s)
		if err != nil {
			return nil, err
		}
		if c {
			return fit(ctx, e.Then, e.T, s)
		}
		return fit(ctx, e.Else, e.T, s)
	case *program.Met:
		args, err := Args(ctx, e.Call, s)
		if err != nil {
			return nil, err
		}
		return s.Met(ctx, e.Call, args)
	case *program.Builtin:
		return builtin(ctx, e, s)
	case *program.Call:
		args, err := Args(ctx, e, s)
		if err != nil {
			return nil, err
		}
		v, err := s.Call(ctx, e, args)
		return hide(v, e, s), err
	}
	return composite(ctx, e, s)
}

// composite evaluates what is put together from several values.
func composite(ctx context.Context, e program.Expr, s Scope) (any, error) {
	switch e := e.(type) {
	case *program.List:
		return elements(ctx, e.Elems, e.T, s)
	case *program.Rest:
		return rest(ctx, e, s)
	case *program.Object:
		r := &value.Record{Type: e.T, Vals: make([]any, len(e.Vals))}
		for i, x := range e.Vals {
			v, err := Eval(ctx, x, s)
			if err != nil {
				return nil, err
			}
			r.Vals[i] = v
		}
		if e.T.Kind != types.Record {
			return value.Check(r, e.T)
		}
		return r, nil
	case *program.Interp:
		return interp(ctx, e, s)
	}
	return nil, fmt.Errorf("internal error: an expression of type %T", e)
}

// Bool returns the value of a condition.
func Bool(ctx context.Context, e program.Expr, s Scope) (bool, error) {
	v, err := Eval(ctx, e, s)
	if err != nil {
		return false, err
	}
	b, ok := v.(bool)
	if !ok {
		return false, &Error{At: e.Where(), Err: fmt.Errorf("wants a bool, not %s", value.Describe(v))}
	}
	return b, nil
}

// Args evaluates the arguments of a call, in the order of its parameters;
// those that are not given are [stdlib.Missing]. One that fails fails the call,
// unless its parameter takes that: then it is a [stdlib.Attempt] with the error.
func Args(ctx context.Context, c *program.Call, s Scope) ([]any, error) {
	args := make([]any, len(c.Args))
	for i, a := range c.Args {
		if a == nil {
			args[i] = stdlib.Missing
			continue
		}
		v, err := argument(ctx, c, i, s)
		if err != nil {
			return nil, err
		}
		if args[i], err = checkArgument(c, i, v); err != nil {
			return nil, &Error{At: a.Where(), Err: err}
		}
	}
	return args, nil
}

// argument evaluates one argument.
func argument(ctx context.Context, c *program.Call, i int, s Scope) (any, error) {
	if c.Func == nil || !c.Signature().Params[i].MayFail {
		return Eval(ctx, c.Args[i], s)
	}
	limited, done, err := limit(ctx, c, s)
	if err != nil {
		return nil, err
	}
	defer done()
	v, err := Eval(limited, c.Args[i], s)
	if err != nil && ctx.Err() == nil && !errors.Is(err, ErrUnknown) {
		return stdlib.Attempt{Err: err}, nil
	}
	return v, err
}

// limit returns the context for the arguments of a call that may fail.
func limit(ctx context.Context, c *program.Call, s Scope) (context.Context, context.CancelFunc, error) {
	sig := c.Signature()
	i := sig.Param(sig.Limit)
	if i < 0 || c.Args[i] == nil {
		return ctx, func() {}, nil
	}
	v, err := Eval(ctx, c.Args[i], s)
	if err != nil {
		return nil, nil, err
	}
	d, ok := v.(time.Duration)
	if !ok {
		return nil, nil, &Error{At: c.Args[i].Where(), Err: fmt.Errorf("wants a duration, not %s", value.Describe(v))}
	}
	limited, done := context.WithTimeoutCause(ctx, d, fmt.Errorf("it took more than %s", value.Text(v)))
	return limited, done, nil
}

// checkArgument checks an argument whose type was not known before.
func checkArgument(c *program.Call, i int, v any) (any, error) {
	t := c.Args[i].Type()
	if t.Kind != types.Any && (t.Elem == nil || t.Elem.Kind != types.Any) {
		return v, nil
	}
	p := &c.Signature().Params[i]
	checked, err := value.Check(v, p.Type)
	if err != nil {
		return nil, fmt.Errorf("argument %s: %w", p.Name, err)
	}
	return checked, nil
}

// fit evaluates an expression and makes its value one of type t, as an int in
// one branch of a conditional whose other is a float.
func fit(ctx context.Context, e program.Expr, t *types.Type, s Scope) (any, error) {
	v, err := Eval(ctx, e, s)
	if err != nil || types.Same(e.Type(), t) {
		return v, err
	}
	v, err = value.Check(v, t)
	if err != nil {
		return nil, &Error{At: e.Where(), Err: err}
	}
	return v, nil
}

func elements(ctx context.Context, elems []program.Expr, t *types.Type, s Scope) (any, error) {
	list := make([]any, len(elems))
	for i, x := range elems {
		var err error
		if t.Kind == types.List && t.Elem != nil {
			list[i], err = fit(ctx, x, t.Elem, s)
		} else {
			list[i], err = Eval(ctx, x, s)
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// rest evaluates the argument of a parameter that takes the rest.
func rest(ctx context.Context, e *program.Rest, s Scope) (any, error) {
	list := make([]any, 0, len(e.Elems))
	for _, x := range e.Elems {
		v, err := Eval(ctx, x, s)
		if err != nil {
			return nil, err
		}
		if spread, ok := v.([]any); ok {
			list = append(list, spread...)
		} else {
			list = append(list, v)
		}
	}
	return list, nil
}

func interp(ctx context.Context, e *program.Interp, s Scope) (any, error) {
	var b []byte
	for _, part := range e.Parts {
		v, err := Eval(ctx, part, s)
		if err == nil {
			b, err = value.AppendText(b, v)
		}
		if err != nil {
			return nil, err
		}
	}
	return string(b), nil
}

// hide tells the scope of a secret that has just come into being.
func hide(v any, e program.Expr, s Scope) any {
	if v != nil && e.Type().Secret {
		if h, ok := s.(Hider); ok {
			h.Hide(v)
		}
	}
	return v
}

func field(x any, name string, i int) (any, error) {
	switch x := x.(type) {
	case *value.Record:
		if i >= 0 && i < len(x.Type.Fields) && x.Type.Fields[i].Name == name {
			return x.At(i)
		}
		return x.Get(name)
	case *value.Map:
		if v, ok := x.Get(name); ok {
			return v, nil
		}
		return nil, missingKey(name, x)
	}
	return nil, fmt.Errorf("%s has no field %q", value.Describe(x), name)
}

func missingKey(name string, m *value.Map) error {
	const shown = 8
	keys := m.Keys()
	if len(keys) == 0 {
		return fmt.Errorf("there is no key %q: the map is empty", name)
	}
	more := ""
	if len(keys) > shown {
		keys, more = keys[:shown], ", …"
	}
	return fmt.Errorf("there is no key %q, only %s%s", name, strings.Join(keys, ", "), more)
}

func index(x, i any) (any, error) {
	switch x := x.(type) {
	case []any:
		n, ok := i.(int64)
		if !ok {
			return nil, fmt.Errorf("an index is an int, not %s", value.Describe(i))
		}
		if n < 0 || n >= int64(len(x)) {
			return nil, fmt.Errorf("index %d is outside of a list of %d", n, len(x))
		}
		return x[n], nil
	case *value.Map, *value.Record:
		name, ok := i.(string)
		if !ok {
			return nil, fmt.Errorf("a key is a string, not %s", value.Describe(i))
		}
		return field(x, name, -1)
	}
	return nil, fmt.Errorf("%s has no elements", value.Describe(x))
}

func unary(ctx context.Context, e *program.Unary, s Scope) (any, error) {
	if e.Op == ast.Not {
		b, err := Bool(ctx, e.X, s)
		return !b, err
	}
	x, err := Eval(ctx, e.X, s)
	if err != nil {
		return nil, err
	}
	v, err := value.Neg(x)
	return hide(v, e, s), err
}
