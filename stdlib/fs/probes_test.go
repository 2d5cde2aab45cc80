//go:build unix

package fs

import (
	"context"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestProbes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	w.ok(os.Symlink("nowhere", w.path("dangling")))
	w.fifo("fifo")
	w.file("latin1", "caf\xe9", 0o644)
	w.file("umlauts", "äöü", 0o644)
	cases := []struct {
		name string
		f    *stdlib.Function
		args args
		want any    // or
		fail string // a part of the error
		log  string // a part of what is logged
	}{
		{name: "a file exists", f: existsFunc(), args: args{"path": "small"}, want: true},
		{name: "a folder exists", f: existsFunc(), args: args{"path": "tree"}, want: true},
		{name: "nothing exists", f: existsFunc(), args: args{"path": "nowhere"}, want: false},
		{name: "below a file nothing exists", f: existsFunc(), args: args{"path": "small/x"}, want: false},
		{name: "a dangling link does not exist", f: existsFunc(), args: args{"path": "dangling"}, want: false},
		{name: "a file is a file", f: isFileFunc(), args: args{"path": "small"}, want: true},
		{name: "a link to a file is a file", f: isFileFunc(), args: args{"path": "link"}, want: true},
		{name: "a folder is no file", f: isFileFunc(), args: args{"path": "tree"}, want: false},
		{name: "a folder is a folder", f: isDirFunc(), args: args{"path": "tree"}, want: true},
		{name: "a file is no folder", f: isDirFunc(), args: args{"path": "small"}, want: false},

		{name: "read", f: readFunc(), args: args{"path": "small"}, want: "a small file\n"},
		{name: "read through a link", f: readFunc(), args: args{"path": "link"}, want: "a small file\n"},
		{name: "read is cut", f: readFunc(), args: args{"path": "small", "max": value.Size(7)}, want: "a small", log: "longer than 7B"},
		{name: "read just all", f: readFunc(), args: args{"path": "small", "max": value.Size(13)}, want: "a small file\n"},
		{name: "a cut through a character", f: readFunc(), args: args{"path": "umlauts", "max": value.Size(5)}, want: "äö", log: "longer"},
		{name: "bytes that are no UTF-8", f: readFunc(), args: args{"path": "latin1"}, want: "caf\uFFFD", log: "not UTF-8"},
		{name: "read a folder", f: readFunc(), args: args{"path": "tree"}, fail: "it is a folder"},
		{name: "read a fifo", f: readFunc(), args: args{"path": "fifo"}, fail: "it is a fifo"},
		{name: "checksum of a fifo", f: checksumFunc(), args: args{"path": "fifo"}, fail: "it is a fifo"},
		{name: "read nothing", f: readFunc(), args: args{"path": "nowhere"}, fail: "cannot read nowhere: no such file"},
		{name: "read with a negative limit", f: readFunc(), args: args{"path": "small", "max": value.Size(-1)}, fail: "max is"},

		{name: "size of a file", f: sizeFunc(), args: args{"path": "small"}, want: value.Size(13)},
		{name: "size of a folder", f: sizeFunc(), args: args{"path": "tree"}, want: value.Size(20 + len(big))},
		{name: "size of nothing", f: sizeFunc(), args: args{"path": "nowhere"}, fail: "cannot look at nowhere"},

		{name: "list", f: listFunc(), args: args{"path": "tree"}, want: []any{"a", "link", "sub", "z"}},
		{name: "list an empty folder", f: listFunc(), args: args{"path": "empty"}, want: []any{}},
		{name: "list a file", f: listFunc(), args: args{"path": "small"}, fail: "cannot list small"},

		{name: "glob", f: globFunc(), args: args{"pattern": "*l"}, want: []any{"small"}},
		{name: "glob with a folder", f: globFunc(), args: args{"pattern": "tree/[a-k]"}, want: []any{"tree/a"}},
		{name: "glob below", f: globFunc(), args: args{"pattern": "tree/**/{big,empty}"}, want: []any{"tree/sub/big", "tree/sub/deep/empty"}},
		{name: "glob from the root", f: globFunc(), args: args{"pattern": w.path("tree/?")}, want: []any{w.path("tree/a"), w.path("tree/z")}},
		{name: "glob of a name", f: globFunc(), args: args{"pattern": "dangling"}, want: []any{"dangling"}},
		{name: "glob without a match", f: globFunc(), args: args{"pattern": "nowhere/*"}, want: []any{}},
		{name: "glob that is open", f: globFunc(), args: args{"pattern": "tree/[a"}, fail: "not well formed"},

		{name: "checksum", f: checksumFunc(), args: args{"path": "tree/sub/deep/empty"},
			want: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{name: "sha512", f: checksumFunc(), args: args{"path": "tree/sub/deep/empty", "algorithm": "sha512"},
			want: "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"},
		{name: "sha1", f: checksumFunc(), args: args{"path": "tree/sub/deep/empty", "algorithm": "sha1"}, want: "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
		{name: "md5", f: checksumFunc(), args: args{"path": "tree/sub/deep/empty", "algorithm": "md5"}, want: "d41d8cd98f00b204e9800998ecf8427e"},
		{name: "another checksum", f: checksumFunc(), args: args{"path": "small", "algorithm": "crc"}, fail: `no algorithm "crc"`},

		{name: "free space of nothing", f: freeFunc(), args: args{"path": "nowhere"}, fail: "no such file"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w.t, w.log = t, nil
			got, err := w.call(c.f, c.args)
			if c.fail != "" {
				if err == nil || !strings.Contains(err.Error(), c.fail) {
					t.Fatalf("error is %v, want one with %q", err, c.fail)
				}
				return
			}
			w.ok(err)
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if (c.log == "") != (w.warnings() == "") || !strings.Contains(w.warnings(), c.log) {
				t.Errorf("the log is %q, want %q", w.warnings(), c.log)
			}
		})
	}
}

func TestStat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	w.ok(os.Symlink("nowhere", w.path("dangling")))
	field := func(path, name string) any {
		t.Helper()
		r, err := w.call(statFunc(), args{"path": path})
		w.ok(err)
		v, err := r.(*value.Record).Get(name)
		w.ok(err)
		return v
	}
	uid, gid := int64(os.Geteuid()), int64(os.Getegid())
	for _, c := range []struct {
		path, field string
		want        any
	}{
		{"small", "kind", "file"}, {"small", "size", value.Size(13)}, {"small", "mode", "0640"},
		{"other", "uid", uid}, {"other", "gid", gid}, {"small", "links", int64(1)}, {"tree/a", "links", int64(2)},
		{"small", "link", false}, {"small", "target", ""}, {"small", "path", w.path("small")},
		{"tree", "kind", "dir"}, {"empty", "mode", "0750"},
		{"link", "kind", "file"}, {"link", "link", true}, {"link", "target", "small"}, {"link", "size", value.Size(13)},
		{"dangling", "kind", "link"}, {"dangling", "target", "nowhere"},
	} {
		if got := field(c.path, c.field); got != c.want {
			t.Errorf("%s of %s is %v, want %v", c.field, c.path, got, c.want)
		}
	}
	for _, name := range []string{"modified", "accessed"} {
		if got := field("big", name).(time.Time); !got.Equal(old) {
			t.Errorf("%s is %v, want %v", name, got, old)
		}
	}
	if _, err := w.call(statFunc(), args{"path": "nowhere"}); err == nil {
		t.Error("there is nothing, but no error")
	}
}

func TestFreeIsWithinTheFileSystem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got, err := w.call(freeFunc(), args{"path": "."})
	w.ok(err)
	space, err := w.env.Files.Space(w.dir)
	w.ok(err)
	if n := int64(got.(value.Size)); n <= 0 || n > space.Total {
		t.Errorf("%d bytes are free of %d", n, space.Total)
	}
}

func TestProbesEndWithTheContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	furnish(w)
	boom := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(boom)
	for _, f := range []*stdlib.Function{readFunc(), checksumFunc()} {
		if _, err := f.Run(ctx, w.env, bind(t, f, args{"path": "big"}), nil); !errors.Is(err, boom) {
			t.Errorf("%s: error is %v", f.Name(), err)
		}
	}
	if _, err := globFunc().Run(ctx, w.env, bind(t, globFunc(), args{"pattern": strings.Repeat("{a,a}", 40)}), nil); !errors.Is(err, boom) {
		t.Errorf("fs.glob: error is %v", err)
	}
	if _, err := sizeFunc().Run(ctx, w.env, bind(t, sizeFunc(), args{"path": "tree"}), nil); !errors.Is(err, boom) {
		t.Errorf("fs.size: error is %v", err)
	}
}
