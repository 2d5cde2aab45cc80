package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/report"
)

// signals is what a run is told from outside: the first signal ends ctx, with
// the reason that the journal shows; the second one closes abandon, which says
// not to wait for the current activity; the third leaves the process at once.
type signals struct {
	ctx     context.Context
	abandon <-chan struct{}
	stop    func()

	mu     sync.Mutex
	folder string          // of the current run's journal; empty before the first
	open   map[uint64]bool // its undo entries that are not put back
}

// catch begins to listen. A signal that was ignored when the process began, as
// nohup does it, stays so. A closed pipe or a full file behind the console does
// not end the process: what was changed must be put back.
func (a *app) catch() *signals {
	ctx, cancel := context.WithCancelCause(context.Background())
	giveUp, done := make(chan struct{}), make(chan struct{})
	s := &signals{ctx: ctx, abandon: giveUp, open: map[uint64]bool{}}
	caught := make(chan os.Signal, 3)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT} {
		if !signal.Ignored(sig) {
			signal.Notify(caught, sig)
		}
	}
	failing := make(chan os.Signal, 1) // never read
	if len(writeSignals) > 0 {
		signal.Notify(failing, writeSignals...)
	}
	go func() {
		for n := 1; ; n++ {
			select {
			case <-done:
				return
			case sig := <-caught:
				switch n {
				case 1:
					cancel(stopReason(sig))
				case 2:
					a.log.Log(report.Warning, "Not waiting for the current activity any longer; everything is still put back. Once more leaves at once, with nothing put back")
					close(giveUp)
				default:
					s.leave(a.log)
				}
			}
		}
	}()
	s.stop = func() {
		signal.Stop(caught)
		signal.Stop(failing)
		close(done)
		cancel(nil)
	}
	return s
}

// stopReason is the reason of a signal, in the words of the Chaos Toolkit.
func stopReason(sig os.Signal) error {
	switch sig {
	case os.Interrupt:
		return &interp.Stop{Cause: "SIGINT", Message: "Received a termination signal (Ctrl-C)..."}
	case syscall.SIGTERM:
		return &interp.Stop{Cause: "SIGTERM", Message: "Caught SIGTERM signal, interrupting experiment now"}
	case syscall.SIGHUP:
		return &interp.Stop{Cause: "SIGHUP", Message: "The terminal was closed, interrupting experiment now"}
	}
	return &interp.Stop{Cause: "signal", Message: "Caught signal " + sig.String() + ", interrupting experiment now"}
}

// began says that a run begins, whose journal is kept in a folder.
func (s *signals) began(folder string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.folder = folder
	clear(s.open)
}

// handle keeps count of what is to be put back.
func (s *signals) handle(ev journal.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := ev.Body.(type) {
	case *journal.UndoIntent:
		s.open[e.Entry] = true
	case *journal.UndoEnded:
		if e.Error == "" && len(e.Differences) == 0 {
			delete(s.open, e.Entry)
		}
	}
}

// leave ends the process at once.
func (s *signals) leave(log *report.Logger) {
	s.mu.Lock()
	defer s.mu.Unlock()
	verdict, left := interp.Interrupted, ""
	if n := len(s.open); n > 0 {
		verdict, left = interp.NotRestored, fmt.Sprintf(" (not put back: %d; `chaosc recover` does it, by the journal in %s)", n, s.folder)
	}
	log.AlwaysAt(time.Now(), report.Critical, "Left at once, with nothing undone any more")
	log.AlwaysAt(time.Now(), report.Critical, "Verdict: "+verdict.String()+left)
	os.Exit(verdict.ExitCode())
}
