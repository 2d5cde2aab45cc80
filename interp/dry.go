package interp

import (
	"sync"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// Dry modes: what is not done. Undo is then logged as if, and pauses are not
// waited in any of them.
const (
	DryActions    = "actions"
	DryProbes     = "probes"
	DryActivities = "activities"
	DryPause      = "pause"
)

// dryKind reports whether activities of a kind are not done.
func (r *run) dryKind(k ast.Kind) bool {
	switch r.opts.Dry {
	case DryActivities:
		return true
	case DryProbes:
		return k == ast.Probe
	case DryActions:
		return k == ast.Action
	}
	return false
}

// dryProbes reports whether calls in expressions are not made.
func (r *run) dryProbes() bool { return r.dryKind(ast.Probe) }

// dryEntry is an action that was not done and would have to be undone.
type dryEntry struct {
	id              uint64
	owner           *owner
	title, function string
	does            string
}

// dryStack holds them.
type dryStack struct {
	mu      sync.Mutex
	last    uint64
	entries []dryEntry
}

// noteDryUndo keeps what would have been undone of an action.
func (r *run) noteDryUndo(x *execution) {
	e := dryEntry{owner: x.in.owner, title: x.meta.title(x.sc), function: x.meta.function}
	switch x.a.Undo {
	case program.UndoInverse:
		e.does = x.a.Call.Func.Signature().Undo
	case program.UndoCall:
		e.function = x.a.UndoBy.Name
		e.does = "calls " + x.a.UndoBy.Name
	default:
		return
	}
	r.dry.mu.Lock()
	defer r.dry.mu.Unlock()
	r.dry.last++
	e.id = r.dry.last
	r.dry.entries = append(r.dry.entries, e)
}

// undoDry says of entries that they would be undone, and forgets them.
func (r *run) undoDry(which func(dryEntry) bool) {
	r.dry.mu.Lock()
	defer r.dry.mu.Unlock()
	var left []dryEntry
	for i := len(r.dry.entries) - 1; i >= 0; i-- {
		e := r.dry.entries[i]
		if !which(e) {
			left = append([]dryEntry{e}, left...)
			continue
		}
		r.write(&journal.UndoStarted{Entry: e.id, Title: e.title, Function: e.function, Does: e.does})
		r.write(&journal.UndoEnded{Entry: e.id, Dry: true})
	}
	r.dry.entries = left
}
