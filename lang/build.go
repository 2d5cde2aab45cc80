package lang

import (
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
	if e.End = n.Body.Close.at; e.End > 0 {
		e.Close = e.End - 1
		return e
	}
	e.End = start(eof)
	e.Close = e.End
	if eof.Value != cutMark && !b.hasUnclosed(known) {
		at := n.Body.Close.end
		open := ast.Span{Start: n.Body.Open.at, End: n.Body.Open.at + 1}
		b.report(errUnclosed(ast.Span{Start: at, End: at}, "}", open))
	}
	return e
}

// hasUnclosed reports whether a missing brace was told since known.
func (b *builder) hasUnclosed(known int) bool {
	for _, d := range b.problems[known:] {
		if d.Code == codeUnclosed {
			return true
		}
	}
	return false
}

// sections adds the sections of an experiment, each but guard at most once.
func (b *builder) sections(e *ast.Experiment, nodes []*section) {
	seen := make(map[string]ast.Span, len(nodes))
	for _, n := range nodes {
		b.collect(&n.Lead.noted)
		s := b.section(n)
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

// section returns the section that a node holds, or nil.
func (b *builder) section(n *section) ast.Section {
	span := func(p *noted) ast.Span {
		b.collect(p)
		return ast.Span{Start: n.Lead.at, End: p.end}
	}
	switch {
	case n.Description != nil:
		return &ast.Description{Span: span(&n.Description.noted), Text: n.Description.text}
	case n.Tags != nil:
		n.Tags.node.Span = span(&n.Tags.noted)
		return n.Tags.node
	case n.Contributions != nil:
		n.Contributions.node.Span = span(&n.Contributions.noted)
		return n.Contributions.node
	case n.Config != nil:
		n.Config.node.Span = span(&n.Config.noted)
		return n.Config.node
	case n.Secrets != nil:
		n.Secrets.node.Span = span(&n.Secrets.noted)
		return n.Secrets.node
	case n.Controls != nil:
		n.Controls.node.Span = span(&n.Controls.noted)
		return n.Controls.node
	case n.Runtime != nil:
		n.Runtime.node.Span = span(&n.Runtime.noted)
		return n.Runtime.node
	case n.Setup != nil:
		return &ast.Phase{Span: span(&n.Setup.Body.noted), Word: "setup", Body: n.Setup.Body.block}
	case n.Method != nil:
		return &ast.Phase{Span: span(&n.Method.Body.noted), Word: "method", Body: n.Method.Body.block}
	case n.Rollback != nil:
		return &ast.Phase{Span: span(&n.Rollback.Body.noted), Word: "rollback", Body: n.Rollback.Body.block}
	case n.Steady != nil:
		return b.steady(n.Steady, span(&n.Steady.Body.noted))
	case n.Guard != nil:
		return b.guard(n.Guard, span(&n.Guard.Body.noted))
	case n.Extensions != nil:
		return &ast.Extensions{Span: span(&n.Extensions.noted), Value: n.Extensions.value}
	}
	return nil
}

func (b *builder) steady(n *steady, at ast.Span) ast.Section {
	b.collect(&n.Title.noted)
	b.collect(&n.Limit.noted)
	if n.Limit.within == nil && n.Limit.every != nil {
		b.report(errSteadyEvery(n.Limit.every.Range()))
	}
	return &ast.Steady{Span: at, Title: n.Title.text, Within: n.Limit.within, Every: n.Limit.every, Body: n.Body.block}
}

func (b *builder) guard(n *guard, at ast.Span) ast.Section {
	b.collect(&n.Title.noted)
	b.collect(&n.Limit.noted)
	if n.Limit.within != nil {
		b.report(errGuardRecovers(n.Limit.within.Range()))
	}
	return &ast.Guard{Span: at, Title: n.Title.text, Every: n.Limit.every, Body: n.Body.block}
}
