package interp

import (
	"errors"
	"fmt"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// Stop is why a run is cut short. A command that wants to end a run cancels
// its context with one as cause.
type Stop struct {
	Cause   string // "SIGINT", "SIGTERM", "deadline", "abort", "guard", "fail-fast"
	Message string
}

func (s *Stop) Error() string { return s.Message }

// Causes of stops that come from the run itself.
const (
	causeDeadline = "deadline"
	causeAbort    = "abort"
	causeGuard    = "guard"
	causeFailFast = "fail-fast"
)

// ending ends the statements around it, up to the end of the section or of the
// definition. It is told apart from errors of Go by its type.
type ending struct {
	why endKind
	err error // what was wrong, for the event that ends the section
	// of a probe of a check:
	probe  string // its title
	failed bool   // it failed, rather than was not met
}

type endKind uint8

const (
	endAssert  endKind = iota // an assert or a wait was not met
	endFailed                 // a statement could not be carried out
	endSetup                  // something in setup went wrong
	endUnmet                  // a probe of a check was not met
	endStopped                // the run was stopped: see its cause
)

func (e *ending) Error() string { return e.err.Error() }
func (e *ending) Unwrap() error { return e.err }

func isEnding(err error, why endKind) bool {
	var e *ending
	return errors.As(err, &e) && e.why == why
}

// interrupt stops the run, unless it is stopped already; the first reason is
// the one that is told.
func (r *run) interrupt(s *Stop, explain []string, at program.Loc) {
	r.stopping.Lock()
	defer r.stopping.Unlock()
	verdict, status := Interrupted, StatusInterrupted
	switch s.Cause {
	case causeAbort:
		status = StatusAborted
	case causeGuard:
		status = StatusAborted
		verdict = Deviated
		r.tally.unmet()
	}
	r.tally.note(verdict)
	if r.stopped {
		return
	}
	r.stopped = true
	r.tally.end(status)
	r.write(&journal.Interrupted{Cause: s.Cause, Message: s.Message, Explain: explain, Place: placeOf(at)})
	r.cancel(s)
}

// wasStopped reports whether the run was stopped.
func (r *run) wasStopped() bool {
	r.stopping.Lock()
	defer r.stopping.Unlock()
	return r.stopped
}

// stopOf makes a Stop of the cause of a context's end.
func stopOf(cause error) *Stop {
	var s *Stop
	if errors.As(cause, &s) {
		return s
	}
	return &Stop{Cause: "cancelled", Message: fmt.Sprintf("the run was cancelled: %v", cause)}
}
