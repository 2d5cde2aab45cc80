//go:build unix

package journal

import (
	"errors"
	"syscall"
)

// canNotSync reports whether a file system has no sync for folders.
func canNotSync(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP)
}
