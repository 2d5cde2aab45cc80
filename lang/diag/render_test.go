package diag_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fatih/color"
	"github.com/rivo/uniseg"
	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// place names a piece of one of the archive's sources: the nth occurrence of
// At, up to the end of the next To; Empty is the place behind it.
type place struct {
	File  string
	At    string
	Nth   int
	To    string
	Empty bool
}

// spec is a diagnostic as the golden files write it.
type spec struct {
	place
	Code, Severity, Message, Label string
	Nowhere                        bool // the source is known, the place is not
	Related                        []struct {
		place
		Message string
	}
	Notes []string
	Help  []struct {
		Message string
		Edits   []struct {
			place
			Text string
		}
	}
}

// golden is a file of testdata: sources, diags.json, and what is to be written.
type golden struct {
	path    string
	archive *txtar.Archive
	sources map[string]*ast.Source
	list    diag.List
}

func readGolden(t *testing.T, path string) *golden {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g := &golden{path: path, archive: archive, sources: map[string]*ast.Source{}}
	var specs []spec
	for _, f := range archive.Files {
		switch {
		case f.Name == "diags.json":
			d := json.NewDecoder(bytes.NewReader(f.Data))
			d.DisallowUnknownFields()
			if err := d.Decode(&specs); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		case strings.HasSuffix(f.Name, ".chaos"):
			g.sources[f.Name] = ast.NewSource(f.Name, string(f.Data))
		}
	}
	for _, s := range specs {
		g.list = append(g.list, g.diagnostic(t, s))
	}
	return g
}

func (g *golden) diagnostic(t *testing.T, s spec) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: s.Code, Message: s.Message, Label: s.Label, Notes: s.Notes}
	if s.Severity == "warning" {
		d.Severity = diag.Warning
	}
	if s.Nowhere {
		d.Source = g.source(s.place)
	} else if s.At != "" {
		d.Source, d.Span = g.source(s.place), g.span(t, s.place)
	}
	for _, r := range s.Related {
		d.Related = append(d.Related, diag.Related{Source: g.source(r.place), Span: g.span(t, r.place), Message: r.Message})
	}
	for _, h := range s.Help {
		help := diag.Help{Message: h.Message}
		for _, e := range h.Edits {
			help.Edits = append(help.Edits, diag.Edit{Span: g.span(t, e.place), Text: e.Text})
		}
		d.Help = append(d.Help, help)
	}
	return d
}

func (g *golden) source(p place) *ast.Source {
	if p.File == "" {
		p.File = "a.chaos"
	}
	return g.sources[p.File]
}

func (g *golden) span(t *testing.T, p place) ast.Span {
	t.Helper()
	text := g.source(p).Text
	start := 0
	for range p.Nth {
		start += strings.Index(text[start:], p.At) + 1
	}
	i := strings.Index(text[start:], p.At)
	if i < 0 {
		t.Fatalf("%s: no %q", g.path, p.At)
	}
	start += i
	end := start + len(p.At)
	if p.To != "" {
		end += strings.Index(text[end:], p.To) + len(p.To)
	}
	if p.Empty {
		start = end
	}
	return ast.Span{Start: ast.Pos(start), End: ast.Pos(end)}
}

// check compares what was written with a file of the archive.
func (g *golden) check(t *testing.T, name, got string) {
	t.Helper()
	for i, f := range g.archive.Files {
		if f.Name != name {
			continue
		}
		if got == string(f.Data) {
			return
		}
		if !*update {
			t.Errorf("%s: %s is\n%s\nwant\n%s", g.path, name, got, f.Data)
			return
		}
		g.archive.Files[i].Data = []byte(got)
		if err := os.WriteFile(g.path, txtar.Format(g.archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s: no file %s", g.path, name)
}

func render(t *testing.T, l diag.List, opts diag.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.Render(&b, l, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRenderGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/render/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			g := readGolden(t, path)
			g.check(t, "want", render(t, g.list, diag.Options{Width: 80}))
		})
	}
}

func TestMachineFormats(t *testing.T) {
	g := readGolden(t, "testdata/machine.txtar")
	var b bytes.Buffer
	if err := diag.JSON(&b, g.list); err != nil {
		t.Fatal(err)
	}
	g.check(t, "want.json", b.String())
	b.Reset()
	if err := diag.SARIF(&b, g.list); err != nil {
		t.Fatal(err)
	}
	g.check(t, "want.sarif", b.String())
}

// one returns a list of one diagnostic, which marks the first occurrence of at.
func one(text, at string) diag.List {
	i := strings.Index(text, at)
	return diag.List{{
		Code: "E0001", Message: "wrong", Label: "here", Source: ast.NewSource("a.chaos", text),
		Span: ast.Span{Start: ast.Pos(i), End: ast.Pos(i + len(at))},
	}}
}

// excerptLines renders a list and returns the line of source and the marks.
func excerptLines(t *testing.T, l diag.List, width int) (line, marks string) {
	t.Helper()
	lines := strings.Split(render(t, l, diag.Options{Width: width}), "\n")
	if len(lines) < 5 {
		t.Fatalf("no excerpt: %q", lines)
	}
	return lines[3], lines[4]
}

func TestRenderShowsUnprintableTextSafely(t *testing.T) {
	for _, c := range []struct{ name, text, at, line, marks string }{
		{"tab", "\tlog\tx", "x", "1 |     log x", "  |         ^ here"},
		{"escape", "log \x1b[31mx", "x", "1 | log ␛[31mx", "  |          ^ here"},
		{"delete", "a\x7fx", "x", "1 | a␡x", "  |   ^ here"},
		{"c1", "a\u009bx", "x", "1 | a<U+009B>x", "  |          ^ here"},
		{"bidi", "a\u202ex", "\u202e", "1 | a<U+202E>x", "  |  ^^^^^^^^ here"},
		{"carriage return", "a\rx", "x", "1 | a␍x", "  |   ^ here"},
		{"invalid", "a\xff\xfex", "x", "1 | a��x", "  |    ^ here"},
		{"wide", "漢字x", "x", "1 | 漢字x", "  |     ^ here"},
		{"marked wide", "漢字x", "字", "1 | 漢字x", "  |   ^^ here"},
		{"combining", "e\u0301x", "x", "1 | e\u0301x", "  |  ^ here"},
		{"joined emoji", "👩‍🔧x", "x", "1 | 👩‍🔧x", "  |   ^ here"},
		{"byte order mark", "\ufeffx", "x", "1 | <U+FEFF>x", "  |         ^ here"},
	} {
		t.Run(c.name, func(t *testing.T) {
			line, marks := excerptLines(t, one(c.text, c.at), 0)
			if line != c.line || marks != c.marks {
				t.Errorf("got\n%s\n%s\nwant\n%s\n%s", line, marks, c.line, c.marks)
			}
		})
	}
}

func TestRenderCleansEverythingItWrites(t *testing.T) {
	const esc = "\x1b]0;title\x07"
	src := ast.NewSource("a"+esc, "x "+esc)
	l := diag.List{{
		Message: esc, Label: esc, Source: src, Span: ast.Span{Start: 0, End: 1}, Notes: []string{esc},
		Related: []diag.Related{{Source: src, Span: ast.Span{Start: 2, End: 3}, Message: esc}, {Message: esc}},
		Help:    []diag.Help{{Message: esc}, {Message: esc, Edits: []diag.Edit{{Span: ast.Span{Start: 0, End: 1}, Text: esc}}}},
	}}
	out := render(t, l, diag.Options{})
	if strings.ContainsAny(out, "\x1b\x07") {
		t.Errorf("a control character got through:\n%q", out)
	}
	if n := strings.Count(out, "␛"); n != 11 {
		t.Errorf("%d escapes are shown, want 11:\n%s", n, out)
	}
}

func TestRenderCutsLongLines(t *testing.T) {
	for name, text := range map[string]string{
		"start": "x" + strings.Repeat("a", 500), "middle": strings.Repeat("ab", 300) + "x" + strings.Repeat("a", 500),
		"end": strings.Repeat("a", 500) + "x", "wide": strings.Repeat("漢", 101) + "x", "odd": "a" + strings.Repeat("漢", 101) + "x",
		"tabs": strings.Repeat("a\t", 101) + "x" + strings.Repeat("\t", 100), "huge": strings.Repeat("é", 1<<20) + "x" + strings.Repeat("é", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			line, marks := excerptLines(t, one(text, "x"), 60)
			if n := uniseg.StringWidth(line); n > 60 {
				t.Errorf("%d columns: %s", n, line)
			}
			before, _, _ := strings.Cut(line, "x")
			if i := strings.IndexByte(marks, '^'); i != uniseg.StringWidth(before) {
				t.Errorf("mark is not under x:\n%s\n%s", line, marks)
			}
			if strings.HasPrefix(text, "x") == strings.Contains(line, "| …") {
				t.Errorf("wrong mark of the cut: %s", line)
			}
		})
	}
}

func TestColorIsTheCallersChoice(t *testing.T) {
	defer func(old bool) { color.NoColor = old }(color.NoColor)
	l := one("log x", "x")
	for _, global := range []bool{true, false} {
		color.NoColor = global
		if out := render(t, l, diag.Options{}); strings.Contains(out, "\x1b") {
			t.Errorf("colour that was not asked for: %q", out)
		}
		out := render(t, l, diag.Options{Color: true})
		if !strings.Contains(out, "\x1b[31;1merror[E0001]\x1b[") {
			t.Errorf("no colour: %q", out)
		}
	}
}

// Every span of a text, also those that no text stands for, is rendered.
func TestRenderTakesEverySpan(t *testing.T) {
	src := ast.NewSource("a.chaos", "a {\r\n\té\n\n}\n")
	n := ast.Pos(len(src.Text))
	for start := ast.Pos(-1); start <= n+2; start++ {
		for end := ast.Pos(-1); end <= n+2; end++ {
			s := ast.Span{Start: start, End: end}
			l := diag.List{{
				Message: "wrong", Label: "here", Source: src, Span: s,
				Related: []diag.Related{{Source: src, Span: ast.Span{Start: end, End: start}, Message: "there"}},
				Help:    []diag.Help{{Message: "write", Edits: []diag.Edit{{Span: s, Text: "b"}, {Span: s, Text: "c\n"}}}},
			}}
			out := render(t, l, diag.Options{})
			if !s.IsZero() && !strings.Contains(out, "^") {
				t.Fatalf("%v is not marked:\n%s", s, out)
			}
			var b bytes.Buffer
			if err := diag.SARIF(&b, l); err != nil {
				t.Fatal(err)
			}
			if err := diag.JSON(&b, l); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestSummary(t *testing.T) {
	a, b := ast.NewSource("a.chaos", ""), ast.NewSource("b.chaos", "")
	e, w := diag.Error, diag.Warning
	for _, c := range []struct {
		list diag.List
		want string
	}{
		{nil, ""},
		{diag.List{{Severity: e, Source: a}}, "1 error in a.chaos"},
		{diag.List{{Severity: e, Source: a}, {Severity: w, Source: a}, {Severity: e, Source: a}}, "2 errors, 1 warning in a.chaos"},
		{diag.List{{Severity: w, Source: a}, {Severity: w, Source: b}}, "2 warnings in 2 files"},
		{diag.List{{Severity: e}}, "1 error"},
	} {
		if got := diag.Summary(c.list); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestWriteExplain(t *testing.T) {
	var b bytes.Buffer
	err := diag.WriteExplain(&b, diag.Code{
		Code: "E0999", Title: "no such thing",
		Text: "A first paragraph that is long enough to be broken into two lines, because pages are\n" +
			"eighty columns wide.\n\nA second one.\n",
		Wrong: "log x\n\nlog y\n", Right: "log 1",
	})
	want := `E0999: no such thing

A first paragraph that is long enough to be broken into two lines, because pages
are eighty columns wide.

A second one.

Wrong:

    log x

    log y

Right:

    log 1
`
	if err != nil || b.String() != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, b.String(), want)
	}
}
