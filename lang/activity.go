package lang

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// activity reads `probe|action [NAME =] call clauses` or a reference.
func (r *reader) activity(kind ast.Kind) ast.Stmt {
	kw := r.next()
	r.noAssign("statement")
	a := &ast.Activity{Kind: kind, KindPos: ast.Span{Start: start(kw), End: start(kw) + ast.Pos(len(kind.String()))}}
	r.activityHead(a)
	if r.broken {
		r.skip(clauses | statements | sections)
	}
	a.Clauses = r.clauses()
	a.Span = r.from(start(kw))
	if a.Call == nil && a.Ref == nil {
		return nil
	}
	return a
}

// activityHead reads what stands before the clauses.
func (r *reader) activityHead(a *ast.Activity) {
	t := r.peek()
	if !isWord(t) && t.Type != tokString && t.Type != tokStrOpen && t.Type != tokBad {
		r.fail(errNoActivity(r.behind(), t, a.Kind))
		return
	}
	if s := r.second(); t.Type == tokIdent && (s.Type == tokDot || s.Type == tokLParen) {
		a.Call = r.onlyCall()
		return
	}
	n := r.activityName()
	switch t := r.peek(); {
	case r.broken:
	case t.Type == tokAssign, t.Type == tokColon, t.Type == tokEq:
		r.assign("a call")
		a.Name, a.Call = n, r.onlyCall()
	case t.Type == tokIdent && r.sameLine() && (r.second().Type == tokDot || r.second().Type == tokLParen) && !r.starts(clauses):
		r.report(errNoEquals(r.behind(), t, "a call"))
		a.Name, a.Call = n, r.onlyCall()
	default:
		a.Ref = n
	}
}

// activityName reads the name of an activity, the only one that may have
// holes.
func (r *reader) activityName() *ast.Name {
	t := r.peek()
	if t.Type != tokStrOpen {
		return r.name("a name")
	}
	s := r.string()
	text := ""
	for _, p := range s.Parts {
		text += p.Text
	}
	return &ast.Name{Span: s.Span, Text: text, Quoted: s}
}

// onlyCall reads the call of an activity. Where more than that is written, the
// call in it is taken; where there is none, nil.
func (r *reader) onlyCall() *ast.Call {
	x := r.expr()
	if c, ok := x.(*ast.Call); ok {
		return c
	}
	if !r.broken {
		if _, bad := x.(*ast.BadExpr); !bad {
			r.report(errNotCall(x))
		}
	}
	for {
		switch y := x.(type) {
		case *ast.Call:
			return y
		case *ast.Field:
			x = y.X
		case *ast.Index:
			x = y.X
		case *ast.Binary:
			x = y.X
		case *ast.Paren:
			x = y.X
		default:
			return nil
		}
	}
}

// clauseKinds are the kinds of clauses in the order of their words.
var clauseKinds = []ast.ClauseKind{ast.Background, ast.Delay, ast.Settle, ast.Timeout, ast.Retry, ast.Expect,
	ast.Assert, ast.Control, ast.Undo, ast.Keep, ast.Extra}

// clauses reads the clauses of a call.
func (r *reader) clauses() []*ast.Clause {
	var list []*ast.Clause
	for {
		kind := r.clauseKind()
		if kind == ast.BadClause {
			return list
		}
		c := r.clause(kind)
		if first := doubled(list, c); first != nil {
			r.problems = append(r.problems, errDoubledClause(c, first))
			continue
		}
		list = append(list, c)
	}
}

// doubled returns the clause of the list that c repeats though it may stand
// only once.
func doubled(list []*ast.Clause, c *ast.Clause) *ast.Clause {
	if c.Kind == ast.Expect || c.Kind == ast.Assert || c.Kind == ast.Control {
		return nil
	}
	for _, other := range list {
		if other.Kind == c.Kind || min(other.Kind, c.Kind) == ast.Undo && max(other.Kind, c.Kind) == ast.UndoBy {
			return other
		}
	}
	return nil
}

// clauseKind finds out which clause is next; [ast.BadClause] stands for none.
// What fits nowhere is reported and skipped.
func (r *reader) clauseKind() ast.ClauseKind {
	for {
		t := r.peek()
		switch {
		case t.EOF(), t.Type == tokRBrace, t.Type == tokIf, t.Type == tokFor, t.Type == tokElse:
			return ast.BadClause
		case t.Type == tokIdent:
			if i := slices.Index(clauseWords, t.Value); i >= 0 {
				return clauseKinds[i]
			}
			if i, stop := r.strangeWord(t); stop {
				return ast.BadClause
			} else if i >= 0 {
				return clauseKinds[i]
			}
		default:
			r.fail(errUnexpected(spanOf(t), t))
		}
		r.skipAhead(clauses | statements | sections)
	}
}

// strangeWord deals with a word behind an activity that is no clause: it may
// start what comes next (stop), be a misspelt clause, or be reported.
func (r *reader) strangeWord(t *lexer.Token) (clause int, stop bool) {
	if slices.Contains(statementWords, t.Value) || r.starts(sections|declarations) {
		return -1, true
	}
	if near, ok := foreignClauses[t.Value]; ok && !strings.Contains(near, " ") && startsOperand(r.second()) {
		r.report(errMisspelt(spanOf(t), t.Value, near))
		return slices.Index(clauseWords, near), false
	}
	if foreign[t.Value] != "" && !r.sameLine() {
		return -1, true
	}
	near, ok := diag.Nearest(t.Value, clauseWords)
	stmt, other := diag.Nearest(t.Value, statementWords)
	if ok && (!other || stmt == near) {
		r.report(errMisspelt(spanOf(t), t.Value, near))
		return slices.Index(clauseWords, near), false
	}
	if other || !r.sameLine() {
		return -1, true
	}
	r.fail(errUnknownClause(spanOf(t), t.Value))
	return -1, false
}

// clause reads the clause of a kind, and after a mistake in it skips to the
// next.
func (r *reader) clause(kind ast.ClauseKind) *ast.Clause {
	from := start(r.next())
	c := &ast.Clause{Kind: kind}
	switch kind {
	case ast.Undo, ast.Keep, ast.Background:
		r.noTrue()
	default:
		r.noAssign("clause")
	}
	switch kind {
	case ast.Delay, ast.Settle, ast.Timeout:
		c.Value = r.value(kind.String())
	case ast.Retry:
		if c.Value = r.retryCount(); c.Value == nil {
			c.Value = r.value("retry")
			r.noTimes()
		}
		c.Every = r.every()
	case ast.Expect, ast.Assert:
		c.Value = r.conditionOf(kind.String())
	case ast.Control:
		r.control(c)
	case ast.Undo:
		if r.acceptWord("by") || r.noBy() {
			c.Kind = ast.UndoBy
			if t := r.peek(); (r.word("action") || r.word("probe")) && r.second().Type == tokIdent {
				r.report(errFiller(spanOf(t), "undo by"))
				r.next()
			}
			c.Call = r.onlyCall()
		} else if r.undoesName(from) {
			c.Kind = ast.BadClause
		}
	case ast.Extra:
		c.Value = r.value("extra")
		if _, ok := c.Value.(*ast.Object); !ok {
			r.fail(errExpected(c.Value.Range(), r.peek(), "an object"))
		}
	}
	c.Span = r.from(from)
	if c.Kind == ast.UndoBy && c.Call == nil {
		c.Kind = ast.BadClause
	}
	if r.broken {
		r.skip(clauses | statements | sections)
	}
	return c
}

// control reads what stands behind `control`: the name of an entry of
// controls, or a call.
func (r *reader) control(c *ast.Clause) {
	if s := r.second(); isWord(r.peek()) && s.Type != tokDot && s.Type != tokLParen {
		c.Name = r.name("the name of a control")
		return
	}
	if r.at(tokString) {
		c.Name = r.name("the name of a control")
		return
	}
	if c.Call = r.onlyCall(); c.Call == nil {
		c.Kind = ast.BadClause
	}
}
