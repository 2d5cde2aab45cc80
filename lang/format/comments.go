package format

// This file places comments. The parser says which node each belongs to; those
// at nodes that share their line with others (possible in trees that a program
// made, and inside the holes of strings) are first moved to the node that
// starts the line, so that none gets lost.

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// settle returns the comments of a file, each at a node that the formatter
// writes comments of.
func settle(f *ast.File) ast.Comments {
	if len(f.Comments) == 0 {
		return nil
	}
	s := settler{from: f.Comments, to: make(ast.Comments, len(f.Comments))}
	s.take(f, f, false)
	s.below(f, f, false)
	return s.to
}

type settler struct {
	from, to ast.Comments
}

// below settles the comments of everything below n; holder is the node that
// starts the line on which n stands. In a string no line can start.
func (s *settler) below(n, holder ast.Node, inString bool) {
	if _, ok := n.(*ast.String); ok {
		inString = true
	}
	ast.Walk(n, func(m ast.Node) bool {
		if m == n {
			return true
		}
		if !inString && startsLine(n, m) {
			s.take(m, m, false)
			s.below(m, m, false)
		} else {
			s.take(m, holder, inString)
			s.below(m, holder, inString)
		}
		return false
	})
}

// startsLine reports whether a child of a node starts a line, once its parent
// is broken.
func startsLine(parent, child ast.Node) bool {
	switch parent := parent.(type) {
	case *ast.List:
		return true
	case *ast.If:
		if parent.Else == child {
			return false
		}
	}
	switch child.(type) {
	case *ast.Block:
		return false
	case *ast.Arg, *ast.ObjectField, *ast.Clause:
		return true
	}
	return keepsBlank(child)
}

// keepsBlank reports whether an empty line above such a node stays.
func keepsBlank(n ast.Node) bool {
	switch n.(type) {
	case *ast.Import, *ast.Entry, *ast.SecretGroup, *ast.ControlEntry, *ast.HypothesisSetting, *ast.Setting,
		ast.Decl, ast.Section, ast.Stmt:
		return true
	}
	return false
}

// hasBraces reports whether comments can stand at the end of a node, inside it.
func hasBraces(n ast.Node) bool {
	switch n.(type) {
	case *ast.File, *ast.Experiment, *ast.Config, *ast.Secrets, *ast.SecretGroup, *ast.Controls, *ast.Runtime,
		*ast.Block, *ast.List, *ast.Object, *ast.Call:
		return true
	}
	return false
}

// take gives the comments of n to holder, but those in its braces.
func (s *settler) take(n, holder ast.Node, inString bool) {
	c := s.from[n]
	if c == nil {
		return
	}
	inner := c.Inner
	if hasBraces(n) && !inString {
		s.at(n).Inner = inner
		inner = nil
	}
	to := s.at(holder)
	to.Leading = append(append(to.Leading, c.Leading...), inner...)
	if n == holder {
		to.Trailing = append(to.Trailing, c.Trailing...)
	} else {
		to.Leading = append(to.Leading, c.Trailing...)
	}
}

func (s *settler) at(n ast.Node) *ast.NodeComments {
	c := s.to[n]
	if c == nil {
		c = &ast.NodeComments{}
		s.to[n] = c
	}
	return c
}

// leading writes the comments above n, each on a line of its own. The cursor
// is at the start of a line, and is again when it returns.
func (p *printer) leading(n ast.Node) {
	c := p.notes.Of(n)
	if c == nil || len(c.Leading) == 0 {
		return
	}
	if p.trial.flat {
		p.trial.failed = true
		return
	}
	for i, l := range c.Leading {
		if i > 0 && l.BlankAbove {
			p.newline()
		}
		p.comment(l)
		p.newline()
	}
	last := c.Leading[len(c.Leading)-1]
	if keepsBlank(n) && !isInside(last, n) && p.above(n.Range().Start) == blank {
		p.newline()
	}
}

// trailing writes the comments behind n.
func (p *printer) trailing(n ast.Node) {
	c := p.notes.Of(n)
	if c == nil || len(c.Trailing) == 0 {
		return
	}
	if p.trial.flat {
		p.trial.failed = true
		return
	}
	for i, t := range c.Trailing {
		if i > 0 || p.line.comment {
			p.newline()
		} else {
			p.buf = append(p.buf, ' ')
		}
		p.comment(t)
	}
}

// inner writes the comments at the end of a block, list or call; first says
// that nothing else is in it.
func (p *printer) inner(n ast.Node, first bool) {
	c := p.notes.Of(n)
	if c == nil || len(c.Inner) == 0 {
		return
	}
	if p.trial.flat {
		p.trial.failed = true
		return
	}
	p.align()
	for i, l := range c.Inner {
		p.newline()
		if l.BlankAbove && !(first && i == 0) {
			p.newline()
		}
		p.comment(l)
	}
}

// comment writes one comment. Those that a program made may lack the slashes.
func (p *printer) comment(c ast.Comment) {
	for i, text := range strings.Split(c.Text, "\n") {
		if i > 0 {
			p.newline()
		}
		if text = strings.TrimRight(text, " \t\r"); !strings.HasPrefix(text, "//") {
			text = strings.TrimRight("// "+text, " ")
		}
		col := p.line.col
		p.write(text)
		p.line.comment = true
		p.line.col = col // a comment takes no room from what the line holds
	}
}
