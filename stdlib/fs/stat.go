package fs

import (
	"context"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// statResult is what fs.stat gives.
type statResult struct {
	Path     string     `chaos:"path" doc:"the path from the root"`
	Kind     string     `chaos:"kind" doc:"file, dir, fifo, socket or device; link for a link that leads to nothing"`
	Size     value.Size `chaos:"size" doc:"of a file; of a folder what the system says, see fs.size"`
	Mode     string     `chaos:"mode" doc:"permissions in octal: \"0644\""`
	Modified time.Time  `chaos:"modified" doc:"when the content was last changed"`
	Accessed time.Time  `chaos:"accessed" doc:"when it was last read, as far as the file system notes that"`
	UID      int        `chaos:"uid" doc:"user that owns it; -1 on Windows"`
	GID      int        `chaos:"gid" doc:"group that owns it; -1 on Windows"`
	Links    int        `chaos:"links" doc:"names that it has"`
	Link     bool       `chaos:"link" doc:"whether the path is a symbolic link"`
	Target   string     `chaos:"target" doc:"where the link leads, as it is written there; empty for no link"`
}

func statFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.stat",
		Kind:    types.Probe,
		Summary: "Describes a file or folder: kind, size, mode, times, owner.",
		Doc: `Links are followed: but for link and target, the fields describe what a link leads to. Fails where there is
nothing.`,
		Example: `probe exchange-file = fs.stat("exchange.dat")
    expect kind == "file"
    expect size > 0B
    expect mode == "0644"`,
	}, func(_ context.Context, env *stdlib.Env, a pathArgs) (statResult, error) {
		path, err := abs(env, a.Path)
		if err != nil {
			return statResult{}, cannot("look at", a.Path, err)
		}
		info, err := env.Files.Lstat(path)
		if err != nil {
			return statResult{}, cannot("look at", a.Path, err)
		}
		s := describe(path, info)
		r := statResult{Path: path}
		if r.Link = s.Kind == link; r.Link {
			if r.Target, err = env.Files.Readlink(path); err != nil {
				return statResult{}, cannot("read the link", a.Path, err)
			}
			switch info, err := env.Files.Stat(path); {
			case err == nil:
				s = describe(path, info)
			case !absent(err):
				return statResult{}, cannot("look at", a.Path, err)
			}
		}
		r.Kind, r.Size, r.Mode = string(s.Kind), value.Size(s.Size), formatMode(s.Mode)
		r.Modified, r.Accessed = s.Modified, s.Accessed
		r.UID, r.GID, r.Links = s.UID, s.GID, int(s.links)
		return r, nil
	})
}
