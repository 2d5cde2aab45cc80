package plan

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// maxSteps bounds a plan: when it is reached, definitions are not opened any
// more, since each may call others many times over.
const maxSteps = 5000

type builder struct {
	known    *eval.Known
	mask     func(string) string
	loops    []loop // around, the innermost last
	plan     *Plan
	rollback bool
	seen     map[string]bool // lines of Probing and Revealed, and Reads
	steps    int
}

func (b *builder) section(s Section, body *program.Block) {
	if body != nil {
		s.Steps = b.stmts(body.Stmts)
		b.plan.Sections = append(b.plan.Sections, s)
	}
}

func (b *builder) block(body *program.Block) []Step {
	if body == nil {
		return nil
	}
	return b.stmts(body.Stmts)
}

func (b *builder) stmts(list []program.Stmt) []Step {
	steps := []Step{}
	for _, s := range list {
		steps = append(steps, b.stmt(s)...)
	}
	return steps
}

func (b *builder) stmt(s program.Stmt) []Step {
	b.steps++
	step := Step{Place: place(s.Where())}
	look := func(kind string, what program.Expr) {
		step.Kind, step.Title = kind, text(what)
		step.Touches = b.touches(what)
	}
	switch s := s.(type) {
	case *program.Activity:
		step = b.activity(s)
	case *program.Pause:
		step.Kind, step.Title = "pause", b.show(s.Duration)
	case *program.Wait:
		look("wait", s.Cond)
		step.Title = "until " + step.Title
		if s.Var != nil {
			step.Title = s.Var.Name + " " + step.Title
		}
		step.Clauses = append(step.Clauses, "within "+b.show(s.Within)+b.every(s.Every))
	case *program.Let:
		look("let", s.Value)
		step.Title = s.Var.Name + " = " + step.Title
	case *program.Check:
		look(map[bool]string{false: "expect", true: "assert"}[s.Assert], s.Cond)
	case *program.Restore:
		step.Kind, step.Title = "restore", s.Var.Name
	case *program.Log:
		look("log", s.Value)
	case *program.Abort:
		look("abort", s.Reason)
	case *program.If:
		look("if", s.Cond)
		step.Steps = b.block(s.Then)
		if s.Else != nil {
			return []Step{step, {Kind: "else", Place: place(s.Else.At), Steps: b.block(s.Else)}}
		}
	case *program.For:
		step.Kind, step.Title = "for", s.Var.Name+" in "+b.show(s.List)
		leave := b.enter(s)
		step.Steps = b.block(s.Body)
		leave()
	case *program.Repeat:
		step.Kind, step.Title = "repeat", b.repeatTitle(s)
		step.Steps = b.block(s.Body)
	case *program.Parallel:
		step.Kind, step.Steps = "parallel", b.stmts(s.Branches)
	}
	return []Step{step}
}

func (b *builder) repeatTitle(s *program.Repeat) string {
	if s.Count != nil {
		return b.show(s.Count) + " times"
	}
	return "for " + b.show(s.For) + b.every(s.Every)
}

func (b *builder) activity(a *program.Activity) Step {
	step := Step{Kind: a.Kind.String(), Title: b.title(a), Function: a.Call.Name, Place: place(a.At)}
	clause := func(word string, x program.Expr) {
		if x != nil {
			step.Clauses = append(step.Clauses, word+" "+b.show(x))
		}
	}
	if a.Background {
		step.Clauses = append(step.Clauses, "background")
	}
	clause("delay", a.Delay)
	clause("settle", a.Settle)
	clause("timeout", a.Timeout)
	if a.Retry != nil {
		step.Clauses = append(step.Clauses, "retry "+b.show(a.Retry.Count)+b.every(a.Retry.Every))
	}
	if d := a.Call.Def; d != nil {
		b.arguments(a.Call, func(t Touch) { step.Touches = append(step.Touches, t) })
		step.Steps = b.definition(a.Call)
	} else {
		step.Touches = b.touches(a.Call)
	}
	for _, c := range a.Checks {
		step.Clauses = append(step.Clauses, strings.Join(strings.Fields(c.At.Text()), " "))
		step.Touches = append(step.Touches, b.touches(c.Cond)...)
	}
	if a.Kind == ast.Action {
		step.Undo = b.undo(a)
	}
	return step
}

// title is the name of an activity; in a loop whose rounds name it differently,
// as it is written.
func (b *builder) title(a *program.Activity) string {
	if v, ok := b.known.Value(a.Title); ok && !a.Title.Type().HasSecret() {
		return b.mask(value.Text(v))
	}
	return strings.Trim(text(a.Title), `"`)
}

// definition returns what a call of a definition does.
func (b *builder) definition(call *program.Call) []Step {
	d := call.Def
	if b.steps > maxSteps {
		return []Step{{Kind: "more", Title: "the plan is too long to show what " + call.Name + " does here", Place: place(d.At)}}
	}
	leave := b.known.Enter(call)
	defer leave()
	if d.Activity != nil {
		b.steps++
		return []Step{b.activity(d.Activity)}
	}
	return b.block(d.Body)
}

// undo says how the change of an action is put back.
func (b *builder) undo(a *program.Activity) string {
	switch a.Undo {
	case program.UndoInverse:
		return a.Call.Signature().Undo
	case program.UndoCall:
		return "calls " + strings.Join(strings.Fields(a.UndoBy.At.Text()), " ")
	case program.UndoKeep:
		return "kept"
	case program.UndoInside:
		return "" // its steps say it
	}
	if b.rollback {
		return ""
	}
	return "put back by the rollback block, unchecked"
}
