package interp

import (
	"context"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// meta is what the events of an activity say each time.
type meta struct {
	kind     string // probe or action
	function string
	place    journal.Place
	fixed    string       // title, where it is always the same
	expr     program.Expr // else
}

func (r *run) metaOf(a *program.Activity) *meta {
	if m, ok := r.metas.Load(a); ok {
		return m.(*meta)
	}
	m := &meta{kind: a.Kind.String(), function: a.Call.Name, place: placeOf(a.At)}
	if a.Call.Func != nil {
		m.function = a.Call.Func.Name()
	}
	if v, ok := eval.Fold(a.Title); ok {
		m.fixed = value.Text(v)
	} else {
		m.expr = a.Title
	}
	r.metas.Store(a, m)
	return m
}

func (m *meta) title(sc *scope) string {
	if m.expr == nil {
		return m.fixed
	}
	v, err := eval.Eval(context.Background(), m.expr, sc)
	if err != nil {
		return m.function
	}
	return value.Text(v)
}

// arguments writes the arguments of a call as a JSON object; those that may
// hold secrets as ***.
func arguments(c *program.Call, args []any) []byte {
	if len(args) == 0 {
		return nil
	}
	params := c.Signature().Params
	b := make([]byte, 0, 128)
	b = append(b, '{')
	for i, a := range args {
		if c.Args[i] == nil {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b, _ = value.AppendJSON(b, params[i].Name)
		b = append(b, ':')
		if failed, ok := a.(stdlib.Attempt); ok {
			a = "(" + failed.Err.Error() + ")"
		}
		b = appendOutput(b, redact(a, c.Args[i].Type()))
	}
	return append(b, '}')
}

// appendOutput writes a value as JSON; one that has none is told as text.
func appendOutput(b []byte, v any) []byte {
	start := len(b)
	b, err := value.AppendJSON(b, v)
	if err != nil {
		b, _ = value.AppendJSON(b[:start], "("+err.Error()+")")
	}
	return b
}
