package check_test

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

var update = flag.Bool("update", false, "write what is found into the files of testdata")

// checked loads and checks one file of a set.
func checked(name string, files map[string]string) (*program.Program, diag.List) {
	open := func(path string) (io.ReadCloser, error) {
		text, ok := files[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(strings.NewReader(text)), nil
	}
	u, diags := load.Source(ast.NewSource(name, files[name]), open)
	p, more := check.Check(u, all.Registry())
	return p, append(diags, more...).Sort()
}

// TestDiagnostics holds what is said of each source of testdata, NAME.chaos,
// against the text that stands behind it, NAME.out.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	for path, archive := range archives(t) {
		files := map[string]string{}
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		var out []txtar.File
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".out") {
				continue
			}
			out = append(out, f)
			if !isCase(f.Name) {
				continue
			}
			name := strings.TrimSuffix(f.Name, ".chaos")
			got := rendered(t, f.Name, files)
			out = append(out, txtar.File{Name: name + ".out", Data: []byte(got)})
			if want := files[name+".out"]; !*update && got != want {
				t.Errorf("%s: %s\n--- got\n%s--- want\n%s", path, f.Name, got, want)
			}
		}
		if *update {
			archive.Files = out
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// archives reads the cases of testdata.
func archives(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	list := map[string]*txtar.Archive{}
	for _, path := range paths {
		if list[path], err = txtar.ParseFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// isCase tells the sources that are checked from those that they import.
func isCase(name string) bool {
	return strings.HasSuffix(name, ".chaos") && !strings.HasPrefix(name, "lib/")
}

// rendered is what is said of a file, as text. A program comes exactly where
// there is no error.
func rendered(t *testing.T, name string, files map[string]string) string {
	p, diags := checked(name, files)
	if (p == nil) != diags.HasErrors() {
		t.Errorf("%s: program %v, errors %v", name, p != nil, diags.HasErrors())
	}
	var b bytes.Buffer
	if err := diag.Render(&b, diags, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
