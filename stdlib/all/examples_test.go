package all_test

import (
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/format"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// checked returns the program of a text, and says what is wrong with it.
func checked(t *testing.T, name, text string) *program.Program {
	t.Helper()
	unit, diags := load.Source(ast.NewSource(name, text))
	p, more := check.Check(unit, all.Registry())
	for _, d := range append(diags, more...) {
		t.Errorf("%s: %s %s\n%s", name, d.Code, d.Message, text)
	}
	formatted, _ := format.Source(ast.NewSource(name, text))
	if p != nil && string(formatted) != text {
		t.Errorf("%s is formatted as\n%s\nwant\n%s", name, formatted, text)
	}
	return p
}

// TestExamples checks the examples, without a warning, and sees to it that they
// are written as fmt writes them. That of a pure function is a condition, which
// holds; that of another function is a statement of a method.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, f := range all.Registry().Functions() {
		example := f.Signature().Example
		if f.Kind() != types.Pure {
			indented := strings.ReplaceAll(example, "\n", "\n        ")
			checked(t, f.Name(), "experiment \"An example\" {\n    method {\n        "+indented+"\n        pause 1s\n    }\n}\n")
			continue
		}
		p := checked(t, f.Name(), "let holds = "+example+`

experiment "An example" {
    method {
        log "It holds: ${holds}"
    }
}
`)
		if p == nil {
			continue
		}
		if v, known := eval.Fold(p.Lets[0].Value); !known || v != true {
			t.Errorf("%s: %s is %v", f.Name(), example, v)
		}
	}
}
