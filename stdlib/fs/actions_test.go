//go:build unix

package fs

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestWhoHasTheFileOpenSeesActionAndUndo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f    *stdlib.Function
		args args
		want string
	}{
		{writeFunc(), args{"path": "small", "text": "bad"}, "bad"},
		{appendFunc(), args{"path": "small", "text": "more"}, "a small file\nmore"},
		{truncateFunc(), args{"path": "small", "size": value.Size(2)}, "a "},
		{copyFunc(), args{"path": "other", "to": "small"}, "another file\n"},
	} {
		t.Run(c.f.Name(), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			furnish(w)
			f, err := os.Open(w.path("small"))
			w.ok(err)
			defer f.Close()
			a := w.capture(c.f, c.args)
			w.ok(a.run(t.Context()))
			sees := func(want string) {
				t.Helper()
				b, err := io.ReadAll(section(f, 0))
				w.ok(err)
				if string(b) != want {
					t.Errorf("sees %q, want %q", b, want)
				}
			}
			sees(c.want)
			w.ok(a.restore())
			sees("a small file\n")
		})
	}
}

// TestServiceThatMakesItsFileAnew is the tutorial: while the file is away, the
// service makes it again and again.
func TestServiceThatMakesItsFileAnew(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(w *world){
		"in place": func(w *world) { w.put("exchange.dat", "Exchange rates") },
		"by renaming": func(w *world) {
			w.put("exchange.tmp", "Exchange rates")
			w.ok(os.Rename(w.path("exchange.tmp"), w.path("exchange.dat")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.file("exchange.dat", "original", 0o640)
			a := w.capture(renameFunc(), args{"path": "exchange.dat", "to": "exchange.dat.old"})
			w.ok(a.run(t.Context()))
			for range 3 {
				f(w)
			}
			w.ok(a.restore())
			if d := a.verify(); len(d) > 0 {
				t.Errorf("verify finds %v", d)
			}
			if name == "in place" {
				f(w) // it goes on, on the file that is back
				if d := a.verify(); len(d) > 0 {
					t.Errorf("verify finds %v", d)
				}
			}
			if got := w.kept(); len(got) != 1 || got[0] != "Exchange rates" {
				t.Errorf("kept is %q", got)
			}
			w.ok(a.restore())
			if _, err := os.Stat(w.path("exchange.dat.old")); err == nil {
				t.Error("exchange.dat.old is left")
			}
		})
	}
}

func TestWrittenFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	for _, c := range []struct {
		f    *stdlib.Function
		args args
		path string
		text string
		mode fs.FileMode
	}{
		{writeFunc(), args{"path": "new", "text": "x"}, "new", "x", 0o644},
		{writeFunc(), args{"path": "open", "text": "x", "mode": "0666"}, "open", "x", 0o666},
		{writeFunc(), args{"path": "other", "text": ""}, "other", "", 0o600},
		{appendFunc(), args{"path": "log", "text": "x"}, "log", "x", 0o644},
		{copyFunc(), args{"path": "other", "to": "copy"}, "copy", "", 0o600},
		{copyFunc(), args{"path": "tree", "to": "forest"}, "forest/a", "in a tree\n", 0o444},
		{touchFunc(), args{"path": "flag"}, "flag", "", 0o644},
		{linkFunc(), args{"path": "hard", "to": "new", "hard": true}, "hard", "x", 0o644},
		{linkFunc(), args{"path": "soft", "to": "new"}, "soft", "x", 0o644},
	} {
		_, err := w.call(c.f, c.args)
		w.ok(err)
		info, err := os.Stat(w.path(c.path))
		w.ok(err)
		text, err := os.ReadFile(w.path(c.path))
		w.ok(err)
		if string(text) != c.text || info.Mode() != c.mode {
			t.Errorf("%s: %s holds %q with mode %v", c.f.Name(), c.path, text, info.Mode())
		}
	}
}

func TestAppendTakesAwayItsTextOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put("log", "one\n")
	a := w.capture(appendFunc(), args{"path": "log", "text": "ours\n"})
	w.more("log", "two\n") // somebody is quicker
	w.ok(a.run(t.Context()))
	w.ok(a.restore())
	if b, _ := os.ReadFile(w.path("log")); string(b) != "one\ntwo\n" {
		t.Errorf("the file holds %q", b)
	}
	if d := a.verify(); len(d) > 0 {
		t.Errorf("verify finds %v", d)
	}

	a = w.capture(appendFunc(), args{"path": "log", "text": "three\n"})
	w.more("log", "thr") // what a run leaves that is ended in the middle
	w.ok(a.restore())
	if b, _ := os.ReadFile(w.path("log")); string(b) != "one\ntwo\n" {
		t.Errorf("the file holds %q", b)
	}
}

func TestUndoRemovesWhatAStoppedActionLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	for _, c := range []struct {
		f    *stdlib.Function
		args args
	}{
		{writeFunc(), args{"path": "new", "text": "x"}},
		{copyFunc(), args{"path": "tree", "to": "new"}},
	} {
		a := w.capture(c.f, c.args)
		before := w.snapshot()
		left := temporary(w.env, w.path("new"))
		if !strings.Contains(left, w.env.RunID) {
			t.Errorf("%s does not carry the run", left)
		}
		w.ok(os.Mkdir(left, 0o700))
		w.ok(os.WriteFile(left+"/half", nil, 0o600))
		w.ok(a.restore())
		same(t, w.snapshot(), before)
	}
}

func TestCorruptChangesThatManyBytes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	for _, name := range []string{"big", "large"} {
		before, err := os.ReadFile(w.path(name))
		w.ok(err)
		_, err = w.call(corruptFunc(), args{"path": name, "bytes": int64(500)})
		w.ok(err)
		after, err := os.ReadFile(w.path(name))
		w.ok(err)
		changed := 0
		for i := range before {
			if before[i] != after[i] {
				changed++
			}
		}
		if changed != 500 || len(after) != len(before) {
			t.Errorf("%s: %d bytes changed, %d there of %d", name, changed, len(after), len(before))
		}
	}
	w.put("one", big)
	w.put("two", big)
	var got []string
	for _, name := range []string{"one", "two"} {
		_, err := w.call(corruptFunc(), args{"path": name, "bytes": int64(50), "seed": int64(7)})
		w.ok(err)
		b, err := os.ReadFile(w.path(name))
		w.ok(err)
		got = append(got, string(b))
	}
	if got[0] != got[1] || got[0] == big {
		t.Error("one seed makes different damage")
	}
}

func TestCorruptLeavesAloneWhatOthersWroteAround(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	before, err := os.ReadFile(w.path("large"))
	w.ok(err)
	a := w.capture(corruptFunc(), args{"path": "large", "bytes": int64(64)})
	w.ok(a.run(t.Context()))
	damaged, err := os.ReadFile(w.path("large"))
	w.ok(err)
	first := 0
	for before[first] == damaged[first] {
		first++
	}
	near := first ^ 1 // another byte of the same sector
	f, err := os.OpenFile(w.path("large"), os.O_WRONLY, 0)
	w.ok(err)
	_, err = f.WriteAt([]byte{^damaged[near]}, int64(near))
	w.ok(err)
	w.ok(f.Close())
	if err := a.restore(); err == nil || !strings.Contains(err.Error(), "left as it is") {
		t.Errorf("error is %v", err)
	}
	after, err := os.ReadFile(w.path("large"))
	w.ok(err)
	sectorOf := func(i int) int { return i / sectorSize }
	for i := range before {
		switch {
		case sectorOf(i) != sectorOf(first) && after[i] != before[i]:
			t.Fatalf("byte %d is not put back", i)
		case i == first && after[i] != damaged[i]:
			t.Errorf("byte %d, beside what somebody else wrote, was changed", i)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r, err := w.call(fillFunc(), args{"path": ".", "size": value.Size(5<<20 + 1)})
	w.ok(err)
	rec := r.(*value.Record)
	path, _ := rec.Get("path")
	size, _ := rec.Get("size")
	if path != w.filler() || size != value.Size(5<<20+1) {
		t.Errorf("result is %s", value.Text(r))
	}
	info, err := os.Stat(w.filler())
	w.ok(err)
	if n := blocks(info); n < 5<<20 {
		t.Errorf("the file takes %d bytes of the disk", n)
	}
	r, err = w.call(fillFunc(), args{"path": ".", "until": value.Percent(0)})
	w.ok(err)
	if size, _ := r.(*value.Record).Get("size"); size != value.Size(0) {
		t.Errorf("took %v to be 0%% full", size)
	}
	w.filler() // there is no second one
}

func TestFillNeed(t *testing.T) {
	t.Parallel()
	size := func(n value.Size) *value.Size { return &n }
	until := func(p value.Percent) *value.Percent { return &p }
	space := stdlib.Space{Total: 1000, Free: 500, Available: 300} // 500 used, 62.5 % full for users
	for _, c := range []struct {
		args fillArgs
		want int64
	}{
		{fillArgs{Size: size(10)}, 10},
		{fillArgs{Until: until(100)}, 300},
		{fillArgs{Until: until(75)}, 100},
		{fillArgs{Until: until(50)}, 0},
		{fillArgs{Leave: size(0)}, 300},
		{fillArgs{Leave: size(120)}, 180},
		{fillArgs{Leave: size(1000)}, 0},
	} {
		if got, err := c.args.need(space); err != nil || got != c.want {
			t.Errorf("%+v: %d, %v, want %d", c.args, got, err, c.want)
		}
	}
}

func TestNoiseIsWrittenWhereNothingCanBeReserved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	f, err := os.Create(w.path("noise"))
	w.ok(err)
	defer f.Close()
	w.ok(writeNoise(t.Context(), f, 1<<20+3))
	if info, _ := f.Stat(); info.Size() != 1<<20+3 || blocks(info) < 1<<20 {
		t.Errorf("size %d, %d on disk", info.Size(), blocks(info))
	}
}

// failing is a store on a full disk.
type failing struct{ stdlib.Store }

var errFull = errors.New("no space left on device")

func (failing) Put(context.Context, io.Reader) (string, error) { return "", errFull }

func (failing) Keep(context.Context, string, io.Reader) (string, error) { return "", errFull }

func TestNothingHappensWhenNothingCanBeKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	before := w.snapshot()
	store := w.env.Store
	w.env.Store = failing{store}
	for _, l := range []law{
		{f: writeFunc(), args: args{"path": "small", "text": "x"}},
		{f: removeFunc(), args: args{"path": "tree", "recursive": true}},
		{f: renameFunc(), args: args{"path": "small", "to": "big"}},
	} {
		if _, err := l.f.Capture(t.Context(), w.env, bind(t, l.f, l.args)); !errors.Is(err, errFull) {
			t.Errorf("%s: error is %v", l.f.Name(), err)
		}
	}
	same(t, w.snapshot(), before)

	w.env.Store = store
	a := w.capture(renameFunc(), args{"path": "small", "to": "new"})
	w.ok(a.run(t.Context()))
	w.put("small", "newer")
	found := w.snapshot()
	w.env.Store = failing{store}
	if err := a.restore(); !errors.Is(err, errFull) {
		t.Errorf("error is %v", err)
	}
	same(t, w.snapshot(), found)
}

// denying is a file system on which nobody may change owners.
type denying struct{ stdlib.SystemFiles }

func (denying) Lchown(string, int, int) error { return fs.ErrPermission }

func TestOwnerThatCannotBePutBackIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	w.env.Files = denying{stdlib.SystemFiles{Dir: w.dir}}
	s := saved{Path: w.path("other"), UID: 54321, GID: 54321}
	w.ok(putOwner(w.env, s, saved{}))
	if !strings.Contains(w.warnings(), "only an administrator") {
		t.Errorf("the log is %q", w.warnings())
	}
}

func TestOtherNamesOfAFileAreSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	w.capture(removeFunc(), args{"path": "tree/a"})
	if !strings.Contains(w.warnings(), "hard links") {
		t.Errorf("the log is %q", w.warnings())
	}
}

func TestHolesStayHoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put("sparse", "x")
	w.ok(os.Truncate(w.path("sparse"), 64<<20))
	for _, c := range []struct {
		f    *stdlib.Function
		args args
	}{
		{removeFunc(), args{"path": "sparse"}},
		{writeFunc(), args{"path": "sparse", "text": "y"}},
	} {
		a := w.capture(c.f, c.args)
		w.ok(a.run(t.Context()))
		w.ok(a.restore())
		info, err := os.Stat(w.path("sparse"))
		w.ok(err)
		if info.Size() != 64<<20 || blocks(info) > 1<<20 {
			t.Errorf("%s: size %d, %d on disk", c.f.Name(), info.Size(), blocks(info))
		}
	}
}

// An undo that is a removal makes room on a disk that has none left for a copy.
func TestARemovalForGoodNeedsNoCopy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.file("big", strings.Repeat("x", 1<<20), 0o644)
	w.file("tree/a", "a", 0o444)
	w.env.Store = failing{w.env.Store}
	for _, given := range []args{{"path": "big"}, {"path": "tree", "recursive": true}} {
		if _, err := w.call(removeFunc(), given); err != nil {
			t.Errorf("%s: %v", given["path"], err)
		}
	}
	if left := w.snapshot(); left != "" {
		t.Errorf("left is\n%s", left)
	}
}
