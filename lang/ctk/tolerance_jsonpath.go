package ctk

import (
	"slices"
	"strconv"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/stdlib/toolkit/jsonpath2"
)

// jsonPath looks at what stands at a path. Where the path means the same in
// RFC 9535 it is json.path, else toolkit.path.
func (b *builder) jsonPath(t *node, c *called) ast.Expr {
	p := t.get("path")
	if !p.is(text) {
		return nil
	}
	path, namespace := b.template(p, false), "toolkit"
	if s, ok := path.(*ast.String); ok {
		if plain, ok := s.Plain(); ok {
			if old, err := jsonpath2.Parse(plain); err == nil {
				if rfc, ok := old.RFC9535(); ok {
					plain, namespace = rfc, "json"
				}
			}
			path = rawString(plain, p.Span)
		}
	}
	x := b.searched(t, c, namespace)
	find := func(f string) ast.Expr { return callOf(p.Span, namespace+"."+f, arg(x), arg(path)) }
	count := t.get("count")
	if count.is(null) {
		count = nil
	}
	e := t.get("expect")
	switch {
	case e != nil:
		if count != nil {
			b.extra.add(count, "tolerance", "count")
		}
		return b.expected(find("path"), e, t)
	case count == nil:
		return infix(find("count"), ast.Gt, intOf(0, t.Span), t.Span)
	case isBound(count):
		return infix(find("count"), ast.Eq, number(count), t.Span)
	}
	return nil
}

// expected compares all matches with what is expected: with that list, or with
// a list of that one value. Python compares true and 1 as equal, so where such
// a value is expected `meets` stands, which compares in the same way.
func (b *builder) expected(found ast.Expr, e, t *node) ast.Expr {
	want := b.substituted(e)
	v := b.lookup(lone(e.str()))
	if !e.is(list) && (v == nil || v.typ != listType) {
		want = listOf(e.Span, want)
	}
	if b.comparesAlike(e) {
		return infix(found, ast.Eq, want, t.Span)
	}
	return infix(found, ast.Meets, listOf(e.Span, want), t.Span)
}

// comparesAlike reports whether Python and the language agree on what equals a
// value: nothing in it is 0, 1, a boolean, or a variable that may be one.
func (b *builder) comparesAlike(n *node) bool {
	switch n.kind {
	case truth:
		return false
	case whole, fraction:
		return !isZeroOrOne(n.text)
	case text:
		v := b.lookup(lone(n.text))
		return v == nil || v.typ == textType
	}
	return !slices.ContainsFunc(n.items, func(e *node) bool { return !b.comparesAlike(e) })
}

// searched is the value in which a path is looked for. A target that is not
// there means the whole value, and the result of http is not quite that of the
// Chaos Toolkit, which toolkit.path knows.
func (b *builder) searched(t *node, c *called, namespace string) ast.Expr {
	x, name, found := b.target(t, c)
	switch {
	case c.result == anything && name != "":
		at := x.Range()
		has := infix(it(at), ast.Contains, stringOf(name, at), at)
		return &ast.Paren{Span: at, X: &ast.Cond{Span: at, If: has, Then: x, Else: it(at)}}
	case c.result == response && (name == "" || !found) && namespace == "json":
		return callOf(t.Span, "toolkit.output", arg(x))
	}
	return x
}

// isOrdered reports whether an integer is not above another one.
func isOrdered(a, b string) bool {
	x, err1 := strconv.ParseInt(a, 10, 64)
	y, err2 := strconv.ParseInt(b, 10, 64)
	return err1 == nil && err2 == nil && x <= y
}
