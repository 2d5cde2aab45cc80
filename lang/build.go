package lang

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// builder turns the nodes of the grammar into the ast and collects what they
// noted.
type builder struct {
	file     *ast.File
	problems diag.List
}

func (b *builder) collect(n *noted) { b.problems = append(b.problems, n.problems...) }

func (b *builder) report(d *diag.Diagnostic) { b.problems = append(b.problems, d) }

// unit adds the declarations of a unit, of which eof is the end.
func (b *builder) unit(u *unit, eof *lexer.Token) {
	for _, d := range u.Declarations {
		b.collect(&d.Lead.noted)
		switch {
		case d.Import != nil:
			b.collect(&d.Import.noted)
			b.importDecl(d.Import.node)
		case d.Let != nil:
			b.collect(&d.Let.noted)
			b.file.Decls = append(b.file.Decls, d.Let.node)
		case d.Definition != nil:
			b.collect(&d.Definition.noted)
			b.definition(d.Definition.node)
		case d.Experiment != nil:
			b.file.Decls = append(b.file.Decls, b.experiment(d.Experiment, eof))
		}
	}
}

func (b *builder) importDecl(n *ast.Import) {
	if len(b.file.Decls) > 0 {
		b.report(errLateImport(ast.Span{Start: n.Start, End: n.Start + ast.Pos(len("import"))}, b.file.Decls[0].Range()))
	}
	if n.Path != nil {
		b.file.Imports = append(b.file.Imports, n)
	}
}

func (b *builder) definition(n *ast.Def) {
	if n.Call == nil && n.Body == nil {
		b.file.Decls = append(b.file.Decls, &ast.BadDecl{Span: n.Span})
		return
	}
	b.file.Decls = append(b.file.Decls, n)
}

func (b *builder) experiment(n *experiment, eof *lexer.Token) *ast.Experiment {
	from := ast.Pos(n.Pos.Offset)
	e := &ast.Experiment{
		KindPos: ast.Span{Start: from, End: from + ast.Pos(len("experiment"))},
		Title:   n.Title.text,
	}
	known := len(b.problems)
	b.collect(&n.Title.noted)
	e.Span = ast.Span{Start: from, End: n.Title.text.End}
	e.Close = e.End
	if n.Body == nil {
		if len(b.problems) == known {
			b.report(errNoBrace(ast.Span{Start: e.End, End: e.End}, "experiment"))
		}
		return e
	}
	b.collect(&n.Body.Open.noted)
	e.Sections = make([]ast.Section, 0, len(n.Body.Sections))
	b.sections(e, n.Body.Sections)
	at := n.Body.Close.at
	if e.Close = at; n.Body.Close.exists {
		e.End = at + 1
		return e
	}
	e.End = at
	open := ast.Span{Start: n.Body.Open.at, End: n.Body.Open.at + 1}
	switch d := b.unclosed(known); {
	case eof.Value == cutMark:
	case d == nil:
		b.report(errUnclosed(ast.Span{Start: at, End: at}, "}", open))
	case d.Span.Start == at:
		alsoUnclosed(d, open)
	}
	return e
}

// unclosed returns the last diagnostic since known that tells a missing brace,
// or nil.
func (b *builder) unclosed(known int) *diag.Diagnostic {
	for _, d := range slices.Backward(b.problems[known:]) {
		if d.Code == codeUnclosed {
			return d
		}
	}
	return nil
}

// sections adds the sections of an experiment, each but guard at most once.
func (b *builder) sections(e *ast.Experiment, nodes []*section) {
	seen := make(map[string]ast.Span, len(nodes))
	for _, n := range nodes {
		b.collect(&n.noted)
		s := n.node
		if s == nil {
			continue
		}
		word := s.Keyword()
		at := ast.Span{Start: s.Range().Start, End: s.Range().Start + ast.Pos(len(word))}
		if first, ok := seen[word]; ok && word != "guard" {
			b.report(errDoubledSection(at, word, first))
			continue
		}
		seen[word] = at
		e.Sections = append(e.Sections, s)
	}
}
