package interp

import (
	"errors"
	"fmt"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// What a failure or an expectation that is not met means depends on where it
// happens. This file is the one place that knows:
//
//	            expectation   assert, wait     failed action    cannot be carried out
//	definition  fault         fault, ends it   fault            fault, ends it
//	setup       ends it       ends it          ends it          ends it
//	steady      ends check    ends check       -                ends check
//	guard       stops run     stops run        -                stops run
//	method      deviated      deviated, ends   failed           failed, ends
//	rollback    deviated      deviated and     not restored     not restored
//	                          not restored
//
// A fault makes the call of the definition fail. A [stdlib.AbortError] stops the
// run wherever it happens, but in the rollback, where the action has failed.

const (
	setupPhase    = journal.Setup
	methodPhase   = journal.Method
	rollbackPhase = journal.Rollback
	undoPhase     = journal.Undo
)

// unmet takes an expectation that was not met into account. Its error, if any,
// ends the block.
func (sc *scope) unmet(assert bool, what error) error {
	switch {
	case sc.def != nil:
		sc.fault(&unmetError{why: what.Error()})
		if assert {
			return &ending{why: endAssert, err: what}
		}
		return nil
	case sc.check != nil:
		return &ending{why: endUnmet, err: what, probe: what.Error()}
	case sc.inSetup():
		sc.r.tally.unmet()
		return &ending{why: endSetup, err: what}
	}
	sc.r.tally.unmet()
	if assert {
		return &ending{why: endAssert, err: what}
	}
	return nil
}

// inSetup reports whether what goes wrong makes setup fail. What its background
// activities find when the method has begun is judged as in the method.
func (sc *scope) inSetup() bool {
	return sc.phase.name == setupPhase && !sc.r.tally.began()
}

// fault notes what makes the call of a definition fail.
func (sc *scope) fault(err error) {
	if sc.group.faults != nil {
		sc.group.faults.add(err)
	}
}

// actionFailed takes an action that failed into account.
func (sc *scope) actionFailed(what error) error {
	switch {
	case sc.def != nil:
		sc.fault(what)
		return nil
	case sc.inSetup():
		sc.r.tally.note(Failed)
		return &ending{why: endSetup, err: what}
	case sc.phase.name == rollbackPhase:
		sc.r.tally.note(NotRestored)
		return nil
	}
	sc.r.tally.note(Failed)
	return nil
}

// rollbackFailed takes into account that a statement of the rollback came to
// an early end.
func (sc *scope) rollbackFailed(err error) {
	sc.r.tally.note(NotRestored)
	if isEnding(err, endFailed) {
		sc.r.write(&journal.Log{Level: "ERROR", Message: err.Error()})
	}
}

// judge says what the outcome of an activity means for what is around it.
func (sc *scope) judge(a *program.Activity, out *outcome) error {
	title := func() string { return sc.r.metaOf(a).title(sc) }
	if out.aborted {
		return &ending{why: endStopped, err: out.err}
	}
	if abort := (*stdlib.AbortError)(nil); errors.As(out.err, &abort) && sc.phase.name != rollbackPhase {
		stop := &Stop{Cause: causeAbort, Message: abort.Error()}
		sc.r.interrupt(stop, nil, a.Call.At)
		return &ending{why: endStopped, err: stop}
	}
	var ownUnmet *unmetError
	failedProbe := out.err != nil && a.Kind == ast.Probe
	notMet := out.notMet || failedProbe && (len(a.Checks) > 0 || errors.As(out.err, &ownUnmet) || a.Call.Def.HasChecks())
	if sc.check != nil {
		if !notMet && out.err == nil {
			return nil
		}
		what := out.err
		if what == nil {
			what = out.fault
		}
		return &ending{why: endUnmet, err: what, probe: title(), failed: out.err != nil && (ownUnmet == nil || ownUnmet.failed)}
	}
	var end error
	if out.err != nil && a.Kind == ast.Action {
		end = sc.actionFailed(fmt.Errorf("%s failed: %w", title(), out.err))
	}
	if notMet {
		what := out.fault
		if what == nil {
			what = fmt.Errorf("%s failed: %w", title(), out.err)
		}
		if err := sc.unmet(out.assert || failedProbe && hasAssert(a), what); end == nil {
			end = err
		}
	}
	return end
}

func hasAssert(a *program.Activity) bool {
	for _, c := range a.Checks {
		if c.Assert {
			return true
		}
	}
	return false
}

// checked writes down an expectation that was looked at.
func (sc *scope) checked(activity uint64, c *program.Check, met bool, why []string, err error) {
	if sc.quiet {
		return
	}
	ev := &journal.Checked{Activity: activity, Phase: sc.phase.name, Assert: c.Assert, Met: met, Explain: why,
		Place: sc.r.placeOf(c)}
	if err != nil {
		ev.Error = err.Error()
	}
	sc.r.write(ev)
}

// unmetText says in one line what was not met.
func unmetText(at program.Loc, why []string, err error) error {
	switch {
	case err != nil:
		return err
	case len(why) > 0:
		return errors.New(strings.Join(why, "; "))
	}
	return errors.New(at.Text() + " was not met")
}

// locatedError is an error whose text begins with a place of the source.
type locatedError struct {
	place string
	err   error
}

func (e *locatedError) Error() string { return e.place + ": " + e.err.Error() }
func (e *locatedError) Unwrap() error { return e.err }

// located puts the place of the expression in front of an error's text, once.
func located(err error) error {
	var known *locatedError
	var e *eval.Error
	if errors.As(err, &known) || !errors.As(err, &e) || e.At.Source == nil {
		return err
	}
	return &locatedError{diag.Place(e.At.Source, e.At.Span), err}
}
