package fs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type touchArgs struct {
	Path     string     `chaos:"path" doc:"the file or folder; a link is followed" effect:"write"`
	Modified *time.Time `chaos:"modified,named" doc:"the time it gets; not given: now"`
}

// What counts nanoseconds in 64 bits, as the call of the system does here, ends
// within the years around these.
const (
	firstYear = 1678
	lastYear  = 2261
)

// touchState is the undo of fs.touch.
type touchState struct {
	Before saved `json:"before"` // without content
	// After is the time that the path has then, as the file system keeps it.
	After time.Time `json:"after"`
}

func touchFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.touch",
		Summary: "Sets the times of a file or folder, or makes an empty file.",
		Doc: `Both the time of the last change and that of the last look are set. A new file has mode 0644.

Undo puts the times back, unless the file was written since: then its time is that of its content, and stays.`,
		Example: `action stale = fs.touch("exchange.dat", modified: time.parse("2026-03-01T12:00:00Z")) undo`,
	}, func(ctx context.Context, env *stdlib.Env, a touchArgs, s *touchState) (stdlib.None, error) {
		if ctx.Err() != nil {
			return stdlib.None{}, context.Cause(ctx)
		}
		path := s.Before.Path
		if s.Before.Kind == none {
			if err := create(ctx, env, path, newFileMode, strings.NewReader(""), nil); err != nil {
				return stdlib.None{}, err
			}
		}
		if err := env.Files.Chtimes(path, s.After, s.After); err != nil {
			return stdlib.None{}, cannot("set the times of", a.Path, err)
		}
		now, err := look(env, path)
		s.After = now.Modified
		return stdlib.None{}, err
	}, stdlib.Inverse[touchArgs, touchState]{
		Does:    "puts back the times, or removes the new file",
		Version: 1,
		Capture: captureTouch,
		Restore: func(ctx context.Context, env *stdlib.Env, s touchState) error {
			if s.Before.Kind == none {
				return putBack(ctx, env, s.Before, digestText(""))
			}
			now, err := look(env, s.Before.Path)
			if err != nil || now.Modified.Equal(s.Before.Modified) {
				return err
			}
			if now.Kind != s.Before.Kind || !now.Modified.Equal(s.After) {
				warn(env, "%s was changed by somebody else since: its times are left as they are", s.Before.Path)
				return nil
			}
			return putTimes(env, s.Before)
		},
		Verify: verifyTouch,
	})
}

func captureTouch(_ context.Context, env *stdlib.Env, a touchArgs) (touchState, error) {
	path, err := resolve(env, a.Path)
	if err == nil {
		path, err = allow(env, path)
	}
	if err != nil {
		return touchState{}, cannot("touch", a.Path, err)
	}
	s := touchState{After: env.Clock.Now().UTC()}
	if a.Modified != nil {
		s.After = a.Modified.UTC()
		if s.After.Year() < firstYear || s.After.Year() > lastYear {
			return s, fmt.Errorf("cannot touch %s: a file's time can be from the year %d to %d, not %s",
				a.Path, firstYear, lastYear, stamp(s.After))
		}
	}
	s.Before, err = look(env, path)
	return s, err
}

func verifyTouch(ctx context.Context, env *stdlib.Env, s touchState) ([]stdlib.Difference, error) {
	if s.Before.Kind == none {
		return compare(ctx, env, s.Before)
	}
	now, err := look(env, s.Before.Path)
	if err != nil || !now.Modified.Equal(s.After) || s.After.Equal(s.Before.Modified) {
		return nil, err
	}
	return []stdlib.Difference{{
		What: "modification time of " + s.Before.Path, Want: stamp(s.Before.Modified), Got: stamp(now.Modified)}}, nil
}
