package check

import (
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// loadTime checks an expression whose value must be known before the run. Where
// it depends on parameters of a definition, its calls must give such.
func (c *checker) loadTime(e ast.Expr, what role) program.Expr {
	outer, where := c.flow, c.place
	c.flow, c.place = flow{}, place{loadTime: true, outside: where.outside}
	x := c.expr(e)
	f := c.flow
	c.flow, c.place = outer, where
	c.flow.add(f)
	if f.late && !f.bad {
		c.report(notLoadTime(c.at(e.Range()), c.at(f.lateAt), what))
		return c.poison(e.Range())
	}
	if c.body != nil && c.body.def != nil {
		markParams(c.body.def.loadTime, f.params, c.at(e.Range()))
	}
	return x
}

// span says which durations a place takes.
type span uint8

const (
	anySpan  span = iota // not negative
	someSpan             // more than nothing
)

// duration checks the duration of a clause, a statement or a setting. It
// returns nil where none is written.
func (c *checker) duration(e ast.Expr, word string, s span) program.Expr {
	if e == nil {
		return nil
	}
	x := c.loadTime(e, role{noun: "the duration", word: word})
	x = c.want(x, types.DurationType, e, role{noun: "the value", word: word})
	if v, ok := c.known(x); ok {
		d, _ := v.(time.Duration)
		switch {
		case d < 0:
			c.report(negativeDuration(c.at(e.Range()), word))
		case d == 0 && s == someSpan:
			c.report(zeroDuration(c.at(e.Range()), word))
		}
	}
	return x
}

// count checks a number of times.
func (c *checker) count(e ast.Expr, word string) program.Expr {
	x := c.loadTime(e, role{noun: "the number", word: word})
	x = c.want(x, types.IntType, e, role{noun: "the number", word: word})
	if v, ok := c.known(x); ok {
		if n, _ := v.(int64); n < 0 {
			c.report(negativeCount(c.at(e.Range()), word))
		}
	}
	return x
}

// elements checks the list of a `for` and returns the type of its elements.
func (c *checker) elements(e ast.Expr) (program.Expr, *types.Type) {
	x := c.loadTime(e, role{noun: "the list", word: "for"})
	t := x.Type()
	var elem *types.Type
	switch {
	case t.Kind == types.Invalid:
		return x, types.InvalidType
	case t.Kind == types.Any:
		elem = types.AnyType
	case t.Kind == types.List:
		elem = t.Elem
	case t.Kind == types.Range && (t.Elem.Kind == types.Int || t.Elem.Kind == types.Any):
		elem = types.IntType
	default:
		c.report(notAList(c.at(e.Range()), t))
		return c.poison(e.Range()), types.InvalidType
	}
	if v, ok := c.known(x); ok {
		if list, ok := v.([]any); ok && len(list) == 0 {
			c.report(emptyList(c.at(e.Range())))
		}
	}
	if t.Secret {
		elem = elem.AsSecret()
	}
	return x, elem
}

// unitBeside is unitOf for a number that is compared or computed with: as
// many seconds are hardly meant.
func unitBeside(k types.Kind, beside ast.Expr, n *ast.Number) string {
	if k == types.Duration && n.Int >= 100 {
		return "ms"
	}
	return unitOf(k, beside)
}

// unitOf returns the unit that a number beside a value of a kind likely lacks:
// that of the value, where it is a literal.
func unitOf(k types.Kind, beside ast.Expr) string {
	switch k {
	case types.Duration:
		return "s"
	case types.Percent:
		return "%"
	case types.Size:
		if n, ok := beside.(*ast.Number); ok {
			for i := len(n.Text) - 1; i >= 0; i-- {
				if b := n.Text[i]; b >= '0' && b <= '9' {
					return n.Text[i+1:]
				}
			}
		}
		return "MiB"
	}
	return ""
}
