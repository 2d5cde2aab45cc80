package fs

import (
	"context"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

func listFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.list",
		Kind:    types.Probe,
		Summary: "Lists the names in a folder, in order.",
		Doc:     "Names are without the folder, ordered by their bytes, hidden ones too. Fails for what is no folder.",
		Example: `probe spool = fs.list("/var/spool/shop")
    expect it == []`,
	}, func(_ context.Context, env *stdlib.Env, a pathArgs) ([]string, error) {
		entries, err := env.Files.ReadDir(a.Path)
		if err != nil {
			return nil, cannot("list", a.Path, err)
		}
		names := make([]string, len(entries))
		for i, e := range entries {
			names[i] = e.Name()
		}
		return names, nil
	})
}
