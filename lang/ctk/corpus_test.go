package ctk_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/ctk"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// corpus returns the experiments of testdata/corpus, which were written for
// the real tool.
func corpus(t testing.TB) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"*.json", "*.yaml"} {
		paths, err := filepath.Glob(filepath.Join("testdata/corpus", pattern))
		if err != nil || len(paths) == 0 {
			t.Fatal("no experiments", err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.Base(path)] = string(text)
		}
	}
	return texts
}

// TestCorpus imports every experiment: what it becomes can be read, and where
// it needs no Python the checker takes it.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for name, text := range corpus(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k, _ := ctk.KindOf(name)
			f, problems := ctk.Import(ast.NewSource(name, text), k, ctk.Options{NoValidation: true})
			if f == nil {
				t.Fatal(rendered(t, problems))
			}
			for _, p := range problems {
				if _, ok := diag.Explain(p.Code); !ok {
					t.Errorf("%s has no page", p.Code)
				}
			}
			out := string(format.Format(f))
			checkText(t, out)
			u, more := load.Source(ast.NewSource("out.chaos", out), nil)
			said := append(more, checked(u)...)
			for _, p := range said {
				if p.Severity == diag.Error && !slices.Contains(needsBridge, p.Code) {
					t.Errorf("%s\n%s", rendered(t, diag.List{p}), out)
				}
			}
			// The tree says the same as its text.
			if a, b := codesIn(checked(unitOf(f))), codesIn(said); !slices.Equal(a, b) {
				t.Errorf("of the tree the checker says %v, of its text %v\n%s", a, b, out)
			}
		})
	}
}

// needsBridge are the codes of what the language knows, and this version of
// chaosc cannot do.
var needsBridge = []string{"E0507", "E0508"}

func checked(u *load.Unit) diag.List {
	_, problems := check.Check(u, all.Registry())
	return problems
}

// unitOf makes a unit of an imported tree, as the loader would.
func unitOf(f *ast.File) *load.Unit {
	file := &load.File{AST: f, Source: f.Source}
	for _, imp := range f.Imports {
		alias := imp.Alias
		if path, _ := imp.Path.Plain(); alias == nil {
			alias = &ast.Name{Span: imp.Path.Span, Text: path}
		}
		file.Imports = append(file.Imports, &load.Import{Decl: imp, Alias: alias})
	}
	return &load.Unit{Files: []*load.File{file}}
}

// codesIn counts the codes of a list.
func codesIn(list diag.List) []string {
	var codes []string
	for _, p := range list {
		codes = append(codes, p.Code)
	}
	slices.Sort(codes)
	return codes
}

// TestSize holds what conversions take: in the median at most half of the JSON
// with an indentation of four spaces.
func TestSize(t *testing.T) {
	t.Parallel()
	var shares []float64
	for name, text := range corpus(t) {
		var v any
		if !strings.HasSuffix(name, ".json") || json.Unmarshal([]byte(text), &v) != nil {
			continue
		}
		wide, err := json.MarshalIndent(v, "", "    ")
		if err != nil {
			t.Fatal(err)
		}
		chaos, _ := imported(t, name, text, ctk.Options{NoValidation: true})
		shares = append(shares, float64(len(chaos))/float64(len(wide)))
	}
	slices.Sort(shares)
	median := shares[len(shares)/2]
	t.Logf("median %.0f%% of %d experiments", 100*median, len(shares))
	if median > 0.5 {
		t.Errorf("the median is %.0f%%", 100*median)
	}
}
