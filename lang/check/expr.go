package check

import (
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// expr checks an expression and adds to c.flow what it depends on. How deep
// expressions nest is limited by the parser.
func (c *checker) expr(e ast.Expr) program.Expr {
	switch e := e.(type) {
	case *ast.Ident:
		return c.ident(e)
	case *ast.Literal:
		return c.literal(e)
	case *ast.Number:
		return c.number(e)
	case *ast.String:
		return c.text(e)
	case *ast.List:
		return c.list(e)
	case *ast.Object:
		return c.object(e)
	case *ast.Paren:
		return c.expr(e.X)
	case *ast.Unary:
		return c.unary(e)
	case *ast.Binary:
		return c.binary(e)
	case *ast.Cond:
		return c.cond(e)
	case *ast.Call:
		return c.callExpr(e)
	case *ast.Index:
		return c.index(e)
	case *ast.Field:
		return c.field(e)
	case nil:
		return c.poison(ast.Span{})
	}
	return c.poison(e.Range())
}

func (c *checker) literal(e *ast.Literal) program.Expr {
	switch e.Kind {
	case ast.True:
		return c.nodes.consts.get(program.Const{Value: true, T: types.BoolType, At: c.at(e.Span)})
	case ast.False:
		return c.nodes.consts.get(program.Const{Value: false, T: types.BoolType, At: c.at(e.Span)})
	}
	return c.nodes.consts.get(program.Const{T: types.NullType, At: c.at(e.Span)})
}

func (c *checker) number(e *ast.Number) program.Expr {
	x := c.nodes.consts.get(program.Const{At: c.at(e.Span)})
	switch e.Kind {
	case ast.Int:
		x.Value, x.T = e.Int, types.IntType
	case ast.Float:
		x.Value, x.T = e.Float, types.FloatType
	case ast.Duration:
		x.Value, x.T = time.Duration(e.Int), types.DurationType
	case ast.Size:
		x.Value, x.T = value.Size(e.Int), types.SizeType
	case ast.Percent:
		x.Value, x.T = value.Percent(e.Float), types.PercentType
	}
	return x
}

// maxConstant is the length up to which a string with holes is computed here, in
// bytes.
const maxConstant = 64 << 10

// text checks a string with its holes.
func (c *checker) text(e *ast.String) program.Expr {
	if s, ok := e.Plain(); ok {
		return c.nodes.consts.get(program.Const{Value: s, T: types.StringType, At: c.at(e.Span)})
	}
	x := &program.Interp{T: types.StringType, At: c.at(e.Span), Parts: make([]program.Expr, 0, len(e.Parts))}
	var all strings.Builder
	known := true
	for _, p := range e.Parts {
		var part program.Expr
		if p.Hole == nil {
			part = c.nodes.consts.get(program.Const{Value: p.Text, T: types.StringType, At: c.at(p.Span)})
		} else {
			part = c.expr(p.Hole)
		}
		if part.Type().HasSecret() {
			x.T = x.T.AsSecret()
		}
		// What may be large is left to the run, which says so where it is too
		// large: constants can double each other.
		v, ok := c.known(part)
		if known = known && ok && value.KindOf(v) <= types.Time && all.Len() <= maxConstant; known {
			all.WriteString(value.Text(v))
		}
		x.Parts = append(x.Parts, part)
	}
	if known {
		return c.nodes.consts.get(program.Const{Value: all.String(), T: x.T, At: x.At})
	}
	return x
}

func (c *checker) list(e *ast.List) program.Expr {
	x := &program.List{At: c.at(e.Span), Elems: make([]program.Expr, len(e.Elems))}
	elem := types.InvalidType
	known := true
	for i, el := range e.Elems {
		x.Elems[i] = c.expr(el)
		t := x.Elems[i].Type()
		if i == 0 {
			elem = t
		} else if elem != t {
			elem = types.Join(elem, t)
		}
		_, isConst := x.Elems[i].(*program.Const)
		known = known && isConst && t.Kind != types.Invalid
	}
	x.T = listOf(elem)
	if !known {
		return x
	}
	vals := make([]any, len(x.Elems))
	for i, el := range x.Elems {
		vals[i] = el.(*program.Const).Value
	}
	return c.nodes.consts.get(program.Const{Value: vals, T: x.T, At: x.At})
}

var (
	ints  = types.ListOf(types.IntType)
	texts = types.ListOf(types.StringType)
)

// listOf is types.ListOf without an allocation for the lists that are common.
func listOf(elem *types.Type) *types.Type {
	switch elem {
	case types.IntType:
		return ints
	case types.StringType:
		return texts
	}
	return types.ListOf(elem)
}

func (c *checker) object(e *ast.Object) program.Expr {
	x := &program.Object{At: c.at(e.Span), Vals: make([]program.Expr, 0, len(e.Fields))}
	fields := make([]types.Field, 0, len(e.Fields))
	var seen map[string]*ast.Name
	if len(e.Fields) > 1 {
		seen = make(map[string]*ast.Name, len(e.Fields))
	}
	for _, f := range e.Fields {
		v := c.expr(f.Value)
		if f.Key == nil {
			continue
		}
		if old := seen[f.Key.Text]; old != nil {
			c.report(keyTwice(c.at(f.Key.Span), f.Key.Text, c.at(old.Span)))
			continue
		}
		if seen != nil {
			seen[f.Key.Text] = f.Key
		}
		x.Vals = append(x.Vals, v)
		fields = append(fields, types.Field{Name: f.Key.Text, Type: v.Type()})
	}
	x.T = types.RecordOf("", fields...)
	return x
}

func (c *checker) cond(e *ast.Cond) program.Expr {
	x := &program.Cond{At: c.at(e.Span)}
	x.If = c.condition(e.If, role{noun: "the condition", word: "if"})
	x.Then, x.Else = c.expr(e.Then), c.expr(e.Else)
	x.T = types.Join(x.Then.Type(), x.Else.Type())
	if isPoison(x.Then) || isPoison(x.Else) {
		x.T = types.InvalidType
	}
	return x
}

func (c *checker) index(e *ast.Index) program.Expr {
	if x, ok := c.longForm(e); ok {
		return x
	}
	x := &program.Index{X: c.expr(e.X), I: c.expr(e.Index), T: types.InvalidType, At: c.at(e.Span)}
	t, it := x.X.Type(), x.I.Type()
	switch t.Kind {
	case types.Invalid:
	case types.Any:
		x.T = types.AnyType
		if k := it.Kind; k != types.Int && k != types.String && k != types.Any && k != types.Invalid {
			c.report(wrongIndex(c.at(e.Index.Range()), t, it))
		}
	case types.List:
		x.T = t.Elem
		if !types.Assignable(it, types.IntType) {
			c.report(wrongIndex(c.at(e.Index.Range()), t, it))
		}
	case types.Map:
		x.T = t.Elem
		if !types.Assignable(it, types.StringType) {
			c.report(wrongIndex(c.at(e.Index.Range()), t, it))
		}
	case types.Record:
		key, ok := c.known(x.I)
		name, isText := key.(string)
		switch {
		case ok && isText:
			return c.member(x.X, name, e.Index.Range(), e.Span)
		case !types.Assignable(it, types.StringType):
			c.report(wrongIndex(c.at(e.Index.Range()), t, it))
		default:
			x.T = types.AnyType
		}
	default:
		c.report(notIndexable(c.at(e.X.Range()), t))
	}
	if t.Secret {
		x.T = x.T.AsSecret()
	}
	return x
}

// member is X.name, where X is a value.
func (c *checker) member(x program.Expr, name string, nameAt, at ast.Span) program.Expr {
	t := x.Type()
	f := &program.Field{X: x, Name: name, Index: -1, T: types.AnyType, At: c.at(at)}
	switch t.Kind {
	case types.Invalid:
		return c.poison(at)
	case types.Any:
	case types.Map:
		f.T = t.Elem
	case types.Record:
		if f.Index = t.Field(name); f.Index < 0 {
			c.report(unknownField(c.at(nameAt), name, x, c.result))
			return c.poison(at)
		}
		f.T = t.Fields[f.Index].Type
	default:
		c.report(noFields(c.at(nameAt), name, t))
		return c.poison(at)
	}
	if t.Secret {
		f.T = f.T.AsSecret()
	}
	return f
}
