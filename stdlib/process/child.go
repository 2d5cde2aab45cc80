package process

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// drainWait is how long the output of a process that has ended is read on,
// where children of it still hold it open.
const drainWait = 200 * time.Millisecond

// child is a process that chaosc started, in a process group of its own.
type child struct {
	family
	program string
	// done is closed when the process has ended and status is known.
	done   chan struct{}
	status int // exit code, or -N for signal N
}

// launch starts a command whose environment gets the tag, and waits for its
// end in the background.
func launch(env *stdlib.Env, cmd *exec.Cmd, extra map[string]string, tag string) (*child, error) {
	ownGroup(cmd)
	cmd.WaitDelay = drainWait
	cmd.Env = append(os.Environ(), environment(extra)...)
	cmd.Env = append(cmd.Env, tagVariable+"="+tag)
	dir := cmd.Dir
	if err := env.Processes.Start(cmd); err != nil {
		return nil, startError(env, cmd.Args[0], cmd.Path, dir, err)
	}
	c := &child{program: cmd.Path, done: make(chan struct{})}
	c.Tag, c.PID = tag, cmd.Process.Pid
	if e, ok := lookup(env, c.PID); ok { // it stays in the table until Wait
		c.Birth = e.birth
	}
	go func() {
		_ = cmd.Wait() // output held open by a child of the process is no failure
		c.status = exitStatus(cmd.ProcessState)
		close(c.done)
	}()
	return c, nil
}

// wait waits for the end of the child. When ctx ends first, the child is
// ended with its family, and the cause is the error.
func (c *child) wait(ctx context.Context, env *stdlib.Env) error {
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
	}
	cause := fmt.Errorf("%s was ended: %w", c, context.Cause(ctx))
	patient, release := env.Patience(ctx)
	defer release()
	if err := c.end(patient, env, env.Grace); err != nil {
		return errors.Join(cause, err)
	}
	return cause
}

// end ends the child with its family, and waits for it. Where the table of
// processes cannot be read, as when chaosc has no file descriptors left, it ends
// the group at least: its number cannot be another's before the child is reaped.
func (c *child) end(ctx context.Context, env *stdlib.Env, grace time.Duration) error {
	err := c.family.end(ctx, env, grace)
	if err == nil && c.awaitEnd() {
		return nil
	}
	if c.ended() {
		return err
	}
	err = errors.Join(err, sendSignal(env, -c.PID, os.Kill))
	if !c.awaitEnd() {
		err = errors.Join(err, fmt.Errorf("%s is still there %v after SIGKILL", c, killWait))
	}
	return err
}

// awaitEnd waits a moment for the end of a child to which SIGKILL was sent or
// that is gone already, and reports whether it came.
func (c *child) awaitEnd() bool {
	select {
	case <-c.done:
		return true
	case <-time.After(killWait):
		return false
	}
}

// ended reports whether the process itself has ended.
func (c *child) ended() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// outcome says how the process ended: "exit status 1", "SIGKILL".
func (c *child) outcome() string {
	if c.status < 0 {
		return signalName(-c.status)
	}
	return fmt.Sprintf("exit status %d", c.status)
}

func (c *child) String() string {
	return fmt.Sprintf("process %d (%s)", c.PID, filepath.Base(c.program))
}

// environment writes variables as NAME=VALUE, in order.
func environment(vars map[string]string) []string {
	list := make([]string, 0, len(vars))
	for name, v := range vars {
		list = append(list, name+"="+v)
	}
	slices.Sort(list)
	return list
}

// command returns the command of a program with arguments that are strings and
// ints.
func command(path string, args []any) (*exec.Cmd, error) {
	if path == "" {
		return nil, errors.New("the path of the program is empty")
	}
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = fmt.Sprint(a)
		if strings.ContainsRune(words[i], 0) {
			return nil, fmt.Errorf("argument %d has a zero byte, which no argument can have", i+1)
		}
	}
	return exec.Command(path, words...), nil
}

// startError says why a program that was found at path could not be started in
// dir.
func startError(env *stdlib.Env, program, path, dir string, err error) error {
	if dir != "" {
		fi, statErr := env.Files.Stat(dir)
		if statErr != nil {
			return fmt.Errorf("program %q was not started: its folder %q cannot be entered: %w", program, dir, plain(statErr))
		}
		if !fi.IsDir() {
			return fmt.Errorf("program %q was not started: its cwd %q is not a folder", program, dir)
		}
	}
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("program %q was not found in PATH (%s)", program, os.Getenv("PATH"))
	}
	if errors.Is(err, exec.ErrDot) {
		return fmt.Errorf("program %q stands in the working directory; write %q if it is meant", program, "./"+program)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	fi, statErr := env.Files.Stat(path)
	switch {
	case statErr != nil:
		return fmt.Errorf("program %q was not started: %w", program, plain(statErr))
	case fi.IsDir():
		return fmt.Errorf("program %q is a folder", program)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("program %q may not be executed: its mode is %v", program, fi.Mode())
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("program %q was not started: the interpreter that its first line names, or its loader, does not exist", program)
	case errors.Is(err, errNoProgram):
		return fmt.Errorf("program %q is in no format that this system executes; a script needs a first line as #!/bin/sh", program)
	}
	return fmt.Errorf("program %q was not started: %w", program, plain(err))
}

// errNoProgram is the system's error for a file that it cannot execute.
const errNoProgram = syscall.ENOEXEC

// plain returns the reason alone of an error that repeats operation and path.
func plain(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
