package lang

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// reader reads the tokens of one production that is parsed by hand.
//
// After a mistake it is broken: nothing is reported and nothing is consumed
// until the production that can go on has skipped to where it does (see
// sync.go). So each mistake is told once, and no code has to hand errors up.
type reader struct {
	lex      *lexer.PeekingLexer
	problems diag.List

	broken bool
	last   ast.Pos // end of the token read last
	line   int     // on which that token ends; 0 before the first
	depth  int     // of the expressions that are being read
	height int     // of the expression that was read last

	comparing bool             // in a condition, where `=` can only mean `==`
	told      bool             // that a closing brace is missing
	unended   *diag.Diagnostic // tells which braces are open at the end of the text
	deep      bool             // that something nests too deep was told
}

// newReader returns a reader that goes on where lex stands.
func newReader(lex *lexer.PeekingLexer) reader {
	r := reader{lex: lex}
	if c := lex.RawCursor(); c > 0 {
		r.passed(&lex.Range(c-1, c)[0])
	}
	return r
}

// previous is the value of the token before the next one.
func (r *reader) previous() string {
	if c := r.lex.RawCursor(); c > 0 {
		return r.lex.Range(c-1, c)[0].Value
	}
	return ""
}

// peek returns the next token.
func (r *reader) peek() *lexer.Token { return r.lex.Peek() }

// at reports whether the next token is of a kind.
func (r *reader) at(t lexer.TokenType) bool { return r.lex.Peek().Type == t }

// word reports whether the next token is the given word.
func (r *reader) word(w string) bool {
	t := r.lex.Peek()
	return t.Type == tokIdent && t.Value == w
}

// next consumes a token.
func (r *reader) next() *lexer.Token {
	t := r.lex.Next()
	r.passed(t)
	return t
}

// passed notes where the token read last ends.
func (r *reader) passed(t *lexer.Token) {
	r.last = end(t)
	r.line = t.Pos.Line
	if t.Type == tokString {
		r.line += strings.Count(t.Value, "\n")
	}
}

// accept consumes the next token if it is of a kind.
func (r *reader) accept(t lexer.TokenType) bool {
	if r.broken || !r.at(t) {
		return false
	}
	r.next()
	return true
}

// acceptWord consumes the next token if it is the given word.
func (r *reader) acceptWord(w string) bool {
	if r.broken || !r.word(w) {
		return false
	}
	r.next()
	return true
}

// second returns the token behind the next one.
func (r *reader) second() *lexer.Token {
	here := r.lex.MakeCheckpoint()
	r.lex.Next()
	t := r.lex.Peek()
	r.lex.LoadCheckpoint(here)
	return t
}

// sameLine reports whether the next token stands on the line on which the last
// one ended.
func (r *reader) sameLine() bool { return r.lex.Peek().Pos.Line == r.line }

// here is where the next token stands.
func (r *reader) here() ast.Span { return spanOf(r.lex.Peek()) }

// behind is the place behind the token read last, for what is missing there.
func (r *reader) behind() ast.Span {
	if r.line == 0 {
		at := start(r.lex.Peek())
		return ast.Span{Start: at, End: at}
	}
	return ast.Span{Start: r.last, End: r.last}
}

// report notes a mistake after which reading goes on as if it had not been
// made.
func (r *reader) report(d *diag.Diagnostic) {
	if !r.broken {
		r.problems = append(r.problems, d)
	}
}

// fail notes that something else stands here than must, after which this
// production cannot go on. Of a token that the lexer could not read nothing
// more is said.
func (r *reader) fail(d *diag.Diagnostic) {
	if !r.unreadable() {
		r.report(d)
	}
	r.broken = true
}

// unreadable reports whether the next token is one of which the lexer has
// already said that it cannot be read.
func (r *reader) unreadable() bool {
	t := r.lex.Peek()
	return t.Type == tokBad || t.Type == tokTorn || t.EOF() && t.Value == cutMark
}

// from is the span from where a token started to the end of the last one. If
// none was read since, it is empty and stands behind the last.
func (r *reader) from(start ast.Pos) ast.Span {
	return ast.Span{Start: min(start, r.last), End: r.last}
}
