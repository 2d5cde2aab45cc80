package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Technique: an advisory lock of the operating system on a file. The system
// frees it when its owner ends, in whatever way, so that nobody has to guess
// from a process id whether an owner is still alive. What stands in the file is
// for people only.

const lockFile = ".chaosc/lock"

// lockPatience is how long somebody who wants the lock waits for one who just
// looks or leaves.
const lockPatience = 200 * time.Millisecond

// workspaceLock keeps other runs out of the working directory.
type workspaceLock struct{ file *flock.Flock }

// holder is who has the lock.
type holder struct {
	Pid   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

func (h *holder) String() string {
	if h.Pid == 0 { // it has only just begun, or the system keeps the file from being read
		return "another chaosc"
	}
	return fmt.Sprintf("another chaosc (process %d on %s, since %s)", h.Pid, h.Host, h.Since.Format(time.DateTime))
}

// lockWorkspace takes the lock of the working directory; the error says who
// has it.
func lockWorkspace() (*workspaceLock, error) {
	path := filepath.FromSlash(lockFile)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("cannot lock this folder for a run: %w", err)
	}
	l := &workspaceLock{flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR))}
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	switch _, err := l.file.TryLockContext(ctx, lockPatience/20); {
	case errors.Is(err, context.DeadlineExceeded):
		l.file.Close()
		return nil, fmt.Errorf("%s is at work in this folder; wait for its end, or take another folder (-C)", readHolder(path))
	case err != nil:
		return nil, fmt.Errorf("cannot lock this folder for a run: %w", err)
	}
	data, err := json.Marshal(holder{Pid: os.Getpid(), Host: hostname(), Since: time.Now().Truncate(time.Second)})
	if err == nil {
		err = os.WriteFile(path, append(data, '\n'), 0o600)
	}
	if err != nil {
		l.release()
		return nil, fmt.Errorf("cannot lock this folder for a run: %w", err)
	}
	return l, nil
}

// release gives the lock back. The file stays: who removed it could remove it
// under somebody who has just taken it.
func (l *workspaceLock) release() {
	os.Truncate(l.file.Path(), 0)
	l.file.Close()
}

// lockHolder says who has the lock, nil for nobody; it writes nothing.
func lockHolder() *holder {
	path := filepath.FromSlash(lockFile)
	l := flock.New(path, flock.SetFlag(os.O_RDONLY))
	free, err := l.TryRLock()
	defer l.Close()
	if free || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return readHolder(path)
}

// readHolder reads what the owner wrote into the file.
func readHolder(path string) *holder {
	h := new(holder)
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, h) != nil {
		return &holder{}
	}
	return h
}
