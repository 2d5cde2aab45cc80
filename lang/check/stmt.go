package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// block checks statements whose names end with it.
func (c *checker) block(b *ast.Block) *program.Block {
	if b == nil {
		return &program.Block{}
	}
	mark := c.names.open()
	p := c.stmts(b)
	c.close(mark)
	return p
}

// stmts checks the statements of a block.
func (c *checker) stmts(b *ast.Block) *program.Block {
	p := &program.Block{At: c.at(b.Span), Stmts: make([]program.Stmt, 0, len(b.Stmts))}
	var abort *ast.Abort
	for i, s := range b.Stmts {
		if abort != nil {
			c.report(unreachable(c.at(s.Range()), c.at(abort.Span)))
			abort = nil
		}
		if a, ok := s.(*ast.Activity); ok && i == len(b.Stmts)-1 {
			c.lastInBlock(a)
		}
		if x := c.stmt(s); x != nil {
			p.Stmts = append(p.Stmts, x)
			abort, _ = s.(*ast.Abort)
		}
	}
	return p
}

// stmt checks one statement. It returns nil for one that could not be read.
func (c *checker) stmt(s ast.Stmt) program.Stmt {
	if !c.mayStand(s) {
		return nil
	}
	c.place, c.flow = place{}, flow{}
	switch s := s.(type) {
	case *ast.Activity:
		return c.activityStmt(s)
	case *ast.Pause:
		return &program.Pause{Duration: c.duration(s.Duration, "pause", anySpan), At: c.at(s.Span)}
	case *ast.Wait:
		return c.wait(s)
	case *ast.Let:
		return c.let(s)
	case *ast.Check:
		return c.check(s)
	case *ast.Restore:
		return c.restore(s)
	case *ast.Log:
		x := &program.Log{Value: c.expr(s.Value), At: c.at(s.Span)}
		c.openValue(x.Value, s.Value, "the log")
		return x
	case *ast.If:
		return c.ifStmt(s)
	case *ast.For:
		return c.forStmt(s)
	case *ast.Repeat:
		return c.repeat(s)
	case *ast.Parallel:
		return c.parallel(s)
	case *ast.Abort:
		x := &program.Abort{At: c.at(s.Span)}
		x.Reason = c.want(c.expr(s.Reason), types.StringType, s.Reason, role{noun: "the reason", word: "abort"})
		c.openValue(x.Reason, s.Reason, "the reason of `abort`")
		return x
	}
	return nil
}

// mayStand reports whether a statement may stand in this section, and says so
// where it may not.
func (c *checker) mayStand(s ast.Stmt) bool {
	const watching = inSteady | inGuard
	section := c.body.section
	switch s := s.(type) {
	case *ast.Activity:
		if s.Kind == ast.Action && section&watching != 0 {
			c.report(actionWhereProbes(c.at(s.KindPos), section))
			return false
		}
	case *ast.Let, *ast.For, *ast.BadStmt:
	case *ast.Abort:
		if section&(watching|inRollback) != 0 {
			c.report(abortNotHere(c.at(s.Span), section))
			return false
		}
	default:
		if section&watching != 0 {
			c.report(stmtNotHere(c.at(s.Range()), stmtWord(s), section))
			return false
		}
	}
	return true
}

func stmtWord(s ast.Stmt) string {
	switch s := s.(type) {
	case *ast.Pause:
		return "pause"
	case *ast.Wait:
		return "wait"
	case *ast.Check:
		if s.Assert {
			return "assert"
		}
		return "expect"
	case *ast.Restore:
		return "restore"
	case *ast.Log:
		return "log"
	case *ast.If:
		return "if"
	case *ast.Repeat:
		return "repeat"
	case *ast.Parallel:
		return "parallel"
	}
	return "statement"
}

func (c *checker) wait(s *ast.Wait) program.Stmt {
	x := &program.Wait{At: c.at(s.Span)}
	c.place.looks = true
	x.Cond = c.condition(s.Cond, role{noun: "the condition", word: "wait until"})
	c.place.looks = false
	c.seesNothing(x.Cond, "wait until")
	x.Within = c.duration(s.Within, "within", anySpan)
	x.Every = c.duration(s.Every, "every", someSpan)
	if s.Name != nil {
		sym := c.declare(s.Name, program.WaitVar, types.DurationType)
		if s.Name.IsIdent() {
			x.Var = &sym.Var
		}
	}
	return x
}

func (c *checker) let(s *ast.Let) program.Stmt {
	c.place.looks = true
	v := c.expr(s.Value)
	c.place.looks = false
	if s.Name == nil {
		return nil
	}
	sym := c.declare(s.Name, program.LetVar, v.Type())
	if known, ok := c.known(v); ok {
		c.setKnown(&sym.Var, known)
	}
	return &program.Let{Var: &sym.Var, Value: v, At: c.at(s.Span)}
}

func (c *checker) check(s *ast.Check) program.Stmt {
	word := "expect"
	if s.Assert {
		word = "assert"
	}
	x := &program.Check{Assert: s.Assert, At: c.at(s.Span)}
	c.place.looks = true
	x.Cond = c.condition(s.Cond, role{noun: "the condition", word: word})
	c.place.looks = false
	c.seesNothing(x.Cond, word)
	return x
}

// ifStmt goes along a chain of `else if` in a loop, since a chain may be long.
func (c *checker) ifStmt(s *ast.If) program.Stmt {
	first := &program.If{}
	for x := first; ; {
		c.place, c.flow = place{}, flow{}
		x.At = c.at(s.Span)
		x.Cond = c.condition(s.Cond, role{noun: "the condition", word: "if"})
		x.Then = c.block(s.Then)
		switch e := s.Else.(type) {
		case *ast.Block:
			x.Else = c.block(e)
		case *ast.If:
			next := &program.If{}
			x.Else = &program.Block{Stmts: []program.Stmt{next}, At: c.at(e.Span)}
			x, s = next, e
			continue
		}
		return first
	}
}

func (c *checker) forStmt(s *ast.For) program.Stmt {
	x := &program.For{At: c.at(s.Span)}
	var elem *types.Type
	x.List, elem = c.elements(s.List)
	mark := c.names.open()
	if s.Var != nil {
		sym := c.declare(s.Var, program.LoopVar, elem)
		sym.used = true // a loop may count only
		x.Var = &sym.Var
	}
	x.Body = c.block(s.Body)
	c.close(mark)
	return x
}

func (c *checker) repeat(s *ast.Repeat) program.Stmt {
	x := &program.Repeat{At: c.at(s.Span)}
	if s.Count != nil {
		x.Count = c.count(s.Count, "repeat")
	} else {
		x.For = c.duration(s.For, "repeat for", someSpan)
		x.Every = c.duration(s.Every, "every", someSpan)
	}
	x.Body = c.block(s.Body)
	return x
}

// parallel checks branches. The names of a branch are visible behind all, not
// in the others.
func (c *checker) parallel(s *ast.Parallel) program.Stmt {
	x := &program.Parallel{At: c.at(s.Span)}
	if s.Body == nil {
		return x
	}
	if c.body.exp != nil {
		c.body.exp.parallel = true
	}
	outer := c.branches
	c.branches = &branches{outer: outer}
	var held []*symbol
	for _, b := range s.Body.Stmts {
		mark := len(c.names.log)
		if a, ok := b.(*ast.Activity); ok {
			c.backgroundBranch(a)
		}
		if p := c.stmt(b); p != nil {
			x.Branches = append(x.Branches, p)
		}
		held = append(held, c.names.hold(mark)...)
		c.branches.names = held
	}
	c.branches = outer
	for _, sym := range held {
		if old := c.names.byName[sym.Name]; old != nil {
			c.report(nameTaken(c.at(sym.name.Span), sym.Name, old, true))
		}
		c.names.put(sym.Name, sym)
	}
	return x
}

// branches are the names that the branches of a parallel have declared so far.
type branches struct {
	names []*symbol
	outer *branches
}

// hold takes the names declared since a mark out of the table.
func (s *scope) hold(mark int) []*symbol {
	var held []*symbol
	for i := len(s.log) - 1; i >= mark; i-- {
		ch := s.log[i]
		if ch.old == nil {
			delete(s.byName, ch.key)
		} else {
			s.byName[ch.key] = ch.old
		}
	}
	for _, ch := range s.log[mark:] {
		held = append(held, ch.new)
	}
	clear(s.log[mark:])
	s.log = s.log[:mark]
	return held
}

// inBranch returns what another branch of a parallel around declares under a
// name, or nil.
func (c *checker) inBranch(name string) *symbol {
	for b := c.branches; b != nil; b = b.outer {
		for _, sym := range b.names {
			if sym.Name == name {
				return sym
			}
		}
	}
	return nil
}
