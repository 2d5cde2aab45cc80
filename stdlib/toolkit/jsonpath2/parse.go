package jsonpath2

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: recursive descent with one token of lookahead. The first mistake
// is kept and every token behind it is the end, so that all loops end and no
// method returns an error.

// maxText and maxDepth limit the length of a path in bytes, and how deep
// conditions and values may be nested in it.
const (
	maxText  = 64 << 10
	maxDepth = 200
)

// Parse reads a path. Its errors are a *[SyntaxError].
func Parse(src string) (*Path, error) {
	if len(src) > maxText {
		return nil, &SyntaxError{maxText, fmt.Sprintf("the path has %d bytes, more than %d,", len(src), maxText)}
	}
	p := &parser{scanner: scanner{src: src}}
	p.advance()
	p.expect("$")
	path := &Path{steps: p.steps()}
	p.expect(end)
	if p.err != nil {
		return nil, p.err
	}
	return path, nil
}

type parser struct {
	scanner
	tok   token
	depth int
	err   *SyntaxError
}

func (p *parser) advance() {
	if p.err != nil {
		return
	}
	tok, err := p.next()
	if err != nil {
		p.failAt(err.Offset, err.Message)
		return
	}
	p.tok = tok
}

func (p *parser) failAt(offset int, message string) {
	if p.err == nil {
		p.err = &SyntaxError{offset, message}
		p.tok = token{kind: end, at: offset}
	}
}

// unexpected says that something else stands here.
func (p *parser) unexpected(want string) {
	message := fmt.Sprintf("a path has %s here, not %s", want, p.tok)
	if p.tok.kind == "=" && p.tok.at > 0 && p.src[p.tok.at-1] == '=' {
		message = "equality is written = and not =="
	}
	p.failAt(p.tok.at, message)
}

// took moves behind the token if it is of that kind.
func (p *parser) took(k kind) bool {
	if p.err != nil || p.tok.kind != k {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(k kind) {
	if p.err == nil && p.tok.kind == k {
		p.advance()
		return
	}
	want := string(k)
	if k != end {
		want = strconv.Quote(want)
	}
	p.unexpected(want)
}

// enter counts how deep the text is nested.
func (p *parser) enter() (leave func()) {
	p.depth++
	if p.depth > maxDepth {
		p.failAt(p.tok.at, fmt.Sprintf("the path is nested more than %d deep", maxDepth))
	}
	return func() { p.depth-- }
}

func (p *parser) steps() []step {
	var steps []step
	for {
		switch {
		case p.took(".."):
			if p.tok.kind == "[" {
				steps = append(steps, step{true, p.brackets()})
			} else {
				steps = append(steps, step{true, []subscript{p.bareword()}})
			}
		case p.took("."):
			steps = append(steps, step{false, []subscript{p.bareword()}})
		case p.tok.kind == "[":
			steps = append(steps, step{false, p.brackets()})
		default:
			return steps
		}
	}
}

// bareword reads what stands behind a point.
func (p *parser) bareword() subscript {
	tok := p.tok
	switch {
	case p.took("*"):
		return wildcard{}
	case p.took(ident):
		if p.tok.kind == "(" {
			return p.call(tok)
		}
		return name(tok.text)
	}
	p.unexpected("a name or *")
	return wildcard{}
}

func (p *parser) brackets() []subscript {
	p.expect("[")
	subs := []subscript{p.subscript()}
	for p.took(",") {
		subs = append(subs, p.subscript())
	}
	p.expect("]")
	return subs
}

func (p *parser) subscript() subscript {
	tok := p.tok
	switch {
	case p.took(text):
		return name(inside(tok))
	case tok.kind == number:
		n := p.integer()
		if p.tok.kind == ":" {
			return p.slice(n)
		}
		return index(*n)
	case tok.kind == ":":
		return p.slice(nil)
	case p.took("*"):
		return wildcard{}
	case p.took("?"):
		p.expect("(")
		cond := p.and()
		p.expect(")")
		return filter{cond}
	case tok.kind == "@" || tok.kind == "$":
		return selected{p.query()}
	case p.took(ident):
		return p.call(tok)
	}
	p.unexpected("a subscript")
	return wildcard{}
}

func (p *parser) slice(start *int64) subscript {
	s := slice{start: start}
	p.expect(":")
	if p.tok.kind == number {
		s.end = p.integer()
	}
	if p.took(":") && p.tok.kind == number {
		s.step = p.integer()
	}
	return s
}

// farAway is an index beyond the end of every list, with which one can still
// calculate.
const farAway = 1 << 60

func (p *parser) integer() *int64 {
	tok := p.tok
	p.advance()
	if !isInteger(tok.text) {
		p.failAt(tok.at, "an index is a whole number, not "+tok.text)
	}
	n, _ := strconv.ParseInt(tok.text, 10, 64) // the nearest one, where it does not fit
	n = max(min(n, farAway), -farAway)
	return &n
}

// call reads the arguments of a function whose name was read.
func (p *parser) call(tok token) subscript {
	c := call{f: functionOf(tok.text)}
	p.expect("(")
	if p.tok.kind != ")" {
		c.args = append(c.args, p.argument())
		for p.took(",") {
			c.args = append(c.args, p.argument())
		}
	}
	p.expect(")")
	if c.f == nil {
		p.failAt(tok.at, fmt.Sprintf("there is no function %s, only charAt, entries, keys, length, substring and values,", tok.text))
	}
	return c
}

// argument reads an operand; that an int is too large to be one does not
// matter to a function.
func (p *parser) argument() operand {
	if p.tok.kind == number && isInteger(p.tok.text) {
		return operand{value: *p.integer()}
	}
	return p.operand()
}

func (p *parser) query() query {
	q := query{root: p.took("$")}
	if !q.root {
		p.expect("@")
	}
	q.steps = p.steps()
	return q
}

// operand reads a path or a value.
func (p *parser) operand() operand {
	if p.tok.kind == "@" || p.tok.kind == "$" {
		q := p.query()
		return operand{query: &q}
	}
	return operand{value: p.value()}
}

// and reads a condition; or binds tighter.
func (p *parser) and() condition {
	list := all{p.or()}
	for p.took("and") {
		list = append(list, p.or())
	}
	return list
}

func (p *parser) or() condition {
	list := some{p.single()}
	for p.took("or") {
		list = append(list, p.single())
	}
	return list
}

func (p *parser) single() condition {
	defer p.enter()()
	switch {
	case p.took("not"):
		return not{p.single()}
	case p.took("("):
		cond := p.and()
		p.expect(")")
		return cond
	}
	left := p.operand()
	switch op := p.tok.kind; op {
	case "=", "!=", "<", "<=", ">", ">=":
		p.advance()
		return compare{op, left, p.operand()}
	}
	return exists{left}
}

// value reads a JSON value, in which the escapes of strings stay as they are.
func (p *parser) value() any {
	defer p.enter()()
	tok := p.tok
	switch {
	case p.took("null"):
		return nil
	case p.took("true"):
		return true
	case p.took("false"):
		return false
	case p.took(text):
		return inside(tok)
	case p.took(number):
		return numberOf(tok.text)
	case p.took("["):
		list := []any{}
		if !p.took("]") {
			list = append(list, p.value())
			for p.took(",") {
				list = append(list, p.value())
			}
			p.expect("]")
		}
		return list
	case p.took("{"):
		m := value.NewMap(0)
		if !p.took("}") {
			p.entry(m)
			for p.took(",") {
				p.entry(m)
			}
			p.expect("}")
		}
		return m
	}
	p.unexpected("a path or a value")
	return nil
}

func (p *parser) entry(m *value.Map) {
	key := p.tok
	if !p.took(text) {
		p.unexpected("a key in double quotes")
		return
	}
	p.expect(":")
	m.Set(inside(key), p.value())
}

// inside returns a string without its quotes.
func inside(tok token) string { return tok.text[1 : len(tok.text)-1] }

func isInteger(number string) bool { return !strings.ContainsAny(number, ".eE") }

func numberOf(text string) any {
	if isInteger(text) {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	f, _ := strconv.ParseFloat(text, 64) // infinite, where it is too large
	return f
}
