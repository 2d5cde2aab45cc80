package lang

// Slips with the limits of wait, steady, guard, retry and repeat: misspelt,
// left out, or in another order.

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// limitWords start what belongs behind a title or a condition.
var limitWords = []string{"recovers", "recover", "within", "every"}

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

func isDuration(x ast.Expr) bool {
	n, ok := x.(*ast.Number)
	return ok && n.Kind == ast.NumberKind(literal.Duration)
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
	if s := r.second(); s.Type != tokNumber && s.Type != tokIdent || isKeyword(t.Value) {
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
