package lang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// FuzzParse holds what every text must keep to: no panic, spans inside the
// text and inside their parents, diagnostics in order and with known codes,
// and a tree without Bad nodes where there are no diagnostics.
func FuzzParse(f *testing.F) {
	for _, src := range valid(f) {
		f.Add(src.Text)
	}
	for _, c := range diag.Codes() {
		f.Add(c.Wrong)
	}
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text)
	})
}

// check parses a text and tests what holds for every tree.
func check(t *testing.T, text string) {
	t.Helper()
	src := ast.NewSource("fuzz", text)
	file, problems := lang.Parse(src)
	last := ast.Pos(0)
	for _, d := range problems {
		if _, ok := diag.Explain(d.Code); !ok {
			t.Errorf("unknown code %s: %s", d.Code, d.Message)
		}
		if d.Span.Start < last || d.Span.End < d.Span.Start || int(d.Span.End) > len(text) || d.Source != src || d.Message == "" {
			t.Errorf("%s %v: %s", d.Code, d.Span, d.Message)
		}
		last = d.Span.Start
		for _, r := range d.Related {
			if r.Source != src || r.Span.Start < 0 || int(r.Span.End) > len(text) {
				t.Errorf("%s: related %v", d.Code, r.Span)
			}
		}
		for _, h := range d.Help {
			for _, e := range h.Edits {
				if e.Span.Start < 0 || e.Span.End < e.Span.Start || int(e.Span.End) > len(text) {
					t.Errorf("%s: edit %v", d.Code, e.Span)
				}
			}
		}
	}
	nested(t, file, problems)
}

// nested tests the spans below a node, and that Bad nodes come with a
// diagnostic.
func nested(t *testing.T, n ast.Node, problems diag.List) {
	t.Helper()
	outer := n.Range()
	ast.Walk(n, func(m ast.Node) bool {
		if m == n {
			return true
		}
		if name := fmt.Sprintf("%T", m); strings.Contains(name, ".Bad") && len(problems) == 0 {
			t.Errorf("a %s without a diagnostic", name)
		}
		if r := m.Range(); r.Start < outer.Start || r.End > outer.End || r.Start > r.End {
			t.Errorf("%T %v is not inside %T %v", m, r, n, outer)
		}
		nested(t, m, problems)
		return false
	})
}

// FuzzIdent holds that [lang.IsIdent] and the parser mean the same names.
func FuzzIdent(f *testing.F) {
	for _, s := range []string{"a", "a-b", "a--b", "-a", "a-", "in", "_", "1a", "é", "a_-b", "timeout", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		file, problems := lang.Parse(ast.NewSource("x", "let "+s+" = 1"))
		parsed := false
		if len(problems) == 0 && len(file.Decls) == 1 {
			let, ok := file.Decls[0].(*ast.Let)
			parsed = ok && let.Name.IsIdent() && let.Name.Text == s
		}
		if parsed != lang.IsIdent(s) {
			t.Errorf("IsIdent(%q) is %v, but the parser: %v", s, lang.IsIdent(s), parsed)
		}
	})
}

// TestLimits parses texts that nest or go on without end: each gives one
// mistake, in a time that grows with the text.
func TestLimits(t *testing.T) {
	t.Parallel()
	const n = 100_000
	in := func(stmts string) string { return "experiment \"x\" { method { " + stmts + " } }" }
	for name, text := range map[string]string{
		"parentheses": "let x = " + strings.Repeat("(", n) + strings.Repeat(")", n),
		"brackets":    "let x = " + strings.Repeat("[", n),
		"objects":     "let x = " + strings.Repeat("{a:", n),
		"holes":       "let x = " + strings.Repeat(`"${`, n),
		"calls":       "let x = " + strings.Repeat("f(", n),
		"indexes":     "let x = " + strings.Repeat("a[", n),
		"not":         "let x = " + strings.Repeat("not ", n) + "a",
		"minus":       "let x = " + strings.Repeat("-", n) + "a",
		"sum":         "let x = 1" + strings.Repeat(" + 1", 10*n),
		"and":         "let x = a" + strings.Repeat(" and a", n),
		"fields":      "let x = a" + strings.Repeat(".a", n),
		"index chain": "let x = a" + strings.Repeat("[0]", n),
		"conditional": "let x = " + strings.Repeat("if a then b else ", n) + "c",
		"nested sums": "let x = " + strings.Repeat("1 + 1 + 1 + (", 900) + "1" + strings.Repeat(")", 900),
		"blocks":      in(strings.Repeat("if a { ", n)),
		"else if":     in("if a { }" + strings.Repeat(" else if a { }", n)),
		"types":       "probe f(x: " + strings.Repeat("list<", n) + "int" + strings.Repeat(">", n) + ") = g()",
	} {
		_, problems := lang.Parse(ast.NewSource("x", text))
		if len(problems) != 1 || problems[0].Code != "E0022" {
			t.Errorf("%s: %s", name, compact(problems[:min(3, len(problems))]))
		}
	}
}

// TestRepetition parses pieces of text over and over, in many places: what
// must hold for every tree holds for these.
func TestRepetition(t *testing.T) {
	t.Parallel()
	pieces := []string{"$", "${", "$x ", "'", "`", "\"", "\"\"\"", "“", "experiment ", "experiment \"a\"", "experiment \"a\" {",
		"{", "}", "(", ")", "[", "]", "\r", "\x00", "\xff", "/*", "//", "#", "a--", "a-", "-", "--", "- ", "let ", "let x = ",
		"let x = a +\n", "probe ", "probe x", "probe x = ", "if ", "else ", "if a {} ", "log x\n", "log [\n", "log f(\n", "log {\n",
		"timeout ", "expect ", "a.", "1.", "1e-", "\\", "\"${", "\"${a}\"", "\"${a\n", "tags a,", "config {", "config { a = ",
		"method {", "steady ", "steady \"x\" {", "runtime {", "hypothesis ", "a b ", "=", "a = ", "not ", "in ", "wait ",
		"wait until ", "for x in ", "undo ", "undo by ", "retry ", "\u00a0", "\ufeff", "é", "list<", "// c\n", "x // c\n"}
	frames := [][2]string{{"", ""}, {"experiment \"x\" { ", " }"}, {"experiment \"x\" { method { ", " } }"},
		{"experiment \"x\" { method { probe x = f() ", " } }"}, {"experiment \"x\" { config { ", " } }"},
		{"experiment \"x\" { runtime { ", " } }"}, {"let x = ", ""}, {"let x = [", "]"}, {"let x = f(", ")"}, {"probe f(", ") = g()"}}
	for _, f := range frames {
		for _, p := range pieces {
			for _, n := range []int{1, 2, 30} {
				check(t, f[0]+strings.Repeat(p, n)+f[1])
			}
		}
	}
}

// TestCutText parses every beginning of the corpus, and the corpus with one
// byte left out.
func TestCutText(t *testing.T) {
	t.Parallel()
	for _, src := range valid(t) {
		for i := 0; i < len(src.Text); i += 3 {
			check(t, src.Text[:i])
			check(t, src.Text[:i]+src.Text[i+1:])
		}
	}
}
