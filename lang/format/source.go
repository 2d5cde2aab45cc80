package format

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// Source formats a text. A text with errors is not formatted: the result is
// nil then, and the list says why.
func Source(src *ast.Source) ([]byte, diag.List) {
	f, problems := lang.Parse(src)
	if problems.HasErrors() {
		return nil, problems
	}
	return Format(f), problems
}
