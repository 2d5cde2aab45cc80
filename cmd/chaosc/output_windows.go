package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// replaceWhole puts a new file in the place of a regular one, or of none.
// Permissions are those of the folder here.
func replaceWhole(path string, _ fs.FileMode, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".chaosc-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails when it has the other name
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
