package lang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// show writes an expression with all its structure visible.
func show(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.Literal:
		return [...]string{"null", "true", "false"}[x.Kind]
	case *ast.Number:
		if x.Kind == ast.Float || x.Kind == ast.Percent {
			return fmt.Sprintf("%d:%v", x.Kind, x.Float)
		}
		return fmt.Sprintf("%d:%d", x.Kind, x.Int)
	case *ast.String:
		s := ""
		for _, p := range x.Parts {
			if p.Hole != nil {
				s += "${" + show(p.Hole) + "}"
			} else {
				s += fmt.Sprintf("%q", p.Text)
			}
		}
		return "'" + s + "'"
	case *ast.List:
		return "[" + showAll(x.Elems, show) + "]"
	case *ast.Object:
		return "{" + showAll(x.Fields, func(f *ast.ObjectField) string { return f.Key.Text + ": " + show(f.Value) }) + "}"
	case *ast.Paren:
		return "paren" + show(x.X)
	case *ast.Unary:
		return "(" + x.Op.String() + " " + show(x.X) + ")"
	case *ast.Binary:
		return "(" + show(x.X) + " " + x.Op.String() + " " + show(x.Y) + ")"
	case *ast.Cond:
		return "(if " + show(x.If) + " " + show(x.Then) + " " + show(x.Else) + ")"
	case *ast.Call:
		return x.PathText() + "(" + showAll(x.Args, func(a *ast.Arg) string {
			if a.Name != nil {
				return a.Name.Text + ": " + show(a.Value)
			}
			return show(a.Value)
		}) + ")"
	case *ast.Index:
		return show(x.X) + "[" + show(x.Index) + "]"
	case *ast.Field:
		return show(x.X) + "." + x.Name.Name
	}
	return fmt.Sprintf("%T", x)
}

func showAll[T any](list []T, one func(T) string) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = one(x)
	}
	return strings.Join(parts, ", ")
}

func TestExpressions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"a or b and c", "(a or (b and c))"},
		{"not a and b", "((not a) and b)"},
		{"not a == b", "(not (a == b))"},
		{"not not a", "(not (not a))"},
		{"a not in b", "(a not in b)"},
		{"a in 1..2 + 3", "(a in (0:1 .. (0:2 + 0:3)))"},
		{"200..299", "(0:200 .. 0:299)"},
		{"1 - 2 - 3", "((0:1 - 0:2) - 0:3)"},
		{"1 + 2 * 3", "(0:1 + (0:2 * 0:3))"},
		{"a-b - c", "(a-b - c)"},
		{"-a * -b", "((- a) * (- b))"},
		{"-a.b(1)[2].c", "(- a.b(0:1)[0:2].c)"},
		{"a matches `x` or b contains c", "((a matches '\"x\"') or (b contains c))"},
		{"if a then b else if c then d else e", "(if a b (if c d e))"},
		{"(if a then b else c) + 1", "(paren(if a b c) + 0:1)"},
		{"if a then b else c + 1", "(if a b (c + 0:1))"},
		{"f(a, b: c, for: 1)", "f(a, b: c, for: 0:1)"},
		{"config[\"a b\"].c", "config['\"a b\"'].c"},
		{"it.url", "it.url"},
		{"[1, {a: 2}, true, null]", "[0:1, {a: 0:2}, true, null]"},
		{"1.5", "1:1.5"}, {"90s", "2:90000000000"}, {"1kB", "3:1000"}, {"5%", "4:5"},
		{`""`, "''"},
		{`"a${b}c"`, "'\"a\"${b}\"c\"'"},
		{`"${a}${b}"`, "'${a}${b}'"},
		{`"${{a: "}"}}x"`, `'${{a: '"}"'}}"x"'`},
		{`"\u{48}\t\$\{"`, `'"H\t$\\{"'`},
		{"`a\\n${b}`", "'\"a\\\\n${b}\"'"},
		{"\"\"\"\n  a\n    b\n\n  ${c} d\n  \"\"\"", "'\"a\\n  b\\n\\n\"${c}\" d\"'"},
		{"\"\"\"\n\t\"\"\"", "''"},
		{"\"\"\"\r\n  a\\n\r\n  \"\"\"", "'\"a\\n\"'"},
	} {
		text := "let x = " + c.text
		file, problems := lang.Parse(ast.NewSource("x", text))
		for _, d := range problems {
			if d.Code != "E0008" { // \{, kept as it is
				t.Errorf("%s: %s", c.text, d.Message)
			}
		}
		if len(file.Decls) != 1 {
			t.Errorf("%s: %d declarations", c.text, len(file.Decls))
			continue
		}
		let := file.Decls[0].(*ast.Let)
		if got := show(let.Value); got != c.want {
			t.Errorf("%s is read as %s, want %s", c.text, got, c.want)
		}
		if want := (ast.Span{Start: 8, End: ast.Pos(len(text))}); let.Value.Range() != want {
			t.Errorf("%s has the span %v, want %v", c.text, let.Value.Range(), want)
		}
	}
}

// TestWhereExpressionsEnd holds what follows an expression without a
// separator.
func TestWhereExpressionsEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"log x pause 2s log y", "Log Pause Log"},
		{"let x = y log z", "Let Log"},
		{"let x = timeout let y = log log z", "Let Let Log"},
		{"probe a = f() expect ok undo probe b probe c = g()", "Activity(expect, undo) Activity Activity"},
		{"action a = f() undo by g() keep probe a", "Activity(undo by, keep) Activity"},
		{"action f() undo\nprobe x.y() background delay d settle s", "Activity(undo) Activity(background, delay, settle)"},
		{"probe f() retry n every d expect timeout timeout t", "Activity(retry, expect, timeout)"},
		{"probe a control c control m.f(1) extra {a: 1}", "Activity(control, control, extra)"},
		{"if x { } for a in b { } log c", "If For Log"},
		{"if x { } else { } expect x", "If Check"},
		{"wait until x within 2s log every", "Wait Log"},
		{"wait w until x within within every every restore a", "Wait Restore"},
		{"log -a\nlog - 1", "Log Log"},
	} {
		src := ast.NewSource("x", "experiment \"x\" {\nmethod {\n"+c.text+"\n}\n}\n")
		file, problems := lang.Parse(src)
		for _, d := range problems {
			if d.Code != "E0123" {
				t.Errorf("%s: %s", c.text, d.Message)
			}
		}
		var words []string
		for _, s := range file.Decls[0].(*ast.Experiment).Sections[0].(*ast.Phase).Body.Stmts {
			word := strings.TrimPrefix(fmt.Sprintf("%T", s), "*ast.")
			if a, ok := s.(*ast.Activity); ok && len(a.Clauses) > 0 {
				word += "(" + showAll(a.Clauses, func(c *ast.Clause) string { return c.Kind.String() }) + ")"
			}
			words = append(words, word)
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%s is read as %s, want %s", c.text, got, c.want)
		}
	}
}
