// Package plan foresees a run: what would be done, in which order, what each
// step touches, how it is put back, and how long it can take at most. Nothing
// is done to find out; what only the run can tell is said to be unknown, with
// where it will come from.
package plan

import (
	"strings"

	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Plan is what a run of one experiment would do.
type Plan struct {
	Title string `json:"title"`
	File  string `json:"file"`
	// Settings are those of the runtime section, as "deadline 5m".
	Settings []string  `json:"settings,omitempty"`
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
	// When says when the steady state is looked at.
	When    string   `json:"when,omitempty"`
	Clauses []string `json:"clauses,omitempty"` // "recovers within 30s every 500ms"
	Steps   []Step   `json:"steps"`
}

// Step is one statement.
type Step struct {
	Kind     string   `json:"kind"` // probe, action, pause, wait, let, expect, assert, restore, log, if, else, for, repeat, parallel, abort, more
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

// Of returns the plan of an experiment. mask hides secrets in a text: what was
// revealed is no secret to the experiment any more, but still one to a plan.
func Of(exp *program.Experiment, values Values, mask func(string) string) *Plan {
	b := &builder{known: eval.NewKnown(values), mask: mask, plan: &Plan{Title: exp.Title, Sections: []Section{}}, seen: map[string]bool{}}
	if exp.At.Source != nil {
		b.plan.File = exp.At.Source.Name
	}
	b.settings(exp.Runtime)
	for _, c := range exp.Config {
		b.walk(c.Value, b.read)
	}
	for _, s := range exp.Secrets {
		b.walk(s.Value, b.read)
	}
	b.section(Section{Name: "setup"}, exp.Setup)
	if s := exp.Steady; s != nil {
		section := Section{Name: "steady", Title: s.Title, When: steadyWhen(exp.Runtime.Hypothesis)}
		if s.Within != nil {
			section.Clauses = []string{"recovers within " + b.show(s.Within) + b.every(s.Every)}
		}
		b.section(section, s.Body)
	}
	for _, g := range exp.Guards {
		b.section(Section{Name: "guard", Title: g.Title, Clauses: []string{strings.TrimSpace(b.every(g.Every))}}, g.Body)
	}
	b.section(Section{Name: "method"}, exp.Method)
	b.rollback = true
	b.section(Section{Name: "rollback"}, exp.Rollback)
	return b.plan
}

// steadyWhen says when a strategy looks at the steady state.
func steadyWhen(strategy string) string {
	switch strategy {
	case "before-method":
		return "before the method"
	case "after-method":
		return "after the method"
	case "during-method":
		return "during the method"
	case "continuously":
		return "before, during and after the method"
	case "skip":
		return "never"
	}
	return "before the method and after it"
}

func (b *builder) settings(r program.Runtime) {
	say := func(line string) { b.plan.Settings = append(b.plan.Settings, line) }
	if r.Hypothesis != "" {
		line := "hypothesis " + r.Hypothesis
		if r.Every != nil {
			line += b.every(r.Every)
		}
		if r.FailFast {
			line += " fail-fast"
		}
		say(line)
	}
	if r.Rollbacks != "" {
		say("rollbacks " + r.Rollbacks)
	}
	if r.Timeout != nil {
		say("timeout " + b.show(r.Timeout))
	}
	if r.Deadline != nil {
		say("deadline " + b.show(r.Deadline))
	}
}

// show writes an expression: its value where it is known and no secret, else
// its source.
func (b *builder) show(e program.Expr) string {
	if v, ok := b.known.Value(e); ok && !e.Type().HasSecret() {
		return b.mask(value.Literal(v))
	}
	return text(e)
}

// every writes the clause; 1s is what stands for none.
func (b *builder) every(e program.Expr) string {
	if e == nil {
		return " every 1s"
	}
	return " every " + b.show(e)
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
