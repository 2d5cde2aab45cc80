//go:build !unix

package stdlib

import "os"

// signal knows of no process groups here: it reaches the process alone.
func signal(pid int, sig os.Signal) error {
	if pid < 0 {
		pid = -pid
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Signal(sig)
}
