package all_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

func TestEveryFunctionIsDescribed(t *testing.T) {
	t.Parallel()
	r := all.Registry()
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, ns := range r.Namespaces() {
		if seen[ns.Name] {
			t.Errorf("namespace %s stands twice", ns.Name)
		}
		seen[ns.Name] = true
		sentence(t, "namespace "+ns.Name, ns.Summary)
		if len(ns.Functions()) == 0 {
			t.Errorf("namespace %s is empty", ns.Name)
		}
	}
	for _, f := range r.Functions() {
		sig := f.Signature()
		sentence(t, f.Name(), sig.Summary)
		if !strings.Contains(sig.Example, f.Name()+"(") {
			t.Errorf("%s: the example does not call it: %q", f.Name(), sig.Example)
		}
		for _, p := range sig.Params {
			described(t, f.Name()+", parameter "+p.Name, p.Doc)
		}
		fields(t, f.Name(), sig.Result)
		if f.HasInverse() && sig.Undo == "" {
			t.Errorf("%s: nothing says what its undo does", f.Name())
		}
		if f.HasInverse() && sig.Kind != types.Action && sig.Kind != types.Open {
			t.Errorf("%s has an inverse but is a %s function", f.Name(), sig.Kind)
		}
		if known, ok := r.Lookup(f.Name()); !ok || known != f {
			t.Errorf("%s is not found by its name", f.Name())
		}
	}
}

// sentence makes sure that a text is there and is a sentence.
func sentence(t *testing.T, of, text string) {
	t.Helper()
	if text == "" {
		t.Errorf("%s has no doc", of)
		return
	}
	first := []rune(text)[0]
	if unicode.IsLower(first) || !strings.HasSuffix(text, ".") || strings.TrimSpace(text) != text {
		t.Errorf("%s: not a sentence with a capital and a full stop: %q", of, text)
	}
}

func described(t *testing.T, of, text string) {
	t.Helper()
	if text == "" || strings.TrimSpace(text) != text {
		t.Errorf("%s has the doc %q", of, text)
	}
}

// fields makes sure that each field of a record is described.
func fields(t *testing.T, of string, typ *types.Type) {
	t.Helper()
	if typ.Elem != nil {
		fields(t, of, typ.Elem)
	}
	for _, f := range typ.Fields {
		described(t, of+", field "+f.Name, f.Doc)
		fields(t, of, f.Type)
	}
}
