package fs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type copyArgs struct {
	Path string `chaos:"path" doc:"the file or folder; a link is followed, but not one inside of a folder" effect:"read"`
	To   string `chaos:"to" doc:"the path of the copy; a link to a file is followed" effect:"write"`
}

// copyState is the undo of fs.copy.
type copyState struct {
	Source string `json:"source"`
	// File is for the copy of a file.
	File *changeState `json:"file,omitempty"`
	// Folder is the path of the copy of a folder, and After tells it from one
	// that somebody has changed.
	Folder string `json:"folder,omitempty"`
	After  string `json:"after,omitempty"`
}

func copyFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.copy",
		Summary: "Copies a file, or a folder with all that is in it.",
		Doc: `A copy of a file over one that is there replaces its content in place; what is new appears when it is whole, with the
modes and times of the original, but not its owner, and so without setuid and setgid. A folder is not copied over
anything, nor into itself. A fifo, socket or device in it is an error.`,
		Example: `action old-data = fs.copy("backup/exchange.dat", to: "exchange.dat") undo`,
	}, runCopy, stdlib.Inverse[copyArgs, copyState]{
		Does:    "removes the copy, or puts back the content that it replaced",
		Version: 1,
		Capture: captureCopy,
		Restore: func(ctx context.Context, env *stdlib.Env, s copyState) error {
			if s.File != nil {
				return restoreChange(ctx, env, *s.File)
			}
			return s.removeFolder(ctx, env)
		},
		Verify: func(ctx context.Context, env *stdlib.Env, s copyState) ([]stdlib.Difference, error) {
			if s.File != nil {
				return verifyChange(ctx, env, *s.File)
			}
			return compare(ctx, env, saved{Path: s.Folder, Kind: none})
		},
	})
}

func captureCopy(ctx context.Context, env *stdlib.Env, a copyArgs) (copyState, error) {
	var s copyState
	path, err := resolve(env, a.Path)
	if err != nil {
		return s, cannot("copy", a.Path, err)
	}
	s.Source = path
	source, err := look(env, path)
	if err != nil {
		return s, err
	}
	switch source.Kind {
	case none:
		return s, fmt.Errorf("cannot copy %s: it does not exist", a.Path)
	case file:
		s.File = &changeState{}
		if s.File.Before, err = captureFile(ctx, env, "copy to", a.To, func(saved) int64 { return 0 }); err != nil {
			return s, err
		}
		s.File.After, err = digestOf(ctx, env, path, 0)
		return s, err
	case dir:
		if s.Folder, err = allow(env, a.To); err != nil {
			return s, cannot("copy to", a.To, err)
		}
		if within(s.Folder, path) {
			return s, fmt.Errorf("cannot copy %s to %s: a folder cannot hold its own copy", a.Path, a.To)
		}
		now, err := look(env, s.Folder)
		if err != nil {
			return s, err
		}
		if now.Kind != none {
			return s, fmt.Errorf("cannot copy %s to %s: there is %s", a.Path, a.To, now.Kind.with())
		}
		s.After, err = fingerprint(ctx, env, path)
		return s, err
	}
	return s, fmt.Errorf("cannot copy %s: it is %s", a.Path, source.Kind.with())
}

func runCopy(ctx context.Context, env *stdlib.Env, a copyArgs, s *copyState) (stdlib.None, error) {
	if s.File != nil {
		return stdlib.None{}, s.copyFile(ctx, env)
	}
	tmp := temporary(env, s.Folder)
	err := copyTree(ctx, env, s.Source, tmp)
	if err == nil {
		s.After, err = fingerprint(ctx, env, tmp)
	}
	if err == nil {
		if err = env.Files.Rename(tmp, s.Folder); err == nil {
			return stdlib.None{}, nil
		}
		err = cannot("copy to", a.To, err)
	}
	if rmErr := removeAll(context.WithoutCancel(ctx), env, tmp); rmErr != nil {
		err = fmt.Errorf("%w (and %w)", err, rmErr)
	}
	return stdlib.None{}, err
}

// copyFile copies the file, and notes what it has copied: it may have changed
// since it was looked at.
func (s *copyState) copyFile(ctx context.Context, env *stdlib.Env) error {
	f, err := openRegular(env, s.Source)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := newSummer(f)
	if s.File.Before.Kind == none {
		source, err := look(env, s.Source)
		if err != nil {
			return err
		}
		err = create(ctx, env, s.File.Before.Path, source.Mode&^ownerBits, sum, func(tmp string) error {
			s.File.After = sum.digest()
			return env.Files.Chtimes(tmp, source.Accessed, source.Modified)
		})
		return err
	}
	err = rewrite(ctx, env, s.File.Before.Path, 0, sum)
	s.File.After = sum.digest()
	return err
}

// ownerBits are setuid and setgid, with which a program has the rights of the
// file's owner and group: of another owner they would give other rights.
const ownerBits = 0o6000

// copyTree copies a path with all that is in it to one that does not exist.
func copyTree(ctx context.Context, env *stdlib.Env, from, to string) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	s, err := look(env, from)
	if err != nil {
		return err
	}
	s.Path, s.UID = to, -1 // the copy has the owner of who makes it
	s.Mode &^= ownerBits
	switch s.Kind {
	case none: // it disappeared while the folder was read
		return nil
	case link:
		if err := env.Files.Symlink(s.Target, to); err != nil {
			return cannot("link", to, err)
		}
	case file:
		f, err := env.Files.Open(from)
		if err != nil {
			return cannot("read", from, err)
		}
		defer f.Close()
		return create(ctx, env, to, s.Mode, f, func(tmp string) error {
			return env.Files.Chtimes(tmp, s.Accessed, s.Modified)
		})
	case dir:
		if err := copyEntries(ctx, env, from, to); err != nil {
			return err
		}
	default:
		return fmt.Errorf("cannot copy %s: it is %s", from, s.Kind.with())
	}
	return putAttributes(env, s)
}

func copyEntries(ctx context.Context, env *stdlib.Env, from, to string) error {
	entries, err := env.Files.ReadDir(from)
	if err != nil {
		return cannot("list", from, err)
	}
	if err := env.Files.Mkdir(to, 0o700); err != nil {
		return cannot("make the folder", to, err)
	}
	for _, e := range entries {
		if err := copyTree(ctx, env, filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// removeFolder removes the copy of a folder while it is as the action made it.
func (s *copyState) removeFolder(ctx context.Context, env *stdlib.Env) error {
	if err := dropTemporary(ctx, env, s.Folder); err != nil {
		return err
	}
	now, err := look(env, s.Folder)
	if err != nil || now.Kind == none {
		return err
	}
	print, err := fingerprint(ctx, env, s.Folder)
	if err != nil {
		return err
	}
	if print != s.After {
		return fmt.Errorf("%s was changed by somebody else since, or made by them: left as it is", s.Folder)
	}
	return removeAll(ctx, env, s.Folder)
}

// fingerprint tells a folder from one in which anything was changed, by the
// names, kinds, modes, sizes and times of all that is in it.
func fingerprint(ctx context.Context, env *stdlib.Env, root string) (string, error) {
	sum := sha256.New()
	var walk func(path string) error
	walk = func(path string) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		s, err := look(env, path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		size := s.Size
		if s.Kind == dir || s.Kind == link { // their sizes are those of the file system
			size = 0
		}
		time := s.Modified.UnixNano()
		if s.Kind == link { // not every system can set it
			time = 0
		}
		fmt.Fprintf(sum, "%q %s %o %d %d %q\n", rel, s.Kind, s.Mode&^ownerBits, size, time, s.Target)
		if s.Kind != dir {
			return nil
		}
		entries, err := env.Files.ReadDir(path)
		if err != nil {
			return cannot("list", path, err)
		}
		for _, e := range entries {
			if err := walk(filepath.Join(path, e.Name())); err != nil {
				return err
			}
		}
		return nil
	}
	err := walk(root)
	return hex.EncodeToString(sum.Sum(nil)), err
}
