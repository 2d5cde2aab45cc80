package diag

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// fix is a help with edits, worked out: the lines as they are and as they
// would be.
type fix struct {
	message  string
	first    int // number of the first line
	old, new []string
	touched  []touch // what is new; nil where lines come or go
}

// touch is a stretch of new text in one line.
type touch struct {
	line     int // index in fix.new
	from, to int // bytes
	sign     rune
}

// fixesOf works out the helps that have edits.
func fixesOf(d *Diagnostic) []fix {
	var list []fix
	for _, h := range d.Help {
		if d.Source != nil && len(h.Edits) > 0 {
			list = append(list, newFix(d.Source, h))
		}
	}
	return list
}

func newFix(s *ast.Source, h Help) fix {
	edits := slices.Clone(h.Edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	first := s.Position(edits[0].Span.Start).Line
	last := first
	for _, e := range edits {
		last = max(last, s.Position(e.Span.End).Line)
	}
	start := s.LineStart(first)
	end := s.LineStart(last) + ast.Pos(len(s.Line(last)))

	f := fix{message: h.Message, first: first}
	inPlace := true
	var b strings.Builder
	for done := start; ; {
		if len(edits) == 0 {
			b.WriteString(s.Slice(ast.Span{Start: done, End: end}))
			break
		}
		e := edits[0]
		edits = edits[1:]
		b.WriteString(s.Slice(ast.Span{Start: done, End: e.Span.Start}))
		from := b.Len()
		b.WriteString(e.Text)
		done = max(done, e.Span.End)

		removed := s.Slice(e.Span)
		inPlace = inPlace && e.Text != "" && !strings.Contains(e.Text, "\n") && !strings.Contains(removed, "\n")
		sign := '~'
		if removed == "" {
			sign = '+'
		}
		so := b.String()[:from]
		lineStart := strings.LastIndexByte(so, '\n') + 1
		f.touched = append(f.touched, touch{strings.Count(so, "\n"), from - lineStart, b.Len() - lineStart, sign})
	}
	f.old = splitLines(s.Slice(ast.Span{Start: start, End: end}))
	f.new = splitLines(b.String())
	if !inPlace {
		f.touched = nil
		f.trim()
	}
	return f
}

func splitLines(s string) []string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}

// trim drops the lines at the end that stay as they are, and those at the
// start but one, which shows where the new ones go.
func (f *fix) trim() {
	for len(f.old) > 0 && len(f.new) > 0 && f.old[len(f.old)-1] == f.new[len(f.new)-1] {
		f.old, f.new = f.old[:len(f.old)-1], f.new[:len(f.new)-1]
	}
	for len(f.old) > 1 && len(f.new) > 1 && f.old[0] == f.new[0] && f.old[1] == f.new[1] {
		f.old, f.new = f.old[1:], f.new[1:]
		f.first++
	}
}

func (f *fix) lastLine() int { return f.first + max(len(f.old), len(f.new)) - 1 }

// fix writes a help and the text that results from it.
func (p *printer) fix(f fix) {
	p.print(helpMark, "help")
	p.w.WriteString(": " + clean(f.message) + "\n")
	p.gap()
	if f.touched == nil {
		p.difference(f)
		return
	}
	shown := -1
	for i := 0; i < len(f.touched); {
		n := f.touched[i].line
		j := i
		for j < len(f.touched) && f.touched[j].line == n {
			j++
		}
		if shown >= 0 && n > shown+1 {
			p.print(gutterMark, "...")
			p.w.WriteByte('\n')
		}
		shown = n
		here := f.touched[i:j]
		c := canvas{printer: p, indent: 1, rail: ' '}
		c.view = newView(f.new[n], here[0].from, here[len(here)-1].to, p.width-p.digits-3)
		c.source(f.first + n)
		r := c.row()
		for _, t := range here {
			r.fill(c.column(t.from), c.column(t.to), t.sign, addedMark)
		}
		r.write()
		i = j
	}
}

// difference writes lines that go and lines that come.
func (p *printer) difference(f fix) {
	n, old, new := f.first, f.old, f.new
	if len(old) > 0 && len(new) > 0 && old[0] == new[0] {
		p.changed(n, gutterMark, "|", old[0])
		n, old, new = n+1, old[1:], new[1:]
	}
	for i, l := range old {
		p.changed(n+i, removedMark, "-", l)
	}
	for i, l := range new {
		p.changed(n+i, addedMark, "+", l)
	}
}

func (p *printer) changed(n int, s style, sign, line string) {
	p.number(n, s, sign)
	v := newView(line, 0, 0, p.width-p.digits-3)
	if text := v.text(); text != "" {
		p.w.WriteByte(' ')
		if s == gutterMark {
			s = plain
		}
		p.print(s, text)
	}
	p.w.WriteByte('\n')
}
