//go:build unix

package process

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// tableless shows no table of processes, as when file descriptors are used up.
type tableless struct {
	stdlib.SystemFiles
	gone atomic.Bool
}

func (f *tableless) Open(name string) (*os.File, error) {
	if f.gone.Load() {
		return nil, syscall.EMFILE
	}
	return f.SystemFiles.Open(name)
}

func (f *tableless) ReadDir(name string) ([]fs.DirEntry, error) {
	if f.gone.Load() {
		return nil, syscall.EMFILE
	}
	return f.SystemFiles.ReadDir(name)
}

func TestRunEndsWithoutTheTableOfProcesses(t *testing.T) {
	t.Parallel()
	env, _ := newEnv(t)
	for _, early := range []bool{false, true} { // before the process is there already
		files := &tableless{SystemFiles: env.Files.(stdlib.SystemFiles)}
		blind := &stdlib.Env{Clock: env.Clock, Files: files, Processes: env.Processes, Log: env.Log,
			Handles: stdlib.NewHandles(env.RunID), RunID: env.RunID, Grace: env.Grace}
		files.gone.Store(early)
		ctx, cancel := context.WithCancelCause(t.Context())
		name := fmt.Sprintf("pid-%v", early)
		done := make(chan error, 1)
		go func() {
			_, err := run().Run(ctx, blind, bind(t, run(), map[string]any{"path": "sh", "args": []any{"-c", "echo $$ > " + name + "; sleep 60; sleep 60"}}), nil)
			done <- err
		}()
		pid := pidIn(t, env, name)
		files.gone.Store(true)
		cancel(errTest)
		select {
		case err := <-done:
			if !errors.Is(err, errTest) {
				t.Errorf("error is %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("it did not return")
		}
		if alive(env, pid) {
			t.Errorf("process %d is still there", pid)
		}
		blind.Close()
	}
}
