//go:build linux || darwin

package fs

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// nextData returns where the first bytes at or behind an offset are that the
// file system holds, or the end of the file: in between is a hole.
func nextData(f *os.File, from int64) int64 {
	at, err := f.Seek(from, unix.SEEK_DATA)
	if errors.Is(err, unix.ENXIO) {
		at, err = f.Seek(0, io.SeekEnd)
	}
	if err != nil || at < from {
		return from
	}
	return at
}
