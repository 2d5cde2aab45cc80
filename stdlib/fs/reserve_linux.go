package fs

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// reserveStep is what is reserved at once, so that the end of a context is
// seen in between.
const reserveStep = 256 << 20

// reserve gives an empty file real blocks without writing them; its error is
// errors.ErrUnsupported where the file system cannot.
func reserve(ctx context.Context, f *os.File, size int64) error {
	for at := int64(0); at < size; {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n := min(reserveStep, size-at)
		switch err := unix.Fallocate(int(f.Fd()), 0, at, n); {
		case err == nil:
			at += n
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.ENOSYS):
			return errors.ErrUnsupported
		default:
			return err
		}
	}
	return nil
}
