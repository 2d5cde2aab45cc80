package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// chaosFiles replaces each folder among the arguments by the .chaos files in
// it and below, in the order of their names; what starts with a point is left
// out. Whether a path is there is left to who reads it.
func chaosFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if arg == "-" || err != nil || !info.IsDir() {
			files = append(files, arg)
			continue
		}
		before := len(files)
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return fmt.Errorf("cannot read %q: %w", path, unwrapPath(err))
			}
			if path != arg && strings.HasPrefix(d.Name(), ".") {
				if d.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if d.Type().IsRegular() && filepath.Ext(path) == ".chaos" {
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(files) == before {
			return nil, fmt.Errorf("there is no .chaos file in the folder %q", arg)
		}
	}
	return files, nil
}

// completeChaos completes the names of .chaos files.
func completeChaos(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"chaos"}, cobra.ShellCompDirectiveFilterFileExt
}

// oneName completes the first argument of a command from a list.
func oneName(names func() []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var found []string
		for _, name := range names() {
			if strings.HasPrefix(name, begun) {
				found = append(found, name)
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
}
