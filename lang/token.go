package lang

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
)

// The kinds of token. Lower-case names and white space never reach the
// parser, so no kind is elided.
const (
	tokIdent lexer.TokenType = iota + 1
	tokNumber
	tokString    // a whole string without holes, with its quotes
	tokStrOpen   // the quotes a string with holes starts with
	tokText      // text between quotes and holes
	tokHoleOpen  // ${
	tokHoleClose // }
	tokStrClose
	tokBad  // what is no token, already reported; it ends where it seems to end
	tokTorn // the same, but it took with it what stood behind it on its line

	tokLParen
	tokRParen
	tokLBrack
	tokRBrack
	tokLBrace
	tokRBrace
	tokComma
	tokColon
	tokDot
	tokAssign

	tokEq
	tokNe
	tokLt
	tokLe
	tokGt
	tokGe
	tokRange
	tokPlus
	tokMinus  // white space on both sides: binary
	tokNeg    // none behind it: unary
	tokHyphen // none before it, but behind it: neither
	tokStar
	tokSlash

	tokAnd
	tokOr
	tokNot
	tokIn
	tokContains
	tokMatches
	tokMeets
	tokIf
	tokThen
	tokElse
	tokFor
	tokIt
	tokTrue
	tokFalse
	tokNull

	tokCount
)

// symbols are the names by which the grammar knows the kinds of token. The
// grammar names only those it matches itself.
var symbols = map[string]lexer.TokenType{
	"EOF":    lexer.EOF,
	"Ident":  tokIdent,
	"LBrace": tokLBrace,
	"RBrace": tokRBrace,
}

// binaryOps maps a token to the operator it is between two operands. `not in`
// is two tokens.
var binaryOps = [tokCount]ast.Op{
	tokOr: ast.Or, tokAnd: ast.And,
	tokEq: ast.Eq, tokNe: ast.Ne, tokLt: ast.Lt, tokLe: ast.Le, tokGt: ast.Gt, tokGe: ast.Ge,
	tokIn: ast.In, tokContains: ast.Contains, tokMatches: ast.Matches, tokMeets: ast.Meets,
	tokRange: ast.Range, tokPlus: ast.Add, tokMinus: ast.Sub, tokStar: ast.Mul, tokSlash: ast.Div,
}

func isReservedToken(t lexer.TokenType) bool { return tokAnd <= t && t <= tokNull }

// start and end are the place of a token as the tree counts it.
func start(t *lexer.Token) ast.Pos { return ast.Pos(t.Pos.Offset) }
func end(t *lexer.Token) ast.Pos {
	if t.EOF() {
		return start(t)
	}
	return ast.Pos(t.Pos.Offset + len(t.Value))
}

func spanOf(t *lexer.Token) ast.Span { return ast.Span{Start: start(t), End: end(t)} }

// describe names a token in a message.
func describe(t *lexer.Token) string {
	switch {
	case t.EOF():
		return "the end of the file"
	case t.Type == tokString, t.Type == tokStrOpen:
		return "a string"
	case t.Type == tokIdent, isReservedToken(t.Type), t.Type == tokNumber:
		if len(t.Value) > 40 {
			return "a long word"
		}
	}
	return "`" + t.Value + "`"
}
