// Package plan foresees a run: what would be done, in which order, what each
// step touches, how it is put back, and how long it can take at most. Nothing
// is done to find out; what only the run can tell is said to be unknown, with
// where it will come from.
package plan

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Plan is what a run of one experiment would do.
type Plan struct {
	Title    string    `json:"title"`
	File     string    `json:"file"`
	Sections []Section `json:"sections"`
	// Reads lists the environment variables and files that config and secrets
	// take their values from.
	Reads []Touch `json:"reads,omitempty"`
	// Probing lists the open functions that are used to look: nothing but
	// their author's word says that they change nothing.
	Probing []string `json:"probing,omitempty"`
	// Revealed lists the places where a secret is let go.
	Revealed []string `json:"revealed,omitempty"`
}

// Section is a part of the experiment, in the order of the run.
type Section struct {
	Name  string `json:"name"` // setup, steady, guard, method, rollback
	Title string `json:"title,omitempty"`
	Steps []Step `json:"steps"`
}

// Step is one statement.
type Step struct {
	Kind     string   `json:"kind"` // probe, action, pause, wait, let, expect, assert, restore, log, if, else, for, repeat, parallel, abort
	Title    string   `json:"title"`
	Function string   `json:"function,omitempty"`
	Clauses  []string `json:"clauses,omitempty"` // as written: "timeout 2s"
	Touches  []Touch  `json:"touches,omitempty"`
	Undo     string   `json:"undo,omitempty"` // how it is put back
	Place    string   `json:"place"`
	Steps    []Step   `json:"steps,omitempty"` // of a block or a definition
}

// Touch is one contact with the world.
type Touch struct {
	Effect string `json:"effect"` // read, write, net, exec, signal, shell, env
	What   string `json:"what"`   // the path, URL, program, …; source text where it is not known
	Known  bool   `json:"known"`
	// From names what an unknown value will come from.
	From []string `json:"from,omitempty"`
}

// Values tells the value of an expression where it is known before the run.
type Values func(program.Expr) (any, bool)

// Of returns the plan of an experiment.
func Of(exp *program.Experiment, values Values) *Plan {
	b := &builder{values: values, plan: &Plan{Title: exp.Title}, seen: map[string]bool{}}
	if exp.At.Source != nil {
		b.plan.File = exp.At.Source.Name
	}
	for _, c := range exp.Config {
		b.expr(c.Value)
	}
	for _, s := range exp.Secrets {
		b.expr(s.Value)
	}
	b.section("setup", "", exp.Setup)
	if exp.Steady != nil {
		b.section("steady", exp.Steady.Title, exp.Steady.Body)
	}
	for _, g := range exp.Guards {
		b.section("guard", g.Title, g.Body)
	}
	b.section("method", "", exp.Method)
	b.rollback = true
	b.section("rollback", "", exp.Rollback)
	return b.plan
}

type builder struct {
	values   Values
	plan     *Plan
	rollback bool
	seen     map[string]bool // lines of Probing and Revealed, and Reads
	depth    int
}

func (b *builder) section(name, title string, body *program.Block) {
	if body == nil {
		return
	}
	b.plan.Sections = append(b.plan.Sections, Section{Name: name, Title: title, Steps: b.block(body)})
}

func (b *builder) block(body *program.Block) []Step {
	if body == nil {
		return nil
	}
	return b.stmts(body.Stmts)
}

func (b *builder) stmts(list []program.Stmt) []Step {
	var steps []Step
	for _, s := range list {
		steps = append(steps, b.stmt(s)...)
	}
	return steps
}

func (b *builder) stmt(s program.Stmt) []Step {
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
		step.Clauses = append(step.Clauses, "within "+b.show(s.Within))
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
		step.Steps = b.block(s.Body)
	case *program.Repeat:
		step.Kind, step.Title = "repeat", repeatTitle(b, s)
		step.Steps = b.block(s.Body)
	case *program.Parallel:
		step.Kind, step.Steps = "parallel", b.stmts(s.Branches)
	}
	return []Step{step}
}

func repeatTitle(b *builder, s *program.Repeat) string {
	if s.Count != nil {
		return b.show(s.Count) + " times"
	}
	every := "1s"
	if s.Every != nil {
		every = b.show(s.Every)
	}
	return "for " + b.show(s.For) + " every " + every
}

func (b *builder) activity(a *program.Activity) Step {
	step := Step{Kind: a.Kind.String(), Title: text(a.Title), Function: a.Call.Name, Place: place(a.At)}
	if v, ok := b.values(a.Title); ok {
		step.Title = value.Text(v)
	}
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
		clause("retry", a.Retry.Count)
	}
	for _, c := range a.Checks {
		step.Clauses = append(step.Clauses, c.At.Text())
		step.Touches = append(step.Touches, b.touches(c.Cond)...)
	}
	step.Touches = append(b.touches(a.Call), step.Touches...)
	if a.Call.Def != nil && a.Call.Def.Body != nil && b.depth < maxDepth {
		b.depth++
		step.Steps = b.block(a.Call.Def.Body)
		b.depth--
	}
	if a.Kind == ast.Action {
		step.Undo = b.undo(a)
	}
	return step
}

// maxDepth bounds how deep definitions are opened; the checker refuses cycles.
const maxDepth = 100

// undo says how the change of an action is put back.
func (b *builder) undo(a *program.Activity) string {
	switch a.Undo {
	case program.UndoInverse:
		return a.Call.Signature().Undo
	case program.UndoCall:
		return "calls " + a.UndoBy.At.Text()
	case program.UndoKeep:
		return "kept"
	case program.UndoInside:
		if d := a.Call.Def; d.Activity != nil {
			return b.undo(d.Activity)
		}
		return ""
	}
	if b.rollback {
		return ""
	}
	return "put back by the rollback block, unchecked"
}

// touches returns what evaluating an expression touches.
func (b *builder) touches(e program.Expr) []Touch {
	var all []Touch
	b.walk(e, func(t Touch) { all = append(all, t) })
	return all
}

// expr notes what config and secrets read.
func (b *builder) expr(e program.Expr) {
	b.walk(e, func(t Touch) { b.read(t) })
}

func (b *builder) read(t Touch) {
	if key := "reads " + t.Effect + t.What; !b.seen[key] {
		b.seen[key] = true
		b.plan.Reads = append(b.plan.Reads, t)
	}
}

func (b *builder) walk(e program.Expr, touch func(Touch)) {
	if e == nil {
		return
	}
	switch e := e.(type) {
	case *program.Builtin:
		switch e.Func {
		case program.Env:
			touch(b.touch("env", e.Arg))
		case program.File:
			touch(b.touch("read", e.Arg))
		case program.Reveal:
			b.once(&b.plan.Revealed, text(e.Arg)+" at "+place(e.At))
		}
	case *program.Call:
		b.call(e, touch)
	}
	program.Operands(e, func(x program.Expr) { b.walk(x, touch) })
}

func (b *builder) call(c *program.Call, touch func(Touch)) {
	if c.AsProbe {
		b.once(&b.plan.Probing, c.Name+" at "+place(c.At))
	}
	if c.Def != nil {
		if a := c.Def.Activity; a != nil && b.depth < maxDepth {
			b.depth++
			b.walk(a.Call, touch)
			b.depth--
		}
		return
	}
	for i, p := range c.Signature().Params {
		if p.Effect != types.NoEffect && i < len(c.Args) && c.Args[i] != nil {
			touch(b.touch(p.Effect.String(), c.Args[i]))
		}
	}
}

func (b *builder) once(list *[]string, line string) {
	if !b.seen[line] {
		b.seen[line] = true
		*list = append(*list, line)
	}
}

func (b *builder) touch(effect string, e program.Expr) Touch {
	if v, ok := b.values(e); ok && !e.Type().HasSecret() {
		return Touch{Effect: effect, What: value.Text(v), Known: true}
	}
	t := Touch{Effect: effect, What: text(e)}
	names := map[string]bool{}
	var find func(program.Expr)
	find = func(x program.Expr) {
		switch x := x.(type) {
		case *program.Ref:
			if !names[x.Var.Name] {
				names[x.Var.Name] = true
				t.From = append(t.From, x.Var.Name)
			}
		case *program.Call:
			t.From = append(t.From, x.Name)
		}
		program.Operands(x, find)
	}
	find(e)
	return t
}

// show writes an expression: its value where it is known and no secret, with
// the source where that says something else.
func (b *builder) show(e program.Expr) string {
	if v, ok := b.values(e); ok && !e.Type().HasSecret() {
		return value.Literal(v)
	}
	return text(e)
}

// text is the source of an expression in one line.
func text(e program.Expr) string {
	if c, ok := e.(*program.Const); ok && c.At.Source == nil {
		return value.Text(c.Value)
	}
	return strings.Join(strings.Fields(e.Where().Text()), " ")
}

func place(at program.Loc) string {
	if at.Source == nil {
		return ""
	}
	p := at.Source.Position(at.Start)
	return at.Source.Name + ":" + value.Literal(int64(p.Line)) + ":" + value.Literal(int64(p.Column))
}
