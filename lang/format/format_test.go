package format_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// mustFormat formats a text that has no mistake.
func mustFormat(t testing.TB, text string) string {
	t.Helper()
	out, problems := format.Source(ast.NewSource("test.chaos", text))
	if problems.HasErrors() {
		var b strings.Builder
		_ = diag.Render(&b, problems, diag.Options{})
		t.Fatalf("mistakes in\n%s\n%s", text, b.String())
	}
	return string(out)
}

// corpus returns every well-formed text that tests of the language have.
func corpus(t testing.TB) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"testdata/fixpoint/*.chaos", "../testdata/valid/*.chaos"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatal("no files", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts[path] = string(text)
		}
	}
	for path, archive := range goldens(t) {
		for _, f := range archive.Files {
			if f.Name == "in" {
				texts[path] = string(f.Data)
			}
		}
	}
	return texts
}

func goldens(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	archives := map[string]*txtar.Archive{}
	for _, path := range paths {
		if archives[path], err = txtar.ParseFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return archives
}

func TestFixpoints(t *testing.T) {
	paths, err := filepath.Glob("testdata/fixpoint/*.chaos")
	if err != nil || len(paths) == 0 {
		t.Fatal("no files", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustFormat(t, string(text)); got != string(text) {
			t.Errorf("%s is not as it was:\n%s", path, firstDifference(got, string(text)))
		}
	}
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

// Each archive has a text `in` and what becomes of it, `out`.
func TestGolden(t *testing.T) {
	for path, archive := range goldens(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			if len(archive.Files) != 2 || archive.Files[0].Name != "in" || archive.Files[1].Name != "out" {
				t.Fatal("an archive has the files in and out")
			}
			got := mustFormat(t, string(archive.Files[0].Data))
			if want := string(archive.Files[1].Data); got == want {
				return
			} else if !*update {
				t.Fatal(firstDifference(got, want))
			}
			archive.Files[1].Data = []byte(got)
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestProperties(t *testing.T) {
	for name, text := range corpus(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			checkProperties(t, text)
		})
	}
}

// checkProperties holds what is true of every text without mistakes.
func checkProperties(t *testing.T, text string) {
	t.Helper()
	checkMangled(t, checkStable(t, text))
}

// checkStable formats a text and returns the result: it says the same, has
// the same comments, and is not changed by formatting it again.
func checkStable(t *testing.T, text string) string {
	t.Helper()
	before, _ := lang.Parse(ast.NewSource("before.chaos", text))
	out := mustFormat(t, text)
	after, problems := lang.Parse(ast.NewSource("after.chaos", out))
	if problems.HasErrors() {
		t.Fatalf("what was formatted has mistakes: %v\n%s", problems, out)
	}
	if a, b := dump(before), dump(after); a != b {
		t.Fatalf("the tree is another: %s\n%s", firstDifference(b, a), out)
	}
	if again := mustFormat(t, out); again != out {
		t.Fatalf("formatting again changes it: %s", firstDifference(again, out))
	}
	if a, b := commentsOf(before), commentsOf(after); !slices.Equal(a, b) {
		t.Fatalf("comments are\n%q\nwere\n%q\n%s", b, a, out)
	}
	if out != "" && (!strings.HasSuffix(out, "\n") || strings.HasSuffix(out, "\n\n")) {
		t.Fatalf("does not end with one line end: %q", out[max(0, len(out)-20):])
	}
	return out
}

// checkMangled changes the white space of a formatted text: formatting brings
// it back.
func checkMangled(t *testing.T, out string) {
	t.Helper()
	f, _ := lang.Parse(ast.NewSource("out.chaos", out))
	for _, mangle := range []func(string) string{exploded, squeezed} {
		mangled := mangleSpace(f, out, mangle)
		if got := mustFormat(t, mangled); got != out {
			t.Fatalf("mangled as\n%s\nit does not come back: %s", mangled, firstDifference(got, out))
		}
	}
	joined := mangleSpace(f, out, joined)
	if got := mustFormat(t, joined); withoutEmpty(got) != withoutEmpty(out) {
		t.Fatalf("joined as\n%s\nit does not come back: %s", joined, firstDifference(withoutEmpty(got), withoutEmpty(out)))
	}
}

// A comment may stand in every white space.
func TestCommentsEverywhere(t *testing.T) {
	for name, text := range corpus(t) {
		f, problems := lang.Parse(ast.NewSource(name, mustFormat(t, text)))
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		for step := 1; step <= 8; step++ {
			t.Run(fmt.Sprint(filepath.Base(name), step), func(t *testing.T) {
				t.Parallel()
				n := 0
				checkProperties(t, mangleSpace(f, f.Source.Text, func(space string) string {
					if n++; n%step != 0 {
						return space
					}
					return fmt.Sprintf(" // %d\n%s", n, space)
				}))
			})
		}
	}
}

// commentsOf returns the texts of all comments, sorted.
func commentsOf(f *ast.File) []string {
	var texts []string
	for c := range maps.Values(f.Comments) {
		for _, list := range [][]ast.Comment{c.Leading, c.Trailing, c.Inner} {
			for _, c := range list {
				texts = append(texts, c.Text)
			}
		}
	}
	slices.Sort(texts)
	return texts
}

var emptyLines, alignment = regexp.MustCompile(`\n\n+`), regexp.MustCompile(` +=`)

// withoutEmpty takes away empty lines, and the alignment that they part.
func withoutEmpty(s string) string {
	return alignment.ReplaceAllString(emptyLines.ReplaceAllString(s, "\n"), " =")
}

// exploded puts every token on a line of its own.
func exploded(space string) string {
	if strings.Count(space, "\n") > 1 {
		return "\n \n\n\t\n"
	}
	return " \r\n\t   "
}

// squeezed takes the indentation away.
func squeezed(space string) string {
	switch strings.Count(space, "\n") {
	case 0:
		return "\t"
	case 1:
		return "\n"
	}
	return "\n\n"
}

// joined puts all on one line.
func joined(string) string { return " " }

// mangleSpace replaces the white space of a text outside its strings and
// comments.
func mangleSpace(f *ast.File, text string, mangle func(string) string) string {
	type piece struct {
		ast.Span
		comment bool
	}
	var fixed []piece
	ast.Walk(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.String); ok {
			fixed = append(fixed, piece{Span: s.Span})
			return false
		}
		return true
	})
	for _, c := range f.Comments {
		for _, list := range [][]ast.Comment{c.Leading, c.Trailing, c.Inner} {
			for _, c := range list {
				fixed = append(fixed, piece{c.Span, true})
			}
		}
	}
	slices.SortFunc(fixed, func(a, b piece) int { return int(a.Start - b.Start) })
	fixed = append(fixed, piece{Span: ast.Span{Start: ast.Pos(len(text)), End: ast.Pos(len(text))}})

	var b strings.Builder
	at := 0
	if f.Shebang != "" {
		at = strings.Index(text, "\n")
		b.WriteString(text[:at])
	}
	space := regexp.MustCompile(`\s+`)
	afterComment := f.Shebang != ""
	for _, p := range fixed {
		code := text[at:p.Start]
		last := 0
		for _, m := range space.FindAllStringIndex(code, -1) {
			b.WriteString(code[last:m[0]])
			last = m[1]
			run := code[m[0]:m[1]]
			switch {
			case m[0] == 0 && afterComment, m[1] == len(code) && p.comment:
				b.WriteString(run) // says what a comment belongs to
			case strings.HasPrefix(code[m[1]:], "if "):
				b.WriteString(run) // says whether it is a statement
			default:
				b.WriteString(mangle(run))
			}
		}
		b.WriteString(code[last:])
		b.WriteString(text[p.Start:p.End])
		at = int(p.End)
		afterComment = p.comment
	}
	return b.String()
}

func TestErrorsGiveNoText(t *testing.T) {
	out, problems := format.Source(ast.NewSource("a.chaos", "experiment {"))
	if out != nil || !problems.HasErrors() {
		t.Errorf("got %q, %v", out, problems)
	}
}

func TestEmptyFiles(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " \n\n": "", "\ufeff": "", "#!/bin/x": "#!/bin/x\n", "// a": "// a\n", "\n\n// a\n\n\n// b\n": "// a\n\n// b\n",
		"#!/bin/x\n// a\nlet a = 1": "#!/bin/x\n\n// a\nlet a = 1\n", "#!/bin/x\n// a": "#!/bin/x\n\n// a\n",
	} {
		if got := mustFormat(t, text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// seeds are small texts for the fuzzer, each with something of its own.
var seeds = []string{
	"let a = -1 - -2 * (3 - (4 - 5)) / ((6))", "let a = not (b and c or not d) == e", "let a = [1,2,][0].b.c",
	"let a = if b then c else if d then e else f", "let a = \"x${\"y${z}\"}\" in `\\d`", "let a = {b: 1, \"c d\": {}}",
	"// a\nlet b = [ // c\n1, // d\n// e\n2\n// f\n] // g\n// h",
	"probe a(b: list<int> = [1]) = c.d(e: 1) background // f",
	"experiment \"a\" {\nmethod { action b = c.d() // e\nkeep // f\n// g\n}\n// h\ntags a, b }",
	"experiment \"a\" { steady \"b\" { if a { } else if b { // c\n } // d\n else { log \"\"\"\n a\n  b\n \"\"\" } } }",
}

func FuzzFormat(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	for _, text := range corpus(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, problems := format.Source(ast.NewSource("fuzz.chaos", text)); !problems.HasErrors() {
			checkStable(t, text)
		}
	})
}

func BenchmarkFormat(b *testing.B) {
	text, err := os.ReadFile("testdata/fixpoint/exchange-file.chaos")
	if err != nil {
		b.Fatal(err)
	}
	_, one, _ := strings.Cut(string(text), "\n\n")
	f, problems := lang.Parse(ast.NewSource("bench.chaos", strings.Repeat(one, 2000)))
	if problems.HasErrors() {
		b.Fatal(problems)
	}
	b.SetBytes(int64(2000 * len(one)))
	b.ReportAllocs()
	for b.Loop() {
		format.Format(f)
	}
}
