//go:build unix && !linux

package process

import "golang.org/x/sys/unix"

// groupOf returns the process group of a process, or 0.
func groupOf(pid int) int {
	g, err := unix.Getpgid(pid)
	if err != nil {
		return 0
	}
	return g
}
