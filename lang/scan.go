package lang

// The lexer is written by hand: regular expressions would cost more than the
// whole parser, and holes, blocks, `200..299` and `a-b` need a memory that they
// do not have. It never fails: what is no token is reported and becomes a Bad
// token or nothing, so that the parser always has a whole text to read.

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// definition is the lexer as participle wants it.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType { return symbols }

// Lex is the way in for a reader; the parser itself drives a scanner.
func (definition) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return newScanner(string(text)), nil
}

// maxDepth limits how deep brackets, holes, operators and branches may nest,
// so that no walk over the tree can run out of stack.
const maxDepth = 1000

// frame is a string with holes of which a hole is open.
type frame struct {
	open   int  // offset of the quotes
	triple bool // """ instead of "
	hole   int  // offset of the ${
	depth  int  // of brackets inside the hole
}

// scanner cuts a text into tokens. It hands them out in units, each ending
// with EOF: a unit ends before an experiment.
type scanner struct {
	text      string
	pos       int
	line      int
	lineStart int // offset at which the line starts

	frames []frame
	inText bool // the next token is text of the innermost string
	depth  int  // of open brackets and holes

	inUnit   bool // a token of this unit was handed out
	cut      bool // reading was given up: what follows from it is not told
	newlines int  // since the last token or comment

	shebang  string
	comments []ast.Comment
	problems diag.List
}

func newScanner(text string) *scanner {
	s := &scanner{text: text, line: 1}
	if strings.HasPrefix(text, "\ufeff") {
		s.pos = len("\ufeff")
	}
	if strings.HasPrefix(text[s.pos:], "#!") {
		line, _, _ := strings.Cut(text[s.pos:], "\n")
		s.shebang = strings.TrimRight(line, " \t\r")
		s.pos += len(s.shebang)
	}
	return s
}

// more reports whether there is another unit.
func (s *scanner) more() bool {
	s.space()
	return s.pos < len(s.text)
}

func (s *scanner) report(d *diag.Diagnostic) {
	if s.cut {
		return
	}
	// A run of the same mistake, as in a binary file, is one mistake.
	if n := len(s.problems); n > 0 {
		if last := s.problems[n-1]; last.Code == d.Code && last.Span.End == d.Span.Start {
			last.Span.End = d.Span.End
			return
		}
	}
	s.problems = append(s.problems, d)
}

// giveUp ends the text here.
func (s *scanner) giveUp() {
	s.cut = true
	s.frames, s.inText = nil, false
	s.pos = len(s.text)
}

// span is from an offset to where the scanner stands.
func (s *scanner) span(from int) ast.Span {
	return ast.Span{Start: ast.Pos(from), End: ast.Pos(s.pos)}
}

// cutMark is the value of the EOF token where the text was given up.
const cutMark = "cut"

// dropped is the kind of what is no token and was reported.
const dropped lexer.TokenType = 0

// Next returns the next token. It never fails.
func (s *scanner) Next() (lexer.Token, error) {
	for {
		if !s.inText {
			s.space()
		}
		pos := lexer.Position{Offset: s.pos, Line: s.line, Column: s.pos - s.lineStart + 1}
		switch t := s.scan(); t {
		case dropped:
		case lexer.EOF:
			s.inUnit = false
			eof := lexer.EOFToken(pos)
			if s.cut {
				eof.Value = cutMark
			}
			return eof, nil
		default:
			s.inUnit, s.newlines = true, 0
			return lexer.Token{Type: t, Value: s.text[pos.Offset:s.pos], Pos: pos}, nil
		}
	}
}

// newline counts a line end that stands before offset i.
func (s *scanner) newline(i int) {
	s.line++
	s.lineStart = i
	s.newlines++
}

// space skips white space and comments.
func (s *scanner) space() {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case ' ', '\t':
			s.pos++
		case '\n':
			if s.inPlain() {
				return // a hole of a one-line string ends here, or never
			}
			s.pos++
			s.newline(s.pos)
		case '\r':
			if s.pos+1 >= len(s.text) || s.text[s.pos+1] != '\n' {
				return
			}
			s.pos++
		case '/':
			switch {
			case strings.HasPrefix(s.text[s.pos:], "//"):
				s.comment()
			case strings.HasPrefix(s.text[s.pos:], "/*"):
				s.blockComment()
			default:
				return
			}
		default:
			return
		}
	}
}

// comment reads a comment up to the end of its line.
func (s *scanner) comment() {
	start := s.pos
	n := strings.IndexByte(s.text[start:], '\n')
	if n < 0 {
		n = len(s.text) - start
	}
	text := strings.TrimRight(s.text[start:start+n], " \t\r")
	s.checkText(start, start+len(text))
	s.pos = start + len(text)
	if len(s.frames) > 0 {
		s.report(errCommentInHole(s.span(start)))
	} else {
		s.comments = append(s.comments, ast.Comment{Span: s.span(start), Text: text, BlankAbove: s.newlines > 1})
	}
	s.pos = start + n
	if s.pos > start && s.text[s.pos-1] == '\r' {
		s.pos--
	}
	s.newlines = 0
}

// atExperiment reports whether `experiment "title" {` stands here. These three
// follow each other nowhere inside a declaration, so a unit can end here even
// where a brace is missing before.
func (s *scanner) atExperiment() bool {
	rest, ok := strings.CutPrefix(s.text[s.pos:], "experiment")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	if rest, ok = strings.CutPrefix(rest, `"`); !ok || strings.HasPrefix(rest, `""`) {
		return false
	}
	for i := 0; i < len(rest) && rest[i] != '\n'; i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			return strings.HasPrefix(strings.TrimLeft(rest[i+1:], " \t\r\n"), "{")
		}
	}
	return false
}

// Classes of bytes.
const (
	classStart = 1 << iota // starts an identifier
	classPart              // goes on with one
	classDigit
)

var classes = func() (t [256]uint8) {
	for c := range 128 {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
			t[c] = classStart | classPart
		case '0' <= c && c <= '9':
			t[c] = classPart | classDigit
		}
	}
	return t
}()

func isDigit(c byte) bool { return classes[c]&classDigit != 0 }

// scanIdent returns the end of the identifier at i, or i.
func scanIdent(text string, i int) int {
	start := i
	for i < len(text) {
		c := text[i]
		switch {
		case classes[c]&classPart != 0:
			if i == start && classes[c]&classStart == 0 {
				return start
			}
			i++
		case c == '-' && i > start:
			// A single hyphen between letters or digits belongs to the name.
			if text[i-1] == '_' || i+1 == len(text) || text[i+1] == '_' || !isPart(text[i+1:]) {
				return i
			}
			i++
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(text[i:])
			if !unicode.IsLetter(r) && (i == start || !unicode.IsDigit(r)) {
				return i
			}
			i += n
		default:
			return i
		}
	}
	return i
}

// isPart reports whether s starts with a letter, a digit or _.
func isPart(s string) bool {
	if s == "" {
		return false
	}
	if s[0] < utf8.RuneSelf {
		return classes[s[0]]&classPart != 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
