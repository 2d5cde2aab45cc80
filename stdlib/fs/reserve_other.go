//go:build !linux

package fs

import (
	"context"
	"errors"
	"os"
)

// reserve cannot reserve blocks here: the caller writes them.
func reserve(context.Context, *os.File, int64) error { return errors.ErrUnsupported }
