package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	stdlog "log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/interp/undo"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/report"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/all"
	"github.com/chaosc-lang/chaosc/stdlib/http"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// recoverFlags are the flags of recover.
type recoverFlags struct {
	list, all, dry bool
	forget         string
}

func (a *app) recoverCommand() *cobra.Command {
	var f recoverFlags
	cmd := &cobra.Command{
		Use:   "recover",
		Short: "Put back what a run that died has left changed",
		Long: `Put back what a run left changed because it was killed, the machine went down,
or an undo failed: in the reverse order, by what the journal of the run says, as
the end of the run would have done it. It needs the files below .chaosc of the
folder in which the run began, not the experiment. A secret that an "undo by"
needs is read again, from the environment or the file where it came from.

What only the run itself could do is left, and said: the rollback block, and an
"undo by" that calls a definition. --forget ends a run all the same.

It is safe to interrupt it and to call it again. Exit codes: 0 all is put back,
4 something is not, 2 the command line is wrong, or another run is at work.`,
		Example: `  chaosc recover --list     see what is left
  chaosc recover            put it back
  chaosc recover --all      of several runs, the newest first`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			forget := cmd.Flags().Changed("forget")
			if f.list && (f.all || f.dry) || forget && (f.all || f.dry || f.list) {
				return errors.New("--list and --forget go with no other flag")
			}
			return a.recover(&f, forget)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.list, "list", false, "show the unfinished runs and what they hold open; nothing is changed")
	flags.BoolVar(&f.all, "all", false, "recover all unfinished runs")
	flags.BoolVar(&f.dry, "dry", false, "show what would be put back; nothing is changed")
	flags.StringVar(&f.forget, "forget", "", "give the run of this `RUN` id up, and show what it leaves changed")
	return cmd
}

// recover does what the flags ask for.
func (a *app) recover(f *recoverFlags, forget bool) error {
	if f.list || f.dry {
		return a.listUnfinished(f)
	}
	if _, err := os.Stat(filepath.FromSlash(runsFolder)); errors.Is(err, fs.ErrNotExist) && !forget {
		a.recoverRuns(nil, nil) // without leaving a folder where no run was
		return nil
	}
	lock, err := lockWorkspace()
	if err != nil {
		return err
	}
	defer lock.release()
	runs, err := unfinishedRuns()
	if err != nil {
		return err
	}
	switch {
	case forget:
		return a.forget(runs, f.forget)
	case len(runs) > 1 && !f.all:
		for _, l := range runs {
			fmt.Fprintln(a.out, l)
		}
		return fmt.Errorf("%d runs are unfinished; `chaosc recover --all` puts back what they have left", len(runs))
	}
	signals := a.catch()
	defer signals.stop()
	a.recoverRuns(signals, runs)
	return nil
}

// listUnfinished shows the unfinished runs, but for one that is going on.
func (a *app) listUnfinished(f *recoverFlags) error {
	owner := lockHolder()
	runs, err := unfinishedRuns()
	if err != nil {
		return err
	}
	if owner != nil {
		a.log.Log(report.Warning, owner.String()+" is at work in this folder: what it changes is not listed")
		runs = slices.DeleteFunc(runs, func(l *leftover) bool {
			return l.begun.Pid == owner.Pid && !l.at.Before(owner.Since) && !l.ended
		})
	}
	for _, l := range runs {
		fmt.Fprintln(a.out, l)
	}
	switch {
	case len(runs) == 0:
		fmt.Fprintln(a.out, "no unfinished run")
	case f.dry && len(runs) > 1 && !f.all:
		return fmt.Errorf("%d runs are unfinished; they are put back together by --all only", len(runs))
	case f.dry:
		fmt.Fprintln(a.out, "`chaosc recover` would put this back; nothing was done")
	}
	return nil
}

// recoverRuns puts back what runs have left, and says in the last line what
// came of it. It reports whether all is put back.
func (a *app) recoverRuns(signals *signals, runs []*leftover) bool {
	if len(runs) == 0 {
		a.log.AlwaysAt(time.Now(), report.Info, "Nothing to recover in this folder")
		return true
	}
	http.UserAgent = "chaosc/" + versionText()
	stdlog.SetOutput(io.Discard) // net/http tells there of what is no news to anybody
	told := context.AfterFunc(signals.ctx, func() {
		a.log.Log(report.Warning, "What is left is still put back; three signals leave at once")
	})
	defer told()
	restored, left, failed := 0, 0, 0
	for _, l := range runs {
		open, err := a.recoverRun(signals, l)
		restored += len(l.open) - open
		left += open
		if err != nil {
			a.log.Log(report.Error, err.Error())
			failed++
		}
	}
	text := fmt.Sprintf("%s put back", changes(restored))
	if left == 0 && failed == 0 {
		a.log.AlwaysAt(time.Now(), report.Info, "Recovered ("+text+")")
		return true
	}
	if left > 0 {
		text += fmt.Sprintf(", %s not put back", changes(left))
	}
	a.log.AlwaysAt(time.Now(), report.Critical, "Not recovered ("+text+"); `chaosc recover` tries again, `chaosc recover --forget RUN` gives a run up")
	a.exit = interp.NotRestored.ExitCode()
	return false
}

func changes(n int) string {
	if n == 1 {
		return "1 change"
	}
	return fmt.Sprintf("%d changes", n)
}

// recoverRun puts back what one run has left, and returns how many entries are
// still open. What cannot be noted is put back all the same, since it may be
// the full disk that is put back; a second recovery notes it then.
func (a *app) recoverRun(signals *signals, l *leftover) (open int, err error) {
	if l.err != nil {
		return len(l.open), fmt.Errorf("nothing of run %s is put back: %w", l.id, l.err)
	}
	a.log.Log(report.Info, fmt.Sprintf("Recovering run %s: %s", l.id, l.title()))
	a.warnOf(l)
	masker := value.NewMasker()
	events, err := journal.Reopen(l.folder, nil, masker)
	if err != nil {
		return len(l.open), err
	}
	signals.began(l.folder)
	for _, e := range l.open {
		signals.handle(journal.Event{Body: &journal.UndoIntent{Entry: e.ID}})
	}
	events.Listen(signals.handle)
	events.Listen(report.NewConsole(a.log).Handle)
	events.WriteSync(&journal.RecoveryStarted{Version: versionText(), Node: hostname(), Pid: os.Getpid(), Open: len(l.open)})
	store := stdlib.NewDiskStore(filepath.Join(l.folder, "saved"))
	r := &run{app: a, flags: &runFlags{noVerifyTLS: l.begun.AnyTLS}, signals: signals, seed: l.begun.Seed}
	env := r.environment(l.id, store, events)
	env.Handles = stdlib.NewHandles(l.id + "/" + newRunID(time.Now())) // none that the run itself has given away
	defer env.Close()
	events.Write(&journal.PhaseStarted{Phase: journal.Undo, None: len(l.open) == 0})
	u := &undo.Unwinder{Env: env, Registry: all.Registry(), Journal: events, Reveal: revealing(masker)}
	open = u.Unwind(context.Background(), l.open, func(*undo.Entry) {})
	events.Write(&journal.PhaseEnded{Phase: journal.Undo})
	events.WriteSync(&journal.RecoveryEnded{Open: open})
	if err = events.Close(); err == nil && open == 0 {
		err = store.Clear()
	}
	return open, err
}

// warnOf says what of a run is not as its journal expects it.
func (a *app) warnOf(l *leftover) {
	if !l.rollback {
		a.log.Log(report.Info, "Its rollback block, if it has one, was not played to its end; recover cannot play it")
	}
	if here, err := os.Getwd(); err == nil && l.begun.Folder != "" && here != l.begun.Folder {
		a.log.Log(report.Warning, fmt.Sprintf("It ran in %s; relative paths lead to %s now", l.begun.Folder, here))
	}
	if l.begun.Node != "" && l.begun.Node != hostname() {
		a.log.Log(report.Warning, fmt.Sprintf("It ran on %s; what is put back here is on %s", l.begun.Node, hostname()))
	}
}

// maxSecret is the largest file of a secret, in bytes.
const maxSecret = 16 << 20

// revealing returns what reads a secret again from where it came from, and
// hides it from then on.
func revealing(masker *value.Masker) func(context.Context, undo.Secret) (any, error) {
	return func(_ context.Context, s undo.Secret) (any, error) {
		var text string
		switch {
		case s.Env != "":
			var ok bool
			if text, ok = os.LookupEnv(s.Env); !ok {
				return nil, fmt.Errorf("%w, from which its secret came; set it and recover again", &eval.EnvError{Name: s.Env})
			}
		case s.File != "":
			f, err := load.Disk(s.File)
			if err != nil {
				return nil, &eval.FileError{Name: s.File, Err: err}
			}
			defer f.Close()
			data, err := io.ReadAll(io.LimitReader(f, maxSecret))
			if err != nil {
				return nil, &eval.FileError{Name: s.File, Err: err}
			}
			text = string(data)
		case s.Name != "":
			return nil, fmt.Errorf("the secret %s was given on the command line or computed; it was not written down", s.Name)
		default:
			return nil, errors.New("it is made of a secret, which was not written down")
		}
		masker.Add(text)
		return text, nil
	}
}

// forget marks a run as given up.
func (a *app) forget(runs []*leftover, id string) error {
	var ids []string
	for _, l := range runs {
		ids = append(ids, l.id)
		if l.id != id && filepath.Base(l.folder) != id {
			continue
		}
		if err := l.giveUp(); err != nil {
			return fmt.Errorf("cannot give run %s up: %w", id, err)
		}
		fmt.Fprintln(a.out, l)
		fmt.Fprintf(a.out, "given up; its files stay in %s\n", l.folder)
		return nil
	}
	if len(ids) == 0 {
		return fmt.Errorf("there is no unfinished run %q, nor any other", id)
	}
	return fmt.Errorf("there is no unfinished run %q; there is %s", id, strings.Join(ids, ", "))
}

// giveUp notes in the journal that the run is given up. A journal that nothing
// can be written to is put aside.
func (l *leftover) giveUp() error {
	if events, err := journal.Reopen(l.folder, nil, nil); err == nil {
		if errors.Join(events.WriteSync(&journal.GivenUp{Open: len(l.open)}), events.Close()) == nil {
			return nil
		}
	}
	path := filepath.Join(l.folder, journal.FileName)
	return os.Rename(path, path+".given-up")
}

// enter takes the lock of the working directory for a run, and makes sure that
// no earlier one is unfinished: with recoverFirst by recovering it. A nil lock
// without an error says that this did not succeed, and that it was told.
func (a *app) enter(signals *signals, recoverFirst bool) (*workspaceLock, error) {
	lock, err := lockWorkspace()
	if err != nil {
		return nil, err
	}
	runs, err := unfinishedRuns()
	switch {
	case err != nil || len(runs) == 0:
	case !recoverFirst:
		for _, l := range runs {
			a.log.Log(report.Warning, l.String())
		}
		err = errors.New("an earlier run in this folder is unfinished, so nothing was begun; `chaosc recover` puts back what it has left, " +
			"`chaosc run --recover` does so first")
	case a.recoverRuns(signals, runs):
	default:
		lock.release()
		return nil, nil
	}
	if err != nil {
		lock.release()
		return nil, err
	}
	return lock, nil
}
