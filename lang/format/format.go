// Package format writes a syntax tree as canonical text. There is one way to
// write each thing; what a text looks like is decided by the tree and its
// comments alone, but for empty lines: where the author left some, one stays.
//
// The rules:
//
//   - Four spaces a level, lines of at most 100 columns where they can be
//     broken: calls, lists and objects get an element a line and a trailing
//     comma, `and` and `or` start a line, so do `then` and `else`, and `within`.
//     Strings are never broken.
//   - Sections, settings and clauses stand in the order of the language. Each
//     clause has a line of its own, a level deeper than its activity; an only
//     clause that is `background`, `undo` or `keep` stays on the line of the
//     activity if that fits.
//   - The `=` of entries on lines that follow each other stand in one column,
//     and so do those of named activities of one kind that take a line each.
//   - An empty line stands between declarations, except between imports and
//     between lets; and between sections that no text says otherwise of.
//   - Strings keep the quotes of the author. Where there was none: raw if that
//     saves escapes, a block if there are several lines, else plain.
//   - Parentheses stay, but for doubled ones; missing ones are added.
package format

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// Format writes a file. It takes every tree, also one without text, with spans
// of a text that is no .chaos, or with parts that could not be read: those are
// written as they stand in the source.
func Format(f *ast.File) []byte {
	p := &printer{notes: settle(f)}
	if f.Source != nil && !f.Foreign {
		p.src = f.Source
		p.buf = make([]byte, 0, len(f.Source.Text)+len(f.Source.Text)/8+64)
	}
	p.file(f)
	if len(p.buf) == 0 {
		return nil
	}
	return append(p.buf, '\n')
}

func (p *printer) file(f *ast.File) {
	if f.Shebang != "" {
		p.write(strings.TrimRight(f.Shebang, " \t\r"))
	}
	var last ast.Node
	top := func(n ast.Node) {
		p.startAfter(n, p.emptyAbove(last, n))
		last = n
	}
	for _, n := range f.Imports {
		top(n)
		p.imported(n)
		p.trailing(n)
	}
	for _, n := range f.Decls {
		top(n)
		p.decl(n)
		p.trailing(n)
	}
	if c := p.notes.Of(f); c != nil && len(c.Inner) > 0 {
		if len(p.buf) > 0 && last == nil { // below the first line only
			p.newline()
		}
		p.inner(f, last == nil)
	}
}

// emptyAbove reports whether an empty line stands above a declaration.
func (p *printer) emptyAbove(last, n ast.Node) bool {
	switch n.(type) {
	case *ast.Import:
		if _, ok := last.(*ast.Import); ok {
			return p.aboveNode(n) == blank
		}
	case *ast.Let:
		if _, ok := last.(*ast.Let); ok {
			return p.aboveNode(n) == blank
		}
	}
	return len(p.buf) > 0
}

func (p *printer) imported(n *ast.Import) {
	p.write("import ")
	if n.Python {
		p.write("python ")
	}
	p.title(n.Path)
	if n.Alias != nil {
		p.write(" as ")
		p.name(n.Alias)
	}
}

func (p *printer) decl(n ast.Decl) {
	switch n := n.(type) {
	case *ast.Let:
		p.let(n)
	case *ast.Def:
		p.def(n)
	case *ast.Experiment:
		p.experiment(n)
	default:
		p.asWritten(n)
	}
}

func (p *printer) def(n *ast.Def) {
	clauses := ordered(n.Clauses)
	if p.onOneLine(clauses, func() { p.defHead(n); p.write(" = "); p.call(n.Call, 0) }) {
		return
	}
	p.defHead(n)
	if n.Body != nil {
		p.write(" ")
		p.body(n.Body)
		return
	}
	p.write(" = ")
	p.call(n.Call, 0)
	p.clauses(clauses)
}

func (p *printer) defHead(n *ast.Def) {
	p.write(n.Kind.String() + " ")
	p.name(n.Name)
	params := func() { sequence(p, "(", ")", n.Params, n, p.param) }
	if !p.try(len(" = "), params) {
		params()
	}
}

func (p *printer) param(n *ast.Param, reserve int) {
	p.name(n.Name)
	p.typeOf(n.Type)
	if n.Default != nil {
		p.write(" = ")
		p.expr(n.Default, reserve)
	}
}

func (p *printer) typeOf(t *ast.TypeExpr) {
	if t != nil {
		p.write(": ")
		p.typeExpr(t)
	}
}

func (p *printer) typeExpr(t *ast.TypeExpr) {
	p.write(t.Name)
	if t.Elem != nil {
		p.write("<")
		p.typeExpr(t.Elem)
		p.write(">")
	}
}

func (p *printer) experiment(n *ast.Experiment) {
	p.write("experiment ")
	p.title(n.Title)
	p.write(" ")
	p.block(n, func() {
		sections := slices.Clone(n.Sections)
		slices.SortStableFunc(sections, func(a, b ast.Section) int {
			return cmp.Compare(place(a), place(b))
		})
		for i, s := range sections {
			empty := i > 0 && p.emptyBetween(sections[i-1], s, s == n.Sections[0])
			p.startAfter(s, empty)
			p.section(s)
			p.trailing(s)
		}
	})
}

// asWritten writes a part that could not be read as it stands in the source.
func (p *printer) asWritten(n ast.Node) {
	if p.src != nil {
		for i, l := range strings.Split(strings.TrimSpace(p.src.Slice(n.Range())), "\n") {
			if i > 0 {
				p.newline()
			}
			p.write(strings.TrimSpace(l))
		}
	}
}
