package fs

import (
	"context"
	"fmt"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type truncateArgs struct {
	Path string     `chaos:"path" doc:"the file; a link is followed" effect:"write"`
	Size value.Size `chaos:"size,named" doc:"its size then: what is longer is cut, what is shorter gets zeros, which take no room"`
}

func truncateFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.truncate",
		Summary: "Cuts a file to a size, or makes it longer.",
		Doc: `A process that has the file open sees the new size. Fails where there is no regular file. Before it, a copy is made
of what is cut off, and of no more.`,
		Example: `action half-written = fs.truncate("orders.db", size: 4KiB) undo`,
	}, func(ctx context.Context, env *stdlib.Env, a truncateArgs, s *changeState) (stdlib.None, error) {
		if ctx.Err() != nil {
			return stdlib.None{}, context.Cause(ctx)
		}
		if err := env.Files.Truncate(s.Before.Path, int64(a.Size)); err != nil {
			return stdlib.None{}, cannot("truncate", a.Path, err)
		}
		return stdlib.None{}, nil
	}, stdlib.Inverse[truncateArgs, changeState]{
		Does:    "gives it the size of before, and puts back what was cut off",
		Version: 1,
		Capture: func(ctx context.Context, env *stdlib.Env, a truncateArgs) (changeState, error) {
			var s changeState
			if a.Size < 0 {
				return s, fmt.Errorf("cannot truncate %s: a size of %s is negative", a.Path, value.Literal(a.Size))
			}
			var err error
			s.Before, err = captureFile(ctx, env, "truncate", a.Path, func(now saved) int64 { return min(now.Size, int64(a.Size)) })
			if err == nil && s.Before.Kind == none {
				err = fmt.Errorf("cannot truncate %s: it does not exist", a.Path)
			}
			s.After = digest{Size: int64(a.Size) - s.Before.From}
			return s, err
		},
		Restore: restoreChange,
		Verify:  verifyChange,
	})
}
