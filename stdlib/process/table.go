package process

import (
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// entry is a process in the system's table of processes at one moment.
type entry struct {
	pid, parent int
	// group is the process group; 0 where the system has none.
	group int
	// birth says when the process was made, in a form that no other process of
	// this pid has: it tells a process from a later one with a reused pid.
	birth   string
	started time.Time
	state   string // one of the states that process.stat documents
	name    string
}

// alive reports whether the process can still do anything: one that has ended
// and only waits for its parent to ask for its status cannot.
func (e entry) alive() bool { return e.state != stateEnded }

// The states of a process.
const (
	stateRunning  = "running"
	stateSleeping = "sleeping"
	stateWaiting  = "waiting"
	stateStopped  = "stopped"
	stateEnded    = "ended"
	stateOther    = "other"
)

// ident names one process for good, where a pid alone may be reused.
type ident struct {
	PID   int    `json:"pid"`
	Birth string `json:"birth"`
}

// find returns the process in the table, and whether it is alive. Where the
// pid belongs to another process by now, reused is true.
func (id ident) find(env *stdlib.Env) (e entry, alive, reused bool) {
	e, ok := lookup(env, id.PID)
	switch {
	case !ok:
		return entry{}, false, false
	case e.birth != id.Birth:
		return entry{}, false, true
	}
	return e, e.alive(), false
}
