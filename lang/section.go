package lang

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// section reads a section. Statements and what else is none are reported and
// skipped, and nil is returned; a misspelt section is read as what it was meant
// to be.
func (r *reader) section() ast.Section {
	t := r.peek()
	if t.Type == tokIdent {
		if slices.Contains(sectionWords, t.Value) {
			return r.wordSection(t.Value)
		}
		near, ok := foreignSections[t.Value]
		if !ok {
			near, ok = diag.Nearest(t.Value, sectionWords)
		}
		if ok && sectionFollows(near, r.second()) {
			r.report(errMisspelt(spanOf(t), t.Value, near))
			return r.wordSection(near)
		}
	}
	switch {
	case r.starts(statements):
		r.report(errStatementPlace(spanOf(t), t.Value))
		told := r.problems
		for r.starts(statements) {
			r.wholeStmt()
		}
		r.problems = told
		return nil
	case t.Type == tokIdent:
		r.fail(errUnknownSection(spanOf(t), t.Value))
	default:
		r.fail(errNoSection(spanOf(t), t))
	}
	r.skipAhead(sections | statements)
	return nil
}

// wordSection reads the section that starts with the given word.
func (r *reader) wordSection(word string) ast.Section {
	from := start(r.next())
	switch word {
	case "description":
		s := &ast.Description{Text: r.title()}
		s.Span = r.from(from)
		return s
	case "tags":
		s := r.tags()
		s.Span = r.from(from)
		return s
	case "contributions":
		s := r.contributions()
		s.Span = r.from(from)
		return s
	case "config":
		s := r.config()
		s.Span = r.from(from)
		return s
	case "secrets":
		s := r.secrets()
		s.Span = r.from(from)
		return s
	case "controls":
		s := r.controls()
		s.Span = r.from(from)
		return s
	case "runtime":
		s := r.runtime()
		s.Span = r.from(from)
		return s
	case "extensions":
		s := &ast.Extensions{Value: r.value(word)}
		s.Span = r.from(from)
		return s
	case "steady":
		return r.steady(from)
	case "guard":
		return r.guard(from)
	}
	s := &ast.Phase{Word: word, Body: r.block(word)}
	s.Span = r.from(from)
	return s
}

// steady reads `"title" [recovers within D [every D]] { … }`.
func (r *reader) steady(from ast.Pos) *ast.Steady {
	s := &ast.Steady{}
	s.Title, s.Within, s.Every = r.titleAndLimits("steady")
	if s.Within == nil && s.Every != nil {
		r.report(errSteadyEvery(s.Every.Range()))
	}
	s.Body = r.block("steady")
	s.Span = r.from(from)
	return s
}

// guard reads `"title" [every D] { … }`.
func (r *reader) guard(from ast.Pos) *ast.Guard {
	g := &ast.Guard{}
	var within ast.Expr
	if g.Title, within, g.Every = r.titleAndLimits("guard"); within != nil {
		r.report(errGuardRecovers(within.Range()))
	}
	g.Body = r.block("guard")
	g.Span = r.from(from)
	return g
}

// limits reads `[recovers within D] [every D]`.
func (r *reader) limits() (within, every ast.Expr) {
	if r.inner("recovers") {
		if !r.inner("within") {
			if r.at(tokNumber) {
				r.report(errLeftOut(r.behind(), "within"))
			} else {
				r.fail(errExpected(r.behind(), r.peek(), "`within` and a duration"))
			}
		}
		within = r.value("within")
	}
	return within, r.every()
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
