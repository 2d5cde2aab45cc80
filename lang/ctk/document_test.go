package ctk_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/ctk"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// TestInvalid holds the first mistake of experiments of the corpus against
// testdata/invalid.txt, a line each: what the real tool says of them, or where
// that ends with an error of Python, what it should say. Every other experiment
// is valid.
func TestInvalid(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("testdata/invalid.txt")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for line := range strings.Lines(string(list)) {
		name, message, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		said[name] = message
	}
	opts := ctk.Options{
		LookPath: func(path string) (string, error) {
			if path == "./script.sh" || path == "${tool}" {
				return "", os.ErrNotExist
			}
			return path, nil
		},
		LookupEnv: func(name string) (string, bool) { return "", !strings.HasPrefix(name, "NO_SUCH_") },
	}
	for name, text := range corpus(t) {
		k, _ := ctk.KindOf(name)
		doc, problems := ctk.Read(ast.NewSource(name, text), k)
		if doc == nil {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		got := ""
		if first := doc.Invalid(opts); first != nil {
			got = first.Message
		}
		if got != said[name] {
			t.Errorf("%s\n got %q\nwant %q", name, got, said[name])
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	const text = "b: 1\na: [1.5, 1.0e+3, .inf, 2024-05-06, ~, no, \"x\\ty\"]\n1: &x {c: d}\ne: *x\nb: 2\n"
	doc, problems := ctk.Read(ast.NewSource("a.yaml", text), ctk.YAML)
	if doc == nil {
		t.Fatal(problems)
	}
	const want = `{"b":2,"a":[1.5,1000.0,"Infinity","2024-05-06",null,false,"x\ty"],"1":{"c":"d"},"e":{"c":"d"}}`
	if got := string(doc.JSON()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	at := ast.Pos(strings.Index(text, "[1.5"))
	end := ast.Pos(strings.Index(text, "\n1:"))
	if got := string(doc.At(ast.Span{Start: at, End: end})); !strings.HasPrefix(got, "[1.5,") {
		t.Errorf("at the list stands %s", got)
	}
	if got := doc.At(ast.Span{Start: 1, End: 2}); got != nil {
		t.Errorf("at a colon stands %s", got)
	}
}

// Hostile files end with an error, soon and without much memory.
func TestLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		kind ctk.Kind
	}{
		"deep lists":        {strings.Repeat("[", 10_000), ctk.JSON},
		"deep mappings":     {strings.Repeat(`{"a":`, 10_000), ctk.JSON},
		"deep yaml":         {"a: " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000), ctk.YAML},
		"very deep yaml":    {"a: " + strings.Repeat("[", 20_000), ctk.YAML},
		"many values":       {"[" + strings.Repeat("1,", 1<<20) + "1]", ctk.JSON},
		"large":             {strings.Repeat(" ", 61<<20+1), ctk.JSON},
		"large number":      {`{"title": ` + strings.Repeat("9", 1<<20) + `}`, ctk.JSON},
		"large yaml number": {"title: " + strings.Repeat("9", 1<<20), ctk.YAML},
	} {
		f, problems := ctk.Import(ast.NewSource("hostile", c.text), c.kind, ctk.Options{})
		if !problems.HasErrors() {
			t.Errorf("%s: no error", name)
		}
		if strings.HasPrefix(name, "large") == (f == nil) && name != "large" {
			t.Errorf("%s: a tree %v, %v", name, f != nil, problems[0].Message)
		}
	}
}

func TestStrict(t *testing.T) {
	t.Parallel()
	const text = `{"title": "t", "title": "u", "description": "d", "method": []}`
	for _, strict := range []bool{false, true} {
		_, problems := ctk.Import(ast.NewSource("a.json", text), ctk.JSON, ctk.Options{Strict: strict})
		if len(problems) != 1 || (problems[0].Severity == diag.Error) != strict {
			t.Errorf("strict %v: %v", strict, rendered(t, problems))
		}
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"a.json": "JSON", "a.YML": "YAML", "b/a.yaml": "YAML", "a.toml": "", "json": ""} {
		k, ok := ctk.KindOf(name)
		if ok != (want != "") || ok && k.String() != want {
			t.Errorf("%s is %v, %v", name, k, ok)
		}
	}
}
