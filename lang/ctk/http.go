package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// httpFunction is the function of the namespace http for a method. GET and HEAD
// look, so an action has to use http.request for them, as for other methods.
func httpFunction(method string, k ast.Kind) string {
	switch method {
	case "GET", "HEAD":
		if k == ast.Action {
			return "http.request"
		}
		fallthrough
	case "POST", "PUT", "PATCH", "DELETE":
		return "http." + strings.ToLower(method)
	}
	return "http.request"
}

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
	name := httpFunction(method, b.act.Kind)
	c.call = callOf(n.Span, name)
	if name == "http.request" {
		b.arg("", stringOf(method, n.Span), c)
	}
	if reason := b.unsendable(n); reason != "" {
		return b.aborted(n, reason)
	}
	b.shows = true
	b.arg("", b.url(n, method), c)
	b.shows = false
	isJSON := method != "GET" && n.get("headers").get("Content-Type").str() == "application/json"
	args := n.get("arguments")
	b.headers(n.get("headers"), isJSON && args.truthy(), c)
	switch {
	case !args.truthy(): // nothing is sent
	case method == "GET" && isQueryText(args, b.importer):
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

// url is the address of a request. The Chaos Toolkit puts the arguments of a GET
// that are a text behind it.
func (b *builder) url(n *node, method string) ast.Expr {
	x := b.template(n.get("url"), false)
	args := n.get("arguments")
	if method != "GET" || !isQueryText(args, b.importer) {
		return x
	}
	b.extra.add(n.get("url"), "provider", "url")
	b.extra.add(args, "provider", "arguments")
	whole := stringBuilder{at: x.Range()}
	whole.add(x)
	if strings.Contains(n.get("url").text, "?") {
		whole.text("&")
	} else {
		whole.text("?")
	}
	whole.add(b.arguments(args))
	return whole.string()
}

// isQueryText reports whether arguments are a text, and no variable that may
// hold a mapping.
func isQueryText(args *node, im *importer) bool {
	return args.is(text) && args.text != "" && (!im.hasVariables || im.lookup(lone(args.text)) == nil)
}

// arg adds an argument, by position where it has no name.
func (b *builder) arg(name string, x ast.Expr, c *called) {
	if name == "" {
		c.call.Args = append(c.call.Args, arg(x))
	} else {
		c.call.Args = append(c.call.Args, named(name, x))
	}
}

// unsendable says why the library under the Chaos Toolkit raises an error for a
// request instead of sending it, or "".
func (b *builder) unsendable(n *node) string {
	url := n.get("url")
	if !url.is(text) {
		return "the URL is no text"
	}
	if lower := strings.ToLower(strings.TrimLeft(url.text, " ")); !hasVariable(url.text) &&
		!strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
		b.report(noAddress(b.src, url))
		return "Invalid URL '" + url.text + "'"
	}
	if h := n.get("headers"); h.is(mapping) {
		for i, k := range h.keys {
			v := h.items[i]
			found := b.lookup(lone(v.str()))
			if !v.is(text) && !v.is(null) || found != nil && found.typ != textType && found.typ != anyType {
				b.report(headerNoText(b.src, k, v))
				return "the header " + k.text + " is no text"
			}
		}
	}
	if t := n.get("timeout"); t.is(text) && b.lookup(lone(t.text)) == nil {
		b.report(noDuration(b.src, t, "a time limit"))
		return "the time limit is no number"
	}
	return ""
}

// headers are texts. A Content-Type that the argument `json` implies is left
// out.
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
		case v.is(null):
			b.extra.add(v, "provider", "headers", k.text)
		default:
			o.Fields = append(o.Fields, fieldOf(k.text, k.Span, b.template(v, false)))
		}
	}
	if len(o.Fields) > 0 {
		b.arg("headers", o, c)
	}
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
	default:
		c.limit = n
	}
}
