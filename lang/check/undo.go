package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// undoOf decides how what an activity changes is put back. resolved is false
// where the call is wrong, so that nothing is known of an inverse.
func (c *checker) undoOf(p *program.Activity, a *ast.Activity, resolved bool) {
	var said *ast.Clause
	for _, cl := range a.Clauses {
		switch cl.Kind {
		case ast.Undo, ast.UndoBy, ast.Keep:
		case ast.BadClause:
			c.undoTold = true // what it was meant to say is not known
			continue
		default:
			continue
		}
		if said != nil && said.Kind != cl.Kind {
			c.report(undoContradicts(c.clauseWord(cl), cl.Kind, c.clauseWord(said), said.Kind))
			continue
		}
		said = cl
	}
	if said == nil {
		c.undoUnsaid(p, a, resolved)
		return
	}
	switch {
	case p.Kind == ast.Probe:
		c.report(undoOnProbe(c.clauseWord(said), said.Kind))
		return
	case resolved && p.Call.Def != nil:
		c.report(undoOnDefinition(c.clauseWord(said), said.Kind, p.Call.Name, p.Call.Def))
		return
	}
	switch said.Kind {
	case ast.Keep:
		p.Undo = program.UndoKeep
	case ast.Undo:
		p.Undo = program.UndoInverse
		if resolved {
			c.inverse(p, a, said)
		}
	case ast.UndoBy:
		p.Undo = program.UndoCall
		c.undoBy(p, a, said)
	}
	if c.body.def != nil && p.Undo != program.UndoKeep {
		c.body.def.undoes = true
	}
}

// undoUnsaid is an activity that says nothing of what it changes.
func (c *checker) undoUnsaid(p *program.Activity, a *ast.Activity, resolved bool) {
	if p.Kind == ast.Probe || !resolved {
		return
	}
	if c.undoTold {
		p.Undo = program.UndoInverse // as the mistake that was told says
		return
	}
	if p.Call.Def != nil {
		p.Undo = program.UndoInside
		if d := c.defOf(p.Call.Def); c.body.def != nil && d != nil && d.undoes {
			c.body.def.undoes = true
		}
		return
	}
	if c.body.section == inRollback || c.body.exp != nil && c.body.exp.rollback {
		return
	}
	sig := p.Call.Signature()
	c.report(actionSaysNothing(c.at(a.Call.Span), p.Call.Name, sig, inverseProblem(p.Call, sig) == "", c.body.exp != nil, a, c.file.Source))
}

// defOf finds what the checker knows of a definition.
func (c *checker) defOf(d *program.Def) *def {
	for _, f := range c.files {
		if f.Source != d.At.Source {
			continue
		}
		if x := f.defs[d.Name]; x != nil && x.prog == d {
			return x
		}
	}
	return nil
}

// inverse makes sure that a bare `undo` can be done.
func (c *checker) inverse(p *program.Activity, a *ast.Activity, cl *ast.Clause) {
	sig := p.Call.Signature()
	if problem := inverseProblem(p.Call, sig); problem != "" {
		c.report(noInverse(c.clauseWord(cl), p.Call.Name, problem, c.at(a.Call.Span)))
	}
}

// inverseProblem says why a call has no inverse, or "".
func inverseProblem(call *program.Call, sig *types.Signature) string {
	if sig.Undo == "" {
		return "has no inverse"
	}
	if sig.UndoHandle == "" {
		return ""
	}
	i := sig.Param(sig.UndoHandle)
	if i < 0 || i >= len(call.Args) || call.Args[i] == nil {
		return "can only be undone where `" + sig.UndoHandle + "` is given by a handle"
	}
	switch t := call.Args[i].Type(); t.Kind {
	case types.Handle, types.Any, types.Invalid:
		return ""
	}
	return "can only be undone for what this run has started itself: `" + sig.UndoHandle + "` is no handle"
}

// undoBy checks the call that puts back. Its arguments are computed before the
// action, but for those that read `it`.
func (c *checker) undoBy(p *program.Activity, a *ast.Activity, cl *ast.Clause) {
	if cl.Call == nil {
		return
	}
	outer := c.result
	c.result = &result{t: p.Call.Type(), name: nameOf(a), of: p.Call.Name}
	c.place, c.flow = place{}, flow{}
	p.UndoBy = c.call(cl.Call, asUndo)
	c.result = outer
	p.UndoReads = c.flow.it
	if p.UndoBy == nil {
		p.UndoBy = &program.Call{T: types.InvalidType, At: c.at(cl.Call.Span)}
	}
}

// restore undoes a named action now.
func (c *checker) restore(s *ast.Restore) program.Stmt {
	if s.Name == nil {
		return nil
	}
	sym := c.lookup(s.Name.Text, s.Name.Start)
	switch {
	case sym == nil:
		if !c.quiet() {
			c.report(c.restoreUnknown(s.Name))
		}
		return nil
	case sym.act == nil:
		c.report(restoreNoActivity(c.at(s.Name.Span), sym))
		return nil
	}
	sym.used = true
	switch p := sym.act.prog; {
	case p.Kind == ast.Probe:
		c.report(restoreProbe(c.at(s.Name.Span), sym))
	case p.Undo == program.UndoKeep, p.Undo == program.UndoNone && p.Call.Type().Kind != types.Invalid:
		c.report(restoreWithoutUndo(c.at(s.Name.Span), sym, p.Undo == program.UndoKeep))
	case p.Undo == program.UndoInside && p.Call.Def != nil:
		if d := c.defOf(p.Call.Def); d != nil && !d.undoes {
			c.report(restoreOfKeeping(c.at(s.Name.Span), sym, d.prog))
		}
	}
	return &program.Restore{Var: &sym.Var, At: c.at(s.Span)}
}
