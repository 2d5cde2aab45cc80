//go:build unix

package stdlib

import (
	"fmt"
	"os"
	"syscall"
)

func signal(pid int, sig os.Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return fmt.Errorf("signal %v is not one of this system", sig)
	}
	return syscall.Kill(pid, s)
}

func setPriority(pid, niceness int) error {
	return syscall.Setpriority(syscall.PRIO_PROCESS, pid, niceness)
}
