package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

const (
	rounds   = 10_000 // activities of a run whose time is measured
	fewer    = 1_000  // activities of the two runs whose memory is compared
	manyMore = 100_000
)

func activityItems() []item {
	return []item{
		{
			name: "activity", what: "a no-op activity, of 10,000, with journal and log", against: "a lean loop that appends the same lines",
			floor: "5 times its time", aim: "2.5 times its time",
			measure: noop,
		},
		{
			name: "memory", what: "growth of memory from 1,000 to 100,000 activities", against: "–",
			floor: "12 MiB", aim: "6 MiB",
			measure: memory,
		},
	}
}

// looped is an experiment that does an activity n times.
func looped(title string, n int, activity string) string {
	return fmt.Sprintf("experiment %q {\n    method {\n        repeat %d {\n            %s\n        }\n    }\n}\n", title, n, activity)
}

func noopExperiment(n int) string {
	return looped("Activities that do nothing", n, `probe fs.exists(".")`)
}

// runIn is a folder in which an experiment has been run.
type runIn struct {
	dir     string
	log     string // what the run printed
	journal string // the file that it wrote while it ran
	events  int    // in the journal
}

// workspace makes a new folder with an experiment in it.
func (b *bench) workspace(text string) (dir string, err error) {
	if dir, err = os.MkdirTemp(b.dir, "run-"); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "experiment.chaos"), []byte(text), 0o644)
}

// runArgs are the arguments of a run in a folder.
func runArgs(dir string) []string {
	return []string{"run", "-C", dir, "experiment.chaos", "--journal-path", filepath.Join(dir, "journal.json")}
}

// run runs an experiment in a folder of its own, with its output in a file.
func (b *bench) run(chaosc, text string) (in runIn, took time.Duration, err error) {
	if in.dir, err = b.workspace(text); err != nil {
		return in, 0, err
	}
	in.log = filepath.Join(in.dir, "output.log")
	out, err := os.Create(in.log)
	if err != nil {
		return in, 0, err
	}
	defer out.Close()
	cmd := exec.Command(chaosc, runArgs(in.dir)...)
	cmd.Stdout, cmd.Stderr = out, out
	began := time.Now()
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(in.log)
		return in, 0, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, text[:min(len(text), 2000)])
	}
	return in, time.Since(began), nil
}

// findJournal looks for the journal that a run has left behind and counts its
// events.
func (in *runIn) findJournal() error {
	err := filepath.WalkDir(in.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == journal.FileName && d.Type().IsRegular() {
			in.journal = path
		}
		return err
	})
	if err != nil {
		return err
	}
	if in.journal == "" {
		return fmt.Errorf("the run in %s has left no journal", in.dir)
	}
	for _, err := range journal.Read(in.journal) {
		if err != nil {
			return err
		}
		in.events++
	}
	return nil
}

// timedRun is a sample of a whole run.
func (b *bench) timedRun(chaosc, text string) sample {
	return func() (time.Duration, error) {
		in, took, err := b.run(chaosc, text)
		os.RemoveAll(in.dir)
		return took, err
	}
}

// noop measures whole runs: the start of both programs is in it.
func noop(b *bench) (result, error) {
	chaosc, err := b.chaosc()
	if err != nil {
		return result{}, err
	}
	lines, err := b.reference("lines")
	if err != nil {
		return result{}, err
	}
	model, _, err := b.run(chaosc, noopExperiment(rounds))
	if err != nil {
		return result{}, err
	}
	if err := model.findJournal(); err != nil {
		return result{}, err
	}
	lean := func() (time.Duration, error) {
		cmd := exec.Command(lines, model.journal, strconv.Itoa(model.events), model.log, strconv.Itoa(rounds))
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%w\n%s", err, out)
		}
		return time.Since(began), nil
	}
	p, err := pair(b.pairs, lean, b.timedRun(chaosc, noopExperiment(rounds)))
	p.reference /= rounds
	p.candidate /= rounds
	return p.slower(), err
}

// memory compares the largest memory of a short and a long run.
func memory(b *bench) (result, error) {
	chaosc, err := b.chaosc()
	if err != nil {
		return result{}, err
	}
	peak, err := b.reference("peak")
	if err != nil {
		return result{}, err
	}
	// of returns the largest memory of a run in KiB.
	of := func(n int) (float64, error) {
		dir, err := b.workspace(noopExperiment(n))
		if err != nil {
			return 0, err
		}
		defer os.RemoveAll(dir)
		args := append([]string{filepath.Join(dir, "output.log"), chaosc}, runArgs(dir)...)
		cmd := exec.Command(peak, args...)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return 0, err
		}
		return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	}
	var short, long, growth []float64
	for range b.pairs {
		s, err := of(fewer)
		if err != nil {
			return result{}, err
		}
		l, err := of(manyMore)
		if err != nil {
			return result{}, err
		}
		short, long, growth = append(short, s), append(long, l), append(growth, l-s)
	}
	mib := func(kib []float64) string { return fmt.Sprintf("%.1f MiB", median(kib)/1024) }
	return result{mib(growth), mib(short), mib(long)}, nil
}
