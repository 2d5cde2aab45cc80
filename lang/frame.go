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
	if s := r.second(); t.Type == tokIdent && (s.Type == tokIdent || s.Type == tokString) {
		near, ok = diag.Nearest(t.Value, declarationWords)
	}
	switch {
	case ok:
		r.report(errMisspelt(spanOf(t), t.Value, near))
		t.Value = near
		return n.finish(r)
	case t.Type == tokRBrace:
		r.fail(errStrayBrace(spanOf(t)))
	case r.atSection(), r.atStatement():
		r.fail(errOutside(spanOf(t), t.Value))
	default:
		r.fail(errNoDeclaration(spanOf(t), t))
	}
	for r.broken = true; r.broken && !r.peek().EOF(); {
		if r.at(tokRBrace) {
			r.next()
		}
		r.skip(r.atDeclaration)
		r.broken = r.at(tokRBrace)
	}
	return n.finish(r)
}

// Parse leads in a section: statements and what else is none are reported and
// skipped, a misspelt word is put right in its token.
func (n *sectionLead) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.EOF() || t.Type == tokRBrace {
		return participle.NextMatch
	}
	if t.Type != tokIdent || !slices.Contains(sectionWords, t.Value) {
		r := newReader(lex)
		r.noSection(t)
		if err := n.finish(r); err != nil {
			return err
		}
	}
	n.at = start(lex.Peek())
	return nil
}

// noSection deals with what stands where a section must.
func (r *reader) noSection(t *lexer.Token) {
	if r.atStatement() {
		r.report(errStatementPlace(spanOf(t), t.Value))
		told := r.problems
		for r.atStatement() {
			r.wholeStmt()
		}
		r.problems = told
		return
	}
	if t.Type == tokIdent {
		near, ok := diag.Nearest(t.Value, sectionWords)
		if ok && sectionFollows(near, r.second()) {
			r.report(errMisspelt(spanOf(t), t.Value, near))
			t.Value = near
			return
		}
		r.fail(errUnknownSection(spanOf(t), t.Value))
	} else {
		r.fail(errNoSection(spanOf(t), t))
	}
	r.skipAhead(func() bool { return r.atSection() || r.atStatement() })
}

// Parse reads the title that experiment, steady and guard need, or the text of
// a description.
func (n *title) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	switch t := r.peek(); t.Type {
	case tokString, tokStrOpen:
		n.text = r.plainString()
	case tokBad, tokTorn:
		n.text = &ast.String{Span: spanOf(r.next())}
	default:
		n.text = &ast.String{Span: r.behind()}
		if t.Type == tokIdent && !r.atSection() && r.second().Type == tokLBrace {
			r.report(errBareTitle(spanOf(t), r.previous(), t.Value))
			r.next()
			break
		}
		r.report(errNoTitle(r.behind(), r.previous(), t))
	}
	return n.finish(r)
}

// Parse reads the brace that opens an experiment. It may be missing where a
// section follows.
func (n *openBrace) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	n.at = r.behind().Start
	switch {
	case r.at(tokLBrace):
		n.at = start(r.next())
	case r.atSection():
		if !r.torn() {
			r.report(errNoBrace(r.behind(), "experiment"))
		}
	default:
		return participle.NextMatch
	}
	return n.finish(r)
}

// torn reports whether the token before this one took with it what stood
// behind it.
func (r *reader) torn() bool {
	c := r.lex.RawCursor()
	return c > 0 && r.lex.Range(c-1, c)[0].Type == tokTorn
}

// Parse reads the brace that closes an experiment, or notes by a zero place
// that it is missing.
func (n *closeBrace) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if r.at(tokRBrace) {
		r.next()
		n.at = r.last
	}
	return n.finish(r)
}

// Parse reads `[recovers within D] [every D]`, as steady and guard have it.
func (n *recovery) Parse(lex *lexer.PeekingLexer) error {
	r := newReader(lex)
	if r.acceptWord("recovers") {
		if !r.acceptWord("within") {
			r.fail(errExpected(r.behind(), r.peek(), "`within` and a duration"))
		}
		n.within = r.value("within")
	}
	n.every = r.every()
	if r.broken {
		r.skipToBlock()
	}
	return n.finish(r)
}
