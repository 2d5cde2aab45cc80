package jsonpath2

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError says where and why a text is no path.
type SyntaxError struct {
	Offset  int // in bytes, where the mistake begins
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s at byte %d", e.Message, e.Offset)
}

// kind is the kind of a token; a symbol or a keyword is its own kind.
type kind string

const (
	end    kind = "the end"
	ident  kind = "a name"
	text   kind = "a string"
	number kind = "a number"
)

type token struct {
	kind kind
	text string
	at   int
}

func (t token) String() string {
	if t.kind == end {
		return string(end)
	}
	return fmt.Sprintf("%q", t.text)
}

// symbols, the longer ones first.
var symbols = [...]kind{"..", ">=", "<=", "!=", "@", "$", ".", "*", "=", ">", "<", "{", "}", "[", "]", ":", ",", "(", ")", "?"}

// scanner splits a path into tokens.
type scanner struct {
	src string
	pos int
}

// next returns the next token. White space only separates.
func (s *scanner) next() (token, *SyntaxError) {
	for s.pos < len(s.src) && strings.IndexByte(" \t\r\n", s.src[s.pos]) >= 0 {
		s.pos++
	}
	start := s.pos
	if start == len(s.src) {
		return token{kind: end, at: start}, nil
	}
	take := func(k kind, length int) (token, *SyntaxError) {
		s.pos = start + length
		return token{k, s.src[start:s.pos], start}, nil
	}
	rest := s.src[start:]
	switch c := rest[0]; {
	case c == '_' || isLetter(c):
		n := 1
		for n < len(rest) && (rest[n] == '_' || isLetter(rest[n]) || isDigit(rest[n])) {
			n++
		}
		switch word := kind(rest[:n]); word {
		case "and", "or", "not", "true", "false", "null":
			return take(word, n)
		}
		return take(ident, n)
	case c == '"':
		n, message := stringLength(rest)
		if message != "" {
			return token{}, &SyntaxError{start + n, message}
		}
		return take(text, n)
	case isDigit(c) || c == '-' && len(rest) > 1 && isDigit(rest[1]):
		return take(number, numberLength(rest))
	}
	for _, sym := range symbols {
		if strings.HasPrefix(rest, string(sym)) {
			return take(sym, len(sym))
		}
	}
	return token{}, &SyntaxError{start, stray(rest)}
}

// stray says what is wrong with a character that begins no token.
func stray(rest string) string {
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == '\'':
		return "strings stand in double quotes, not in single ones"
	case strings.HasPrefix(rest, "&&"):
		return `conditions are joined by the word "and", not by &&`
	case strings.HasPrefix(rest, "||"):
		return `conditions are joined by the word "or", not by ||`
	case r == '!':
		return `a condition is denied by the word "not", not by !`
	}
	return fmt.Sprintf("a path has no %q here", r)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// numberLength returns how long the JSON number is that s begins with.
func numberLength(s string) int {
	n := 0
	digits := func() {
		for n < len(s) && isDigit(s[n]) {
			n++
		}
	}
	if s[n] == '-' {
		n++
	}
	if s[n] == '0' {
		n++
	} else {
		digits()
	}
	if n+1 < len(s) && s[n] == '.' && isDigit(s[n+1]) {
		n++
		digits()
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		m := n + 1
		if m < len(s) && (s[m] == '+' || s[m] == '-') {
			m++
		}
		if m < len(s) && isDigit(s[m]) {
			if s[m] == '0' { // the digits of an exponent are those of an integer, too
				n = m + 1
			} else {
				n = m
				digits()
			}
		}
	}
	return n
}

// stringLength returns how long the JSON string is that s begins with, or
// where and why it is none.
func stringLength(s string) (n int, message string) {
	for n = 1; n < len(s); n++ {
		switch c := s[n]; {
		case c == '"':
			return n + 1, ""
		case c < ' ':
			return n, "a string has no control characters"
		case c == '\\':
			switch {
			case n+1 < len(s) && strings.IndexByte(`"\/bfnrt`, s[n+1]) >= 0:
				n++
			case n+5 < len(s) && s[n+1] == 'u' && isHex(s[n+2:n+6]):
				n += 5
			default:
				return n, `a backslash stands only in \" \\ \/ \b \f \n \r \t and \u with four digits`
			}
		}
	}
	return 0, "the string has no end"
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }
