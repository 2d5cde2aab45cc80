package ctk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// configuration is the section config. Entries keep their order, since those
// that a probe gives see only the ones before them.
func (im *importer) configuration(n *node) ast.Section {
	if n == nil || n.is(null) {
		return nil
	}
	if !n.is(mapping) {
		im.carry(n, "configuration")
		return nil
	}
	s := &ast.Config{Span: n.Span, Close: n.End}
	for i, k := range n.keys {
		e, v := im.configEntry(k, n.items[i])
		im.noteAll(e, k, n.items[i])
		s.Entries = append(s.Entries, e)
		im.config[k.text] = v
		im.known = append(im.known, k.text)
	}
	if len(s.Entries) == 0 {
		return nil
	}
	return s
}

func (im *importer) configEntry(k, n *node) (*ast.Entry, *variable) {
	e := &ast.Entry{Span: k.Span.Join(n.Span), Name: im.configName(k)}
	v := &variable{name: k.text, at: k.Span}
	switch kind := n.get("type"); {
	case kind.str() == "env" && n.get("key").is(text):
		im.fromEnvironment(e, v, n)
	case kind.str() == "probe" && n.has("provider"):
		e.Value = im.dynamic(k, n)
	default:
		e.Value = literal(n)
		v.typ = typeOf(n)
		v.full = n.is(text) && n.text != "" || n.is(whole)
	}
	return e, v
}

// configName is the name of an entry; one that means something in every
// expression is quoted, and reached as config["name"].
func (im *importer) configName(k *node) *ast.Name {
	if isTaken(k.text) {
		return quotedName(k.text, k.Span)
	}
	return nameOf(k.text, k.Span)
}

// envType is the type of an entry that a variable of the environment gives:
// the type in the language, or the function that converts the text.
type envType struct {
	name, function string
	typ            valueType
}

// envTypeOf returns the type that env_var_type names.
func envTypeOf(name string) (t envType, ok bool) {
	switch name {
	case "str", "string":
		return envType{"string", "", textType}, true
	case "int", "integer":
		return envType{"int", "", wholeType}, true
	case "float", "number":
		return envType{"float", "", fractionType}, true
	case "bool":
		return envType{"", "toolkit.bool", truthType}, true
	case "json":
		return envType{"", "toolkit.json", anyType}, true
	case "bytes":
		return envType{"", "toolkit.bytes", anyType}, true
	}
	return envType{typ: textType}, false
}

// fromEnvironment is an entry that an environment variable gives. The env of
// the language makes the text what the default is, so where that is no text
// and no type is said, it is toolkit.env.
func (im *importer) fromEnvironment(e *ast.Entry, v *variable, n *node) {
	im.unknownKeys(n, []string{"type", "key", "default", "env_var_type"}, "an environment variable", "configuration/"+v.name)
	key, def, kind := n.get("key"), n.get("default"), n.get("env_var_type")
	t, known := envTypeOf(kind.str())
	if !known && kind != nil && !kind.is(null) {
		im.carry(kind, "configuration", v.name, "env_var_type")
	}
	v.typ = t.typ
	call := callOf(n.Span, "env", arg(stringOf(key.text, key.Span)))
	e.Value = call
	if t.name != "" {
		e.Type = &ast.TypeExpr{Span: kind.Span, Name: t.name}
	}
	if def != nil {
		if t.name == "" && !def.is(text) && !def.is(null) {
			call.Path = callOf(n.Span, "toolkit.env").Path
		}
		if def.is(null) || t.name == "" && t.function == "" && !def.is(text) {
			v.typ = anyType
		}
		call.Args = append(call.Args, named("default", converted(def, v.typ)))
	}
	if t.function != "" {
		e.Value = callOf(n.Span, t.function, arg(call))
	}
}

// converted is a default in the type of its entry: a text that says a number
// is that number.
func converted(n *node, t valueType) ast.Expr {
	s := strings.TrimSpace(n.text)
	switch {
	case t == wholeType && n.is(text):
		if i, err := strconv.ParseInt(strings.TrimPrefix(s, "+"), 10, 64); err == nil {
			return intOf(i, n.Span)
		}
	case t == wholeType && n.is(fraction):
		if f, err := strconv.ParseFloat(s, 64); err == nil && f > -1e18 && f < 1e18 {
			return intOf(int64(f), n.Span)
		}
	case t == fractionType && n.is(text):
		if f, err := strconv.ParseFloat(s, 64); err == nil && numberLength(strings.TrimPrefix(s, "+")) > 0 {
			return floatOf(f, n.Span)
		}
	}
	return literal(n)
}

// dynamic is an entry that a probe gives once, before the run. Where the probe
// fails, the Chaos Toolkit goes on without the entry.
func (im *importer) dynamic(k, n *node) ast.Expr {
	path := "configuration/" + k.text
	im.unknownKeys(n, []string{"type", "name", "provider"}, "an entry of the configuration that a probe gives", path)
	b := builder{importer: im, of: &activity{node: n}, act: &ast.Activity{Span: n.Span, Kind: ast.Probe}}
	c := b.provider(n.get("provider"))
	call := callOf(n.Span, "toolkit.value", arg(c.call))
	if name := n.get("name"); name.is(text) && name.text != k.text {
		call.Args = append(call.Args, named("name", stringOf(name.text, name.Span)))
	} else if name != nil && !name.is(text) {
		im.carry(name, "configuration", k.text, "name")
	}
	// Without the entry its variable stays as it stands.
	call.Args = append(call.Args, named("otherwise", stringOf("${"+k.text+"}", k.Span)))
	if c.limit != nil {
		if d := b.seconds(c.limit); d != nil {
			call.Args = append(call.Args, named("timeout", d))
		} else {
			im.carry(c.limit, "configuration", k.text, "provider", "timeout")
		}
	}
	im.carryExtras(&b.extra, steps(path)...)
	return call
}

// carryExtras carries what an activity could not say that is none of the
// experiment's own.
func (im *importer) carryExtras(x *extras, path ...string) {
	for _, f := range x.object.Fields {
		im.carryExpr(f.Value, append(slices.Clone(path), f.Key.Text)...)
	}
}
