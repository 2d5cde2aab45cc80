package ctk

import (
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// native is a function of Python's standard library that a function of ours
// does the same as.
type native struct {
	name   string
	kind   ast.Kind
	params []nativeParam
	result result
	undo   bool
}

type nativeParam struct{ python, ours string }

// nativeOf finds the function that does the same as one of Python, by its
// dotted name.
func nativeOf(name string) (n native, ok bool) {
	switch name {
	case "os.rename":
		return native{"fs.rename", ast.Action, []nativeParam{{"src", ""}, {"dst", "to"}}, nothing, true}, true
	case "os.remove":
		return native{"fs.remove", ast.Action, []nativeParam{{"path", ""}}, nothing, true}, true
	case "os.mkdir":
		return native{"fs.mkdir", ast.Action, []nativeParam{{"path", ""}}, nothing, true}, true
	case "os.path.exists":
		return native{"fs.exists", ast.Probe, []nativeParam{{"path", ""}}, yesNo, false}, true
	case "os.path.isfile":
		return native{"fs.is-file", ast.Probe, []nativeParam{{"path", ""}}, yesNo, false}, true
	case "os.path.isdir":
		return native{"fs.is-dir", ast.Probe, []nativeParam{{"s", ""}}, yesNo, false}, true
	}
	return native{}, false
}

// python makes the call of a Python provider.
func (b *builder) python(n *node) *called {
	mod, fn := n.get("module").str(), n.get("func").str()
	args := n.get("arguments")
	if c := b.native(n, mod, fn, args); c != nil {
		return c
	}
	if mod == "" || !lang.IsIdent(fn) && !lang.IsReserved(fn) {
		if fn != "" && mod != "" {
			b.report(noFunctionName(b.src, n.get("func")))
		}
		return b.aborted(n, "a Python activity must have a module and a function")
	}
	at := n.Span
	if m := n.get("module"); m != nil {
		at = m.Span
		if f := n.get("func"); f != nil {
			at = at.Join(f.Span)
		}
	}
	c := &called{call: &ast.Call{Span: n.Span, Open: n.Start, Close: n.End}}
	for _, name := range append(b.module(mod, n.get("module").Span), fn) {
		c.call.Path = append(c.call.Path, identOf(name, at))
	}
	switch {
	case args.is(mapping):
		for i, k := range args.keys {
			b.keyword(k, args.items[i], c)
		}
	case args.truthy():
		b.extra.add(args, "provider", "arguments")
		b.report(noArguments(b.src, args, "a Python function"))
	}
	if s := n.get("secrets"); s.is(list) && len(s.items) > 0 {
		b.arg("secrets", literal(s), c)
	} else if s.truthy() {
		b.extra.add(s, "provider", "secrets")
	}
	return c
}

// keyword writes one argument of a Python function.
func (b *builder) keyword(k, v *node, c *called) {
	if !lang.IsIdent(k.text) && !lang.IsReserved(k.text) || k.text == "secrets" {
		b.extra.add(v, "provider", "arguments", k.text)
		b.report(noArgumentName(b.src, k))
		return
	}
	b.arg(k.text, b.arguments(v), c)
}

// native writes a call of Python's standard library as one of ours, where that
// is the same; it is nil everywhere else.
func (b *builder) native(n *node, mod, fn string, args *node) *called {
	if n.has("secrets") || args != nil && !args.is(mapping) {
		return nil
	}
	if mod+"."+fn == "time.sleep" {
		return b.sleep(n, args)
	}
	nat, ok := nativeOf(mod + "." + fn)
	if !ok || nat.kind != b.act.Kind || args == nil || len(args.items) != len(nat.params) {
		return nil
	}
	c := &called{call: callOf(n.Span, nat.name), result: nat.result, undoable: nat.undo}
	for _, p := range nat.params {
		v := args.get(p.python)
		if !v.is(text) || v.text == "" {
			return nil
		}
		if name := b.lookup(lone(v.text)); name != nil && b.hasVariables && name.typ != textType {
			return nil
		}
	}
	b.shows = true
	for _, p := range nat.params {
		b.arg(p.ours, b.arguments(args.get(p.python)), c)
	}
	b.shows = false
	return c
}

// sleep is time.sleep of a number of seconds.
func (b *builder) sleep(n, args *node) *called {
	if args == nil || len(args.items) != 1 || b.act.Kind != ast.Action && b.act.Kind != ast.Probe {
		return nil
	}
	d := b.seconds(args.items[0])
	if d == nil {
		return nil
	}
	c := &called{call: callOf(n.Span, "toolkit.sleep"), result: nothing}
	b.arg("", d, c)
	if name := args.keys[0].text; name != "seconds" {
		b.extra.add(args, "provider", "arguments")
	}
	return c
}

// module is a Python package that calls use.
type module struct {
	path []string // before the function, in a call
}

// module imports the package of a module and returns the path of the module in
// calls. One whose names the language has no words for gets a name of its own.
func (im *importer) module(mod string, at ast.Span) []string {
	if m := im.modules[mod]; m != nil {
		return m.path
	}
	parts := strings.Split(mod, ".")
	m := &module{}
	if !slices.ContainsFunc(parts, func(p string) bool { return !lang.IsIdent(p) }) {
		root := im.modules[parts[0]]
		if root == nil {
			root = im.importModule(parts[0], parts[0], at)
		}
		m.path = append(slices.Clone(root.path), parts[1:]...)
	} else {
		m.path = im.importModule(mod, identifierOf(mod), at).path
	}
	im.modules[mod] = m
	return m.path
}

// namespaces are the names that functions of the standard library start with.
var namespaces = []string{"fs", "http", "json", "math", "net", "process", "python", "random", "stats", "text", "time", "toolkit"}

// importModule adds an import under a name that nothing else has.
func (im *importer) importModule(path, name string, at ast.Span) *module {
	imp := &ast.Import{Span: at, Python: true, Path: stringOf(path, at)}
	alias := name
	for im.acts.taken[alias] || slices.Contains(namespaces, alias) || isTaken(alias) {
		alias = "py-" + alias
	}
	if alias != path {
		imp.Alias = nameOf(alias, at)
	}
	im.acts.taken[alias] = true
	im.imports = append(im.imports, imp)
	m := &module{path: []string{alias}}
	im.modules[path] = m
	return m
}

// identifierOf makes an identifier of the path of a module.
func identifierOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '_' || r|0x20 >= 'a' && r|0x20 <= 'z' || b.Len() > 0 && r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else {
			b.WriteByte('_')
		}
	}
	if name := b.String(); lang.IsIdent(name) {
		return name
	}
	return "module_" + b.String()
}
