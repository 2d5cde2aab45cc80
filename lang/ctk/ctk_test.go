package ctk_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/ctk"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
)

var update = flag.Bool("update", false, "write what is found into the files of testdata")

// imported imports a text and returns it as the formatter writes it, and what
// was said of it.
func imported(t testing.TB, name, text string, opts ctk.Options) (chaos, said string) {
	t.Helper()
	k, ok := ctk.KindOf(name)
	if !ok {
		t.Fatalf("%s has no known ending", name)
	}
	f, problems := ctk.Import(ast.NewSource(name, text), k, opts)
	if f != nil {
		chaos = string(format.Format(f))
	}
	return chaos, rendered(t, problems)
}

func rendered(t testing.TB, problems diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := diag.Render(&b, problems, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkText parses a text that the formatter wrote, and formats it again.
func checkText(t testing.TB, text string) {
	t.Helper()
	f, problems := lang.Parse(ast.NewSource("out.chaos", text))
	if problems.HasErrors() {
		t.Fatalf("the result has mistakes\n%s\n%s", rendered(t, problems), text)
	}
	if again := string(format.Format(f)); again != text {
		t.Fatalf("formatting changes\n%s\ninto\n%s", text, again)
	}
}

// TestImport imports the sources of testdata/import: an archive has sources
// NAME.json or NAME.yaml, and behind each NAME.chaos, what it becomes, and
// NAME.out, what is said of it, where there is something. Options stand in its
// head, as in "options: strict".
func TestImport(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/import/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			opts := options(string(archive.Comment))
			var out []txtar.File
			for _, f := range archive.Files {
				if _, ok := ctk.KindOf(f.Name); !ok {
					continue
				}
				name := strings.TrimSuffix(f.Name, filepath.Ext(f.Name))
				chaos, said := imported(t, f.Name, string(f.Data), opts)
				out = append(out, f)
				if chaos != "" {
					checkText(t, chaos)
					out = append(out, txtar.File{Name: name + ".chaos", Data: []byte(chaos)})
				}
				if said != "" {
					out = append(out, txtar.File{Name: name + ".out", Data: []byte(said)})
				}
			}
			got := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: out})
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := txtar.Format(archive); string(got) != string(want) {
				t.Errorf("%s\n%s", path, firstDifference(string(got), string(want)))
			}
		})
	}
}

func options(head string) ctk.Options {
	o := ctk.Options{Strict: strings.Contains(head, "strict"), NoValidation: strings.Contains(head, "no-validation"),
		WithUndo: strings.Contains(head, "with-undo")}
	if strings.Contains(head, "look-path") {
		o.LookPath = lookPath
	}
	return o
}

// lookPath knows one program.
func lookPath(path string) (string, error) {
	if path != "true" {
		return "", os.ErrNotExist
	}
	return "/bin/true", nil
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	from := max(0, i-3)
	show := func(lines []string) string {
		return strings.Join(lines[min(from, len(lines)):min(i+6, len(lines))], "\n")
	}
	return "got\n" + show(g) + "\nwant\n" + show(w)
}

// TestCodes imports the examples of all codes: the wrong ones give that code
// and no other, the right ones nothing.
func TestCodes(t *testing.T) {
	t.Parallel()
	for _, c := range diag.Codes() {
		if !strings.HasPrefix(c.Code[1:], "07") {
			continue
		}
		if c.Title == "" || c.Text == "" {
			t.Errorf("%s has no page", c.Code)
		}
		if c.Code == "E0703" {
			continue // too large for an example
		}
		if got := codesOf(c.Wrong); !slices.Equal(got, []string{c.Code}) {
			t.Errorf("%s: the wrong example gives %v", c.Code, got)
		}
		if got := codesOf(c.Right); len(got) > 0 {
			t.Errorf("%s: the right example gives %v", c.Code, got)
		}
	}
}

func codesOf(text string) []string {
	k := ctk.YAML
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		k = ctk.JSON
	}
	_, problems := ctk.Import(ast.NewSource("example", text), k, ctk.Options{
		LookPath: func(path string) (string, error) {
			if path == "no-such-program" {
				return "", os.ErrNotExist
			}
			return path, nil
		},
		LookupEnv: func(name string) (string, bool) { return "", name != "NO_SUCH_VARIABLE" },
		CheckPython: func(c ctk.PythonCall) error {
			if c.Module == "no_such_module" {
				return errors.New("could not find Python module 'no_such_module' in activity 'a'")
			}
			return nil
		},
	})
	var codes []string
	for _, p := range problems {
		if !slices.Contains(codes, p.Code) {
			codes = append(codes, p.Code)
		}
	}
	return codes
}
