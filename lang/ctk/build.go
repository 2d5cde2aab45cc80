package ctk

import (
	"strconv"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// This file makes nodes of the syntax tree.

// nameOf makes a name where it is declared: an identifier where the text can
// be one, else a text in quotes.
func nameOf(s string, at ast.Span) *ast.Name {
	if lang.IsIdent(s) {
		return &ast.Name{Span: at, Text: s}
	}
	return quotedName(s, at)
}

// quotedName makes a name that no expression can mean.
func quotedName(s string, at ast.Span) *ast.Name {
	return &ast.Name{Span: at, Text: s, Quoted: stringOf(s, at)}
}

// stringOf makes a string without holes. What would be a hole is written raw,
// where that can be.
func stringOf(s string, at ast.Span) *ast.String {
	x := &ast.String{Span: at}
	if s != "" {
		x.Parts = []ast.StringPart{{Span: at, Text: s}}
	}
	if strings.Contains(s, "${") {
		x.Quote = ast.Raw
	}
	return x
}

// rawString makes a string that is written raw where it can be and reads
// better so.
func rawString(s string, at ast.Span) *ast.String {
	x := stringOf(s, at)
	if strings.ContainsAny(s, `\"`) {
		x.Quote = ast.Raw
	}
	return x
}

func identOf(name string, at ast.Span) *ast.Ident { return &ast.Ident{Span: at, Name: name} }

// entryOf makes x.name, or x["name"] where the name is none.
func entryOf(x ast.Expr, name string, at ast.Span) ast.Expr {
	if lang.IsIdent(name) {
		return &ast.Field{Span: at, X: x, Name: identOf(name, at)}
	}
	return &ast.Index{Span: at, X: x, Index: stringOf(name, at)}
}

func literalOf(k ast.LiteralKind, at ast.Span) *ast.Literal { return &ast.Literal{Span: at, Kind: k} }

func boolOf(b bool, at ast.Span) *ast.Literal {
	if b {
		return literalOf(ast.True, at)
	}
	return literalOf(ast.False, at)
}

// intOf makes an integer, which may be negative.
func intOf(n int64, at ast.Span) ast.Expr {
	if n < 0 {
		return negative(&ast.Number{Span: at, Kind: ast.Int, Int: -n}, at)
	}
	return &ast.Number{Span: at, Kind: ast.Int, Int: n}
}

func floatOf(f float64, at ast.Span) ast.Expr {
	if f < 0 {
		return negative(&ast.Number{Span: at, Kind: ast.Float, Float: -f}, at)
	}
	return &ast.Number{Span: at, Kind: ast.Float, Float: f}
}

func negative(x ast.Expr, at ast.Span) ast.Expr {
	return &ast.Unary{Span: at, Op: ast.Neg, OpPos: at, X: x}
}

// secondsOf makes a duration of a number of seconds, to the nanosecond. ok is
// false for one that is no duration: negative, or too long.
func secondsOf(n *node) (x *ast.Number, ok bool) {
	s, err := strconv.ParseFloat(n.text, 64)
	if !n.is(whole) && !n.is(fraction) || err != nil || !(s >= 0 && s < 1<<33) {
		return nil, false
	}
	d := time.Duration(s)*time.Second + time.Duration((s-float64(int64(s)))*1e9+0.5)
	return durationOf(d, n.Span), true
}

func durationOf(d time.Duration, at ast.Span) *ast.Number {
	return &ast.Number{Span: at, Kind: ast.Duration, Int: int64(d)}
}

// callOf makes the call of a dotted name.
func callOf(at ast.Span, path string, args ...*ast.Arg) *ast.Call {
	c := &ast.Call{Span: at, Open: at.Start, Close: at.End, Args: args}
	for name := range strings.SplitSeq(path, ".") {
		c.Path = append(c.Path, identOf(name, at))
	}
	return c
}

// arg makes an argument by position.
func arg(x ast.Expr) *ast.Arg { return &ast.Arg{Span: x.Range(), Value: x} }

// named makes an argument by name.
func named(name string, x ast.Expr) *ast.Arg {
	return &ast.Arg{Span: x.Range(), Name: &ast.Name{Span: x.Range(), Text: name}, Value: x}
}

func infix(x ast.Expr, op ast.Op, y ast.Expr, at ast.Span) *ast.Binary {
	return &ast.Binary{Span: at, Op: op, OpPos: at, X: x, Y: y}
}

func fieldOf(key string, at ast.Span, v ast.Expr) *ast.ObjectField {
	return &ast.ObjectField{Span: at.Join(v.Range()), Key: nameOf(key, at), Value: v}
}

func listOf(at ast.Span, elems ...ast.Expr) *ast.List { return &ast.List{Span: at, Elems: elems} }
