package diag

import (
	"strconv"

	"github.com/chaosc-lang/chaosc/ast"
)

// Place writes where a span starts, as name:line:column.
func Place(s *ast.Source, r ast.Span) string {
	if s == nil {
		return "-"
	}
	p := s.Position(r.Start)
	return s.Name + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}
