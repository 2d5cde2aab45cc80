//go:build unix

package fs

import (
	"io/fs"
	"os"
	"testing"
)

func TestCopyGivesNobodyRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.file("tree/tool", "#!/bin/sh\n", 0o755|fs.ModeSetuid|fs.ModeSetgid)
	for from, to := range map[string]string{"tree/tool": "tool", "tree": "copy"} {
		before := w.snapshot()
		a := w.capture(copyFunc(), args{"path": from, "to": to})
		w.ok(a.run(t.Context()))
		copied := w.path(to)
		if from == "tree" {
			copied = w.path(to + "/tool")
		}
		info, err := os.Stat(copied)
		w.ok(err)
		if info.Mode() != 0o755 {
			t.Errorf("%s has mode %v", copied, info.Mode())
		}
		w.ok(a.restore())
		same(t, w.snapshot(), before)
	}
}
