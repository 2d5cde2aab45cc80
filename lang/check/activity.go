package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// activityStmt checks an activity where a statement stands, and declares its
// name behind it.
func (c *checker) activityStmt(a *ast.Activity) program.Stmt {
	if a.Ref != nil {
		return c.reference(a)
	}
	p := c.activity(a)
	if a.Name == nil {
		return p
	}
	sym := c.declare(a.Name, program.ActivityVar, p.Call.Type())
	sym.used = true // a name says what an activity is for, used or not
	act := &activity{tree: a, prog: p, name: sym}
	sym.act = act
	if a.Name.IsIdent() {
		p.Var = &sym.Var
	}
	if c.body.exp != nil {
		c.body.exp.named = append(c.body.exp.named, act)
	}
	return p
}

// activity checks a call with its clauses. Where the call is wrong, the result
// has one whose type is the poison.
func (c *checker) activity(a *ast.Activity) *program.Activity {
	c.lastID++
	p := &program.Activity{ID: c.lastID, Kind: a.Kind, At: c.at(a.Span)}
	c.place, c.flow = place{}, flow{}
	use := asProbe
	if a.Kind == ast.Action {
		use = asAction
	}
	var ok bool
	if a.Call != nil {
		c.kindAt, c.ofActivity, c.undoTold = a.KindPos, a.Call, false
		p.Call = c.call(a.Call, use)
		ok = p.Call != nil
	}
	called := c.flow
	if !ok {
		p.Call = &program.Call{T: types.InvalidType, At: p.At}
	}
	p.Title = c.title(a, p.Call)
	c.clauses(p, a, a.Clauses)
	c.undoOf(p, a, ok)
	c.flow = called
	return p
}

// title is what the log shows: the name, which may have holes, else that of
// the function.
func (c *checker) title(a *ast.Activity, call *program.Call) program.Expr {
	switch {
	case a.Name == nil:
		return c.nodes.consts.get(program.Const{Value: call.Name, T: types.StringType, At: call.At})
	case a.Name.Quoted == nil:
		return c.nodes.consts.get(program.Const{Value: a.Name.Text, T: types.StringType, At: c.at(a.Name.Span)})
	}
	c.flow = flow{}
	x := c.expr(a.Name.Quoted)
	c.openValue(x, a.Name.Quoted, "the name of an activity")
	return x
}

// clauses checks what stands behind the call.
func (c *checker) clauses(p *program.Activity, a *ast.Activity, list []*ast.Clause) {
	var first [ast.BadClause]*ast.Clause
	for _, cl := range list {
		if cl.Kind >= ast.BadClause {
			continue
		}
		if old := first[cl.Kind]; old != nil && !isRepeatable(cl.Kind) {
			continue // the parser has said so
		}
		first[cl.Kind] = cl
		c.place, c.flow = place{}, flow{}
		c.clause(p, a, cl)
	}
	if p.Retry != nil && first[ast.Retry] != nil && len(p.Checks) > 0 {
		c.uselessRetry(p, list)
	}
}

func isRepeatable(k ast.ClauseKind) bool {
	return k == ast.Expect || k == ast.Assert || k == ast.Control
}

// clauseWord is the place of the word that a clause starts with.
func (c *checker) clauseWord(cl *ast.Clause) program.Loc {
	return c.at(ast.Span{Start: cl.Start, End: cl.Start + ast.Pos(len(cl.Kind.String()))})
}

func (c *checker) clause(p *program.Activity, a *ast.Activity, cl *ast.Clause) {
	switch cl.Kind {
	case ast.Background:
		p.Background = true
		if c.body.exp != nil {
			c.body.exp.parallel = true
		}
		if c.body.def != nil && a.Call == c.body.def.tree.Call {
			c.report(backgroundInDef(c.at(cl.Span)))
		}
	case ast.Delay:
		p.Delay = c.duration(cl.Value, "delay", anySpan)
	case ast.Settle:
		p.Settle = c.duration(cl.Value, "settle", anySpan)
	case ast.Timeout:
		p.Timeout = c.duration(cl.Value, "timeout", someSpan)
	case ast.Retry:
		p.Retry = &program.Retry{Count: c.count(cl.Value, "retry"), Every: c.duration(cl.Every, "every", someSpan)}
	case ast.Expect, ast.Assert:
		p.Checks = append(p.Checks, c.expectation(p, a, cl))
	case ast.Control:
		if cl.Call != nil {
			c.control(cl.Call)
		} else if cl.Name != nil {
			c.controlName(cl.Name)
		}
	case ast.Extra:
		p.Extra = c.loadTime(cl.Value, role{noun: "the object", word: "extra"})
	}
}

// expectation checks `expect` or `assert` behind a call, where the result is
// in scope.
func (c *checker) expectation(p *program.Activity, a *ast.Activity, cl *ast.Clause) *program.Check {
	word := cl.Kind.String()
	outer := c.result
	c.result = &result{t: p.Call.Type(), fields: true, name: nameOf(a), of: p.Call.Name,
		baseline: c.body.section == inSteady && a.Kind == ast.Probe}
	c.place.looks = true
	x := &program.Check{Assert: cl.Kind == ast.Assert, At: c.at(cl.Span)}
	x.Cond = c.condition(cl.Value, role{noun: "the condition", word: word})
	c.place.looks = false
	c.result = outer
	if c.flow.baseline && c.body.exp != nil {
		c.body.exp.baseline = true
	}
	x.Own, x.Baseline = c.flow.own || c.flow.bad, c.flow.baseline
	c.seesNothing(x.Cond, word)
	return x
}

// uselessRetry tells expectations that a retry does nothing for, since they do
// not read what is tried again.
func (c *checker) uselessRetry(p *program.Activity, list []*ast.Clause) {
	i := 0
	for _, cl := range list {
		if cl.Kind != ast.Expect && cl.Kind != ast.Assert {
			continue
		}
		if x := p.Checks[i]; !x.Own {
			c.report(expectationNotRetried(x.At, cl.Kind.String()))
		}
		i++
	}
}

func nameOf(a *ast.Activity) string {
	if a.Name.IsIdent() {
		return a.Name.Text
	}
	return ""
}

// controlName is the clause `control NAME`.
func (c *checker) controlName(n *ast.Name) {
	if c.body.exp != nil && c.body.exp.controls != nil {
		var names []string
		for _, e := range c.body.exp.controls.Controls {
			if e.Name == nil {
				continue
			}
			if e.Name.Text == n.Text {
				return // that there is no bridge was said there
			}
			names = append(names, e.Name.Text)
		}
		c.report(unknownControl(c.at(n.Span), n.Text, names))
		return
	}
	c.report(unknownControl(c.at(n.Span), n.Text, nil))
}

// lastInBlock looks at the last activity of a block: to run in the background
// is nothing there, since the end of the block waits for it.
func (c *checker) lastInBlock(a *ast.Activity) {
	if c.body.section == inSetup {
		return // it may run on until setup is undone
	}
	if cl := clauseOf(a, ast.Background); cl != nil {
		c.report(backgroundAtEnd(c.at(cl.Span)))
	}
}

// backgroundBranch looks at an activity that is a branch of a parallel.
func (c *checker) backgroundBranch(a *ast.Activity) {
	if cl := clauseOf(a, ast.Background); cl != nil {
		c.report(backgroundInParallel(c.at(cl.Span)))
	}
}

func clauseOf(a *ast.Activity, k ast.ClauseKind) *ast.Clause {
	for _, cl := range a.Clauses {
		if cl.Kind == k {
			return cl
		}
	}
	return nil
}
