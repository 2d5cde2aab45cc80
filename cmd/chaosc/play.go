package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/google/renameio/v2"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/report"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// runsFolder is where the journals of runs are kept, below the working
// directory: a folder for each run, of mode 0700.
const runsFolder = ".chaosc/runs"

// keptRuns is how many folders of earlier runs are kept.
const keptRuns = 20

// run is one run of one experiment.
type run struct {
	app         *app
	flags       *runFlags
	log         *report.Logger
	screen      screen
	prepared    *interp.Prepared
	journalPath string
	seed        uint64
	abandon     <-chan struct{}
}

// newRunID returns an id that starts with the time, so that ids sort, and ends
// at random, so that two runs never share one.
func newRunID(now time.Time) string {
	var b [4]byte
	rand.Read(b[:]) // never fails
	return now.UTC().Format("20060102-150405") + "-" + hex.EncodeToString(b[:])
}

// play makes the run and its journal, runs, and writes journal.json.
func (r *run) play(ctx context.Context) (interp.Result, error) {
	var none interp.Result
	if err := r.writable(); err != nil {
		return none, err
	}
	id := newRunID(time.Now())
	folder := filepath.Join(filepath.FromSlash(runsFolder), id)
	removeOldRuns(filepath.FromSlash(runsFolder))
	events, err := journal.Create(folder, nil, r.prepared.Masker)
	if err != nil {
		return none, err
	}
	pieces := report.NewToolkitJournal(folder)
	defer pieces.Close()
	console := report.NewConsole(r.log)
	if r.screen.progress != nil {
		events.Listen(r.screen.progress.Handle)
		defer r.screen.progress.Clear()
	}
	events.Listen(pieces.Handle)
	events.Listen(func(ev journal.Event) { // before the console says the verdict, its last line
		if ended, ok := ev.Body.(*journal.RunEnded); ok {
			r.writeJournal(pieces, ev.Time, ended)
		}
	})
	events.Listen(console.Handle)
	env := r.environment(id, folder, events)
	defer env.Close()
	result, err := interp.Run(ctx, r.prepared, interp.Options{
		Env: env, Journal: events, Registry: all.Registry(), Dry: r.flags.dry,
		Hypothesis: strategyOption(r.flags.hypothesis), Rollbacks: r.flags.rollbacks,
		Frequency: r.flags.every, FailFast: r.flags.failFast, Abandon: r.abandon, Seed: r.seed,
		Version: versionText(), Node: hostname(), Platform: runtime.GOOS + "-" + runtime.GOARCH,
	})
	if cerr := events.Close(); cerr != nil {
		r.problem(cerr)
	}
	return result, err
}

// problem tells of something that went wrong beside the run; a run that held
// does not end with 0 then.
func (r *run) problem(err error) {
	r.log.Log(report.Error, err.Error())
	r.app.exit = max(r.app.exit, exitFailed)
}

// writable makes sure before the run that its journal can be written after it.
func (r *run) writable() error {
	folder := filepath.Dir(r.journalPath)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("--journal-path %s: there is no folder %q", r.journalPath, folder)
	}
	if info, err := os.Stat(r.journalPath); err == nil && info.IsDir() {
		return fmt.Errorf("--journal-path %s is a folder", r.journalPath)
	}
	f, err := os.CreateTemp(folder, ".chaosc-*")
	if err != nil {
		return fmt.Errorf("--journal-path %s: cannot write there: %w", r.journalPath, unwrapPath(err))
	}
	f.Close()
	return os.Remove(f.Name())
}

// writeJournal writes journal.json, whole or not at all.
func (r *run) writeJournal(pieces *report.ToolkitJournal, end time.Time, ended *journal.RunEnded) {
	f, err := renameio.NewPendingFile(r.journalPath, renameio.WithPermissions(0o600), renameio.WithExistingPermissions())
	if err == nil {
		defer f.Cleanup()
		if err = pieces.Finish(f, end, ended); err == nil {
			err = f.CloseAtomicallyReplace()
		}
	}
	if err != nil {
		r.problem(fmt.Errorf("cannot write %s: %w", r.journalPath, unwrapPath(err)))
	}
}

// environment is the real world, as functions see it.
func (r *run) environment(id, folder string, events *journal.Writer) *stdlib.Env {
	dialer := &net.Dialer{}
	return &stdlib.Env{
		Clock:     stdlib.SystemClock{},
		Files:     stdlib.SystemFiles{},
		Processes: stdlib.SystemProcesses{},
		Dial:      dialer.DialContext,
		Store:     stdlib.NewDiskStore(filepath.Join(folder, "saved")),
		Handles:   stdlib.NewHandles(id),
		RunID:     id,
		Rand:      stdlib.NewRand(r.seed),
		VerifyTLS: !r.flags.noVerifyTLS,
		Grace:     stdlib.DefaultGrace,
		Log: func(level, message string) {
			events.Write(&journal.Log{Level: level, Message: message})
		},
	}
}

// newSeed returns the seed that was asked for, else one at random.
func newSeed(given string) uint64 {
	if n, err := strconv.ParseUint(given, 10, 64); err == nil {
		return n
	}
	var b [8]byte
	rand.Read(b[:])
	return binary.LittleEndian.Uint64(b[:]) >> 11 // exact as a number of JSON
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return name
}

// strategyOption translates the words of the Chaos Toolkit's option.
func strategyOption(s string) string { return strings.TrimSuffix(s, "-only") }

// removeOldRuns keeps the folders of the last runs and removes older ones that
// came to their end. What cannot be read or removed stays.
func removeOldRuns(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) < keptRuns {
		return
	}
	for _, e := range entries[:len(entries)-keptRuns+1] {
		path := filepath.Join(folder, e.Name())
		if finished(path) {
			os.RemoveAll(path)
		}
	}
}

// finished reports whether a run ended with nothing left to put back.
func finished(folder string) bool {
	done := false
	for ev, err := range journal.Read(filepath.Join(folder, journal.FileName)) {
		if err != nil {
			return false
		}
		if e, ok := ev.Body.(*journal.RunEnded); ok {
			done = e.Open == 0
		}
	}
	return done
}
