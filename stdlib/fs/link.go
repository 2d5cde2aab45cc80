package fs

import (
	"context"
	"fmt"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type linkArgs struct {
	Path string `chaos:"path" doc:"the link that is made; nothing may stand there" effect:"write"`
	To   string `chaos:"to" doc:"where it leads; relative to the folder of the link, but of a hard link to the working directory" effect:"read"`
	Hard bool   `chaos:"hard,named" doc:"whether it is another name of the same file" default:"false"`
}

// linkState says what the link will be.
type linkState struct {
	Path   string `json:"path"`
	Target string `json:"target,omitempty"` // of a symbolic link
	File   *saved `json:"file,omitempty"`   // that a hard link is a name of
}

func linkFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.link",
		Summary: "Makes a symbolic or hard link.",
		Doc: `A symbolic link may lead to nothing. Fails where something stands at its path. Undo removes the link, unless somebody
has changed it since.`,
		Example: `action loop = fs.link("/srv/shop/data/again", to: "..") undo`,
	}, func(ctx context.Context, env *stdlib.Env, a linkArgs, s *linkState) (stdlib.None, error) {
		if ctx.Err() != nil {
			return stdlib.None{}, context.Cause(ctx)
		}
		var err error
		if s.File != nil {
			err = env.Files.Link(s.File.Path, s.Path)
		} else {
			err = env.Files.Symlink(s.Target, s.Path)
		}
		if err != nil {
			return stdlib.None{}, fmt.Errorf("cannot link %s to %s: %w", a.Path, a.To, bare(err))
		}
		return stdlib.None{}, nil
	}, stdlib.Inverse[linkArgs, linkState]{
		Does:    "removes the link",
		Version: 1,
		Capture: captureLink,
		Restore: func(_ context.Context, env *stdlib.Env, s linkState) error {
			now, err := look(env, s.Path)
			if err != nil || now.Kind == none {
				return err
			}
			if s.File == nil && now.Kind == link && now.Target == s.Target || s.File != nil && s.File.same(now) {
				return remove(env, s.Path)
			}
			return fmt.Errorf("%s was changed by somebody else since, or made by them: left as it is", s.Path)
		},
		Verify: func(ctx context.Context, env *stdlib.Env, s linkState) ([]stdlib.Difference, error) {
			return compare(ctx, env, saved{Path: s.Path, Kind: none})
		},
	})
}

func captureLink(_ context.Context, env *stdlib.Env, a linkArgs) (linkState, error) {
	var s linkState
	var err error
	if s.Path, err = allow(env, a.Path); err != nil {
		return s, cannot("link", a.Path, err)
	}
	now, err := look(env, s.Path)
	if err != nil {
		return s, err
	}
	if now.Kind != none {
		return s, fmt.Errorf("cannot link %s: there is %s", a.Path, now.Kind.with())
	}
	if err := notable(a.To); err != nil {
		return s, cannot("link to", a.To, err)
	}
	if !a.Hard {
		s.Target = a.To
		return s, nil
	}
	path, err := resolve(env, a.To)
	if err != nil {
		return s, cannot("link to", a.To, err)
	}
	target, err := look(env, path)
	if err == nil && target.Kind != file {
		err = fmt.Errorf("cannot link %s to %s: that is %s, not a file", a.Path, a.To, target.Kind.with())
	}
	s.File = &target
	return s, err
}
