package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// httpFunctions are the functions of the namespace http for a method. GET and
// HEAD look, so an action has to use http.request for them.
var httpFunctions = map[string]string{"GET": "http.get", "HEAD": "http.head", "POST": "http.post", "PUT": "http.put",
	"PATCH": "http.patch", "DELETE": "http.delete"}

// http makes the call of an http provider.
func (b *builder) http(n *node) *called {
	c := &called{result: response}
	method := "GET"
	if m := n.get("method"); m.is(text) {
		if method = strings.ToUpper(m.text); method != m.text {
			b.extra.add(m, "provider", "method")
		}
	} else if m != nil {
		b.extra.add(m, "provider", "method")
	}
	name := httpFunctions[method]
	if name == "" || b.act.Kind == ast.Action && (method == "GET" || method == "HEAD") {
		name = "http.request"
	}
	c.call = callOf(n.Span, name)
	if name == "http.request" {
		b.arg("", stringOf(method, n.Span), c)
	}
	b.shows = true
	if url := n.get("url"); url.is(text) {
		b.arg("", b.template(url, false), c)
	} else {
		at := n.Span
		if url != nil {
			at = url.Span
			b.extra.add(url, "provider", "url")
		}
		b.arg("", b.abort(at, "the URL is no text"), c)
	}
	b.shows = false
	isJSON := method != "GET" && n.get("headers").get("Content-Type").str() == "application/json"
	args := n.get("arguments")
	b.headers(n.get("headers"), isJSON && args.truthy(), c)
	switch {
	case !args.truthy():
		if args != nil && args.kind != null && len(args.items) == 0 && args.kind != mapping && args.kind != list {
			b.extra.add(args, "provider", "arguments")
		}
	case method == "GET":
		b.shows = true
		b.entries("query", args, c)
		b.shows = false
	case isJSON:
		b.arg("json", b.arguments(args), c)
	case args.is(text):
		b.arg("body", b.arguments(args), c)
	default:
		b.entries("form", args, c)
	}
	b.httpLimit(n.get("timeout"), c)
	if v := n.get("verify_tls"); v != nil {
		if !v.truthy() {
			b.arg("verify-tls", literalOf(ast.False, v.Span), c)
		}
		if !v.is(truth) {
			b.extra.add(v, "provider", "verify_tls")
		}
	}
	if r := n.get("max_retries"); r.is(whole) && !isZero(r.text) {
		b.arg("retries", number(r), c)
	} else if r != nil && !r.is(whole) {
		b.extra.add(r, "provider", "max_retries")
	}
	return c
}

// arg adds an argument, by position where it has no name.
func (b *builder) arg(name string, x ast.Expr, c *called) {
	if name == "" {
		c.call.Args = append(c.call.Args, arg(x))
	} else {
		c.call.Args = append(c.call.Args, named(name, x))
	}
}

// headers are texts. A Content-Type that the argument `json` implies is left
// out. The Chaos Toolkit aborts on a header that is no text.
func (b *builder) headers(n *node, implied bool, c *called) {
	if !n.is(mapping) {
		if n.truthy() {
			b.extra.add(n, "provider", "headers")
		}
		return
	}
	o := &ast.Object{Span: n.Span}
	for i, k := range n.keys {
		v := n.items[i]
		switch {
		case implied && k.text == "Content-Type":
		case v.is(text):
			x := b.template(v, false)
			if name := lone(v.text); name != "" {
				if found := b.lookup(name); found != nil && found.typ != textType {
					x = b.headerOf(found, v)
				}
			}
			o.Fields = append(o.Fields, fieldOf(k.text, k.Span, x))
		case v.is(null):
			b.extra.add(v, "provider", "headers", k.text)
		default:
			b.extra.add(v, "provider", "headers", k.text)
			b.report(headerNoText(b.src, k, v))
			o.Fields = append(o.Fields, fieldOf(k.text, k.Span, b.abort(v.Span, "the header "+k.text+" is no text")))
		}
	}
	if len(o.Fields) > 0 {
		b.arg("headers", o, c)
	}
}

// headerOf is a header that is one variable: it is a text, or the Chaos
// Toolkit aborts.
func (b *builder) headerOf(v *variable, n *node) ast.Expr {
	if v.typ == anyType {
		return b.use(v, n.Span)
	}
	b.report(headerNoText(b.src, n, n))
	return b.abort(n.Span, "the header is no text")
}

// entries writes the arguments of a request as `query` or `form`. Values are
// sent as Python's texts.
func (b *builder) entries(name string, n *node, c *called) {
	if n.is(text) {
		if v := b.lookup(lone(n.text)); v != nil && b.hasVariables {
			b.arg(name, b.use(v, n.Span), c)
			return
		}
	}
	if !n.is(mapping) {
		b.extra.add(n, "provider", "arguments")
		b.report(noArguments(b.src, n, "an http request"))
		return
	}
	o := &ast.Object{Span: n.Span}
	for i, k := range n.keys {
		o.Fields = append(o.Fields, fieldOf(k.text, k.Span, b.sent(n.items[i])))
	}
	b.arg(name, o, c)
}

// sent is a value of a query or a form.
func (b *builder) sent(n *node) ast.Expr {
	switch n.kind {
	case truth, fraction, mapping, binary:
		return callOf(n.Span, "toolkit.str", arg(b.arguments(n)))
	case list:
		l := listOf(n.Span)
		for _, e := range n.items {
			l.Elems = append(l.Elems, b.sent(e))
		}
		return l
	case text:
		if v := b.lookup(lone(n.text)); v != nil && b.hasVariables && (v.typ == truthType || v.typ == fractionType) {
			return callOf(n.Span, "toolkit.str", arg(b.use(v, n.Span)))
		}
	}
	return b.arguments(n)
}

// httpLimit reads the time limit of a request: a number for both connecting
// and answering, or one for each.
func (b *builder) httpLimit(n *node, c *called) {
	switch {
	case n == nil || n.is(null):
	case n.is(list) && len(n.items) == 2:
		if d := b.seconds(n.items[0]); d != nil {
			b.arg("connect-timeout", d, c)
		} else if n.items[0].kind != null {
			b.report(noDuration(b.src, n.items[0], "a time limit"))
			b.extra.add(n, "provider", "timeout")
		}
		if n.items[1].kind != null {
			c.limit = n.items[1]
		}
	case n.is(text) && b.lookup(lone(n.text)) == nil:
		// The library under the Chaos Toolkit raises an error for a text.
		b.extra.add(n, "provider", "timeout")
		b.report(noDuration(b.src, n, "a time limit"))
		b.arg("connect-timeout", b.abort(n.Span, "Timeout value connect was "+n.text+", but it must be an int, float or None."), c)
	default:
		c.limit = n
	}
}
