package fs

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

type globArgs struct {
	Pattern string `chaos:"pattern" doc:"the pattern, with / between its parts" effect:"read"`
}

// globLimit bounds what one call returns.
const globLimit = 100_000

func globFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.glob",
		Kind:    types.Probe,
		Summary: "Lists the paths that match a pattern, in order.",
		Doc: `* stands for any characters but /, ? for one, [a-z] for one of them and [^a-z] for one other, {a,b} for one of
those texts, ** as a whole part for any folders, none too; a backslash takes the next character as it is. Hidden files
match like others. Links to folders are not followed below **. What cannot be read is passed over. No match gives an
empty list, more than 100,000 matches are an error.`,
		Example: `probe old-logs = fs.glob("/var/log/shop/**/*.log.[0-9]")
    expect it == []`,
	}, func(ctx context.Context, env *stdlib.Env, a globArgs) ([]string, error) {
		pattern := filepath.ToSlash(a.Pattern)
		if !doublestar.ValidatePattern(pattern) {
			return nil, fmt.Errorf("the pattern %q is not well formed: a bracket, brace or backslash is left open", a.Pattern)
		}
		base, rest := doublestar.SplitPattern(pattern)
		matches := []string{}
		err := doublestar.GlobWalk(folder{ctx, env, base}, rest, func(name string, _ fs.DirEntry) error {
			if len(matches) == globLimit {
				return fmt.Errorf("%s matches more than %d paths", a.Pattern, globLimit)
			}
			matches = append(matches, filepath.FromSlash(path.Join(base, name)))
			return nil
		}, doublestar.WithNoFollow(), doublestar.WithFailOnIOErrors())
		if err != nil {
			return nil, err
		}
		slices.Sort(matches)
		return slices.Compact(matches), nil
	})
}

// folder is the file system below a folder, as package io/fs has it. What
// cannot be read is not there; the only other error is the end of ctx, so that
// it ends a search of whatever length.
type folder struct {
	ctx  context.Context
	env  *stdlib.Env
	base string
}

func (f folder) at(name string) string { return filepath.Join(filepath.FromSlash(f.base), name) }

func (f folder) hide(err error) error {
	switch {
	case f.ctx.Err() != nil:
		return context.Cause(f.ctx)
	case err != nil:
		return fs.ErrNotExist
	}
	return nil
}

func (f folder) Open(name string) (fs.File, error) {
	file, err := f.env.Files.Open(f.at(name))
	if err != nil {
		return nil, f.hide(err)
	}
	return file, nil
}

func (f folder) Stat(name string) (fs.FileInfo, error) {
	info, err := f.env.Files.Stat(f.at(name))
	if absent(err) { // a link that leads to nothing is there
		info, err = f.env.Files.Lstat(f.at(name))
	}
	return info, f.hide(err)
}

func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.env.Files.ReadDir(f.at(name))
	return entries, f.hide(err)
}
