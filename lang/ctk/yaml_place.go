package ctk

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/chaosc-lang/chaosc/ast"
)

// The library tells the line and the column where a node starts. This file
// makes bytes of them, and finds where it ends.

// yamlLines returns the offsets at which lines start. YAML ends lines in more
// ways than ast.Source does.
func yamlLines(s string) []int {
	lines := []int{0}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\n', s[i] == '\r' && !strings.HasPrefix(s[i+1:], "\n"):
			lines = append(lines, i+1)
		case strings.HasPrefix(s[i:], "\u0085"):
			lines = append(lines, i+2)
		case strings.HasPrefix(s[i:], "\u2028"), strings.HasPrefix(s[i:], "\u2029"):
			lines = append(lines, i+3)
		}
	}
	return lines
}

// line is the place of a line, without its end and the space around it.
func (r *yamlReader) line(n int) ast.Span {
	n = max(1, min(n, len(r.lines)))
	s := r.src.Text[r.lines[n-1]:]
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	start := r.lines[n-1]
	return ast.Span{Start: ast.Pos(start), End: ast.Pos(start + len(strings.TrimRight(s, " \t\r")))}
}

// place is where a node starts.
func (r *yamlReader) place(y *yaml.Node) ast.Pos {
	if y.Line < 1 || y.Line > len(r.lines) {
		return ast.Pos(len(r.src.Text))
	}
	at := r.lines[y.Line-1]
	for c := 1; c < y.Column && at < len(r.src.Text); c++ {
		_, size := utf8.DecodeRuneInString(r.src.Text[at:])
		at += size
	}
	return ast.Pos(at)
}

// span is where a node stands; the end of lists and mappings is not yet known.
func (r *yamlReader) span(y *yaml.Node) ast.Span {
	start := r.place(y)
	rest := r.src.Text[start:]
	line, _, _ := strings.Cut(rest, "\n")
	end := len(line)
	if y.Kind == yaml.ScalarNode {
		// Behind anchor and tag.
		from := 0
		for from < len(line) && (line[from] == '&' || line[from] == '!') {
			from += strings.IndexAny(line[from:]+" ", " \t")
			from += len(line[from:]) - len(strings.TrimLeft(line[from:], " \t"))
		}
		switch {
		case y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
			end = quotedEnd(rest, from)
		case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && strings.HasPrefix(line[min(from, len(line)):], y.Value):
			end = from + len(y.Value)
		}
	} else if y.Kind == yaml.AliasNode {
		end = 1 + len(y.Value)
	}
	if end > 0 && end <= len(line) {
		end = len(strings.TrimRight(line[:end], " \t\r"))
	}
	return ast.Span{Start: start, End: start + ast.Pos(min(end, len(rest)))}
}

// quotedEnd returns the end of a text in quotes, of which the first stands at
// or behind an offset.
func quotedEnd(s string, from int) int {
	if from >= len(s) {
		return len(s)
	}
	q := s[from]
	for i := from + 1; i < len(s); i++ {
		switch {
		case q == '"' && s[i] == '\\':
			i++
		case s[i] == q && q == '\'' && strings.HasPrefix(s[i+1:], "'"):
			i++
		case s[i] == q:
			return i + 1
		}
	}
	return len(s)
}

// close sets where a list or a mapping ends: behind its last value, and where
// it has brackets behind the closing one.
func (r *yamlReader) close(y *yaml.Node, n *node) {
	if y.Kind == yaml.ScalarNode {
		return
	}
	n.End = n.Start
	for i, e := range n.items {
		if e.Start >= n.Start { // what an alias refers to stands elsewhere
			n.End = max(n.End, e.End)
		}
		if i < len(n.keys) && n.keys[i].Start >= n.Start {
			n.End = max(n.End, n.keys[i].End)
		}
	}
	if y.Style&yaml.FlowStyle == 0 {
		n.End = max(n.End, n.Start)
		return
	}
	if n.End == n.Start {
		n.End++
	}
	rest := r.src.Text[min(int(n.End), len(r.src.Text)):]
	trimmed := strings.TrimLeft(rest, " \t\r\n,")
	if strings.HasPrefix(trimmed, "}") || strings.HasPrefix(trimmed, "]") {
		n.End += ast.Pos(len(rest) - len(trimmed) + 1)
	}
}
