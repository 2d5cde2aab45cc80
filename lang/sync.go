package lang

// Recovery: after a mistake the reader skips to where something whole can
// start. Since nothing ends a statement but the start of the next, that is a
// keyword with what can follow it, or the brace that ends the block.

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// atStatement reports whether a statement starts here.
func (r *reader) atStatement() bool {
	t := r.peek()
	switch t.Type {
	case tokIf, tokFor:
		return true
	case tokIdent:
		return slices.Contains(statementWords, t.Value) && startsOperand(r.second())
	}
	return false
}

// atClause reports whether a clause starts here.
func (r *reader) atClause() bool {
	t := r.peek()
	if t.Type != tokIdent || !slices.Contains(clauseWords, t.Value) {
		return false
	}
	switch t.Value {
	case "undo", "keep", "background":
		switch r.second().Type {
		case tokComma, tokColon, tokDot, tokAssign, tokLParen, tokRParen, tokRBrack:
			return false
		}
		return true
	}
	return startsOperand(r.second())
}

// atSection reports whether a section starts here.
func (r *reader) atSection() bool {
	t := r.peek()
	return t.Type == tokIdent && slices.Contains(sectionWords, t.Value) && sectionFollows(t.Value, r.second())
}

// sectionFollows reports whether a token can stand behind the word of a
// section.
func sectionFollows(word string, t *lexer.Token) bool {
	switch word {
	case "description", "steady", "guard":
		return t.Type == tokString || t.Type == tokStrOpen || t.Type == tokLBrace && word != "description"
	case "tags", "contributions":
		return t.Type == tokIdent || t.Type == tokString
	case "extensions":
		return t.Type == tokLBrack
	}
	return t.Type == tokLBrace
}

// startsLine reports whether a word stands on a new line and starts something
// there, as what follows it on that line shows: it cannot go on with an
// expression.
func (r *reader) startsLine(t *lexer.Token) bool {
	if r.sameLine() {
		return false
	}
	s := r.second()
	switch {
	case s.Pos.Line != t.Pos.Line:
		return false
	case s.Type == tokIdent:
		return !slices.Contains(innerWords, s.Value) && !slices.Contains(clauseWords, s.Value) &&
			!slices.Contains(statementWords, s.Value)
	}
	return s.Type == tokNumber || s.Type == tokString || s.Type == tokStrOpen || s.Type == tokAssign && !r.comparing
}

// atDeclaration reports whether a declaration starts here.
func (r *reader) atDeclaration() bool {
	t := r.peek()
	if t.Type != tokIdent || !slices.Contains(declarationWords, t.Value) {
		return false
	}
	s := r.second()
	return s.Type == tokIdent || s.Type == tokString || s.Type == tokTorn || t.Value == "experiment" && s.Type == tokLBrace
}

// skipAhead is skip that passes over at least one token.
func (r *reader) skipAhead(stop func() bool) {
	if !r.at(tokLBrace) {
		r.next()
	}
	r.skip(stop)
}

// skip goes to the next token at which stop is true, or to the brace that ends
// the block in which the reader stands, or to the end of the unit. Blocks on
// the way are passed over. The reader is whole again then.
func (r *reader) skip(stop func() bool) {
	for depth := 0; ; r.next() {
		t := r.peek()
		switch {
		case t.EOF():
		case t.Type == tokLBrace:
			depth++
			continue
		case t.Type == tokRBrace && depth > 0:
			depth--
			continue
		case t.Type == tokRBrace, depth == 0 && stop():
		default:
			continue
		}
		r.broken = false
		return
	}
}

// skipToBlock goes to the brace of the block whose head could not be read, if
// it stands before the next statement.
func (r *reader) skipToBlock() {
	for {
		t := r.peek()
		switch {
		case t.Type == tokLBrace:
			r.broken = false
			return
		case t.EOF(), t.Type == tokRBrace, !r.sameLine() && (r.atStatement() || r.atSection()):
			return
		}
		r.next()
	}
}
