package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/report"
)

// signals returns a context that the first signal cancels, with the reason
// that the journal shows, and a channel that the second one closes, which says
// not to wait for the current activity. The third leaves the process at once.
func (a *app) signals(log *report.Logger) (ctx context.Context, abandon <-chan struct{}, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	giveUp := make(chan struct{})
	caught := make(chan os.Signal, 3)
	signal.Notify(caught, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	done := make(chan struct{})
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
					log.Log(report.Warning, "Stopping without waiting for the current activity; once more leaves without undoing")
					close(giveUp)
				default:
					log.AlwaysAt(time.Now(), report.Critical, "Left at once: changes may not be put back, the journal in "+runsFolder+" says which")
					os.Exit(interp.Interrupted.ExitCode())
				}
			}
		}
	}()
	return ctx, giveUp, func() {
		signal.Stop(caught)
		close(done)
		cancel(nil)
	}
}

// stopReason is the reason of a signal, in the words of the Chaos Toolkit.
func stopReason(sig os.Signal) error {
	switch sig {
	case os.Interrupt:
		return &interp.Stop{Cause: "SIGINT", Message: "Received a termination signal (Ctrl-C)..."}
	case syscall.SIGTERM:
		return &interp.Stop{Cause: "SIGTERM", Message: "Caught SIGTERM signal, interrupting experiment now"}
	}
	return &interp.Stop{Cause: "SIGHUP", Message: "The terminal was closed, interrupting experiment now"}
}

// screen is where the console of a run writes: through the live countdown on a
// terminal, else directly.
type screen struct {
	progress *report.Progress // nil where it is no terminal
}

// progress returns the countdown of a terminal that shows lines for people.
func (a *app) progress() screen {
	f, ok := a.err.(*os.File)
	if !ok || a.quiet || a.logFormat == "json" || !isTerminal(f) {
		return screen{}
	}
	return screen{progress: report.NewProgress(f)}
}

func (s screen) writer() io.Writer {
	if s.progress == nil {
		return nil
	}
	return s.progress
}

// numbered returns the path of the journal of experiment i of a file: the path
// itself for the first, "journal-2.json" for the second.
func numbered(path string, i int) string {
	if i == 0 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", path[:len(path)-len(ext)], i+1, ext)
}
