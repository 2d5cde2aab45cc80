// Package journal is the record of one run: a file of events that is written
// while the run goes on. Progress on the console, journal.json, reports and the
// undo of a run that died are all read from these events.
//
// On disk the journal is append-only. Each record is a head of three numbers of
// 4 bytes, little endian (the length of its payload, the CRC-32C of that length,
// the CRC-32C of the payload) and the payload, one event as JSON. A record that
// is cut off at the end of the file was never written, nor was one of zeros only,
// as a file system may leave behind; any other byte that is not as it was written
// is damage, which is reported and never read over. The length has a checksum of
// its own so that a wrong one cannot pass for the end of the file.
package journal

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Event is one thing that happened.
type Event struct {
	Seq  uint64    // from 1, without gaps
	Time time.Time // of the machine's clock
	Body Body
}

// Body is what happened; one of the types of this file.
type Body interface {
	// Kind is the word that stands for the type in the file.
	Kind() string
	// mask replaces what is secret in texts that are for people.
	mask(Masker)
}

// Masker hides secrets; nil hides nothing.
type Masker interface {
	Mask(string) string
}

// Place is a piece of the experiment's source.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Text   string `json:"text,omitempty"` // the source itself, one line
}

// Phases of a run, in their order.
const (
	Setup    = "setup"
	Before   = "before" // the steady state before the method
	Method   = "method"
	During   = "during" // the steady state or a guard while the method runs
	After    = "after"  // the steady state after the method
	Rollback = "rollback"
	Undo     = "undo"
)

// RunStarted is the first event of every journal.
type RunStarted struct {
	Run        string          `json:"run"` // the run's id
	Title      string          `json:"title"`
	File       string          `json:"file"`
	Version    string          `json:"version"` // of chaosc
	Node       string          `json:"node"`
	Platform   string          `json:"platform"`
	Pid        int             `json:"pid"`
	Folder     string          `json:"folder"` // working directory
	Seed       uint64          `json:"seed"`   // of random.*
	Dry        string          `json:"dry,omitempty"`
	Hypothesis string          `json:"hypothesis"`        // strategy
	Rollbacks  string          `json:"rollbacks"`         // strategy
	AnyTLS     bool            `json:"any_tls,omitempty"` // certificates of servers are not looked at
	Experiment json.RawMessage `json:"experiment"`        // as data
}

// Log is a line that somebody wanted to be seen.
type Log struct {
	Level   string `json:"level"` // DEBUG, INFO, WARNING, ERROR, CRITICAL
	Message string `json:"message"`
}

// PhaseStarted begins setup, the method, rollback or undo. None says that
// there is nothing to do in it.
type PhaseStarted struct {
	Phase string `json:"phase"`
	None  bool   `json:"none,omitempty"`
	// Forced tells why a rollback takes place or not when its strategy is
	// not the default one: the strategy's name.
	Forced string `json:"forced,omitempty"`
}

// PhaseEnded ends it.
type PhaseEnded struct {
	Phase string `json:"phase"`
	Error string `json:"error,omitempty"` // why it ended early
}

// HypothesisStarted begins a check of the steady state, or a round of a guard
// (Guard is its title then). Phase is before, during or after.
type HypothesisStarted struct {
	Phase string `json:"phase"`
	Title string `json:"title"`
	None  bool   `json:"none,omitempty"`  // the experiment has none
	Guard string `json:"guard,omitempty"` // title
	Round int    `json:"round,omitempty"` // from 1, of during and of `recovers`
}

// HypothesisEnded says whether it was met.
type HypothesisEnded struct {
	Phase string        `json:"phase"`
	Guard string        `json:"guard,omitempty"`
	Round int           `json:"round,omitempty"`
	Met   bool          `json:"met"`
	Probe string        `json:"probe,omitempty"` // the one that was not met
	Took  time.Duration `json:"took,omitempty"`  // ns; with `recovers`, from the end of the method until it was met
	// Final is false for a round of `recovers` that is followed by another.
	Final bool `json:"final"`
	// Cancelled says that the check was cut short; Met says nothing then.
	Cancelled bool `json:"cancelled,omitempty"`
}

// ActivityStarted begins an activity. ID is unique in the run; Parent is the
// activity of a definition around it, 0 for none.
type ActivityStarted struct {
	ID         uint64          `json:"id"`
	Parent     uint64          `json:"parent,omitempty"`
	Phase      string          `json:"phase"`
	Guard      string          `json:"guard,omitempty"`
	Type       string          `json:"type"` // probe or action
	Title      string          `json:"title"`
	Function   string          `json:"function"`
	Background bool            `json:"background,omitempty"`
	Arguments  json.RawMessage `json:"arguments,omitempty"` // object
	Place      Place           `json:"place"`
}

// Statuses of an activity.
const (
	Succeeded = "succeeded"
	Failed    = "failed"
	Aborted   = "aborted" // cancelled from outside
)

// ActivityEnded ends it.
type ActivityEnded struct {
	ID        uint64          `json:"id"`
	Status    string          `json:"status"`
	Output    json.RawMessage `json:"output,omitempty"`
	Error     string          `json:"error,omitempty"`
	Elapsed   time.Duration   `json:"elapsed"`             // ns, of the last try
	Tries     int             `json:"tries,omitempty"`     // where more than one
	Tolerance *bool           `json:"tolerance,omitempty"` // whether its expectations were met; nil where it has none that were looked at
	Dry       bool            `json:"dry,omitempty"`       // it was not done
}

// Checked is an expectation that was looked at.
type Checked struct {
	Activity uint64   `json:"activity,omitempty"` // 0 for a statement
	Phase    string   `json:"phase"`
	Assert   bool     `json:"assert,omitempty"`
	Met      bool     `json:"met"`
	Explain  []string `json:"explain,omitempty"` // "status was 500, expected one of 200, 503"
	Error    string   `json:"error,omitempty"`   // why it could not be evaluated
	Place    Place    `json:"place"`
}

// Paused is a pause that begins: "pause", "delay" (before an activity) or
// "settle" (after it).
type Paused struct {
	Reason   string        `json:"reason"`
	Duration time.Duration `json:"duration"` // ns
	Skipped  bool          `json:"skipped,omitempty"`
}

// WaitStarted begins a `wait until`.
type WaitStarted struct {
	Name   string        `json:"name,omitempty"`
	Within time.Duration `json:"within"` // ns
	Place  Place         `json:"place"`
}

// WaitEnded ends it.
type WaitEnded struct {
	Name    string        `json:"name,omitempty"`
	Met     bool          `json:"met"`
	Elapsed time.Duration `json:"elapsed"` // ns
	Explain []string      `json:"explain,omitempty"`
	Error   string        `json:"error,omitempty"` // of the last look
	// Cancelled says that it was cut short; that it is not met says nothing
	// then.
	Cancelled bool  `json:"cancelled,omitempty"`
	Place     Place `json:"place"`
}

// UndoIntent is on disk before an action begins. State is all that its inverse
// needs. For `undo by`, Function is the function of that call and State its
// arguments; Call is set then, and Pending while arguments that read the
// action's result are not known.
type UndoIntent struct {
	Entry    uint64          `json:"entry"`    // from 1, in the order of the intents
	Activity uint64          `json:"activity"` // ID of its execution
	Title    string          `json:"title"`    // of the activity
	Function string          `json:"function"`
	Version  int             `json:"version,omitempty"`
	State    json.RawMessage `json:"state,omitempty"`
	Call     bool            `json:"call,omitempty"`
	Pending  bool            `json:"pending,omitempty"`
	// Definition says that Function is a definition of the experiment, which
	// no other process can call without its source.
	Definition bool  `json:"definition,omitempty"`
	Place      Place `json:"place"`
}

// ActionDone says that the action of an entry has ended, well or not; State
// replaces that of the intent where it is there.
type ActionDone struct {
	Entry uint64          `json:"entry"`
	State json.RawMessage `json:"state,omitempty"`
}

// UndoStarted begins to put an entry back.
type UndoStarted struct {
	Entry    uint64 `json:"entry"`
	Title    string `json:"title"`
	Function string `json:"function"`
	Does     string `json:"does"` // what the undo does
}

// Difference is a part of the world that is not as it was.
type Difference struct {
	What string `json:"what"`
	Want string `json:"want"`
	Got  string `json:"got"`
}

// UndoEnded says how it went. An entry with an error or differences is still
// open for another try.
type UndoEnded struct {
	Entry       uint64        `json:"entry"`
	Error       string        `json:"error,omitempty"`
	Differences []Difference  `json:"differences,omitempty"`
	Elapsed     time.Duration `json:"elapsed"` // ns
	Dry         bool          `json:"dry,omitempty"`
}

// Interrupted says that the run is cut short. Cause is "SIGINT", "SIGTERM",
// "deadline", "abort", "guard" or "fail-fast".
type Interrupted struct {
	Cause   string   `json:"cause"`
	Message string   `json:"message"`
	Explain []string `json:"explain,omitempty"`
	Place   Place    `json:"place"`
}

// RunEnded is the last event of a journal of a run that came to its end.
type RunEnded struct {
	Status   string `json:"status"` // completed, failed, aborted, interrupted
	Deviated bool   `json:"deviated"`
	Verdict  string `json:"verdict"`
	Open     int    `json:"open,omitempty"` // undo entries that are left
}

// Kind returns the word that stands for the type in the file.
func (*RunStarted) Kind() string        { return "run-started" }
func (*Log) Kind() string               { return "log" }
func (*PhaseStarted) Kind() string      { return "phase-started" }
func (*PhaseEnded) Kind() string        { return "phase-ended" }
func (*HypothesisStarted) Kind() string { return "hypothesis-started" }
func (*HypothesisEnded) Kind() string   { return "hypothesis-ended" }
func (*ActivityStarted) Kind() string   { return "activity-started" }
func (*ActivityEnded) Kind() string     { return "activity-ended" }
func (*Checked) Kind() string           { return "checked" }
func (*Paused) Kind() string            { return "paused" }
func (*WaitStarted) Kind() string       { return "wait-started" }
func (*WaitEnded) Kind() string         { return "wait-ended" }
func (*UndoIntent) Kind() string        { return "undo-intent" }
func (*ActionDone) Kind() string        { return "action-done" }
func (*UndoStarted) Kind() string       { return "undo-started" }
func (*UndoEnded) Kind() string         { return "undo-ended" }
func (*Interrupted) Kind() string       { return "interrupted" }
func (*RunEnded) Kind() string          { return "run-ended" }

// Kinds returns the words that stand for the types of events, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(bodies)) }

// bodies makes an empty body of each kind.
var bodies = map[string]func() Body{
	"run-started":        func() Body { return new(RunStarted) },
	"log":                func() Body { return new(Log) },
	"phase-started":      func() Body { return new(PhaseStarted) },
	"phase-ended":        func() Body { return new(PhaseEnded) },
	"hypothesis-started": func() Body { return new(HypothesisStarted) },
	"hypothesis-ended":   func() Body { return new(HypothesisEnded) },
	"activity-started":   func() Body { return new(ActivityStarted) },
	"activity-ended":     func() Body { return new(ActivityEnded) },
	"checked":            func() Body { return new(Checked) },
	"paused":             func() Body { return new(Paused) },
	"wait-started":       func() Body { return new(WaitStarted) },
	"wait-ended":         func() Body { return new(WaitEnded) },
	"undo-intent":        func() Body { return new(UndoIntent) },
	"action-done":        func() Body { return new(ActionDone) },
	"undo-started":       func() Body { return new(UndoStarted) },
	"undo-ended":         func() Body { return new(UndoEnded) },
	"interrupted":        func() Body { return new(Interrupted) },
	"run-ended":          func() Body { return new(RunEnded) },
	"recovery-started":   func() Body { return new(RecoveryStarted) },
	"recovery-ended":     func() Body { return new(RecoveryEnded) },
	"given-up":           func() Body { return new(GivenUp) },
}
