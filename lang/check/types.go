package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// typeOf returns the type that is written.
func (c *checker) typeOf(t *ast.TypeExpr) *types.Type {
	if t == nil || t.Name == "" {
		return types.InvalidType
	}
	var elem *types.Type
	if t.Elem != nil {
		elem = c.typeOf(t.Elem)
	}
	switch t.Name {
	case "list", "map", "range":
		if elem == nil {
			c.report(typeWithoutElem(c.at(t.Span), t.Name))
			return types.InvalidType
		}
		switch t.Name {
		case "list":
			return types.ListOf(elem)
		case "map":
			return types.MapOf(elem)
		}
		if k := elem.Kind; !k.IsOrdered() || k == types.String {
			c.report(rangeOfUnordered(c.at(t.Elem.Span), elem))
			return types.InvalidType
		}
		return types.RangeOf(elem)
	}
	basic := types.Basic(t.Name)
	switch {
	case basic == nil:
		c.report(unknownType(c.at(t.Span), t.Name))
	case elem != nil:
		c.report(typeTakesNoElem(c.at(t.Span), t.Name))
	default:
		return basic
	}
	return types.InvalidType
}

// role says what an expression is, for messages: the argument `to` of
// fs.rename, the duration of `timeout`.
//
// Nothing is put together before a message needs it.
type role struct {
	noun string
	word string    // the word or name that it belongs to
	of   *ast.Call // the call whose argument it is
}

func (r role) String() string {
	switch {
	case r.of != nil:
		return r.noun + " `" + r.word + "` of " + r.of.PathText()
	case r.word != "":
		return r.noun + " of `" + r.word + "`"
	}
	return r.noun
}

// want makes sure that an expression may stand where a type is wanted.
func (c *checker) want(x program.Expr, t *types.Type, e ast.Expr, r role) program.Expr {
	from := x.Type()
	if from == t || types.Assignable(from, t) {
		return x
	}
	v, known := c.known(x)
	c.report(wrongType(c.at(e.Range()), r, from, t, e, v, known))
	return c.poison(e.Range())
}
