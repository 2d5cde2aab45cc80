//go:build unix

package fs

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
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

// TestNamesThatAreNoText undoes actions on trees with names of any bytes.
func TestNamesThatAreNoText(t *testing.T) {
	t.Parallel()
	for name, odd := range map[string]string{"latin 1": "caf\xe9", "newline": "a\nb", "long": strings.Repeat("n", 255), "dash": "-rf *"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			type call struct {
				f    *stdlib.Function
				args args
			}
			calls := []call{
				{removeFunc(), args{"path": "tree", "recursive": true}},
				{removeFunc(), args{"path": "link"}},
				{renameFunc(), args{"path": "file", "to": "link"}},
				{renameFunc(), args{"path": "tree", "to": "moved"}},
				{copyFunc(), args{"path": "tree", "to": "copy"}},
			}
			odder := "tree/" + odd
			in := []call{ // names that stand in the state by themselves
				{removeFunc(), args{"path": odder, "recursive": true}},
				{renameFunc(), args{"path": odder, "to": "moved"}},
				{renameFunc(), args{"path": "file", "to": odder + "/new"}},
				{writeFunc(), args{"path": odder + "/" + odd, "text": "x"}},
				{writeFunc(), args{"path": odder + "/new", "text": "x"}},
				{appendFunc(), args{"path": odder + "/" + odd, "text": "x"}},
				{truncateFunc(), args{"path": odder + "/" + odd, "size": value.Size(1)}},
				{corruptFunc(), args{"path": odder + "/" + odd, "bytes": int64(2)}},
				{copyFunc(), args{"path": "file", "to": odd}},
				{copyFunc(), args{"path": "tree", "to": odd}},
				{mkdirFunc(), args{"path": odder + "/d/e", "parents": true}},
				{linkFunc(), args{"path": "new", "to": odd}},
				{linkFunc(), args{"path": odd, "to": "file", "hard": true}},
				{chmodFunc(), args{"path": odder, "mode": "0700"}},
				{touchFunc(), args{"path": odder + "/" + odd}},
				{fillFunc(), args{"path": odder, "size": value.Size(8192)}},
			}
			for _, c := range append(calls, in...) {
				w := newWorld(t)
				w.file(odder+"/"+odd, "in it\n", 0o640)
				w.ok(os.Symlink(odd, w.path("tree/link")))
				w.ok(os.Link(w.path(odder+"/"+odd), w.path(odder+"/twin")))
				w.ok(os.Symlink(odd, w.path("link")))
				w.file("file", "a file\n", 0o640)
				if fmt.Sprint(c.args) != strings.ToValidUTF8(fmt.Sprint(c.args), "") {
					_, err := c.f.Capture(t.Context(), w.env, bind(t, c.f, c.args))
					if err == nil || !strings.Contains(err.Error(), "is not UTF-8") {
						t.Errorf("%s%v: error is %v", c.f.Name(), c.args, err)
					}
					continue
				}
				before := w.snapshot()
				a := w.capture(c.f, c.args)
				w.ok(a.run(t.Context()))
				if w.snapshot() == before {
					t.Errorf("%s%v changes nothing", c.f.Name(), c.args)
				}
				w.ok(a.restore())
				sameButForFolders(t, w.snapshot(), before)
			}
		})
	}
}

// sameButForFolders compares two snapshots, but for the times of folders: those
// above what was changed are not put back.
func sameButForFolders(t *testing.T, got, want string) {
	t.Helper()
	times := regexp.MustCompile(`(?m)( dir .*) \S+Z$`)
	same(t, times.ReplaceAllString(got, "$1"), times.ReplaceAllString(want, "$1"))
}

// TestRemoveKeepsWhatOthersPutThereMeanwhile writes between the look before the
// action and the action.
func TestRemoveKeepsWhatOthersPutThereMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.file("tree/a", "old", 0o644)
	w.file("tree/b", "same", 0o644)
	a := w.capture(removeFunc(), args{"path": "tree", "recursive": true})
	w.put("tree/a", "newer")
	w.put("tree/sub/new", "new")
	before := w.snapshot()
	w.ok(a.run(t.Context()))
	w.ok(a.restore())
	same(t, w.snapshot(), before)
}

// TestHolesAreNotRead undoes what made a file so long that it cannot be read in
// a day.
func TestHolesAreNotRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.file("small", "a small file\n", 0o644)
	before := w.snapshot()
	a := w.capture(truncateFunc(), args{"path": "small", "size": value.Size(1 << 43)})
	w.ok(a.run(t.Context()))
	w.ok(a.restore())
	same(t, w.snapshot(), before)
}
