package fs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib"
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
	// harmless: what somebody else did is no obstacle to the undo.
	harmless bool
}

var big = strings.Repeat("0123456789abcdef", 20_000) // more than stands in the state

func furnish(w *world) {
	w.file("small", "a small file\n", 0o640)
	w.file("other", "another file\n", 0o600)
	w.file("big", big, 0o644)
	w.file("tree/a", "in a tree\n", 0o444)
	w.file("tree/sub/big", big, 0o755)
	w.file("tree/sub/deep/empty", "", 0o644)
	w.ok(os.Symlink("sub/big", w.path("tree/link")))
	w.ok(os.Link(w.path("tree/a"), w.path("tree/z")))
	w.ok(os.Mkdir(w.path("empty"), 0o750))
	w.ok(os.Symlink("small", w.path("link")))
	for _, d := range []string{"tree/sub/deep", "tree/sub", "tree", "empty"} {
		w.ok(os.Chtimes(w.path(d), old, old))
	}
}

// newer writes a file as a service does that makes its file anew.
func newer(name string) func(w *world) {
	return func(w *world) { w.put(name, "newer") }
}

var laws = []law{
	{name: "rename", f: renameFunc, args: args{"path": "small", "to": "new"}, others: newer("small"), kept: "newer"},
	{name: "rename, moved on", f: renameFunc, args: args{"path": "small", "to": "new"},
		others: func(w *world) { w.ok(os.Rename(w.path("new"), w.path("elsewhere"))) }},
	{name: "rename, a folder in the way", f: renameFunc, args: args{"path": "small", "to": "new"},
		others: func(w *world) { w.put("small/x", "newer") }},
	{name: "rename over a file", f: renameFunc, args: args{"path": "small", "to": "big"}, others: newer("small"), kept: "newer"},
	{name: "rename over a link", f: renameFunc, args: args{"path": "small", "to": "link"}, others: newer("small"), kept: "newer"},
	{name: "rename a folder", f: renameFunc, args: args{"path": "tree", "to": "new"}, others: newer("tree"), kept: "newer"},
	{name: "rename a folder, made again", f: renameFunc, args: args{"path": "tree", "to": "new"},
		others: func(w *world) { w.ok(os.Mkdir(w.path("tree"), 0o755)) }, harmless: true},
	{name: "rename a folder, filled again", f: renameFunc, args: args{"path": "tree", "to": "new"}, others: newer("tree/a")},
	{name: "rename a link", f: renameFunc, args: args{"path": "link", "to": "new"}, others: newer("link"), kept: "newer"},

	{name: "remove", f: removeFunc, args: args{"path": "small"}, others: newer("small"), kept: "newer"},
	{name: "remove a big file", f: removeFunc, args: args{"path": "big"}, others: newer("big"), kept: "newer"},
	{name: "remove, a folder in the way", f: removeFunc, args: args{"path": "small"},
		others: func(w *world) { w.put("small/x", "newer") }},
	{name: "remove a link", f: removeFunc, args: args{"path": "link"}, others: newer("link"), kept: "newer"},
	{name: "remove an empty folder", f: removeFunc, args: args{"path": "empty"}, others: newer("empty"), kept: "newer"},
	{name: "remove a tree", f: removeFunc, args: args{"path": "tree", "recursive": true}, others: newer("tree/sub/big"), kept: "newer"},

	{name: "write", f: writeFunc, args: args{"path": "small", "text": "bad"}, others: newer("small"), kept: "newer"},
	{name: "write over a big file", f: writeFunc, args: args{"path": "big", "text": "bad", "mode": "0600"}, others: newer("big"), kept: "newer"},
	{name: "write more", f: writeFunc, args: args{"path": "small", "text": big}, others: newer("small"), kept: "newer"},
	{name: "write through a link", f: writeFunc, args: args{"path": "link", "text": "bad"}, others: newer("small"), kept: "newer"},
	{name: "write a new file", f: writeFunc, args: args{"path": "new", "text": "bad", "mode": "0600"}, others: newer("new")},
	{name: "write, removed", f: writeFunc, args: args{"path": "small", "text": "bad"},
		others: func(w *world) { w.ok(os.Remove(w.path("small"))) }, harmless: true},
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
