package ctk

import (
	"fmt"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// Every mistake that an import can tell is a constructor in one of the files
// errors*.go, and nowhere else.

// mistake is a diagnostic that is being put together.
type mistake struct{ diag.Diagnostic }

// Error makes a mistake an error, which the readers hand up.
func (m *mistake) Error() string { return m.Message }

func fault(code string, src *ast.Source, at ast.Span, format string, args ...any) *mistake {
	return &mistake{diag.Diagnostic{Code: code, Message: fmt.Sprintf(format, args...), Source: src, Span: at}}
}

func warning(code string, src *ast.Source, at ast.Span, format string, args ...any) *mistake {
	m := fault(code, src, at, format, args...)
	m.Severity = diag.Warning
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

func (m *mistake) related(at ast.Span, format string, args ...any) *mistake {
	m.Related = append(m.Related, diag.Related{Source: m.Source, Span: at, Message: fmt.Sprintf(format, args...)})
	return m
}

// edit adds a help that replaces a span, which may be empty, by a text.
func (m *mistake) edit(at ast.Span, text, format string, args ...any) *mistake {
	m.Help = append(m.Help, diag.Help{Message: fmt.Sprintf(format, args...), Edits: []diag.Edit{{Span: at, Text: text}}})
	return m
}

// nearest adds the help that a near name gives, if there is one.
func (m *mistake) nearest(word string, candidates []string) *mistake {
	near, ok := diag.Nearest(word, candidates)
	if !ok {
		return m
	}
	at := m.Span
	if i := strings.Index(m.Source.Slice(at), word); i >= 0 {
		at.Start += ast.Pos(i)
		at.End = at.Start + ast.Pos(len(word))
		return m.edit(at, near, "there is `%s`", near)
	}
	return m.help("there is `%s`", near)
}
