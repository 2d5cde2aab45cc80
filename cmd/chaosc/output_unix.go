//go:build !windows

package main

import (
	"io"
	"io/fs"

	"github.com/google/renameio/v2"
)

// replaceWhole puts a new file in the place of a regular one, or of none.
func replaceWhole(path string, perm fs.FileMode, write func(io.Writer) error) error {
	f, err := renameio.NewPendingFile(path, renameio.WithPermissions(perm), renameio.WithExistingPermissions())
	if err != nil {
		return err
	}
	defer f.Cleanup()
	if err := write(f); err != nil {
		return err
	}
	return f.CloseAtomicallyReplace()
}
