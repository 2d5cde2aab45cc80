package check

import (
	"path"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Actions that run at the same time must not change the same thing: their
// undo would depend on who was first. What can be seen before the run is a
// constant path, or one name used twice.

// target is a thing that an action changes, as far as the text says it: a
// constant, or a name.
type target struct {
	effect types.Effect
	text   string
	name   *program.Var
}

// change is an action that changes a target.
type changing struct {
	activity *program.Activity
	at       program.Loc // of the argument
}

// conflicts tells actions of an experiment that change the same thing at the
// same time.
func (c *checker) conflicts(x *experiment) {
	for _, b := range []*program.Block{x.prog.Setup, x.prog.Method, x.prog.Rollback} {
		if b != nil {
			c.conflictsIn(b)
		}
	}
}

// conflictsIn looks at one block: what runs in the background runs on until
// its end, or until somebody reads its name.
func (c *checker) conflictsIn(b *program.Block) {
	running := map[target]changing{}
	for _, s := range b.Stmts {
		c.inner(s)
		for t, other := range running {
			if other.activity.Var != nil && reads(s, other.activity.Var) {
				delete(running, t)
			}
		}
		if len(running) > 0 {
			c.targets(s, func(t target, ch changing) {
				if other, ok := running[t]; ok {
					c.report(sameTarget(ch.at, other.at, "the action in the background"))
				}
			})
		}
		if a, ok := s.(*program.Activity); ok && a.Background {
			c.targets(a, func(t target, ch changing) { running[t] = ch })
		}
	}
}

// inner looks into the blocks of a statement.
func (c *checker) inner(s program.Stmt) {
	switch s := s.(type) {
	case *program.If:
		c.conflictsIn(s.Then)
		if s.Else != nil {
			c.conflictsIn(s.Else)
		}
	case *program.For:
		c.conflictsIn(s.Body)
	case *program.Repeat:
		c.conflictsIn(s.Body)
	case *program.Parallel:
		seen := map[target]changing{}
		for _, b := range s.Branches {
			c.inner(b)
			mine := map[target]changing{}
			c.targets(b, func(t target, ch changing) { mine[t] = ch })
			for t, ch := range mine {
				if other, ok := seen[t]; ok {
					c.report(sameTarget(ch.at, other.at, "another branch"))
				} else {
					seen[t] = ch
				}
			}
		}
	}
}

// targets calls f for each thing that a statement changes.
func (c *checker) targets(s program.Stmt, f func(target, changing)) {
	switch s := s.(type) {
	case *program.Activity:
		c.targetsOf(s, f)
	case *program.If:
		c.targetsIn(s.Then, f)
		c.targetsIn(s.Else, f)
	case *program.For:
		c.targetsIn(s.Body, f)
	case *program.Repeat:
		c.targetsIn(s.Body, f)
	case *program.Parallel:
		for _, b := range s.Branches {
			c.targets(b, f)
		}
	}
}

func (c *checker) targetsIn(b *program.Block, f func(target, changing)) {
	if b == nil {
		return
	}
	for _, s := range b.Stmts {
		c.targets(s, f)
	}
}

func (c *checker) targetsOf(a *program.Activity, f func(target, changing)) {
	if a.Kind != ast.Action || a.Call == nil || a.Call.Func == nil {
		return
	}
	for i, p := range a.Call.Signature().Params {
		if p.Effect != types.Writes && p.Effect != types.Signals || i >= len(a.Call.Args) || a.Call.Args[i] == nil {
			continue
		}
		x := a.Call.Args[i]
		ch := changing{a, x.Where()}
		v, known := c.known(x)
		text, isText := v.(string)
		switch ref, isRef := x.(*program.Ref); {
		case known && isText:
			f(target{effect: p.Effect, text: path.Clean(text)}, ch)
		case isRef && ref.Var.Kind != program.LoopVar:
			f(target{effect: p.Effect, name: ref.Var}, ch)
		}
	}
}

// reads reports whether a statement itself reads a name, and so waits for it.
func reads(s program.Stmt, v *program.Var) bool {
	found := false
	var look func(program.Expr)
	look = func(x program.Expr) {
		switch x := x.(type) {
		case nil:
			return
		case *program.Ref:
			found = found || x.Var == v
		case *program.Elapsed:
			found = found || x.Var == v
		}
		program.Operands(x, look)
	}
	switch s := s.(type) {
	case *program.Activity:
		look(s.Call)
	case *program.Let:
		look(s.Value)
	case *program.Check:
		look(s.Cond)
	case *program.Wait:
		look(s.Cond)
	case *program.Log:
		look(s.Value)
	case *program.If:
		look(s.Cond)
	case *program.Restore:
		found = s.Var == v
	}
	return found
}
