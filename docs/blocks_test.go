package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// block matches a fenced block of .chaos source.
var block = regexp.MustCompile("(?ms)^```chaos\n(.*?)^```$")

// TestBlocksCheckAndAreFormatted reads every piece of .chaos source in the
// documentation: whole files check without an error and are formatted;
// statements and expressions parse.
func TestBlocksCheckAndAreFormatted(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Glob("../examples/*/README.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, page := range append(append(pages, examples...), "../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range block.FindAllSubmatchIndex(text, -1) {
			n++
			line := 1 + strings.Count(string(text[:m[2]]), "\n")
			name := filepath.Join(filepath.Dir(page), fmt.Sprintf("%s line %d", filepath.Base(page), line))
			checkBlock(t, ast.NewSource(name, string(text[m[2]:m[3]])))
		}
	}
	if n < 10 {
		t.Errorf("only %d blocks were found", n)
	}
}

func checkBlock(t *testing.T, src *ast.Source) {
	t.Helper()
	tree, list := lang.Parse(src)
	if list.HasErrors() || len(tree.Decls) == 0 {
		parseFragment(t, src)
		return
	}
	unit, list := load.Source(src)
	_, more := check.Check(unit, all.Registry())
	if list = append(list, more...); list.HasErrors() {
		t.Errorf("%s does not check:\n%s", src.Name, rendered(list))
	}
	if out, _ := format.Source(src); string(out) != src.Text {
		t.Errorf("%s is not formatted; chaosc fmt makes it\n%s", src.Name, out)
	}
}

// parseFragment parses statements, or else one expression.
func parseFragment(t *testing.T, src *ast.Source) {
	t.Helper()
	var first diag.List
	for _, frame := range []string{"experiment \"x\" {\nmethod {\n%s}\n}\n", "let x = (%s)\n"} {
		_, list := lang.Parse(ast.NewSource(src.Name, fmt.Sprintf(frame, src.Text)))
		if !list.HasErrors() {
			return
		}
		if first == nil {
			first = list
		}
	}
	t.Errorf("%s does not parse:\n%s", src.Name, rendered(first))
}

func rendered(list diag.List) string {
	var b strings.Builder
	diag.Render(&b, list, diag.Options{})
	return b.String()
}
