//go:build !unix

package fs

import (
	"errors"
	"syscall"
)

// Numbers of the errors of Windows, of which package syscall names only some.
const (
	errorNotSameDevice = syscall.Errno(17)
	errorDiskFull      = syscall.Errno(112)
)

// isNotDir: Windows says of such a path that it does not exist.
func isNotDir(error) bool { return false }

func isCrossDevice(err error) bool { return errors.Is(err, errorNotSameDevice) }

func isFull(err error) bool { return errors.Is(err, errorDiskFull) }
