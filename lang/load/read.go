package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

// ErrFolder is the error of an [Opener] for a path that is a folder.
var ErrFolder = errors.New("is a folder")

// Disk opens a file of the machine, or the standard input of the process.
func Disk(path string) (io.ReadCloser, error) {
	if path == Stdin {
		return io.NopCloser(os.Stdin), nil
	}
	// Opening a named pipe would wait for somebody to write to it.
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, ErrFolder
	}
	return os.Open(path)
}

// read returns the text at a path, or what is wrong with it in a few words.
func (l *loader) read(path string) (text, problem string) {
	r, err := l.open(path)
	if err != nil {
		return "", reason(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return "", reason(err)
	case len(data) > MaxSize:
		return "", fmt.Sprintf("is larger than %d MiB", MaxSize>>20)
	}
	return string(data), ""
}

// What is wrong with a path, where more is said than that.
const (
	missing  = "does not exist"
	isFolder = "is a folder"
)

// reason puts an error into words that go on behind the path.
func reason(err error) string {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing
	case errors.Is(err, fs.ErrPermission):
		return "may not be read: permission denied"
	case errors.Is(err, ErrFolder):
		return isFolder
	case errors.As(err, &pathError):
		return "cannot be read: " + pathError.Err.Error()
	}
	return "cannot be read: " + err.Error()
}

// near returns a file of the same folder that the path was likely meant to
// name, or "". It looks at the disk only: an opener cannot list.
func (l *loader) near(path string) string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".chaos" {
			names = append(names, e.Name())
		}
	}
	base := filepath.Base(path)
	if filepath.Ext(base) == "" {
		base += ".chaos"
		for _, n := range names {
			if n == base {
				return n
			}
		}
	}
	name, _ := diag.Nearest(base, names)
	return name
}
