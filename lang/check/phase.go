package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// phases checks the sections that hold statements, in the order in which their
// names become visible: those of setup everywhere behind it, those of the
// method in the rollback, those of steady and guards only there.
func (c *checker) phases(x *experiment) {
	shared := c.body
	if x.setup != nil {
		shared.section = inSetup
		x.prog.Setup = c.open(x.setup.Body)
	}
	if x.steady != nil {
		x.prog.Steady = c.steady(x)
	}
	for _, g := range x.guards {
		x.prog.Guards = append(x.prog.Guards, c.guard(x, g))
	}
	if x.method != nil {
		shared.section = inMethod
		x.prog.Method = c.open(x.method.Body)
	}
	if x.rollbackTree != nil {
		shared.section = inRollback
		x.prog.Rollback = c.open(x.rollbackTree.Body)
	}
	shared.section = 0
}

// open checks the block of a section whose names stay visible behind it.
func (c *checker) open(b *ast.Block) *program.Block {
	if b == nil {
		return nil
	}
	return c.stmts(b)
}

func (c *checker) steady(x *experiment) *program.Steady {
	t := x.steady
	s := &program.Steady{At: c.at(t.Span)}
	s.Title, _ = t.Title.Plain()
	c.place, c.flow = place{}, flow{}
	s.Within = c.duration(t.Within, "recovers within", someSpan)
	s.Every = c.duration(t.Every, "every", someSpan)
	s.Body, s.Slots = c.fresh(x, inSteady, t.Body)
	if t.Body != nil && !x.lost && !hasChecks(s.Body) {
		c.report(steadyExpectsNothing(c.keywordAt(t)))
	}
	return s
}

func (c *checker) guard(x *experiment, t *ast.Guard) *program.Guard {
	g := &program.Guard{At: c.at(t.Span)}
	g.Title, _ = t.Title.Plain()
	c.place, c.flow = place{}, flow{}
	g.Every = c.duration(t.Every, "every", someSpan)
	g.Body, g.Slots = c.fresh(x, inGuard, t.Body)
	if t.Body != nil && !x.lost && !hasChecks(g.Body) {
		c.report(guardExpectsNothing(c.keywordAt(t)))
	}
	if x.method == nil {
		c.report(guardWithoutMethod(c.keywordAt(t)))
	}
	return g
}

// fresh checks a block that has a frame of its own in each check.
func (c *checker) fresh(x *experiment, s section, b *ast.Block) (*program.Block, int) {
	if b == nil {
		return nil, 0
	}
	outer := c.body
	c.body = &body{section: s, level: program.Fresh, exp: x, unknown: outer.unknown}
	block := c.block(b)
	slots := c.body.slots
	c.body = outer
	return block, slots
}

// hasChecks reports whether a block can find that something is not met.
func hasChecks(b *program.Block) bool {
	for _, s := range b.Stmts {
		switch s := s.(type) {
		case *program.Activity:
			if len(s.Checks) > 0 || s.Call.Def.HasChecks() {
				return true
			}
		case *program.For:
			if hasChecks(s.Body) {
				return true
			}
		case *program.Let:
		default:
			return true
		}
	}
	return false
}
