package lang

// Slips in expressions: operators in words, units apart from their numbers,
// options without quotes, lists in parentheses, comments with one slash.

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

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
		isOperator(next[2].Type) || isKeyword(next[2].Value) {
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
