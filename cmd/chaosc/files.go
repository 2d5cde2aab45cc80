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
// out. A path that is not there is an error.
func chaosFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if arg == "-" || err == nil && !info.IsDir() {
			files = append(files, arg)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read %q: %w", arg, unwrapPath(err))
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
