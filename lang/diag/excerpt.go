package diag

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// point is a place in a source: a line (from 1) and a byte offset in it.
type point struct {
	line, off int
}

// mark is a piece of a source that is underlined.
type mark struct {
	from, to point
	label    string
	primary  bool
}

// excerpt is a run of lines of one source with what is marked in them.
type excerpt struct {
	src   *ast.Source
	at    string // ":line:column" of the place it is shown for, or ""
	marks []mark
	rail  *mark // the mark that spans several lines, drawn along the left edge
}

// nearLines is how far a related place may be from an excerpt to be shown in it.
const nearLines = 6

// excerptsOf groups the places of a diagnostic: those near each other in one
// file share an excerpt, the place of the diagnostic itself comes first.
func excerptsOf(d *Diagnostic) []excerpt {
	var list []excerpt
	if d.Source != nil {
		list = append(list, excerpt{src: d.Source})
		if !d.Span.IsZero() {
			m := newMark(d.Source, d.Span, d.Label, true)
			list[0].at = at(d.Source, d.Span)
			if m.from.line < m.to.line {
				list[0].rail = &m
			} else {
				list[0].marks = []mark{m}
			}
		}
	}
related:
	for _, r := range d.Related {
		if r.Source == nil || r.Span.IsZero() {
			continue // it becomes a note
		}
		m := newMark(r.Source, r.Span, r.Message, false)
		if m.from.line < m.to.line {
			m.to = point{m.from.line, len(r.Source.Line(m.from.line))}
		}
		for i := range list {
			if list[i].src == r.Source && list[i].isNear(m.from.line) {
				list[i].marks = append(list[i].marks, m)
				continue related
			}
		}
		list = append(list, excerpt{src: r.Source, at: at(r.Source, r.Span), marks: []mark{m}})
	}
	return list
}

func at(s *ast.Source, r ast.Span) string {
	p := s.Position(r.Start)
	return ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

func newMark(s *ast.Source, r ast.Span, label string, primary bool) mark {
	m := mark{from: pointOf(s, r.Start), label: clean(label), primary: primary}
	m.to = m.from
	if r.End > r.Start {
		// The last byte decides: a span that ends with a line end stays on
		// its line.
		m.to = pointOf(s, r.End-1)
		m.to.off = min(m.to.off+1, len(s.Line(m.to.line)))
	}
	return m
}

func pointOf(s *ast.Source, pos ast.Pos) point {
	p := s.Position(pos)
	off := p.Offset - int(s.LineStart(p.Line))
	return point{p.Line, min(off, len(s.Line(p.Line)))}
}

func (e *excerpt) isNear(line int) bool {
	for _, n := range e.lines() {
		if line >= n-nearLines && line <= n+nearLines {
			return true
		}
	}
	return false
}

// lines returns the numbers of the lines that are shown, in order.
func (e *excerpt) lines() []int {
	var all []int
	for _, m := range e.marks {
		all = append(all, m.from.line)
	}
	if e.rail != nil {
		all = append(all, e.rail.from.line, e.rail.to.line)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for i := len(all) - 1; i > 0; i-- {
		if all[i]-all[i-1] == 2 { // a gap mark would take as much room
			all = slices.Insert(all, i, all[i]-1)
		}
	}
	return all
}

func (e *excerpt) lastLine() int {
	if all := e.lines(); len(all) > 0 {
		return all[len(all)-1]
	}
	return 0
}

func (p *printer) excerpt(e excerpt) {
	p.arrow(e.src, e.at)
	all := e.lines()
	if len(all) == 0 {
		return
	}
	p.gap()
	for i, n := range all {
		if i > 0 && n > all[i-1]+1 {
			p.print(gutterMark, "...")
			if e.rail != nil && all[i-1] >= e.rail.from.line && n <= e.rail.to.line {
				p.w.WriteString(strings.Repeat(" ", p.digits))
				p.print(p.main, "|")
			}
			p.w.WriteByte('\n')
		}
		p.line(&e, n)
	}
}

// line writes one line of source and the marks under it.
func (p *printer) line(e *excerpt, n int) {
	var here []mark
	from, to := -1, 0 // bytes that must be seen
	see := func(off int) {
		if from < 0 || off < from {
			from = off
		}
		to = max(to, off)
	}
	for _, m := range e.marks {
		if m.from.line == n {
			here = append(here, m)
			see(m.from.off)
			see(m.to.off)
		}
	}
	c := canvas{printer: p, indent: 1, rail: ' '}
	starts, ends := false, false
	if e.rail != nil {
		c.indent = 3
		starts, ends = e.rail.from.line == n, e.rail.to.line == n
		if starts {
			see(e.rail.from.off)
		}
		if ends {
			see(e.rail.to.off)
		}
		if n > e.rail.from.line && n <= e.rail.to.line {
			c.rail = '|'
		}
	}
	line := e.src.Line(n)
	c.view = newView(line, max(from, 0), to, p.width-p.digits-2-c.indent)

	atFirst := starts && strings.TrimSpace(line[:e.rail.from.off]) == ""
	if atFirst {
		c.rail = '/'
	}
	c.source(n)
	if starts {
		if !atFirst {
			r := c.row()
			r.fill(2, c.column(e.rail.from.off), '_', p.main)
			r.put(c.column(e.rail.from.off), '^', p.main)
			r.write()
		}
		c.rail = '|'
	}
	c.underline(here)
	if ends {
		r := c.row()
		last := max(c.column(e.rail.to.off)-1, c.indent)
		r.fill(2, last, '_', p.main)
		r.put(last, '^', p.main)
		r.label(last+2, e.rail.label, p.main)
		r.write()
	}
}

// canvas draws one line of source and the rows under it. Its columns count
// from behind the bar of the gutter.
type canvas struct {
	*printer
	view
	indent int  // columns in front of the text
	rail   rune // what stands at the left edge of the next rows
}

// column returns where the byte at off of the source line is drawn.
func (c *canvas) column(off int) int { return c.indent + c.view.column(off) }

// source writes the line itself.
func (c *canvas) source(n int) {
	c.number(n, gutterMark, "|")
	text := c.text()
	if c.rail != ' ' {
		c.w.WriteByte(' ')
		c.print(c.main, string(c.rail))
		if text != "" {
			c.w.WriteByte(' ')
		}
	} else if text != "" {
		c.w.WriteString(strings.Repeat(" ", c.indent))
	}
	c.w.WriteString(text + "\n")
}

// underline writes the rows under a line: all marks in the first, the label of
// the rightmost behind it, each other label on a row of its own, tied to its
// mark by a line.
func (c *canvas) underline(marks []mark) {
	if len(marks) == 0 {
		return
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Compare(a.from.off, b.from.off)
	})
	r := c.row()
	for _, primary := range []bool{false, true} { // so that the main place lies on top
		for _, m := range marks {
			if m.primary == primary {
				from := c.column(m.from.off)
				r.fill(from, max(c.column(m.to.off), from+1), c.sign(m), c.styleOf(m))
			}
		}
	}
	last := marks[len(marks)-1]
	hanging := slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.label == "" })
	if last.label != "" && !slices.ContainsFunc(marks, func(m mark) bool { return m.to.off > last.to.off }) {
		r.label(r.len()+1, last.label, c.styleOf(last))
		hanging = hanging[:len(hanging)-1]
	}
	r.write()
	for i := len(hanging) - 1; i >= 0; i-- {
		if i == len(hanging)-1 {
			c.ties(hanging).write()
		}
		m := hanging[i]
		r := c.ties(hanging[:i])
		r.label(c.column(m.from.off), m.label, c.styleOf(m))
		r.write()
	}
}

// ties returns a row with a line down from each mark.
func (c *canvas) ties(marks []mark) *row {
	r := c.row()
	for _, m := range marks {
		r.put(c.column(m.from.off), '|', c.styleOf(m))
	}
	return r
}

func (c *canvas) sign(m mark) rune {
	if m.primary {
		return '^'
	}
	return '-'
}

func (c *canvas) styleOf(m mark) style {
	if m.primary {
		return c.main
	}
	return relatedMark
}
