package fs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// Technique: a folder is saved as a stream of JSON values, one for each path in
// it, so that neither saving nor restoring a large one needs much memory. A
// folder stands there twice: before what is in it, to be made, and behind it,
// to get its mode and times when nothing is put into it any more.

// saveTree saves a path and, where it is a folder, all that is in it.
func saveTree(ctx context.Context, env *stdlib.Env, root string) (*content, error) {
	pr, pw := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w := walker{ctx: ctx, env: env, out: json.NewEncoder(pw), twins: map[string]*twin{}}
		err := w.walk(root)
		if err == nil {
			w.warnOfLinks()
		}
		pw.CloseWithError(err)
	}()
	c, err := keep(ctx, env, pr, inState)
	pr.CloseWithError(errors.New("the folder is no longer needed"))
	<-ended
	return c, err
}

// twin is a file with several names.
type twin struct {
	path  string // the first that was met
	names uint64 // that it has in all
	met   uint64
}

type walker struct {
	ctx   context.Context
	env   *stdlib.Env
	out   *json.Encoder
	twins map[string]*twin
}

func (w *walker) walk(path string) error {
	if w.ctx.Err() != nil {
		return context.Cause(w.ctx)
	}
	s, err := w.save(path)
	if err != nil {
		return err
	}
	if err := w.out.Encode(s); err != nil {
		return err
	}
	if s.Kind != dir {
		return nil
	}
	entries, err := w.env.Files.ReadDir(path)
	if err != nil {
		return cannot("list", path, err)
	}
	for _, e := range entries {
		if err := w.walk(filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	return w.out.Encode(s)
}

// save saves one path; a second name of a file that is saved already is kept
// as that.
func (w *walker) save(path string) (saved, error) {
	s, err := look(w.env, path)
	if err != nil || s.Kind != file || s.links < 2 || s.ID == "" {
		if err != nil {
			return s, err
		}
		return save(w.ctx, w.env, path, 0, inList)
	}
	first := ""
	if t := w.twins[s.ID]; t != nil {
		t.met++
		first = t.path
	} else {
		w.twins[s.ID] = &twin{path: path, names: s.links, met: 1}
	}
	s, err = save(w.ctx, w.env, path, 0, inList)
	s.Twin = first
	return s, err
}

func (w *walker) warnOfLinks() {
	for _, t := range w.twins {
		if t.met < t.names {
			warn(w.env, "%s has other names elsewhere (hard links); undo makes it a file of its own", t.path)
		}
	}
}

// eachSaved calls f for all that saveTree saved; end is true for a folder when
// all that is in it has been.
func eachSaved(env *stdlib.Env, tree *content, f func(s saved, end bool) error) error {
	r, err := tree.open(env)
	if err != nil {
		return err
	}
	defer r.Close()
	var open []string // folders
	in := json.NewDecoder(r)
	for {
		var s saved
		if err := in.Decode(&s); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("cannot read what was saved: %w", err)
		}
		end := false
		if s.Kind == dir {
			if end = len(open) > 0 && open[len(open)-1] == s.Path; end {
				open = open[:len(open)-1]
			} else {
				open = append(open, s.Path)
			}
		}
		if err := f(s, end); err != nil {
			return err
		}
	}
}

// maxReported bounds what is said of one folder.
const maxReported = 20

// putTreeBack restores what saveTree saved. What cannot be restored does not
// keep the rest from it.
func putTreeBack(ctx context.Context, env *stdlib.Env, tree *content) error {
	var errs []error
	failed := 0
	blocked := "" // folder that could not be made: nothing in it can be either
	err := eachSaved(env, tree, func(s saved, end bool) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if blocked != "" && within(s.Path, blocked) {
			return nil
		}
		var err error
		switch {
		case end:
			err = putAttributes(env, s)
		case s.Kind == dir:
			if err = makeFolder(ctx, env, s); err != nil {
				blocked = s.Path
			}
		default:
			err = putBack(ctx, env, s, digest{})
		}
		if err != nil {
			if failed++; failed <= maxReported {
				errs = append(errs, err)
			}
		}
		return nil
	})
	if failed > maxReported {
		errs = append(errs, fmt.Errorf("and %d more", failed-maxReported))
	}
	return errors.Join(append(errs, err)...)
}

// makeFolder makes a folder that is missing, in a way that files can be put
// into it; one that is there is left as it is until its end.
func makeFolder(ctx context.Context, env *stdlib.Env, s saved) error {
	now, err := look(env, s.Path)
	if err != nil || now.Kind == dir {
		return err
	}
	s.Mode |= 0o700
	return putBack(ctx, env, s, digest{})
}

// compareTree returns how what saveTree saved differs from what is there.
func compareTree(ctx context.Context, env *stdlib.Env, tree *content) ([]stdlib.Difference, error) {
	var all []stdlib.Difference
	err := eachSaved(env, tree, func(s saved, end bool) error {
		if end || len(all) >= maxReported {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		diffs, err := compare(ctx, env, s)
		all = append(all, diffs...)
		return err
	})
	return all, err
}

// removeAll removes a path with all that is in it; it may be gone already.
// Links are removed, not followed.
func removeAll(ctx context.Context, env *stdlib.Env, path string) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	now, err := look(env, path)
	if err != nil || now.Kind == none {
		return err
	}
	if now.Kind == dir {
		entries, err := env.Files.ReadDir(path)
		if err != nil {
			return cannot("list", path, err)
		}
		for _, e := range entries {
			if err := removeAll(ctx, env, filepath.Join(path, e.Name())); err != nil {
				return err
			}
		}
	}
	return remove(env, path)
}
