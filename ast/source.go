package ast

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Pos is a byte offset into the text of a [Source].
type Pos int32

// Span is a half-open range of bytes, [Start, End), of one source. A node
// embeds it to carry its place. The zero Span is used for nodes that no text
// stands for (made by a program).
type Span struct {
	Start, End Pos
}

// Range returns the span itself, so that a struct embedding a Span is a [Node].
func (s Span) Range() Span { return s }

// IsZero reports whether the span stands for no text at all.
func (s Span) IsZero() bool { return s == Span{} }

// Join returns the smallest span that covers both.
func (s Span) Join(t Span) Span {
	if s.IsZero() {
		return t
	}
	if t.IsZero() {
		return s
	}
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// Position is a place in a source as people count it.
type Position struct {
	Offset int // bytes from the start, from 0
	Line   int // from 1
	Column int // in runes, from 1
}

// Source is the text of one file and the name that diagnostics show for it.
// Its methods may be called from several goroutines.
type Source struct {
	Name string // a path as the user gave it, or "<stdin>"
	Text string

	once  sync.Once
	lines []Pos // offset at which each line starts
}

// NewSource returns the source of that name and text.
func NewSource(name, text string) *Source { return &Source{Name: name, Text: text} }

func (s *Source) index() []Pos {
	s.once.Do(func() {
		s.lines = append(s.lines, 0)
		for i := 0; ; {
			n := strings.IndexByte(s.Text[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			s.lines = append(s.lines, Pos(i))
		}
	})
	return s.lines
}

// Position turns an offset into line and column. An offset outside the text
// is moved to its nearest end.
func (s *Source) Position(p Pos) Position {
	p = max(0, min(p, Pos(len(s.Text))))
	lines := s.index()
	n := sort.Search(len(lines), func(i int) bool { return lines[i] > p })
	start := lines[n-1]
	return Position{Offset: int(p), Line: n, Column: utf8.RuneCountInString(s.Text[start:p]) + 1}
}

// Line returns the text of line n (from 1) without its line end, or "" when
// there is no such line.
func (s *Source) Line(n int) string {
	lines := s.index()
	if n < 1 || n > len(lines) {
		return ""
	}
	end := len(s.Text)
	if n < len(lines) {
		end = int(lines[n])
	}
	return strings.TrimRight(s.Text[lines[n-1]:end], "\r\n")
}

// LineStart returns the offset at which line n (from 1) starts.
func (s *Source) LineStart(n int) Pos {
	lines := s.index()
	return lines[max(1, min(n, len(lines)))-1]
}

// Slice returns the text of a span, cut to what there is.
func (s *Source) Slice(r Span) string {
	n := Pos(len(s.Text))
	a, b := max(0, min(r.Start, n)), max(0, min(r.End, n))
	if a > b {
		return ""
	}
	return s.Text[a:b]
}
