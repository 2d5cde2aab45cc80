package eval

import (
	"context"
	"fmt"
	"sync"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
	"github.com/chaosc-lang/chaosc/stdlib/value/pattern"
)

func binary(ctx context.Context, e *program.Binary, s Scope) (any, error) {
	switch e.Op {
	case ast.And, ast.Or:
		x, err := Bool(ctx, e.X, s)
		if err != nil || x == (e.Op == ast.Or) {
			return x, err
		}
		return Bool(ctx, e.Y, s)
	}
	x, err := Eval(ctx, e.X, s)
	if err != nil {
		return nil, err
	}
	if e.Op == ast.Matches && e.Pattern != nil {
		return match(e.Pattern, x)
	}
	y, err := Eval(ctx, e.Y, s)
	if err != nil {
		return nil, err
	}
	v, err := apply(e.Op, x, y)
	return hide(v, e, s), err
}

// apply computes x op y for the operators that evaluate both sides.
func apply(op ast.Op, x, y any) (any, error) {
	switch op {
	case ast.Eq:
		return value.Equal(x, y), nil
	case ast.Ne:
		return !value.Equal(x, y), nil
	case ast.Lt, ast.Le, ast.Gt, ast.Ge:
		c, err := value.Compare(x, y)
		if err != nil {
			return nil, err
		}
		switch op {
		case ast.Lt:
			return c < 0, nil
		case ast.Le:
			return c <= 0, nil
		case ast.Gt:
			return c > 0, nil
		}
		return c >= 0, nil
	case ast.In:
		return value.In(x, y)
	case ast.NotIn:
		in, err := value.In(x, y)
		return !in, err
	case ast.Contains:
		return value.Contains(x, y)
	case ast.Matches:
		text, ok := y.(string)
		if !ok {
			return nil, fmt.Errorf("a pattern is a string, not %s", value.Describe(y))
		}
		p, err := compiled(text)
		if err != nil {
			return nil, err
		}
		return match(p, x)
	case ast.Meets:
		return value.Meets(y, x), nil
	case ast.Range:
		return value.NewRange(x, y)
	case ast.Add:
		return value.Add(x, y)
	case ast.Sub:
		return value.Sub(x, y)
	case ast.Mul:
		return value.Mul(x, y)
	case ast.Div:
		return value.Div(x, y)
	}
	return nil, fmt.Errorf("internal error: operator %s", op)
}

func match(p program.Matcher, x any) (any, error) {
	text, ok := x.(string)
	if !ok {
		return nil, fmt.Errorf("matches needs a string, not %s", value.Describe(x))
	}
	return p.Match(text)
}

// patterns holds the compiled patterns that were not known to the checker, as
// those from config. A run has few of them: they are load-time values.
var patterns sync.Map

func compiled(text string) (program.Matcher, error) {
	if p, ok := patterns.Load(text); ok {
		return p.(program.Matcher), nil
	}
	p, err := pattern.Compile(text)
	if err != nil {
		return nil, err
	}
	patterns.Store(text, p)
	return p, nil
}
