package check

import (
	"maps"
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// A reference does a declared activity again. Its tree is checked once more
// where the reference stands, so that its arguments mean there what they mean
// there; a mistake of its own is told once, where it is written, only a name
// that is not visible is told at the reference.

// reference is one reference whose activity is bound when all are known.
type reference struct {
	from *program.Activity
	to   *ast.Activity
}

// redo is set while an activity is checked again.
type redo struct {
	ref  *ast.Activity
	told bool // that a name is not visible
}

// notVisible tells a name of the activity that the place of its reference
// does not see, once.
func (c *checker) notVisible(name string, at ast.Span) {
	if c.redo.told || c.quiet() {
		return
	}
	c.redo.told = true
	c.report(notVisibleAgain(c.at(c.redo.ref.Ref.Span), c.redo.ref.Ref.Text, name, c.at(at)))
}

func (c *checker) reference(a *ast.Activity) program.Stmt {
	if c.body.exp == nil {
		c.report(referenceInDef(c.at(a.Ref.Span), a.Ref.Text))
		return nil
	}
	to := c.referenced(a)
	if to == nil {
		return nil
	}
	if to.Kind != a.Kind {
		c.report(referenceKind(c.at(a.KindPos), a.Kind, to, c.at(to.Name.Span)))
		return nil
	}
	again := *to
	again.Span, again.Name = a.Span, to.Name
	again.Clauses = mergeClauses(to.Clauses, a.Clauses)
	c.redo = &redo{ref: a}
	p := c.activity(&again)
	c.redo = nil
	if sym := c.lookup(a.Ref.Text, a.Ref.Start); sym != nil && sym.act != nil && sym.act.tree == to {
		p.Var = &sym.Var
	}
	c.body.exp.refs = append(c.body.exp.refs, reference{p, to})
	return p
}

func isUndo(cl *ast.Clause) bool {
	return cl.Kind == ast.Undo || cl.Kind == ast.UndoBy || cl.Kind == ast.Keep
}

// mergeClauses puts the clauses of a reference into the place of those of the
// same kind; expectations are added.
func mergeClauses(old, own []*ast.Clause) []*ast.Clause {
	var merged []*ast.Clause
	for _, cl := range old {
		replaced := slices.ContainsFunc(own, func(o *ast.Clause) bool {
			return o.Kind == cl.Kind && !isRepeatable(o.Kind) || isUndo(o) && isUndo(cl)
		})
		if !replaced {
			merged = append(merged, cl)
		}
	}
	return append(merged, own...)
}

// referenced finds the activity that a reference names: the visible one, else
// the only one of that name in the experiment.
func (c *checker) referenced(a *ast.Activity) *ast.Activity {
	name := a.Ref.Text
	if sym := c.lookup(name, a.Ref.Start); sym != nil {
		if sym.act == nil {
			c.report(referenceNoActivity(c.at(a.Ref.Span), sym))
			return nil
		}
		return sym.act.tree
	}
	all := c.body.exp.activities()
	found := all[name]
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		if !c.quiet() {
			near := ""
			if !c.tired() {
				near, _ = diag.Nearest(name, slices.Sorted(maps.Keys(all)))
			}
			c.report(unknownActivity(c.at(a.Ref.Span), name, near, c.file.defs[name] != nil))
		}
	default:
		c.report(referenceAmbiguous(c.at(a.Ref.Span), name, c.at(found[0].Name.Span), c.at(found[1].Name.Span)))
	}
	return nil
}

// activities lists the named activities of an experiment by name, wherever
// they stand.
func (x *experiment) activities() map[string][]*ast.Activity {
	if x.byName != nil {
		return x.byName
	}
	x.byName = map[string][]*ast.Activity{}
	ast.Walk(x.tree, func(n ast.Node) bool {
		if a, ok := n.(*ast.Activity); ok && a.Name != nil && a.Call != nil {
			x.byName[a.Name.Text] = append(x.byName[a.Name.Text], a)
		}
		_, isExpr := n.(ast.Expr)
		return !isExpr
	})
	return x.byName
}

// bindReferences lets references know what they do again.
func (c *checker) bindReferences(x *experiment) {
	if len(x.refs) == 0 {
		return
	}
	byTree := make(map[*ast.Activity]*program.Activity, len(x.named))
	for _, a := range x.named {
		byTree[a.tree] = a.prog
	}
	for _, r := range x.refs {
		r.from.Ref = byTree[r.to]
	}
}
