//go:build !linux && !darwin

package fs

import "os"

// nextData knows of no holes here: there are bytes at the offset.
func nextData(_ *os.File, from int64) int64 { return from }
