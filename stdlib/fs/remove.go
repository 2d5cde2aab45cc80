package fs

import (
	"context"
	"fmt"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type removeArgs struct {
	Path      string `chaos:"path" doc:"the file, folder or link; a link itself is removed" effect:"write"`
	Recursive bool   `chaos:"recursive,named" doc:"whether a folder goes with all that is in it" default:"false"`
}

// removeState is what stood at the path, and in it.
type removeState struct {
	Path string   `json:"path"`
	Tree *content `json:"tree"`
	// Print tells what was saved from what somebody has changed since; see
	// [fingerprint].
	Print string `json:"print"`
}

// save saves what stands there now. A removal for good needs no copy: as an undo
// it may be what makes room on a full disk.
func (s *removeState) save(ctx context.Context, env *stdlib.Env) error {
	if stdlib.ForGood(ctx) {
		return nil
	}
	var err error
	// the print first: what changes while it is saved is seen
	if s.Print, err = fingerprint(ctx, env, s.Path); err == nil {
		s.Tree, err = saveTree(ctx, env, s.Path)
	}
	return err
}

// remove removes what was saved. To save a large folder takes a while, in which
// others go on writing into it: then it is saved again.
func (s *removeState) remove(ctx context.Context, env *stdlib.Env) error {
	if !stdlib.ForGood(ctx) {
		now, err := fingerprint(ctx, env, s.Path)
		if err == nil && now != s.Print {
			err = s.save(ctx, env)
		}
		if err != nil {
			return err
		}
	}
	return removeAll(ctx, env, s.Path)
}

func removeFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.remove",
		Summary: "Removes a file or a folder.",
		Doc: `With a bare undo, content, modes, times, links and owners are copied before, which takes the room of what is
removed where the run is kept. A fifo, socket or device could not be put back, so then it is not removed. Refused
are the root, the working directory and what holds it. Fails where there is nothing.

Undo puts all of it back, for which it has 60s as that of every action: a large folder is moved away, and back, by
fs.rename in no time. A file that has other names outside of what was removed becomes a file of its own.`,
		Example: `action lose-cache = fs.remove("/var/cache/shop", recursive: true) undo`,
	}, func(ctx context.Context, env *stdlib.Env, _ removeArgs, s *removeState) (stdlib.None, error) {
		return stdlib.None{}, s.remove(ctx, env)
	}, stdlib.Inverse[removeArgs, removeState]{
		Does:    "puts it back, with content, modes, times and owners",
		Version: 1,
		Capture: captureRemove,
		Restore: func(ctx context.Context, env *stdlib.Env, s removeState) error {
			return putTreeBack(ctx, env, s.Tree)
		},
		Verify: func(ctx context.Context, env *stdlib.Env, s removeState) ([]stdlib.Difference, error) {
			return compareTree(ctx, env, s.Tree)
		},
	})
}

func captureRemove(ctx context.Context, env *stdlib.Env, a removeArgs) (removeState, error) {
	var s removeState
	path, err := allow(env, a.Path)
	if err != nil {
		return s, cannot("remove", a.Path, err)
	}
	here, err := env.Files.Abs(".")
	if err != nil {
		return s, err
	}
	if holds(env, path, here) {
		return s, fmt.Errorf("cannot remove %s: it holds the working directory", a.Path)
	}
	now, err := look(env, path)
	if err != nil {
		return s, err
	}
	switch now.Kind {
	case none:
		return s, fmt.Errorf("cannot remove %s: it does not exist", a.Path)
	case dir:
		entries, err := env.Files.ReadDir(path)
		if err != nil {
			return s, cannot("list", a.Path, err)
		}
		if len(entries) > 0 && !a.Recursive {
			return s, fmt.Errorf("cannot remove %s: it is a folder with %d things in it; say recursive: true to remove all", a.Path, len(entries))
		}
	}
	s.Path = path
	err = s.save(ctx, env)
	return s, err
}
