package diag

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

const pageWidth = 80

// WriteExplain writes the page of a code: what it means, a piece of source
// that has the mistake, and the same put right.
func WriteExplain(w io.Writer, c Code) error {
	out := bufio.NewWriter(w)
	out.WriteString(c.Code + ": " + c.Title + "\n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(c.Text), "\n\n") {
		if paragraph != "" {
			out.WriteByte('\n')
			wrap(out, paragraph)
		}
	}
	example(out, "Wrong:", c.Wrong)
	example(out, "Right:", c.Right)
	return out.Flush()
}

// wrap writes a paragraph in lines of at most pageWidth columns.
func wrap(w *bufio.Writer, text string) {
	column := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
		case column+1+n > pageWidth:
			w.WriteByte('\n')
			column = 0
		default:
			w.WriteByte(' ')
			column++
		}
		w.WriteString(word)
		column += n
	}
	w.WriteByte('\n')
}

func example(w *bufio.Writer, title, source string) {
	source = strings.Trim(source, "\n")
	if source == "" {
		return
	}
	w.WriteString("\n" + title + "\n\n")
	for line := range strings.SplitSeq(source, "\n") {
		if line != "" {
			w.WriteString("    " + line)
		}
		w.WriteByte('\n')
	}
}
