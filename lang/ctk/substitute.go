package ctk

// This file replaces ${name} by the rules of Python's string.Template, as the
// Chaos Toolkit uses it: ${name} and $name are variables, $$ is a dollar,
// whatever else starts with a dollar stays, and so does a variable that
// nothing defines. A text that is ${name} and nothing else becomes the value
// itself, in its type; in every other text Python's text of it stands.

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// piece is a part of a template: a text, or a variable.
type piece struct {
	text   string // as it stands in the template
	name   string // of a variable
	braced bool   // ${name}, not $name
	dollar bool   // $$
}

// pieces takes a template apart.
func pieces(s string) []piece {
	var list []piece
	for s != "" {
		i := strings.IndexByte(s, '$')
		if i < 0 {
			return append(list, piece{text: s})
		}
		if i > 0 {
			list = append(list, piece{text: s[:i]})
			s = s[i:]
		}
		p := piece{text: s[:1]}
		if strings.HasPrefix(s, "$$") {
			p = piece{text: s[:2], dollar: true}
		} else if n := identifier(s[1:]); n > 0 {
			p = piece{text: s[:1+n], name: s[1 : 1+n]}
		} else if strings.HasPrefix(s, "${") {
			if n := identifier(s[2:]); n > 0 && strings.HasPrefix(s[2+n:], "}") {
				p = piece{text: s[:n+3], name: s[2 : 2+n], braced: true}
			}
		}
		list = append(list, p)
		s = s[len(p.text):]
	}
	return list
}

// identifier returns the length of the name at the start of a text.
func identifier(s string) int {
	i := 0
	for i < len(s) && (s[i] == '_' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || i > 0 && s[i] >= '0' && s[i] <= '9') {
		i++
	}
	return i
}

// lone returns the name of the variable that a template consists of: ${name}
// and nothing else.
func lone(s string) string {
	if p := pieces(s); len(p) == 1 && p[0].braced {
		return p[0].name
	}
	return ""
}

// template writes a text with its variables. kept says that a variable that
// nothing defines may be meant as it stands, as one of the shell.
func (im *importer) template(n *node, kept bool) ast.Expr {
	if strings.IndexByte(n.text, '$') < 0 {
		return stringOf(n.text, n.Span)
	}
	list := pieces(n.text)
	if len(list) == 1 && list[0].braced {
		if v := im.lookup(list[0].name); v != nil {
			return im.use(v, n.Span)
		}
	}
	b := stringBuilder{at: n.Span}
	for _, p := range list {
		v := im.lookup(p.name)
		switch {
		case p.dollar:
			b.text("$")
		case v != nil:
			b.hole(im.textOf(v, n.Span))
		default:
			b.text(p.text)
			if p.braced && !kept {
				im.unknownVariable(n, p)
			}
		}
	}
	return b.string()
}

// substituted writes a value whose texts are templates; keys are none.
func (im *importer) substituted(n *node) ast.Expr {
	return valueOf(n, func(n *node) ast.Expr { return im.template(n, false) }, dateOf)
}

// plain writes a value that the Chaos Toolkit does not look for variables in,
// and says where that was hardly meant.
func (im *importer) plain(n *node) ast.Expr {
	return valueOf(n, func(n *node) ast.Expr {
		for _, p := range pieces(n.text) {
			if p.braced {
				im.unknownVariable(n, p)
			}
		}
		return stringOf(n.text, n.Span)
	}, dateOf)
}

// arguments writes the arguments of a provider. They are templates only where
// there is a configuration or a secret.
func (im *importer) arguments(n *node) ast.Expr {
	if im.hasVariables {
		return im.substituted(n)
	}
	return im.plain(n)
}

// stringBuilder puts a string with holes together.
type stringBuilder struct {
	at    ast.Span
	parts []ast.StringPart
}

func (b *stringBuilder) text(s string) {
	if n := len(b.parts); n > 0 && b.parts[n-1].Hole == nil {
		b.parts[n-1].Text += s
	} else if s != "" {
		b.parts = append(b.parts, ast.StringPart{Span: b.at, Text: s})
	}
}

func (b *stringBuilder) hole(x ast.Expr) {
	b.parts = append(b.parts, ast.StringPart{Span: b.at, Hole: x})
}

// add puts the text of a string, or the value of an expression, behind.
func (b *stringBuilder) add(x ast.Expr) {
	s, ok := x.(*ast.String)
	if !ok {
		b.hole(x)
		return
	}
	for _, p := range s.Parts {
		if p.Hole != nil {
			b.hole(p.Hole)
		} else {
			b.text(p.Text)
		}
	}
}

func (b *stringBuilder) string() *ast.String {
	x := &ast.String{Span: b.at, Parts: b.parts}
	if s, ok := x.Plain(); ok {
		return stringOf(s, b.at)
	}
	return x
}
