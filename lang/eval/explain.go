package eval

import (
	"context"
	"errors"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: a condition is evaluated once, by a scope that remembers the
// results of calls; the explanation is computed again from what is remembered,
// so that no probe looks twice and what is told is what was seen.

// Condition evaluates a condition and, where it is not met, says why.
func Condition(ctx context.Context, e program.Expr, s Scope) (met bool, why []string, err error) {
	var m *memo
	if hasCall(e) {
		m = &memo{Scope: s, seen: map[*program.Call]remembered{}}
		s = m
	}
	met, err = Bool(ctx, e, s)
	if err != nil || met {
		return met, nil, err
	}
	if m != nil {
		m.closed = true
	}
	return false, Explain(ctx, e, s), nil
}

// Explain says why a condition is not met, a line for each part of it that is
// not: "status was 500, expected one of 200, 503". Secrets are shown as ***,
// long texts are cut.
func Explain(ctx context.Context, e program.Expr, s Scope) []string {
	x := explainer{ctx: ctx, scope: s}
	return x.explain(e, true)
}

type explainer struct {
	ctx   context.Context
	scope Scope
}

// explain says why e is not `want`.
func (x *explainer) explain(e program.Expr, want bool) []string {
	switch e := e.(type) {
	case *program.Unary:
		if e.Op == ast.Not {
			return x.explain(e.X, !want)
		}
	case *program.Binary:
		switch {
		case e.Op == ast.And && want, e.Op == ast.Or && !want:
			return append(x.unless(e.X, want), x.unless(e.Y, want)...)
		case e.Op == ast.Or || e.Op == ast.And: // both sides fail
			parts := append(x.unless(e.X, want), x.unless(e.Y, want)...)
			return []string{strings.Join(parts, ", and ")}
		case e.Op.IsComparison():
			return x.comparison(e, want)
		}
	case *program.Cond:
		if c, err := Bool(x.ctx, e.If, x.scope); err == nil {
			if c {
				return x.explain(e.Then, want)
			}
			return x.explain(e.Else, want)
		}
	case *program.Met:
		if want {
			return []string{short(Text(e)) + " was not met"}
		}
		return []string{short(Text(e)) + " was met, expected that it is not"}
	}
	if want {
		return []string{short(Text(e)) + " was false, expected true"}
	}
	return []string{short(Text(e)) + " was true, expected false"}
}

// unless explains a part of a condition that is not `want`.
func (x *explainer) unless(e program.Expr, want bool) []string {
	got, err := Bool(x.ctx, e, x.scope)
	if err == nil && got == want || errors.Is(err, errNotCalled) {
		return nil
	}
	return x.explain(e, want)
}

func (x *explainer) comparison(e *program.Binary, want bool) []string {
	line := short(Text(e.X)) + " was " + x.show(e.X) + ", expected " + x.expected(e, want)
	lines := []string{line}
	for _, side := range []program.Expr{e.X, e.Y} {
		if where := x.parts(side); where != "" {
			lines = append(lines, where)
		}
	}
	return lines
}

// opposite returns the operator that gives the opposite, where there is one.
func opposite(op ast.Op) (ast.Op, bool) {
	for _, pair := range [...][2]ast.Op{{ast.Eq, ast.Ne}, {ast.Lt, ast.Ge}, {ast.Gt, ast.Le}, {ast.In, ast.NotIn}} {
		switch op {
		case pair[0]:
			return pair[1], true
		case pair[1]:
			return pair[0], true
		}
	}
	return op, false
}

// expected says what the right side asks for.
func (x *explainer) expected(e *program.Binary, want bool) string {
	op, not := e.Op, ""
	if !want {
		var ok bool
		if op, ok = opposite(e.Op); !ok {
			not = "not "
		}
	}
	right := x.show(e.Y)
	switch op {
	case ast.Eq:
		return right
	case ast.Ne:
		return "anything but " + right
	case ast.In:
		if items, ok := x.items(e.Y); ok {
			return "one of " + items
		}
		return "one in " + right
	case ast.NotIn:
		if items, ok := x.items(e.Y); ok {
			return "none of " + items
		}
		return "none in " + right
	case ast.Contains:
		return not + "to contain " + right
	case ast.Matches:
		return not + "to match " + x.pattern(e.Y)
	case ast.Meets:
		return not + "to meet " + right
	}
	return op.String() + " " + right
}

// pattern shows a pattern as it is written, without the escapes of a string.
func (x *explainer) pattern(e program.Expr) string {
	if c, ok := e.(*program.Const); ok {
		return short(constText(c))
	}
	return x.show(e)
}

// items writes the elements of a list.
func (x *explainer) items(e program.Expr) (string, bool) {
	if e.Type().HasSecret() {
		return "", false
	}
	v, err := Eval(x.ctx, e, x.scope)
	list, ok := v.([]any)
	if err != nil || !ok || len(list) == 0 {
		return "", false
	}
	items := make([]string, len(list))
	for i, item := range list {
		items[i] = value.Literal(item)
	}
	return short(strings.Join(items, ", ")), true
}

// show writes the value of an expression.
func (x *explainer) show(e program.Expr) string {
	if e.Type().HasSecret() {
		return value.Masked
	}
	v, err := Eval(x.ctx, e, x.scope)
	if err != nil {
		return "unknown (" + err.Error() + ")"
	}
	return short(value.Literal(v))
}

// parts says of what values a computed side was made: "2 * baseline.elapsed +
// 50ms is 250ms, baseline.elapsed is 100ms".
func (x *explainer) parts(e program.Expr) string {
	switch e.(type) {
	case *program.Binary, *program.Unary, *program.Cond, *program.Interp:
	default:
		return ""
	}
	var said []string
	x.names(e, func(part program.Expr) {
		line := short(Text(part)) + " is " + x.show(part)
		for _, s := range said {
			if s == line {
				return
			}
		}
		said = append(said, line)
	})
	if len(said) == 0 {
		return ""
	}
	return short(Text(e)) + " is " + x.show(e) + ", where " + strings.Join(said, ", ")
}

// names calls f for the names and fields that an expression reads.
func (x *explainer) names(e program.Expr, f func(program.Expr)) {
	switch e.(type) {
	case *program.Ref, *program.Elapsed, *program.It, *program.Field, *program.Index, *program.Call:
		f(e)
	default:
		program.Operands(e, func(part program.Expr) { x.names(part, f) })
	}
}

// shown is the number of characters of a text in an explanation.
const shown = 200

func short(s string) string {
	if len(s) <= shown {
		return s
	}
	runes := []rune(s)
	if len(runes) <= shown {
		return s
	}
	return string(runes[:shown-1]) + "…"
}

func hasCall(e program.Expr) bool {
	switch e.(type) {
	case *program.Call, *program.Met:
		return true
	case *program.Const, *program.Ref, *program.It, *program.Elapsed:
		return false
	}
	found := false
	program.Operands(e, func(part program.Expr) { found = found || hasCall(part) })
	return found
}

// memo is a scope that makes each call once and, when it is closed, no more.
type memo struct {
	Scope
	seen   map[*program.Call]remembered
	closed bool
}

var errNotCalled = errors.New("it was not looked at")

type remembered struct {
	v   any
	err error
}

func (m *memo) once(c *program.Call, call func() (any, error)) (any, error) {
	r, ok := m.seen[c]
	if !ok && m.closed {
		return nil, errNotCalled
	}
	if !ok {
		r.v, r.err = call()
		m.seen[c] = r
	}
	return r.v, r.err
}

func (m *memo) Call(ctx context.Context, c *program.Call, args []any) (any, error) {
	return m.once(c, func() (any, error) { return m.Scope.Call(ctx, c, args) })
}

func (m *memo) Met(ctx context.Context, c *program.Call, args []any) (bool, error) {
	v, err := m.once(c, func() (any, error) { return m.Scope.Met(ctx, c, args) })
	met, _ := v.(bool)
	return met, err
}

// Hide passes secrets on.
func (m *memo) Hide(secret any) {
	if h, ok := m.Scope.(Hider); ok {
		h.Hide(secret)
	}
}
