package ctk

import (
	"slices"
	"strconv"

	"github.com/chaosc-lang/chaosc/ast"
)

// controlKeys are the keys of a control, providers' those of its provider.
var (
	controlKeys         = []string{"name", "provider", "scope", "automatic", "ref"}
	controlProviderKeys = []string{"type", "module", "arguments", "secrets"}
)

// controls is the section of the controls of the experiment and of its
// hypothesis.
func (im *importer) controls(root *node) ast.Section {
	s := &ast.Controls{}
	seen := map[string]bool{}
	add := func(n *node, level string, path ...string) {
		if !n.is(list) {
			im.carry(n, path...)
			return
		}
		s.Span = s.Span.Join(n.Span)
		for i, c := range n.items {
			call := im.control(c, "", level)
			name := c.get("name")
			if call == nil || !name.is(text) || seen[name.text] {
				im.carry(c, append(path, strconv.Itoa(i))...)
				continue
			}
			seen[name.text] = true
			e := &ast.ControlEntry{Span: c.Span, Name: nameOf(name.text, name.Span), Call: call}
			im.noteAll(e, c)
			s.Controls = append(s.Controls, e)
		}
	}
	if n := root.get("controls"); n != nil {
		add(n, "", "controls")
	}
	if n := root.get("steady-state-hypothesis").get("controls"); n != nil {
		add(n, "hypothesis", "steady-state-hypothesis", "controls")
	}
	if len(s.Controls) == 0 {
		return nil
	}
	return s
}

// control makes the call of one control; it is nil where it is none in Python,
// or has keys that mean nothing. name is for one that has no other place for
// it, level for one that is only applied there.
func (im *importer) control(n *node, name, level string) *ast.Call {
	p := n.get("provider")
	if p.get("type").str() != "python" || p.get("module").str() == "" || n.has("ref") {
		return nil
	}
	for _, known := range []struct {
		n    *node
		keys []string
	}{{n, controlKeys}, {p, controlProviderKeys}} {
		for _, k := range known.n.keys {
			if !slices.Contains(known.keys, k.text) {
				im.report(unknownKey(im.src, k, "a control", known.keys))
				return nil
			}
		}
	}
	m := p.get("module")
	c := &called{call: callOf(n.Span, "python.control", arg(stringOf(m.text, m.Span)))}
	b := &builder{importer: im}
	if name != "" {
		b.arg("name", stringOf(name, n.Span), c)
	}
	if a := p.get("arguments"); a.is(mapping) && len(a.items) > 0 {
		b.arg("arguments", im.arguments(a), c)
	} else if a.truthy() {
		return nil
	}
	if s := p.get("secrets"); s != nil {
		b.arg("secrets", literal(s), c)
	}
	switch s := n.get("scope"); {
	case s.str() == "before" || s.str() == "after":
		b.arg("scope", identOf(s.text, s.Span), c)
	case s.truthy():
		return nil
	}
	if a := n.get("automatic"); a != nil && !a.truthy() {
		b.arg("automatic", literalOf(ast.False, a.Span), c)
	}
	if level != "" {
		b.arg("level", identOf(level, n.Span), c)
	}
	return c.call
}

// controls are those of one activity.
func (b *builder) controls(n *node) {
	if n == nil {
		return
	}
	if !n.is(list) {
		b.extra.add(n, "controls")
		return
	}
	var clauses []*ast.Clause
	for _, c := range n.items {
		cl := &ast.Clause{Span: c.Span, Kind: ast.Control}
		if ref := c.get("ref"); ref.is(text) && len(c.items) == 1 {
			cl.Name = nameOf(ref.text, ref.Span)
		} else if name := c.get("name"); name.is(text) {
			cl.Call = b.control(c, name.text, "")
		}
		if cl.Name == nil && cl.Call == nil {
			b.extra.add(n, "controls") // all of them, since their order counts
			return
		}
		clauses = append(clauses, cl)
	}
	b.act.Clauses = append(b.act.Clauses, clauses...)
}
