package stdlib

import (
	"errors"
	"math"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

func space(name string) (Space, error) {
	p, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return Space{}, &os.PathError{Op: "GetDiskFreeSpaceEx", Path: name, Err: err}
	}
	var available, total, free uint64
	if err := windows.GetDiskFreeSpaceEx(p, &available, &total, &free); err != nil {
		return Space{}, &os.PathError{Op: "GetDiskFreeSpaceEx", Path: name, Err: err}
	}
	limit := func(n uint64) int64 { return int64(min(n, math.MaxInt64)) }
	return Space{limit(total), limit(free), limit(available)}, nil
}

func lchtimes(string, time.Time, time.Time) error { return errors.ErrUnsupported }
