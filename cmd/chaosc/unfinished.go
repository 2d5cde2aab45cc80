package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/report"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// leftover is a run that did not come to its end, or that left something
// changed. What it has left is a fold over its journal; nothing else is needed.
type leftover struct {
	id     string
	folder string
	begun  journal.RunStarted
	at     time.Time     // of its beginning
	open   []*undo.Entry // in the order of their intents
	err    error         // the journal cannot be read

	events   int
	ended    bool // by itself, or by a recovery
	givenUp  bool
	rollback bool // its rollback was played, or there is none
}

// look reads what a run has left in its folder.
func look(folder string) *leftover {
	l := &leftover{id: filepath.Base(folder), folder: folder}
	l.open, l.err = undo.Open(func(yield func(journal.Event, error) bool) {
		for ev, err := range journal.Read(filepath.Join(folder, journal.FileName)) {
			if err == nil {
				l.note(ev)
			}
			if !yield(ev, err) {
				return
			}
		}
	})
	if errors.Is(l.err, fs.ErrNotExist) { // it died before it had a journal
		l.err = nil
	}
	return l
}

func (l *leftover) note(ev journal.Event) {
	l.events++
	switch e := ev.Body.(type) {
	case *journal.RunStarted:
		l.begun, l.at, l.id = *e, ev.Time, e.Run
	case *journal.PhaseStarted:
		l.rollback = l.rollback || e.Phase == journal.Rollback && e.None
	case *journal.PhaseEnded:
		l.rollback = l.rollback || e.Phase == journal.Rollback
	case *journal.RunEnded:
		l.ended, l.rollback = true, true
	case *journal.RecoveryEnded:
		l.ended = true
	case *journal.GivenUp:
		l.givenUp = true
	}
}

// unfinished reports whether something is to be done about the run.
func (l *leftover) unfinished() bool {
	return l.err != nil || l.events > 0 && !l.givenUp && (!l.ended || len(l.open) > 0)
}

// unfinishedRuns returns the runs of the working directory that are to be
// recovered, the newest first: what was changed last is put back first.
func unfinishedRuns() ([]*leftover, error) {
	runs := filepath.FromSlash(runsFolder)
	entries, err := os.ReadDir(runs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot look for unfinished runs: %w", err)
	}
	var found []*leftover
	for _, e := range slices.Backward(entries) {
		folder := filepath.Join(runs, e.Name())
		if !e.IsDir() || finished(folder) {
			continue
		}
		if l := look(folder); l.unfinished() {
			found = append(found, l)
		}
	}
	return found, nil
}

// finished reports whether a run ended with nothing left to put back, by the
// last event of its journal.
func finished(folder string) bool {
	ev, err := journal.Last(filepath.Join(folder, journal.FileName))
	if err != nil {
		return false
	}
	switch e := ev.Body.(type) {
	case *journal.RunEnded:
		return e.Open == 0
	case *journal.RecoveryEnded:
		return e.Open == 0
	}
	return false
}

// String says what a run holds open, in the order in which it is put back.
func (l *leftover) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", l.id, l.title())
	if !l.at.IsZero() {
		fmt.Fprintf(&b, ", begun %s by process %d on %s", l.at.Local().Format(time.DateTime), l.begun.Pid, l.begun.Node)
	}
	switch {
	case l.err != nil:
		fmt.Fprintf(&b, "\n  its journal cannot be used: %v", l.err)
	case len(l.open) == 0:
		b.WriteString("\n  nothing is left changed")
	}
	for _, e := range slices.Backward(l.open) {
		fmt.Fprintf(&b, "\n  %s (%s)", e.Title, undo.Does(all.Registry(), e))
		if e.Place.File != "" {
			fmt.Fprintf(&b, " at %s:%d:%d", e.Place.File, e.Place.Line, e.Place.Column)
		}
	}
	return report.Printable(b.String())
}

func (l *leftover) title() string {
	switch {
	case l.begun.Title != "":
		return fmt.Sprintf("%q", l.begun.Title)
	case l.begun.File != "":
		return l.begun.File
	}
	return "an experiment"
}
