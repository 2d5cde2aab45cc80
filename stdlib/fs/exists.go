package fs

import (
	"context"
	"io/fs"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// pathArgs are the arguments of functions that look at one path.
type pathArgs struct {
	Path string `chaos:"path" doc:"the file or folder" effect:"read"`
}

func existsFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.exists",
		Kind:    types.Probe,
		Summary: "Says whether there is something at a path.",
		Doc: `Links are followed: one that leads to nothing does not exist. Fails where it cannot be known, as in a folder that
may not be searched.`,
		Example: `probe there = fs.exists("exchange.dat")
    expect it`,
	}, func(_ context.Context, env *stdlib.Env, a pathArgs) (bool, error) {
		return is(env, a.Path, func(fs.FileMode) bool { return true })
	})
}

func isFileFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.is-file",
		Kind:    types.Probe,
		Summary: "Says whether there is a regular file at a path.",
		Doc:     "Links are followed. False where there is nothing, a folder, a device, a fifo or a socket.",
		Example: `probe there = fs.is-file("exchange.dat")
    expect it`,
	}, func(_ context.Context, env *stdlib.Env, a pathArgs) (bool, error) {
		return is(env, a.Path, fs.FileMode.IsRegular)
	})
}

func isDirFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.is-dir",
		Kind:    types.Probe,
		Summary: "Says whether there is a folder at a path.",
		Doc:     "Links are followed. False where there is nothing.",
		Example: `probe there = fs.is-dir("/srv/shop/pg")
    expect it`,
	}, func(_ context.Context, env *stdlib.Env, a pathArgs) (bool, error) {
		return is(env, a.Path, fs.FileMode.IsDir)
	})
}

func is(env *stdlib.Env, path string, want func(fs.FileMode) bool) (bool, error) {
	info, err := env.Files.Stat(path)
	if absent(err) {
		return false, nil
	}
	if err != nil {
		return false, cannot("look at", path, err)
	}
	return want(info.Mode()), nil
}
