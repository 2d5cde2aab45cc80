// Package diag holds the one form in which every mistake of a source is told:
// what is wrong, where, and what to write instead.
//
// Each phase has one file of named constructors, one for each mistake
// (lang/errors.go, lang/check/errors.go, …); the codes they use and the pages
// that `chaosc explain` prints stand in this package.
package diag

import (
	"cmp"
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

// Severity says how bad a diagnostic is.
type Severity uint8

// The severities. Only errors keep an experiment from running.
const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diagnostic is one mistake.
type Diagnostic struct {
	Code     string // of the table, as "E0203" or "W0101"
	Severity Severity
	Message  string // one sentence, lower case, without a full stop
	Source   *ast.Source
	Span     ast.Span  // what is underlined
	Label    string    // said under the underline; may be empty
	Related  []Related // other places that explain it
	Notes    []string  // further facts, a line each
	Help     []Help    // ways out, the likeliest first
}

// Related is a place that explains a diagnostic, as where a name was declared.
type Related struct {
	Source  *ast.Source
	Span    ast.Span
	Message string
}

// Help is one way out. With an Edit it can be applied by an editor.
type Help struct {
	Message string // as "write `2s`"
	Edits   []Edit // of the diagnostic's source; may be empty
}

// Edit replaces a span (empty to insert) by a text.
type Edit struct {
	Span ast.Span
	Text string
}

// List is what a phase found.
type List []*Diagnostic

// HasErrors reports whether one of them is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d *Diagnostic) bool { return d.Severity == Error })
}

// Sort brings the diagnostics into the order of the text, file by file in the
// order in which the files first appear, and drops doubles: the same code at
// the same place.
func (l List) Sort() List {
	rank := map[*ast.Source]int{}
	for _, d := range l {
		if _, ok := rank[d.Source]; !ok {
			rank[d.Source] = len(rank)
		}
	}
	slices.SortStableFunc(l, func(a, b *Diagnostic) int {
		return cmp.Or(cmp.Compare(rank[a.Source], rank[b.Source]),
			cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Severity, b.Severity))
	})
	return slices.CompactFunc(l, func(a, b *Diagnostic) bool {
		return a.Source == b.Source && a.Span == b.Span && a.Code == b.Code && a.Message == b.Message
	})
}

// Error makes a list usable as an error; its text is the first message with
// its place.
func (l List) Error() string {
	for _, d := range l {
		if d.Severity == Error {
			return Place(d.Source, d.Span) + ": " + d.Message
		}
	}
	return "no error"
}
