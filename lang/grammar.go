package lang

// The structure of a file is a participle grammar: declarations, experiments
// and their sections. What stands inside (entries, statements, expressions) is
// read by hand, in Parseable productions, because participle tells only one
// mistake of a text and allocates for each node.
//
// No production of this grammar ever fails: what is missing is noted in the
// node, and what does not belong is a production of its own, which reads or
// skips it. So participle always returns a tree, and build.go turns it into the
// ast and collects what was noted.

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
	Entries *entrySection   `parser:"  @@"`
	Method  *phase          `parser:"| 'method':Ident @@"`
	Steady  *titled         `parser:"| 'steady':Ident @@"`
	Setup   *phase          `parser:"| 'setup':Ident @@"`
	Guard   *titled         `parser:"| 'guard':Ident @@"`
	After   *phase          `parser:"| 'rollback':Ident @@"`
	Strange *strangeSection `parser:"| @@"`
}

type phase struct {
	Body blockBody `parser:"@@"`
}

type titled struct {
	Head sectionHead `parser:"@@"`
	Body blockBody   `parser:"@@"`
}

// The productions that are read by hand. Each keeps what it read and what was
// wrong with it.
type (
	declarationLead struct{ noted }

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
		at     ast.Pos // where the brace is, or is missing
		exists bool
	}
	blockBody struct {
		noted
		from  ast.Pos // of the word before it
		block *ast.Block
	}
	sectionHead struct { // "title" [recovers within D] [every D]
		noted
		from          ast.Pos // of the word before it
		title         *ast.String
		within, every ast.Expr
	}
	entrySection struct { // a section without statements
		noted
		node ast.Section
	}
	strangeSection struct { // what is no section, or a misspelt one
		noted
		node ast.Section
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
}

// finish takes over what a reader found. A reader that is still broken skips
// to where another section can start.
func (n *noted) finish(r *reader) error {
	if r.broken {
		r.skip(func() bool { return r.atSection() || r.atDeclaration() })
	}
	n.problems = r.problems
	return nil
}

func (n *blockBody) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.from = r.last - ast.Pos(len(r.previous()))
	n.block = r.block("section")
	return n.finish(r)
}

func (n *entrySection) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if n.node = r.entrySection(r.peek().Value); n.node == nil {
		return participle.NextMatch
	}
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
