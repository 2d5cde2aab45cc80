package main

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

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
	signals     *signals
	screen      *report.Progress // nil where lines do not go to a terminal
	prepared    *interp.Prepared
	journalPath string
	seed        uint64
}

// newRunID returns an id that starts with the time, so that ids sort, and ends
// at random, so that two runs never share one.
func newRunID(now time.Time) string {
	var b [4]byte
	rand.Read(b[:]) // never fails
	return now.UTC().Format("20060102-150405") + "-" + hex.EncodeToString(b[:])
}

// play makes the run and its journal, runs, and writes journal.json. With an
// error nothing was touched.
func (r *run) play() (interp.Result, error) {
	runs := filepath.FromSlash(runsFolder)
	id := newRunID(time.Now())
	folder := filepath.Join(runs, id)
	removeOldRuns(runs)
	events, err := journal.Create(folder, nil, r.prepared.Masker)
	if err != nil {
		return interp.Result{}, err
	}
	r.signals.began(folder)
	pieces := report.NewToolkitJournal(folder)
	defer pieces.Close()
	console := report.NewConsole(r.app.log)
	if r.screen != nil {
		events.Listen(r.screen.Handle)
		defer r.screen.Clear()
	}
	events.Listen(r.signals.handle)
	events.Listen(pieces.Handle)
	events.Listen(func(ev journal.Event) { // before the console says the verdict, its last line
		if ended, ok := ev.Body.(*journal.RunEnded); ok {
			r.writeJournal(pieces, ev.Time, ended)
		}
	})
	events.Listen(console.Handle)
	store := stdlib.NewDiskStore(filepath.Join(folder, "saved"))
	env := r.environment(id, store, events)
	defer env.Close()
	result, err := interp.Run(r.signals.ctx, r.prepared, interp.Options{
		Env: env, Journal: events, Registry: all.Registry(), Dry: r.flags.dry,
		Hypothesis: strategyOption(r.flags.hypothesis), Rollbacks: r.flags.rollbacks,
		Frequency: r.flags.every, FailFast: r.flags.failFast, Abandon: r.signals.abandon, Seed: r.seed,
		Version: versionText(), Node: hostname(), Platform: runtime.GOOS + "-" + runtime.GOARCH,
		Experiment: describe(r.prepared),
	})
	if cerr := events.Close(); err == nil {
		err = cerr
	}
	if err == nil && result.Open == 0 {
		err = store.Clear()
	}
	if err != nil {
		r.app.problem(err)
	}
	return result, nil
}

// problem tells of something that went wrong beside a run; one that held does
// not end with 0 then.
func (a *app) problem(err error) {
	a.log.Log(report.Error, err.Error())
	a.exit = max(a.exit, exitFailed)
}

// writeJournal writes journal.json, whole or not at all.
func (r *run) writeJournal(pieces *report.ToolkitJournal, end time.Time, ended *journal.RunEnded) {
	err := replaceFile(r.journalPath, 0o600, func(w io.Writer) error { return pieces.Finish(w, end, ended) })
	if err != nil {
		r.app.problem(fmt.Errorf("cannot write %s: %w", r.journalPath, unwrapPath(err)))
	}
}

// environment is the real world, as functions see it.
func (r *run) environment(id string, store stdlib.Store, events *journal.Writer) *stdlib.Env {
	dialer := &net.Dialer{}
	return &stdlib.Env{
		Clock:     stdlib.SystemClock{},
		Files:     stdlib.SystemFiles{},
		Processes: stdlib.SystemProcesses{},
		Dial:      dialer.DialContext,
		Store:     store,
		Handles:   stdlib.NewHandles(id),
		RunID:     id,
		LookupEnv: os.LookupEnv,
		Rand:      stdlib.NewRand(r.seed),
		VerifyTLS: !r.flags.noVerifyTLS,
		Grace:     stdlib.DefaultGrace,
		Hurry:     r.signals.abandon,
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
