//go:build unix

package fs

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// TestRefused holds that an action which cannot be done, or not be undone,
// says so before it touches anything.
func TestRefused(t *testing.T) {
	t.Parallel()
	big := value.Size(1 << 62)
	cases := []struct {
		name string
		f    *stdlib.Function
		args args
		want string
	}{
		{"an empty path", writeFunc(), args{"path": "", "text": ""}, "the path is empty"},
		{"the store", removeFunc(), args{"path": "STORE", "recursive": true}, "what the undo of this run needs"},
		{"above the store", renameFunc(), args{"path": "STORE/..", "to": "new"}, "what the undo of this run needs"},
		{"in the store", writeFunc(), args{"path": "STORE/new", "text": ""}, "what the undo of this run needs"},
		{"rename nothing", renameFunc(), args{"path": "nowhere", "to": "new"}, "cannot rename nowhere: it does not exist"},
		{"rename to a folder", renameFunc(), args{"path": "small", "to": "tree"}, "that is a folder; name the path in it"},
		{"rename over a fifo", renameFunc(), args{"path": "small", "to": "fifo"}, "is a fifo, which could not be put back"},
		{"remove nothing", removeFunc(), args{"path": "nowhere"}, "it does not exist"},
		{"remove a folder", removeFunc(), args{"path": "tree"}, "4 things in it; say recursive: true"},
		{"remove where we are", removeFunc(), args{"path": ".", "recursive": true}, "holds the working directory"},
		{"remove all", removeFunc(), args{"path": "/", "recursive": true}, "cannot remove /"},
		{"remove a fifo", removeFunc(), args{"path": "fifo"}, "could not be put back"},
		{"write to a folder", writeFunc(), args{"path": "tree", "text": ""}, "cannot write tree: it is a folder"},
		{"write with a wrong mode", writeFunc(), args{"path": "small", "text": "", "mode": "rw"}, "octal digits"},
		{"write with too much mode", writeFunc(), args{"path": "small", "text": "", "mode": "17777"}, "octal digits"},
		{"append to a folder", appendFunc(), args{"path": "tree", "text": ""}, "cannot append to tree"},
		{"a chain of links", writeFunc(), args{"path": "ring", "text": ""}, "more than 40 links"},
		{"make a folder where a link is", mkdirFunc(), args{"path": "astray"}, "is a symbolic link that leads to nothing"},
		{"make a folder below a link", mkdirFunc(), args{"path": "astray/new", "parents": true}, "is a symbolic link that leads to nothing"},
		{"touch too early", touchFunc(), args{"path": "small", "modified": time.Time{}}, "from the year 1678 to 2261"},
		{"touch too late", touchFunc(), args{"path": "small", "modified": old.AddDate(300, 0, 0)}, "from the year 1678 to 2261"},
		{"truncate nothing", truncateFunc(), args{"path": "nowhere", "size": value.Size(0)}, "it does not exist"},
		{"truncate below nothing", truncateFunc(), args{"path": "small", "size": value.Size(-1)}, "is negative"},
		{"corrupt nothing", corruptFunc(), args{"path": "nowhere", "bytes": int64(1)}, "it does not exist"},
		{"corrupt too much", corruptFunc(), args{"path": "small", "bytes": int64(14)}, "it has 13"},
		{"corrupt far too much", corruptFunc(), args{"path": "small", "bytes": int64(1 << 40)}, "from 0 to 100000"},
		{"corrupt less than nothing", corruptFunc(), args{"path": "small", "bytes": int64(-1)}, "from 0 to 100000"},
		{"copy nothing", copyFunc(), args{"path": "nowhere", "to": "new"}, "cannot copy nowhere: it does not exist"},
		{"copy a folder over something", copyFunc(), args{"path": "tree", "to": "small"}, "there is a file"},
		{"copy a folder into itself", copyFunc(), args{"path": "tree", "to": "tree/sub/new"}, "cannot hold its own copy"},
		{"copy a file over a folder", copyFunc(), args{"path": "small", "to": "tree"}, "cannot copy to tree: it is a folder"},
		{"copy a fifo", copyFunc(), args{"path": "fifo", "to": "new"}, "it is a fifo"},
		{"mkdir that is there", mkdirFunc(), args{"path": "tree"}, "it exists"},
		{"mkdir in nothing", mkdirFunc(), args{"path": "new/a"}, "say parents: true"},
		{"mkdir in a file", mkdirFunc(), args{"path": "small/a", "parents": true}, "small is a file"},
		{"chmod of nothing", chmodFunc(), args{"path": "nowhere", "mode": "0644"}, "it does not exist"},
		{"chown of nothing", chownFunc(), args{"path": "nowhere", "uid": int64(1)}, "it does not exist"},
		{"chown to nobody", chownFunc(), args{"path": "small"}, "needs uid, gid or both"},
		{"chown to less", chownFunc(), args{"path": "small", "uid": int64(-5)}, "is no owner"},
		{"chown to more", chownFunc(), args{"path": "small", "uid": int64(1) << 32}, "is no owner"},
		{"link over something", linkFunc(), args{"path": "small", "to": "tree"}, "there is a file"},
		{"hard link to a folder", linkFunc(), args{"path": "new", "to": "tree", "hard": true}, "not a file"},
		{"fill a file", fillFunc(), args{"path": "small", "size": value.Size(1)}, "no folder"},
		{"fill nothing", fillFunc(), args{"path": "nowhere", "size": value.Size(1)}, "cannot fill nowhere"},
		{"fill with nothing", fillFunc(), args{"path": "tree"}, "needs one of size, until and leave"},
		{"fill with too much", fillFunc(), args{"path": "tree", "size": big}, "are free"},
		{"fill doubly", fillFunc(), args{"path": "tree", "size": big, "leave": big}, "only one of size and leave"},
		{"fill beyond", fillFunc(), args{"path": "tree", "until": value.Percent(101)}, "cannot be 101% full"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			furnish(w)
			w.fifo("fifo")
			w.ok(os.Symlink("ring", w.path("ring")))
			w.ok(os.Symlink("nowhere", w.path("astray")))
			before := w.snapshot()
			given := args{}
			for k, v := range c.args {
				if s, ok := v.(string); ok {
					v = strings.Replace(s, "STORE", w.env.Store.Dir(), 1)
				}
				given[k] = v
			}
			_, err := c.f.Capture(t.Context(), w.env, bind(t, c.f, given))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one with %q", err, c.want)
			}
			same(t, w.snapshot(), before)
		})
	}
}
