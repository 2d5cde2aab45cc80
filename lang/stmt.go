package lang

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// block reads `{ statements }`, which belongs to what owner names.
func (r *reader) block(owner string) *ast.Block {
	if r.broken {
		r.skipToBlock()
	}
	b := &ast.Block{Span: r.behind()}
	r.noAssignBefore(tokLBrace, "block")
	open := r.peek()
	switch {
	case r.broken:
		return b
	case open.Type == tokLBrace:
		r.next()
		b.Start = start(open)
	case open.Type == tokLBrack && r.sameLine():
		return r.bracketBlock(b)
	case open.Type == tokColon && r.second().Pos.Line != open.Pos.Line:
		return r.indentedBlock(b)
	case !r.sameLine() && r.starts(statements):
		r.report(errNoBrace(r.behind(), owner))
	default:
		r.fail(errNoBrace(r.behind(), owner))
		return b
	}
	column := 0 // of the first statement
	for !r.at(tokRBrace) {
		t := r.peek()
		if t.EOF() || r.starts(sections) && (len(b.Stmts) == 0 || t.Pos.Column < column) {
			r.unclosed(open)
			b.Span = r.from(b.Start)
			return b
		}
		if len(b.Stmts) == 0 {
			column = t.Pos.Column
		}
		if t.Type == tokComma && len(b.Stmts) > 0 {
			r.report(errNoSeparator(spanOf(t), "statements"))
			r.next()
			continue
		}
		b.Stmts = append(b.Stmts, r.wholeStmt())
	}
	r.next()
	b.Span = r.from(b.Start)
	return b
}

// unclosed reports a block whose closing brace is missing here. Blocks around
// it miss theirs for the same reason.
func (r *reader) unclosed(open *lexer.Token) {
	switch {
	case open.Type != tokLBrace || r.unreadable():
	case !r.told:
		d := errUnclosed(r.behind(), "}", spanOf(open))
		r.report(d)
		if !r.broken && r.peek().EOF() {
			r.unended = d
		}
	case r.unended != nil:
		alsoUnclosed(r.unended, spanOf(open))
	}
	r.told = true
}

// wholeStmt reads a statement, and after a mistake in it skips to the next.
func (r *reader) wholeStmt() ast.Stmt {
	t := r.peek()
	at := r.lex.Cursor()
	s := r.stmt()
	if r.broken {
		const stop = statements | sections
		if r.lex.Cursor() == at {
			r.skipAhead(stop)
		} else {
			r.skip(stop)
		}
	}
	if s == nil {
		return &ast.BadStmt{Span: r.from(start(t))}
	}
	return s
}

// stmt reads a statement. It returns nil for what is none.
func (r *reader) stmt() ast.Stmt {
	t := r.peek()
	switch t.Type {
	case tokIf:
		return r.ifStmt()
	case tokFor:
		return r.forStmt()
	case tokElse:
		r.fail(errElse(spanOf(t)))
		return nil
	case tokIdent:
		if r.second().Type == tokAssign && !slices.Contains(valueStatements, t.Value) {
			r.fail(errNoLet(spanOf(t), t.Value))
			return nil
		}
		word := t.Value
		if !slices.Contains(statementWords, word) {
			if foreign[word] == "" {
				word = r.meant(t, statementWords)
			} else {
				word = ""
			}
			if word == "" {
				r.unknownStmt(t)
				return nil
			}
		}
		return r.wordStmt(word)
	}
	if r.slashComment() {
		return nil
	}
	if r.sameLine() && r.previous() != "{" {
		r.fail(errUnexpected(spanOf(t), t))
	} else {
		r.fail(errNoStatement(spanOf(t), t))
	}
	return nil
}

// meant returns the word of a list that a misspelt one stands for, and reports
// it. It returns "" where there is none, or what follows does not fit.
func (r *reader) meant(t *lexer.Token, words []string) string {
	near, ok := diag.Nearest(t.Value, words)
	if !ok || !startsOperand(r.second()) {
		return ""
	}
	r.report(errMisspelt(spanOf(t), t.Value, near))
	return near
}

// wordStmt reads the statement that starts with the given word.
func (r *reader) wordStmt(word string) ast.Stmt {
	switch word {
	case "probe":
		return r.activity(ast.Probe)
	case "action":
		return r.activity(ast.Action)
	case "let":
		return r.let()
	case "wait":
		return r.wait()
	case "repeat":
		return r.repeat()
	case "if":
		return r.ifStmt()
	case "for":
		return r.forStmt()
	}
	from := start(r.next())
	if word != "parallel" {
		r.noAssign("statement")
	}
	switch word {
	case "pause":
		s := &ast.Pause{Duration: r.value(word)}
		s.Span = r.from(from)
		return s
	case "expect", "assert":
		s := &ast.Check{Assert: word == "assert", Cond: r.conditionOf(word)}
		s.Span = r.from(from)
		return s
	case "restore":
		s := &ast.Restore{Name: r.name("the name of an activity")}
		s.Span = r.from(from)
		return s
	case "log":
		s := &ast.Log{Value: r.value(word)}
		s.Span = r.from(from)
		return s
	case "parallel":
		s := &ast.Parallel{Body: r.block(word)}
		s.Span = r.from(from)
		return s
	default:
		s := &ast.Abort{Reason: r.value(word)}
		s.Span = r.from(from)
		return s
	}
}

// value reads the expression that a keyword needs behind it. What starts the
// next line with a keyword of its own is not taken for it.
func (r *reader) value(word string) ast.Expr {
	if !r.broken && !r.sameLine() && (r.starts(statements | clauses)) {
		r.fail(errNoValue(r.behind(), word))
	}
	r.noAssignBefore(tokNumber, "limit")
	r.noFiller(word)
	return r.expr()
}

// conditionOf is value for a keyword that needs a condition.
func (r *reader) conditionOf(word string) ast.Expr {
	outer := r.comparing
	r.comparing = true
	x := r.value(word)
	r.comparing = outer
	return x
}

// let reads `let name = expr`.
func (r *reader) let() *ast.Let {
	from := start(r.next())
	s := &ast.Let{Name: r.identifier("a name", "a `let`")}
	if r.at(tokColon) && !r.broken {
		r.report(errLetType(r.here()))
		r.next()
		r.typeExpr()
	}
	r.assign("a value")
	s.Value = r.expr()
	s.Span = r.from(from)
	return s
}

// assign consumes the `=` before what is named.
func (r *reader) assign(what string) {
	switch {
	case r.accept(tokAssign), r.broken:
	case r.at(tokColon), r.at(tokEq):
		r.report(errAssign(r.here()))
		r.next()
	default:
		r.fail(errExpected(r.behind(), r.peek(), "`=` and "+what))
	}
}

// wait reads `wait [NAME] until E within D [every D]`.
func (r *reader) wait() ast.Stmt {
	from := start(r.next())
	s := &ast.Wait{}
	s.Name = r.waitName(from)
	s.Cond = r.conditionOf("until")
	if r.acceptWord("within") {
		s.Within = r.value("within")
	} else {
		r.limit(s)
	}
	if s.Every == nil {
		s.Every = r.every()
	}
	s.Span = r.from(from)
	return s
}

// waitName reads `[NAME] until`.
func (r *reader) waitName(from ast.Pos) *ast.Name {
	t, s := r.peek(), r.second()
	switch {
	case r.word("until") && !(s.Type == tokIdent && s.Value == "until"):
		r.next()
		return r.lateName(t)
	case t.Type == tokIdent && s.Type == tokIdent && s.Value == "until", t.Type == tokString, t.Type == tokStrOpen:
		n := r.name("a name")
		if !r.acceptWord("until") {
			r.fail(errNoUntil(r.from(from), r.peek()))
		}
		return n
	}
	return r.noUntil(from)
}

// every reads `[every D]`.
func (r *reader) every() ast.Expr {
	if r.inner("every") {
		return r.value("every")
	}
	return nil
}

// ifStmt reads `if E { } else if E { } else { }`.
func (r *reader) ifStmt() ast.Stmt {
	from := start(r.next())
	s := &ast.If{Cond: r.head("if", r.condition)}
	if r.at(tokThen) && !r.broken {
		r.fail(errIfValue(r.here()))
	}
	s.Then = r.block("if")
	switch t := r.peek(); {
	case r.broken:
	case t.Type == tokElse:
		r.next()
		s.Else = r.elseBranch()
	case t.Type == tokIdent && (t.Value == "elif" || t.Value == "elseif" || t.Value == "elsif"):
		r.report(errElif(spanOf(t)))
		s.Else = r.elseBranch()
	}
	s.Span = r.from(from)
	return s
}

// elseBranch reads what stands behind `else`.
func (r *reader) elseBranch() ast.Stmt {
	if t := r.peek(); t.Type != tokIf && t.Type != tokIdent {
		return r.block("else")
	}
	defer r.leave()
	if !r.enter() {
		return nil
	}
	return r.ifStmt()
}

// head reads the expression before a block. A brace cannot start it.
func (r *reader) head(word string, read func() ast.Expr) ast.Expr {
	if r.at(tokLBrace) && !r.broken {
		r.report(errNoValue(r.behind(), word))
		return r.badExpr()
	}
	return read()
}

// forStmt reads `for x in LIST { }`.
func (r *reader) forStmt() ast.Stmt {
	from := start(r.next())
	s := &ast.For{Var: r.identifier("a name for the elements", "a loop")}
	if !r.accept(tokIn) {
		r.fail(errForIn(r.behind(), r.peek()))
	}
	s.List = r.head("in", r.expr)
	s.Body = r.block("for")
	s.Span = r.from(from)
	return s
}

// repeat reads `repeat N { }` or `repeat for D every D { }`.
func (r *reader) repeat() ast.Stmt {
	from := start(r.next())
	s := &ast.Repeat{}
	if r.accept(tokFor) {
		s.For = r.head("for", r.expr)
		s.Every = r.every()
	} else {
		s.Count = r.head("repeat", r.expr)
		r.noTimes()
	}
	s.Body = r.block("repeat")
	s.Span = r.from(from)
	return s
}

// unknownStmt tells why a word starts no statement.
func (r *reader) unknownStmt(t *lexer.Token) {
	at := spanOf(t)
	next := r.second()
	switch {
	case t.Value == "undo" && next.Type == tokIdent && next.Value != "by" && next.Pos.Line == t.Pos.Line:
		r.fail(errUndoName(at, next))
	case slices.Contains(clauseWords, t.Value):
		r.fail(errClausePlace(at, t.Value))
	case slices.Contains(limitWords, t.Value):
		r.fail(errLimitPlace(at, t.Value))
	case slices.Contains(sectionWords, t.Value) && sectionFollows(t.Value, next):
		r.fail(errSectionPlace(at, t.Value))
	case next.Type == tokLParen && foreign[t.Value] != "":
		r.fail(errUnknownStatement(at, t.Value))
	case next.Type == tokDot || next.Type == tokLParen:
		if x := r.postfix(); !r.broken {
			r.fail(errBareCall(x.Range()))
		}
	case r.sameLine() && r.previous() != "{":
		r.fail(errUnexpected(at, t))
	default:
		r.fail(errUnknownStatement(at, t.Value))
	}
}
