package check

import (
	"fmt"
	"maps"
	"path"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Actions that run at the same time must not change the same thing: their
// undo would depend on who was first. What can be seen before the run is a
// value that is known, also through the parameters of definitions, or one
// expression of the same names used twice.

// target is a thing that an action changes, as far as the text says it.
type target struct {
	effect types.Effect
	// text is the literal of a value that is known, or else the expression
	// with its names, each told apart from others of its text.
	text string
}

// effects finds out what statements change.
type effects struct {
	*checker
	known *eval.Known
	// call is the outermost call of a definition that is being looked into.
	call *program.Call
	// steps that are left: definitions that call others twice could be many
	steps int
}

const maxEffects = 20_000

// change is an action that changes a target.
type changing struct {
	activity *program.Activity
	at       program.Loc // of the argument
}

// conflicts tells actions of an experiment that change the same thing at the
// same time.
func (c *checker) conflicts(x *experiment) {
	e := &effects{checker: c, known: eval.NewKnown(c.known), steps: maxEffects}
	running := map[target]changing{}
	if x.prog.Setup != nil {
		e.conflictsIn(x.prog.Setup, running)
		e.lasting(x.prog.Setup, running)
	}
	if x.prog.Method != nil {
		e.conflictsIn(x.prog.Method, running)
	}
	if x.prog.Rollback != nil {
		e.conflictsIn(x.prog.Rollback, map[target]changing{})
	}
}

// lasting adds what setup has begun in the background, in whatever block: it
// may run on while the method does.
func (c *effects) lasting(b *program.Block, running map[target]changing) {
	if b == nil {
		return
	}
	for _, s := range b.Stmts {
		switch s := s.(type) {
		case *program.Activity:
			if s.Background {
				c.targets(s, func(t target, ch changing) { running[t] = ch })
			}
		case *program.If:
			c.lasting(s.Then, running)
			c.lasting(s.Else, running)
		case *program.Repeat:
			c.lasting(s.Body, running)
		case *program.Parallel:
			c.lasting(&program.Block{Stmts: s.Branches}, running)
		}
	}
}

// conflictsIn looks at one block: what runs in the background, in addition to
// what does already, runs on until its end, or until somebody reads its name.
func (c *effects) conflictsIn(b *program.Block, running map[target]changing) {
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
func (c *effects) inner(s program.Stmt) {
	switch s := s.(type) {
	case *program.If:
		c.conflictsIn(s.Then, map[target]changing{})
		if s.Else != nil {
			c.conflictsIn(s.Else, map[target]changing{})
		}
	case *program.For:
		c.conflictsIn(s.Body, map[target]changing{})
	case *program.Repeat:
		c.conflictsIn(s.Body, map[target]changing{})
	case *program.Parallel:
		seen := map[target]changing{}
		for _, b := range s.Branches {
			c.inner(b)
			mine := map[target]changing{}
			c.targets(b, func(t target, ch changing) {
				if other, ok := seen[t]; ok {
					c.report(sameTarget(ch.at, other.at, "another branch"))
				} else {
					mine[t] = ch
				}
			})
			maps.Copy(seen, mine)
		}
	}
}

// targets calls f for each thing that a statement changes.
func (c *effects) targets(s program.Stmt, f func(target, changing)) {
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

func (c *effects) targetsIn(b *program.Block, f func(target, changing)) {
	if b == nil {
		return
	}
	for _, s := range b.Stmts {
		c.targets(s, f)
	}
}

func (c *effects) targetsOf(a *program.Activity, f func(target, changing)) {
	if c.steps--; c.steps < 0 || a.Kind != ast.Action || a.Call == nil {
		return
	}
	if a.Call.Def != nil {
		c.targetsOfCall(a.Call, f)
		return
	}
	if a.Call.Func == nil {
		return
	}
	for i, p := range a.Call.Signature().Params {
		if p.Effect != types.Writes && p.Effect != types.Signals || i >= len(a.Call.Args) || a.Call.Args[i] == nil {
			continue
		}
		x := a.Call.Args[i]
		at := x.Where()
		if c.call != nil {
			at = c.call.At
		}
		if text, ok := c.textOf(x); ok {
			f(target{p.Effect, text}, changing{a, at})
		}
	}
}

// targetsOfCall looks into a definition, with the arguments of its call.
func (c *effects) targetsOfCall(call *program.Call, f func(target, changing)) {
	outer := c.call
	if outer == nil {
		c.call = call
	}
	leave := c.known.Enter(call)
	if d := call.Def; d.Activity != nil {
		c.targetsOf(d.Activity, f)
	} else {
		c.targetsIn(d.Body, f)
	}
	leave()
	c.call = outer
}

// textOf returns what stands for a value in a target.
func (c *effects) textOf(x program.Expr) (string, bool) {
	if v, ok := c.known.Value(x); ok {
		if text, ok := v.(string); ok {
			return path.Clean(text), true
		}
		return value.Literal(v), true
	}
	if c.call != nil { // names mean something else in each call
		return "", false
	}
	var b strings.Builder
	b.WriteString(x.Where().Text())
	same := true
	var look func(program.Expr)
	look = func(x program.Expr) {
		switch x := x.(type) {
		case nil:
			return
		case *program.Ref:
			fmt.Fprintf(&b, " %p", x.Var)
		case *program.Call, *program.It:
			same = false
		}
		program.Operands(x, look)
	}
	look(x)
	return b.String(), same
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
