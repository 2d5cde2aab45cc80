package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// checked is a writer that remembers its first error, which decides about the
// exit code at the end; nothing is written behind it.
type checked struct {
	w   io.Writer
	err error
}

func (c *checked) Write(b []byte) (int, error) {
	if c.err == nil {
		_, c.err = c.w.Write(b)
	}
	return len(b), nil
}

// close closes what is written to, and returns the first error.
func (c *checked) close() error {
	if closer, ok := c.w.(io.Closer); ok {
		if err := closer.Close(); c.err == nil {
			c.err = err
		}
	}
	return c.err
}

// replaceFile writes a file so that at every moment either the old content or
// the whole new one is there; a new file gets the mode perm. What a link leads
// to is replaced, not the link; a device or a pipe is written to.
func replaceFile(path string, perm fs.FileMode, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	return replaceWhole(path, perm, write)
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// writable makes sure that replaceFile will be able to write a path.
func writable(path string) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return errors.New("it is a folder")
	case err == nil && !info.Mode().IsRegular():
		return nil
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %q", folder)
	}
	f, err := os.CreateTemp(folder, ".chaosc-*")
	if err != nil {
		return fmt.Errorf("cannot write in folder %q: %w", folder, unwrapPath(err))
	}
	f.Close()
	return os.Remove(f.Name())
}

// unwrapPath cuts the operation and the path off an error of package os.
func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
