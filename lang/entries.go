package lang

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// entries reads `{ entries }`, the braces of what owner names, one entry after
// another. It returns the place of the closing brace.
func (r *reader) entries(owner string, entry func()) (closing ast.Pos) {
	r.noAssignBefore(tokLBrace, "section")
	open := r.peek()
	head, column := 0, 0 // of an owner with a colon, and of its first entry
	if !r.accept(tokLBrace) {
		d := errNoBrace(r.behind(), owner)
		if r.at(tokColon) {
			d = errColonBlock(r.here())
			head = r.lineColumn()
			r.next()
			column = r.peek().Pos.Column
		}
		if r.broken || r.sameLine() || !r.starts(entries) || r.starts(sections) {
			r.fail(d)
			return r.last
		}
		r.report(d)
	}
	for {
		t := r.peek()
		switch {
		case head > 0 && !r.sameLine() && t.Pos.Column < column && (t.Type != tokRBrace || t.Pos.Column != head):
			return r.last
		case t.Type == tokRBrace:
			r.next()
			return r.last - 1
		case t.EOF(), t.Type == tokIdent && r.second().Type == tokLBrace && r.starts(sections) && owner != "secrets":
			r.unclosed(open)
			return r.last
		case t.Type == tokComma:
			r.report(errNoSeparator(spanOf(t), "entries"))
			r.next()
			continue
		}
		at := r.lex.Cursor()
		entry()
		if r.broken {
			if r.lex.Cursor() == at {
				r.skipAhead(entries)
			} else {
				r.skip(entries)
			}
		}
	}
}

// config reads the entries of config.
func (r *reader) config() *ast.Config {
	c := &ast.Config{}
	c.Close = r.entries("config", func() { c.Entries = append(c.Entries, r.entry()) })
	return c
}

// entry reads `name [: type] [= expr]`.
func (r *reader) entry() *ast.Entry {
	e := &ast.Entry{Name: r.name("the name of an entry")}
	switch t := r.peek(); {
	case r.broken:
	case t.Type == tokColon:
		r.next()
		if r.atType() {
			if e.Type = r.typeExpr(); r.noEquals() {
				e.Value = r.expr()
			}
			break
		}
		r.report(errAssign(spanOf(t)))
		e.Value = r.expr()
	case t.Type == tokAssign:
	case t.Type == tokEq:
		r.report(errAssign(spanOf(t)))
		r.next()
		e.Value = r.expr()
	case r.noEquals():
		e.Value = r.expr()
	case r.sameLine() && t.Type != tokRBrace && t.Type != tokIdent && t.Type != tokString:
		r.fail(errExpected(r.behind(), t, "`=` and a value"))
	}
	if e.Value == nil && r.accept(tokAssign) {
		e.Value = r.expr()
	}
	e.Span = r.from(e.Name.Start)
	return e
}

// secrets reads the groups of secrets.
func (r *reader) secrets() *ast.Secrets {
	s := &ast.Secrets{}
	s.Close = r.entries("secrets", func() {
		g := &ast.SecretGroup{Name: r.name("the name of a group of secrets")}
		if t := r.peek(); (t.Type == tokAssign || t.Type == tokColon) && !r.broken {
			r.fail(errNoGroup(ast.Span{Start: g.Name.Start, End: end(t)}))
		}
		if !r.broken {
			g.Close = r.entries("group of secrets", func() { g.Entries = append(g.Entries, r.entry()) })
		}
		g.Span = r.from(g.Name.Start)
		s.Groups = append(s.Groups, g)
	})
	return s
}

// controls reads `{ name = call … }`.
func (r *reader) controls() *ast.Controls {
	c := &ast.Controls{}
	c.Close = r.entries("controls", func() {
		e := &ast.ControlEntry{Name: r.name("the name of a control")}
		r.assign("a call")
		if !r.broken {
			e.Call = r.onlyCall()
		}
		e.Span = r.from(e.Name.Start)
		if e.Call != nil {
			c.Controls = append(c.Controls, e)
		}
	})
	return c
}

// runtime reads the settings of runtime.
func (r *reader) runtime() *ast.Runtime {
	s := &ast.Runtime{}
	seen := map[string]ast.Span{}
	s.Close = r.entries("runtime", func() {
		t := r.peek()
		word := t.Value
		if t.Type != tokIdent || !slices.Contains(settingWords, word) {
			near, ok := diag.Nearest(word, settingWords)
			if t.Type != tokIdent || !ok {
				r.fail(errUnknownSetting(spanOf(t), t))
				return
			}
			r.report(errMisspelt(spanOf(t), word, near))
			word = near
		}
		r.next()
		if t := r.peek(); t.Type == tokAssign || t.Type == tokColon {
			r.report(errWordAssign(spanOf(t), "setting"))
			r.next()
		}
		node := r.setting(word, start(t))
		if first, ok := seen[word]; ok {
			r.report(errDoubledSetting(ast.Span{Start: start(t), End: start(t) + ast.Pos(len(word))}, word, first))
			return
		}
		seen[word] = spanOf(t)
		s.Order = append(s.Order, node)
		switch word {
		case "hypothesis":
			s.Hypothesis = node.(*ast.HypothesisSetting)
		case "rollbacks":
			s.Rollbacks = node.(*ast.Setting)
		case "timeout":
			s.Timeout = node.(*ast.Setting)
		case "deadline":
			s.Deadline = node.(*ast.Setting)
		}
	})
	return s
}

// setting reads what stands behind the word of a setting.
func (r *reader) setting(word string, from ast.Pos) ast.Node {
	switch word {
	case "hypothesis":
		h := &ast.HypothesisSetting{Strategy: r.choice(word, strategyWords)}
		h.Every = r.every()
		h.FailFast = r.acceptWord("fail-fast")
		if h.Every == nil {
			h.Every = r.every()
		}
		h.Span = r.from(from)
		return h
	case "rollbacks":
		s := &ast.Setting{Keyword: word, Word: r.choice(word, rollbackWords)}
		s.Span = r.from(from)
		return s
	}
	s := &ast.Setting{Keyword: word, Value: r.value(word)}
	s.Span = r.from(from)
	return s
}

// choice reads one of several words.
func (r *reader) choice(setting string, words []string) *ast.Name {
	t := r.peek()
	if t.Type != tokIdent || !r.sameLine() && slices.Contains(settingWords, t.Value) {
		r.fail(errNoChoice(r.behind(), t, setting, words))
		return &ast.Name{Span: r.behind()}
	}
	r.next()
	if !slices.Contains(words, t.Value) {
		r.report(errChoice(spanOf(t), t.Value, setting, words))
	}
	return &ast.Name{Span: spanOf(t), Text: t.Value}
}

// tags reads `a, b, "c d"`.
func (r *reader) tags() *ast.Tags {
	s := &ast.Tags{}
	r.noAssign("section")
	item := func() { s.Tags = append(s.Tags, r.name("a tag")) }
	if r.at(tokLBrack) {
		open := r.here()
		r.elements(tokRBrack, item)
		r.report(errBareList(open, r.last))
		return s
	}
	r.commaList(item)
	return s
}

// contributions reads `a: high, b: none`.
func (r *reader) contributions() *ast.Contributions {
	s := &ast.Contributions{}
	r.commaList(func() {
		c := &ast.Contribution{Name: r.name("the name of a contribution")}
		if r.at(tokAssign) && !r.broken {
			r.report(errColon(r.here()))
			r.next()
		} else if !r.accept(tokColon) {
			r.fail(errExpected(r.behind(), r.peek(), "`:` and a level"))
		}
		c.Level = r.name("a level")
		c.Span = r.from(c.Name.Start)
		s.Items = append(s.Items, c)
	})
	return s
}

// commaList reads items with commas between them.
func (r *reader) commaList(item func()) {
	for {
		item()
		if r.accept(tokComma) {
			continue
		}
		if t := r.peek(); !r.broken && r.sameLine() && (t.Type == tokIdent || t.Type == tokString) && !r.starts(sections) {
			r.report(errNoComma(r.behind()))
			continue
		}
		return
	}
}
