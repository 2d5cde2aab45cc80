//go:build unix

package main

import (
	"os"
	"syscall"
)

// writeSignals are those that a write can cause: to a pipe that nobody reads,
// and beyond the largest size of a file. By default they end the process.
var writeSignals = []os.Signal{syscall.SIGPIPE, syscall.SIGXFSZ}
