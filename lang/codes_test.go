package lang_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// TestCodes parses the examples of all syntax codes. What is said of the wrong
// ones stands, as a user sees it, in testdata/codes.txt.
func TestCodes(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, c := range diag.Codes() {
		if !strings.HasPrefix(c.Code, "E00") && !strings.HasPrefix(c.Code, "E01") {
			continue
		}
		if c.Title == "" || c.Text == "" {
			t.Errorf("%s has no page", c.Code)
		}
		if c.Code == "E0022" || c.Code == "E0199" {
			continue // too large for an example; never seen
		}
		_, problems := lang.Parse(ast.NewSource("wrong.chaos", c.Wrong))
		if len(problems) != 1 || problems[0].Code != c.Code {
			t.Errorf("%s: the wrong example gives %s", c.Code, compact(problems))
		}
		if err := diag.Render(&all, problems, diag.Options{}); err != nil {
			t.Error(err)
		}
		all.WriteString("\n")
		if _, problems := lang.Parse(ast.NewSource("right.chaos", c.Right)); len(problems) > 0 {
			t.Errorf("%s: the right example gives %s", c.Code, compact(problems))
		}
	}
	const path = "testdata/codes.txt"
	if *update {
		if err := os.WriteFile(path, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != all.String() {
		t.Errorf("%s is not current (%v): look at it after go test ./lang -run TestCodes -update", path, err)
	}
}
