//go:build unix

package fs

import (
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// law is an action for which the laws of undo are tested. They run in a folder
// with the files of [furnish].
type law struct {
	name string
	f    *stdlib.Function
	args args
	// others is what somebody else does between the action and its undo.
	others func(w *world)
	// kept is the content that the undo keeps aside then, before it puts back
	// what was; where there is none it must leave alone what it finds, and
	// say so.
	kept string
	// warned is a part of the warning with which the undo puts back what was
	// (or leaves it as found).
	warned string
	found  bool
	// harmless: what somebody else did is no obstacle to the undo.
	harmless bool
}

var big = strings.Repeat("0123456789abcdef", 20_000) // more than stands in the state

func furnish(w *world) {
	w.file("small", "a small file\n", 0o640)
	w.file("other", "another file\n", 0o600)
	w.file("big", big, 0o644)
	w.file("large", strings.Repeat("01234567", wholeLimit/8)+"ends here", 0o644)
	w.file("tree/a", "in a tree\n", 0o444)
	w.file("tree/sub/big", big, 0o755)
	w.file("tree/sub/deep/empty", "", 0o644)
	w.ok(os.Symlink("sub/big", w.path("tree/link")))
	w.ok(os.Link(w.path("tree/a"), w.path("tree/z")))
	w.ok(os.Mkdir(w.path("empty"), 0o750))
	w.ok(os.Symlink("small", w.path("link")))
	if os.Geteuid() == 0 {
		for _, name := range []string{"small", "big", "tree/a", "tree/sub", "tree/sub/big", "link", "tree/link"} {
			w.ok(os.Lchown(w.path(name), 1234, 2345))
		}
		w.ok(os.Chmod(w.path("tree/sub/big"), 0o755|fs.ModeSetuid)) // a new owner takes it away
		w.ok(os.Chtimes(w.path("tree/sub/big"), old, old))
	}
	for _, d := range []string{"tree/sub/deep", "tree/sub", "tree", "empty"} {
		w.ok(os.Chtimes(w.path(d), old, old))
	}
}

// newer writes a file as a service does that makes its file anew.
func newer(name string) func(w *world) {
	return func(w *world) { w.put(name, "newer") }
}

var laws = []law{
	{name: "rename", f: renameFunc(), args: args{"path": "small", "to": "new"}, others: newer("small"), kept: "newer"},
	{name: "rename, moved on", f: renameFunc(), args: args{"path": "small", "to": "new"},
		others: func(w *world) { w.ok(os.Rename(w.path("new"), w.path("elsewhere"))) }},
	{name: "rename, a folder in the way", f: renameFunc(), args: args{"path": "small", "to": "new"},
		others: func(w *world) { w.put("small/x", "newer") }},
	{name: "rename over a file", f: renameFunc(), args: args{"path": "small", "to": "big"}, others: newer("small"), kept: "newer"},
	{name: "rename over a link", f: renameFunc(), args: args{"path": "small", "to": "link"}, others: newer("small"), kept: "newer"},
	{name: "rename a folder", f: renameFunc(), args: args{"path": "tree", "to": "new"}, others: newer("tree"), kept: "newer"},
	{name: "rename a folder, made again", f: renameFunc(), args: args{"path": "tree", "to": "new"},
		others: func(w *world) { w.ok(os.Mkdir(w.path("tree"), 0o755)) }, harmless: true},
	{name: "rename a folder, filled again", f: renameFunc(), args: args{"path": "tree", "to": "new"}, others: newer("tree/a")},
	{name: "rename a link", f: renameFunc(), args: args{"path": "link", "to": "new"}, others: newer("link"), kept: "newer"},

	{name: "remove", f: removeFunc(), args: args{"path": "small"}, others: newer("small"), kept: "newer"},
	{name: "remove a big file", f: removeFunc(), args: args{"path": "big"}, others: newer("big"), kept: "newer"},
	{name: "remove, a folder in the way", f: removeFunc(), args: args{"path": "small"},
		others: func(w *world) { w.put("small/x", "newer") }},
	{name: "remove a link", f: removeFunc(), args: args{"path": "link"}, others: newer("link"), kept: "newer"},
	{name: "remove an empty folder", f: removeFunc(), args: args{"path": "empty"}, others: newer("empty"), kept: "newer"},
	{name: "remove a tree", f: removeFunc(), args: args{"path": "tree", "recursive": true}, others: newer("tree/sub/big"), kept: "newer"},

	{name: "write", f: writeFunc(), args: args{"path": "small", "text": "bad"}, others: newer("small"), kept: "newer"},
	{name: "write over a big file", f: writeFunc(), args: args{"path": "big", "text": "bad", "mode": "0600"}, others: newer("big"), kept: "newer"},
	{name: "write more", f: writeFunc(), args: args{"path": "small", "text": big}, others: newer("small"), kept: "newer"},
	{name: "write through a link", f: writeFunc(), args: args{"path": "link", "text": "bad"}, others: newer("small"), kept: "newer"},
	{name: "write a new file", f: writeFunc(), args: args{"path": "new", "text": "bad", "mode": "0600"}, others: newer("new")},
	{name: "write, removed", f: writeFunc(), args: args{"path": "small", "text": "bad"},
		others: func(w *world) { w.ok(os.Remove(w.path("small"))) }, harmless: true},

	{name: "copy over a file", f: copyFunc(), args: args{"path": "big", "to": "small"}, others: newer("small"), kept: "newer"},
	{name: "copy over a big file", f: copyFunc(), args: args{"path": "small", "to": "big"}, others: newer("big"), kept: "newer"},
	{name: "copy through a link", f: copyFunc(), args: args{"path": "big", "to": "link"}, others: newer("small"), kept: "newer"},
	{name: "copy a file", f: copyFunc(), args: args{"path": "big", "to": "new"}, others: newer("new")},
	{name: "copy a folder", f: copyFunc(), args: args{"path": "tree", "to": "new"}, others: newer("new/sub/big")},

	{name: "append", f: appendFunc(), args: args{"path": "small", "text": "more\n"}, others: func(w *world) { w.more("small", "newer") }},
	{name: "append much", f: appendFunc(), args: args{"path": "big", "text": big}, others: func(w *world) { w.more("big", "newer") }},
	{name: "append, replaced", f: appendFunc(), args: args{"path": "small", "text": "more\n"}, others: newer("small")},
	{name: "append to an empty file", f: appendFunc(), args: args{"path": "tree/sub/deep/empty", "text": "more\n"}, others: newer("tree/sub/deep/empty")},
	{name: "append to a new file", f: appendFunc(), args: args{"path": "new", "text": "more\n"}, others: func(w *world) { w.more("new", "newer") }},

	{name: "truncate", f: truncateFunc(), args: args{"path": "small", "size": value.Size(3)}, others: func(w *world) { w.more("small", "newer") }, kept: "a snewer"},
	{name: "truncate to nothing", f: truncateFunc(), args: args{"path": "big", "size": value.Size(0)}, others: newer("big"), kept: "newer"},
	{name: "truncate a big file", f: truncateFunc(), args: args{"path": "big", "size": value.Size(100)},
		others: func(w *world) { w.ok(os.Truncate(w.path("big"), 50)) }},
	{name: "make longer", f: truncateFunc(), args: args{"path": "small", "size": value.Size(1 << 20)},
		others: func(w *world) { w.ok(os.Truncate(w.path("small"), 15)) }, kept: "a small file\n\x00\x00"},
	{name: "make longer, written into", f: truncateFunc(), args: args{"path": "small", "size": value.Size(16)},
		others: func(w *world) {
			f, err := os.OpenFile(w.path("small"), os.O_WRONLY, 0)
			w.ok(err)
			_, err = f.WriteAt([]byte("x"), 15)
			w.ok(err)
			w.ok(f.Close())
		}, kept: "a small file\n\x00\x00x"},

	{name: "corrupt", f: corruptFunc(), args: args{"path": "small", "bytes": int64(5)}, others: newer("small"), kept: "newer"},
	{name: "corrupt all", f: corruptFunc(), args: args{"path": "small", "bytes": int64(13), "seed": int64(-1)}, others: newer("small"), kept: "newer"},
	{name: "corrupt a large file", f: corruptFunc(), args: args{"path": "large", "bytes": int64(300)}, others: newer("large")},
	{name: "corrupt a large file much", f: corruptFunc(), args: args{"path": "large", "bytes": int64(5000)}, others: func(w *world) {
		w.ok(os.Remove(w.path("large")))
		w.file("large", strings.Repeat("anew", 500_000), 0o644)
	}},

	{name: "fill", f: fillFunc(), args: args{"path": ".", "size": value.Size(3 << 20)},
		others: func(w *world) { w.ok(os.Remove(w.filler())) }, harmless: true},

	{name: "chmod", f: chmodFunc(), args: args{"path": "small", "mode": "0400"},
		others: func(w *world) { w.ok(os.Chmod(w.path("small"), 0o777)) }, warned: "set to 0777"},
	{name: "chmod a folder", f: chmodFunc(), args: args{"path": "empty", "mode": "2700"},
		others: func(w *world) { w.ok(os.Remove(w.path("empty"))) }},
	{name: "touch", f: touchFunc(), args: args{"path": "small"}, others: newer("small"), warned: "its times are left", found: true},
	{name: "touch at a time", f: touchFunc(), args: args{"path": "link", "modified": old.Add(-time.Hour)},
		others: func(w *world) {}, harmless: true},
	{name: "touch a folder", f: touchFunc(), args: args{"path": "tree"}, others: func(w *world) {}, harmless: true},
	{name: "touch a new file", f: touchFunc(), args: args{"path": "new", "modified": old}, others: newer("new")},

	{name: "mkdir", f: mkdirFunc(), args: args{"path": "new", "mode": "0700"}, others: newer("new/x")},
	{name: "mkdir with those above", f: mkdirFunc(), args: args{"path": "new/a/b", "parents": true},
		others: func(w *world) { w.ok(os.RemoveAll(w.path("new/a"))) }, harmless: true},
	{name: "link", f: linkFunc(), args: args{"path": "new", "to": "tree"},
		others: func(w *world) { w.ok(os.Remove(w.path("new"))); w.ok(os.Symlink("elsewhere", w.path("new"))) }},
	{name: "hard link", f: linkFunc(), args: args{"path": "new", "to": "small", "hard": true},
		others: func(w *world) { w.ok(os.Remove(w.path("new"))); w.put("new", "newer") }},
}

// init adds what only an administrator can do.
func init() {
	if os.Geteuid() == 0 {
		laws = append(laws, law{name: "chown", f: chownFunc(), args: args{"path": "small", "uid": int64(65534)},
			others: func(w *world) { w.ok(os.Chown(w.path("small"), 1234, 1234)) }, warned: "set to 1234:1234"})
	}
}

// TestLaws holds every action with an inverse to the laws of undo.
func TestLaws(t *testing.T) {
	t.Parallel()
	boom := errors.New("stopped")
	stopped, cancel := context.WithCancelCause(context.Background())
	cancel(boom)
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			scene := func(t *testing.T) (*world, string, *act) {
				w := newWorld(t)
				furnish(w)
				before := w.snapshot()
				return w, before, w.capture(l.f, l.args)
			}
			t.Run("undone", func(t *testing.T) {
				w, before, a := scene(t)
				w.ok(a.run(t.Context()))
				if w.snapshot() == before || len(a.verify()) == 0 {
					t.Errorf("the action changes nothing, or nothing that verify sees; %v", a.verify())
				}
				for range 2 {
					w.ok(a.restore())
					same(t, w.snapshot(), before)
					if d := a.verify(); len(d) > 0 {
						t.Errorf("verify finds %v", d)
					}
				}
				if log := w.warnings(); strings.Contains(log, "newer content") {
					t.Errorf("nobody else was there, but the log says %s", log)
				}
			})
			t.Run("state holds no content", func(t *testing.T) {
				_, _, a := scene(t)
				for _, text := range []string{"a small file\n", "another file\n", "in a tree\n", big[:100]} {
					coded := base64.RawStdEncoding.EncodeToString([]byte(text)[:len(text)/3*3])
					if strings.Contains(string(a.state), coded) || strings.Contains(string(a.state), text[:8]) {
						t.Errorf("%q stands in the state: %.300s", text, a.state)
					}
				}
			})
			t.Run("never done", func(t *testing.T) {
				w, before, a := scene(t)
				w.ok(a.restore())
				same(t, w.snapshot(), before)
				if d := a.verify(); len(d) > 0 {
					t.Errorf("verify finds %v", d)
				}
			})
			t.Run("stopped", func(t *testing.T) {
				w, before, a := scene(t)
				if err := a.run(stopped); err != nil && !errors.Is(err, boom) {
					t.Errorf("the error does not say why: %v", err)
				}
				w.ok(a.restore())
				same(t, w.snapshot(), before)
			})
			t.Run("changed by others", func(t *testing.T) {
				w, before, a := scene(t)
				w.ok(a.run(t.Context()))
				l.others(w)
				found := w.snapshot()
				err := a.restore()
				switch {
				case l.kept != "":
					w.ok(err)
					same(t, w.snapshot(), before)
					if !slices.Contains(w.kept(), l.kept) {
						t.Errorf("kept is %q", w.kept())
					}
					if !strings.Contains(w.warnings(), filepath.Join(w.env.Store.Dir(), "kept")) {
						t.Errorf("the log does not name what was kept: %s", w.warnings())
					}
				case l.warned != "":
					w.ok(err)
					if !l.found {
						found = before
					}
					same(t, w.snapshot(), found)
					if !strings.Contains(w.warnings(), l.warned) {
						t.Errorf("the log is %q", w.warnings())
					}
				case l.harmless:
					w.ok(err)
					same(t, w.snapshot(), before)
				default:
					if err == nil || !strings.Contains(err.Error(), "left as it is") {
						t.Errorf("error is %v", err)
					}
					same(t, w.snapshot(), found)
				}
			})
		})
	}
}

// same compares two snapshots line by line.
func same(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range g {
		if !slices.Contains(w, line) {
			t.Errorf("is    %s", line)
		}
	}
	for _, line := range w {
		if !slices.Contains(g, line) {
			t.Errorf("wants %s", line)
		}
	}
}
