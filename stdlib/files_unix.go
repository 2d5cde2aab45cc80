//go:build linux || darwin

package stdlib

import (
	"math"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

func space(name string) (Space, error) {
	var st unix.Statfs_t
	for {
		err := unix.Statfs(name, &st)
		if err == nil {
			break
		}
		if err != unix.EINTR {
			return Space{}, &os.PathError{Op: "statfs", Path: name, Err: err}
		}
	}
	block := uint64(st.Bsize)
	return Space{product(uint64(st.Blocks), block), product(uint64(st.Bfree), block), product(uint64(st.Bavail), block)}, nil
}

// product multiplies, and stays within what a size of the language can hold.
func product(blocks, size uint64) int64 {
	if size != 0 && blocks > math.MaxInt64/size {
		return math.MaxInt64
	}
	return int64(blocks * size)
}

func lchtimes(name string, atime, mtime time.Time) error {
	ts := []unix.Timespec{unix.NsecToTimespec(atime.UnixNano()), unix.NsecToTimespec(mtime.UnixNano())}
	if err := unix.UtimesNanoAt(unix.AT_FDCWD, name, ts, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return &os.PathError{Op: "utimensat", Path: name, Err: err}
	}
	return nil
}
