package reference_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib/all"
	"github.com/chaosc-lang/chaosc/stdlib/reference"
)

var update = flag.Bool("update", false, "write docs/reference.md")

const page = "../../docs/reference.md"

func TestPageIsCurrent(t *testing.T) {
	var want bytes.Buffer
	reference.Markdown(&want, all.Registry().Namespaces())
	if *update {
		if err := os.WriteFile(page, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/reference.md is not what the declarations say; run go test ./stdlib/reference -update")
	}
}

func TestEveryFunctionHasAPage(t *testing.T) {
	for _, f := range all.Registry().Functions() {
		var out bytes.Buffer
		reference.Function(&out, f)
		if !bytes.HasPrefix(out.Bytes(), []byte(f.Name()+"(")) || !bytes.Contains(out.Bytes(), []byte("\nExample\n")) {
			t.Errorf("page of %s:\n%s", f.Name(), out.String())
		}
	}
}
