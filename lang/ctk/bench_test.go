package ctk_test

import (
	"os"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/ctk"
	"github.com/chaosc-lang/chaosc/lang/format"
)

// BenchmarkConvert converts an experiment of about a hundred lines.
func BenchmarkConvert(b *testing.B) {
	for _, name := range []string{"bench.json", "bench.yaml"} {
		b.Run(name, func(b *testing.B) {
			text, err := os.ReadFile("testdata/" + name)
			if err != nil {
				b.Fatal(err)
			}
			k, _ := ctk.KindOf(name)
			b.ReportAllocs()
			for b.Loop() {
				f, problems := ctk.Import(ast.NewSource(name, string(text)), k, ctk.Options{})
				if problems.HasErrors() {
					b.Fatal(problems)
				}
				format.Format(f)
			}
		})
	}
}
