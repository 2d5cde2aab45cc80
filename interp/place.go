package interp

import (
	"strings"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// placeOf turns a place of the program into one of the journal. Its text is
// the source on one line.
func placeOf(at program.Loc) journal.Place {
	if at.Source == nil {
		return journal.Place{}
	}
	p := at.Source.Position(at.Start)
	return journal.Place{File: at.Source.Name, Line: p.Line, Column: p.Column,
		Text: strings.Join(strings.Fields(at.Text()), " ")}
}
