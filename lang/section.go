package lang

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// entrySection reads a section without statements. It returns nil where word,
// the next token, does not start one.
func (r *reader) entrySection(word string) ast.Section {
	if !r.at(tokIdent) {
		return nil
	}
	from := start(r.peek())
	switch word {
	case "description":
		r.next()
		s := &ast.Description{Text: r.title()}
		s.Span = r.from(from)
		return s
	case "tags":
		r.next()
		s := r.tags()
		s.Span = r.from(from)
		return s
	case "contributions":
		r.next()
		s := r.contributions()
		s.Span = r.from(from)
		return s
	case "config":
		r.next()
		s := r.config()
		s.Span = r.from(from)
		return s
	case "secrets":
		r.next()
		s := r.secrets()
		s.Span = r.from(from)
		return s
	case "controls":
		r.next()
		s := r.controls()
		s.Span = r.from(from)
		return s
	case "runtime":
		r.next()
		s := r.runtime()
		s.Span = r.from(from)
		return s
	case "extensions":
		r.next()
		s := &ast.Extensions{Value: r.value(word)}
		s.Span = r.from(from)
		return s
	}
	return nil
}

// section reads any section, whose word may be misspelt. The grammar reads the
// others.
func (r *reader) section(word string) ast.Section {
	if s := r.entrySection(word); s != nil {
		return s
	}
	from := start(r.next())
	if word != "steady" && word != "guard" {
		return phaseOf(word, from, r.block(word))
	}
	var head sectionHead
	head.read(r)
	s, d := titledOf(word, from, &head, r.block(word))
	if d != nil {
		r.report(d)
	}
	return s
}

func phaseOf(word string, from ast.Pos, body *ast.Block) ast.Section {
	return &ast.Phase{Span: ast.Span{Start: from, End: body.End}, Word: word, Body: body}
}

// titledOf makes a steady or a guard, and says what its head must not have.
func titledOf(word string, from ast.Pos, head *sectionHead, body *ast.Block) (ast.Section, *diag.Diagnostic) {
	at := ast.Span{Start: from, End: body.End}
	if word == "guard" {
		var d *diag.Diagnostic
		if head.within != nil {
			d = errGuardRecovers(head.within.Range())
		}
		return &ast.Guard{Span: at, Title: head.title, Every: head.every, Body: body}, d
	}
	var d *diag.Diagnostic
	if head.within == nil && head.every != nil {
		d = errSteadyEvery(head.every.Range())
	}
	return &ast.Steady{Span: at, Title: head.title, Within: head.within, Every: head.every, Body: body}, d
}
