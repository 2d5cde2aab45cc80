package stdlib_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/stdlib"
)

func readAll(t *testing.T, s stdlib.Store, key string) string {
	t.Helper()
	r, err := s.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// names returns what lies in a folder; nothing where it is not there.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestDiskStoreGivesBackWhatWasPut(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "run", "store")
	s := stdlib.NewDiskStore(dir)
	if _, err := os.Stat(dir); err == nil {
		t.Fatal("the folder is there before the first copy")
	}
	for _, want := range []string{"", "a", strings.Repeat("chaos", 50_000), strings.Repeat("\x00", 200_000) + "x", "\x00\x00"} {
		key, err := s.Put(t.Context(), strings.NewReader(want))
		if err != nil {
			t.Fatal(err)
		}
		// another process has nothing but the folder and the key
		if got := readAll(t, stdlib.NewDiskStore(dir), key); got != want {
			t.Errorf("%d bytes came back of %d", len(got), len(want))
		}
		if info, _ := os.Stat(filepath.Join(dir, key)); info.Mode().Perm() != 0o600 {
			t.Errorf("mode of the copy is %v", info.Mode())
		}
	}
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o700 {
		t.Errorf("mode of the folder is %v", info.Mode())
	}
}

func TestDiskStoreLeavesNothingBehindWhenPutFails(t *testing.T) {
	t.Parallel()
	boom := errors.New("disk is gone")
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(boom)
	cases := map[string]struct {
		ctx context.Context
		r   io.Reader
	}{
		"the source fails": {t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(boom))},
		"the context ends": {ended, strings.NewReader("whole")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stdlib.NewDiskStore(t.TempDir())
			if _, err := s.Put(c.ctx, c.r); !errors.Is(err, boom) {
				t.Errorf("error is %v", err)
			}
			if _, err := s.Keep(c.ctx, "x", c.r); !errors.Is(err, boom) && c.ctx.Err() != nil {
				t.Errorf("error is %v", err)
			}
			for _, n := range names(t, s.Dir()) {
				if n != "kept" {
					t.Errorf("%s is left", n)
				}
			}
		})
	}
}

func TestDiskStoreOpensOnlyKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := stdlib.NewDiskStore(filepath.Join(dir, "store"))
	if _, err := s.Put(t.Context(), strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("s"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"", ".", "..", "../secret", filepath.Join(dir, "secret"), strings.Repeat("a", 64), strings.Repeat("A", 64), strings.Repeat("/", 64)} {
		if r, err := s.Open(key); err == nil {
			r.Close()
			t.Errorf("%q was opened", key)
		}
	}
}

func TestDiskStoreNoticesDamage(t *testing.T) {
	t.Parallel()
	s := stdlib.NewDiskStore(t.TempDir())
	key, err := s.Put(t.Context(), strings.NewReader("content"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir(), key), []byte("c0ntent"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.Copy(io.Discard, r); err == nil {
		t.Error("the damage was not noticed")
	}
}

// A name may be as long as a file system takes it, so that no number fits
// behind it.
func TestDiskStoreKeepsLongNames(t *testing.T) {
	t.Parallel()
	s := stdlib.NewDiskStore(filepath.Join(t.TempDir(), "store"))
	for range 3 {
		for _, letter := range []string{"n", "ä"} {
			if _, err := s.Keep(t.Context(), strings.Repeat(letter, 255/len(letter)), strings.NewReader("x")); err != nil {
				t.Error(err)
			}
		}
	}
	kept := names(t, filepath.Join(s.Dir(), "kept"))
	for _, name := range kept {
		if !utf8.ValidString(name) {
			t.Errorf("%q is cut in a letter", name)
		}
	}
	if len(kept) != 6 {
		t.Errorf("kept are %v", kept)
	}
}

func TestDiskStoreClearLeavesWhatIsKept(t *testing.T) {
	t.Parallel()
	s := stdlib.NewDiskStore(filepath.Join(t.TempDir(), "store"))
	if err := s.Clear(); err != nil {
		t.Errorf("an empty store: %v", err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("for the undo")); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, text := range []string{"first", "second"} {
		p, err := s.Keep(t.Context(), "/srv/data/exchange.dat", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	if err := s.Clear(); err != nil {
		t.Fatal(err)
	}
	if left := names(t, s.Dir()); len(left) != 1 || left[0] != "kept" {
		t.Errorf("left are %v", left)
	}
	for i, want := range []string{"first", "second"} {
		if got, err := os.ReadFile(paths[i]); err != nil || string(got) != want {
			t.Errorf("kept %q, %v", got, err)
		}
	}

	s = stdlib.NewDiskStore(filepath.Join(t.TempDir(), "store"))
	if _, err := s.Put(t.Context(), bytes.NewReader(nil)); err != nil {
		t.Fatal(err)
	}
	if err := s.Clear(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.Dir()); err == nil {
		t.Error("the empty folder is left")
	}
}
