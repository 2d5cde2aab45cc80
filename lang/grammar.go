package lang

// The structure of a file is a participle grammar: declarations, experiments
// and their sections. What stands inside (entries, statements, expressions) is
// read by hand, in Parseable productions, because participle tells only one
// mistake of a text and allocates for each node.
//
// No production of this grammar ever fails: what is missing is noted in the
// node, what does not belong is repaired or skipped by the productions that
// lead in a declaration or a section. So participle always returns a tree, and
// build.go turns it into the ast and collects what was noted.

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// grammar is the parser of a unit. Building it is most of what parsing a small
// file costs, so it is built when it is first needed.
var grammar = sync.OnceValue(func() *participle.Parser[unit] {
	return participle.MustBuild[unit](participle.Lexer(definition{}))
})

// unit is a file, or the part of it from one experiment to the next.
type unit struct {
	Declarations []*declaration `parser:"@@*"`
}

type declaration struct {
	Lead       declarationLead `parser:"@@"`
	Experiment *experiment     `parser:"( @@"`
	Import     *importDecl     `parser:"| @@"`
	Let        *letDecl        `parser:"| @@"`
	Definition *definitionDecl `parser:"| @@ )?"`
}

type experiment struct {
	Pos   lexer.Position
	Title title           `parser:"'experiment':Ident @@"`
	Body  *experimentBody `parser:"@@?"`
}

type experimentBody struct {
	Open     openBrace  `parser:"@@"`
	Sections []*section `parser:"@@*"`
	Close    closeBrace `parser:"@@"`
}

type section struct {
	Lead          sectionLead       `parser:"@@"`
	Config        *configBody       `parser:"( 'config':Ident @@"`
	Steady        *steady           `parser:"| 'steady':Ident @@"`
	Method        *phase            `parser:"| 'method':Ident @@"`
	Setup         *phase            `parser:"| 'setup':Ident @@"`
	Description   *title            `parser:"| 'description':Ident @@"`
	Tags          *tagList          `parser:"| 'tags':Ident @@"`
	Guard         *guard            `parser:"| 'guard':Ident @@"`
	Rollback      *phase            `parser:"| 'rollback':Ident @@"`
	Runtime       *runtimeBody      `parser:"| 'runtime':Ident @@"`
	Secrets       *secretsBody      `parser:"| 'secrets':Ident @@"`
	Contributions *contributionList `parser:"| 'contributions':Ident @@"`
	Controls      *controlsBody     `parser:"| 'controls':Ident @@"`
	Extensions    *extensionsValue  `parser:"| 'extensions':Ident @@ )?"`
}

type phase struct {
	Body blockBody `parser:"@@"`
}

type steady struct {
	Title title     `parser:"@@"`
	Limit recovery  `parser:"@@"`
	Body  blockBody `parser:"@@"`
}

type guard struct {
	Title title     `parser:"@@"`
	Limit recovery  `parser:"@@"`
	Body  blockBody `parser:"@@"`
}

// The productions that are read by hand. Each keeps what it read and what was
// wrong with it.
type (
	declarationLead struct{ noted }
	sectionLead     struct {
		noted
		at ast.Pos // of the word of the section
	}

	title struct {
		noted
		text *ast.String
	}
	openBrace struct {
		noted
		at ast.Pos
	}
	closeBrace struct {
		noted
		at ast.Pos // behind the brace
	}
	blockBody struct {
		noted
		block *ast.Block
	}
	recovery struct { // [recovers within D] [every D]
		noted
		within, every ast.Expr
	}
	configBody struct {
		noted
		node *ast.Config
	}
	secretsBody struct {
		noted
		node *ast.Secrets
	}
	controlsBody struct {
		noted
		node *ast.Controls
	}
	runtimeBody struct {
		noted
		node *ast.Runtime
	}
	tagList struct {
		noted
		node *ast.Tags
	}
	contributionList struct {
		noted
		node *ast.Contributions
	}
	extensionsValue struct {
		noted
		value ast.Expr
	}
	importDecl struct {
		noted
		node *ast.Import
	}
	letDecl struct {
		noted
		node *ast.Let
	}
	definitionDecl struct {
		noted
		node *ast.Def
	}
)

// noted are the mistakes found by one production.
type noted struct {
	problems diag.List
	end      ast.Pos // of the last token read
}

// finish takes over what a reader found. A reader that is still broken skips
// to where another section can start.
func (n *noted) finish(r *reader) error {
	if r.broken {
		r.skip(func() bool { return r.atSection() || r.atDeclaration() })
	}
	n.problems, n.end = r.problems, r.last
	return nil
}

func (n *blockBody) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.block = r.block("section")
	return n.finish(r)
}

func (n *configBody) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.node = r.config()
	return n.finish(r)
}

func (n *secretsBody) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.node = r.secrets()
	return n.finish(r)
}

func (n *controlsBody) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.node = r.controls()
	return n.finish(r)
}

func (n *runtimeBody) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.node = r.runtime()
	return n.finish(r)
}

func (n *tagList) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.node = r.tags()
	return n.finish(r)
}

func (n *contributionList) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.node = r.contributions()
	return n.finish(r)
}

func (n *extensionsValue) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.value = r.expr()
	return n.finish(r)
}

func (n *importDecl) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if !r.word("import") {
		return participle.NextMatch
	}
	n.node = r.importStmt()
	return n.finish(r)
}

func (n *letDecl) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if !r.word("let") {
		return participle.NextMatch
	}
	n.node = r.let()
	return n.finish(r)
}

func (n *definitionDecl) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	switch {
	case r.word("probe"):
		n.node = r.def(ast.Probe)
	case r.word("action"):
		n.node = r.def(ast.Action)
	default:
		return participle.NextMatch
	}
	return n.finish(r)
}
