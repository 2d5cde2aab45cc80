// Package fs is the namespace of files and folders.
//
// Every action knows before it runs what its undo needs, and what it will
// leave: so a file can be told from what others put there, also when chaosc
// died in between. How a path is put back stands in restore.go.
package fs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// Namespace is fs.
var Namespace = &stdlib.Namespace{
	Name:    "fs",
	Summary: "Files and folders: look at them, change them, damage them, fill the disk.",
	Doc: `Paths are relative to the working directory; a path is text and never a pattern, but for fs.glob.

Undo follows one rule: what was there is put back, what is new is removed while it is still the action's own, and
nothing that somebody else wrote is lost.

What was there: a file that was renamed, removed or changed gets its content, mode, times and, where permitted, its
owner back. When somebody else has written there since, as a service does that makes its file anew every ten seconds,
that newer content is first kept in a file of its own with what belongs to the run, and a warning names it. A file
that is still there is written in place, so that a service that has it open goes on with it.

What is new: a file, folder, link or text that the action put there is removed. One that somebody has changed since is
theirs now: it is left as it is, and the undo fails and says so. The same goes for what cannot be kept aside, as a
folder that stands where a file was.

Access lists and extended attributes are not kept.`,
	Declares: []func() *stdlib.Function{
		existsFunc, isFileFunc, isDirFunc, statFunc, readFunc, sizeFunc, listFunc, globFunc, checksumFunc, freeFunc,
		renameFunc, copyFunc, removeFunc, writeFunc, appendFunc, mkdirFunc, chmodFunc, chownFunc, touchFunc,
		truncateFunc, corruptFunc, fillFunc, linkFunc,
	},
}

// bare takes the operation and the path off an error of package os: messages
// here name them in their own words.
func bare(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	case *os.SyscallError:
		return e.Err
	}
	return err
}

// cannot says what could not be done with a path, and why.
func cannot(do, path string, err error) error {
	return fmt.Errorf("cannot %s %s: %w", do, path, bare(err))
}

func warn(env *stdlib.Env, format string, args ...any) {
	if env.Log != nil {
		env.Log("WARNING", fmt.Sprintf(format, args...))
	}
}

// parseMode reads permissions as chmod takes them, in octal: "644", "0644",
// "4755".
func parseMode(text string) (fs.FileMode, error) {
	bits, err := strconv.ParseUint(text, 8, 32)
	if err != nil || bits > 0o7777 || len(text) < 3 {
		return 0, fmt.Errorf(`mode %q is not three or four octal digits, as "0644"`, text)
	}
	return fromUnix(uint32(bits)), nil
}

// special pairs the bits of Unix with those of Go.
var special = [...]struct {
	unix uint32
	mode fs.FileMode
}{{0o4000, fs.ModeSetuid}, {0o2000, fs.ModeSetgid}, {0o1000, fs.ModeSticky}}

func fromUnix(bits uint32) fs.FileMode {
	mode := fs.FileMode(bits & 0o777)
	for _, s := range special {
		if bits&s.unix != 0 {
			mode |= s.mode
		}
	}
	return mode
}

func toUnix(mode fs.FileMode) uint32 {
	bits := uint32(mode.Perm())
	for _, s := range special {
		if mode&s.mode != 0 {
			bits |= s.unix
		}
	}
	return bits
}

func formatMode(bits uint32) string { return fmt.Sprintf("%04o", bits) }

// absent reports whether an error says that there is nothing at a path; also
// where a part of the path is a file.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || isNotDir(err) }

// maxLinks is how many links are followed one after the other, as on Linux.
const maxLinks = 40

// abs returns the path from the root, for the undo in another process.
func abs(env *stdlib.Env, path string) (string, error) {
	if path == "" {
		return "", errors.New("the path is empty")
	}
	return env.Files.Abs(path)
}

// resolve returns the path from the root, and follows links in its last part
// also where they lead to nothing: what an action that follows them changes.
func resolve(env *stdlib.Env, path string) (string, error) {
	path, err := abs(env, path)
	if err != nil {
		return "", err
	}
	for range maxLinks {
		target, err := env.Files.Readlink(path)
		if err != nil { // no link
			return path, nil
		}
		if !filepath.IsAbs(target) {
			// not filepath.Join: it would cancel a/../ also where a is a link
			target = filepath.Dir(path) + string(filepath.Separator) + target
		}
		path = target
	}
	return "", fmt.Errorf("%s leads through more than %d links", path, maxLinks)
}

// allow returns the path from the root unless it lies in the folder, or holds
// the folder, in which the run keeps what its undo needs; or could not be noted
// for the undo as it is.
func allow(env *stdlib.Env, path string) (string, error) {
	path, err := abs(env, path)
	if err == nil {
		err = notable(path)
	}
	if err != nil || env.Store == nil || env.Store.Dir() == "" {
		return path, err
	}
	store := env.Store.Dir()
	if holds(env, path, store) || holds(env, store, path) {
		return "", fmt.Errorf("%s holds what the undo of this run needs (%s)", path, store)
	}
	return path, nil
}

// holds reports whether a path is dir or lies below it, also by another name:
// a link above it, or letters in another case.
func holds(env *stdlib.Env, dir, path string) bool {
	if within(path, dir) {
		return true
	}
	outer, err := env.Files.Stat(dir)
	if err != nil {
		return false
	}
	for {
		if inner, err := env.Files.Stat(path); err == nil && os.SameFile(inner, outer) {
			return true
		}
		above := filepath.Dir(path)
		if above == path {
			return false
		}
		path = above
	}
}

// within reports whether path is dir or lies below it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
