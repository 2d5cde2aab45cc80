package format

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// name writes a name where it is declared or used as a statement's object. A
// name in quotes keeps them: it is a title, which no expression can mean.
func (p *printer) name(n *ast.Name) {
	switch {
	case n == nil:
	case n.Quoted != nil:
		p.title(n.Quoted)
	case lang.IsIdent(n.Text):
		p.write(n.Text)
	default:
		p.quoted(n.Text)
	}
}

// label writes a name that means the same with and without quotes.
func (p *printer) label(n *ast.Name) {
	if text, ok := labelText(n); ok && lang.IsIdent(text) {
		p.write(text)
	} else {
		p.name(n)
	}
}

// key writes the key of an object, which may also be a reserved word.
func (p *printer) key(n *ast.Name) {
	if text, ok := labelText(n); ok && lang.IsReserved(text) {
		p.write(text)
	} else {
		p.label(n)
	}
}

func labelText(n *ast.Name) (string, bool) {
	if n.Quoted != nil {
		return n.Quoted.Plain()
	}
	return n.Text, true
}

// quoted writes a text as a plain string.
func (p *printer) quoted(text string) {
	p.write(`"`)
	p.write(escape(text, ast.Plain))
	p.write(`"`)
}

// title writes a string that never takes more than a line.
func (p *printer) title(s *ast.String) {
	if s != nil {
		p.text(s, p.quoteOf(s, false))
	}
}

// str writes a string.
func (p *printer) str(s *ast.String) {
	if s != nil {
		p.text(s, p.quoteOf(s, true))
	}
}

// quoteOf decides how a string is written: as the author did, if it still can
// be; lines says that it may take several.
func (p *printer) quoteOf(s *ast.String, lines bool) ast.Quote {
	lines = lines && p.holes == 0
	q := s.Quote
	if q == ast.Plain && (p.src == nil || s.Span.IsZero()) {
		q = p.chooseQuote(s)
	}
	switch q {
	case ast.Triple:
		if lines && len(s.Parts) > 0 {
			return q
		}
	case ast.Raw:
		if text, ok := s.Plain(); ok && isRaw(text) && (lines || !strings.Contains(text, "\n")) {
			return q
		}
	}
	return ast.Plain
}

// chooseQuote is for strings that nobody has written yet.
func (p *printer) chooseQuote(s *ast.String) ast.Quote {
	for i, part := range s.Parts {
		// A line end at the very end makes no second line.
		if n := strings.IndexByte(part.Text, '\n'); n >= 0 && (n < len(part.Text)-1 || i < len(s.Parts)-1) {
			return ast.Triple
		}
	}
	if text, ok := s.Plain(); ok && strings.ContainsAny(text, `\"`) && !strings.ContainsAny(text, "`\n") && !strings.Contains(text, "${") {
		return ast.Raw
	}
	return ast.Plain
}

// isRaw reports whether a text can stand between backquotes.
func isRaw(text string) bool {
	for _, r := range text {
		if r == '`' || r == utf8.RuneError || unicode.IsControl(r) && r != '\t' && r != '\n' {
			return false
		}
	}
	return true
}

func (p *printer) text(s *ast.String, q ast.Quote) {
	switch q {
	case ast.Raw:
		text, _ := s.Plain()
		p.raw("`" + text + "`")
	case ast.Triple:
		p.write(`"""`)
		p.indent++
		p.newline()
		p.parts(s, q)
		p.newline()
		p.write(`"""`)
		p.indent--
	default:
		p.write(`"`)
		p.parts(s, q)
		p.write(`"`)
	}
}

// raw writes a text whose lines must not be indented.
func (p *printer) raw(text string) {
	first, rest, more := strings.Cut(text, "\n")
	p.write(first)
	if !more {
		return
	}
	if p.trial.flat {
		p.trial.failed = true
		return
	}
	p.buf = append(append(p.buf, '\n'), rest...)
	last := rest[strings.LastIndexByte(rest, '\n')+1:]
	p.line = line{started: true, col: utf8.RuneCountInString(last)}
}

// parts writes what is between the quotes.
func (p *printer) parts(s *ast.String, q ast.Quote) {
	for _, part := range s.Parts {
		if part.Hole != nil {
			p.holes++
			p.write("${")
			p.unbroken(func() { p.put(part.Hole, 0) })
			p.write("}")
			p.holes--
			continue
		}
		text := escape(part.Text, q)
		for {
			first, rest, more := strings.Cut(text, "\n")
			p.write(first)
			if !more {
				break
			}
			p.newline()
			text = rest
		}
	}
}

// escape writes a text as it stands between quotes, with as few escapes as can
// be. In a block line ends and single quotes stand for themselves.
func escape(text string, q ast.Quote) string {
	if !needsEscape(text, q) {
		return text
	}
	var b strings.Builder
	quotes := 0 // double quotes in a row
	for i, r := range text {
		if r != '"' {
			quotes = 0
		}
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == '"' && q == ast.Plain:
			b.WriteString(`\"`)
		case r == '"':
			if quotes++; quotes == 3 {
				b.WriteByte('\\')
				quotes = 0
			}
			b.WriteByte('"')
		case r == '$' && strings.HasPrefix(text[i:], "${"):
			b.WriteString(`\$`)
		case r == '\r':
			b.WriteString(`\r`)
		case q == ast.Triple && (r == '\n' || r == '\t'):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case isHidden(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func needsEscape(text string, q ast.Quote) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\\', c == '"', c >= utf8.RuneSelf, c == 0x7f, c < ' ' && (c != '\n' || q == ast.Plain):
			return true
		case c == '$' && strings.HasPrefix(text[i:], "${"):
			return true
		}
	}
	return false
}

// isHidden reports whether a reader would not see a character, or see others
// in a wrong order; the joiners that scripts and emoji need are let through.
func isHidden(r rune) bool { return !unicode.IsGraphic(r) && r != '\u200C' && r != '\u200D' }

// number writes a number as its author did, but for letters that have one
// canonical case.
func number(n *ast.Number) string {
	switch {
	case n.Text == "":
		return newNumber(n)
	case n.Kind == ast.Float, n.Kind == ast.Int:
		return strings.ToLower(n.Text)
	case n.Kind == ast.Size && strings.HasSuffix(n.Text, "KB"):
		return strings.TrimSuffix(n.Text, "KB") + "kB"
	}
	return n.Text
}

// newNumber writes the number that a program made.
func newNumber(n *ast.Number) string {
	switch n.Kind {
	case ast.Duration:
		return literal.FormatDuration(time.Duration(n.Int))
	case ast.Size:
		return literal.FormatSize(n.Int)
	case ast.Percent:
		return literal.FormatPercent(n.Float)
	case ast.Float:
		s := strconv.FormatFloat(n.Float, 'g', -1, 64)
		if !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
		return s
	}
	return strconv.FormatInt(n.Int, 10)
}
