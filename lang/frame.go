package lang

// The productions between the parts of an experiment: leads, titles, braces.

import (
	"slices"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// Parse leads in a declaration: what is none is reported and skipped, a
// misspelt word is put right in its token.
func (n *declarationLead) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	t := r.peek()
	if t.EOF() {
		return participle.NextMatch
	}
	if t.Type == tokIdent && slices.Contains(declarationWords, t.Value) {
		return nil
	}
	near, ok := "", false
	if s := r.second(); t.Type == tokIdent && s.Type == tokString && slices.Contains(foreignImports, t.Value) {
		near, ok = "import", true
	} else if t.Type == tokIdent && (s.Type == tokIdent || s.Type == tokString) {
		near, ok = diag.Nearest(t.Value, declarationWords)
	}
	switch {
	case ok:
		r.report(errMisspelt(spanOf(t), t.Value, near))
		t.Value = near
		return n.finish(&r)
	case t.Type == tokRBrace:
		r.fail(errStrayBrace(spanOf(t)))
	case r.starts(sections | statements):
		r.fail(errOutside(spanOf(t), t.Value))
	default:
		r.fail(errNoDeclaration(spanOf(t), t))
	}
	for r.broken = true; r.broken && !r.peek().EOF(); {
		if r.at(tokRBrace) {
			r.next()
		}
		r.skip(declarations)
		r.broken = r.at(tokRBrace)
	}
	return n.finish(&r)
}

// Parse reads the title of an experiment.
func (n *title) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.text = r.title()
	return n.finish(&r)
}

// title reads the title that experiment, steady and guard need, or the text of
// a description. It stays empty where it cannot be read.
func (r *reader) title() *ast.String {
	r.noAssignBefore(tokString, "section")
	switch t := r.peek(); {
	case t.Type == tokString, t.Type == tokStrOpen:
		return r.plainString()
	case t.Type == tokBad, t.Type == tokTorn:
		return &ast.String{Span: spanOf(r.next())}
	case t.Type == tokIdent && !r.starts(sections) && r.second().Type == tokLBrace:
		r.report(errBareTitle(spanOf(t), r.previous(), t.Value))
		return &ast.String{Span: spanOf(r.next())}
	default:
		r.report(errNoTitle(r.behind(), r.previous(), t))
		return &ast.String{Span: r.behind()}
	}
}

// Parse reads the brace that opens an experiment. It may be missing where a
// section follows.
func (n *openBrace) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.at = r.behind().Start
	switch {
	case r.at(tokLBrace):
		n.at = start(r.next())
	case r.starts(sections):
		if !r.torn() {
			r.report(errNoBrace(r.behind(), "experiment"))
		}
	default:
		return participle.NextMatch
	}
	return n.finish(&r)
}

// torn reports whether the token before this one took with it what stood
// behind it.
func (r *reader) torn() bool {
	c := r.lex.RawCursor()
	return c > 0 && r.lex.Range(c-1, c)[0].Type == tokTorn
}

// Parse reads the brace that closes an experiment, if it is there.
func (n *closeBrace) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.at = r.behind().Start
	if n.exists = r.at(tokRBrace); n.exists {
		n.at = start(r.next())
	}
	return n.finish(&r)
}
