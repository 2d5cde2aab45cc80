package fs

import (
	"context"
	"math"
	"path/filepath"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func sizeFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.size",
		Kind:    types.Probe,
		Summary: "Gives the size of a file, or of all files in a folder and below it.",
		Doc: `Sizes are those of the contents, whatever room they take on the disk. A link is followed where it is the path
itself, not in a folder. What disappears from a folder while it is looked at does not count.`,
		Example: `probe log-size = fs.size("/var/log/shop")
    expect it < 500MiB`,
	}, func(ctx context.Context, env *stdlib.Env, a pathArgs) (value.Size, error) {
		info, err := env.Files.Stat(a.Path)
		if err != nil {
			return 0, cannot("look at", a.Path, err)
		}
		if !info.IsDir() {
			return value.Size(info.Size()), nil
		}
		n, err := sizeOf(ctx, env, a.Path)
		return value.Size(n), err
	})
}

// sizeOf adds up the files in a folder and below it.
func sizeOf(ctx context.Context, env *stdlib.Env, path string) (int64, error) {
	if ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	entries, err := env.Files.ReadDir(path)
	if absent(err) {
		return 0, nil
	}
	if err != nil {
		return 0, cannot("list", path, err)
	}
	var sum int64
	for _, e := range entries {
		at := filepath.Join(path, e.Name())
		n := int64(0)
		switch {
		case e.IsDir():
			n, err = sizeOf(ctx, env, at)
		case e.Type().IsRegular():
			s, lookErr := look(env, at)
			n, err = s.Size, lookErr
		}
		if err != nil {
			return 0, err
		}
		sum += min(n, math.MaxInt64-sum)
	}
	return sum, nil
}
