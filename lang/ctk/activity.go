package ctk

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

// activityKeys are the keys of an activity, in the order of the Chaos Toolkit.
var activityKeys = []string{"type", "name", "background", "provider", "tolerance", "pauses", "timeout", "controls",
	"ref", "dry"}

// builder puts one activity together.
type builder struct {
	*importer
	act   *ast.Activity
	of    *activity
	extra extras
}

// activity makes the statement of one activity.
func (im *importer) activity(a *activity) *ast.Activity {
	if a.has("ref") {
		return im.reference(a)
	}
	return im.declared(a, a.in, nil)
}

// declared makes a whole activity, as it stands in a section. again is the
// reference that does it again, or nil.
func (im *importer) declared(a *activity, in section, again *activity) *ast.Activity {
	b := builder{importer: im, of: a, act: &ast.Activity{Span: a.Span, KindPos: a.Span}}
	b.kind(in)
	if again == nil {
		b.act.Name = a.declared()
		b.background(a, in)
	} else if t := a.get("name"); t != nil {
		b.act.Name = quotedName(a.name, t.Span)
	}
	if n := a.get("name"); n != nil && !n.is(text) {
		b.extra.add(n, "name")
	}
	im.unknownIn(&b.extra, a.node, activityKeys, "an activity")
	c := b.provider(a.get("provider"))
	b.act.Call = c.call
	b.pauses(a.get("pauses"))
	b.timeLimit(c)
	switch {
	case again != nil && in == inHypothesis:
		b.tolerance(again.node, c)
	case again == nil && in == inHypothesis:
		b.tolerance(a.node, c)
	case again == nil:
		if _, t := a.find("tolerance"); t != nil {
			b.unusedTolerance(t, c)
		}
	}
	b.controls(a.get("controls"))
	if b.act.Kind == ast.Action && in == inMethod && !im.rollback {
		b.undo(c, in)
	}
	b.extra.add(a.get("dry"), "dry")
	if again != nil {
		b.extra.add(again.itself(), "ref")
		b.background(again, in)
		im.noteAll(b.act, again.node)
	} else {
		im.noteAll(b.act, a.node)
	}
	b.add(b.extra.clause())
	return b.act
}

// itself is a reference as it is carried at the activity that it has become: the
// name, or where the reference has keys that mean nothing all of it, but for the
// keys that are clauses.
func (a *activity) itself() *node {
	rest := &node{Span: a.Span, kind: mapping}
	for i, k := range a.keys {
		if k.text != "background" && (k.text != "tolerance" || a.in != inHypothesis) {
			rest.keys, rest.items = append(rest.keys, k), append(rest.items, a.items[i])
		}
	}
	if len(rest.keys) == 1 {
		return a.get("ref")
	}
	return rest
}

func (b *builder) add(c *ast.Clause) {
	if c != nil {
		b.act.Clauses = append(b.act.Clauses, c)
	}
}

// kind says whether the activity looks or changes. What is in the hypothesis
// is a probe, whatever the Chaos Toolkit calls it.
func (b *builder) kind(in section) {
	t := b.of.get("type")
	b.act.Kind = ast.Action
	if in == inHypothesis || t.str() == "probe" {
		b.act.Kind = ast.Probe
	}
	if t != nil && t.str() != b.act.Kind.String() {
		b.extra.add(t, "type")
	}
}

func (b *builder) background(a *activity, in section) {
	n := a.get("background")
	switch {
	case n == nil:
	case n.truthy() && in != inHypothesis:
		b.add(&ast.Clause{Span: n.Span, Kind: ast.Background})
		if !n.is(truth) {
			b.extra.add(n, "background")
		}
	case n.truthy() || !n.is(truth):
		b.extra.add(n, "background")
	}
}

// pauses are numbers of seconds, or a variable.
func (b *builder) pauses(n *node) {
	if n == nil {
		return
	}
	if !n.is(mapping) {
		b.extra.add(n, "pauses")
		return
	}
	b.unknownIn(&b.extra, n, []string{"before", "after"}, "pauses", "pauses")
	for _, p := range []struct {
		key  string
		kind ast.ClauseKind
	}{{"before", ast.Delay}, {"after", ast.Settle}} {
		v := n.get(p.key)
		if v == nil || v.isNumber() && !v.truthy() {
			continue
		}
		if d := b.seconds(v); d != nil {
			b.add(&ast.Clause{Span: v.Span, Kind: p.kind, Value: d})
		} else if v.kind != null {
			b.extra.add(v, "pauses", p.key)
			if v.isNumber() || lone(v.str()) != "" { // else validation has said so
				b.report(noDuration(b.src, v, "a pause"))
			}
		}
	}
}

// seconds makes a duration of a number of seconds or of a variable that has
// one; it is nil for anything else.
func (b *builder) seconds(n *node) ast.Expr {
	if n.is(whole) || n.is(fraction) {
		if d, ok := secondsOf(n); ok {
			return d
		}
		return nil
	}
	v := b.lookup(lone(n.str()))
	if v == nil {
		return nil
	}
	b.shows = true
	x := b.use(v, n.Span)
	b.shows = false
	if v.typ == textType { // from the environment
		x = callOf(n.Span, "json.parse", arg(x))
	}
	return callOf(n.Span, "time.seconds", arg(x))
}

// timeLimit writes the clause `timeout`: the smaller one of the activity's
// limit and its provider's. That of the activity is carried too, which tells
// an export where the limit belongs.
func (b *builder) timeLimit(c *called) {
	own, provider := b.of.get("timeout"), c.limit
	if own.is(null) {
		own = nil
	}
	var limit ast.Expr
	if provider != nil {
		limit = b.seconds(provider)
		if limit == nil {
			b.extra.add(provider, "provider", "timeout")
			b.report(noDuration(b.src, provider, "a time limit"))
		}
	}
	if own != nil {
		b.extra.add(own, "timeout")
		if d, ok := secondsOf(own); ok && d.Int > 0 {
			n, isNumber := limit.(*ast.Number)
			switch {
			case limit == nil || isNumber && d.Int < n.Int:
				if limit != nil {
					b.extra.add(provider, "provider", "timeout")
				}
				limit = d
				b.report(limitKept(b.src, own))
			}
		}
	}
	if n, ok := limit.(*ast.Number); ok && n.Int == 0 {
		b.extra.add(provider, "provider", "timeout")
		limit = nil
	}
	if limit == nil {
		b.endless = true
		return
	}
	b.add(&ast.Clause{Span: limit.Range(), Kind: ast.Timeout, Value: limit})
}

// undo says what becomes of the change of an action that no rollback puts
// back.
func (b *builder) undo(c *called, in section) {
	k := ast.Keep
	if b.opts.WithUndo && c.undoable {
		k = ast.Undo
	}
	b.add(&ast.Clause{Kind: k})
}

// reference makes the statement of a reference: the name alone where that
// means the same, else the whole activity again, since the language would also
// take over what the Chaos Toolkit does not: the tolerance, and that it runs in
// the background.
func (im *importer) reference(a *activity) *ast.Activity {
	to := im.acts.target(a.ref)
	if to == nil {
		return im.dangling(a)
	}
	allowed := []string{"ref", "background", "name", "type", "provider", "tolerance", "pauses", "timeout", "controls"}
	im.unknownIn(&extras{}, a.node, allowed, "a reference")
	for i, k := range a.keys {
		if slices.Contains(allowed[2:], k.text) && (k.text != "tolerance" || a.in != inHypothesis) {
			im.report(ignoredInReference(im.src, k, a.items[i]))
		}
	}
	looks := to.get("type").str() == "probe"
	if !im.acts.reaches(a, to) || to.get("background").truthy() || to.in == inHypothesis && to.has("tolerance") ||
		a.in == inHypothesis && !looks {
		return im.declared(to, a.in, a)
	}
	b := builder{importer: im, of: a, act: &ast.Activity{Span: a.Span, KindPos: a.Span}}
	if !looks {
		b.act.Kind = ast.Action
	}
	n := a.get("ref")
	b.act.Ref = quotedName(a.ref, n.Span)
	if to.ident {
		b.act.Ref = nameOf(a.ref, n.Span)
	}
	b.background(a, a.in)
	for i, k := range a.keys {
		if k.text != "ref" && k.text != "background" && (k.text != "tolerance" || a.in != inHypothesis) {
			b.extra.add(a.items[i], k.text)
		}
	}
	if a.in == inHypothesis {
		c := im.quietly(func() *called {
			return (&builder{importer: im, of: to, act: &ast.Activity{Kind: ast.Probe}}).provider(to.get("provider"))
		})
		b.tolerance(a.node, c)
	}
	im.noteAll(b.act, a.node)
	b.add(b.extra.clause())
	return b.act
}

// dangling is a reference to nothing: validation has said so, and the Chaos
// Toolkit ends there.
func (im *importer) dangling(a *activity) *ast.Activity {
	b := builder{importer: im, of: a, act: &ast.Activity{Span: a.Span, KindPos: a.Span, Kind: ast.Action}}
	if a.in == inHypothesis {
		b.act.Kind = ast.Probe
	}
	at := a.get("ref").Span
	b.act.Call = callOf(at, "toolkit.abort", arg(stringOf("could not find referenced activity '"+pythonText(a.get("ref"))+"'", at)))
	b.extra.add(a.node.get("ref"), "ref")
	b.endless = true
	if b.act.Kind == ast.Action && a.in == inMethod && !im.rollback {
		b.undo(&called{}, a.in)
	}
	b.add(b.extra.clause())
	return b.act
}

// quietly makes something again without telling its mistakes again.
func (im *importer) quietly(f func() *called) *called {
	diags := im.diags
	c := f()
	im.diags = diags
	return c
}
