package fs

import (
	"context"
	"fmt"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type renameArgs struct {
	Path string `chaos:"path" doc:"the file, folder or link; a link itself is renamed" effect:"write"`
	To   string `chaos:"to" doc:"its new path, on the same file system" effect:"write"`
}

// renameState is what was at both paths.
type renameState struct {
	From saved `json:"from"` // without content, which stays in the file
	To   saved `json:"to"`
}

func renameFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.rename",
		Summary: "Renames or moves a file or folder.",
		Doc: `A file that stands at the new path is replaced in one step, as rename of POSIX does it; undo brings it back too. A
folder is not replaced. Fails across file systems.

Undo moves back the very file that was moved. Where somebody has put another file in its old place since, the rule of
the namespace holds: that one is kept aside and named in a warning. Undo fails where the moved file is no longer at
its new path.`,
		Example: `action move-exchange-file = fs.rename("exchange.dat", to: "exchange.dat.old") undo`,
	}, func(ctx context.Context, env *stdlib.Env, _ renameArgs, s *renameState) (stdlib.None, error) {
		if ctx.Err() != nil {
			return stdlib.None{}, context.Cause(ctx)
		}
		err := env.Files.Rename(s.From.Path, s.To.Path)
		switch {
		case err == nil:
			return stdlib.None{}, nil
		case isCrossDevice(err):
			return stdlib.None{}, fmt.Errorf("cannot rename %s to %s: that is another file system; use fs.copy, then fs.remove",
				s.From.Path, s.To.Path)
		}
		return stdlib.None{}, fmt.Errorf("cannot rename %s to %s: %w", s.From.Path, s.To.Path, bare(err))
	}, stdlib.Inverse[renameArgs, renameState]{
		Does:    "renames it back",
		Version: 1,
		Capture: captureRename,
		Restore: restoreRename,
		Verify: func(ctx context.Context, env *stdlib.Env, s renameState) ([]stdlib.Difference, error) {
			diffs, err := compareIdentity(env, s.From)
			if err != nil || s.From.same(s.To) {
				return diffs, err
			}
			more, err := compare(ctx, env, s.To)
			return append(diffs, more...), err
		},
	})
}

func captureRename(ctx context.Context, env *stdlib.Env, a renameArgs) (renameState, error) {
	var s renameState
	from, err := allow(env, a.Path)
	if err != nil {
		return s, cannot("rename", a.Path, err)
	}
	to, err := allow(env, a.To)
	if err != nil {
		return s, cannot("rename "+a.Path+" to", a.To, err)
	}
	if s.From, err = look(env, from); err != nil {
		return s, err
	}
	if s.From.Kind == none {
		return s, fmt.Errorf("cannot rename %s: it does not exist", a.Path)
	}
	if s.To, err = save(ctx, env, to, 0, inState); err != nil {
		return s, err
	}
	if s.To.Kind == dir {
		return s, fmt.Errorf("cannot rename %s to %s: that is a folder; name the path in it", a.Path, a.To)
	}
	return s, nil
}

func restoreRename(ctx context.Context, env *stdlib.Env, s renameState) error {
	from, err := look(env, s.From.Path)
	if err != nil {
		return err
	}
	if !s.From.same(from) {
		if err := moveBack(ctx, env, s, from); err != nil {
			return err
		}
	}
	if s.To.Kind == none || s.From.same(s.To) { // two names of one file: rename does nothing
		return nil
	}
	return putBack(ctx, env, s.To, digest{})
}

// moveBack moves the file from its new path to the old one, over what stands
// there by now.
func moveBack(ctx context.Context, env *stdlib.Env, s renameState, inTheWay saved) error {
	to, err := look(env, s.To.Path)
	if err != nil {
		return err
	}
	if !s.From.same(to) {
		there := to.Kind.with()
		if to.Kind == s.From.Kind {
			there = "another " + string(to.Kind)
		}
		return fmt.Errorf("%s cannot go back: where it was renamed to, %s, is %s by now, from somebody else: left as it is",
			s.From.Path, s.To.Path, there)
	}
	if inTheWay.Kind == dir {
		if s.From.Kind != dir || env.Files.Remove(s.From.Path) != nil { // only an empty folder can be removed
			return fmt.Errorf("%s is a folder by now: left as it is; what was there is %s", s.From.Path, s.To.Path)
		}
	} else if inTheWay.Kind != none {
		if err := keepAside(ctx, env, inTheWay); err != nil {
			return err
		}
		if s.From.Kind == dir { // cannot take the place of a file in one step
			if err := remove(env, s.From.Path); err != nil {
				return err
			}
		}
	}
	if err := env.Files.Rename(s.To.Path, s.From.Path); err != nil {
		return fmt.Errorf("cannot rename %s back to %s: %w", s.To.Path, s.From.Path, bare(err))
	}
	return nil
}

// compareIdentity checks that the very file stands at a path again; what is in
// it is not the business of who moved it.
func compareIdentity(env *stdlib.Env, s saved) ([]stdlib.Difference, error) {
	now, err := look(env, s.Path)
	if err != nil || s.same(now) {
		return nil, err
	}
	got := now.Kind.with()
	if now.Kind == s.Kind {
		got = "another " + string(s.Kind)
	}
	return []stdlib.Difference{{What: "what stands at " + s.Path, Want: s.Kind.with(), Got: got}}, nil
}
