// Package undo puts back what the actions of a run have changed: at the end of
// the run, in the middle of it (`restore`), or in another process after this
// one has died.
//
// Technique: write-ahead log. What an action's undo needs is on disk before the
// action begins, and an undo is made from what is on disk and nothing else, so
// that the three ways are one.
package undo

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// Entry is one execution of an action that is to be undone.
type Entry struct {
	ID       uint64 // from 1, in the order of the intents
	Activity uint64 // ID of the execution in the journal
	Title    string // of the activity
	// Function is that of the action or, with Call, the one that undoes it.
	Function   string
	Version    int             // of State
	State      json.RawMessage // state of the inverse or, with Call, arguments (see [EncodeArgs])
	Call       bool            // undone by a call of Function
	Pending    bool            // the arguments wait for the action's result
	Definition bool            // Function is a definition of the experiment
	Place      journal.Place

	// Owner is for whoever made the entry, to find it again.
	Owner any
	// Args are the arguments of the call where they must not be written to
	// disk as they are; nil where State has them all.
	Args []any
}

// Stack holds the open entries of a run. It may be used from several
// goroutines.
type Stack struct {
	mu      sync.Mutex
	journal *journal.Writer
	last    uint64
	entries []*Entry
}

// NewStack returns an empty stack that keeps its entries in a journal.
func NewStack(j *journal.Writer) *Stack { return &Stack{journal: j} }

// Intend makes an entry and gives it its ID. The action may begin only when
// Intend returns nil: then the entry has reached the disk.
func (s *Stack) Intend(e *Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.ID = s.last + 1
	err := s.journal.WriteSync(&journal.UndoIntent{Entry: e.ID, Activity: e.Activity, Title: e.Title,
		Function: e.Function, Version: e.Version, State: e.State, Call: e.Call, Pending: e.Pending,
		Definition: e.Definition, Place: e.Place})
	if err != nil {
		return fmt.Errorf("the change could not be noted, so it is not made: %w", err)
	}
	s.last = e.ID
	s.entries = append(s.entries, e)
	return nil
}

// Done says that the action of an entry has ended, well or not. state, unless
// it is nil, replaces that of the entry.
func (s *Stack) Done(e *Entry, state json.RawMessage) error {
	s.mu.Lock()
	if state != nil {
		e.State, e.Pending = state, false
	}
	s.mu.Unlock()
	done := &journal.ActionDone{Entry: e.ID, State: state}
	if state != nil {
		return s.journal.WriteSync(done)
	}
	return s.journal.Write(done)
}

// Open returns the open entries for which keep is true (all for nil), in the
// order of their intents.
func (s *Stack) Open(keep func(*Entry) bool) []*Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*Entry
	for _, e := range s.entries {
		if keep == nil || keep(e) {
			open = append(open, e)
		}
	}
	return open
}

// Len returns the number of open entries.
func (s *Stack) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.entries)
}

// Last returns the ID of the newest entry, 0 where there was none.
func (s *Stack) Last() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// Close takes an entry that has been undone off the stack.
func (s *Stack) Close(e *Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.entries, e); i >= 0 {
		s.entries = slices.Delete(s.entries, i, i+1)
	}
}
