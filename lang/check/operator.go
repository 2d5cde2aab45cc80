package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
	"github.com/chaosc-lang/chaosc/stdlib/value/pattern"
)

func (c *checker) unary(e *ast.Unary) program.Expr {
	x := &program.Unary{Op: e.Op, At: c.at(e.Span)}
	if e.Op == ast.Not {
		x.X = c.condition(e.X, role{noun: "the operand", word: "not"})
		x.T = types.BoolType
		return x
	}
	x.X = c.expr(e.X)
	t := x.X.Type()
	switch t.Kind {
	case types.Int, types.Float, types.Duration, types.Size, types.Percent, types.Any:
	case types.Invalid:
		return c.poison(e.Span)
	default:
		c.report(cannotNegate(c.at(e.Span), t))
		return c.poison(e.Span)
	}
	x.T = t
	if v, ok := c.known(x.X); ok {
		v, err := value.Neg(v)
		if err != nil {
			c.report(cannotCompute(c.at(e.Span), err))
			return c.poison(e.Span)
		}
		return c.nodes.consts.get(program.Const{Value: v, T: t, At: x.At})
	}
	return x
}

func (c *checker) binary(e *ast.Binary) program.Expr {
	switch e.Op {
	case ast.And, ast.Or:
		return c.logic(e)
	case ast.Matches:
		return c.matches(e)
	}
	comparison := e.Op.IsComparison()
	shows := c.flow.shows
	x := c.nodes.binaries.get(program.Binary{Op: e.Op, At: c.at(e.Span)})
	sum := c.sum
	c.sum = sumAround(sum, e)
	x.X = c.expr(e.X)
	c.sum = nil
	x.Y = c.expr(e.Y)
	c.sum = sum
	if comparison {
		c.flow.shows = shows // the bool of a comparison shows no secret
	}
	if comparison && isComparison(e.X) {
		return c.poison(e.Span) // comparisons do not chain, which the parser has told
	}
	a, b := x.X.Type(), x.Y.Type()
	t, ok := resultOf(e.Op, a, b)
	if !ok {
		c.wrongOperands(e, x)
		return c.poison(e.Span)
	}
	if t.Kind == types.Invalid {
		return c.poison(e.Span)
	}
	x.T = t
	if comparison {
		return x
	}
	return c.fold(e, x)
}

func isComparison(e ast.Expr) bool {
	b, ok := e.(*ast.Binary)
	return ok && b.Op.IsComparison()
}

// sumAround returns the outermost sum that starts with the left side of e,
// where that is a sum again: it is told of as a whole.
func sumAround(outer, e *ast.Binary) *ast.Binary {
	left, ok := e.X.(*ast.Binary)
	switch {
	case e.Op != ast.Add || !ok || left.Op != ast.Add:
		return nil
	case outer != nil:
		return outer
	}
	return e
}

// resultOf is types.BinaryResult with a short way for the operators whose
// operands have concrete types, which are most.
func resultOf(op ast.Op, a, b *types.Type) (*types.Type, bool) {
	if !a.Secret && !b.Secret {
		switch op {
		case ast.Eq, ast.Ne:
			return types.BoolType, a.Kind == b.Kind && a.Elem == nil && a.Fields == nil && a.Name == b.Name || types.Comparable(a, b)
		case ast.Lt, ast.Le, ast.Gt, ast.Ge:
			if isPoisonType(a) || isPoisonType(b) {
				return types.BoolType, true
			}
			return types.BoolType, types.Orderable(a, b)
		case ast.Add, ast.Sub, ast.Mul, ast.Div:
			if a.Kind == b.Kind && a.Kind != types.Any && a.Kind != types.Invalid {
				if k := types.Arithmetic(op.String(), a.Kind, b.Kind); k == a.Kind {
					return a, true
				}
			}
		}
	}
	return types.BinaryResult(op.String(), a, b)
}

func isPoisonType(t *types.Type) bool { return t.Kind == types.Invalid }

// fold computes what is known: an operation of constants is one. What
// overflows or divides by zero would do so in every run.
func (c *checker) fold(e *ast.Binary, x *program.Binary) program.Expr {
	b, knownB := c.known(x.Y)
	a, knownA := c.known(x.X)
	if e.Op == ast.Range {
		if knownA && knownB {
			if order, err := value.Compare(a, b); err == nil && order > 0 {
				c.report(rangeReversed(x.At, c.at(e.X.Range()), c.at(e.Y.Range())))
			}
		}
		return x
	}
	if e.Op == ast.Div && knownB && isZero(b) {
		c.report(divisionByZero(c.at(e.Y.Range())))
		return c.poison(e.Span)
	}
	if !knownA || !knownB {
		return x
	}
	v, ok, err := arithmetic(e.Op, a, b)
	switch {
	case err != nil:
		c.report(cannotCompute(x.At, err))
		return c.poison(e.Span)
	case !ok:
		return x
	}
	return c.nodes.consts.get(program.Const{Value: v, T: x.T, At: x.At})
}

// isZero reports whether a number cannot be a divisor.
func isZero(v any) bool {
	_, err := value.Div(v, v)
	return err != nil
}

// logic is `and` and `or`, whose operands are conditions.
func (c *checker) logic(e *ast.Binary) program.Expr {
	r := role{noun: "an operand", word: e.Op.String()}
	x := c.nodes.binaries.get(program.Binary{Op: e.Op, At: c.at(e.Span), T: types.BoolType})
	x.X = c.condition(e.X, r)
	if list, ok := c.alternatives(e); ok {
		c.report(list)
		return c.poison(e.Span)
	}
	x.Y = c.condition(e.Y, r)
	if x.X.Type().Secret || x.Y.Type().Secret {
		x.T = x.T.AsSecret()
	}
	return x
}

// alternatives recognises `x == 200 or 503`, which is meant as x in [200, 503].
func (c *checker) alternatives(e *ast.Binary) (*mistake, bool) {
	eq, ok := e.X.(*ast.Binary)
	if !ok || e.Op != ast.Or || eq.Op != ast.Eq {
		return nil, false
	}
	switch e.Y.(type) {
	case *ast.Number, *ast.String:
		return orWithoutComparison(c.at(e.Y.Range()), c.at(e.Span), eq, c.file.Source), true
	}
	return nil, false
}

// matches needs its pattern at load time.
func (c *checker) matches(e *ast.Binary) program.Expr {
	shows := c.flow.shows
	x := c.nodes.binaries.get(program.Binary{Op: e.Op, At: c.at(e.Span), T: types.BoolType})
	x.X = c.expr(e.X)
	x.Y = c.loadTime(e.Y, role{noun: "the pattern", word: "matches"})
	c.flow.shows = shows
	a, b := x.X.Type(), x.Y.Type()
	if _, ok := types.BinaryResult("matches", a, b); !ok {
		c.wrongOperands(e, x)
		return c.poison(e.Span)
	}
	if v, ok := c.known(x.Y); ok {
		m, err := c.pattern(v.(string))
		if err != nil {
			c.report(badPattern(c.at(e.Y.Range()), e.Y, err))
			return c.poison(e.Span)
		}
		x.Pattern = m
	}
	return x
}

// pattern compiles a pattern, each once.
func (c *checker) pattern(text string) (*pattern.Pattern, error) {
	if p := c.patterns[text]; p != nil {
		return p, nil
	}
	p, err := pattern.Compile(text)
	if err != nil {
		return nil, err
	}
	if c.patterns == nil {
		c.patterns = map[string]*pattern.Pattern{}
	}
	c.patterns[text] = p
	return p, nil
}

// wrongOperands finds out what is wrong with two operands that an operator
// does not take together.
func (c *checker) wrongOperands(e *ast.Binary, x *program.Binary) {
	a, b := x.X.Type(), x.Y.Type()
	at, left, right := c.at(e.OpPos), c.at(e.X.Range()), c.at(e.Y.Range())
	switch {
	case e.Op == ast.Add && (a.Kind == types.String || b.Kind == types.String):
		if c.sum != nil {
			e = c.sum
		}
		c.report(stringAddition(c.at(e.Span), e, c.file.Source))
	case c.bareNumber(e, x, a, b):
	case e.Op == ast.Eq || e.Op == ast.Ne:
		c.report(neverEqual(at, left, right, a, b, e.Op))
	case (e.Op == ast.In || e.Op == ast.NotIn) && b.Kind == types.String:
		c.report(inString(c.at(e.Span), e, c.file.Source))
	case e.Op == ast.Contains && a.Kind == types.Range:
		c.report(rangeContains(c.at(e.Span), e, c.file.Source))
	case e.Op == ast.Meets:
		c.report(wrongTolerance(right, b))
	case e.Op == ast.Matches:
		if a.Kind != types.String {
			c.report(wrongType(left, role{noun: "the left side", word: "matches"}, a, types.StringType, e.X, nil, false))
		} else {
			c.report(wrongType(right, role{noun: "the pattern", word: "matches"}, b, types.StringType, e.Y, nil, false))
		}
	case e.Op.IsComparison():
		c.report(cannotCompare(at, left, right, a, b, e.Op))
	default:
		c.report(wrongOperands(at, left, right, a, b, e.Op))
	}
}

// bareNumber recognises a number without the unit that the other side has.
func (c *checker) bareNumber(e *ast.Binary, x *program.Binary, a, b *types.Type) bool {
	switch e.Op {
	case ast.Eq, ast.Ne, ast.Lt, ast.Le, ast.Gt, ast.Ge, ast.Add, ast.Sub, ast.Range:
	default:
		return false
	}
	if n, ok := e.Y.(*ast.Number); ok && b.Kind.IsNumeric() && unitOf(a.Kind, e.X) != "" {
		c.report(missingUnit(c.at(n.Span), n, a, unitBeside(a.Kind, e.X, n), e.Op, c.at(e.X.Range())))
		return true
	}
	if n, ok := e.X.(*ast.Number); ok && a.Kind.IsNumeric() && unitOf(b.Kind, e.Y) != "" {
		c.report(missingUnit(c.at(n.Span), n, b, unitBeside(b.Kind, e.Y, n), e.Op, c.at(e.Y.Range())))
		return true
	}
	return false
}

// condition checks an expression that must be true or false. A call of a
// definition with expectations of its own says whether they are met.
func (c *checker) condition(e ast.Expr, r role) program.Expr {
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			break
		}
		e = p.X
	}
	x := c.expr(e)
	if call, ok := x.(*program.Call); ok && call.Def != nil && call.Def.HasChecks() {
		return &program.Met{Call: call, At: call.At}
	}
	t := x.Type()
	if t.Kind == types.Bool || types.Assignable(t, types.BoolType) {
		return x
	}
	c.report(notBool(c.at(e.Range()), r, t, e, c.file.Source))
	return c.poison(e.Range())
}
