package check

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// config checks the entries of config, each of which may use earlier ones.
func (c *checker) config(x *experiment) {
	x.prog.Config = make([]*program.Config, 0, len(x.config.Entries))
	for _, e := range x.config.Entries {
		if e.Name == nil || e.Name.Text == "" && e.Name.Quoted == nil {
			continue // the parser has said that it is missing
		}
		v, t := c.entry(e, "config")
		key := configKey(e.Name.Text)
		var sym *symbol
		if old := c.names.byName[key]; old != nil {
			c.report(nameTaken(c.at(e.Name.Span), e.Name.Text, old, true))
			sym = c.newSymbol(e.Name, program.ConfigVar, t)
		} else {
			sym = c.declare(e.Name, program.ConfigVar, t)
			c.names.put(key, sym)
		}
		x.prog.Config = append(x.prog.Config, &program.Config{Var: &sym.Var, Value: v, At: c.at(e.Span)})
	}
}

// declaresGroup reports whether the experiment has a group of secrets, which
// config does not see.
func (x *experiment) declaresGroup(name string) bool {
	return x.secrets != nil && slices.ContainsFunc(x.secrets.Groups, func(g *ast.SecretGroup) bool {
		return g.Name != nil && g.Name.Text == name
	})
}

// later returns the entry of config of that name, wherever it stands.
func (x *experiment) later(name string) *ast.Entry {
	if x.config == nil {
		return nil
	}
	i := slices.IndexFunc(x.config.Entries, func(e *ast.Entry) bool { return e.Name.IsIdent() && e.Name.Text == name })
	if i < 0 {
		return nil
	}
	return x.config.Entries[i]
}

// quoted returns where an activity or an entry of config is declared by a
// string of that text, so that it has no name; or nil.
func (x *experiment) quoted(text string) *ast.Name {
	for _, a := range x.activities()[text] {
		if !a.Name.IsIdent() {
			return a.Name
		}
	}
	if x.config != nil {
		for _, e := range x.config.Entries {
			if e.Name != nil && !e.Name.IsIdent() && e.Name.Text == text {
				return e.Name
			}
		}
	}
	return nil
}

// secrets checks the groups of secrets.
func (c *checker) secrets(x *experiment) {
	groups := make(map[string]*ast.Name, len(x.secrets.Groups))
	for _, g := range x.secrets.Groups {
		if g.Name == nil {
			continue
		}
		if old := groups[g.Name.Text]; old != nil {
			c.report(secretGroupTwice(c.at(g.Name.Span), g.Name.Text, c.at(old.Span)))
		}
		groups[g.Name.Text] = g.Name
		for _, e := range g.Entries {
			if e.Name == nil {
				continue
			}
			v, t := c.entry(e, "secrets")
			sym := c.newSymbol(e.Name, program.SecretVar, t.AsSecret())
			key := secretKey(g.Name.Text, e.Name.Text)
			if old := c.names.byName[key]; old != nil {
				c.report(nameTaken(c.at(e.Name.Span), e.Name.Text, old, true))
			}
			c.names.put(key, sym)
			x.prog.Secrets = append(x.prog.Secrets, &program.Secret{Group: g.Name.Text, Var: &sym.Var, Value: v, At: c.at(e.Span)})
		}
	}
}

// entry checks the type and the value of an entry of config or secrets.
func (c *checker) entry(e *ast.Entry, section string) (program.Expr, *types.Type) {
	var declared *types.Type
	if e.Type != nil {
		declared = c.typeOf(e.Type)
	}
	if e.Value == nil {
		if declared == nil {
			c.report(entryWithoutType(c.at(e.Name.Span), e.Name.Text, section))
			return nil, types.InvalidType
		}
		if declared.Kind == types.Handle {
			c.report(entryOfHandle(c.at(e.Type.Span), e.Name.Text))
		}
		return nil, declared
	}
	c.place, c.flow = place{looks: true, loadTime: true, outside: true}, flow{}
	defer func() { c.place = place{} }()
	var v program.Expr
	if call, sig := builtinOf(e.Value); sig != nil && sig.Name != "reveal" {
		v = c.builtinCall(call, sig, declared)
	} else {
		v = c.expr(e.Value)
		if section == "config" && v.Type().HasSecret() {
			c.report(secretShown(c.at(e.Value.Range()), "config", e.Value, c.file.Source))
		}
	}
	if declared == nil {
		return v, v.Type()
	}
	return c.want(v, declared, e.Value, role{noun: "the value", word: e.Name.Text}), declared
}

// builtinOf returns the built-in function that an expression is a call of.
func builtinOf(e ast.Expr) (*ast.Call, *types.Signature) {
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			break
		}
		e = p.X
	}
	if call, ok := e.(*ast.Call); ok && len(call.Path) == 1 {
		return call, builtin(call.Path[0].Name)
	}
	return nil, nil
}

// controls are what the Python bridge is for, which there is not.
func (c *checker) controls(x *experiment) {
	for _, e := range x.controls.Controls {
		if e.Call != nil {
			c.control(e.Call)
		}
	}
}

// control says that a control cannot run.
func (c *checker) control(call *ast.Call) {
	if call.PathText() == "python.control" {
		c.report(noPython(c.at(call.Span)))
		return
	}
	c.report(notAControl(c.at(call.PathSpan()), call.PathText()))
}

// runtime checks the settings.
func (c *checker) runtime(x *experiment) {
	r, out := x.runtime, &x.prog.Runtime
	c.place, c.flow = place{}, flow{}
	if h := r.Hypothesis; h != nil {
		if h.Strategy != nil {
			out.Hypothesis = h.Strategy.Text
			if during := out.Hypothesis == "during-method" || out.Hypothesis == "continuously"; !during && (h.Every != nil || h.FailFast) {
				c.report(hypothesisNotRepeated(c.at(h.Span), out.Hypothesis))
			}
		}
		out.Every, out.FailFast = c.duration(h.Every, "every", someSpan), h.FailFast
	}
	if r.Rollbacks != nil && r.Rollbacks.Word != nil {
		out.Rollbacks = r.Rollbacks.Word.Text
	}
	if r.Timeout != nil {
		out.Timeout = c.duration(r.Timeout.Value, "timeout", someSpan)
	}
	if r.Deadline != nil {
		out.Deadline = c.duration(r.Deadline.Value, "deadline", someSpan)
	}
}
