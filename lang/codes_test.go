package lang_test

import (
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// TestCodes parses the examples of all syntax codes.
func TestCodes(t *testing.T) {
	t.Parallel()
	n := 0
	for _, c := range diag.Codes() {
		if !strings.HasPrefix(c.Code, "E00") && !strings.HasPrefix(c.Code, "E01") {
			continue
		}
		n++
		if _, problems := lang.Parse(ast.NewSource("wrong", c.Wrong)); len(problems) != 1 || problems[0].Code != c.Code {
			t.Errorf("%s: the wrong example gives %s", c.Code, compact(problems))
		}
		if _, problems := lang.Parse(ast.NewSource("right", c.Right)); len(problems) > 0 {
			t.Errorf("%s: the right example gives %s", c.Code, compact(problems))
		}
		if c.Title == "" || c.Text == "" {
			t.Errorf("%s has no page", c.Code)
		}
	}
	if n < 35 {
		t.Errorf("only %d codes", n)
	}
}
