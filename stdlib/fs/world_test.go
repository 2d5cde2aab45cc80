//go:build unix

package fs

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// world is a temporary folder with an environment whose working directory it
// is.
type world struct {
	t   *testing.T
	dir string
	env *stdlib.Env

	mu  sync.Mutex
	log []string
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, dir: t.TempDir()}
	w.env = &stdlib.Env{
		Clock: stdlib.SystemClock{},
		Files: stdlib.SystemFiles{Dir: w.dir},
		Store: stdlib.NewDiskStore(filepath.Join(t.TempDir(), "store")),
		RunID: "run-1",
		Rand:  stdlib.NewRand(1),
		Log: func(level, message string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.log = append(w.log, level+" "+message)
		},
	}
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) path(name string) string { return filepath.Join(w.dir, name) }

// old is a time with all digits that a file system may keep.
var old = time.Date(2020, 2, 3, 4, 5, 6, 123456789, time.UTC)

// file makes a file with an old time.
func (w *world) file(name, text string, mode fs.FileMode) {
	w.t.Helper()
	w.put(name, text)
	w.ok(os.Chmod(w.path(name), mode))
	w.ok(os.Chtimes(w.path(name), old, old))
}

// put writes a file as somebody else would.
func (w *world) put(name, text string) {
	w.t.Helper()
	w.ok(os.MkdirAll(filepath.Dir(w.path(name)), 0o755))
	w.ok(os.WriteFile(w.path(name), []byte(text), 0o644))
}

// more puts a text behind the end of a file, as somebody else would.
func (w *world) more(name, text string) {
	w.t.Helper()
	f, err := os.OpenFile(w.path(name), os.O_WRONLY|os.O_APPEND, 0)
	w.ok(err)
	_, err = f.WriteString(text)
	w.ok(err)
	w.ok(f.Close())
}

// snapshot describes all that is in the folder: kind, mode, time, owner,
// content. Only the time of the folder itself is left out.
func (w *world) snapshot() string {
	w.t.Helper()
	var b strings.Builder
	w.ok(filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == w.dir {
			return err
		}
		s, err := look(w.env, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %s %04o %d:%d", strings.TrimPrefix(path, w.dir), s.Kind, s.Mode, s.UID, s.GID)
		if s.Kind != link {
			fmt.Fprintf(&b, " %s", stamp(s.Modified))
		}
		switch s.Kind {
		case link:
			fmt.Fprintf(&b, " -> %s", s.Target)
		case file:
			d, err := digestOf(w.t.Context(), w.env, path, 0)
			w.ok(err)
			fmt.Fprintf(&b, " %d names, %d bytes, %s", s.links, d.Size, d.Sum)
		}
		b.WriteString("\n")
		return nil
	}))
	return b.String()
}

// args are the arguments of a call by name.
type args map[string]any

// bind puts arguments in the order of the parameters.
func bind(t *testing.T, f *stdlib.Function, given args) any {
	t.Helper()
	sig := f.Signature()
	list := make([]any, len(sig.Params))
	for i, p := range sig.Params {
		list[i] = stdlib.Missing
		if v, ok := given[p.Name]; ok {
			list[i] = v
		}
	}
	for name := range given {
		if sig.Param(name) < 0 {
			t.Fatalf("%s has no parameter %s", f.Name(), name)
		}
	}
	bound, err := f.Bind(list)
	if err != nil {
		t.Fatal(err)
	}
	return bound
}

// call calls a function without asking for its undo.
func (w *world) call(f *stdlib.Function, given args) (any, error) {
	w.t.Helper()
	return f.Run(w.t.Context(), w.env, bind(w.t, f, given), nil)
}

// act is an action whose undo is wanted; its state is kept as JSON, as another
// process would get it.
type act struct {
	w     *world
	f     *stdlib.Function
	bound any
	state []byte
}

func (w *world) capture(f *stdlib.Function, given args) *act {
	w.t.Helper()
	a := &act{w: w, f: f, bound: bind(w.t, f, given)}
	s, err := f.Capture(w.t.Context(), w.env, a.bound)
	w.ok(err)
	a.keep(s)
	return a
}

func (a *act) keep(state any) {
	a.w.t.Helper()
	var err error
	a.state, err = json.Marshal(state)
	a.w.ok(err)
}

func (a *act) decoded() any {
	a.w.t.Helper()
	s, err := a.f.DecodeState(a.state)
	a.w.ok(err)
	return s
}

func (a *act) run(ctx context.Context) error {
	a.w.t.Helper()
	s := a.decoded()
	_, err := a.f.Run(ctx, a.w.env, a.bound, s)
	a.keep(s)
	return err
}

func (a *act) restore() error {
	a.w.t.Helper()
	return a.f.Restore(a.w.t.Context(), a.w.env, a.decoded())
}

func (a *act) verify() []stdlib.Difference {
	a.w.t.Helper()
	diffs, err := a.f.Verify(a.w.t.Context(), a.w.env, a.decoded())
	a.w.ok(err)
	return diffs
}

// warnings returns what was said in the log.
func (w *world) warnings() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.log, "\n")
}

// filler returns the file with which the disk is filled.
func (w *world) filler() string {
	w.t.Helper()
	paths, err := filepath.Glob(w.path(".chaosc-run-1-fill-*"))
	w.ok(err)
	if len(paths) != 1 {
		w.t.Fatalf("there are %d fillers", len(paths))
	}
	return paths[0]
}

// kept returns the contents that were kept for the user.
func (w *world) kept() []string {
	w.t.Helper()
	paths, err := filepath.Glob(filepath.Join(w.env.Store.Dir(), "kept", "*"))
	w.ok(err)
	var texts []string
	for _, p := range paths {
		b, err := os.ReadFile(p)
		w.ok(err)
		texts = append(texts, string(b))
	}
	slices.Sort(texts)
	return texts
}

// fifo makes a named pipe.
func (w *world) fifo(name string) {
	w.t.Helper()
	w.ok(syscall.Mkfifo(w.path(name), 0o600))
}

// blocks returns how many bytes of the disk a file takes.
func blocks(info fs.FileInfo) int64 { return info.Sys().(*syscall.Stat_t).Blocks * 512 }
