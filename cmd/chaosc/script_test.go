package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/chaosc-lang/chaosc/stdlib/process"
)

// TestMain makes this test binary the command too, for the scripts and for the
// workers that some actions start.
func TestMain(m *testing.M) {
	if process.WorkerMain() {
		return
	}
	testscript.Main(m, map[string]func(){
		"chaosc": func() { os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts plays the command lines of testdata/script; each file says at
// its top what it shows. UPDATE_SCRIPTS=1 in the environment writes what they
// print into them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		Deadline:            time.Now().Add(2 * time.Minute), // a run that hangs shows what it said
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"interrupt": interrupt,
			"absent":    absent,
		},
	})
}

// exits is `exits CODE COMMAND…`: the command ends with that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	checkExit(ts, args[0], ts.Exec(args[1], args[2:]...))
}

func checkExit(ts *testscript.TestScript, want string, err error) {
	code := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

var signalNames = map[string]os.Signal{"KILL": syscall.SIGKILL, "INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}

// interrupt is `interrupt CODE SIGNAL=REGEX… -- chaosc ARGUMENT…`: each signal
// is sent when a line on standard error matches, one after the other, and the
// command ends with that exit code.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	i := 1
	for i < len(args) && args[i] != "--" {
		i++
	}
	if neg || i+2 > len(args) || args[i+1] != "chaosc" {
		ts.Fatalf("usage: interrupt CODE SIGNAL=REGEX... -- chaosc ARGUMENT...")
	}
	cmd := exec.Command(command(ts), args[i+2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR")}
	lines, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	stuck := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer stuck.Stop()
	pending := args[1:i]
	scanner := bufio.NewScanner(lines)
	for scanner.Scan() {
		fmt.Fprintln(ts.Stderr(), scanner.Text())
		if len(pending) == 0 {
			continue
		}
		name, pattern, _ := strings.Cut(pending[0], "=")
		sig, ok := signalNames[name]
		if !ok {
			ts.Fatalf("unknown signal %q", name)
		}
		if regexp.MustCompile(pattern).MatchString(scanner.Text()) {
			ts.Check(cmd.Process.Signal(sig))
			pending = pending[1:]
		}
	}
	err = cmd.Wait()
	if len(pending) > 0 {
		ts.Fatalf("no line was there for %q", pending)
	}
	checkExit(ts, args[0], err)
}

// command finds the chaosc of the script.
func command(ts *testscript.TestScript) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		path := filepath.Join(dir, "chaosc")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	ts.Fatalf("there is no chaosc in PATH")
	return ""
}

// absent is `absent FILE…`: the process whose id stands in the file is gone.
func absent(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		pid, err := strconv.Atoi(strings.TrimSpace(ts.ReadFile(file)))
		ts.Check(err)
		p, err := os.FindProcess(pid)
		ts.Check(err)
		alive := p.Signal(syscall.Signal(0)) == nil
		if alive != neg {
			ts.Fatalf("process %d of %s: alive is %v", pid, file, alive)
		}
	}
}
