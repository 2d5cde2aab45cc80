package lang

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// punctuation maps bytes that are a token by themselves.
var punctuation = [256]lexer.TokenType{
	')': tokRParen, ']': tokRBrack, ',': tokComma, ':': tokColon, '+': tokPlus, '*': tokStar, '/': tokSlash,
}

// scan reads one token, which starts here.
func (s *scanner) scan() lexer.TokenType {
	if s.inText {
		return s.stringPart()
	}
	start := s.pos
	if start >= len(s.text) {
		if len(s.frames) > 0 {
			s.report(errOpenHole(s.frames[0].hole, start, 0))
			s.giveUp()
		}
		return lexer.EOF
	}
	c := s.text[start]
	switch {
	case classes[c]&classStart != 0, c >= utf8.RuneSelf:
		return s.word()
	case isDigit(c):
		return s.number()
	case c == ':' && strings.HasPrefix(s.text[start:], ":="):
		s.pos += 2
		s.report(errForeignOperator(s.span(start), "="))
		return tokAssign
	case punctuation[c] != 0:
		s.pos++
		s.closed(c)
		return punctuation[c]
	}
	switch c {
	case '"':
		return s.string()
	case '`':
		return s.rawString()
	case '(':
		return s.open(tokLParen, 1)
	case '[':
		return s.open(tokLBrack, 1)
	case '{':
		if n := len(s.frames); n > 0 {
			s.frames[n-1].depth++
		}
		return s.open(tokLBrace, 1)
	case '}':
		return s.closeBrace()
	case '.':
		return s.either('.', tokRange, tokDot)
	case '=':
		return s.equals()
	case '<':
		if strings.HasPrefix(s.text[start:], "<>") {
			s.pos += 2
			s.report(errForeignOperator(s.span(start), "!="))
			return tokNe
		}
		return s.either('=', tokLe, tokLt)
	case '>':
		return s.either('=', tokGe, tokGt)
	case '-':
		return s.minus()
	case '\n':
		return s.tornHole()
	}
	return s.stray(c)
}

// either reads two bytes as one token where the second is next, else one.
func (s *scanner) either(next byte, two, one lexer.TokenType) lexer.TokenType {
	s.pos++
	if s.pos < len(s.text) && s.text[s.pos] == next {
		s.pos++
		return two
	}
	return one
}

// open reads an opening bracket of n bytes.
func (s *scanner) open(t lexer.TokenType, n int) lexer.TokenType {
	s.pos += n
	if s.depth++; s.depth > maxDepth {
		s.report(errTooDeep(s.span(s.pos - n)))
		s.giveUp()
		return lexer.EOF
	}
	return t
}

func (s *scanner) closed(c byte) {
	if (c == ')' || c == ']') && s.depth > 0 {
		s.depth--
	}
}

// closeBrace reads }, which may be the end of a hole.
func (s *scanner) closeBrace() lexer.TokenType {
	s.pos++
	s.depth = max(0, s.depth-1)
	if n := len(s.frames); n > 0 {
		if s.frames[n-1].depth == 0 {
			s.inText = true
			return tokHoleClose
		}
		s.frames[n-1].depth--
	}
	return tokRBrace
}

// swappedOperators are operators of which the `=` stands first, by what follows
// it.
var swappedOperators = map[byte]struct {
	ours  string
	token lexer.TokenType
}{'>': {">=", tokGe}, '<': {"<=", tokLe}, '~': {"matches", tokMatches}}

// equals reads = or ==.
func (s *scanner) equals() lexer.TokenType {
	start := s.pos
	if s.pos+1 < len(s.text) {
		if o, ok := swappedOperators[s.text[s.pos+1]]; ok {
			s.pos += 2
			s.report(errForeignOperator(s.span(start), o.ours))
			return o.token
		}
	}
	t := s.either('=', tokEq, tokAssign)
	if t == tokEq && s.pos < len(s.text) && s.text[s.pos] == '=' {
		s.pos++
		s.report(errForeignOperator(s.span(start), "=="))
	}
	return t
}

// minus tells the minus that is written as a binary operator from the one
// that is written as a sign.
func (s *scanner) minus() lexer.TokenType {
	before := s.pos == 0 || isSpace(s.text[s.pos-1])
	s.pos++
	after := s.pos == len(s.text) || isSpace(s.text[s.pos])
	switch {
	case !after:
		return tokNeg
	case before:
		return tokMinus
	}
	return tokHyphen
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// word reads an identifier or a reserved word.
func (s *scanner) word() lexer.TokenType {
	start := s.pos
	s.pos = scanIdent(s.text, start)
	if s.pos == start {
		return s.stray(s.text[start])
	}
	word := s.text[start:s.pos]
	if word == "experiment" && s.inUnit {
		s.pos = start
		if s.atExperiment() {
			return lexer.EOF
		}
		s.pos = start + len(word)
	}
	if rest := s.text[s.pos:]; strings.HasPrefix(rest, "--") && isPart(strings.TrimLeft(rest, "-")) {
		s.pos += len(rest) - len(strings.TrimLeft(rest, "-"))
		s.pos = scanIdent(s.text, s.pos)
		s.report(errHyphens(s.span(start), s.text[start:s.pos]))
		return tokBad
	}
	if n := len(word); n <= len("contains") {
		return reserved(word)
	}
	return tokIdent
}

// number reads a number with everything that touches it: it is one literal or
// a mistake, never two tokens.
func (s *scanner) number() lexer.TokenType {
	start := s.pos
	plain := true // only digits, points and underscores so far
scan:
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case isDigit(c), c == '_', c == '%':
			s.pos++
		case c == '.':
			if s.pos+1 == len(s.text) || !isDigit(s.text[s.pos+1]) {
				break scan
			}
			s.pos++
		case plain && (c == 'e' || c == 'E') && s.pos+2 < len(s.text) &&
			(s.text[s.pos+1] == '+' || s.text[s.pos+1] == '-') && isDigit(s.text[s.pos+2]):
			s.pos += 2
			plain = false
		case isPart(s.text[s.pos:]):
			_, n := utf8.DecodeRuneInString(s.text[s.pos:])
			s.pos += n
			plain = false
		default:
			break scan
		}
	}
	if _, err := literal.Parse(s.text[start:s.pos]); err != nil {
		var e *literal.Error
		errors.As(err, &e)
		s.report(errNumber(start, s.text[start:s.pos], e))
		return tokBad
	}
	return tokNumber
}

// stray deals with a character that starts no token. Where it is an operator
// of another language it stands for ours, else it is left out.
func (s *scanner) stray(c byte) lexer.TokenType {
	start := s.pos
	s.pos++
	next := byte(0)
	if s.pos < len(s.text) {
		next = s.text[s.pos]
	}
	switch c {
	case '!':
		if next == '=' {
			s.pos++
			if s.pos < len(s.text) && s.text[s.pos] == '=' {
				s.pos++
				s.report(errForeignOperator(s.span(start), "!="))
			}
			return tokNe
		}
		s.report(errForeignOperator(s.span(start), "not "))
		return tokNot
	case '&', '|':
		if next == c {
			s.pos++
		}
		if c == '&' {
			s.report(errForeignOperator(s.span(start), "and"))
			return tokAnd
		}
		s.report(errForeignOperator(s.span(start), "or"))
		return tokOr
	case '$':
		if n := strings.IndexAny(s.text[s.pos:min(s.pos+100, len(s.text))], "}\n"); next == '{' && n > 0 && s.text[s.pos+n] == '}' {
			s.pos += n + 1
			s.report(errBareHole(s.span(start), s.text[start+2:s.pos-1]))
			return tokBad
		}
		if n := scanIdent(s.text, s.pos); n > s.pos {
			name := s.text[s.pos:n]
			s.pos = n
			s.report(errBareHole(s.span(start), name))
			return tokBad
		}
	case ';':
		s.report(errSemicolon(s.span(start)))
		return dropped
	case '#':
		line, _, _ := strings.Cut(s.text[start:], "\n")
		s.pos = start + len(strings.TrimRight(line, "\r"))
		s.report(errHashComment(s.span(start)))
		return dropped
	case '\'':
		return s.otherQuotes(start, "'\n")
	}
	r, n := utf8.DecodeRuneInString(s.text[start:])
	s.pos = start + n
	switch {
	case r == utf8.RuneError && n == 1:
		s.report(errInvalidUTF8(s.span(start)))
	case isControl(r):
		s.report(errControl(s.span(start), r))
	case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), !unicode.IsPrint(r):
		s.report(errInvisible(s.span(start), r))
	case r == '“' || r == '”' || r == '„':
		return s.otherQuotes(start, "“”\"\n")
	default:
		s.report(errIllegal(s.span(start), r))
		return tokBad
	}
	return dropped
}

// otherQuotes reads a string between quotes that are none. It ends with one of
// the given characters, which the line end is one of.
func (s *scanner) otherQuotes(start int, ends string) lexer.TokenType {
	from := s.pos
	if n := strings.IndexAny(s.text[from:], ends); n < 0 {
		s.pos = len(s.text)
	} else if s.pos += n; s.text[s.pos] != '\n' {
		_, width := utf8.DecodeRuneInString(s.text[s.pos:])
		s.pos += width
		s.report(errSingleQuotes(s.span(start), s.text[from:s.pos-width]))
		return tokString
	}
	s.leaveBrace(from)
	s.report(errOpenString(s.span(start)))
	return tokTorn
}

// blockComment skips a /* */ comment that starts here.
func (s *scanner) blockComment() {
	start := s.pos
	n := strings.Index(s.text[start+2:], "*/")
	if n < 0 {
		s.pos = start + 2
		s.report(errBlockComment(s.span(start)))
		s.giveUp()
		return
	}
	end := start + 2 + n + 2
	for i := start; i < end; i++ {
		if s.text[i] == '\n' {
			s.newline(i + 1)
		}
	}
	s.pos = end
	s.report(errBlockComment(s.span(start)))
}

// isControl reports whether r is a control character that no text may have.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r == 0x7f || 0x80 <= r && r < 0xa0
}

// checkText reports control characters and invalid UTF-8 in text[start:end],
// which is a comment.
func (s *scanner) checkText(start, end int) {
	for i := start; i < end; {
		i += s.checkRune(i)
	}
}

// checkRune reports the character at i where no text may have it, and returns
// its width.
func (s *scanner) checkRune(i int) int {
	c := s.text[i]
	if c >= ' ' && c < 0x7f {
		return 1
	}
	r, n := utf8.DecodeRuneInString(s.text[i:])
	at := ast.Span{Start: ast.Pos(i), End: ast.Pos(i + n)}
	switch {
	case r == utf8.RuneError && n == 1:
		s.report(errInvalidUTF8(at))
	case isControl(r):
		s.report(errControl(at, r))
	}
	return n
}
