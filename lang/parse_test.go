package lang_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// valid returns the corpus of files without a mistake.
func valid(t testing.TB) []*ast.Source {
	t.Helper()
	paths, err := filepath.Glob("testdata/valid/*.chaos")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var list []*ast.Source
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, ast.NewSource(p, string(text)))
	}
	return list
}

func TestValid(t *testing.T) {
	t.Parallel()
	for _, src := range valid(t) {
		_, problems := lang.Parse(src)
		for _, d := range problems {
			t.Errorf("%s: %s %s", diag.Place(d.Source, d.Span), d.Code, d.Message)
		}
	}
}
