package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// Technique: journal.json is a fold over the events, kept in pieces on disk.
// The form of the Chaos Toolkit has what is known last (the status) before
// what there is most of (the activities), so each list is written to a file of
// its own while the run goes on, and the pieces are put together at its end.
// What stays in memory is only what has begun and not ended yet.

// ToolkitJournal writes the journal of a run in the form of the Chaos
// Toolkit's journal.json, with the verdict and what was put back beside it.
type ToolkitJournal struct {
	folder string
	start  time.Time
	run    journal.RunStarted
	lists  map[string]*list // setup, run, rollbacks, undo, checks
	states map[string]*state
	during []*state
	open   map[uint64]*activity
	undos  map[uint64]*journal.UndoStarted
	err    error
}

// state is one check of the steady state.
type state struct {
	Met    bool              `json:"steady_state_met"`
	Cut    bool              `json:"cancelled,omitempty"` // Met says nothing then
	Probes []json.RawMessage `json:"probes"`
	Took   float64           `json:"recovered_after,omitempty"` // seconds
	Rounds int               `json:"rounds,omitempty"`
}

// activity is an activity that has begun.
type activity struct {
	phase   string
	where   *list
	entry   entry
	started time.Time
	state   *state
}

// entry is an activity in the form of the Chaos Toolkit; the further fields
// are chaosc's own.
type entry struct {
	Activity     activityJSON    `json:"activity"`
	Output       json.RawMessage `json:"output"`
	Start        string          `json:"start"`
	Status       string          `json:"status,omitempty"`
	Exception    []string        `json:"exception,omitempty"`
	End          string          `json:"end,omitempty"`
	Duration     float64         `json:"duration"`
	ToleranceMet *bool           `json:"tolerance_met,omitempty"`
	Tries        int             `json:"tries,omitempty"`
	Elapsed      float64         `json:"elapsed,omitempty"` // seconds, of the last try
	Expectations []checkJSON     `json:"expectations,omitempty"`
	Phase        string          `json:"phase,omitempty"` // where it is not the list's own
}

type activityJSON struct {
	Type       string       `json:"type"`
	Name       string       `json:"name"`
	Provider   providerJSON `json:"provider"`
	Background bool         `json:"background,omitempty"`
	Place      string       `json:"place,omitempty"`
}

type providerJSON struct {
	Type      string          `json:"type"`
	Func      string          `json:"func"`
	Arguments json.RawMessage `json:"arguments,omitempty"`
}

type checkJSON struct {
	Text    string   `json:"text"`
	Place   string   `json:"place,omitempty"`
	Met     bool     `json:"met"`
	Assert  bool     `json:"assert,omitempty"`
	Explain []string `json:"explain,omitempty"`
	Error   string   `json:"error,omitempty"`
}

type undoJSON struct {
	Entry       uint64               `json:"entry"`
	Name        string               `json:"name"`
	Func        string               `json:"func"`
	Does        string               `json:"does"`
	Start       string               `json:"start"`
	Duration    float64              `json:"duration"`
	Status      string               `json:"status"` // restored, not-restored
	Dry         bool                 `json:"dry,omitempty"`
	Error       string               `json:"error,omitempty"`
	Differences []journal.Difference `json:"differences,omitempty"`
}

// NewToolkitJournal keeps its pieces in a folder, which must be there.
func NewToolkitJournal(folder string) *ToolkitJournal {
	return &ToolkitJournal{folder: folder, lists: map[string]*list{}, states: map[string]*state{},
		open: map[uint64]*activity{}, undos: map[uint64]*journal.UndoStarted{}}
}

// Handle takes the next event. Its first error is kept for Finish.
func (t *ToolkitJournal) Handle(ev journal.Event) {
	switch e := ev.Body.(type) {
	case *journal.RunStarted:
		t.run, t.start = *e, ev.Time
	case *journal.HypothesisStarted:
		if e.Guard == "" && !e.None {
			t.beginState(e)
		}
	case *journal.HypothesisEnded:
		if s := t.states[e.Phase]; s != nil && e.Guard == "" {
			s.Met, s.Cut, s.Took = e.Met, e.Cancelled, e.Took.Seconds()
			if e.Phase == journal.During {
				t.during = append(t.during, s)
				delete(t.states, e.Phase)
			}
		}
	case *journal.ActivityStarted:
		t.begin(ev.Time, e)
	case *journal.Checked:
		t.checked(e)
	case *journal.ActivityEnded:
		t.end(ev.Time, e)
	case *journal.UndoStarted:
		t.undos[e.Entry] = e
	case *journal.UndoEnded:
		t.undone(ev.Time, e)
	}
}

func (t *ToolkitJournal) beginState(e *journal.HypothesisStarted) {
	s := &state{Probes: []json.RawMessage{}}
	if e.Phase == journal.After && e.Round > 1 { // of `recovers`: the last round is the state
		s.Rounds = e.Round
	}
	t.states[e.Phase] = s
}

func (t *ToolkitJournal) begin(at time.Time, e *journal.ActivityStarted) {
	a := &activity{phase: e.Phase, started: at, entry: entry{
		Activity: activityJSON{Type: e.Type, Name: e.Title, Background: e.Background, Place: place(e.Place),
			Provider: providerJSON{Type: "chaosc", Func: e.Function, Arguments: bytes.Clone(e.Arguments)}},
		Start: isoTime(at),
	}}
	name := "run"
	switch e.Phase {
	case journal.Setup:
		name = "setup"
	case journal.Rollback:
		name = "rollbacks"
	case journal.Before, journal.After, journal.During:
		if e.Guard != "" {
			name, a.entry.Phase = "guards", e.Guard
		} else {
			a.state, name = t.states[e.Phase], ""
		}
	}
	if name != "" {
		a.where = t.list(name)
		a.where.waiting = append(a.where.waiting, a)
	}
	t.open[e.ID] = a
}

func (t *ToolkitJournal) checked(e *journal.Checked) {
	c := checkJSON{Text: e.Place.Text, Place: place(e.Place), Met: e.Met, Assert: e.Assert,
		Explain: e.Explain, Error: e.Error}
	if a := t.open[e.Activity]; a != nil {
		a.entry.Expectations = append(a.entry.Expectations, c)
		return
	}
	t.write("checks", c)
}

func (t *ToolkitJournal) end(at time.Time, e *journal.ActivityEnded) {
	a := t.open[e.ID]
	if a == nil {
		return
	}
	delete(t.open, e.ID)
	a.entry.Output, a.entry.Status = bytes.Clone(e.Output), e.Status
	a.entry.End, a.entry.Duration = isoTime(at), at.Sub(a.started).Seconds()
	a.entry.ToleranceMet, a.entry.Tries, a.entry.Elapsed = e.Tolerance, e.Tries, e.Elapsed.Seconds()
	if e.Error != "" {
		a.entry.Exception = []string{"chaoslib.exceptions.ActivityFailed: " + e.Error}
	}
	data, err := json.Marshal(a.entry)
	t.keep(err)
	if a.state != nil {
		a.state.Probes = append(a.state.Probes, data)
		return
	}
	a.where.done(a, data, t)
}

func (t *ToolkitJournal) undone(at time.Time, e *journal.UndoEnded) {
	s := t.undos[e.Entry]
	if s == nil {
		return
	}
	delete(t.undos, e.Entry)
	u := undoJSON{Entry: e.Entry, Name: s.Title, Func: s.Function, Does: s.Does, Start: isoTime(at.Add(-e.Elapsed)),
		Duration: e.Elapsed.Seconds(), Status: "restored", Dry: e.Dry, Error: e.Error, Differences: e.Differences}
	if e.Error != "" || len(e.Differences) > 0 {
		u.Status = "not-restored"
	}
	t.write("undo", u)
}

func (t *ToolkitJournal) write(name string, v any) {
	data, err := json.Marshal(v)
	t.keep(err)
	t.list(name).append(data, t)
}

func (t *ToolkitJournal) list(name string) *list {
	l := t.lists[name]
	if l == nil {
		l = &list{path: filepath.Join(t.folder, "part-"+name)}
		t.lists[name] = l
	}
	return l
}

func (t *ToolkitJournal) keep(err error) {
	if t.err == nil && err != nil {
		t.err = fmt.Errorf("cannot write journal.json: %w", err)
	}
}

// list is a list of entries in a file of its own, in the order in which they
// began.
type list struct {
	path    string
	file    *os.File
	out     *bufio.Writer
	n       int
	waiting []*activity
}

// done says that an entry of the list is complete; it and those behind it that
// waited for it are written.
func (l *list) done(a *activity, data []byte, t *ToolkitJournal) {
	a.entry.Output = data // holds the finished text until it is its turn
	a.phase = ""
	for len(l.waiting) > 0 && l.waiting[0].phase == "" {
		l.append(l.waiting[0].entry.Output, t)
		l.waiting[0] = nil
		l.waiting = l.waiting[1:]
	}
}

func (l *list) append(data []byte, t *ToolkitJournal) {
	if l.file == nil {
		f, err := os.OpenFile(l.path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			t.keep(err)
			return
		}
		l.file, l.out = f, bufio.NewWriterSize(f, 32<<10)
	}
	if l.n > 0 {
		l.out.WriteString(",\n")
	}
	l.n++
	_, err := l.out.Write(data)
	t.keep(err)
}

// copyTo writes the list as JSON.
func (l *list) copyTo(w io.Writer) error {
	if l == nil || l.file == nil {
		_, err := io.WriteString(w, "[]")
		return err
	}
	if err := l.out.Flush(); err != nil {
		return err
	}
	if _, err := l.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	io.WriteString(w, "[\n")
	if _, err := io.Copy(w, l.file); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n]")
	return err
}

func place(p journal.Place) string {
	if p.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// isoTime writes a time as the Chaos Toolkit does: UTC without a zone.
func isoTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000") }
