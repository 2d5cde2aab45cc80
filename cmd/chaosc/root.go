package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/report"
)

// Exit codes. Those of a run are its verdict's (interp.Verdict).
const (
	exitOK      = 0
	exitFailed  = 1 // fmt --check and the like: a finding, not a mistake
	exitInvalid = 2 // the source or the command line is wrong; nothing was touched
)

// app is what all commands share: the streams and the global flags.
type app struct {
	in       io.Reader
	out, err io.Writer

	dir       string
	quiet     bool
	verbose   bool
	logFormat string
	logFile   string
	exit      int // set by a command that did its work but ends with another code
}

// errReported ends a command with exitInvalid when everything was said.
var errReported = errors.New("reported")

// execute runs the command line and returns the exit code.
func execute(args []string, in io.Reader, out, errw io.Writer) int {
	a := &app{in: in, out: out, err: errw}
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errw)
	if err := root.Execute(); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintf(errw, "chaosc: %s\n", explainUsage(err, root, args))
		}
		return exitInvalid
	}
	return a.exit
}

func (a *app) rootCommand() *cobra.Command {
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
	flags.StringVarP(&a.dir, "change-dir", "C", "", "change to this folder first; all paths are relative to it")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print warnings, errors and the verdict only")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "print details too")
	flags.StringVar(&a.logFormat, "log-format", "string", "form of log lines: string or json")
	flags.StringVar(&a.logFile, "log-file", "", "also append all log lines to this file")
	root.AddCommand(a.runCommand(), a.validateCommand(), a.planCommand(), a.fmtCommand(), a.docCommand(),
		a.explainCommand(), a.initCommand(), a.versionCommand())
	return root
}

// prepare applies the global flags.
func (a *app) prepare() error {
	if a.logFormat != "string" && a.logFormat != "json" {
		return fmt.Errorf("--log-format is string or json, not %q", a.logFormat)
	}
	if a.quiet && a.verbose {
		return errors.New("--quiet and --verbose exclude each other")
	}
	if a.dir != "" {
		if err := os.Chdir(a.dir); err != nil {
			return fmt.Errorf("cannot change to folder %q: %w", a.dir, unwrapPath(err))
		}
	}
	return nil
}

// unwrapPath cuts the operation and the path off an error of package os.
func unwrapPath(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// isTerminal reports whether a stream is one.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// logger returns the logger that the global flags ask for, where it writes on
// a terminal through screen (nil: directly to standard error), and a function
// that closes it.
func (a *app) logger(screen io.Writer) (*report.Logger, func(), error) {
	least := report.Info
	switch {
	case a.quiet:
		least = report.Warning
	case a.verbose:
		least = report.Debug
	}
	if screen == nil {
		screen = a.err
	}
	asJSON := a.logFormat == "json"
	sinks := []report.Sink{{W: screen, JSON: asJSON, Color: report.WantsColor(isTerminal(a.err)), Least: least}}
	closing := func() {}
	if a.logFile != "" {
		f, err := os.OpenFile(a.logFile, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return nil, nil, fmt.Errorf("cannot write the log file %q: %w", a.logFile, unwrapPath(err))
		}
		sinks = append(sinks, report.Sink{W: f, JSON: asJSON, Least: report.Debug})
		closing = func() { f.Close() }
	}
	return report.NewLogger(nil, sinks...), closing, nil
}

// show prints diagnostics for people, with a line that counts them.
func (a *app) show(list diag.List) {
	if len(list) == 0 {
		return
	}
	diag.Render(a.err, list, diag.Options{Color: report.WantsColor(isTerminal(a.err)), Width: a.width()})
	fmt.Fprintf(a.err, "\n%s\n", diag.Summary(list))
}

// width is the number of columns of the terminal, or 0.
func (a *app) width() int {
	if f, ok := a.err.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			return w
		}
	}
	return 0
}

// explainUsage makes an error of the command line end with what to write: the
// nearest command or flag, else where help is.
func explainUsage(err error, root *cobra.Command, args []string) string {
	msg := err.Error()
	cmd, _, findErr := root.Find(args)
	if findErr != nil || cmd == nil {
		cmd = root
	}
	if rest, ok := strings.CutPrefix(msg, "unknown command "); ok {
		word := strings.Trim(strings.SplitN(rest, " for ", 2)[0], `"`)
		var names []string
		for _, c := range root.Commands() {
			names = append(names, c.Name())
		}
		if near, ok := diag.Nearest(word, names); ok {
			return fmt.Sprintf("unknown command %q; did you mean `chaosc %s`?", word, near)
		}
		return fmt.Sprintf("unknown command %q; `chaosc --help` lists the commands", word)
	}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		flag := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			flag = "-" + unknown.GetSpecifiedName()
		}
		var names []string
		collect := func(f *pflag.Flag) { names = append(names, f.Name) }
		cmd.Flags().VisitAll(collect)
		cmd.InheritedFlags().VisitAll(collect)
		if near, ok := diag.Nearest(unknown.GetSpecifiedName(), names); ok && len(unknown.GetSpecifiedName()) > 1 {
			return fmt.Sprintf("unknown flag %s; did you mean --%s?", flag, near)
		}
		return fmt.Sprintf("unknown flag %s; `%s --help` lists the flags", flag, cmd.CommandPath())
	}
	return msg
}
