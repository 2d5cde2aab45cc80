package format

import (
	"cmp"
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

// body writes a block of statements.
func (p *printer) body(b *ast.Block) {
	if b == nil {
		b = &ast.Block{}
	}
	p.block(b, func() {
		for i, s := range b.Stmts {
			p.start(s, i == 0)
			start := len(p.buf)
			p.stmt(s)
			if a, ok := s.(*ast.Activity); ok && a.Name != nil {
				p.join(a.Kind.String(), start)
			} else {
				p.align()
			}
			p.trailing(s)
		}
	})
}

func (p *printer) stmt(n ast.Stmt) {
	switch n := n.(type) {
	case *ast.Activity:
		p.activity(n)
	case *ast.Pause:
		p.keyword("pause ", n.Duration, 0)
	case *ast.Wait:
		p.wait(n)
	case *ast.Let:
		p.let(n)
	case *ast.Check:
		if n.Assert {
			p.keyword("assert ", n.Cond, 0)
		} else {
			p.keyword("expect ", n.Cond, 0)
		}
	case *ast.Restore:
		p.write("restore ")
		p.name(n.Name)
	case *ast.Log:
		p.keyword("log ", n.Value, 0)
	case *ast.Abort:
		p.keyword("abort ", n.Reason, 0)
	case *ast.If:
		p.conditional(n)
	case *ast.For:
		p.write("for ")
		p.name(n.Var)
		p.keyword(" in ", n.List, len(" {"))
		p.write(" ")
		p.body(n.Body)
	case *ast.Repeat:
		if n.For == nil {
			p.keyword("repeat ", n.Count, len(" {"))
		} else {
			p.keyword("repeat for ", n.For, len(" {"))
			p.every(n.Every, len(" {"))
		}
		p.write(" ")
		p.body(n.Body)
	case *ast.Parallel:
		p.write("parallel ")
		p.body(n.Body)
	case *ast.Block:
		p.body(n)
	default:
		p.asWritten(n)
	}
}

// keyword writes a word and the expression behind it.
func (p *printer) keyword(word string, e ast.Expr, reserve int) {
	p.write(word)
	p.expr(e, reserve)
}

// every writes ` every D`, where it is said.
func (p *printer) every(e ast.Expr, reserve int) {
	if e != nil {
		p.keyword(" every ", e, reserve)
	}
}

func (p *printer) let(n *ast.Let) {
	p.write("let ")
	p.name(n.Name)
	p.keyword(" = ", n.Value, 0)
}

func (p *printer) conditional(n *ast.If) {
	for {
		p.keyword("if ", n.Cond, len(" {"))
		p.write(" ")
		p.body(n.Then)
		if n.Else == nil {
			return
		}
		p.write(" else ")
		next, ok := n.Else.(*ast.If)
		if !ok {
			p.stmt(n.Else)
			return
		}
		n = next
	}
}

func (p *printer) wait(n *ast.Wait) {
	head := func() {
		p.write("wait ")
		if n.Name != nil {
			p.name(n.Name)
			p.write(" ")
		}
		p.keyword("until ", n.Cond, 0)
	}
	tail := func() {
		p.keyword("within ", n.Within, 0)
		p.every(n.Every, 0)
	}
	if p.try(0, func() { head(); p.write(" "); tail() }) {
		return
	}
	head()
	p.indent++
	p.newline()
	tail()
	p.indent--
}

func (p *printer) activity(n *ast.Activity) {
	clauses := ordered(n.Clauses)
	head := func() {
		p.write(n.Kind.String() + " ")
		switch {
		case n.Call == nil:
			p.name(n.Ref)
			return
		case n.Name != nil:
			p.name(n.Name)
			p.equals()
		}
		p.call(n.Call, 0)
	}
	if !p.onOneLine(clauses, head) {
		head()
		p.clauses(clauses)
	}
}

// ordered returns clauses in the order of the language; those of one kind stay
// in theirs.
func ordered(list []*ast.Clause) []*ast.Clause {
	byRank := func(a, b *ast.Clause) int { return cmp.Compare(rank(a), rank(b)) }
	if slices.IsSortedFunc(list, byRank) {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, byRank)
	return list
}

// rank is the place of a clause. Expectations and assertions are looked at in
// the order in which they stand, so they stay among each other.
func rank(c *ast.Clause) ast.ClauseKind {
	if c.Kind == ast.Assert {
		return ast.Expect
	}
	return c.Kind
}

// onOneLine writes an activity and its only clause on one line, if that clause
// is but a word and it fits.
func (p *printer) onOneLine(clauses []*ast.Clause, head func()) bool {
	if len(clauses) != 1 {
		return false
	}
	c := clauses[0]
	switch c.Kind {
	case ast.Background, ast.Undo, ast.Keep:
	default:
		return false
	}
	if n := p.notes.Of(c); n != nil && len(n.Leading) > 0 || !p.try(0, func() { head(); p.write(" " + c.Kind.String()) }) {
		return false
	}
	p.trailing(c)
	return true
}

// clauses writes each clause on a line of its own.
func (p *printer) clauses(list []*ast.Clause) {
	p.indent++
	for _, c := range list {
		p.startAfter(c, false)
		p.clause(c)
		p.trailing(c)
	}
	p.indent--
}

func (p *printer) clause(c *ast.Clause) {
	if c.Kind == ast.BadClause {
		p.asWritten(c)
		return
	}
	p.write(c.Kind.String())
	switch {
	case c.Value != nil:
		p.keyword(" ", c.Value, 0)
		p.every(c.Every, 0)
	case c.Call != nil:
		p.write(" ")
		p.call(c.Call, 0)
	case c.Name != nil:
		p.write(" ")
		p.name(c.Name)
	}
}
