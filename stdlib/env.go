package stdlib

import (
	"context"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Env is the world as functions see it: every look and every change goes
// through it, so that a test, a simulation or a permission stands in one
// place. All of it may be used from several goroutines.
type Env struct {
	Clock     Clock
	Files     Files
	Processes Processes
	// Dial opens network connections.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// LookupEnv looks up a variable of the environment; nil knows none.
	LookupEnv func(name string) (string, bool)
	// Store keeps what actions put aside for their undo.
	Store Store
	// Handles are what the run has started.
	Handles *Handles
	// RunID is unique in the world and marks whatever actions leave behind.
	RunID string
	// Rand is the source of random.*; it locks by itself.
	Rand *Rand
	// Log says something at a level of the console: "DEBUG", "INFO", "WARNING".
	Log func(level, message string)
	// VerifyTLS is false when --no-verify-tls was given.
	VerifyTLS bool
	// Grace is how long a process may take to end after SIGTERM before
	// SIGKILL ends it.
	Grace time.Duration
	// Hurry, unless nil, is closed when nobody wants to wait for a grace period
	// any more.
	Hurry <-chan struct{}

	shared shared
}

// Clock is the time.
type Clock interface {
	Now() time.Time
	// Sleep waits, and returns the cause of ctx when that ends first.
	Sleep(ctx context.Context, d time.Duration) error
}

// Files is the file system; paths are as the experiment gives them, relative
// to the working directory. The methods are those of package os.
type Files interface {
	Open(name string) (*os.File, error)
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Readlink(name string) (string, error)
	Rename(from, to string) error
	Remove(name string) error
	Mkdir(name string, perm fs.FileMode) error
	Symlink(target, name string) error
	Link(target, name string) error
	Chmod(name string, mode fs.FileMode) error
	Chown(name string, uid, gid int) error
	Lchown(name string, uid, gid int) error
	Chtimes(name string, atime, mtime time.Time) error
	// Lchtimes changes the times of a symbolic link itself; where the system
	// cannot, the error is errors.ErrUnsupported.
	Lchtimes(name string, atime, mtime time.Time) error
	Truncate(name string, size int64) error
	// Abs returns the path from the root, which another process can use.
	Abs(name string) (string, error)
	// Space says how much room the file system of a path has.
	Space(name string) (Space, error)
}

// Space is the room of a file system in bytes.
type Space struct {
	Total     int64
	Free      int64 // with what is reserved for the administrator
	Available int64 // for ordinary users
}

// Processes starts and signals processes.
type Processes interface {
	// Start starts a command, as exec.Cmd.Start does.
	Start(cmd *exec.Cmd) error
	// Signal sends a signal to a process, or to the process group -pid.
	Signal(pid int, sig os.Signal) error
	// SetPriority sets the niceness of a process or, where the system tells
	// them apart, of one of its threads.
	SetPriority(pid, niceness int) error
}

// Store keeps copies of content on disk until the run is over, so that an undo
// in another process finds them. What Put returns has reached the disk.
type Store interface {
	// Put copies r and returns a key for it.
	Put(ctx context.Context, r io.Reader) (key string, err error)
	// Open reads a copy back.
	Open(key string) (io.ReadCloser, error)
	// Keep copies r for the user, who finds it at the returned path also when
	// the run is over; name is what its file is called after.
	Keep(ctx context.Context, name string, r io.Reader) (path string, err error)
	// Dir is the folder of the store, which no function may change; empty for
	// a store that has none.
	Dir() string
}

// Handles is the table of the things that a run has started: for each handle
// the live thing, of a type that its namespace knows.
type Handles struct {
	mu   sync.Mutex
	run  string
	next int
	live map[value.Handle]any
}

// NewHandles returns an empty table for the run of that id.
func NewHandles(run string) *Handles {
	return &Handles{run: run, live: map[value.Handle]any{}}
}

// New returns a handle that no other has.
func (h *Handles) New(kind string) value.Handle {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	return value.Handle{Kind: kind, ID: h.run + "/" + itoa(h.next)}
}

// Put says what a handle stands for from here on.
func (h *Handles) Put(k value.Handle, live any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.live[k] = live
}

// Get returns what a handle stands for.
func (h *Handles) Get(k value.Handle) (any, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	live, ok := h.live[k]
	return live, ok
}

// Delete forgets a handle.
func (h *Handles) Delete(k value.Handle) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.live, k)
}

// Rand is a seeded source of random numbers for several goroutines.
type Rand struct {
	mu  sync.Mutex
	rng *rand.Rand
}

// NewRand returns the source for a seed.
func NewRand(seed uint64) *Rand {
	return &Rand{rng: rand.New(rand.NewPCG(seed, seed^0x9e3779b97f4a7c15))}
}

// Do calls f with the source, alone.
func (r *Rand) Do(f func(*rand.Rand)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r.rng)
}
