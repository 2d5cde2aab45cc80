package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Values that are known when the program is checked: literals, constants, and
// what is computed from them. The arithmetic is that of the run, so that what
// overflows there is told here.

// known returns the value of an expression, where the text alone says it.
func (c *checker) known(x program.Expr) (any, bool) {
	switch x := x.(type) {
	case *program.Const:
		return x.Value, !isPoison(x)
	case *program.Ref:
		v, ok := c.constants[x.Var]
		return v, ok
	}
	return nil, false
}

func (c *checker) setKnown(v *program.Var, val any) {
	if c.constants == nil {
		c.constants = map[*program.Var]any{}
	}
	c.constants[v] = val
}

// arithmetic computes an operation on known values. ok is false where the
// operator is none of arithmetic.
func arithmetic(op ast.Op, a, b any) (v any, ok bool, err error) {
	switch op {
	case ast.Add:
		v, err = value.Add(a, b)
	case ast.Sub:
		v, err = value.Sub(a, b)
	case ast.Mul:
		v, err = value.Mul(a, b)
	case ast.Div:
		v, err = value.Div(a, b)
	default:
		return nil, false, nil
	}
	return v, true, err
}
