//go:build !unix

package stdlib

import (
	"errors"
	"os"
)

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

func setPriority(int, int) error {
	return errors.New("this system knows no niceness")
}
