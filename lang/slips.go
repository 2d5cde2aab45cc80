package lang

// What people write who come from other languages: each slip is told by what
// they would write here, and read as that, so that nothing follows from it.
// None of it costs anything where the text is right but a look at a token. This
// file has the slips in statements, clauses, entries and imports; slips_expr.go
// those in expressions, slips_limits.go those with `within` and `every`.

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
)

// valueStatements are statements of a word and a value: with `=` between them
// no name was meant.
var valueStatements = []string{"pause", "expect", "assert", "restore", "log", "repeat", "abort"}

// bracketBlock reads a block between brackets.
func (r *reader) bracketBlock(b *ast.Block) *ast.Block {
	open := r.next()
	b.Start = start(open)
	d := errBracketBlock(spanOf(open))
	r.report(d)
	for t := r.peek(); !t.EOF() && t.Type != tokRBrack && t.Type != tokRBrace && !r.starts(sections); t = r.peek() {
		if t.Type == tokComma {
			r.next()
			continue
		}
		b.Stmts = append(b.Stmts, r.wholeStmt())
	}
	if t := r.peek(); t.Type == tokRBrack {
		d.Help[0].Edits = append(d.Help[0].Edits, replace(spanOf(t), "}"))
		r.next()
	}
	b.Span = r.from(b.Start)
	return b
}

// indentedBlock reads a block that starts with a colon. It ends where a line is
// indented less than its first, and with the brace that its head would have.
func (r *reader) indentedBlock(b *ast.Block) *ast.Block {
	head := r.lineColumn()
	colon := r.next()
	r.report(errColonBlock(spanOf(colon)))
	column := r.peek().Pos.Column
	for t := r.peek(); !t.EOF() && t.Type != tokRBrace && !r.starts(sections); t = r.peek() {
		if t.Pos.Column < column && !r.sameLine() {
			break
		}
		b.Stmts = append(b.Stmts, r.wholeStmt())
	}
	if t := r.peek(); t.Type == tokRBrace && t.Pos.Column == head {
		r.next()
	}
	b.Span = r.from(b.Start)
	return b
}

// lineColumn returns the column of the first token on the line of the next.
func (r *reader) lineColumn() int {
	column := r.peek().Pos.Column
	for c := r.lex.RawCursor(); c > 0; c-- {
		t := &r.lex.Range(c-1, c)[0]
		if t.Pos.Line != r.peek().Pos.Line {
			break
		}
		column = t.Pos.Column
	}
	return column
}

// noAssign passes over a `=` or `:` behind the word of a statement or a
// clause, which is an item of what.
func (r *reader) noAssign(what string) {
	if t := r.peek(); t.Type == tokAssign || t.Type == tokColon {
		r.report(errWordAssign(spanOf(t), what))
		r.next()
	}
}

// noAssignBefore is noAssign where something of a kind follows.
func (r *reader) noAssignBefore(next lexer.TokenType, what string) {
	if t := r.peek(); (t.Type == tokAssign || t.Type == tokColon) && r.second().Type == next {
		r.noAssign(what)
	}
}

// noTrue passes over `: true` behind a clause that is a word alone.
func (r *reader) noTrue() {
	if t, s := r.peek(), r.second(); (t.Type == tokAssign || t.Type == tokColon) && s.Type == tokTrue {
		at := ast.Span{Start: r.last, End: end(s)}
		r.next()
		r.next()
		r.report(errWordTrue(at))
	}
}

// noTimes passes over `times` behind a count.
func (r *reader) noTimes() {
	if t := r.peek(); !r.broken && t.Type == tokIdent && r.sameLine() && (t.Value == "times" || t.Value == "time" || t.Value == "x") {
		r.report(errTimes(spanOf(t)))
		r.next()
	}
}

// retryCount deals with a `retry` that says only how often; it returns nil
// where a count stands.
func (r *reader) retryCount() ast.Expr {
	if !r.word("every") || r.second().Type != tokNumber {
		return nil
	}
	r.report(errNoCount(r.behind()))
	return r.badExpr()
}

// noFiller passes over a word before the value of a statement or a clause, as
// `for` in `pause for 5s`.
func (r *reader) noFiller(word string) {
	t := r.peek()
	if r.broken || t.Type != tokFor && t.Type != tokIdent || r.second().Type != tokNumber {
		return
	}
	if t.Type == tokFor || t.Value == "of" || t.Value == "after" || t.Value == "to" {
		r.report(errFiller(spanOf(t), word))
		r.next()
	}
}

// atType reports whether a type stands here, and not a value behind a colon.
func (r *reader) atType() bool {
	t := r.peek()
	if s := r.second(); t.Type == tokIdent && s.Pos.Line == t.Pos.Line && (s.Type == tokLParen || s.Type == tokDot) {
		return false
	}
	return isWord(t) && t.Type != tokTrue && t.Type != tokFalse
}

// noEquals reports whether a value stands where its `=` is missing.
func (r *reader) noEquals() bool {
	t := r.peek()
	if r.broken || !r.sameLine() || !startsOperand(t) || t.Type == tokTorn {
		return false
	}
	switch s := r.second(); t.Type {
	case tokIdent:
		if s.Type != tokLParen && s.Type != tokDot {
			return false
		}
	case tokString:
		if s.Type == tokAssign || s.Type == tokColon {
			return false
		}
	}
	r.report(errNoEquals(r.behind(), t, "a value"))
	return true
}

// nameOfWords reads a name of which t is the first word, and which others may
// follow up to the `=`.
func (r *reader) nameOfWords(t *lexer.Token) *ast.Name {
	name := &ast.Name{Span: spanOf(t), Text: t.Value}
	if isKeyword(r.peek().Value) {
		return name
	}
	words, next := r.ahead(5)
	for i, u := range next {
		if i > 0 && u.Type == tokAssign {
			whole := append([]string{t.Value}, words[:i]...)
			for range i {
				r.next()
			}
			if slices.Contains(foreignKeywords, t.Value) {
				whole = whole[1:]
			}
			name.Span.End, name.Text = r.last, strings.Join(whole, "-")
			r.report(errNameOfWords(name.Span, name.Text))
			break
		}
		if u.Type != tokIdent || u.Pos.Line != t.Pos.Line || isKeyword(u.Value) {
			break
		}
	}
	return name
}

// isKeyword reports whether a word can go on with a statement or start one.
func isKeyword(word string) bool {
	return slices.Contains(innerWords, word) || slices.Contains(clauseWords, word) || slices.Contains(statementWords, word)
}

// foreignKeywords start declarations elsewhere; they are left out here.
var foreignKeywords = []string{"var", "let", "const", "set", "def", "local", "export", "variable", "val", "int", "string", "float", "bool"}

// foreignImports start imports elsewhere.
var foreignImports = []string{"include", "use", "using", "require", "load", "source", "from"}

// noBy reports whether a call stands behind `undo` without `by`.
func (r *reader) noBy() bool {
	if r.broken || !r.sameLine() {
		return false
	}
	t, s := r.peek(), r.second()
	calls := func(t *lexer.Token) bool { return t.Type == tokDot || t.Type == tokLParen }
	switch {
	case (t.Type == tokColon || t.Type == tokAssign) && s.Type == tokIdent:
		d := errWordFor(spanOf(t), t.Value, "by")
		if d.Help[0].Edits[0].Span.Start == r.last {
			d.Help[0].Edits[0].Text = " by"
		}
		r.report(d)
		r.next()
		return true
	case t.Type != tokIdent, isKeyword(t.Value):
		return false
	case calls(s):
		r.report(errLeftOut(r.behind(), "by"))
		return true
	case s.Type == tokIdent:
		if _, next := r.ahead(3); len(next) == 3 && calls(next[2]) {
			r.report(errWordFor(spanOf(t), t.Value, "by"))
			r.next()
			return true
		}
	}
	return false
}

// undoesName reports whether the name of an activity stands behind `undo`,
// which was meant as `restore`.
func (r *reader) undoesName(from ast.Pos) bool {
	t, s := r.peek(), r.second()
	if t.Type != tokIdent || !r.sameLine() || r.starts(statements|clauses|sections) || s.Pos.Line == t.Pos.Line && s.Type != tokRBrace {
		return false
	}
	r.report(errUndoName(r.from(from), t))
	r.next()
	return true
}

// aliasFirst reads the name of an import that stands before its path, and a
// `from` between them. It returns nil where there is none.
func (r *reader) aliasFirst() *ast.Name {
	_, next := r.ahead(3)
	path := 1
	if len(next) > 2 && next[1].Type == tokIdent && next[1].Value == "from" {
		path = 2
	}
	if next[0].Type != tokIdent || len(next) <= path || next[path].Type != tokString {
		return nil
	}
	n := r.name("a name")
	if path == 2 {
		r.next()
	}
	return n
}
