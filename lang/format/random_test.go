package format_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
)

// Trees made by chance, without text, are read back as what they are.
func TestRandomTrees(t *testing.T) {
	for seed := range uint64(150) {
		g := &maker{rand.New(rand.NewPCG(seed, 1))}
		f := g.file()
		out := format.Format(f)
		again, problems := lang.Parse(ast.NewSource("random.chaos", string(out)))
		if problems.HasErrors() {
			var b strings.Builder
			_ = diag.Render(&b, problems[:1], diag.Options{})
			t.Fatalf("seed %d: %s\n%s", seed, b.String(), out)
		}
		if a, b := dump(f), dump(again); a != b {
			t.Fatalf("seed %d: the tree is another: %s\n%s", seed, firstDifference(b, a), out)
		}
		checkStable(t, string(out))
	}
}

// maker makes pieces of trees.
type maker struct{ *rand.Rand }

func pick[T any](g *maker, of ...T) T { return of[g.IntN(len(of))] }

// some makes up to n pieces.
func some[T any](g *maker, n int, piece func() T) []T {
	list := make([]T, g.IntN(n+1))
	for i := range list {
		list[i] = piece()
	}
	return list
}

func (g *maker) chance() bool { return g.IntN(3) == 0 }

func (g *maker) ident() string { return pick(g, "a", "b-c", "_x", "timeout", "undo", "é9", "method") }

func (g *maker) name() *ast.Name {
	if g.chance() {
		s := g.text()
		text, _ := s.Plain()
		return &ast.Name{Text: text, Quoted: s}
	}
	return &ast.Name{Text: pick(g, g.ident(), "in", "a b", "9", "")}
}

func (g *maker) word() *ast.Name { return &ast.Name{Text: g.ident()} }

// text makes a string without holes.
func (g *maker) text() *ast.String {
	s := &ast.String{Quote: pick(g, ast.Plain, ast.Triple, ast.Raw)}
	for range g.IntN(6) {
		part := pick(g, "a", " ", "\n", `"`, `"""`, `\`, "`", "${", "$", "\t", "\r", "\x00", "é", "\u202e", "  b\n\n", "//", "}")
		if len(s.Parts) == 0 {
			s.Parts = make([]ast.StringPart, 1)
		}
		s.Parts[0].Text += part
	}
	return s
}

// str makes a string, maybe with holes.
func (g *maker) str(depth int) *ast.String {
	s := g.text()
	for depth > 0 && g.chance() {
		s.Parts = append(s.Parts, ast.StringPart{Hole: g.expr(depth - 1)})
		s.Parts = append(s.Parts, g.text().Parts...)
	}
	return s
}

func (g *maker) expr(depth int) ast.Expr {
	if depth <= 0 {
		return pick[ast.Expr](g, ident(g.ident()), ident("it"), &ast.Literal{Kind: ast.True}, &ast.List{}, &ast.Object{}, g.text(),
			integer(g.Int64()), &ast.Number{Kind: ast.Float, Float: g.NormFloat64()*g.NormFloat64()*1e9 + 1e10},
			&ast.Number{Kind: ast.Duration, Int: g.Int64() >> g.IntN(60)}, &ast.Number{Kind: ast.Size, Int: g.Int64() >> g.IntN(60)})
	}
	sub := func() ast.Expr { return g.expr(depth - 1 - g.IntN(2)) }
	switch g.IntN(12) {
	case 0:
		return &ast.List{Elems: some(g, 8, sub)}
	case 1:
		return &ast.Object{Fields: some(g, 4, func() *ast.ObjectField { return &ast.ObjectField{Key: g.name(), Value: sub()} })}
	case 2:
		return &ast.Paren{X: sub()}
	case 3:
		return &ast.Unary{Op: pick(g, ast.Not, ast.Neg), X: sub()}
	case 4:
		return &ast.Cond{If: sub(), Then: sub(), Else: sub()}
	case 5:
		return g.call(depth)
	case 6:
		return &ast.Index{X: sub(), Index: sub()}
	case 7:
		return &ast.Field{X: sub(), Name: ident(pick(g, g.ident(), "in"))}
	case 8:
		return g.str(depth)
	}
	op := ast.Op(1 + g.IntN(int(ast.Div)))
	if op == ast.Not {
		op = ast.Or
	}
	return binary(sub(), op, sub())
}

func (g *maker) call(depth int) *ast.Call {
	c := call(pick(g, "f", "a.b-c", "k8s.pod.actions.f"))
	named := false
	c.Args = some(g, 4, func() *ast.Arg {
		a := &ast.Arg{Value: g.expr(depth - 1)}
		if named = named || g.chance(); named {
			a.Name = &ast.Name{Text: pick(g, g.ident(), "for")}
		}
		return a
	})
	return c
}

func (g *maker) clauses() []*ast.Clause {
	var list []*ast.Clause
	for _, i := range g.Perm(int(ast.BadClause)) {
		if !g.chance() {
			continue
		}
		c := &ast.Clause{Kind: ast.ClauseKind(i)}
		switch c.Kind {
		case ast.Retry:
			c.Value, c.Every = g.expr(1), g.expr(1)
		case ast.Delay, ast.Settle, ast.Timeout, ast.Expect, ast.Assert:
			c.Value = g.expr(2)
		case ast.Control:
			c.Call = g.call(1)
		case ast.Extra:
			c.Value = &ast.Object{}
		case ast.Undo, ast.UndoBy, ast.Keep: // one of them, see below
			continue
		}
		list = append(list, c)
	}
	switch g.IntN(4) {
	case 0:
		return append(list, &ast.Clause{Kind: ast.Undo})
	case 1:
		return append([]*ast.Clause{{Kind: ast.UndoBy, Call: g.call(2)}}, list...)
	case 2:
		return append([]*ast.Clause{{Kind: ast.Keep}}, list...)
	}
	return list
}

func (g *maker) block(depth int) *ast.Block {
	b := &ast.Block{}
	for range g.IntN(4) {
		s := g.stmt(depth)
		if _, check := s.(*ast.Check); check && len(b.Stmts) > 0 {
			b.Stmts = append(b.Stmts, &ast.Pause{Duration: integer(1)}) // else it is a clause
		}
		b.Stmts = append(b.Stmts, s)
	}
	return b
}

func (g *maker) stmt(depth int) ast.Stmt {
	e := func() ast.Expr { return g.expr(2) }
	if depth > 0 && g.chance() {
		head := func() ast.Expr { return binary(ident("a"), ast.Eq, e()) } // a brace here opens the block
		switch g.IntN(5) {
		case 0:
			s := &ast.If{Cond: head(), Then: g.block(depth - 1)}
			if g.chance() {
				s.Else = g.block(depth - 1)
			} else if g.chance() {
				s.Else = &ast.If{Cond: head(), Then: g.block(depth - 1)}
			}
			return s
		case 1:
			return &ast.For{Var: g.word(), List: head(), Body: g.block(depth - 1)}
		case 2:
			return &ast.Repeat{Count: integer(3), Body: g.block(depth - 1)}
		case 3:
			return &ast.Repeat{For: head(), Every: head(), Body: g.block(depth - 1)}
		}
		return &ast.Parallel{Body: g.block(depth - 1)}
	}
	kind := pick(g, ast.Probe, ast.Action)
	switch g.IntN(8) {
	case 0:
		return &ast.Wait{Name: g.word(), Cond: e(), Within: e(), Every: e()}
	case 1:
		return &ast.Let{Name: g.word(), Value: e()}
	case 2:
		return &ast.Check{Assert: g.chance(), Cond: e()}
	case 3:
		return pick[ast.Stmt](g, &ast.Log{Value: e()}, &ast.Abort{Reason: e()}, &ast.Restore{Name: g.word()})
	case 4:
		return &ast.Activity{Kind: kind, Ref: g.word(), Clauses: g.clauses()}
	case 5:
		return &ast.Activity{Kind: kind, Call: g.call(2), Clauses: g.clauses()}
	}
	return &ast.Activity{Kind: kind, Name: g.name(), Call: g.call(2), Clauses: g.clauses()}
}

func (g *maker) entry() *ast.Entry {
	e := &ast.Entry{Name: g.name()}
	if g.chance() {
		e.Type = &ast.TypeExpr{Name: "map", Elem: &ast.TypeExpr{Name: "list", Elem: &ast.TypeExpr{Name: "int"}}}
	}
	if e.Type == nil || g.chance() {
		e.Value = g.expr(2)
	}
	return e
}

func (g *maker) section(word string) ast.Section {
	switch word {
	case "description":
		return &ast.Description{Text: g.text()}
	case "tags":
		return &ast.Tags{Tags: append(some(g, 9, g.name), g.name())}
	case "contributions":
		item := func() *ast.Contribution { return &ast.Contribution{Name: g.name(), Level: g.word()} }
		return &ast.Contributions{Items: append(some(g, 5, item), item())}
	case "config":
		return &ast.Config{Entries: some(g, 5, g.entry)}
	case "secrets":
		return &ast.Secrets{Groups: some(g, 2, func() *ast.SecretGroup {
			return &ast.SecretGroup{Name: g.word(), Entries: some(g, 3, g.entry)}
		})}
	case "controls":
		return &ast.Controls{Controls: some(g, 3, func() *ast.ControlEntry { return &ast.ControlEntry{Name: g.word(), Call: g.call(2)} })}
	case "runtime":
		return &ast.Runtime{Hypothesis: &ast.HypothesisSetting{Strategy: name("skip"), Every: g.expr(1), FailFast: g.chance()},
			Rollbacks: &ast.Setting{Keyword: "rollbacks", Word: name("never")}, Deadline: &ast.Setting{Keyword: "deadline", Value: g.expr(1)}}
	case "steady":
		return &ast.Steady{Title: g.text(), Within: g.expr(1), Every: g.expr(1), Body: g.block(2)}
	case "guard":
		return &ast.Guard{Title: g.text(), Every: g.expr(1), Body: g.block(1)}
	case "extensions":
		return &ast.Extensions{Value: &ast.List{Elems: some(g, 2, func() ast.Expr { return &ast.Object{} })}}
	}
	return &ast.Phase{Word: word, Body: g.block(3)}
}

func (g *maker) file() *ast.File {
	f := &ast.File{}
	f.Imports = some(g, 3, func() *ast.Import {
		return &ast.Import{Python: g.chance(), Path: text(pick(g, "a.chaos", "b c")), Alias: g.word()}
	})
	f.Decls = some(g, 5, func() ast.Decl {
		switch g.IntN(4) {
		case 0:
			return &ast.Let{Name: g.word(), Value: g.expr(4)}
		case 1:
			params := some(g, 4, func() *ast.Param {
				p := &ast.Param{Name: g.word()}
				if g.chance() {
					p.Default = g.expr(1)
				}
				return p
			})
			if g.chance() {
				return &ast.Def{Kind: ast.Action, Name: g.word(), Params: params, Body: g.block(2)}
			}
			return &ast.Def{Kind: ast.Probe, Name: g.word(), Params: params, Call: g.call(2), Clauses: g.clauses()}
		}
		e := &ast.Experiment{Title: g.text()}
		words := lang.Sections()
		for _, i := range g.Perm(len(words)) {
			if g.chance() {
				e.Sections = append(e.Sections, g.section(words[i]))
			}
		}
		return e
	})
	return f
}
