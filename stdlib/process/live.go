package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// handleKind is the kind of the handles of this namespace.
const handleKind = "process"

// live is what a handle stands for while the run that made it goes on: the
// process, and how to start it again.
type live struct {
	handle  value.Handle
	program program
	env     *stdlib.Env

	mu       sync.Mutex
	now      *child // the newest; never nil once it is in the table
	expected bool   // chaosc ends it now: its end is no news
	over     bool   // the start was undone: it is never started again
}

// program is how a process is started. Environment values stand in memory
// only, for they may be secret.
type program struct {
	path string
	args []any
	cwd  string
	env  map[string]string
	log  string
}

// begin starts the process, for the first time or again.
func (l *live) begin() error {
	cmd, err := command(l.program.path, l.program.args)
	if err != nil {
		return err
	}
	cmd.Dir = l.program.cwd
	if l.program.log != "" {
		out, err := l.env.Files.OpenFile(l.program.log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
		if err != nil {
			return fmt.Errorf("the log %q cannot be written: %w", l.program.log, plain(err))
		}
		defer out.Close() // the process has its own
		cmd.Stdout, cmd.Stderr = out, out
	}
	c, err := launch(l.env, cmd, l.program.env, l.handle.ID)
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.now, l.expected = c, false
	l.mu.Unlock()
	go l.watch(c)
	return nil
}

// runOver is the key, among what the functions of a run share, of a channel
// that is closed when the run is over.
type runOver struct{}

// watch says when the process ends without having been told to, as long as
// there is a run that wants to know.
func (l *live) watch(c *child) {
	over := l.env.Shared(runOver{}, func() (any, func()) {
		over := make(chan struct{})
		return over, func() { close(over) }
	}).(chan struct{})
	select {
	case <-c.done:
	case <-over:
		return
	}
	l.mu.Lock()
	news := l.now == c && !l.expected
	l.mu.Unlock()
	if news && l.env.Log != nil {
		l.env.Log("WARNING", l.epitaph(c))
	}
}

// epitaph says how a process ended, and where to look for the reason.
func (l *live) epitaph(c *child) string {
	text := fmt.Sprintf("%s has ended (%s)", c, c.outcome())
	switch last := lastLine(l.env, l.program.log); {
	case last != "":
		text += "; the last line of its log: " + last
	case c.status != 0 && l.program.log == "":
		text += "; with log: \"PATH\" process.start keeps what it prints"
	}
	return text
}

// runs reports whether the process runs, or what is left of it, as of a
// program that goes to the background.
func (l *live) runs() bool {
	c, _ := l.child()
	if !c.ended() {
		return true
	}
	members, err := c.members(l.env)
	return err != nil || len(members) > 0
}

// child returns the newest process, and says whether the start was undone.
func (l *live) child() (c *child, over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now, l.over
}

// expect notes that chaosc itself ends the process now.
func (l *live) expect() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expected = true
}

// finish notes that the start is undone.
func (l *live) finish() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expected, l.over = true, true
}

// liveOf returns what a handle stands for in this run.
func liveOf(env *stdlib.Env, h value.Handle) (*live, bool) {
	thing, _ := env.Handles.Get(h)
	l, ok := thing.(*live)
	return l, ok
}

// lastLine returns the last line of a text file, as far as it stands in the
// last 4 KiB; empty where there is none.
func lastLine(env *stdlib.Env, path string) string {
	if path == "" {
		return ""
	}
	f, err := env.Files.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	buf := make([]byte, 4<<10)
	if fi, err := f.Stat(); err == nil && fi.Size() > int64(len(buf)) {
		_, _ = f.Seek(-int64(len(buf)), 2)
	}
	n, _ := f.Read(buf)
	lines := strings.Split(strings.TrimSpace(string(buf[:n])), "\n")
	return strings.ToValidUTF8(strings.TrimSpace(lines[len(lines)-1]), "\uFFFD")
}

// target is a process that an action or a probe is about.
type target struct {
	family
	live *live // nil for a stranger
	name string
}

func (t target) String() string { return fmt.Sprintf("process %d (%s)", t.PID, t.name) }

// resolve finds the process of an argument that is a handle or a pid. That
// there is none any more is an error.
func resolve(env *stdlib.Env, v any) (target, error) {
	switch v := v.(type) {
	case value.Handle:
		l, ok := liveOf(env, v)
		if !ok {
			return target{}, fmt.Errorf("%s is nothing that this run has started", value.Text(v))
		}
		c, _ := l.child()
		if !l.runs() {
			return target{}, errors.New(strings.Replace(l.epitaph(c), "has ended", "has already ended", 1))
		}
		return target{family: c.family, live: l, name: filepath.Base(c.program)}, nil
	case int64:
		if err := checkPID(v); err != nil {
			return target{}, err
		}
		e, ok := lookup(env, int(v))
		if !ok || !e.alive() {
			return target{}, fmt.Errorf("there is no process %d", v)
		}
		return target{family: family{ident: e.ident()}, name: e.name}, nil
	}
	return target{}, fmt.Errorf("wants a process handle or a pid, not %s", value.Describe(v))
}

// checkPID refuses numbers that are no pid or that nobody means.
func checkPID(pid int64) error {
	switch {
	case pid <= 0 || pid > 1<<31-1:
		return fmt.Errorf("%d is no process id", pid)
	case pid == 1:
		return errors.New("process 1 is the init of the system, which chaosc leaves alone")
	case pid == int64(os.Getpid()):
		return fmt.Errorf("process %d is chaosc itself", pid)
	}
	return nil
}

// awaitChild waits until the child of a handle is reaped, after its family was
// ended.
func awaitChild(ctx context.Context, c *child) {
	select {
	case <-c.done:
	case <-ctx.Done():
	}
}
