package format

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

// The precedences around those of operators.
const (
	precCond    = 0  // if c then a else b
	precNumber  = 9  // 1.x would be read as a number
	precPrimary = 10 // what needs no parentheses anywhere
)

// expr writes an expression: on this line if it fits with reserve columns to
// spare, else broken.
func (p *printer) expr(e ast.Expr, reserve int) {
	if e != nil && !p.try(reserve, func() { p.put(e, 0) }) {
		p.put(e, reserve)
	}
}

// put writes an expression, flat on trial, else broken where it can be. Of a
// chain that leans to the left only the leaves are tried again.
func (p *printer) put(e ast.Expr, reserve int) {
	if p.trial.failed {
		return
	}
	switch e := e.(type) {
	case *ast.Ident:
		p.write(e.Name)
	case *ast.Literal:
		p.write([...]string{ast.Null: "null", ast.True: "true", ast.False: "false"}[e.Kind])
	case *ast.Number:
		p.write(number(e))
	case *ast.String:
		p.str(e)
	case *ast.List:
		sequence(p, "[", "]", e.Elems, e, p.expr)
	case *ast.Object:
		sequence(p, "{", "}", e.Fields, e, func(f *ast.ObjectField, reserve int) {
			p.key(f.Key)
			p.write(": ")
			p.expr(f.Value, reserve)
		})
	case *ast.Paren:
		for inner, ok := e.X.(*ast.Paren); ok; inner, ok = e.X.(*ast.Paren) {
			e = inner
		}
		p.paren(e.X, reserve)
	case *ast.Unary:
		p.unary(e, reserve)
	case *ast.Binary:
		if e.Op == ast.And || e.Op == ast.Or {
			p.chain(e, reserve)
		} else {
			p.binary(e, reserve)
		}
	case *ast.Cond:
		p.cond(e, reserve)
	case *ast.Call:
		p.path(e)
		sequence(p, "(", ")", e.Args, e, p.arg)
	case *ast.Index:
		p.operand(e.X, precPrimary, 0)
		p.write("[")
		p.expr(e.Index, reserve+1)
		p.write("]")
	case *ast.Field:
		p.operand(e.X, precPrimary, 0)
		p.write(".")
		p.write(e.Name.Name)
	default:
		if e != nil {
			p.asWritten(e)
		}
	}
}

// call writes a call that stands where only a call can.
func (p *printer) call(c *ast.Call, reserve int) {
	if c != nil {
		p.expr(c, reserve)
	}
}

func (p *printer) path(c *ast.Call) {
	for i, id := range c.Path {
		if i > 0 {
			p.write(".")
		}
		p.write(id.Name)
	}
}

func (p *printer) arg(a *ast.Arg, reserve int) {
	if a.Name != nil {
		p.write(a.Name.Text) // any word will do
		p.write(": ")
	}
	p.expr(a.Value, reserve)
}

// sequence writes elements between brackets: flat with commas between them,
// broken with a line and a comma for each.
func sequence[T ast.Node](p *printer, open, end string, list []T, owner ast.Node, write func(T, int)) {
	p.write(open)
	if p.trial.flat {
		for i, e := range list {
			if p.trial.failed {
				return
			}
			if i > 0 {
				p.write(", ")
			}
			p.leading(e)
			write(e, 0)
			p.trailing(e)
		}
		p.inner(owner, false)
		p.write(end)
		return
	}
	size := len(p.buf)
	p.indent++
	for _, e := range list {
		p.newline()
		p.leading(e)
		write(e, 1)
		p.write(",")
		p.trailing(e)
	}
	p.inner(owner, len(list) == 0)
	p.indent--
	if len(p.buf) > size {
		p.newline()
	}
	p.write(end)
}

func precedence(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.Binary:
		return e.Op.Precedence()
	case *ast.Unary:
		return e.Op.Precedence()
	case *ast.Cond:
		return precCond
	case *ast.Number:
		if e.Text == "" && (e.Int < 0 || e.Float < 0) {
			return ast.Neg.Precedence()
		}
		return precNumber
	}
	return precPrimary
}

// operand writes an operand, in parentheses if it binds weaker than least.
func (p *printer) operand(e ast.Expr, least, reserve int) {
	if precedence(e) < least {
		p.paren(e, reserve)
		return
	}
	switch e := e.(type) {
	case nil:
	case *ast.Unary, *ast.Index, *ast.Field:
		p.put(e, reserve)
	case *ast.Binary:
		if e.Op == ast.And || e.Op == ast.Or {
			p.expr(e, reserve)
		} else {
			p.put(e, reserve)
		}
	default:
		p.expr(e, reserve)
	}
}

func (p *printer) paren(e ast.Expr, reserve int) {
	p.write("(")
	p.expr(e, reserve+1)
	p.write(")")
}

func (p *printer) unary(e *ast.Unary, reserve int) {
	if e.Op == ast.Not {
		p.write("not ")
		p.operand(e.X, ast.Not.Precedence(), reserve)
		return
	}
	p.write("-")
	p.operand(e.X, ast.Neg.Precedence()+1, reserve)
}

func (p *printer) binary(e *ast.Binary, reserve int) {
	least := e.Op.Precedence()
	left := least
	if e.Op.IsComparison() || e.Op == ast.Range { // do not chain
		left++
	}
	if e.Op == ast.Range {
		p.operand(e.X, left, len(".."))
		p.write("..")
	} else {
		p.operand(e.X, left, 0)
		p.write(" ")
		p.write(e.Op.String())
		p.write(" ")
	}
	p.operand(e.Y, least+1, reserve)
}

// chain writes what `and` or `or` join: broken, each but the first operand
// starts a line, a level deeper.
func (p *printer) chain(e *ast.Binary, reserve int) {
	op, least := e.Op, e.Op.Precedence()
	operands := []ast.Expr{e.Y}
	var first ast.Expr = e.X
	for b, ok := first.(*ast.Binary); ok && b.Op == op; b, ok = first.(*ast.Binary) {
		operands = append(operands, b.Y)
		first = b.X
	}
	slices.Reverse(operands)
	p.operand(first, least, 0)
	p.indent++
	for i, x := range operands {
		p.breakOr(" ")
		p.write(op.String())
		p.write(" ")
		room := 0
		if i == len(operands)-1 {
			room = reserve
		}
		p.operand(x, least+1, room)
		if p.trial.failed {
			break
		}
	}
	p.indent--
}

// breakOr starts a new line, or on trial writes s.
func (p *printer) breakOr(s string) {
	if p.trial.flat {
		p.write(s)
	} else {
		p.newline()
	}
}

func (p *printer) cond(e *ast.Cond, reserve int) {
	p.write("if ")
	p.operand(e.If, precCond+1, 0)
	p.indent++
	p.breakOr(" ")
	p.write("then ")
	p.operand(e.Then, precCond+1, 0)
	p.breakOr(" ")
	p.write("else ")
	p.expr(e.Else, reserve)
	p.indent--
}
