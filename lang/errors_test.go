package lang_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

// compact writes diagnostics a line each: place, code, message, related
// places, help.
func compact(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s %s", place(d.Source, d.Span), d.Code, d.Message)
		for _, r := range d.Related {
			fmt.Fprintf(&b, " (%s %s)", place(r.Source, r.Span), r.Message)
		}
		for _, h := range d.Help {
			b.WriteString(" | " + h.Message)
			for _, e := range h.Edits {
				fmt.Fprintf(&b, " [%s %q]", place(d.Source, e.Span), e.Text)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func place(src *ast.Source, s ast.Span) string {
	a, b := src.Position(s.Start), src.Position(s.End)
	return fmt.Sprintf("%d:%d-%d:%d", a.Line, a.Column, b.Line, b.Column)
}

// TestErrors reads txtar files: each file in one is a source; its expected
// diagnostics stand in the file of the same name with .want behind it.
func TestErrors(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := &txtar.Archive{Comment: archive.Comment}
		want := map[string]string{}
		for _, f := range archive.Files {
			if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
				want[name] = string(f.Data)
			}
		}
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".want") {
				continue
			}
			_, problems := lang.Parse(ast.NewSource(f.Name, string(f.Data)))
			text := compact(problems)
			if text != want[f.Name] && !*update {
				t.Errorf("%s: %s gives\n%swant\n%s", path, f.Name, text, want[f.Name])
			}
			got.Files = append(got.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(text)})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
