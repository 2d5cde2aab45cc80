package format_test

import (
	"math"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/format"
)

// Trees that no text stands for, as an import makes them.

func ident(name string) *ast.Ident                      { return &ast.Ident{Name: name} }
func name(text string) *ast.Name                        { return &ast.Name{Text: text} }
func integer(n int64) *ast.Number                       { return &ast.Number{Kind: ast.Int, Int: n} }
func binary(x ast.Expr, op ast.Op, y ast.Expr) ast.Expr { return &ast.Binary{Op: op, X: x, Y: y} }

func text(s string) *ast.String {
	if s == "" {
		return &ast.String{}
	}
	return &ast.String{Parts: []ast.StringPart{{Text: s}}}
}

func call(path string, args ...ast.Expr) *ast.Call {
	c := &ast.Call{}
	for part := range strings.SplitSeq(path, ".") {
		c.Path = append(c.Path, ident(part))
	}
	for _, a := range args {
		c.Args = append(c.Args, &ast.Arg{Value: a})
	}
	return c
}

// exprText formats an expression as the value of a constant, checks that it
// is read back as the same, and returns it.
func exprText(t *testing.T, e ast.Expr) string {
	t.Helper()
	f := &ast.File{Decls: []ast.Decl{&ast.Let{Name: name("x"), Value: e}}}
	out := string(format.Format(f))
	again, problems := lang.Parse(ast.NewSource("again.chaos", out))
	if problems.HasErrors() {
		t.Errorf("%s\nis not read back: %v", out, problems)
	} else if a, b := dump(f), dump(again); a != b {
		t.Errorf("%s\nis read back as another: %s", out, firstDifference(b, a))
	}
	return strings.TrimSuffix(strings.TrimPrefix(out, "let x = "), "\n")
}

func TestNewStrings(t *testing.T) {
	for in, want := range map[string]string{
		"":                 `""`,
		"a":                `"a"`,
		`a "b"`:            "`a \"b\"`",
		`a\d`:              "`a\\d`",
		"a\\`b`":           "\"a\\\\`b`\"",
		`"${a}"`:           `"\"\${a}\""`,
		"$a ${b} $${c}$":   `"$a \${b} $\${c}$"`,
		"a\n":              `"a\n"`,
		"a\nb":             "\"\"\"\n    a\n    b\n    \"\"\"",
		"\n":               `"\n"`,
		"a\n\n b\n":        "\"\"\"\n    a\n\n     b\n\n    \"\"\"",
		"\"\"\"\n\\\t\r\"": "\"\"\"\n    \"\"\\\"\n    \\\\\t\\r\"\n    \"\"\"",
		"\t\x00\x1b\u0085": `"\t\u{0}\u{1b}\u{85}"`,
		"\u202e\ufeff👩‍🔧é": `"\u{202e}\u{feff}👩‍🔧é"`,
		"a\"\x00":          `"a\"\u{0}"`,
	} {
		if got := exprText(t, text(in)); got != want {
			t.Errorf("%q is written\n%s\nwant\n%s", in, got, want)
		}
	}
}

func TestQuotesThatDoNotHold(t *testing.T) {
	hole := &ast.String{Quote: ast.Triple, Parts: []ast.StringPart{{Text: "a\nb"}}}
	for _, c := range []struct {
		s    *ast.String
		want string
	}{
		{&ast.String{Quote: ast.Raw, Parts: text("a`b").Parts}, "\"a`b\""},
		{&ast.String{Quote: ast.Raw, Parts: text("a\x00").Parts}, `"a\u{0}"`},
		{&ast.String{Quote: ast.Raw, Parts: []ast.StringPart{{Hole: ident("a")}}}, `"${a}"`},
		{&ast.String{Quote: ast.Raw, Parts: text("a\n  b").Parts}, "`a\n  b`"},
		{&ast.String{Quote: ast.Triple}, `""`},
		{&ast.String{Parts: []ast.StringPart{{Text: "a"}, {Hole: hole}}}, `"a${"a\nb"}"`},
	} {
		if got := exprText(t, c.s); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

func TestNewNumbers(t *testing.T) {
	for _, c := range []struct {
		n    *ast.Number
		want string
	}{
		{integer(0), "0"},
		{integer(math.MaxInt64), "9223372036854775807"},
		{&ast.Number{Kind: ast.Float, Float: 3}, "3.0"},
		{&ast.Number{Kind: ast.Float, Float: 1e300}, "1e+300"},
		{&ast.Number{Kind: ast.Float, Float: 0.1}, "0.1"},
		{&ast.Number{Kind: ast.Duration, Int: 90e9}, "1m30s"},
		{&ast.Number{Kind: ast.Size, Int: 64 << 10}, "64KiB"},
		{&ast.Number{Kind: ast.Percent, Float: 12.5}, "12.5%"},
	} {
		if got := exprText(t, c.n); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestMissingParentheses(t *testing.T) {
	a, b, c := ident("a"), ident("b"), ident("c")
	not := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: ast.Not, X: x} }
	neg := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: ast.Neg, X: x} }
	cond := &ast.Cond{If: a, Then: b, Else: c}
	field := func(x ast.Expr) ast.Expr { return &ast.Field{X: x, Name: ident("f")} }
	for _, e := range []struct {
		x    ast.Expr
		want string
	}{
		{binary(binary(a, ast.Sub, b), ast.Sub, c), "a - b - c"},
		{binary(a, ast.Sub, binary(b, ast.Sub, c)), "a - (b - c)"},
		{binary(binary(a, ast.Add, b), ast.Mul, c), "(a + b) * c"},
		{binary(binary(a, ast.Or, b), ast.And, c), "(a or b) and c"},
		{binary(a, ast.And, binary(b, ast.And, c)), "a and (b and c)"},
		{binary(binary(a, ast.Eq, b), ast.Eq, c), "(a == b) == c"},
		{binary(a, ast.In, binary(b, ast.NotIn, c)), "a in (b not in c)"},
		{binary(binary(a, ast.Range, b), ast.Range, neg(c)), "(a..b)..-c"},
		{not(binary(a, ast.And, b)), "not (a and b)"},
		{not(not(binary(a, ast.Lt, b))), "not not a < b"},
		{binary(not(a), ast.Eq, not(b)), "(not a) == (not b)"},
		{binary(not(a), ast.And, not(b)), "not a and not b"},
		{neg(neg(a)), "-(-a)"},
		{binary(a, ast.Sub, neg(integer(5))), "a - -5"},
		{neg(binary(a, ast.Mul, b)), "-(a * b)"},
		{binary(cond, ast.Add, cond), "(if a then b else c) + (if a then b else c)"},
		{&ast.Cond{If: cond, Then: cond, Else: cond}, "if (if a then b else c) then (if a then b else c) else if a then b else c"},
		{field(binary(a, ast.Add, b)), "(a + b).f"},
		{field(integer(1)), "(1).f"},
		{field(neg(a)), "(-a).f"},
		{field(field(call("a.b"))), "a.b().f.f"},
		{&ast.Index{X: cond, Index: cond}, "(if a then b else c)[if a then b else c]"},
		{&ast.Paren{X: &ast.Paren{X: &ast.Paren{X: a}}}, "(a)"},
		{call("f", cond, binary(a, ast.Or, b)), "f(if a then b else c, a or b)"},
	} {
		if got := exprText(t, e.x); got != e.want {
			t.Errorf("got %s, want %s", got, e.want)
		}
	}
}

func TestTreeWithoutText(t *testing.T) {
	activity := &ast.Activity{Kind: ast.Action, Name: name("a b"), Call: call("fs.remove", text("x")), Clauses: []*ast.Clause{
		{Kind: ast.Undo}, {Kind: ast.Settle, Value: &ast.Number{Kind: ast.Duration, Int: 5e8}},
	}}
	entry := &ast.Entry{Name: name("in"), Type: &ast.TypeExpr{Name: "list", Elem: &ast.TypeExpr{Name: "int"}}, Value: &ast.List{}}
	object := &ast.Object{Fields: []*ast.ObjectField{{Key: name("for"), Value: integer(1)}, {Key: name("a b"), Value: integer(2)}}}
	experiment := &ast.Experiment{Title: text("a\nb"), Sections: []ast.Section{
		&ast.Extensions{Value: &ast.List{Elems: []ast.Expr{object}}},
		&ast.Phase{Word: "method", Body: &ast.Block{Stmts: []ast.Stmt{activity, &ast.Wait{Cond: ident("a"), Within: ident("b")}}}},
		&ast.Phase{Word: "setup"},
		&ast.Runtime{Timeout: &ast.Setting{Keyword: "timeout", Value: ident("t")}, Hypothesis: &ast.HypothesisSetting{Strategy: name("skip")}},
		&ast.Config{Entries: []*ast.Entry{entry, {Name: name("b"), Value: integer(1)}}},
		&ast.Tags{Tags: []*ast.Name{name("not"), name("a")}},
		&ast.Description{Text: text("c\nd")},
	}}
	f := &ast.File{
		Decls: []ast.Decl{&ast.Let{Name: name("n"), Value: integer(1)}, &ast.Let{Name: name("m"), Value: integer(2)}, experiment, &ast.Experiment{Title: text("y")}},
		Comments: ast.Comments{
			experiment:       {Leading: []ast.Comment{{Text: "no slashes\nand two lines"}}, Trailing: []ast.Comment{{Text: "// one"}, {Text: "// two"}}},
			activity.Call:    {Leading: []ast.Comment{{Text: "// of the call"}}},
			object:           {Inner: []ast.Comment{{Text: "// in the object"}}},
			entry.Value:      {Trailing: []ast.Comment{{Text: "// of the value"}}},
			activity.Name:    {Inner: []ast.Comment{{Text: "// of the name"}}},
			entry:            {Trailing: []ast.Comment{{Text: "// of the entry"}}},
			experiment.Title: {Trailing: []ast.Comment{{Text: "//"}}},
		},
	}
	one := `// no slashes
// and two lines
//
experiment "a\nb" {
    description """
        c
        d
        """
    tags "not", a

    config {
        // of the value
        "in": list<int> = [] // of the entry
        b               = 1
    }

    runtime {
        hypothesis skip
        timeout t
    }

    setup {}

    method {
        // of the name
        // of the call
        action "a b" = fs.remove("x")
            settle 500ms
            undo
        wait until a within b
    }

    extensions [
        {
            for: 1,
            "a b": 2,
            // in the object
        },
    ]
} // one
// two
`
	want := "let n = 1\nlet m = 2\n\n" + one + "\nexperiment \"y\" {}\n"
	if got := string(format.Format(f)); got != want {
		t.Errorf("%s\nall of it:\n%s", firstDifference(got, want), got)
	}
}

// A tree of JSON has places, but they say nothing of how it is to look.
func TestForeignTree(t *testing.T) {
	at := ast.Span{Start: 2, End: 4}
	f := &ast.File{
		Foreign: true,
		Source:  ast.NewSource("a.json", "{\n\n\n\"a\n\nb\"}"),
		Decls: []ast.Decl{&ast.Experiment{Span: at, Title: text("x"), Sections: []ast.Section{
			&ast.Description{Span: at, Text: &ast.String{Span: at, Parts: text(`a\`).Parts}}, &ast.Phase{Span: at, Word: "method"},
		}}},
	}
	want := "experiment \"x\" {\n    description `a\\`\n\n    method {}\n}\n"
	if got := string(format.Format(f)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What could not be read is written as it stands.
func TestPartsThatCouldNotBeRead(t *testing.T) {
	src := ast.NewSource("a.chaos", "?? a\n  ?? b")
	all := ast.Span{Start: 0, End: ast.Pos(len(src.Text))}
	f := &ast.File{Source: src, Decls: []ast.Decl{&ast.BadDecl{Span: all}, &ast.Experiment{Title: text("x"), Sections: []ast.Section{
		&ast.BadSection{Span: all}, &ast.Phase{Word: "method", Body: &ast.Block{Stmts: []ast.Stmt{
			&ast.BadStmt{Span: all}, &ast.Log{Value: &ast.BadExpr{Span: ast.Span{Start: 0, End: 4}}},
			&ast.Activity{Ref: name("a"), Clauses: []*ast.Clause{{Kind: ast.BadClause, Span: ast.Span{Start: 0, End: 2}}}},
		}}}}}}}
	want := "?? a\n?? b\n\nexperiment \"x\" {\n    ?? a\n    ?? b\n\n    method {\n        ?? a\n        ?? b\n        log ?? a\n        probe a\n            ??\n    }\n}\n"
	if got := string(format.Format(f)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
