package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/report"
	"github.com/chaosc-lang/chaosc/stdlib/http"
)

// runFlags are the flags of run.
type runFlags struct {
	inputFlags
	journalPath string
	dry         string
	rollbacks   string
	hypothesis  string
	frequency   string
	every       time.Duration // of frequency
	failFast    bool
	noVerifyTLS bool
	exitCode    string
	seed        string
	recover     bool
}

// The words that flags take.
var (
	dryWords        = []string{"actions", "probes", "activities", "pause"}
	rollbackWords   = []string{"default", "always", "never", "deviated"}
	hypothesisWords = []string{"default", "before-method-only", "after-method-only", "during-method-only", "continuously", "skip"}
	exitCodeWords   = []string{"verdict", "toolkit"}
)

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run FILE",
		Short: "Run an experiment",
		Long: `Run the experiments of a file: set up, look at the steady state, play the method,
look at the steady state again, roll back, and undo every change in the reverse
order. Everything is checked before anything is touched. Several experiments are
run in their order, up to one that is interrupted; the journal of the second is
journal-2.json, and the worst verdict gives the exit code.

Ctrl-C (or SIGTERM, SIGHUP) stops the method and undoes; a second one stops
waiting for the current activity; a third leaves at once, with nothing undone
any more. What a run that died has left changed, "chaosc recover" puts back.

The last line is the verdict, and the exit code says the same: 0 held, 1 deviated
or failed, 2 invalid, 3 interrupted, 4 something could not be put back.`,
		Example: `  chaosc run experiment.chaos
  chaosc run -C examples/exchange-file experiment.chaos
  chaosc run --var url=http://localhost:9090/ --only "Does it hold?" experiments.chaos
  chaosc run --dry actions experiment.chaos`,
		Args:              exactlyOneFile,
		ValidArgsFunction: completeChaos,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return a.run(args[0], &f)
		},
	}
	f.inputFlags.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.journalPath, "journal-path", "journal.json", "`FILE` for the journal, in the form of the Chaos Toolkit")
	flags.StringVar(&f.dry, "dry", "", "do not do these: `WHAT` is actions, probes, activities (both) or pause")
	flags.StringVar(&f.rollbacks, "rollback-strategy", "", "`WHEN` the rollback section is played: default, always, never or deviated")
	flags.StringVar(&f.hypothesis, "hypothesis-strategy", "", "`WHEN` the steady state is looked at: default, before-method-only, after-method-only, "+
		"during-method-only, continuously or skip; -only may be left out")
	flags.StringVar(&f.frequency, "hypothesis-frequency", "", "`TIME` between two looks during the method, as 500ms, or in seconds (default 1s)")
	flags.BoolVar(&f.failFast, "fail-fast", false, "end the method when the steady state deviates during it")
	flags.BoolVar(&f.noVerifyTLS, "no-verify-tls", false, "accept any certificate of a server")
	flags.StringVar(&f.exitCode, "exit-code", "verdict", "`MEANING` of the exit code: verdict, or toolkit (0 or 1, as the Chaos Toolkit)")
	flags.StringVar(&f.seed, "seed", "", "seed of random functions, a whole `NUMBER`; the journal of a run says which it had")
	flags.BoolVar(&f.recover, "recover", false, "first put back what an earlier run has left, as chaosc recover --all does")
	words(cmd, "dry", dryWords...)
	words(cmd, "rollback-strategy", rollbackWords...)
	words(cmd, "hypothesis-strategy", hypothesisWords...)
	words(cmd, "exit-code", exitCodeWords...)
	cmd.MarkFlagFilename("journal-path", "json")
	return cmd
}

func (f *runFlags) check() error {
	if f.journalPath == "" {
		return errors.New("--journal-path needs a path")
	}
	if f.every = 0; f.frequency != "" {
		d, err := parseFrequency(f.frequency)
		if err != nil {
			return err
		}
		f.every = d
	}
	if f.seed != "" {
		if _, err := strconv.ParseUint(f.seed, 10, 64); err != nil {
			return fmt.Errorf("--seed is a whole number, not %q", f.seed)
		}
	}
	if slices.Contains(hypothesisWords, f.hypothesis+"-only") { // as the language has it
		f.hypothesis += "-only"
	}
	return errors.Join(oneOf("dry", f.dry, dryWords), oneOf("rollback-strategy", f.rollbacks, rollbackWords),
		oneOf("hypothesis-strategy", f.hypothesis, hypothesisWords), oneOf("exit-code", f.exitCode, exitCodeWords))
}

// parseFrequency reads a duration, or a number of seconds as the Chaos Toolkit
// takes it.
func parseFrequency(s string) (time.Duration, error) {
	if d, err := literal.ParseDuration(s); err == nil && d > 0 {
		return d, nil
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 0 && n < 1e9 {
		return time.Duration(n * float64(time.Second)), nil
	}
	return 0, fmt.Errorf("--hypothesis-frequency is a duration as 500ms or a number of seconds, not %q", s)
}

// run checks a file and runs its experiments one after the other, up to the
// first that is interrupted or leaves something changed.
func (a *app) run(path string, f *runFlags) error {
	signals := a.catch()
	defer signals.stop()
	a.log.Log(report.Info, "Validating the experiment's syntax")
	prog, list := a.checked(path)
	a.show(list)
	if list.HasErrors() {
		return errReported
	}
	experiments, err := f.pick(prog, path)
	if err != nil {
		return err
	}
	for i := range experiments {
		journal := numbered(f.journalPath, i)
		if err := writable(journal); err != nil {
			return fmt.Errorf("--journal-path %s: %w", journal, err)
		}
		for _, src := range prog.Sources {
			if sameFile(journal, src.Name) {
				return fmt.Errorf("--journal-path %s is the experiment itself, which would be lost", journal)
			}
		}
	}
	inputs, err := f.inputs()
	if err != nil {
		return err
	}
	lock, err := a.enter(signals, f.recover)
	if lock == nil {
		return err
	}
	defer lock.release()
	http.UserAgent = "chaosc/" + versionText()
	stdlog.SetOutput(io.Discard) // net/http tells there of what is no news to anybody

	ready, err := a.prepareAll(signals.ctx, prog, experiments, inputs)
	if stop := context.Cause(signals.ctx); stop != nil {
		a.log.Log(report.Warning, stop.Error())
		a.log.AlwaysAt(time.Now(), report.Critical, "Verdict: "+interp.Interrupted.String()+" (nothing was changed)")
		a.exit = interp.Interrupted.ExitCode()
		return nil
	}
	if err != nil {
		return err
	}
	a.log.Log(report.Info, "Experiment looks valid")
	for _, p := range ready {
		for _, m := range p.Said() {
			a.log.Log(report.ParseLevel(m.Level), m.Text)
		}
	}

	screen := a.progress()
	worst := interp.Held
	for i, p := range ready {
		r := &run{app: a, flags: f, signals: signals, screen: screen, prepared: p,
			journalPath: numbered(f.journalPath, i), seed: newSeed(f.seed)}
		result, err := r.play()
		switch {
		case err != nil && i == 0:
			return err
		case err != nil:
			a.problem(err)
		}
		worst = max(worst, result.Verdict)
		if f.exitCode == "toolkit" {
			a.exit = max(a.exit, toolkitExit(result))
		}
		if err != nil || context.Cause(signals.ctx) != nil {
			break
		}
		if result.Open > 0 && i < len(ready)-1 {
			a.problem(fmt.Errorf("%q has left something changed, so what stands behind it is not begun", p.Experiment.Title))
			break
		}
	}
	if f.exitCode != "toolkit" {
		a.exit = max(a.exit, worst.ExitCode())
	}
	return nil
}

// progress puts a countdown between the log and a terminal that shows lines
// for people; it returns nil for anything else.
func (a *app) progress() *report.Progress {
	f, ok := a.err.(*os.File)
	if !ok || a.quiet || a.logFormat == "json" || !isTerminal(f) {
		return nil
	}
	p := report.NewProgress(f)
	a.lines.Writer = p
	return p
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

// toolkitExit is the exit code of the Chaos Toolkit.
func toolkitExit(r interp.Result) int {
	if r.Status != "completed" || r.Deviated {
		return 1
	}
	return 0
}

// prepareAll evaluates what must be known before the run, for all experiments
// before the first one touches anything.
func (a *app) prepareAll(ctx context.Context, prog *program.Program, experiments []*program.Experiment, in interp.Inputs) ([]*interp.Prepared, error) {
	var ready []*interp.Prepared
	var found diag.List
	in.Together = experiments
	for _, e := range experiments {
		p, list := interp.Prepare(ctx, prog, e, in)
		found = append(found, list...)
		ready = append(ready, p)
	}
	if context.Cause(ctx) != nil {
		return nil, context.Cause(ctx)
	}
	a.show(found.Sort()) // several experiments make the same mistake once
	if found.HasErrors() {
		return nil, errReported
	}
	return ready, nil
}
