package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
)

// A string without holes, as most are, is one token. One with holes is cut:
// its opening quotes, then texts and holes in turn, whose expressions are
// ordinary tokens, then the closing quotes. Open strings stand on a stack of
// frames, since a hole may have strings in it.

// inPlain reports whether a hole of a one-line string is open.
func (s *scanner) inPlain() bool {
	for _, f := range s.frames {
		if !f.triple {
			return true
		}
	}
	return false
}

// string reads a string that starts here with a quote.
func (s *scanner) string() lexer.TokenType {
	start := s.pos
	f := frame{open: start, triple: strings.HasPrefix(s.text[start:], `"""`) && !s.inPlain()}
	quotes := `"`
	if f.triple {
		quotes = `"""`
	}
	known, line, lineStart := len(s.problems), s.line, s.lineStart
	s.pos += len(quotes)
	switch s.stringText(f.triple) {
	case '"':
		s.pos += len(quotes)
		return tokString
	case '$':
		// It has holes: read it again, in parts.
		s.problems, s.line, s.lineStart = s.problems[:known], line, lineStart
		s.pos = start + len(quotes)
		s.frames = append(s.frames, f)
		s.inText = true
		return tokStrOpen
	}
	return s.openString(f)
}

// openString reports that the string of f has no end before the scanner.
func (s *scanner) openString(f frame) lexer.TokenType {
	if f.triple {
		s.report(errOpenBlock(f.open))
		s.giveUp()
		return lexer.EOF
	}
	if s.inPlain() {
		s.pos = f.open
		return s.tornHole()
	}
	s.leaveBrace(f.open + 1)
	s.report(errOpenString(s.span(f.open)))
	return tokTorn
}

// leaveBrace moves back to before an opening brace at the end of the line, if
// there is one behind from: the block it opens would be missed.
func (s *scanner) leaveBrace(from int) {
	line := strings.TrimRight(s.text[from:s.pos], " \t\r")
	s.pos = from + len(line)
	if strings.HasSuffix(line, "{") && !strings.HasSuffix(line, "${") {
		s.pos--
	}
}

// stringText goes to the end of the text of a string, and returns what stops
// it: '"' for the closing quotes, '$' for a hole, 0 for the end of the line or
// of the file.
func (s *scanner) stringText(triple bool) byte {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '"':
			if !triple || strings.HasPrefix(s.text[s.pos:], `"""`) {
				return '"'
			}
			s.pos++
		case c == '$':
			if strings.HasPrefix(s.text[s.pos:], "${") {
				return '$'
			}
			s.pos++
		case c == '\\':
			s.pos = s.escape(s.pos, triple)
		case c == '\n':
			if !triple {
				return 0
			}
			s.pos++
			s.newline(s.pos)
		case c == '\r' && strings.HasPrefix(s.text[s.pos:], "\r\n"):
			s.pos++
		default:
			s.pos += s.checkRune(s.pos)
		}
	}
	return 0
}

// stringPart reads the next part of a string with holes.
func (s *scanner) stringPart() lexer.TokenType {
	f := &s.frames[len(s.frames)-1]
	start := s.pos
	stop := s.stringText(f.triple)
	switch {
	case s.pos > start && stop != 0:
		return tokText
	case stop == '$':
		s.inText = false
		f.hole, f.depth = s.pos, 0
		return s.open(tokHoleOpen, 2)
	}
	s.inText = false
	quotes := 1
	if f.triple {
		quotes = 3
	}
	open := *f
	s.frames = s.frames[:len(s.frames)-1]
	if stop == 0 {
		return s.openString(open)
	}
	s.pos += quotes
	return tokStrClose
}

// tornHole reads the rest of a line on which a hole of a one-line string has
// no end.
func (s *scanner) tornHole() lexer.TokenType {
	from := s.pos
	line, _, _ := strings.Cut(s.text[from:], "\n")
	s.pos += len(line)
	s.leaveBrace(from)
	for i, f := range s.frames {
		if !f.triple {
			name := scanIdent(s.text, min(f.hole+2, len(s.text)))
			if name == f.hole+2 {
				name = 0
			}
			s.report(errOpenHole(f.hole, from, name))
			s.frames = s.frames[:i]
			break
		}
	}
	return tokTorn
}

// rawString reads a string between backquotes.
func (s *scanner) rawString() lexer.TokenType {
	start := s.pos
	n := strings.IndexByte(s.text[start+1:], '`')
	if line := strings.IndexByte(s.text[start+1:], '\n'); n < 0 || s.inPlain() && line >= 0 && line < n {
		s.pos = len(s.text)
		if line >= 0 {
			s.pos = start + 1 + line
		}
		s.leaveBrace(start + 1)
		s.report(errOpenRaw(s.span(start)))
		return tokTorn
	}
	end := start + 1 + n
	for i := start + 1; i < end; {
		switch {
		case s.text[i] == '\n':
			i++
			s.newline(i)
		case s.text[i] == '\r' && s.text[i+1] == '\n':
			i++
		default:
			i += s.checkRune(i)
		}
	}
	s.pos = end + 1
	return tokString
}

// escape checks the escape at i and returns where it ends. At the end of its
// line a string on one line has no end, which is told instead.
func (s *scanner) escape(i int, triple bool) int {
	rest := s.text[i+1:]
	if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
		if triple && rest != "" {
			s.report(errEscape(ast.Span{Start: ast.Pos(i), End: ast.Pos(i + 1)}, `\`))
		}
		return i + 1
	}
	if strings.IndexByte(`ntr\"$`, rest[0]) >= 0 {
		return i + 2
	}
	if rest[0] == 'u' {
		_, n, ok := unicodeEscape(rest[1:])
		if !ok {
			s.report(errUnicodeEscape(ast.Span{Start: ast.Pos(i), End: ast.Pos(i + 2 + n)}))
		}
		return i + 2 + n
	}
	_, n := utf8.DecodeRuneInString(rest)
	s.report(errEscape(ast.Span{Start: ast.Pos(i), End: ast.Pos(i + 1 + n)}, s.text[i:i+1+n]))
	return i + 1 + n
}

// unicodeEscape reads what stands behind \u: one to six hexadecimal digits in
// braces. It returns the character, the width, and whether there is one.
func unicodeEscape(s string) (r rune, n int, ok bool) {
	if s == "" || s[0] != '{' {
		return 0, 0, false
	}
	for n = 1; n < len(s) && n <= 7; n++ {
		c := s[n]
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		case c == '}':
			return r, n + 1, n > 1 && utf8.ValidRune(r)
		default:
			return 0, n, false
		}
	}
	return 0, n, false
}
