package diag

// This file lays a line of source out in terminal cells, so that a mark drawn
// under it stays under the text it means: tabs are widened, wide and combining
// runes counted as the terminal counts them (grapheme clusters of UAX #29),
// and everything that could move the cursor, change a colour or reorder the
// line is replaced by a visible sign.

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const tabWidth = 4

// cell is the smallest piece of a line that can be printed or left out.
type cell struct {
	text  string
	off   int // byte offset in the line
	col   int // first column, from 0
	width int
}

// cells is a line of source as it is shown.
type cells struct {
	list  []cell
	width int // columns of the whole
	size  int // bytes of the line
}

// layout splits a line into cells.
func layout(line string) cells {
	c := cells{list: make([]cell, 0, len(line)), size: len(line)}
	for off := 0; off < len(line); {
		size, text, width := nextCell(line[off:], c.width)
		c.list = append(c.list, cell{text, off, c.width, width})
		off += size
		c.width += width
	}
	return c
}

// nextCell takes the first cell off s, which starts in column col.
func nextCell(s string, col int) (size int, text string, width int) {
	if b := s[0]; b < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		if b == '\t' {
			width = tabWidth - col%tabWidth
			return 1, strings.Repeat(" ", width), width
		}
		if b >= ' ' && b != 0x7f {
			return 1, s[:1], 1
		}
	}
	cluster, _, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	if isPrintable(cluster) {
		return len(cluster), cluster, width
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '\t':
		width = tabWidth - col%tabWidth
		return 1, strings.Repeat(" ", width), width
	case r == utf8.RuneError && size == 1:
		return 1, "\uFFFD", 1
	case r < ' ':
		return size, string('\u2400' + r), 1
	case r == 0x7f:
		return size, "\u2421", 1
	case unicode.IsGraphic(r):
		return size, string(r), uniseg.StringWidth(string(r))
	}
	text = fmt.Sprintf("<U+%04X>", r)
	return size, text, len(text)
}

// isPrintable reports whether a cluster does nothing but show itself.
func isPrintable(cluster string) bool {
	for i, r := range cluster {
		joiner := i > 0 && (r == '\u200C' || r == '\u200D')
		if !joiner && !unicode.IsGraphic(r) || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// column returns the column in which the byte at off is shown; an offset
// behind the line gives the column behind it.
func (c cells) column(off int) int {
	lo, hi := 0, len(c.list)
	for lo < hi {
		mid := (lo + hi) / 2
		if end := c.end(mid); end <= off {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(c.list) {
		return c.width
	}
	return c.list[lo].col
}

// end returns the byte offset behind cell i.
func (c cells) end(i int) int {
	if i+1 < len(c.list) {
		return c.list[i+1].off
	}
	return c.size
}

// slice returns what stands in the columns [from, to). Of a cell that the
// start cuts in two, spaces are left.
func (c cells) slice(from, to int) string {
	var b strings.Builder
	for _, x := range c.list {
		end := x.col + x.width
		switch {
		case x.col >= from && end <= to:
			b.WriteString(x.text)
		case x.col < from && end > from:
			b.WriteString(strings.Repeat(" ", end-from))
		}
	}
	return b.String()
}

// clean returns a text without anything that a terminal would obey.
func clean(s string) string {
	for i := range len(s) {
		if b := s[i]; b < ' ' || b >= 0x7f {
			l := layout(s)
			return l.slice(0, l.width)
		}
	}
	return s
}
