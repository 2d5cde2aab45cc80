package eval

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Text writes an expression as in the language. It is made from the program,
// not from the source, which may be JSON. Fields of the activity's own result
// stand without `it`, as they are written.
func Text(e program.Expr) string {
	var b strings.Builder
	writeText(&b, e, 0)
	return b.String()
}

func writeText(b *strings.Builder, e program.Expr, outer int) {
	switch e := e.(type) {
	case *program.Const:
		b.WriteString(constText(e))
	case *program.Ref:
		b.WriteString(refText(e))
	case *program.Elapsed:
		b.WriteString(e.Var.Name + ".elapsed")
	case *program.It:
		b.WriteString(itText(e))
	case *program.Field:
		if it, ok := e.X.(*program.It); !ok || it.Baseline || it.Elapsed {
			writeText(b, e.X, primary)
			b.WriteByte('.')
		}
		b.WriteString(e.Name)
	case *program.Index:
		writeText(b, e.X, primary)
		b.WriteByte('[')
		writeText(b, e.I, 0)
		b.WriteByte(']')
	case *program.Unary:
		if e.Op == ast.Not {
			grouped(b, ast.Not, outer, func() {
				b.WriteString("not ")
				writeText(b, e.X, ast.Not.Precedence())
			})
			return
		}
		b.WriteByte('-')
		writeText(b, e.X, ast.Neg.Precedence())
	case *program.Binary:
		grouped(b, e.Op, outer, func() {
			writeText(b, e.X, e.Op.Precedence())
			if e.Op == ast.Range {
				b.WriteString("..")
			} else {
				b.WriteString(" " + e.Op.String() + " ")
			}
			writeText(b, e.Y, e.Op.Precedence()+1)
		})
	case *program.Cond:
		grouped(b, ast.Or, outer, func() {
			b.WriteString("if ")
			writeText(b, e.If, 0)
			b.WriteString(" then ")
			writeText(b, e.Then, 0)
			b.WriteString(" else ")
			writeText(b, e.Else, 0)
		})
	default:
		writeComposite(b, e)
	}
}

// primary binds stronger than every operator.
const primary = 9

// grouped writes an operation, in parentheses where it binds less than what
// stands around it.
func grouped(b *strings.Builder, op ast.Op, outer int, write func()) {
	if op.Precedence() < outer {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	write()
}

func writeComposite(b *strings.Builder, e program.Expr) {
	list := func(open, end string, elems []program.Expr) {
		b.WriteString(open)
		for i, x := range elems {
			if i > 0 {
				b.WriteString(", ")
			}
			writeText(b, x, 0)
		}
		b.WriteString(end)
	}
	switch e := e.(type) {
	case *program.Met:
		writeText(b, e.Call, 0)
	case *program.Call:
		writeCall(b, e)
	case *program.Builtin:
		args := []program.Expr{e.Arg}
		if e.Default != nil {
			args = append(args, e.Default)
		}
		list([...]string{"env(", "file(", "reveal("}[e.Func], ")", args)
	case *program.List:
		list("[", "]", e.Elems)
	case *program.Rest:
		list("", "", e.Elems)
	case *program.Object:
		b.WriteByte('{')
		for i, x := range e.Vals {
			if i > 0 {
				b.WriteString(", ")
			}
			if i < len(e.T.Fields) {
				b.WriteString(e.T.Fields[i].Name + ": ")
			}
			writeText(b, x, 0)
		}
		b.WriteByte('}')
	case *program.Interp:
		b.WriteByte('"')
		for _, part := range e.Parts {
			if c, ok := part.(*program.Const); ok {
				b.WriteString(value.Text(c.Value))
				continue
			}
			b.WriteString("${")
			writeText(b, part, 0)
			b.WriteByte('}')
		}
		b.WriteByte('"')
	}
}

// writeCall writes a call; a parameter that stands behind one that was left
// out is written with its name.
func writeCall(b *strings.Builder, c *program.Call) {
	b.WriteString(c.Name + "(")
	sig := c.Signature()
	first, named := true, false
	for i, a := range c.Args {
		if a == nil {
			named = true
			continue
		}
		if !first {
			b.WriteString(", ")
		}
		first = false
		if i < len(sig.Params) && (named || sig.Params[i].Named) {
			b.WriteString(sig.Params[i].Name + ": ")
		}
		writeText(b, a, 0)
	}
	b.WriteByte(')')
}

func constText(e *program.Const) string {
	if e.T != nil && e.T.HasSecret() {
		return value.Masked
	}
	if e.T != nil && e.T.Kind == types.String {
		if text, ok := e.Value.(string); ok && strings.ContainsAny(text, `\"`) && !strings.ContainsAny(text, "`\n") {
			return "`" + text + "`" // patterns are full of backslashes
		}
	}
	return value.Literal(e.Value)
}

// refText writes a name; that of a secret with its group, which only the source
// has.
func refText(e *program.Ref) string {
	if e.Var.Kind == program.SecretVar {
		if text := e.At.Text(); strings.HasPrefix(text, "secrets.") {
			return text
		}
	}
	return e.Var.Name
}

func itText(e *program.It) string {
	switch {
	case e.Baseline && e.Elapsed:
		return "baseline.elapsed"
	case e.Baseline:
		return "baseline"
	case e.Elapsed:
		return "elapsed"
	}
	return "it"
}
