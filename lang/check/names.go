package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// ident is a bare name: a field of the result where a clause stands, else a
// visible name.
func (c *checker) ident(e *ast.Ident) program.Expr {
	sym := c.lookup(e.Name, e.Start)
	if c.result != nil {
		if x := c.resultName(e, sym); x != nil {
			return x
		}
	}
	switch {
	case sym == nil:
		c.unknown(e)
	case sym.isImp:
		sym.used = true
		if sym.alias != nil {
			c.report(aliasAsValue(c.at(e.Span), e.Name))
		}
	case sym.Kind == program.WaitVar:
		sym.used = true
		c.report(waitAsValue(c.at(e.Span), e.Name))
	default:
		return c.use(sym, e.Span)
	}
	return c.poison(e.Span)
}

// use is a visible name as a value.
func (c *checker) use(sym *symbol, at ast.Span) program.Expr {
	sym.used = true
	switch sym.Kind {
	case program.ParamVar:
		c.flow.params |= 1 << sym.param
		c.flow.shows |= 1 << sym.param
	case program.LetVar, program.ActivityVar, program.WaitVar:
		c.flow.markLate(at)
	}
	if sym.Type.Kind == types.Invalid {
		return c.poison(at)
	}
	return c.nodes.refs.get(program.Ref{Var: &sym.Var, At: c.at(at)})
}

// resultName is a name that the result of a clause's activity gives a meaning:
// `it`, a field of it, `elapsed`, `baseline`. It returns nil for other names.
func (c *checker) resultName(e *ast.Ident, sym *symbol) program.Expr {
	r := c.result
	if e.Name == "it" {
		return c.it(r.t, e.Span)
	}
	if !r.fields {
		return nil
	}
	i := r.t.Field(e.Name)
	isField := i >= 0 || e.Name == "elapsed"
	switch {
	case isField && sym != nil:
		sym.used = true
		c.report(ambiguousName(c.at(e.Span), e.Name, sym))
		return c.poison(e.Span)
	case i >= 0:
		return c.member(c.it(r.t, e.Span), e.Name, e.Span, e.Span)
	case isField:
		return c.elapsed(e.Span, false)
	case e.Name == "baseline" && sym == nil:
		return c.baselineOf(e.Span)
	}
	return nil
}

func (c *checker) it(t *types.Type, at ast.Span) program.Expr {
	c.flow.own, c.flow.it = true, true
	c.flow.markLate(at)
	return c.nodes.its.get(program.It{T: t, At: c.at(at)})
}

func (c *checker) elapsed(at ast.Span, baseline bool) program.Expr {
	if !baseline {
		c.flow.own = true
	}
	c.flow.markLate(at)
	return c.nodes.its.get(program.It{Elapsed: true, Baseline: baseline, T: types.DurationType, At: c.at(at)})
}

func (c *checker) baselineOf(at ast.Span) program.Expr {
	if !c.result.baseline {
		if c.redo != nil {
			c.notVisible("baseline", at)
		} else {
			c.report(baselineOutside(c.at(at)))
		}
		return c.poison(at)
	}
	c.flow.baseline = true
	c.flow.markLate(at)
	return c.nodes.its.get(program.It{Baseline: true, T: c.result.t, At: c.at(at)})
}

// field is X.name in all its meanings.
func (c *checker) field(e *ast.Field) program.Expr {
	if x, ok := c.longForm(e); ok {
		return x
	}
	if e.Name == nil || e.Name.Name == "" {
		c.expr(e.X)
		return c.poison(e.Span)
	}
	if root, ok := e.X.(*ast.Ident); ok {
		if x := c.fieldOfName(e, root); x != nil {
			return x
		}
	}
	return c.member(c.expr(e.X), e.Name.Name, e.Name.Span, e.Span)
}

// fieldOfName is NAME.name where that is not simply a field of a value: the
// time of an activity, a constant of another file. It returns nil else.
func (c *checker) fieldOfName(e *ast.Field, root *ast.Ident) program.Expr {
	elapsed := e.Name.Name == "elapsed"
	if c.result != nil && elapsed && c.result.t.Field("elapsed") < 0 {
		switch {
		case root.Name == "it":
			return c.elapsed(e.Span, false)
		case root.Name == "baseline" && c.result.fields && c.lookup("baseline", root.Start) == nil:
			if isPoison(c.baselineOf(root.Span)) {
				return c.poison(e.Span)
			}
			return c.elapsed(e.Span, true)
		}
	}
	sym := c.lookup(root.Name, root.Start)
	if sym == nil || c.result != nil && c.result.fields && c.result.t.Field(root.Name) >= 0 {
		return nil
	}
	switch {
	case sym.isImp:
		sym.used = true
		return c.imported(e, sym)
	case elapsed && (sym.Kind == program.ActivityVar || sym.Kind == program.WaitVar):
		c.use(sym, root.Span)
		return &program.Elapsed{Var: &sym.Var, At: c.at(e.Span)}
	case sym.Kind == program.WaitVar:
		sym.used = true
		c.report(waitHasOnlyElapsed(c.at(e.Name.Span), root.Name, e.Name.Name))
		return c.poison(e.Span)
	}
	return nil
}

// imported is a constant of another file, as in web.port.
func (c *checker) imported(e *ast.Field, alias *symbol) program.Expr {
	if alias.alias == nil {
		return c.poison(e.Span)
	}
	sym := alias.alias.globals[e.Name.Name]
	switch {
	case sym != nil && !sym.isImp:
		return c.use(sym, e.Span)
	case alias.alias.defs[e.Name.Name] != nil:
		c.report(functionAsValue(c.at(e.Span), alias.name.Text+"."+e.Name.Name))
	case !alias.alias.lost:
		c.report(unknownImported(c.at(e.Name.Span), e.Name.Name, alias))
	}
	return c.poison(e.Span)
}

// longForm is config.x, config["a b"], secrets.group.name, and the same with
// brackets. ok is false where the expression is none of these.
func (c *checker) longForm(e ast.Expr) (x program.Expr, ok bool) {
	root, steps := c.rootOf(e)
	if root == nil {
		return nil, false
	}
	names := make([]string, 0, 2)
	for _, s := range steps {
		if s.name == "" && !s.plain {
			c.report(configIndexNotPlain(c.at(s.at), root.Name))
			return c.poison(e.Range()), true
		}
		names = append(names, s.name)
	}
	if root.Name == "config" {
		return c.configEntry(e, names[0], steps[0].at), true
	}
	if len(names) == 1 {
		return c.secretGroup(e, names[0], steps[0].at), true
	}
	return c.secretEntry(e, names, steps), true
}

// step is .name or ["name"] of a long form.
type step struct {
	name  string
	plain bool // the text in brackets has no holes
	at    ast.Span
}

// rootOf returns the word config or secrets where e is one step behind it, or
// two behind secrets, with the steps; nil for everything else.
func (c *checker) rootOf(e ast.Expr) (*ast.Ident, []step) {
	inner, s, ok := stepOf(e)
	if !ok {
		return nil, nil
	}
	if root, ok := inner.(*ast.Ident); ok {
		if root.Name == "config" || root.Name == "secrets" {
			return root, []step{s}
		}
		return nil, nil
	}
	inner, group, ok := stepOf(inner)
	if !ok {
		return nil, nil
	}
	if root, ok := inner.(*ast.Ident); ok && root.Name == "secrets" {
		return root, []step{group, s}
	}
	return nil, nil
}

func stepOf(e ast.Expr) (x ast.Expr, s step, ok bool) {
	switch e := e.(type) {
	case *ast.Field:
		if e.Name != nil {
			return e.X, step{e.Name.Name, true, e.Name.Span}, true
		}
	case *ast.Index:
		s := step{at: e.Index.Range()}
		if text, ok := e.Index.(*ast.String); ok {
			s.name, s.plain = text.Plain()
		}
		return e.X, s, true
	}
	return nil, step{}, false
}

func (c *checker) configEntry(e ast.Expr, name string, at ast.Span) program.Expr {
	sym := c.names.byName[configKey(name)]
	if sym == nil {
		if !c.quiet() {
			c.unknownConfig(name, at)
		}
		return c.poison(e.Range())
	}
	return c.use(sym, e.Range())
}

func (c *checker) secretEntry(e ast.Expr, names []string, steps []step) program.Expr {
	sym := c.names.byName[secretKey(names[0], names[1])]
	if sym == nil {
		if c.body != nil && c.body.exp != nil && c.body.exp.declaresGroup(names[0]) && len(c.groups()) == 0 {
			c.report(secretInConfig(c.at(e.Range())))
		} else if !c.quiet() {
			group := c.keyed("\x00s" + names[0] + "\x00")
			if len(group) > 0 {
				c.report(unknownSecret(c.at(steps[1].at), names[0], names[1], group))
			} else {
				c.report(unknownSecretGroup(c.at(steps[0].at), names[0], c.groups(), c.body))
			}
		}
		return c.poison(e.Range())
	}
	return c.use(sym, e.Range())
}

func (c *checker) secretGroup(e ast.Expr, name string, at ast.Span) program.Expr {
	if group := c.keyed("\x00s" + name + "\x00"); len(group) > 0 {
		c.report(secretGroupAsValue(c.at(e.Range()), name, group))
	} else if !c.quiet() {
		c.report(unknownSecretGroup(c.at(at), name, c.groups(), c.body))
	}
	return c.poison(e.Range())
}
