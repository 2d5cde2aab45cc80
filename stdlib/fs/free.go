package fs

import (
	"context"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func freeFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.free",
		Kind:    types.Probe,
		Summary: "Says how much room is free on the file system of a path.",
		Doc: `What ordinary users can still take, as the column Avail of df: without what is reserved for the administrator. A
quota of a user or a project is not looked at.`,
		Example: `probe free = fs.free("/srv/shop/pg")
    expect it > 1GiB`,
		Platforms: []string{"linux", "darwin", "windows"},
	}, func(_ context.Context, env *stdlib.Env, a pathArgs) (value.Size, error) {
		space, err := env.Files.Space(a.Path)
		if err != nil {
			return 0, cannot("look at the file system of", a.Path, err)
		}
		return value.Size(space.Available), nil
	})
}
