package fs

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type mkdirArgs struct {
	Path    string `chaos:"path" doc:"the folder" effect:"write"`
	Parents bool   `chaos:"parents,named" doc:"whether missing folders above it are made too, and one that is there is no error" default:"false"`
	Mode    string `chaos:"mode,named" doc:"its permissions in octal; those above it get what the system gives" default:"0755"`
}

// mkdirState names the folders that are missing before, the upper ones first.
type mkdirState struct {
	Missing []string `json:"missing"`
}

func mkdirFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.mkdir",
		Summary: "Makes a folder.",
		Doc: `Undo removes the folders that were made while they are empty. One that somebody has put something into is left as it
is, and the undo fails and says so.`,
		Example: `action spool = fs.mkdir("/var/spool/shop/new", parents: true) undo`,
	}, func(ctx context.Context, env *stdlib.Env, a mkdirArgs, s *mkdirState) (stdlib.None, error) {
		mode, err := parseMode(a.Mode)
		if err == nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return stdlib.None{}, err
		}
		for i, path := range s.Missing {
			if err := env.Files.Mkdir(path, 0o777); err != nil {
				return stdlib.None{}, cannot("make the folder", path, err)
			}
			if i == len(s.Missing)-1 { // the system takes bits away from what Mkdir is told
				if err := env.Files.Chmod(path, mode); err != nil {
					return stdlib.None{}, cannot("change the mode of", path, err)
				}
			}
		}
		return stdlib.None{}, nil
	}, stdlib.Inverse[mkdirArgs, mkdirState]{
		Does:    "removes the folders that were made",
		Version: 1,
		Capture: captureMkdir,
		Restore: func(_ context.Context, env *stdlib.Env, s mkdirState) error {
			for _, path := range slices.Backward(s.Missing) {
				if err := removeEmpty(env, path); err != nil {
					return err
				}
			}
			return nil
		},
		Verify: func(ctx context.Context, env *stdlib.Env, s mkdirState) ([]stdlib.Difference, error) {
			if len(s.Missing) == 0 {
				return nil, nil
			}
			return compare(ctx, env, saved{Path: s.Missing[0], Kind: none})
		},
	})
}

func captureMkdir(_ context.Context, env *stdlib.Env, a mkdirArgs) (mkdirState, error) {
	var s mkdirState
	if _, err := parseMode(a.Mode); err != nil {
		return s, err
	}
	path, err := allow(env, a.Path)
	if err != nil {
		return s, cannot("make the folder", a.Path, err)
	}
	for at := path; ; at = filepath.Dir(at) {
		info, err := env.Files.Stat(at)
		switch {
		case absent(err):
			if there, err := look(env, at); err != nil || there.Kind != none {
				return s, cmp.Or(err, fmt.Errorf("cannot make the folder %s: %s is %s that leads to nothing", a.Path, at, there.Kind.with()))
			}
			s.Missing = append(s.Missing, at)
			if len(s.Missing) > 1 && !a.Parents {
				return s, fmt.Errorf("cannot make the folder %s: %s does not exist; say parents: true to make it too", a.Path, at)
			}
			if filepath.Dir(at) != at {
				continue
			}
		case err != nil:
			return s, cannot("look at", at, err)
		case !info.IsDir():
			return s, fmt.Errorf("cannot make the folder %s: %s is a file", a.Path, at)
		case at == path && !a.Parents:
			return s, fmt.Errorf("cannot make the folder %s: it exists", a.Path)
		}
		slices.Reverse(s.Missing)
		return s, nil
	}
}

// removeEmpty removes a folder that an action made; it may be gone already. An
// empty one holds nothing of anybody.
func removeEmpty(env *stdlib.Env, path string) error {
	now, err := look(env, path)
	if err != nil || now.Kind == none {
		return err
	}
	if now.Kind != dir {
		return fmt.Errorf("%s is %s by now: left as it is", path, now.Kind.with())
	}
	entries, err := env.Files.ReadDir(path)
	if err != nil {
		return cannot("list", path, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("the folder %s holds %s, which somebody else has put there: left as it is", path, entries[0].Name())
	}
	return remove(env, path)
}
