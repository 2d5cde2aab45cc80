package undo

import (
	"iter"
	"slices"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// Open folds the events of a journal to the entries that are still open, in
// the order of their intents. It returns the entries that were read before an
// error, with the error.
func Open(events iter.Seq2[journal.Event, error]) ([]*Entry, error) {
	var open []*Entry
	find := func(id uint64) int {
		return slices.IndexFunc(open, func(e *Entry) bool { return e.ID == id })
	}
	for ev, err := range events {
		if err != nil {
			return open, err
		}
		switch b := ev.Body.(type) {
		case *journal.UndoIntent:
			open = append(open, &Entry{ID: b.Entry, Activity: b.Activity, Title: b.Title, Function: b.Function,
				Version: b.Version, State: b.State, Call: b.Call, Pending: b.Pending, Definition: b.Definition,
				Place: b.Place})
		case *journal.ActionDone:
			if i := find(b.Entry); i >= 0 && len(b.State) > 0 {
				open[i].State, open[i].Pending = b.State, false
			}
		case *journal.UndoEnded:
			if i := find(b.Entry); i >= 0 && b.Error == "" && len(b.Differences) == 0 && !b.Dry {
				open = slices.Delete(open, i, i+1)
			}
		}
	}
	return open, nil
}
