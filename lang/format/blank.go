package format

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

// gap is what the author left above something.
type gap uint8

const (
	unknown gap = iota // it shared its line with what is before it, or there is no text
	tight              // it starts a line
	blank              // an empty line stands above it
)

// above looks at the source above a place.
func (p *printer) above(pos ast.Pos) gap {
	if p.src == nil || int(pos) > len(p.src.Text) {
		return unknown
	}
	lines := gap(0)
	for i := pos - 1; i >= 0 && lines < blank; i-- {
		switch p.src.Text[i] {
		case '\n':
			lines++
		case ' ', '\t', '\r':
		default:
			return lines
		}
	}
	return lines
}

// aboveNode looks at the source above a node and its comments.
func (p *printer) aboveNode(n ast.Node) gap {
	at := n.Range()
	if c := p.notes.Of(n); c != nil && len(c.Leading) > 0 {
		switch first := c.Leading[0]; {
		case first.BlankAbove && !isInside(first, n):
			return blank
		case first.IsZero():
			return unknown
		case !isInside(first, n):
			return tight
		}
	}
	if at.IsZero() {
		return unknown
	}
	return p.above(at.Start)
}

// isInside reports whether a comment that is written above a node stood in the
// middle of it.
func isInside(c ast.Comment, n ast.Node) bool { return c.Start > n.Range().Start }

// start begins the line of a node: an empty line where the author had one, the
// comments above it. An empty line or a comment ends a run of aligned lines.
func (p *printer) start(n ast.Node, first bool) {
	p.startAfter(n, !first && p.aboveNode(n) == blank)
}

func (p *printer) startAfter(n ast.Node, empty bool) {
	c := p.notes.Of(n)
	if empty || c != nil && len(c.Leading) > 0 {
		p.align()
	}
	p.newline()
	if empty {
		p.newline()
	}
	p.leading(n)
}

// inOrder is the order of sections. Its first three are headers, between
// which no empty line stands unless the author has one.
var inOrder = [...]string{"description", "tags", "contributions", "config", "secrets", "controls", "runtime",
	"setup", "steady", "guard", "method", "rollback", "extensions"}

const lastHeader = 2

// place is where a section stands in the order.
func place(s ast.Section) int { return slices.Index(inOrder[:], s.Keyword()) }

// emptyBetween reports whether an empty line stands above section next, which
// follows last. What the author did counts, unless the section was the first,
// or did not start its line.
func (p *printer) emptyBetween(last, next ast.Section, wasFirst bool) bool {
	if above := p.aboveNode(next); above != unknown && !wasFirst {
		return above == blank
	}
	return max(place(last), place(next)) > lastHeader
}
