package ctk_test

import (
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/ctk"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
)

// FuzzImport looks for texts that the import cannot stand. A tree comes
// wherever the text could be read, what it becomes is .chaos, and what is said
// stands in the text.
func FuzzImport(f *testing.F) {
	for name, text := range corpus(f) {
		f.Add(text, strings.HasSuffix(name, ".yaml"))
	}
	for _, c := range diag.Codes() {
		if strings.HasPrefix(c.Code[1:], "07") {
			f.Add(c.Wrong, !strings.HasPrefix(c.Wrong, "{"))
		}
	}
	f.Fuzz(func(t *testing.T, text string, yaml bool) {
		if len(text) > 1<<16 {
			return
		}
		k := ctk.JSON
		if yaml {
			k = ctk.YAML
		}
		src := ast.NewSource("fuzz", text)
		tree, problems := ctk.Import(src, k, ctk.Options{})
		if tree == nil && !problems.HasErrors() {
			t.Fatal("neither a tree nor an error")
		}
		for _, p := range problems {
			if p.Span.Start > p.Span.End || int(p.Span.End) > len(text) || p.Span.Start < 0 {
				t.Fatalf("%s %s is at %v, outside of the text", p.Code, p.Message, p.Span)
			}
			if _, ok := diag.Explain(p.Code); !ok {
				t.Fatalf("%s has no page", p.Code)
			}
		}
		rendered(t, problems)
		if tree == nil {
			return
		}
		checkText(t, string(format.Format(tree)))
	})
}
