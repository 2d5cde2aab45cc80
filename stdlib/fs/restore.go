package fs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// Technique: restoring by comparison. Nothing is remembered of how far an
// action came: its undo looks at what is there, and a path is the one of
// before, the one that the action leaves (known beforehand by its digest), or
// somebody else's. The rule for each stands in the documentation of the
// namespace.

// temporary is the name under which something is made before it appears at a
// path: in the same folder, so that it can be renamed, and carrying the run.
func temporary(env *stdlib.Env, path string) string {
	sum := sha256.Sum256([]byte(filepath.Base(path)))
	return filepath.Join(filepath.Dir(path), ".chaosc-"+env.RunID+"-"+hex.EncodeToString(sum[:4]))
}

// dropTemporary removes what an action that was stopped in the middle left.
func dropTemporary(ctx context.Context, env *stdlib.Env, path string) error {
	return removeAll(ctx, env, temporary(env, path))
}

// putBack makes a path what it was. after is what the action makes of the
// content, from s.From on; with it, and only with it, the file is the
// action's own and need not be kept aside. An after without a sum is zeros.
func putBack(ctx context.Context, env *stdlib.Env, s saved, after digest) error {
	if err := dropTemporary(ctx, env, s.Path); err != nil {
		return err
	}
	now, err := look(env, s.Path)
	if err != nil {
		return err
	}
	switch {
	case s.Kind == none:
		return takeAway(ctx, env, now, after)
	case now.Kind == none:
		return makeAnew(ctx, env, s)
	case s.Kind == dir && now.Kind == dir, s.Kind == link && now.Kind == link && s.Target == now.Target:
		return putAttributes(env, s)
	case s.Kind == file && now.Kind == file:
		return putContent(ctx, env, s, now, after)
	case now.Kind != file && now.Kind != link, s.From > 0 && now.Kind == link:
		return leftAlone(ctx, env, s, fmt.Sprintf("%s is %s by now", s.Path, now.Kind.with()))
	}
	if err := keepAside(ctx, env, now); err != nil {
		return err
	}
	if s.Kind == dir { // a file can be replaced in one step, by a folder it cannot
		if err := env.Files.Remove(s.Path); err != nil {
			return cannot("remove", s.Path, err)
		}
	}
	return makeAnew(ctx, env, s)
}

// takeAway removes the file that an action made, while it is as it made it.
func takeAway(ctx context.Context, env *stdlib.Env, now saved, after digest) error {
	if now.Kind == none {
		return nil
	}
	if now.Kind == file {
		ours, err := matches(ctx, env, now, 0, after)
		if err != nil {
			return err
		}
		if ours {
			return remove(env, now.Path)
		}
	}
	return fmt.Errorf("%s was changed by somebody else since, or made by them: left as it is", now.Path)
}

// matches reports whether the content of a file from an offset on has that
// digest; it is read only where the size is right.
func matches(ctx context.Context, env *stdlib.Env, now saved, from int64, want digest) (bool, error) {
	if now.Size-from != want.Size {
		return false, nil
	}
	if want.Sum == "" {
		return zeros(ctx, env, now.Path, from)
	}
	got, err := digestOf(ctx, env, now.Path, from)
	return got == want, err
}

// putContent puts the content of a file back in place: a process that has it
// open must see it, which a file renamed over it would prevent; and other
// names of the file stay names of it.
func putContent(ctx context.Context, env *stdlib.Env, s, now saved, after digest) error {
	if s.From > 0 && (now.Size < s.From || s.ID != now.ID) { // what stands before From is somebody else's
		return leftAlone(ctx, env, s, s.Path+" was replaced by somebody else since")
	}
	asBefore, err := matches(ctx, env, now, s.From, s.Content.digest)
	if err != nil {
		return err
	}
	if asBefore {
		return putAttributes(env, s)
	}
	ours, err := matches(ctx, env, now, s.From, after)
	if err != nil {
		return err
	}
	if !ours {
		if err := keepAside(ctx, env, now); err != nil {
			return err
		}
	}
	r, err := s.Content.open(env)
	if err != nil {
		return cannot("restore", s.Path, err)
	}
	defer r.Close()
	if err := rewrite(ctx, env, s.Path, s.From, r); err != nil {
		return err
	}
	return putAttributes(env, s)
}

// makeAnew puts back what is gone; what stands at the path, a file or a link,
// is replaced in one step.
func makeAnew(ctx context.Context, env *stdlib.Env, s saved) error {
	switch s.Kind {
	case dir:
		if err := env.Files.Mkdir(s.Path, fs.FileMode(s.Mode&0o700)|0o700); err != nil {
			return cannot("make the folder", s.Path, err)
		}
		return putAttributes(env, s)
	case link:
		tmp := temporary(env, s.Path)
		if err := env.Files.Symlink(s.Target, tmp); err != nil {
			return cannot("link", s.Path, err)
		}
		if err := env.Files.Rename(tmp, s.Path); err != nil {
			return errors.Join(cannot("link", s.Path, err), remove(env, tmp))
		}
		return putAttributes(env, s)
	}
	if s.Twin != "" {
		if twin, err := look(env, s.Twin); err == nil && twin.Kind == file && env.Files.Link(s.Twin, s.Path) == nil {
			return nil
		}
	}
	if s.From > 0 {
		return leftAlone(ctx, env, s, s.Path+" was removed by somebody else since")
	}
	r, err := s.Content.open(env)
	if err != nil {
		return cannot("restore", s.Path, err)
	}
	defer r.Close()
	return create(ctx, env, s.Path, s.Mode, r, func(tmp string) error {
		at := s
		at.Path = tmp
		return putAttributes(env, at)
	})
}

// keepAside keeps what somebody else put where something is about to be put
// back, and says where it lies.
func keepAside(ctx context.Context, env *stdlib.Env, now saved) error {
	switch now.Kind {
	case file:
		f, err := env.Files.Open(now.Path)
		if err != nil {
			return cannot("read", now.Path, err)
		}
		defer f.Close()
		kept, err := env.Store.Keep(ctx, filepath.Base(now.Path), f)
		if err != nil {
			return err
		}
		warn(env, "%s was written by somebody else since; it becomes what it was, and the newer content is kept as %s",
			now.Path, kept)
	case link:
		warn(env, "%s was linked to %s by somebody else since; it becomes what it was", now.Path, now.Target)
	default:
		return fmt.Errorf("%s is %s by now: left as it is", now.Path, now.Kind.with())
	}
	return nil
}

// leftAlone is the error for what cannot be put back without harm; it says
// where the content of before can be had.
func leftAlone(ctx context.Context, env *stdlib.Env, s saved, why string) error {
	err := fmt.Errorf("%s: left as it is", why)
	if s.Content == nil || s.Content.Size == 0 {
		return err
	}
	r, openErr := s.Content.open(env)
	if openErr != nil {
		return errors.Join(err, openErr)
	}
	defer r.Close()
	kept, keepErr := env.Store.Keep(ctx, filepath.Base(s.Path), r)
	if keepErr != nil {
		return errors.Join(err, keepErr)
	}
	if s.From > 0 {
		return fmt.Errorf("%w; its content of before, from byte %d on, is kept as %s", err, s.From, kept)
	}
	return fmt.Errorf("%w; its content of before is kept as %s", err, kept)
}

// remove removes a file, link or empty folder; it may be gone already.
func remove(env *stdlib.Env, path string) error {
	if err := env.Files.Remove(path); err != nil && !absent(err) {
		return cannot("remove", path, err)
	}
	return nil
}

// compare returns how a path differs from what it was.
func compare(ctx context.Context, env *stdlib.Env, s saved) ([]stdlib.Difference, error) {
	now, err := look(env, s.Path)
	if err != nil {
		return nil, err
	}
	var diffs []stdlib.Difference
	differ := func(what, want, got string) {
		if want != got {
			diffs = append(diffs, stdlib.Difference{What: what + " " + s.Path, Want: want, Got: got})
		}
	}
	differ("what stands at", s.Kind.with(), now.Kind.with())
	if s.Kind != now.Kind || s.Kind == none {
		return diffs, nil
	}
	differ("target of", s.Target, now.Target)
	if s.Content != nil {
		differ("size of", fmt.Sprint(s.Size), fmt.Sprint(now.Size))
		if s.Size == now.Size {
			got, err := digestOf(ctx, env, s.Path, s.From)
			if err != nil {
				return diffs, err
			}
			differ("content of", s.Content.Sum, got.Sum)
		}
	}
	if s.Kind != link {
		differ("mode of", formatMode(s.Mode), formatMode(now.Mode))
		differ("modification time of", stamp(s.Modified), stamp(now.Modified))
	}
	if s.UID >= 0 && ownerChecked() {
		differ("owner of", owner(s), owner(now))
	}
	return diffs, nil
}

func stamp(t time.Time) string { return t.Format(time.RFC3339Nano) }

func owner(s saved) string { return fmt.Sprintf("%d:%d", s.UID, s.GID) }
