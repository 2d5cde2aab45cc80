package diag

import (
	"strings"
	"unicode/utf8"
)

// view is the part of a source line that fits the page.
type view struct {
	cells
	base        int // bytes of the line that were left out before laying it out
	from, to    int // columns of the cells that are shown
	left, right bool
}

const ellipsis = "…"

// newView lays a line out so that the bytes from and to of it are seen, in at
// most room columns.
func newView(line string, from, to, room int) view {
	room = max(room, 20)
	var v view
	if len(line) > 16*room { // so that a file on one line costs no more than its excerpt
		lo := runeStart(line, max(0, from-4*room))
		hi := runeStart(line, min(len(line), lo+16*room))
		v.base, v.left, v.right = lo, lo > 0, hi < len(line)
		line = line[lo:hi]
	}
	v.cells = layout(line)
	v.to = v.width
	if v.width <= room {
		return v
	}
	first, last := v.cells.column(from-v.base), v.cells.column(to-v.base)
	inner := room - 2
	if last > inner {
		spare := inner - (last - first)
		v.from = first - max(spare, inner/2)/2
		v.from = max(0, min(v.from, v.width-inner))
	}
	v.to = min(v.from+inner, v.width)
	v.left = v.left || v.from > 0
	v.right = v.right || v.to < v.width
	return v
}

// runeStart moves off to the start of the rune it is in.
func runeStart(s string, off int) int {
	for off > 0 && off < len(s) && !utf8.RuneStart(s[off]) {
		off--
	}
	return off
}

// text returns what is shown of the line.
func (v *view) text() string {
	s := v.slice(v.from, v.to)
	if v.left {
		s = ellipsis + s
	}
	if v.right {
		return s + ellipsis
	}
	return strings.TrimRight(s, " ")
}

// column returns where the byte at off of the line is shown; what is cut away
// is at the edge.
func (v *view) column(off int) int {
	c := max(v.from, min(v.cells.column(off-v.base), v.to)) - v.from
	if v.left {
		c++
	}
	return c
}

// row is a line of marks under a line of source.
type row struct {
	c      *canvas
	runes  []rune
	styles []style
}

// row starts a row with the rail at its left edge.
func (c *canvas) row() *row {
	r := &row{c: c}
	if c.rail != ' ' {
		r.put(1, c.rail, c.main)
	}
	return r
}

func (r *row) len() int { return len(r.runes) }

func (r *row) put(col int, sign rune, s style) {
	for len(r.runes) <= col {
		r.runes = append(r.runes, ' ')
		r.styles = append(r.styles, plain)
	}
	r.runes[col], r.styles[col] = sign, s
}

func (r *row) fill(from, to int, sign rune, s style) {
	for col := from; col < to; col++ {
		r.put(col, sign, s)
	}
}

// label writes a text that ends the row.
func (r *row) label(col int, text string, s style) {
	for i, c := range []rune(text) {
		r.put(col+i, c, s)
	}
}

// write puts the row out, each run of one style at a time.
func (r *row) write() {
	r.c.bar()
	for i := 0; i < len(r.runes); {
		j := i + 1
		for j < len(r.runes) && r.styles[j] == r.styles[i] {
			j++
		}
		r.c.print(r.styles[i], string(r.runes[i:j]))
		i = j
	}
	r.c.w.WriteByte('\n')
}
