package lang

// The structure of a file is a participle grammar: declarations and
// experiments. Sections and what stands in them are read by hand, in Parseable
// productions, because participle tells only one mistake of a text and each of
// its nodes allocates.
//
// No production of this grammar ever fails: what is missing is noted in the
// node, and what does not belong is reported and skipped by the production that
// meets it. So participle always returns a tree, and build.go turns it into the
// ast and collects what was noted.

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// parsers are the parser of a unit and that of its largest production, which
// most units start with: to go straight to it spares some nodes.
type parsers struct {
	unit       *participle.Parser[unit]
	experiment *participle.Parser[experiment]
}

// grammar builds the parsers. That is most of what parsing a small file costs,
// so it is done when they are first needed.
var grammar = sync.OnceValue(func() parsers {
	u := participle.MustBuild[unit](participle.Lexer(definition{}))
	e, err := participle.ParserForProduction[experiment](u)
	if err != nil {
		panic(err) // the grammar has it
	}
	return parsers{unit: u, experiment: e}
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
	section struct {
		noted
		node ast.Section // nil for what is none
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
		r.skip(sections | declarations)
	}
	n.problems = r.problems
	return nil
}

func (n *section) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if t := r.peek(); t.EOF() || t.Type == tokRBrace {
		return participle.NextMatch
	}
	n.node = r.section()
	return n.finish(&r)
}

func (n *importDecl) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if !r.word("import") {
		return participle.NextMatch
	}
	n.node = r.importStmt()
	return n.finish(&r)
}

func (n *letDecl) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if !r.word("let") {
		return participle.NextMatch
	}
	n.node = r.let()
	return n.finish(&r)
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
	return n.finish(&r)
}
