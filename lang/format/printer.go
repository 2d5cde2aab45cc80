package format

// This file holds the layout technique. Text goes into one growing buffer.
// Whatever can break is first written flat, on trial: the trial ends with the
// first column too many, what it wrote is taken back, and the thing is written
// broken. A trial costs at most a line, so the whole is linear.

import (
	"math"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/ast"
)

const (
	lineWidth   = 100 // columns, counted in runes; comments do not count
	indentWidth = 4
)

type printer struct {
	buf    []byte
	indent int         // levels
	src    *ast.Source // where blank lines are looked up; nil when there is no .chaos text
	notes  ast.Comments
	line   line
	trial  trial
	run    run
	holes  int // strings we are inside of
}

// line is the state of the line that is being written.
type line struct {
	col     int  // columns written
	started bool // its indentation stands
	comment bool // it ends with a comment
	equals  mark // where the `=` of a line that can be aligned stands
}

// trial says whether what is written must stay on one line.
type trial struct {
	flat   bool
	failed bool
	limit  int // columns
}

// write puts a text without line ends behind what is there.
func (p *printer) write(s string) {
	if p.trial.failed || s == "" {
		return
	}
	if p.line.comment {
		p.newline()
	}
	if !p.line.started {
		p.line.started = true
		for range p.indent * indentWidth {
			p.buf = append(p.buf, ' ')
		}
		p.line.col = p.indent * indentWidth
	}
	p.buf = append(p.buf, s...)
	p.line.col += utf8.RuneCountInString(s)
	if p.trial.flat && p.line.col > p.trial.limit {
		p.trial.failed = true
	}
}

// newline ends the line. The next one is indented when something is written.
func (p *printer) newline() {
	if p.trial.flat {
		p.trial.failed = true
		return
	}
	if len(p.buf) > 0 {
		p.buf = append(p.buf, '\n')
	}
	p.line = line{}
}

// try runs f, which must stay on this line and leave reserve columns of it. If
// it does not, what it wrote is taken back, and try returns false. Within
// another trial it just runs f.
func (p *printer) try(reserve int, f func()) bool {
	if p.trial.flat {
		f()
		return true
	}
	size, line := len(p.buf), p.line
	p.trial = trial{flat: true, limit: lineWidth - reserve}
	f()
	ok := !p.trial.failed
	p.trial = trial{}
	if !ok {
		p.buf, p.line = p.buf[:size], line
	}
	return ok
}

// unbroken runs f, which stays on this line however long it gets.
func (p *printer) unbroken(f func()) {
	if p.trial.flat {
		f()
		return
	}
	p.trial = trial{flat: true, limit: math.MaxInt}
	f()
	p.trial = trial{}
}

// block writes braces around what body writes, a level deeper; body starts
// each of its lines with a newline.
func (p *printer) block(owner ast.Node, body func()) {
	p.align()
	p.write("{")
	size := len(p.buf)
	p.indent++
	body()
	p.inner(owner, len(p.buf) == size)
	p.align()
	p.indent--
	if len(p.buf) > size {
		p.newline()
	}
	p.write("}")
}

// mark is a place in the buffer and its column.
type mark struct {
	at, col int
}

// aligned is a line of a run.
type aligned struct {
	equals mark
	end    int // column
}

// run is a row of lines with `=` that follow each other and are of one kind:
// their `=` stand in one column, if all of them still fit.
type run struct {
	kind  string
	lines []aligned
}

// equals writes ` = ` at a place where lines can be aligned.
func (p *printer) equals() {
	p.line.equals = mark{len(p.buf), p.line.col}
	p.write(" = ")
}

// join takes the line that was just written, from the byte start on, into the
// run of its kind. A line that can not be aligned ends the run.
func (p *printer) join(kind string, start int) {
	e := p.line.equals
	if e.at <= start { // broken lines have lost their mark
		p.align()
		return
	}
	if p.run.kind != kind {
		p.align()
		p.run.kind = kind
	}
	p.run.lines = append(p.run.lines, aligned{e, p.line.col})
}

// align ends the run and puts its `=` in one column.
func (p *printer) align() {
	lines := p.run.lines
	p.run = run{lines: lines[:0]}
	widest, total := 0, 0
	for _, l := range lines {
		widest = max(widest, l.equals.col)
	}
	for _, l := range lines {
		pad := widest - l.equals.col
		if l.end+pad > lineWidth {
			return
		}
		total += pad
	}
	if total == 0 {
		return
	}
	from := len(p.buf)
	for range total {
		p.buf = append(p.buf, ' ')
	}
	to := len(p.buf)
	for i := len(lines) - 1; i >= 0; i-- { // from the back, so that nothing is overwritten
		e := lines[i].equals
		to -= from - e.at
		copy(p.buf[to:], p.buf[e.at:from])
		from = e.at
		for range widest - e.col {
			to--
			p.buf[to] = ' '
		}
	}
}
