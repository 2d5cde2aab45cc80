package ctk

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

// tolerance writes what a probe of the hypothesis is expected to give.
// Whether a literal is compared with the status of a result or with the whole,
// whether two numbers are bounds or a set, depends on the result: where that
// is known the plain form stands, else `it meets …`, which is the Chaos
// Toolkit's own rule.
func (b *builder) tolerance(holder *node, c *called) {
	key, t := holder.find("tolerance")
	at := b.act.Span
	var x ast.Expr
	if t != nil {
		at = t.Span
		x = b.condition(t, c)
	}
	if x == nil { // nothing meets it
		x = literalOf(ast.False, at)
		b.extra.add(t, "tolerance")
	}
	cl := &ast.Clause{Span: at, Kind: ast.Expect, Value: x}
	b.note(cl, key, t)
	b.add(cl)
}

// condition is a tolerance as a condition of the language; nil where nothing
// can meet it.
func (b *builder) condition(t *node, c *called) ast.Expr {
	b.fields = append(c.result.fields(), "elapsed", "baseline", "it")
	defer func() { b.fields = nil }()
	hasStatus := c.result == response || c.result == exit
	switch t.kind {
	case truth:
		if c.result == yesNo {
			if t.text == "true" {
				return it(t.Span)
			}
			return &ast.Unary{Span: t.Span, Op: ast.Not, OpPos: t.Span, X: it(t.Span)}
		}
	case whole:
		if hasStatus {
			return infix(b.field("status", t.Span), ast.Eq, number(t), t.Span)
		}
	case list:
		isWhole := func(n *node) bool { return n.is(whole) }
		if hasStatus && len(t.items) > 0 && !slices.ContainsFunc(t.items, func(n *node) bool { return !isWhole(n) }) {
			return infix(b.field("status", t.Span), ast.In, literal(t), t.Span)
		}
	case text:
		x := b.template(t, false)
		if v := b.lookup(lone(t.text)); v != nil && (v.typ == fractionType || v.typ == otherType) {
			return nil
		}
		return infix(it(t.Span), ast.Meets, x, t.Span)
	case mapping:
		return b.check(t, c)
	default:
		return nil
	}
	return infix(it(t.Span), ast.Meets, literal(t), t.Span)
}

// check is a tolerance of one of the types that a mapping has.
func (b *builder) check(t *node, c *called) ast.Expr {
	known := []string{"type", "target"}
	write := b.jsonPath
	kind := t.get("type").str()
	switch kind {
	case "probe":
		return b.probeTolerance(t)
	case "regex":
		known, write = append(known, "pattern"), b.regex
	case "range":
		known, write = append(known, "range"), b.rangeOf
	case "jsonpath":
		known = append(known, "path", "count", "expect")
	default:
		return nil
	}
	b.unknownIn(&b.extra, t, known, "a tolerance of the type "+kind, "tolerance")
	return write(t, c)
}

func it(at ast.Span) *ast.Ident { return identOf("it", at) }

// field is a field of the result, in full where another name hides it.
func (b *builder) field(name string, at ast.Span) ast.Expr {
	if b.acts.taken[name] {
		return entryOf(it(at), name, at)
	}
	return identOf(name, at)
}

// target is the part of the result that a tolerance looks at; found is false
// where the result is known not to have it, and then it is the whole.
func (b *builder) target(t *node, c *called) (x ast.Expr, name string, found bool) {
	n := t.get("target")
	name = n.str()
	at := t.Span
	if n != nil {
		at = n.Span
	}
	if name == "" {
		return it(at), "", true
	}
	switch c.result {
	case response:
		// The body is the text here, also where the Chaos Toolkit has parsed it:
		// what looks for a path reads it, and a pattern is for a text.
		if name == "body" || name == "status" || name == "headers" {
			return b.field(name, at), name, true
		}
	case exit:
		if slices.Contains(c.result.fields(), name) {
			return b.field(name, at), name, true
		}
	case anything:
		return entryOf(it(at), name, at), name, true
	}
	return it(at), name, false
}

// regex looks for a pattern in a text. On anything else the Chaos Toolkit
// aborts.
func (b *builder) regex(t *node, c *called) ast.Expr {
	p := t.get("pattern")
	if !p.is(text) {
		return nil
	}
	x, name, found := b.target(t, c)
	isText := c.result == anything || found && name != "" && name != "status" && name != "headers"
	if !isText {
		b.extra.add(t, "tolerance")
		return b.abort(t.Span, "expected string or bytes-like object")
	}
	pattern := b.template(p, false)
	if s, ok := pattern.(*ast.String); ok {
		if plain, ok := s.Plain(); ok {
			pattern = rawString(plain, p.Span)
		}
	}
	return infix(x, ast.Matches, pattern, t.Span)
}

// rangeOf asks for a number between two others. A text that is a number counts
// as one; statuses are integers, so they need no such care.
func (b *builder) rangeOf(t *node, c *called) ast.Expr {
	r := t.get("range")
	if !r.is(list) || len(r.items) != 2 || !isBound(r.items[0]) || !isBound(r.items[1]) {
		return nil
	}
	x, name, found := b.target(t, c)
	from, to := r.items[0], r.items[1]
	switch {
	case c.result == nothing, !found && c.result != anything, name == "headers", name == "" && (c.result == response || c.result == exit):
		b.extra.add(t, "tolerance")
		return b.abort(t.Span, "argument must be a sequence of length 3")
	case name == "status" && c.result != anything && from.is(whole) && to.is(whole) && isOrdered(from.text, to.text):
		return infix(x, ast.In, infix(number(from), ast.Range, number(to), r.Span), t.Span)
	}
	return callOf(t.Span, "toolkit.range", arg(x), arg(number(from)), arg(number(to)))
}

func isBound(n *node) bool { return n.is(whole) || n.is(fraction) }

// probeTolerance is another probe, which gets the result as its argument
// `value`. It is met when its own result is one of Python's true ones, and not
// met when it fails.
func (b *builder) probeTolerance(t *node) ast.Expr {
	p := t.get("provider")
	args := p.get("arguments")
	if !args.is(mapping) {
		b.extra.add(t, "tolerance")
		return b.abort(t.Span, "a tolerance that is a probe must have arguments")
	}
	given := &node{Span: args.Span, kind: mapping, keys: slices.Clone(args.keys), items: slices.Clone(args.items)}
	value := &node{Span: t.Span, kind: theResult}
	if i := slices.IndexFunc(given.keys, func(k *node) bool { return k.text == "value" }); i >= 0 {
		b.extra.add(given.items[i], "tolerance", "provider", "arguments", "value")
		given.items[i] = value
	} else {
		given.keys = append(given.keys, &node{Span: t.Span, kind: text, text: "value"})
		given.items = append(given.items, value)
	}
	provider := &node{Span: p.Span, kind: mapping, keys: p.keys, items: slices.Clone(p.items)}
	provider.items[slices.Index(p.items, args)] = given
	inner := builder{importer: b.importer, of: b.of, act: &ast.Activity{Span: t.Span, Kind: ast.Probe}}
	c := inner.provider(provider)
	call := callOf(t.Span, "toolkit.met", arg(c.call))
	if c.limit != nil {
		if d := b.seconds(c.limit); d != nil {
			call.Args = append(call.Args, named("timeout", d))
		}
	}
	for i, k := range t.keys {
		if k.text != "type" && k.text != "provider" {
			b.extra.add(t.items[i], "tolerance", k.text)
		}
	}
	for _, f := range inner.extra.object.Fields {
		b.extra.addExpr(f.Value, f.Span, "tolerance", f.Key.Text)
	}
	return call
}

// unusedTolerance is that of a probe which is not in the hypothesis: nobody
// looks at it.
func (b *builder) unusedTolerance(t *node, c *called) {
	b.extra.add(t, "tolerance")
	var cond ast.Expr
	quiet := *b
	quiet.extra = extras{}
	b.quietly(func() *called { cond = quiet.condition(t, c); return nil })
	b.report(toleranceNotLookedAt(b.src, t, cond))
}
