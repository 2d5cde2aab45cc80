package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/chaosc-lang/chaosc/report"
)

// Exit codes. Those of a run are its verdict's (interp.Verdict).
const (
	exitFailed  = 1 // fmt --check and the like: a finding, not a mistake
	exitInvalid = 2 // the source or the command line is wrong; nothing was touched
)

// app is what all commands share: the streams and the global flags.
type app struct {
	in  io.Reader
	out *checked // standard output
	err io.Writer

	dir       string
	quiet     bool
	verbose   bool
	logFormat string
	logFile   string

	log   *report.Logger
	lines *redirect // where the log goes on standard error
	file  *checked  // --log-file; nil for none
	exit  int       // set by a command that did its work but ends with another code
}

// errReported ends a command with exitInvalid when everything was said.
var errReported = errors.New("reported")

// execute runs the command line and returns the exit code.
func execute(args []string, in io.Reader, out, errw io.Writer) int {
	a := &app{in: in, out: &checked{w: out}, err: errw}
	root := a.rootCommand(args)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(a.out)
	root.SetErr(errw)
	if err := root.Execute(); err != nil {
		a.exit = exitInvalid
		if !errors.Is(err, errReported) {
			a.complain(explainUsage(err, root, args), args)
		}
	}
	if a.out.err != nil {
		a.complain(fmt.Sprintf("cannot write the output: %v", unwrapPath(a.out.err)), args)
		a.exit = max(a.exit, exitFailed)
	}
	if a.file != nil {
		if err := a.file.close(); err != nil {
			a.complain(fmt.Sprintf("cannot write the log file %q: %v", a.logFile, unwrapPath(err)), args)
			a.exit = max(a.exit, exitFailed)
		}
	}
	return a.exit
}

// complain prints why the command ends. The command line may be what is wrong,
// so that the flags are not known: the words themselves say whether lines are
// JSON.
func (a *app) complain(text string, args []string) {
	i := slices.Index(args, "--log-format")
	if a.logFormat == "json" || slices.Contains(args, "--log-format=json") || i >= 0 && i+1 < len(args) && args[i+1] == "json" {
		report.NewLogger(nil, report.Sink{W: a.err, JSON: true}).Log(report.Error, text)
		return
	}
	fmt.Fprintf(a.err, "chaosc: %s\n", report.Printable(text))
}

func (a *app) rootCommand(args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "chaosc",
		Short: "Check, plan and run chaos engineering experiments",
		Long: `chaosc runs chaos engineering experiments written in the .chaos language: it
checks that a system is in its steady state, breaks something on purpose, looks
whether the steady state holds, and puts back what it changed.

Exit codes: 0 held, 1 deviated or failed, 2 invalid source or command line
(nothing was touched), 3 interrupted, 4 something could not be put back.`,
		Example: `  chaosc init                        write a first experiment
  chaosc validate experiment.chaos   check it without touching anything
  chaosc plan experiment.chaos       see what it would touch
  chaosc run experiment.chaos        run it`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return a.prepare()
		},
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&a.dir, "change-dir", "C", "", "change to `FOLDER` first; all paths are relative to it")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print warnings, errors and the verdict only")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "print details too")
	flags.StringVar(&a.logFormat, "log-format", "string", "`FORM` of what goes to standard error: string, or json for an object a line")
	flags.StringVar(&a.logFile, "log-file", "", "also append all log lines to `FILE`")
	words(root, "log-format", "string", "json")
	root.MarkPersistentFlagDirname("change-dir")
	setHelp(root)
	commands := []struct {
		name string
		make func() *cobra.Command
	}{
		{"run", a.runCommand},
		{"recover", a.recoverCommand},
		{"validate", a.validateCommand},
		{"plan", a.planCommand},
		{"fmt", a.fmtCommand},
		{"convert", a.convertCommand},
		{"doc", a.docCommand},
		{"explain", a.explainCommand},
		{"init", a.initCommand},
		{"version", a.versionCommand},
	}
	for _, c := range commands {
		if len(args) > 0 && args[0] == c.name { // the others are not looked at
			root.CompletionOptions.DisableDefaultCmd = true
			root.AddCommand(c.make())
			return root
		}
	}
	for _, c := range commands {
		root.AddCommand(c.make())
	}
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" { // cobra's own takes any word for a question
			c.Args, c.RunE = cobra.NoArgs, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}

// words says what a flag takes, for completion.
func words(cmd *cobra.Command, flag string, list ...string) {
	cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp))
}

// prepare applies the global flags.
func (a *app) prepare() error {
	if err := oneOf("log-format", a.logFormat, []string{"string", "json"}); err != nil {
		return err
	}
	if a.quiet && a.verbose {
		return errors.New("--quiet and --verbose exclude each other")
	}
	if a.dir != "" {
		if err := os.Chdir(a.dir); err != nil {
			return fmt.Errorf("cannot change to folder %q: %w", a.dir, unwrapPath(err))
		}
	}
	return a.openLog()
}

// openLog makes the logger that the global flags ask for.
func (a *app) openLog() error {
	least := report.Info
	switch {
	case a.quiet:
		least = report.Warning
	case a.verbose:
		least = report.Debug
	}
	a.lines = &redirect{a.err}
	asJSON := a.logFormat == "json"
	sinks := []report.Sink{{W: a.lines, JSON: asJSON, Color: report.WantsColor(isTerminal(a.err)), Least: least, Rendered: !asJSON}}
	if a.logFile != "" {
		f, err := os.OpenFile(a.logFile, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return fmt.Errorf("cannot write the log file %q: %w", a.logFile, unwrapPath(err))
		}
		a.file = &checked{w: f}
		sinks = append(sinks, report.Sink{W: a.file, JSON: asJSON, Least: report.Debug})
	}
	a.log = report.NewLogger(nil, sinks...)
	return nil
}

// redirect is a writer whose target can be changed.
type redirect struct{ io.Writer }

// isTerminal reports whether a stream is one.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
