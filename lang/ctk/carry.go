package ctk

// What the language has no form for is carried along, unchanged, so that an
// export can bring it back. At an activity it is the clause `extra`, whose
// object is laid over what the export writes of the activity: its mappings are
// merged, its other values replace. Two of its keys mean more:
//
//   - `timeout` is the limit of the activity itself. The clause `timeout` is then
//     the smaller one of it and the provider's; where the provider's is neither
//     the clause's nor absent it stands in `provider.timeout`.
//   - `ref` makes the activity a reference in the export: that name, or that
//     object, and of the activity only whether it runs in the background, and
//     in the hypothesis its tolerance.
//
// Everything else stands in the first of the extensions, an object of the name
// "chaosc": its keys are those of the experiment, or where they start with a
// slash paths to a value, as "/configuration/port/note" (JSON pointers, RFC
// 6901); a number in a path is the place where the value goes into its list.

import (
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// carrierName is the name of the extension that carries.
const carrierName = "chaosc"

// carrier gathers what is carried of the experiment.
type carrier struct{ fields []*ast.ObjectField }

// carry keeps a value, which may be nil, under its path.
func (im *importer) carry(n *node, path ...string) {
	if n != nil {
		im.carryExpr(kept(n), path...)
	}
}

func (im *importer) carryExpr(v ast.Expr, path ...string) {
	key := path[0]
	if len(path) > 1 || key == "name" || strings.HasPrefix(key, "/") {
		var b strings.Builder
		for _, p := range path {
			b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
		}
		key = b.String()
	}
	im.carried.fields = append(im.carried.fields, fieldOf(key, v.Range(), v))
}

// carryKeys keeps the entries of a mapping that have these keys.
func (im *importer) carryKeys(n *node, path string, keys ...string) {
	for _, k := range keys {
		im.carry(n.get(k), append(steps(path), k)...)
	}
}

// steps takes a path with slashes apart.
func steps(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// unknownKeys warns of the keys of a mapping that mean nothing, and carries
// them.
func (im *importer) unknownKeys(n *node, known []string, what, path string) {
	for i, k := range n.keys {
		if !slices.Contains(known, k.text) {
			im.report(unknownKey(im.src, k, what, known))
			im.carry(n.items[i], append(steps(path), k.text)...)
		}
	}
}

// extensions are those of the experiment, behind what is carried.
func (im *importer) extensions(n *node) *ast.Extensions {
	var elems []ast.Expr
	clash := false
	if n.is(list) {
		for _, e := range n.items {
			elems = append(elems, literal(e))
		}
		clash = len(n.items) > 0 && n.items[0].get("name").str() == carrierName
	} else {
		im.carry(n, "extensions")
	}
	if len(im.carried.fields) > 0 || clash {
		own := &ast.Object{Fields: []*ast.ObjectField{fieldOf("name", ast.Span{}, stringOf(carrierName, ast.Span{}))}}
		own.Fields = append(own.Fields, im.carried.fields...)
		elems = slices.Insert(elems, 0, ast.Expr(own))
	}
	if len(elems) == 0 {
		return nil
	}
	s := &ast.Extensions{Value: &ast.List{Elems: elems}}
	if n != nil {
		s.Span = n.Span
	}
	return s
}

// extras gather what is carried of one activity.
type extras struct{ object ast.Object }

// add keeps a value, which may be nil, under its path, which leads through
// mappings.
func (x *extras) add(n *node, path ...string) {
	if n != nil {
		x.addExpr(kept(n), n.Span, path...)
	}
}

func (x *extras) addExpr(v ast.Expr, at ast.Span, path ...string) {
	o := &x.object
	for _, p := range path[:len(path)-1] {
		i := slices.IndexFunc(o.Fields, func(f *ast.ObjectField) bool { return f.Key.Text == p })
		if i < 0 {
			i = len(o.Fields)
			o.Fields = append(o.Fields, fieldOf(p, at, &ast.Object{Span: at}))
		}
		inner, ok := o.Fields[i].Value.(*ast.Object)
		if !ok {
			return
		}
		o = inner
	}
	o.Fields = append(o.Fields, fieldOf(path[len(path)-1], at, v))
}

// drop forgets what is kept of a key.
func (x *extras) drop(key string) {
	x.object.Fields = slices.DeleteFunc(x.object.Fields, func(f *ast.ObjectField) bool { return f.Key.Text == key })
}

// unknownIn warns of the keys of a mapping of the activity that mean nothing,
// and carries them.
func (im *importer) unknownIn(x *extras, n *node, known []string, what string, path ...string) {
	for i, k := range n.keys {
		if !slices.Contains(known, k.text) {
			im.report(unknownKey(im.src, k, what, known))
			x.add(n.items[i], append(slices.Clone(path), k.text)...)
		}
	}
}

// clause returns the clause that carries, or nil where there is nothing.
func (x *extras) clause() *ast.Clause {
	if len(x.object.Fields) == 0 {
		return nil
	}
	for _, f := range x.object.Fields {
		x.object.Span = x.object.Span.Join(f.Span)
	}
	return &ast.Clause{Span: x.object.Span, Kind: ast.Extra, Value: &x.object}
}
