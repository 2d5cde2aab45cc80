package process

// Technique: load is made by a child that is the same program, started again
// with a task in its environment. It computes and holds memory outside of
// chaosc, whose own probes it would disturb else, and it ends when its
// standard input does, so that it never outlives chaosc.

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// workerVariable holds the task of a worker in its environment.
const workerVariable = "CHAOSC_WORKER"

// workerGreeting is the first thing that a worker writes: a program that does
// not know of workers writes something else.
const workerGreeting = "chaosc worker\n"

// task is what a worker does.
type task struct {
	Threads  int           `json:"threads,omitempty"` // that compute
	Load     float64       `json:"load,omitempty"`    // share of the time, up to 1
	Niceness int           `json:"niceness,omitempty"`
	Memory   int64         `json:"memory,omitempty"` // bytes to hold
	For      time.Duration `json:"for"`
}

// WorkerMain does the task of a worker, where the environment says that this
// process is one, and reports whether it was. A program that runs experiments
// calls it before anything else, and ends when it returns true.
func WorkerMain() (handled bool) {
	text := os.Getenv(workerVariable)
	if text == "" {
		return false
	}
	if err := work(text); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

func work(text string) error {
	var t task
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return fmt.Errorf("%s holds no task: %w", workerVariable, err)
	}
	if _, err := io.WriteString(os.Stdout, workerGreeting); err != nil {
		return err
	}
	orphaned := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(orphaned)
	}()
	failed := make(chan error, t.Threads)
	if t.Memory > 0 {
		debug.SetGCPercent(-1)
		held, err := hold(t.Memory)
		if err != nil {
			return err
		}
		defer runtime.KeepAlive(held)
	}
	runtime.GOMAXPROCS(t.Threads + 1)
	for range t.Threads {
		go func() { failed <- burn(t) }()
	}
	select {
	case <-time.After(t.For):
		return nil
	case <-orphaned:
		return nil
	case err := <-failed:
		return err
	}
}

// hold takes memory and writes to each page, without which the system would
// not give it.
func hold(size int64) (b []byte, err error) {
	firstToGo()
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%d bytes are more than the system can address", size)
		}
	}()
	b = make([]byte, size)
	for i := 0; i < len(b); i += 4 << 10 {
		b[i] = 1
	}
	return b, nil
}

// burn computes on a thread of its own for a share of each period.
func burn(t task) error {
	const period = 20 * time.Millisecond
	runtime.LockOSThread()
	if t.Niceness != 0 {
		if err := (stdlib.SystemProcesses{}).SetPriority(0, t.Niceness); err != nil {
			return fmt.Errorf("niceness %d cannot be set: %w", t.Niceness, err)
		}
	}
	busy := time.Duration(t.Load * float64(period))
	x := 1.0
	for next := time.Now(); ; next = next.Add(period) {
		for end := next.Add(busy); time.Now().Before(end); {
			for range 1000 {
				x = x*1.0000001 + 1e-9
			}
		}
		runtime.KeepAlive(x)
		time.Sleep(time.Until(next.Add(period)))
	}
}
