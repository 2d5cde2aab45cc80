//go:build !linux && !darwin && !windows

package stdlib

import (
	"errors"
	"os"
	"time"
)

func space(name string) (Space, error) {
	return Space{}, &os.PathError{Op: "statfs", Path: name, Err: errors.ErrUnsupported}
}

func lchtimes(string, time.Time, time.Time) error { return errors.ErrUnsupported }
