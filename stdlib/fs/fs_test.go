package fs

import (
	"strings"
	"testing"
)

func TestDeclarations(t *testing.T) {
	t.Parallel()
	if Namespace.Summary == "" || Namespace.Doc == "" {
		t.Error("the namespace has no documentation")
	}
	seen := map[string]bool{}
	for _, f := range Namespace.Functions() {
		if err := f.Check(); err != nil {
			t.Error(err)
			continue
		}
		sig := f.Signature()
		if !strings.HasPrefix(f.Name(), "fs.") || seen[f.Name()] {
			t.Errorf("the name %s is wrong or stands twice", f.Name())
		}
		seen[f.Name()] = true
		if sig.Summary == "" || sig.Doc == "" || !strings.Contains(sig.Example, f.Name()+"(") {
			t.Errorf("%s: summary %q, doc %q, example %q", f.Name(), sig.Summary, sig.Doc, sig.Example)
		}
		for _, line := range strings.Split(sig.Doc+"\n"+sig.Example, "\n") {
			if len(line) > 120 {
				t.Errorf("%s: a long line: %s", f.Name(), line)
			}
		}
		for _, p := range sig.Params {
			if p.Type.String() == "string" && (p.Name == "path" || p.Name == "to") && p.Effect == 0 {
				t.Errorf("%s: parameter %s says nothing of its effect", f.Name(), p.Name)
			}
		}
		if f.HasInverse() && (sig.Undo == "" || f.StateVersion() == 0) {
			t.Errorf("%s: undo %q, version %d", f.Name(), sig.Undo, f.StateVersion())
		}
	}
}
