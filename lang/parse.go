// Package lang reads the text of .chaos files: [Parse] turns it into the tree
// of package ast and says what is wrong with it. It knows the grammar only,
// not what names mean; that is the checker's (lang/check).
//
// The way of a text: the scanner (scan.go) cuts it into tokens, one experiment
// at a time; a participle grammar (grammar.go) reads declarations and
// sections, and hand-written productions what stands in them (reader.go and
// the files named after what they read); build.go makes the tree; comments.go
// puts the comments where they belong.
package lang

import (
	"fmt"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// maxSize is the size in bytes above which a file is not read: it could not be
// counted with an [ast.Pos].
const maxSize = 1 << 30

// Parse reads a file. The tree is never nil; what could not be read is a Bad
// node or left out, and the diagnostics, in the order of the text, say why.
func Parse(src *ast.Source) (*ast.File, diag.List) {
	file := &ast.File{Source: src, Span: ast.Span{End: ast.Pos(min(len(src.Text), maxSize))}}
	if len(src.Text) > maxSize {
		d := errTooLarge(len(src.Text))
		d.Source = src
		return file, diag.List{d}
	}
	s := newScanner(src.Text)
	b := &builder{file: file}
	for s.more() {
		b.parseUnit(s)
	}
	file.Shebang = s.shebang
	file.Comments = attach(file, s.comments)
	problems := append(s.problems, b.problems...)
	for _, d := range problems {
		d.Source = src
		for i := range d.Related {
			d.Related[i].Source = src
		}
	}
	return file, problems.Sort()
}

// parseUnit reads the next unit of a text. The grammar does not fail, so an
// error or a panic of participle is a mistake of this package; it is told as
// such instead of ending the program.
func (b *builder) parseUnit(s *scanner) {
	from := s.pos
	defer func() {
		if p := recover(); p != nil {
			b.internal(from, p)
			s.giveUp()
		}
	}()
	lex, err := lexer.Upgrade(s)
	if err != nil {
		panic(err)
	}
	if t := lex.Peek(); t.Type == tokIdent && t.Value == "experiment" {
		e, err := grammar().experiment.ParseFromLexer(lex, participle.AllowTrailing(true))
		if err != nil {
			panic(err)
		}
		b.file.Decls = append(b.file.Decls, b.experiment(e, lex.Peek()))
	}
	if lex.Peek().EOF() {
		return
	}
	u, err := grammar().unit.ParseFromLexer(lex, participle.AllowTrailing(true))
	if err != nil {
		panic(err)
	}
	b.unit(u, lex.Peek())
}

func (b *builder) internal(from int, cause any) {
	at := ast.Span{Start: ast.Pos(from), End: ast.Pos(from)}
	b.report(problem("E0199", at, "internal error of the parser: %s", fmt.Sprint(cause)))
	b.file.Decls = append(b.file.Decls, &ast.BadDecl{Span: at})
}
