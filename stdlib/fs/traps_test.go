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

// TestTheStoreUnderAnotherName holds that no alias leads around what keeps an
// action away from the copies that its undo needs.
func TestTheStoreUnderAnotherName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env.Store = stdlib.NewDiskStore(w.path("run/store"))
	w.put("run/store/copy", "x")
	w.ok(os.Symlink(".", w.path("again")))
	for _, c := range []struct {
		f    *stdlib.Function
		args args
	}{
		{removeFunc(), args{"path": "again/run", "recursive": true}},
		{renameFunc(), args{"path": "again/run", "to": "new"}},
		{writeFunc(), args{"path": "again/run/store/new", "text": ""}},
	} {
		_, err := c.f.Capture(t.Context(), w.env, bind(t, c.f, c.args))
		if err == nil || !strings.Contains(err.Error(), "holds what the undo of this run needs") {
			t.Errorf("%s: error is %v", c.f.Name(), err)
		}
	}
	_, err := w.call(removeFunc(), args{"path": "again/run/..", "recursive": true})
	if err == nil {
		t.Error("the working directory is removed")
	}
}

// strict lets nobody into a file whose owner may not read and write it, not
// even root.
type strict struct{ stdlib.SystemFiles }

func (s strict) Open(name string) (*os.File, error) { return s.OpenFile(name, os.O_RDONLY, 0) }

func (s strict) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	needs := map[int]fs.FileMode{os.O_RDONLY: 0o400, os.O_WRONLY: 0o200, os.O_RDWR: 0o600}[flag&(os.O_RDWR|os.O_WRONLY)]
	if info, err := s.Stat(name); err == nil && info.Mode()&needs != needs {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return s.SystemFiles.OpenFile(name, flag, perm)
}

func TestWriteThatLocksItsWriterOut(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"0000", "0200", "0400"} {
		for _, path := range []string{"small", "new"} {
			w := newWorld(t)
			w.env.Files = strict{stdlib.SystemFiles{Dir: w.dir}}
			w.file("small", "a small file\n", 0o640)
			before := w.snapshot()
			a := w.capture(writeFunc(), args{"path": path, "text": "x", "mode": mode})
			w.ok(a.run(t.Context()))
			if err := a.restore(); err != nil {
				t.Errorf("%s of %s: %v", mode, path, err)
			}
			same(t, w.snapshot(), before)
		}
	}
	w := newWorld(t)
	w.env.Files = strict{stdlib.SystemFiles{Dir: w.dir}}
	a := w.capture(writeFunc(), args{"path": "new", "text": "x", "mode": "0400"})
	w.ok(a.run(t.Context()))
	w.ok(os.Chmod(w.path("new"), 0o600))
	w.put("new", "newer")
	w.ok(os.Chmod(w.path("new"), 0o400))
	found := w.snapshot()
	if err := a.restore(); err == nil || !strings.Contains(err.Error(), "left as it is") {
		t.Errorf("error is %v", err)
	}
	same(t, w.snapshot(), found)
}

func TestLinkWhereAPartOfAFileWasChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.file("small", "a small file\n", 0o644)
	a := w.capture(truncateFunc(), args{"path": "small", "size": value.Size(3)})
	w.ok(a.run(t.Context()))
	w.ok(os.Remove(w.path("small")))
	w.ok(os.Symlink("elsewhere", w.path("small")))
	err := a.restore()
	if err == nil || !strings.Contains(err.Error(), "is a symbolic link by now: left as it is; its content of before, from byte 3 on, is kept as") {
		t.Errorf("error is %v", err)
	}
	if log := w.warnings(); log != "" {
		t.Errorf("the log says %s", log)
	}
}
