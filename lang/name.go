package lang

import (
	"github.com/chaosc-lang/chaosc/ast"
)

// name reads a name where it is declared, or the name of an activity: an
// identifier, or a string without holes.
func (r *reader) name(what string) *ast.Name {
	t := r.peek()
	at := r.behind()
	switch {
	case r.broken:
	case t.Type == tokIdent:
		if r.next(); r.at(tokIdent) && r.sameLine() {
			return r.nameOfWords(t)
		}
		return &ast.Name{Span: spanOf(t), Text: t.Value}
	case isReservedToken(t.Type):
		r.report(errReservedName(spanOf(t), t.Value))
		r.next()
		return &ast.Name{Span: spanOf(t), Text: t.Value}
	case t.Type == tokString, t.Type == tokStrOpen:
		s := r.plainString()
		text, _ := s.Plain()
		return &ast.Name{Span: s.Span, Text: text, Quoted: s}
	case t.Type == tokBad:
		r.broken = true
		at = spanOf(r.next())
	default:
		r.fail(errNoName(at, t, what))
	}
	return &ast.Name{Span: at}
}

// identifier reads a name that expressions use, which cannot be a string; of
// names whose it is.
func (r *reader) identifier(what, of string) *ast.Name {
	n := r.name(what)
	if n.Quoted != nil {
		r.report(errQuotedName(n.Span, of))
	}
	return n
}

// plainString reads a string that must not have holes.
func (r *reader) plainString() *ast.String {
	s := r.string()
	for _, p := range s.Parts {
		if p.Hole != nil {
			r.report(errHolePlace(p.Span))
			return &ast.String{Span: s.Span, Quote: s.Quote}
		}
	}
	return s
}

// typeExpr reads a type: a word, or word<type>.
func (r *reader) typeExpr() *ast.TypeExpr {
	t := r.peek()
	if !isWord(t) {
		r.fail(errNoType(r.behind(), t))
		return &ast.TypeExpr{Span: r.behind()}
	}
	r.next()
	x := &ast.TypeExpr{Span: spanOf(t), Name: t.Value}
	if !r.at(tokLt) {
		return x
	}
	open := r.next()
	if !r.enter() {
		return x
	}
	defer r.leave()
	x.Elem = r.typeExpr()
	if t := r.peek(); t.Type == tokGe && !r.broken {
		// `list<int>=` is the end of a type and the start of a value.
		r.last = start(t) + 1
		t.Type, t.Value = tokAssign, t.Value[1:]
		t.Pos.Offset++
	} else if !r.accept(tokGt) && !r.broken {
		r.fail(errUnclosed(r.behind(), ">", spanOf(open)))
	}
	x.Span = r.from(x.Start)
	return x
}
