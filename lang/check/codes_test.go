package check_test

import (
	"slices"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

// library are the files that the examples of the codes import.
var library = map[string]string{
	"lib/web.chaos":       "let port = 8080\n",
	"lib/two words.chaos": "let port = 8080\n",
	"lib/circle.chaos":    "import \"../example.chaos\" as example\n",
	"lib/old.json":        "{}",
}

// withoutExample are the codes whose mistake is too large for an example, or
// not made in a source.
var withoutExample = []string{"E0421", "E0501", "E0505"}

func TestExamplesOfCodes(t *testing.T) {
	t.Parallel()
	for _, c := range diag.Codes() {
		if c.Code[1:] < "0200" || c.Code[1:] >= "0600" {
			continue // the parser's, or known only when a run begins
		}
		if c.Title == "" || c.Text == "" {
			t.Errorf("%s has no page", c.Code)
		}
		if c.Wrong == "" || c.Right == "" {
			if !slices.Contains(withoutExample, c.Code) {
				t.Errorf("%s has no example", c.Code)
			}
			continue
		}
		if got := codesOf(c.Wrong); !slices.Equal(got, []string{c.Code}) {
			t.Errorf("%s: the wrong example gives %v", c.Code, got)
		}
		if got := codesOf(c.Right); slices.ContainsFunc(got, func(code string) bool { return code == c.Code || code[0] == 'E' }) {
			t.Errorf("%s: the right example gives %v", c.Code, got)
		}
	}
}

// codesOf returns the codes of what is said of a source, each once.
func codesOf(text string) []string {
	files := map[string]string{"example.chaos": text}
	for name, text := range library {
		files[name] = text
	}
	_, diags := checked("example.chaos", files)
	var codes []string
	for _, d := range diags {
		if !slices.Contains(codes, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	return codes
}

// TestEveryCodeHasAPage finds codes in what is said of the cases of testdata
// that no page explains.
func TestEveryCodeHasAPage(t *testing.T) {
	t.Parallel()
	for path, archive := range archives(t) {
		files := map[string]string{}
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		for name := range files {
			if !isCase(name) {
				continue
			}
			_, diags := checked(name, files)
			for _, d := range diags {
				if _, ok := diag.Explain(d.Code); !ok {
					t.Errorf("%s: %s: no page for %s", path, name, d.Code)
				}
			}
		}
	}
}
