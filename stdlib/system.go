package stdlib

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// DefaultGrace is how long a process may take to end after SIGTERM.
const DefaultGrace = 5 * time.Second

func itoa(n int) string { return strconv.Itoa(n) }

// SystemClock is the clock of the machine.
type SystemClock struct{}

// Now returns the time.
func (SystemClock) Now() time.Time { return time.Now() }

// Sleep waits for d or the end of ctx, whose cause it returns then.
func (SystemClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return context.Cause(ctx)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// SystemFiles is the file system of the machine; relative paths are relative
// to Dir, or to the working directory of chaosc where that is empty.
type SystemFiles struct{ Dir string }

func (s SystemFiles) path(name string) string {
	if s.Dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.Dir, name)
}

// The methods are those of package os on the path.

// Open opens a file for reading.
func (s SystemFiles) Open(name string) (*os.File, error) { return os.Open(s.path(name)) }

// OpenFile opens a file as os.OpenFile does.
func (s SystemFiles) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(s.path(name), flag, perm)
}

// Stat describes what a path leads to.
func (s SystemFiles) Stat(name string) (fs.FileInfo, error) { return os.Stat(s.path(name)) }

// Lstat describes a path without following a link.
func (s SystemFiles) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(s.path(name)) }

// ReadDir lists a folder in the order of names.
func (s SystemFiles) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(s.path(name)) }

// Readlink returns where a symbolic link leads.
func (s SystemFiles) Readlink(name string) (string, error) { return os.Readlink(s.path(name)) }

// Rename moves a path.
func (s SystemFiles) Rename(from, to string) error { return os.Rename(s.path(from), s.path(to)) }

// Remove removes a file or an empty folder.
func (s SystemFiles) Remove(name string) error { return os.Remove(s.path(name)) }

// Mkdir makes a folder.
func (s SystemFiles) Mkdir(name string, perm fs.FileMode) error {
	return os.Mkdir(s.path(name), perm)
}

// Symlink makes a symbolic link; the target is taken as it is.
func (s SystemFiles) Symlink(target, name string) error { return os.Symlink(target, s.path(name)) }

// Link makes a hard link.
func (s SystemFiles) Link(target, name string) error { return os.Link(s.path(target), s.path(name)) }

// Chmod changes the mode.
func (s SystemFiles) Chmod(name string, mode fs.FileMode) error {
	return os.Chmod(s.path(name), mode)
}

// Chown changes the owner.
func (s SystemFiles) Chown(name string, uid, gid int) error { return os.Chown(s.path(name), uid, gid) }

// Lchown changes the owner of a link itself.
func (s SystemFiles) Lchown(name string, uid, gid int) error {
	return os.Lchown(s.path(name), uid, gid)
}

// Chtimes changes the times of access and of change.
func (s SystemFiles) Chtimes(name string, atime, mtime time.Time) error {
	return os.Chtimes(s.path(name), atime, mtime)
}

// Truncate changes the size.
func (s SystemFiles) Truncate(name string, size int64) error {
	return os.Truncate(s.path(name), size)
}

// Lchtimes changes the times of a link itself.
func (s SystemFiles) Lchtimes(name string, atime, mtime time.Time) error {
	return lchtimes(s.path(name), atime, mtime)
}

// Abs returns the path from the root.
func (s SystemFiles) Abs(name string) (string, error) { return filepath.Abs(s.path(name)) }

// Space says how much room the file system of a path has.
func (s SystemFiles) Space(name string) (Space, error) { return space(s.path(name)) }

// SystemProcesses are the processes of the machine; commands run in Dir (the
// working directory of chaosc where it is empty), to which a folder of their
// own is relative.
type SystemProcesses struct{ Dir string }

// Start starts a command.
func (s SystemProcesses) Start(cmd *exec.Cmd) error {
	if !filepath.IsAbs(cmd.Dir) {
		cmd.Dir = filepath.Join(s.Dir, cmd.Dir)
	}
	return cmd.Start()
}

// Signal sends a signal to a process or, where pid is negative, to a group.
func (SystemProcesses) Signal(pid int, sig os.Signal) error { return signal(pid, sig) }

// SetPriority sets the niceness of a process or thread.
func (SystemProcesses) SetPriority(pid, niceness int) error { return setPriority(pid, niceness) }
