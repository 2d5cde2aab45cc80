//go:build unix

package process

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

var (
	sigTerm os.Signal = syscall.SIGTERM
	sigStop os.Signal = syscall.SIGSTOP
	sigCont os.Signal = syscall.SIGCONT
)

// ownGroup makes the command the leader of a process group of its own, so
// that a signal reaches its children too, and a ctrl-C for chaosc does not
// reach it.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// shellCommand returns the command that has the system's shell run a text.
func shellCommand(text string) *exec.Cmd { return exec.Command("/bin/sh", "-c", text) }

// isGone reports whether a signal did not arrive because nobody is there.
func isGone(err error) bool {
	return errors.Is(err, syscall.ESRCH) || errors.Is(err, os.ErrProcessDone)
}

// exitStatus returns the exit code, or -N for a process ended by signal N.
func exitStatus(s *os.ProcessState) int {
	if w, ok := s.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return -int(w.Signal())
	}
	return s.ExitCode()
}

// signalName returns the name of a signal: SIGKILL.
func signalName(n int) string {
	if name := unix.SignalName(syscall.Signal(n)); name != "" {
		return name
	}
	return "signal " + strconv.Itoa(n)
}

// signalNamed returns the signal of a name, with or without SIG, in any case
// of letters.
func signalNamed(name string) (os.Signal, bool) {
	name = strings.ToUpper(name)
	if !strings.HasPrefix(name, "SIG") {
		name = "SIG" + name
	}
	s := unix.SignalNum(name)
	return s, s != 0
}

// lastSignal is the highest number that a signal can have.
const lastSignal = 64

func signalNumber(n int) os.Signal { return syscall.Signal(n) }
