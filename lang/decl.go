package lang

import "github.com/chaosc-lang/chaosc/ast"

// importStmt reads `import "path" as alias` or `import python "module" as alias`.
func (r *reader) importStmt() *ast.Import {
	from := start(r.next())
	i := &ast.Import{Python: r.acceptWord("python")}
	switch t := r.peek(); t.Type {
	case tokString, tokStrOpen:
		i.Path = r.plainString()
	case tokBad, tokTorn:
		r.next()
		r.broken = true
	default:
		if alias := r.aliasFirst(); alias != nil {
			i.Alias, i.Path = alias, r.plainString()
			r.report(errAliasFirst(ast.Span{Start: alias.Start, End: r.last}, i.Path, alias))
			break
		}
		r.fail(errNoImportPath(r.behind(), t))
	}
	if s := r.second(); r.word("import") && r.sameLine() && !r.broken && s.Type == tokIdent && s.Value != "python" {
		r.report(errWordFor(r.here(), "import", "as"))
		r.peek().Value = "as"
	}
	if r.acceptWord("as") {
		i.Alias = r.identifier("a name for the import", "an import")
	}
	i.Span = r.from(from)
	return i
}

// def reads a definition: `probe NAME(params) = call clauses`, or an action
// whose body may be a block.
func (r *reader) def(kind ast.Kind) *ast.Def {
	kw := r.next()
	d := &ast.Def{Kind: kind, KindPos: spanOf(kw), Name: r.identifier("the name of the definition", "a definition")}
	switch {
	case r.broken:
	case r.at(tokLParen):
		r.elements(tokRParen, func() { d.Params = append(d.Params, r.param()) })
	default:
		r.report(errNoParams(r.behind(), kind))
	}
	switch {
	case r.at(tokLBrace) && !r.broken:
		d.Body = r.block("definition")
		if kind == ast.Probe {
			r.report(errProbeBody(d.KindPos))
		}
	default:
		if !r.broken && !r.at(tokAssign) && !r.at(tokColon) && !r.at(tokEq) {
			r.fail(errExpected(r.behind(), r.peek(), "`=` and a call, or a block"))
		}
		r.assign("a call")
		if !r.broken {
			d.Call = r.onlyCall()
		}
		if r.broken {
			r.skip(clauses | declarations)
		}
		d.Clauses = r.clauses()
	}
	d.Span = r.from(start(kw))
	return d
}

// param reads `name[: type] [= default]`.
func (r *reader) param() *ast.Param {
	p := &ast.Param{Name: r.identifier("the name of a parameter", "a parameter")}
	if r.accept(tokColon) {
		p.Type = r.typeExpr()
	}
	if r.accept(tokAssign) {
		p.Default = r.expr()
	}
	p.Span = r.from(p.Name.Start)
	return p
}
