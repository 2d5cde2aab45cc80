package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// number reads a number literal, which the lexer has checked.
func (r *reader) number() ast.Expr {
	t := r.next()
	at, text := spanOf(t), t.Value
	if u := r.peek(); u.Type == tokIdent && r.sameLine() {
		at, text = r.splitNumber(t, u)
	}
	n, _ := literal.Parse(text)
	return &ast.Number{Span: at, Kind: ast.NumberKind(n.Kind), Text: text, Int: n.Int, Float: n.Float}
}

// string reads a string.
func (r *reader) string() *ast.String {
	t := r.next()
	s := &ast.String{Span: spanOf(t)}
	text := t.Value
	switch {
	case t.Type == tokStrOpen:
		r.parts(s, t)
	case text[0] == '`':
		s.Quote = ast.Raw
		addText(s, s.Start+1, text[1:len(text)-1], unixLines(text[1:len(text)-1]))
	case text[0] != '"': // quotes of another kind, which the lexer has told
		_, first := utf8.DecodeRuneInString(text)
		_, last := utf8.DecodeLastRuneInString(text)
		inner := text[first : len(text)-last]
		addText(s, s.Start+ast.Pos(first), inner, inner)
	case strings.HasPrefix(text, `"""`):
		s.Quote = ast.Triple
		s.Parts = []ast.StringPart{{Span: ast.Span{Start: s.Start + 3, End: s.End - 3}, Text: text[3 : len(text)-3]}}
		r.dedent(s)
	default:
		addText(s, s.Start+1, text[1:len(text)-1], unescape(text[1:len(text)-1]))
	}
	return s
}

// addText adds the text that stands for raw at a place, if there is any.
func addText(s *ast.String, at ast.Pos, raw, text string) {
	if text != "" {
		s.Parts = append(s.Parts, ast.StringPart{Span: ast.Span{Start: at, End: at + ast.Pos(len(raw))}, Text: text})
	}
}

// parts reads what stands behind the opening quotes of a string with holes.
func (r *reader) parts(s *ast.String, open *lexer.Token) {
	height := 0
	for !r.broken {
		switch t := r.peek(); t.Type {
		case tokText:
			r.next()
			s.Parts = append(s.Parts, ast.StringPart{Span: spanOf(t), Text: t.Value})
		case tokHoleOpen:
			s.Parts = append(s.Parts, r.hole())
			height = max(height, r.height)
		case tokStrClose:
			r.next()
			s.End = r.last
			r.grow(height, s.Span)
			if open.Value == `"""` {
				s.Quote = ast.Triple
				r.dedent(s)
				return
			}
			for i := range s.Parts {
				s.Parts[i].Text = unescape(s.Parts[i].Text)
			}
			return
		default: // torn, which the lexer has told
			r.broken = true
		}
	}
	s.End = max(s.Start, r.last)
}

// hole reads one `${expr}`.
func (r *reader) hole() ast.StringPart {
	open := r.next()
	outer, comparing := r.depth, r.comparing
	r.comparing = false
	p := ast.StringPart{}
	if t := r.peek(); t.Type == tokHoleClose {
		r.report(errEmptyHole(ast.Span{Start: start(open), End: end(t)}))
		p.Hole = r.badExpr()
	} else {
		p.Hole = r.expr()
	}
	r.depth, r.comparing = outer, comparing
	if !r.accept(tokHoleClose) {
		r.fail(errHoleEnd(r.here(), r.peek(), spanOf(open)))
		if !r.torn() {
			r.skipHole()
		}
	}
	p.Span = r.from(start(open))
	return p
}

// skipHole goes behind the end of a hole that could not be read, if the lexer
// found one.
func (r *reader) skipHole() {
	for depth := 1; depth > 0; {
		t := r.peek()
		switch {
		case t.EOF(), t.Type == tokTorn:
			return
		case t.Type == tokHoleOpen:
			depth++
		case t.Type == tokHoleClose:
			depth--
		}
		r.next()
	}
	r.broken = false
}

// dedent turns the source text of a block into what it says: the first line
// end, the indentation of the closing quotes and the last line end go.
func (r *reader) dedent(s *ast.String) {
	first, last := &s.Parts[0], &s.Parts[len(s.Parts)-1]
	lead := strings.TrimLeft(first.Text, " \t\r")
	if first.Hole != nil || lead == "" || lead[0] != '\n' {
		at := ast.Span{Start: s.Start + 3, End: s.Start + 3}
		r.report(errBlockShape(s.Span, "the text of a block string starts on the line below its opening quotes",
			"begin a new line behind `\"\"\"`", insert(at.End, "\n")))
		return
	}
	tail := last.Text[strings.LastIndexByte(last.Text, '\n')+1:]
	if indent := strings.TrimLeft(tail, " \t"); last.Hole != nil || indent != "" || !strings.Contains(last.Text, "\n") {
		r.report(errBlockShape(ast.Span{Start: s.End - 3, End: s.End},
			"the closing quotes of a block string stand on a line of their own",
			"begin a new line before `\"\"\"`", insert(s.End-3, "\n")))
		return
	}
	for i := range s.Parts {
		p := &s.Parts[i]
		if p.Hole == nil {
			p.Text = r.dedentPart(p, tail, i == len(s.Parts)-1)
		}
	}
	first.Text = first.Text[strings.IndexByte(first.Text, '\n')+1:]
	last.Text = strings.TrimSuffix(last.Text, "\n")
	kept := s.Parts[:0]
	for _, p := range s.Parts {
		if p.Hole == nil {
			p.Text = unescape(p.Text)
		}
		if p.Hole != nil || p.Text != "" {
			kept = append(kept, p)
		}
	}
	s.Parts = kept
}

// dedentPart takes the indentation from each line that starts in a part.
func (r *reader) dedentPart(p *ast.StringPart, indent string, last bool) string {
	var b strings.Builder
	text := p.Text
	at := p.Start
	for {
		n := strings.IndexByte(text, '\n')
		if n < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(strings.TrimSuffix(text[:n], "\r"))
		b.WriteByte('\n')
		text, at = text[n+1:], at+ast.Pos(n+1)
		rest := strings.TrimLeft(text, " \t")
		space := text[:len(text)-len(rest)]
		if strings.HasPrefix(space, indent) {
			text, at = text[len(indent):], at+ast.Pos(len(indent))
			continue
		}
		if !strings.HasPrefix(rest, "\n") && !strings.HasPrefix(rest, "\r\n") && !(last && rest == "") {
			r.report(errBlockIndent(ast.Span{Start: at, End: at + ast.Pos(len(space))}, indent))
		}
		text, at = rest, at+ast.Pos(len(space))
	}
}

func unixLines(s string) string {
	if !strings.Contains(s, "\r\n") {
		return s
	}
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// unescape resolves the escapes of a text. One that the lexer has reported
// stays as it is.
func unescape(s string) string {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var b strings.Builder
	for ; i >= 0 && i+1 < len(s); i = strings.IndexByte(s, '\\') {
		b.WriteString(s[:i])
		c := s[i+1]
		rest := s[i+2:]
		switch c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '\\', '"', '$':
			b.WriteByte(c)
		case 'u':
			char, n, ok := unicodeEscape(rest)
			if ok {
				b.WriteString(string(char))
			}
			rest = rest[n:]
		default:
			_, n := utf8.DecodeRuneInString(s[i+1:])
			b.WriteString(s[i : i+1+n])
			rest = s[i+1+n:]
		}
		s = rest
	}
	return b.String() + s
}
