package fs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// kind is what stands at a path.
type kind string

const (
	none   kind = "none"
	file   kind = "file"
	dir    kind = "dir"
	link   kind = "link" // symbolic
	fifo   kind = "fifo"
	socket kind = "socket"
	device kind = "device"
)

func kindOf(mode fs.FileMode) kind {
	switch {
	case mode.IsRegular():
		return file
	case mode.IsDir():
		return dir
	case mode&fs.ModeSymlink != 0:
		return link
	case mode&fs.ModeNamedPipe != 0:
		return fifo
	case mode&fs.ModeSocket != 0:
		return socket
	}
	return device
}

// with says what stands there in a sentence: "a folder".
func (k kind) with() string {
	switch k {
	case none:
		return "nothing"
	case dir:
		return "a folder"
	case link:
		return "a symbolic link"
	}
	return "a " + string(k)
}

// saved is a path as it was before an action: what its undo needs, as data
// that another process can read.
type saved struct {
	Path     string    `json:"path"` // from the root
	Kind     kind      `json:"kind"`
	Mode     uint32    `json:"mode"` // as in Unix: 0644
	UID      int       `json:"uid"`  // -1 where the system has none
	GID      int       `json:"gid"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	Accessed time.Time `json:"accessed"`
	// ID tells the file from another one at the same path; empty where the
	// system does not say.
	ID string `json:"id,omitempty"`
	// Target is where a symbolic link leads.
	Target string `json:"target,omitempty"`
	// Twin is another path of the same saved tree that is the same file.
	Twin string `json:"twin,omitempty"`
	// Content is the file's from byte From to its end; what stands before
	// that the action does not touch.
	From    int64    `json:"from,omitempty"`
	Content *content `json:"content,omitempty"`

	links uint64 // names that the file has
}

// look describes a path itself, not what a link leads to. That nothing is
// there is no error.
func look(env *stdlib.Env, path string) (saved, error) {
	info, err := env.Files.Lstat(path)
	if err != nil {
		if absent(err) {
			return saved{Path: path, Kind: none, UID: -1, GID: -1}, nil
		}
		return saved{}, cannot("look at", path, err)
	}
	s := describe(path, info)
	if s.Kind == link {
		if s.Target, err = env.Files.Readlink(path); err != nil {
			return saved{}, cannot("read the link", path, err)
		}
	}
	return s, nil
}

func describe(path string, info fs.FileInfo) saved {
	s := saved{Path: path, Kind: kindOf(info.Mode()), Mode: toUnix(info.Mode()), UID: -1, GID: -1,
		Size: info.Size(), Modified: info.ModTime().UTC(), links: 1}
	s.Accessed = s.Modified
	addSystem(&s, info)
	return s
}

// save looks at a path and keeps what would be lost when it is overwritten or
// removed: the content of a file from byte from on, see [keep] for limit. A
// folder is saved without what is in it.
func save(ctx context.Context, env *stdlib.Env, path string, from int64, limit int) (saved, error) {
	s, err := look(env, path)
	if err != nil {
		return s, err
	}
	switch s.Kind {
	case file:
		f, err := env.Files.Open(path)
		if err != nil {
			return s, cannot("read", path, err)
		}
		defer f.Close()
		s.From = from
		if s.Content, err = keep(ctx, env, section(f, from), limit); err != nil {
			return s, cannot("keep a copy of", path, err)
		}
		// what was read is what is put back, also where the file grew meanwhile
		s.Size = from + s.Content.Size
	case fifo, socket, device:
		return s, fmt.Errorf("%s is %s, which could not be put back", path, s.Kind.with())
	}
	return s, nil
}

// same reports whether the file at a path is the one that was saved, whatever
// its content is by now. Where the system tells no identity, one that was not
// changed is.
func (s saved) same(now saved) bool {
	if s.Kind != now.Kind || s.Kind == none {
		return s.Kind == now.Kind
	}
	if s.ID != "" && now.ID != "" {
		return s.ID == now.ID
	}
	return s.Size == now.Size && s.Modified.Equal(now.Modified) && s.Target == now.Target
}

// putAttributes gives a path the owner, mode and times that it had; in this
// order, since a new owner clears bits of the mode.
func putAttributes(env *stdlib.Env, s saved) error {
	now, err := look(env, s.Path)
	if err != nil {
		return err
	}
	if err := putOwner(env, s, now); err != nil {
		return err
	}
	if err := putMode(env, s); err != nil {
		return err
	}
	return putTimes(env, s)
}

func putOwner(env *stdlib.Env, s, now saved) error {
	if s.UID < 0 || s.UID == now.UID && s.GID == now.GID {
		return nil
	}
	err := env.Files.Lchown(s.Path, s.UID, s.GID)
	if errors.Is(err, fs.ErrPermission) {
		warn(env, "the owner of %s is %d:%d now and was %d:%d: only an administrator can put that back",
			s.Path, now.UID, now.GID, s.UID, s.GID)
		return nil
	}
	if err != nil {
		return cannot("put back the owner of", s.Path, err)
	}
	return nil
}

func putMode(env *stdlib.Env, s saved) error {
	if s.Kind == link { // a link has no mode of its own
		return nil
	}
	if err := env.Files.Chmod(s.Path, fromUnix(s.Mode)); err != nil {
		return cannot("put back the mode of", s.Path, err)
	}
	return nil
}

func putTimes(env *stdlib.Env, s saved) error {
	set := env.Files.Chtimes
	if s.Kind == link {
		set = env.Files.Lchtimes
	}
	err := set(s.Path, s.Accessed, s.Modified)
	if err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return cannot("put back the times of", s.Path, err)
	}
	return nil
}

// ownerChecked reports whether a wrong owner is a difference: only an
// administrator could have put it back.
func ownerChecked() bool { return os.Geteuid() == 0 }
