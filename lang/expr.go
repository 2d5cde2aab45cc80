package lang

// Expressions are read by precedence climbing over the one table of
// precedences, ast.Op.Precedence.

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
)

// expr reads an expression.
func (r *reader) expr() ast.Expr {
	if r.broken {
		return r.badExpr()
	}
	if r.at(tokIf) {
		return r.cond()
	}
	return r.binary(1)
}

func (r *reader) badExpr() ast.Expr {
	r.height = 1
	return &ast.BadExpr{Span: r.behind()}
}

// enter counts a level of nesting; it is false where there are too many.
func (r *reader) enter() bool {
	if r.depth++; r.depth > maxDepth+1 { // the scanner counts brackets alone
		r.tooDeep(r.here())
		return false
	}
	return true
}

// tooDeep gives up the statement. Where one is too deep, the next that can be
// read in it is too; so it is told once.
func (r *reader) tooDeep(at ast.Span) {
	if !r.deep {
		r.fail(errTooDeep(at))
	}
	r.deep, r.broken = true, true
}

func (r *reader) leave() { r.depth-- }

// grow notes that a node stands above one of the given height.
func (r *reader) grow(height int, at ast.Span) {
	if r.height = height + 1; r.height > maxDepth {
		r.tooDeep(at)
	}
}

// binary reads an expression whose operators bind at least as strongly as min.
func (r *reader) binary(min int) ast.Expr {
	if !r.enter() {
		return r.badExpr()
	}
	defer r.leave()
	x := r.prefix(min)
	height := r.height
	compared := false
	for !r.broken {
		t := r.peek()
		op, width := r.infix(t)
		prec := op.Precedence()
		if op == 0 || prec < min {
			break
		}
		r.checkInfix(t)
		if op.IsComparison() {
			if compared {
				r.report(errChain(spanOf(t), x))
			}
			compared = true
		}
		opPos := spanOf(r.next())
		for ; width > 1; width-- {
			opPos.End = end(r.next())
		}
		if t.Type == tokIdent {
			r.report(errForeignOperator(opPos, op.String()))
		}
		y := r.binary(prec + 1)
		x = &ast.Binary{Span: join(x, y), Op: op, OpPos: opPos, X: x, Y: y}
		r.grow(max(height, r.height), opPos)
		height = r.height
	}
	r.height = height
	return x
}

func join(x, y ast.Expr) ast.Span {
	return ast.Span{Start: x.Range().Start, End: max(x.Range().End, y.Range().End)}
}

// infix returns the operator that starts with a token between two operands,
// and how many tokens it has, or 0.
func (r *reader) infix(t *lexer.Token) (op ast.Op, width int) {
	if t.Type <= 0 {
		return 0, 0
	}
	switch t.Type {
	case tokNot:
		if r.second().Type == tokIn {
			return ast.NotIn, 2
		}
	case tokNeg, tokHyphen:
		return ast.Sub, 1
	case tokAssign:
		if r.comparing {
			return ast.Eq, 1
		}
	case tokIdent:
		return r.spoken(t)
	case tokSlash:
		if r.slashComment() {
			return 0, 0
		}
	}
	return binaryOps[t.Type], 1
}

// checkInfix reports an operator that is written as none.
func (r *reader) checkInfix(t *lexer.Token) {
	switch t.Type {
	case tokNeg, tokHyphen:
		r.report(errMinus(spanOf(t), r.last < start(t), t.Type == tokHyphen))
	case tokAssign:
		r.report(errAssignInCondition(spanOf(t)))
	}
}

// prefix reads an operand with the `not` and minus before it.
func (r *reader) prefix(min int) ast.Expr {
	t := r.peek()
	switch t.Type {
	case tokNot:
		if min > ast.Not.Precedence() {
			r.report(errNotOperand(spanOf(t)))
		}
		opPos := spanOf(r.next())
		return r.unary(ast.Not, opPos, r.binary(ast.Not.Precedence()))
	case tokIdent:
		if (t.Value == "NOT" || t.Value == "Not") && startsOperand(r.second()) {
			r.report(errForeignOperator(spanOf(t), "not"))
			return r.unary(ast.Not, spanOf(r.next()), r.binary(ast.Not.Precedence()))
		}
	case tokNeg, tokMinus, tokHyphen:
		opPos := spanOf(r.next())
		if t.Type != tokNeg {
			r.report(errSign(ast.Span{Start: opPos.Start, End: start(r.peek())}))
		}
		return r.unary(ast.Neg, opPos, r.binary(ast.Neg.Precedence()))
	}
	return r.postfix()
}

func (r *reader) unary(op ast.Op, opPos ast.Span, x ast.Expr) ast.Expr {
	r.grow(r.height, opPos)
	return &ast.Unary{Span: ast.Span{Start: opPos.Start, End: max(opPos.End, x.Range().End)}, Op: op, OpPos: opPos, X: x}
}

// cond reads `if c then a else b`.
func (r *reader) cond() ast.Expr {
	if !r.enter() {
		return r.badExpr()
	}
	defer r.leave()
	from := start(r.next())
	c := &ast.Cond{If: r.condition()}
	height := r.height
	if !r.accept(tokThen) {
		r.fail(errCondPart(r.behind(), r.peek(), "then"))
	}
	c.Then = r.expr()
	height = max(height, r.height)
	if !r.accept(tokElse) {
		r.fail(errCondPart(r.behind(), r.peek(), "else"))
	}
	c.Else = r.expr()
	c.Span = r.from(from)
	r.grow(max(height, r.height), c.Span)
	return c
}

// condition reads an expression that must be true or false, where `=` can
// only mean a comparison.
func (r *reader) condition() ast.Expr {
	outer := r.comparing
	r.comparing = true
	x := r.expr()
	r.comparing = outer
	return x
}

// postfix reads an operand with the calls, indexes and fields behind it.
func (r *reader) postfix() ast.Expr {
	var x ast.Expr
	if t := r.peek(); t.Type == tokIdent || t.Type == tokIt {
		if r.startsLine(t) {
			r.fail(errNoExpr(r.behind(), t))
			return r.badExpr()
		}
		x = r.path()
	} else {
		x = r.operand()
	}
	for !r.broken {
		height := r.height
		switch t := r.peek(); {
		case t.Type == tokDot:
			x = r.field(x)
		case t.Type == tokLBrack && r.sameLine():
			open := r.next()
			i := r.expr()
			r.closing(tokRBrack, open)
			x = &ast.Index{Span: r.from(x.Range().Start), X: x, Index: i}
		case t.Type == tokLParen && r.sameLine():
			r.report(errCallee(x.Range()))
			r.arguments()
			x = &ast.BadExpr{Span: r.from(x.Range().Start)}
		default:
			return x
		}
		r.grow(max(height, r.height), x.Range())
	}
	return x
}

// path reads a name, with the fields behind it, or the call of a dotted name.
func (r *reader) path() ast.Expr {
	var few [4]*ast.Ident
	path := append(few[:0], r.ident())
	for r.at(tokDot) && isWord(r.second()) {
		r.next()
		path = append(path, r.ident())
	}
	r.height = 1
	if r.at(tokLParen) && r.sameLine() {
		return r.call(slices.Clone(path))
	}
	var x ast.Expr = path[0]
	for _, p := range path[1:] {
		x = &ast.Field{Span: ast.Span{Start: path[0].Start, End: p.End}, X: x, Name: p}
	}
	r.grow(len(path)-1, x.Range())
	return x
}

func (r *reader) ident() *ast.Ident {
	t := r.next()
	return &ast.Ident{Span: spanOf(t), Name: t.Value}
}

// isWord reports whether a token is a word, be it reserved or not: behind a
// point and before a colon all of them are names.
func isWord(t *lexer.Token) bool { return t.Type == tokIdent || isReservedToken(t.Type) }

// field reads the point behind x and what follows it, which is no word.
func (r *reader) field(x ast.Expr) ast.Expr {
	r.next()
	f := &ast.Field{X: x}
	if isWord(r.peek()) {
		f.Name = r.ident()
	} else {
		f.Name = &ast.Ident{Span: r.behind()}
		r.fail(errFieldName(r.behind(), r.peek()))
	}
	f.Span = r.from(x.Range().Start)
	return f
}

// operand reads an operand that does not start with a name.
func (r *reader) operand() ast.Expr {
	t := r.peek()
	r.height = 1
	switch t.Type {
	case tokNumber:
		return r.number()
	case tokString, tokStrOpen:
		return r.string()
	case tokTrue, tokFalse, tokNull:
		kind := map[lexer.TokenType]ast.LiteralKind{tokTrue: ast.True, tokFalse: ast.False, tokNull: ast.Null}[t.Type]
		return &ast.Literal{Span: spanOf(r.next()), Kind: kind}
	case tokLParen:
		open := r.next()
		outer := r.comparing
		x := r.expr()
		r.comparing = outer
		if r.at(tokComma) && !r.broken {
			return r.roundList(open, x)
		}
		r.closing(tokRParen, open)
		p := &ast.Paren{Span: r.from(start(open)), X: x}
		r.grow(r.height, p.Span)
		return p
	case tokLBrack:
		return r.list()
	case tokLBrace:
		return r.object()
	case tokIf:
		r.report(errCondOperand(spanOf(t)))
		return r.cond()
	case tokBad:
		return &ast.BadExpr{Span: spanOf(r.next())}
	case tokTorn:
		x := &ast.BadExpr{Span: spanOf(r.next())}
		r.broken = true
		return x
	}
	r.fail(errNoExpr(r.behind(), t))
	return r.badExpr()
}
