package lang

// What people write who come from other languages: each slip is told by what
// they would write here, and read as that, so that nothing follows from it.
// None of it costs anything where the text is right but a look at a token.

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// valueStatements are statements of a word and a value: with `=` between them
// no name was meant.
var valueStatements = []string{"pause", "expect", "assert", "restore", "log", "repeat", "abort"}

// limitWords start what belongs behind a title or a condition.
var limitWords = []string{"recovers", "recover", "within", "every"}

// phrase is an operator said in words.
type phrase struct {
	words string
	op    ast.Op
}

// phrases are looked through in order, so the longer stand first. An `is`
// before them is left out.
var phrases = []phrase{
	{"less than or equal to", ast.Le}, {"greater than or equal to", ast.Ge}, {"more than or equal to", ast.Ge},
	{"less than", ast.Lt}, {"greater than", ast.Gt}, {"more than", ast.Gt}, {"bigger than", ast.Gt},
	{"smaller than", ast.Lt}, {"lower than", ast.Lt}, {"higher than", ast.Gt}, {"faster than", ast.Lt},
	{"at least", ast.Ge}, {"at most", ast.Le}, {"not equal to", ast.Ne}, {"equal to", ast.Eq}, {"equals to", ast.Eq},
	{"not in", ast.NotIn}, {"one of", ast.In},
	{"less", ast.Lt}, {"greater", ast.Gt}, {"below", ast.Lt}, {"under", ast.Lt}, {"above", ast.Gt}, {"over", ast.Gt},
	{"exceeds", ast.Gt}, {"equals", ast.Eq}, {"equal", ast.Eq}, {"not", ast.Ne}, {"in", ast.In},
	{"AND", ast.And}, {"OR", ast.Or}, {"IN", ast.In}, {"NOT IN", ast.NotIn},
	{"eq", ast.Eq}, {"ne", ast.Ne}, {"lt", ast.Lt}, {"le", ast.Le}, {"gt", ast.Gt}, {"ge", ast.Ge}, {"isnt", ast.Ne},
	{"includes", ast.Contains}, {"contain", ast.Contains}, {"CONTAINS", ast.Contains}, {"match", ast.Matches},
	{"MATCHES", ast.Matches}, {"", ast.Eq},
}

// phraseStarts are the words that start a phrase, when no `is` does.
var phraseStarts = func() map[string]bool {
	set := map[string]bool{"is": true}
	for _, p := range phrases {
		first, _, _ := strings.Cut(p.words, " ")
		set[first] = first != ""
	}
	return set
}()

// spoken returns the operator that is said in words from here on, and how many
// they are.
func (r *reader) spoken(t *lexer.Token) (op ast.Op, width int) {
	if !r.sameLine() || !phraseStarts[t.Value] {
		return 0, 0
	}
	words, next := r.ahead(7)
	is := 0
	if words[0] == "is" {
		is = 1
	}
	for _, p := range phrases {
		want := strings.Fields(p.words)
		n := is + len(want)
		if n == 0 || len(words) <= n || !slices.Equal(words[is:n], want) {
			continue
		}
		if !startsOperand(next[n]) {
			return 0, 0
		}
		return p.op, n
	}
	return 0, 0
}

// ahead returns the next n tokens, and what they say.
func (r *reader) ahead(n int) (words []string, tokens []*lexer.Token) {
	here := r.lex.MakeCheckpoint()
	defer r.lex.LoadCheckpoint(here)
	for range n {
		t := r.lex.Peek()
		words, tokens = append(words, t.Value), append(tokens, t)
		if t.EOF() {
			break
		}
		r.lex.Next()
	}
	return words, tokens
}

// slashComment reads a comment that starts with one slash: a line that goes
// on with words between which there is nothing.
func (r *reader) slashComment() bool {
	if !r.at(tokSlash) || r.sameLine() || r.broken {
		return false
	}
	_, next := r.ahead(4)
	if len(next) < 3 || !isWord(next[1]) || !isWord(next[2]) || next[2].Pos.Line != next[0].Pos.Line ||
		isOperator(next[2].Type) || slices.Contains(clauseWords, next[2].Value) || slices.Contains(statementWords, next[2].Value) ||
		slices.Contains(innerWords, next[2].Value) {
		return false
	}
	r.report(errSlashComment(r.here()))
	line := r.peek().Pos.Line
	for !r.peek().EOF() && r.peek().Pos.Line == line {
		r.next()
	}
	return true
}

// isOperator reports whether a reserved word stands between two operands.
func isOperator(t lexer.TokenType) bool {
	switch t {
	case tokAnd, tokOr, tokNot, tokIn, tokContains, tokMatches, tokMeets, tokThen, tokElse:
		return true
	}
	return false
}

// unitWords are units as they are said, and what is written.
var unitWords = map[string]string{
	"second": "s", "seconds": "s", "sec": "s", "secs": "s", "S": "s", "minute": "m", "minutes": "m", "min": "m", "mins": "m",
	"hour": "h", "hours": "h", "hr": "h", "hrs": "h", "day": "d", "days": "d",
	"millisecond": "ms", "milliseconds": "ms", "millis": "ms", "msec": "ms", "msecs": "ms", "MS": "ms",
	"percent": "%", "pct": "%", "bytes": "B", "KB": "kB", "kb": "kB", "mb": "MB", "gb": "GB", "tb": "TB",
	"K": "KiB", "M": "MiB", "G": "GiB", "Ki": "KiB", "Mi": "MiB", "Gi": "GiB", "Ti": "TiB",
}

func init() {
	for _, list := range [][]string{literal.DurationUnits(), literal.SizeUnits()} {
		for _, u := range list {
			unitWords[u] = u
		}
	}
}

// splitNumber reads the unit that stands apart from its number, if u is one.
func (r *reader) splitNumber(t, u *lexer.Token) (ast.Span, string) {
	at := spanOf(t)
	unit, ok := unitWords[u.Value]
	if !ok || r.second().Type == tokAssign || r.second().Type == tokColon {
		return at, t.Value
	}
	if _, err := literal.Parse(t.Value + unit); err != nil {
		return at, t.Value
	}
	at.End = end(r.next())
	r.report(errSplitNumber(at, t.Value+unit))
	return at, t.Value + unit
}

// argument reads the value of an argument. An option of a program without its
// quotes is one mistake.
func (r *reader) argument() ast.Expr {
	t, from := r.peek(), r.lex.RawCursor()
	x := r.expr()
	if t.Type != tokNeg && t.Type != tokHyphen || !r.at(tokAssign) || r.broken {
		return x
	}
	for u := r.peek(); r.sameLine() && u.Type != tokComma && u.Type != tokRParen && !u.EOF(); u = r.peek() {
		r.next()
	}
	r.report(errBareOption(r.from(start(t)), strings.ReplaceAll(r.textSince(from), `"`, "")))
	return &ast.BadExpr{Span: r.from(start(t))}
}

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

// lateName deals with a name that stands behind its `until`.
func (r *reader) lateName(until *lexer.Token) *ast.Name {
	t, s := r.peek(), r.second()
	if t.Type != tokIdent || s.Type != tokIdent || s.Pos.Line != t.Pos.Line || slices.Contains(innerWords, s.Value) || phraseStarts[s.Value] {
		return nil
	}
	if _, next := r.ahead(3); len(next) < 3 || next[2].Type != tokDot && next[2].Type != tokLParen {
		return nil
	}
	r.report(errSwapped(ast.Span{Start: start(until), End: end(t)}, "the name of a `wait` stands before `until`", t.Value+" until"))
	return r.name("a name")
}

// noUntil deals with a `wait` without `until`, and returns its name.
func (r *reader) noUntil(from ast.Pos) *ast.Name {
	t, s := r.peek(), r.second()
	switch {
	case t.Type == tokNumber && s.Value == "until", (t.Value == "within" || t.Value == "up") && (s.Type == tokNumber || s.Value == "to"):
		r.fail(errLimitFirst(spanOf(t)))
		return nil
	case t.Type == tokFor && s.Type != tokNumber:
		r.report(errNotUntil(spanOf(t), t))
		r.next()
		return nil
	case t.Type == tokFor:
		r.next()
		r.fail(errNoUntil(r.from(from), s))
		return nil
	case t.Type == tokIdent:
		if near, ok := diag.Nearest(t.Value, []string{"until"}); ok && startsOperand(s) {
			r.report(errMisspelt(spanOf(t), t.Value, near))
			r.next()
			return nil
		}
		if t.Value == "till" || t.Value == "while" {
			r.report(errNotUntil(spanOf(t), t))
			r.next()
			return nil
		}
		if s.Type == tokIdent && s.Pos.Line == t.Pos.Line && !slices.Contains(innerWords, s.Value) {
			n := r.name("a name")
			if near, ok := diag.Nearest(s.Value, []string{"until"}); ok {
				r.report(errMisspelt(spanOf(s), s.Value, near))
				r.next()
			} else {
				r.report(errNoUntil(r.from(from), s))
			}
			return n
		}
		r.report(errNoUntil(r.from(from), t))
		return nil
	}
	r.fail(errNoUntil(r.from(from), t))
	return nil
}

// limit deals with a wait that has no `within` where it belongs.
func (r *reader) limit(s *ast.Wait) {
	at := r.behind()
	s.Within = r.badExpr()
	if r.broken {
		return
	}
	// `until x in 10s` was read as a comparison.
	if in, ok := s.Cond.(*ast.Binary); ok && in.Op == ast.In && isDuration(in.Y) {
		r.report(errNotWithin(in.OpPos, "in"))
		s.Cond, s.Within = in.X, in.Y
		return
	}
	t := r.peek()
	switch next := r.second(); {
	case r.word("every"):
		r.next()
		s.Every = r.value("every")
		every, from := ast.Span{Start: start(t), End: r.last}, r.lex.RawCursor()
		if r.inner("within") {
			s.Within = r.value("within")
			r.report(errEveryFirst(at.End, every, ast.Span{Start: every.End, End: r.last}, r.textSince(from)))
			return
		}
	case !r.sameLine():
	case r.inner("within"):
		s.Within = r.value("within")
		return
	case next.Type == tokNumber && (t.Type == tokFor || t.Type == tokIdent):
		r.report(errNotWithin(spanOf(t), t.Value))
		r.next()
		s.Within = r.expr()
		return
	case t.Type == tokNumber:
		r.report(errLeftOut(at, "within"))
		s.Within = r.expr()
		return
	}
	r.report(errNoWithin(at))
}

// textSince returns the text of the tokens from c on, as far as they are read.
func (r *reader) textSince(c lexer.RawCursor) string {
	var b strings.Builder
	last := ast.Pos(-1)
	for _, t := range r.lex.Range(c, r.lex.RawCursor()) {
		if last >= 0 && start(&t) > last {
			b.WriteByte(' ')
		}
		b.WriteString(t.Value)
		last = end(&t)
	}
	return b.String()
}

func isDuration(x ast.Expr) bool {
	n, ok := x.(*ast.Number)
	return ok && n.Kind == ast.NumberKind(literal.Duration)
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

// synonyms are other words for those inside a statement.
var synonyms = map[string]string{"each": "every", "after": "every", "interval": "every", "per": "every", "in": "within",
	"for": "within", "until": "within"}

// inner reads one of the words inside a statement or a section, also where it
// is misspelt, which the number or the word behind it shows.
func (r *reader) inner(word string) bool {
	if r.acceptWord(word) {
		return true
	}
	t := r.peek()
	if r.broken || !r.sameLine() {
		return false
	}
	if t.Type == tokComma && r.second().Type == tokIdent && r.second().Value == word {
		r.report(errStrayComma(spanOf(t)))
		r.next()
		r.next()
		return true
	}
	if synonyms[t.Value] == word && r.second().Type == tokNumber {
		r.report(errWordFor(spanOf(t), t.Value, word))
		r.next()
		return true
	}
	if t.Type != tokIdent {
		return false
	}
	if s := r.second(); s.Type != tokNumber && s.Type != tokIdent || slices.Contains(clauseWords, t.Value) ||
		slices.Contains(statementWords, t.Value) || slices.Contains(innerWords, t.Value) {
		return false
	}
	near, ok := diag.Nearest(t.Value, []string{word})
	if !ok {
		return false
	}
	r.report(errMisspelt(spanOf(t), t.Value, near))
	r.next()
	return true
}

// titleAndLimits reads what stands before the block of steady and guard, in
// either order.
func (r *reader) titleAndLimits(word string) (title *ast.String, within, every ast.Expr) {
	before := r.behind()
	if t := r.peek(); t.Type == tokIdent && r.second().Type != tokLBrace {
		if within, every = r.limits(); within != nil || every != nil {
			d := errTitleLast(ast.Span{Start: start(t), End: r.last})
			if t := r.peek(); t.Type == tokString {
				help(d, "write the title first", insert(before.End, " "+t.Value),
					replace(ast.Span{Start: r.last, End: end(t)}, ""))
				r.report(d)
				return r.title(), within, every
			}
		}
	}
	if within != nil || every != nil {
		r.report(errNoTitle(before, word, r.peek()))
		return &ast.String{Span: r.behind()}, within, every
	}
	title = r.title()
	if w, e := r.limits(); w != nil || e != nil {
		within, every = w, e
	}
	return title, within, every
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
		if u.Type != tokIdent || u.Pos.Line != t.Pos.Line || slices.Contains(clauseWords, u.Value) ||
			slices.Contains(statementWords, u.Value) || slices.Contains(innerWords, u.Value) {
			break
		}
	}
	return name
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
	case t.Type != tokIdent:
		return false
	case calls(s):
		r.report(errLeftOut(r.behind(), "by"))
		return true
	case s.Type == tokIdent:
		if _, next := r.ahead(3); len(next) == 3 && calls(next[2]) && !slices.Contains(statementWords, t.Value) {
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

// roundList reads on in a list between parentheses, of which x is the first
// element.
func (r *reader) roundList(open *lexer.Token, x ast.Expr) ast.Expr {
	l := &ast.List{Elems: []ast.Expr{x}}
	height := r.height
	for r.accept(tokComma) && !r.at(tokRParen) {
		l.Elems = append(l.Elems, r.expr())
		height = max(height, r.height)
	}
	if r.at(tokRParen) && !r.broken {
		r.report(errRoundList(spanOf(open), r.here()))
	}
	r.closing(tokRParen, open)
	l.Span = r.from(start(open))
	r.grow(height, l.Span)
	return l
}
