package process

// Technique: /proc is read directly, through the seam for files. A library
// would do the same, but costs every start of chaosc a quarter of a
// millisecond. A process is identified by the clock tick of its start and the
// boot it belongs to, which stays the same when the wall clock is set.

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// ticks is USER_HZ, which is 100 on every architecture that Go knows.
const ticks = 100

// readProc reads a file of /proc, whose size is not known before.
func readProc(env *stdlib.Env, path string) ([]byte, error) {
	f, err := env.Files.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func procPath(pid int, parts ...string) string {
	return "/proc/" + strconv.Itoa(pid) + "/" + strings.Join(parts, "/")
}

// boot is what the machine's present boot says of itself.
type boot struct {
	id string
	at time.Time
}

// bootKey is the key of the boot among what the functions of a run share.
type bootKey struct{}

func bootOf(env *stdlib.Env) boot {
	return env.Shared(bootKey{}, func() (any, func()) { return readBoot(env), nil }).(boot)
}

func readBoot(env *stdlib.Env) boot {
	var b boot
	if id, err := readProc(env, "/proc/sys/kernel/random/boot_id"); err == nil {
		b.id = strings.TrimSpace(string(id))
	}
	stat, err := readProc(env, "/proc/stat")
	if err != nil {
		return b
	}
	for line := range strings.Lines(string(stat)) {
		if sec, ok := strings.CutPrefix(line, "btime "); ok {
			n, _ := strconv.ParseInt(strings.TrimSpace(sec), 10, 64)
			b.at = time.Unix(n, 0)
		}
	}
	return b
}

// lookup returns the table's entry of a pid.
func lookup(env *stdlib.Env, pid int) (entry, bool) {
	return readEntry(env, pid, bootOf(env))
}

// snapshot returns all processes.
func snapshot(env *stdlib.Env) ([]entry, error) {
	dir, err := env.Files.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("the processes cannot be listed: %w", err)
	}
	b := bootOf(env)
	all := make([]entry, 0, len(dir))
	for _, d := range dir {
		pid, err := strconv.Atoi(d.Name())
		if err != nil {
			continue
		}
		if e, ok := readEntry(env, pid, b); ok {
			all = append(all, e)
		}
	}
	return all, nil
}

// statFields returns the name of a process and the fields of its stat file
// from the state on, which is field 3 of proc_pid_stat(5). The name stands in
// parentheses and may hold any byte.
func statFields(env *stdlib.Env, pid int) (name string, fields []string, ok bool) {
	stat, err := readProc(env, procPath(pid, "stat"))
	if err != nil {
		return "", nil, false
	}
	open, end := bytes.IndexByte(stat, '('), bytes.LastIndexByte(stat, ')')
	if open < 0 || end < open {
		return "", nil, false
	}
	fields = strings.Fields(string(stat[end+1:]))
	return string(stat[open+1 : end]), fields, len(fields) > 19
}

func readEntry(env *stdlib.Env, pid int, b boot) (entry, bool) {
	name, fields, ok := statFields(env, pid)
	if !ok {
		return entry{}, false
	}
	e := entry{pid: pid, name: name, state: stateOther}
	switch fields[0] {
	case "R":
		e.state = stateRunning
	case "S", "I":
		e.state = stateSleeping
	case "D":
		e.state = stateWaiting
	case "T", "t":
		e.state = stateStopped
	case "Z", "X":
		e.state = stateEnded
	}
	e.parent, _ = strconv.Atoi(fields[1])
	e.group, _ = strconv.Atoi(fields[2])
	start, _ := strconv.ParseInt(fields[19], 10, 64)
	e.birth = fields[19] + "@" + b.id
	e.started = b.at.Add(time.Duration(start) * (time.Second / ticks))
	if len(name) == 15 { // the kernel cuts it there
		if argv := commandLine(env, pid); len(argv) > 0 {
			if full := argv[0][strings.LastIndexByte(argv[0], '/')+1:]; strings.HasPrefix(full, name) {
				e.name = full
			}
		}
	}
	return e, true
}

// commandLine returns the program and arguments of a process; none for one of
// the kernel's.
func commandLine(env *stdlib.Env, pid int) []string {
	b, err := readProc(env, procPath(pid, "cmdline"))
	if err != nil || len(b) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(b), "\x00"), "\x00")
}

// carries reports whether a process was started with NAME=VALUE in its
// environment; false where the environment may not be read.
func carries(env *stdlib.Env, e entry, variable string) bool {
	if e.group == 0 {
		return false // the kernel's own
	}
	b, err := readProc(env, procPath(e.pid, "environ"))
	// A process that is just being executed shows an empty environment.
	for try := 0; try < 5 && err == nil && len(b) == 0 && env.Clock.Now().Sub(e.started) < 3*time.Second; try++ {
		_ = env.Clock.Sleep(context.Background(), time.Millisecond)
		b, err = readProc(env, procPath(e.pid, "environ"))
	}
	if err != nil {
		return false
	}
	for v := range bytes.SplitSeq(b, []byte{0}) {
		if string(v) == variable {
			return true
		}
	}
	return false
}

// threads returns the ids of a process's threads, each of which has a
// niceness of its own.
func threads(env *stdlib.Env, pid int) []int {
	dir, err := env.Files.ReadDir(procPath(pid, "task"))
	if err != nil {
		return nil
	}
	ids := make([]int, 0, len(dir))
	for _, d := range dir {
		if id, err := strconv.Atoi(d.Name()); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// niceness returns that of a process or thread.
func niceness(env *stdlib.Env, id int) (int, bool) {
	_, fields, ok := statFields(env, id)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(fields[16])
	return n, err == nil
}

// cpuTime returns the time that a process has computed since it was started.
// The kernel's clock of the process counts nanoseconds, the table only
// hundredths of a second.
func cpuTime(env *stdlib.Env, pid int) (time.Duration, error) {
	const sched = 2 // CPUCLOCK_SCHED of the kernel's posix-timers
	var ts unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|sched), &ts); err == nil {
		return time.Duration(ts.Nano()), nil
	}
	_, fields, ok := statFields(env, pid)
	if !ok {
		return 0, errEnded
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * (time.Second / ticks), nil
}

// resources returns the resident memory in bytes, the open files, and the
// threads of a process.
func resources(env *stdlib.Env, pid int) (memory int64, files func() (int, error), thr int, err error) {
	_, fields, ok := statFields(env, pid)
	if !ok || len(fields) < 22 {
		return 0, nil, 0, errEnded
	}
	pages, _ := strconv.ParseInt(fields[21], 10, 64)
	thr, _ = strconv.Atoi(fields[17])
	files = func() (int, error) {
		dir, err := env.Files.ReadDir(procPath(pid, "fd"))
		return len(dir), err
	}
	return pages * int64(os.Getpagesize()), files, thr, nil
}
