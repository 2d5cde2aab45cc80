package process

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// Windows can end a process, and knows no other signal: the first way to end
// one is the last, and none goes on that was never stopped.
var (
	sigTerm os.Signal = os.Kill
	sigStop os.Signal = syscall.Signal(0x13)
	sigCont os.Signal = syscall.Signal(0x12)
)

func ownGroup(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.CreationFlags |= syscall.CREATE_NEW_PROCESS_GROUP
}

// groupOf returns 0: processes are found by their parents here.
func groupOf(int) int { return 0 }

// shellCommand returns the command that has the system's shell run a text,
// which cmd takes as it stands.
func shellCommand(text string) *exec.Cmd {
	cmd := exec.Command("cmd")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: "cmd /C " + text}
	return cmd
}

func isGone(err error) bool { return errors.Is(err, os.ErrProcessDone) }

func exitStatus(s *os.ProcessState) int { return s.ExitCode() }

func signalName(n int) string { return "signal " + strconv.Itoa(n) }

func signalNamed(name string) (os.Signal, bool) { return os.Kill, name == "KILL" || name == "SIGKILL" }

const lastSignal = 9

func signalNumber(n int) os.Signal { return syscall.Signal(n) }
