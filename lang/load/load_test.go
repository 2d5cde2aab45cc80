package load_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/load"
)

// folder makes a folder with these files; a name that ends in / is a folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// text is what is rendered, with the folder of the test left out.
func text(t *testing.T, dir string, l diag.List) string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.Render(&b, l, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(filepath.ToSlash(b.String()), filepath.ToSlash(dir)+"/", "")
}

func TestImportsAreFollowed(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"a.chaos":          `import "lib/web.chaos" as web` + "\n" + `import "./lib/../lib/db.chaos" as db`,
		"lib/web.chaos":    `import "common.chaos"`,
		"lib/db.chaos":     `import "common.chaos" as c`,
		"lib/common.chaos": `let x = 1`,
	})
	u, diags := load.Path(filepath.Join(dir, "a.chaos"))
	if len(diags) > 0 || len(u.Files) != 4 {
		t.Fatalf("%d files\n%s", len(u.Files), text(t, dir, diags))
	}
	root, web := u.Files[0], u.Files[1]
	if root.Imports[0].File != web || root.Imports[0].Alias.Text != "web" || web.Imports[0].Alias.Text != "common" {
		t.Errorf("imports %+v of the root, %+v of web", root.Imports[0], web.Imports[0])
	}
	if db := root.Imports[1].File; db.Imports[0].File != web.Imports[0].File {
		t.Error("a file that is imported twice is read twice")
	}
	if name := text(t, dir, diag.List{{Message: web.Source.Name}}); !strings.Contains(name, "lib/web.chaos") {
		t.Errorf("the file is called %s", name)
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"missing.chaos":   "\n" + `import "lib/wbe.chaos" as web`,
		"ending.chaos":    `import "lib/web"`,
		"folder.chaos":    `import "lib" as lib`,
		"empty.chaos":     `import "" as lib`,
		"json.chaos":      `import "lib/data.json" as data`,
		"self.chaos":      `import "./self.chaos" as me`,
		"one.chaos":       `import "two.chaos"`,
		"two.chaos":       `import "lib/three.chaos"`,
		"lib/three.chaos": `import "../one.chaos"`,
		"lib/web.chaos":   `let x = 1`,
		"lib/data.json":   `{}`,
		"old.YAML":        `title: x`,
	})
	for _, c := range []struct{ name, want string }{
		{"missing.chaos", `error[E0503]: the imported file lib/wbe.chaos does not exist
 --> missing.chaos:2:8
  |
2 | import "lib/wbe.chaos" as web
  |        ^^^^^^^^^^^^^^^
  |
help: there is lib/web.chaos
  |
2 | import "lib/web.chaos" as web
  |        ~~~~~~~~~~~~~~~
`},
		{"ending.chaos", `error[E0503]: the imported file lib/web does not exist
 --> ending.chaos:1:8
  |
1 | import "lib/web"
  |        ^^^^^^^^^
  |
help: there is lib/web.chaos
  |
1 | import "lib/web.chaos"
  |        ~~~~~~~~~~~~~~~
`},
		{"folder.chaos", `error[E0503]: the imported file lib is a folder
 --> folder.chaos:1:8
  |
1 | import "lib" as lib
  |        ^^^^^
  |
  = help: import one of the .chaos files in it
`},
		{"empty.chaos", `error[E0503]: the path of the import is empty
 --> empty.chaos:1:8
  |
1 | import "" as lib
  |        ^^
  |
  = help: write the path of a .chaos file, relative to this file
`},
		{"json.chaos", `error[E0502]: an import is a .chaos file; this one is a Chaos Toolkit experiment or data
 --> json.chaos:1:8
  |
1 | import "lib/data.json" as data
  |        ^^^^^^^^^^^^^^^
  |
  = help: import a .chaos file; values can be given from JSON or YAML by ` + "`--var-file`" + `
`},
		{"self.chaos", `error[E0504]: the import closes a cycle
 --> self.chaos:1:8
  |
1 | import "./self.chaos" as me
  |        ^^^^^^^^^^^^^^ imports a file that is being imported
  |
  = note: self.chaos
            imports self.chaos
  = help: move what both files need into a third
`},
		{"one.chaos", `error[E0504]: the import closes a cycle
 --> lib/three.chaos:1:8
  |
1 | import "../one.chaos"
  |        ^^^^^^^^^^^^^^ imports a file that is being imported
  |
  = note: one.chaos
            imports two.chaos
            imports lib/three.chaos
            imports one.chaos
  = help: move what both files need into a third
`},
		{"absent.chaos", `error[E0501]: absent.chaos does not exist
`},
		{"lib", `error[E0501]: lib is a folder
  = help: give the path of a .chaos file
`},
		{"old.YAML", `error[E0502]: old.YAML is a Chaos Toolkit experiment, which this version of chaosc does not run as it is
  = help: ` + "`chaosc convert`" + ` writes it as a .chaos file
`},
	} {
		u, diags := load.Path(filepath.Join(dir, c.name))
		if got := text(t, dir, diags); got != c.want {
			t.Errorf("%s\n--- got\n%s--- want\n%s", c.name, got, c.want)
		}
		if u == nil {
			t.Errorf("%s: no unit", c.name)
		}
	}
}

// source is an opener of one text for all paths.
func source(r io.Reader, err error) load.Opener {
	return func(string) (io.ReadCloser, error) { return io.NopCloser(r), err }
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func TestOpener(t *testing.T) {
	t.Parallel()
	u, diags := load.Path("-", source(strings.NewReader("let x = 1"), nil))
	if len(diags) > 0 || u.Files[0].Source.Name != "<stdin>" {
		t.Errorf("standard input: %v", diags)
	}
	for _, c := range []struct {
		open load.Opener
		want string
	}{
		{source(endless{}, nil), "a.chaos is larger than 64 MiB"},
		{source(nil, &os.PathError{Op: "open", Path: "a.chaos", Err: os.ErrPermission}), "a.chaos may not be read: permission denied"},
		{source(nil, errors.New("line is down")), "a.chaos cannot be read: line is down"},
		{source(io.MultiReader(strings.NewReader("let"), broken{}), nil), "a.chaos cannot be read: torn"},
	} {
		if _, diags := load.Path("a.chaos", c.open); len(diags) != 1 || diags[0].Message != c.want {
			t.Errorf("got %v, want %s", diags, c.want)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("torn") }

// TestImportsEnd follows imports that never come back to a file they had.
func TestImportsEnd(t *testing.T) {
	t.Parallel()
	n := 0
	open := func(string) (io.ReadCloser, error) {
		n++
		return io.NopCloser(strings.NewReader(fmt.Sprintf(`import "d/%d.chaos" as d`, n))), nil
	}
	u, diags := load.Source(ast.NewSource("a.chaos", `import "b.chaos"`), open)
	if len(diags) != 1 || diags[0].Code != "E0505" || len(u.Files) != 100 {
		t.Errorf("%d files, %v", len(u.Files), diags)
	}
}

// TestSyntaxErrors makes sure that a file that cannot be read whole is kept.
func TestSyntaxErrors(t *testing.T) {
	t.Parallel()
	u, diags := load.Source(ast.NewSource("a.chaos", "let x = \nlet y = 1"))
	if !diags.HasErrors() || len(u.Files) != 1 || !u.Files[0].Broken || len(u.Files[0].AST.Decls) == 0 {
		t.Errorf("%v", diags)
	}
}
