package interp

import "sync"

// Verdict is the one judgement of a run.
type Verdict uint8

// The verdicts, the worst last.
const (
	Held        Verdict = iota // everything ran, every expectation was met
	Deviated                   // after the method began, an expectation, guard or wait was not met
	Failed                     // an action failed, or setup, or the steady state was not met to begin with
	Interrupted                // a signal, the deadline, an abort
	NotRestored                // a rollback or an undo failed: something is left changed
	Invalid                    // the source or the command line is wrong; nothing was touched
)

func (v Verdict) String() string {
	return [...]string{"held", "deviated", "failed", "interrupted", "not-restored", "invalid"}[v]
}

// ExitCode returns the exit code that stands for the verdict.
func (v Verdict) ExitCode() int { return [...]int{0, 1, 1, 3, 4, 2}[v] }

// Statuses of a run, as the Chaos Toolkit has them.
const (
	StatusCompleted   = "completed"
	StatusFailed      = "failed"
	StatusAborted     = "aborted"
	StatusInterrupted = "interrupted"
)

// Result is what came of a run.
type Result struct {
	Verdict  Verdict
	Status   string // completed, failed, aborted, interrupted
	Deviated bool   // as the Chaos Toolkit has it: not for a deviation that only a check during the method saw
	Open     int    // changes that are not put back
}

// tally collects what the run's parts find, from all of its goroutines.
type tally struct {
	mu          sync.Mutex
	worst       Verdict
	status      string // "" is completed
	deviated    bool
	methodBegan bool
}

// note takes a verdict into account.
func (t *tally) note(v Verdict) {
	t.mu.Lock()
	t.worst = max(t.worst, v)
	t.mu.Unlock()
}

// unmet notes an expectation that was not met: a deviation after the method
// began, a failure before.
func (t *tally) unmet() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.methodBegan {
		t.worst = max(t.worst, Failed)
		return
	}
	t.worst, t.deviated = max(t.worst, Deviated), true
}

// end says how the run ended, unless something ended it before.
func (t *tally) end(status string) {
	t.mu.Lock()
	if t.status == "" {
		t.status = status
	}
	t.mu.Unlock()
}

// set says how the run ended after all, unless it was cut short.
func (t *tally) set(status string) {
	t.mu.Lock()
	if t.status != StatusInterrupted && t.status != StatusAborted {
		t.status = status
	}
	t.mu.Unlock()
}

// beginMethod marks the moment from which what is not met is a deviation.
func (t *tally) beginMethod() {
	t.mu.Lock()
	t.methodBegan = true
	t.mu.Unlock()
}

func (t *tally) began() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.methodBegan
}

// state returns the status and whether the run has deviated so far.
func (t *tally) state() (status string, deviated bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.status == "" {
		return StatusCompleted, t.deviated
	}
	return t.status, t.deviated
}
