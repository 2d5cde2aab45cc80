package diag

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/fatih/color"

	"github.com/chaosc-lang/chaosc/ast"
)

// Options say how diagnostics are shown as text.
type Options struct {
	Color bool // ANSI colours; this package never looks at the terminal itself
	Width int  // columns that an excerpt may take; 0 means 140
}

const defaultWidth = 140

// Render writes diagnostics for people: message, excerpt with the place
// underlined, related places, notes, and the text to write instead. Nothing of
// a source reaches the terminal as a control sequence.
func Render(w io.Writer, l List, opts Options) error {
	if opts.Width <= 0 {
		opts.Width = defaultWidth
	}
	out := bufio.NewWriter(w)
	p := &printer{w: out, width: opts.Width, palette: newPalette(opts.Color)}
	for i, d := range l {
		if i > 0 {
			out.WriteByte('\n')
		}
		p.diagnostic(d)
	}
	return out.Flush()
}

// Summary counts what a list holds, as "2 errors, 1 warning in a.chaos". It is
// empty for an empty list.
func Summary(l List) string {
	var errors, warnings int
	var files []string
	seen := map[string]bool{}
	for _, d := range l {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
		if d.Source != nil && !seen[d.Source.Name] {
			seen[d.Source.Name] = true
			files = append(files, d.Source.Name)
		}
	}
	var parts []string
	if errors > 0 {
		parts = append(parts, count(errors, "error"))
	}
	if warnings > 0 {
		parts = append(parts, count(warnings, "warning"))
	}
	s := strings.Join(parts, ", ")
	switch len(files) {
	case 0:
		return s
	case 1:
		return s + " in " + clean(files[0])
	}
	return s + " in " + count(len(files), "file")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// style is a role that a piece of output plays; the palette gives its colour.
type style uint8

const (
	plain style = iota
	strong
	errorMark
	warningMark
	relatedMark
	gutterMark
	helpMark
	addedMark
	removedMark
	styleCount
)

type palette [styleCount]*color.Color

// newPalette makes colours that ignore the package-wide switch of the colour
// library: whoever calls decides.
func newPalette(on bool) *palette {
	p := &palette{
		strong:      color.New(color.Bold),
		errorMark:   color.New(color.FgRed, color.Bold),
		warningMark: color.New(color.FgYellow, color.Bold),
		relatedMark: color.New(color.FgBlue, color.Bold),
		gutterMark:  color.New(color.FgBlue, color.Bold),
		helpMark:    color.New(color.FgCyan, color.Bold),
		addedMark:   color.New(color.FgGreen),
		removedMark: color.New(color.FgRed),
	}
	for _, c := range p {
		switch {
		case c == nil:
		case on:
			c.EnableColor()
		default:
			c.DisableColor()
		}
	}
	return p
}

// printer writes one diagnostic after another.
type printer struct {
	w       *bufio.Writer
	width   int
	palette *palette
	digits  int   // width of the line numbers of this diagnostic
	main    style // colour of its severity
}

func (p *printer) print(s style, text string) {
	if c := p.palette[s]; c != nil && text != "" {
		text = c.Sprint(text)
	}
	p.w.WriteString(text)
}

func (p *printer) diagnostic(d *Diagnostic) {
	p.main = errorMark
	if d.Severity == Warning {
		p.main = warningMark
	}
	head := d.Severity.String()
	if d.Code != "" {
		head += "[" + d.Code + "]"
	}
	p.print(p.main, head)
	p.print(strong, ": "+clean(d.Message))
	p.w.WriteByte('\n')

	excerpts := excerptsOf(d)
	fixes := fixesOf(d)
	last := 0
	for _, e := range excerpts {
		last = max(last, e.lastLine())
	}
	for _, f := range fixes {
		last = max(last, f.lastLine())
	}
	p.digits = len(strconv.Itoa(last))
	for i, e := range excerpts {
		if i > 0 {
			p.gap()
		}
		p.excerpt(e)
	}
	said := p.remarks(d, len(excerpts) > 0)
	for i, f := range fixes {
		if i == 0 && !said {
			p.gap()
		}
		p.fix(f)
	}
}

// remarks writes what has no excerpt: notes, helps without a text to show,
// related places without a source. It reports whether there was any.
func (p *printer) remarks(d *Diagnostic, below bool) (said bool) {
	say := func(word, text string) {
		if below && !said {
			p.gap()
		}
		said = true
		head := strings.Repeat(" ", p.digits+1) + "= "
		p.print(gutterMark, head)
		p.print(strong, word+": ")
		first, rest, more := strings.Cut(text, "\n")
		p.w.WriteString(clean(first) + "\n")
		for more {
			first, rest, more = strings.Cut(rest, "\n")
			p.w.WriteString(strings.Repeat(" ", len(head)+len(word)+2) + clean(first) + "\n")
		}
	}
	for _, r := range d.Related {
		switch {
		case r.Source == nil:
			say("note", r.Message)
		case r.Span.IsZero():
			say("note", r.Message+" ("+r.Source.Name+")")
		}
	}
	for _, n := range d.Notes {
		say("note", n)
	}
	for _, h := range d.Help {
		if d.Source == nil || len(h.Edits) == 0 {
			say("help", h.Message)
		}
	}
	return said
}

// arrow writes the line above an excerpt that says where it stands.
func (p *printer) arrow(s *ast.Source, at string) {
	p.print(gutterMark, strings.Repeat(" ", p.digits)+"--> ")
	p.w.WriteString(clean(s.Name) + at + "\n")
}

// gap writes an empty line of the gutter.
func (p *printer) gap() {
	p.bar()
	p.w.WriteByte('\n')
}

// bar writes the gutter of a line that is not one of the source.
func (p *printer) bar() {
	p.print(gutterMark, strings.Repeat(" ", p.digits)+" |")
}

// number writes the gutter of line n of the source; sign is what stands
// between the number and the text.
func (p *printer) number(n int, s style, sign string) {
	text := strconv.Itoa(n)
	p.print(gutterMark, text+strings.Repeat(" ", p.digits-len(text)+1))
	p.print(s, sign)
}
