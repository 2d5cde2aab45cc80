package lang

// Recovery: after a mistake the reader skips to where something whole can
// start. Since nothing ends a statement but the start of the next, that is a
// keyword with what can follow it, or the brace that ends the block.

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// starts is a set of what may start at a token.
type starts uint8

const (
	statements starts = 1 << iota
	clauses
	sections
	declarations
	entries
)

// starts reports whether one of a set starts here.
func (r *reader) starts(set starts) bool {
	t := r.peek()
	switch t.Type {
	case tokIf, tokFor:
		return set&statements != 0
	case tokString:
		return set&entries != 0 && r.startsEntry()
	case tokIdent:
		return set&statements != 0 && slices.Contains(statementWords, t.Value) && startsOperand(r.second()) ||
			set&clauses != 0 && slices.Contains(clauseWords, t.Value) && r.startsClause(t.Value) ||
			set&sections != 0 && slices.Contains(sectionWords, t.Value) && sectionFollows(t.Value, r.second()) ||
			set&declarations != 0 && slices.Contains(declarationWords, t.Value) && r.startsDeclaration(t.Value) ||
			set&entries != 0 && r.startsEntry()
	}
	return false
}

// startsClause reports whether what follows the word of a clause can.
func (r *reader) startsClause(word string) bool {
	switch word {
	case "undo", "keep", "background":
		switch r.second().Type {
		case tokComma, tokColon, tokDot, tokAssign, tokLParen, tokRParen, tokRBrack:
			return false
		}
		return true
	}
	return startsOperand(r.second())
}

// startsDeclaration reports whether what follows the word of a declaration can.
func (r *reader) startsDeclaration(word string) bool {
	s := r.second()
	return s.Type == tokIdent || s.Type == tokString || s.Type == tokTorn || word == "experiment" && s.Type == tokLBrace
}

// startsEntry reports whether a name starts an entry.
func (r *reader) startsEntry() bool {
	s := r.second()
	return !r.sameLine() || s.Type == tokAssign || s.Type == tokColon
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

// skipAhead is skip that passes over at least one token.
func (r *reader) skipAhead(stop starts) {
	if !r.at(tokLBrace) {
		r.next()
	}
	r.skip(stop)
}

// skip goes to where one of a set starts, or to the brace that ends
// the block in which the reader stands, or to the end of the unit. Blocks on
// the way are passed over. The reader is whole again then.
func (r *reader) skip(stop starts) {
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
		case t.Type == tokRBrace, depth == 0 && r.starts(stop):
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
		case t.EOF(), t.Type == tokRBrace, !r.sameLine() && (r.starts(statements | sections)):
			return
		}
		r.next()
	}
}
