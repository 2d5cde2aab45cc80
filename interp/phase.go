package interp

import (
	"context"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// sectionScope returns the scope of the statements of a section.
func (r *run) sectionScope(name string) *scope {
	return &scope{r: r, phase: &phase{name: name}, locals: r.shared, group: &group{}}
}

// setup plays the setup and reports whether to go on. Its background
// activities may run on.
func (r *run) setup(ctx context.Context) bool {
	b := r.exp.Setup
	if b == nil {
		return true
	}
	ctx, r.stopSetup = context.WithCancelCause(ctx)
	r.write(&journal.PhaseStarted{Phase: journal.Setup})
	sc := r.sectionScope(journal.Setup)
	sc.group.lasting = true
	r.setupGroup = sc.group
	err := sc.block(ctx, b)
	if err == nil {
		if end := sc.group.over(); end != nil { // in the background, just now
			err = end
		}
	}
	r.setupEntries = r.stack.Last()
	r.write(&journal.PhaseEnded{Phase: journal.Setup, Error: errorText(err)})
	if err == nil {
		return true
	}
	if !isEnding(err, endStopped) {
		r.tally.note(Failed)
		r.tally.end(StatusAborted)
	}
	return false
}

// method plays the method with its guards, up to the end of its background
// activities.
func (r *run) method(ctx context.Context) {
	r.tally.beginMethod()
	none := r.exp.Method == nil || len(r.exp.Method.Stmts) == 0
	r.write(&journal.PhaseStarted{Phase: journal.Method, None: none})
	sc := r.sectionScope(journal.Method)
	sc.group.parent = r.setupGroup // an assert that is not met there ends the method too
	stop := r.watch(ctx, sc.group)
	var err error
	if !none {
		err = sc.block(ctx, r.exp.Method)
	}
	stop()
	r.methodEnd = r.env.Clock.Now()
	if isEnding(err, endFailed) {
		r.tally.note(Failed)
		r.tally.end(StatusAborted)
	}
	r.write(&journal.PhaseEnded{Phase: journal.Method, Error: errorText(err)})
}

// rollback plays the rollback, where its strategy says so. Each of its
// statements is tried.
func (r *run) rollback(ctx context.Context) {
	r.puttingBack.Store(true)
	status, deviated := r.tally.state()
	forced := ""
	if r.rollbacksSaid {
		forced = r.rollbacks
	}
	play := true
	switch r.rollbacks {
	case "never":
		play = false
	case "default":
		forced = ""
		if status == StatusFailed || status == StatusInterrupted {
			return
		}
	case "deviated":
		if !deviated {
			play, forced = false, "not-deviated"
		}
	}
	none := r.exp.Rollback == nil || len(r.exp.Rollback.Stmts) == 0
	r.write(&journal.PhaseStarted{Phase: journal.Rollback, None: none, Forced: forced})
	if play && !none {
		sc := r.sectionScope(journal.Rollback)
		err := sc.block(ctx, r.exp.Rollback)
		if err != nil && !isEnding(err, endStopped) {
			r.tally.note(NotRestored)
		}
		r.write(&journal.PhaseEnded{Phase: journal.Rollback, Error: errorText(err)})
	}
}

// undo puts back what is open: first what was changed since setup, then, when
// the background activities of setup are stopped, all the rest.
func (r *run) undo(ctx context.Context) {
	open := r.stack.Len()
	if r.opts.Dry != "" {
		open += len(r.dry.entries)
	}
	r.write(&journal.PhaseStarted{Phase: journal.Undo, None: open == 0})
	u := r.unwinder()
	later := func(e *undo.Entry) bool { return e.ID > r.setupEntries }
	failed := u.Unwind(ctx, r.stack.Open(later), r.stack.Close)
	if r.stopSetup != nil {
		r.stopSetup(stdlib.ErrEnough)
		r.setupGroup.running.Wait()
	}
	tried := r.stack.Last()
	rest := r.stack.Open(func(e *undo.Entry) bool { return !later(e) || e.ID > tried })
	failed += u.Unwind(ctx, rest, r.stack.Close)
	r.undoDry(func(dryEntry) bool { return true })
	if failed > 0 {
		r.tally.note(NotRestored)
	}
	r.write(&journal.PhaseEnded{Phase: journal.Undo})
}

// errorText says why a section ended early; that the run was stopped has been
// said already.
func errorText(err error) string {
	if err == nil || isEnding(err, endStopped) {
		return ""
	}
	return err.Error()
}
