package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// Every mistake that the checker knows is a constructor in one of the files
// errors_*.go and warnings.go, and nowhere else.

// mistake is a diagnostic that is being put together.
type mistake struct{ diag.Diagnostic }

func fault(code string, at program.Loc, format string, args ...any) *mistake {
	return &mistake{diag.Diagnostic{Code: code, Message: fmt.Sprintf(format, args...), Source: at.Source, Span: at.Span}}
}

func warning(code string, at program.Loc, format string, args ...any) *mistake {
	m := fault(code, at, format, args...)
	m.Severity = diag.Warning
	return m
}

func (m *mistake) label(format string, args ...any) *mistake {
	m.Label = fmt.Sprintf(format, args...)
	return m
}

func (m *mistake) related(at program.Loc, format string, args ...any) *mistake {
	m.Related = append(m.Related, diag.Related{Source: at.Source, Span: at.Span, Message: fmt.Sprintf(format, args...)})
	return m
}

func (m *mistake) note(format string, args ...any) *mistake {
	m.Notes = append(m.Notes, fmt.Sprintf(format, args...))
	return m
}

func (m *mistake) help(format string, args ...any) *mistake {
	m.Help = append(m.Help, diag.Help{Message: fmt.Sprintf(format, args...)})
	return m
}

// edit adds a help that replaces a span, which may be empty, by a text.
func (m *mistake) edit(at ast.Span, text, format string, args ...any) *mistake {
	m.Help = append(m.Help, diag.Help{Message: fmt.Sprintf(format, args...), Edits: []diag.Edit{{Span: at, Text: text}}})
	return m
}

// write adds the help to write a text instead of what is underlined.
func (m *mistake) write(text string) *mistake {
	return m.edit(m.Span, text, "write `%s`", text)
}

// maxCandidates is how many names are compared with a wrong one: no function
// or namespace of the library has more.
const maxCandidates = 300

// nearest adds the help that a near name gives, if there is one.
func (m *mistake) nearest(word string, candidates []string) *mistake {
	if len(candidates) > maxCandidates {
		return m
	}
	if near, ok := diag.Nearest(word, candidates); ok {
		text := near
		if m.Source.Slice(ast.Span{Start: m.Span.Start, End: m.Span.Start + 1}) == `"` {
			text = strconv.Quote(near)
		}
		return m.edit(m.Span, text, "there is `%s`", near)
	}
	return m
}

// listing adds a note that names what there is, where that is not too much.
func (m *mistake) listing(what string, names []string) *mistake {
	if len(names) == 0 || len(names) > 12 {
		return m
	}
	return m.note("%s: %s", what, strings.Join(names, ", "))
}

// a puts the article before a noun.
func a(noun string) string {
	if noun != "" && strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// number writes a count with its noun.
func number(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
