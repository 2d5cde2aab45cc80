package lang

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
)

var closers = map[lexer.TokenType]string{tokRParen: ")", tokRBrack: "]", tokRBrace: "}"}

// closing consumes the bracket that closes open.
func (r *reader) closing(t lexer.TokenType, open *lexer.Token) {
	if r.accept(t) || r.broken {
		return
	}
	found := r.peek()
	if found.Type == tokRParen || found.Type == tokRBrack {
		// The wrong bracket was meant to be this one.
		r.report(errWrongBracket(spanOf(found), closers[t], spanOf(open)))
		r.next()
		return
	}
	r.fail(errUnclosed(r.behind(), closers[t], spanOf(open)))
}

// elements reads what stands between two brackets: elements with commas
// between them, and maybe one behind the last. After a mistake in an element
// it goes on at the next.
func (r *reader) elements(closer lexer.TokenType, element func()) {
	open := r.next()
	outer := r.comparing
	r.comparing = false
	height := 0
	for !r.broken && !r.at(closer) {
		r.height = 0
		element()
		height = max(height, r.height)
		if r.broken {
			r.skipElement(closer)
		}
		if r.accept(tokComma) || r.broken || r.at(closer) {
			continue
		}
		if !r.missesComma() {
			break
		}
		r.report(errNoComma(r.behind()))
	}
	r.closing(closer, open)
	r.comparing = outer
	r.grow(height, spanOf(open))
}

// missesComma reports whether another element stands here, and not what
// follows a list that was never closed.
func (r *reader) missesComma() bool {
	t := r.peek()
	if !startsOperand(t) || t.Type == tokTorn || t.Type == tokIdent && r.startsLine(t) {
		return false
	}
	return r.sameLine() || t.Type != tokIdent || !r.starts(statements|clauses)
}

// skipElement goes to the end of an element that could not be read, if that
// end can be found.
func (r *reader) skipElement(closer lexer.TokenType) {
	depth := 0
	for {
		t := r.peek()
		switch {
		case t.EOF(), t.Type == tokTorn:
			return
		case depth == 0 && (t.Type == tokComma || t.Type == closer):
			r.broken = false
			return
		case t.Type == tokLParen, t.Type == tokLBrack, t.Type == tokLBrace:
			depth++
		case t.Type == tokRParen, t.Type == tokRBrack, t.Type == tokRBrace:
			if depth--; depth < 0 {
				return
			}
		case !r.sameLine() && (r.starts(statements | clauses)):
			return
		}
		r.next()
	}
}

// list reads `[a, b]`.
func (r *reader) list() ast.Expr {
	l := &ast.List{}
	from := start(r.peek())
	r.elements(tokRBrack, func() { l.Elems = append(l.Elems, r.expr()) })
	l.Span = r.from(from)
	return l
}

// object reads `{name: x, "a b": y}`.
func (r *reader) object() ast.Expr {
	o := &ast.Object{}
	from := start(r.peek())
	r.elements(tokRBrace, func() {
		f := &ast.ObjectField{Key: r.key()}
		if r.at(tokAssign) {
			r.report(errColon(r.here()))
			r.next()
		} else if !r.accept(tokColon) {
			r.fail(errExpected(r.behind(), r.peek(), "`:` and a value"))
		}
		f.Value = r.expr()
		f.Span = r.from(f.Key.Start)
		o.Fields = append(o.Fields, f)
	})
	o.Span = r.from(from)
	return o
}

// key reads the key of an object field: any word, or a string.
func (r *reader) key() *ast.Name {
	if t := r.peek(); isReservedToken(t.Type) {
		r.next()
		return &ast.Name{Span: spanOf(t), Text: t.Value}
	}
	return r.name("a key")
}

// call reads the arguments of the function with the given path.
func (r *reader) call(path []*ast.Ident) *ast.Call {
	c := &ast.Call{Path: path, Open: start(r.peek())}
	c.Args = r.arguments()
	c.Span = r.from(path[0].Start)
	c.Close = max(c.Open, c.End-1)
	if path[0].Name == "it" && len(path) == 1 {
		r.report(errCallee(path[0].Span))
	}
	return c
}

// arguments reads `(a, name: b)`.
func (r *reader) arguments() []*ast.Arg {
	var args []*ast.Arg
	named := false
	r.elements(tokRParen, func() {
		a := &ast.Arg{}
		t := r.peek()
		if isWord(t) && (r.second().Type == tokColon || r.second().Type == tokAssign) {
			r.next()
			a.Name = &ast.Name{Span: spanOf(t), Text: t.Value}
			if r.at(tokAssign) {
				r.report(errColon(r.here()))
			}
			r.next()
			named = true
		}
		a.Value = r.argument()
		a.Span = r.from(start(t))
		if a.Name == nil && named {
			r.report(errPositional(a.Span))
		}
		args = append(args, a)
	})
	return args
}

// startsOperand reports whether a token can start an expression, or stands
// for one that could not be read.
func startsOperand(t *lexer.Token) bool {
	switch t.Type {
	case tokIdent, tokNumber, tokString, tokStrOpen, tokBad, tokTorn, tokLParen, tokLBrack, tokLBrace, tokNeg,
		tokNot, tokIf, tokIt, tokTrue, tokFalse, tokNull:
		return true
	}
	return false
}
