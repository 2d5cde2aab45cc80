//go:build !linux

package process

// Technique: the table of processes as gopsutil reads it. It stands nowhere
// but in this file, which Linux goes without.

import (
	"fmt"
	"strconv"
	"time"

	ps "github.com/shirou/gopsutil/v4/process"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// lookup returns the table's entry of a pid.
func lookup(_ *stdlib.Env, pid int) (entry, bool) {
	p, err := ps.NewProcess(int32(pid))
	if err != nil {
		return entry{}, false
	}
	return readEntry(p)
}

// snapshot returns all processes.
func snapshot(*stdlib.Env) ([]entry, error) {
	procs, err := ps.Processes()
	if err != nil {
		return nil, fmt.Errorf("the processes cannot be listed: %w", err)
	}
	all := make([]entry, 0, len(procs))
	for _, p := range procs {
		if e, ok := readEntry(p); ok {
			all = append(all, e)
		}
	}
	return all, nil
}

func readEntry(p *ps.Process) (entry, bool) {
	born, err := p.CreateTime()
	if err != nil {
		return entry{}, false
	}
	e := entry{pid: int(p.Pid), group: groupOf(int(p.Pid)), state: stateOther,
		birth: strconv.FormatInt(born, 10), started: time.UnixMilli(born)}
	if parent, err := p.Ppid(); err == nil {
		e.parent = int(parent)
	}
	e.name, _ = p.Name()
	if status, err := p.Status(); err == nil && len(status) > 0 {
		switch status[0] {
		case ps.Running:
			e.state = stateRunning
		case ps.Sleep, ps.Idle:
			e.state = stateSleeping
		case ps.Blocked, ps.Wait, ps.Lock:
			e.state = stateWaiting
		case ps.Stop:
			e.state = stateStopped
		case ps.Zombie:
			e.state = stateEnded
		}
	}
	return e, true
}

// commandLine returns the program and arguments of a process.
func commandLine(_ *stdlib.Env, pid int) []string {
	p, err := ps.NewProcess(int32(pid))
	if err != nil {
		return nil
	}
	argv, _ := p.CmdlineSlice()
	return argv
}

// carries reports whether a process was started with NAME=VALUE in its
// environment, which other systems than Linux do not show.
func carries(*stdlib.Env, entry, string) bool { return false }

// threads returns the process alone: its threads have its niceness.
func threads(_ *stdlib.Env, pid int) []int { return []int{pid} }

// niceness returns that of a process.
func niceness(_ *stdlib.Env, pid int) (int, bool) {
	p, err := ps.NewProcess(int32(pid))
	if err != nil {
		return 0, false
	}
	n, err := p.Nice()
	return int(n), err == nil
}

// cpuTime returns the time that a process has computed since it was started.
func cpuTime(_ *stdlib.Env, pid int) (time.Duration, error) {
	p, err := ps.NewProcess(int32(pid))
	if err != nil {
		return 0, errEnded
	}
	t, err := p.Times()
	if err != nil {
		return 0, err
	}
	return time.Duration((t.User + t.System) * float64(time.Second)), nil
}

// resources returns the resident memory in bytes, the open files, and the
// threads of a process.
func resources(_ *stdlib.Env, pid int) (memory int64, files func() (int, error), thr int, err error) {
	p, err := ps.NewProcess(int32(pid))
	if err != nil {
		return 0, nil, 0, errEnded
	}
	m, err := p.MemoryInfo()
	if err != nil {
		return 0, nil, 0, err
	}
	n, err := p.NumThreads()
	files = func() (int, error) {
		fds, err := p.NumFDs()
		return int(fds), err
	}
	return int64(m.RSS), files, int(n), err
}
