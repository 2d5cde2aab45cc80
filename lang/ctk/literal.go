package ctk

import (
	"math"
	"strconv"

	"github.com/chaosc-lang/chaosc/ast"
)

// literal writes a value as it is: nothing in it is replaced.
func literal(n *node) ast.Expr {
	return valueOf(n, func(n *node) ast.Expr { return stringOf(n.text, n.Span) }, dateOf)
}

// kept writes a value that is only kept, for an export: a date is its text
// then, as in JSON.
func kept(n *node) ast.Expr {
	asText := func(n *node) ast.Expr { return stringOf(n.text, n.Span) }
	return valueOf(n, asText, asText)
}

// dateOf writes a date as the object that Python has for it.
func dateOf(n *node) ast.Expr { return callOf(n.Span, "toolkit.date", arg(stringOf(n.text, n.Span))) }

// valueOf writes a value whose texts and dates are written by others.
func valueOf(n *node, str, day func(*node) ast.Expr) ast.Expr {
	switch n.kind {
	case truth:
		return boolOf(n.text == "true", n.Span)
	case whole, fraction:
		return number(n)
	case text:
		return str(n)
	case binary:
		return callOf(n.Span, "toolkit.bytes", arg(stringOf(n.text, n.Span)), named("base64", literalOf(ast.True, n.Span)))
	case date:
		return day(n)
	case list:
		l := listOf(n.Span)
		for _, e := range n.items {
			l.Elems = append(l.Elems, valueOf(e, str, day))
		}
		return l
	case mapping:
		o := &ast.Object{Span: n.Span}
		for i, k := range n.keys {
			o.Fields = append(o.Fields, fieldOf(k.text, k.Span, valueOf(n.items[i], str, day)))
		}
		return o
	case theResult:
		return it(n.Span)
	}
	return literalOf(ast.Null, n.Span)
}

// number writes a number. What the language has no number for (an integer of
// more than 64 bits, NaN, Infinity) is a call that gives Python's value.
func number(n *node) ast.Expr {
	if n.kind == whole {
		if i, err := strconv.ParseInt(n.text, 10, 64); err == nil && i != math.MinInt64 {
			return intOf(i, n.Span)
		}
	} else if f, err := strconv.ParseFloat(n.text, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		return floatOf(f, n.Span)
	}
	return callOf(n.Span, "toolkit.number", arg(stringOf(n.text, n.Span)))
}

// numberLength returns the length of the JSON number at the start of a text.
func numberLength(s string) int {
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	start := i
	if !digits() || i-start > 1 && s[start] == '0' {
		return 0
	}
	if i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			return 0
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return 0
		}
	}
	return i
}

// isZeroOrOne reports whether a number equals false or true, as Python
// compares.
func isZeroOrOne(s string) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && (f == 0 || f == 1)
}
