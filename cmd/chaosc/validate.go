package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/eval"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/report"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// checked reads a file with its imports and checks it.
func (a *app) checked(path string) (*program.Program, diag.List) {
	unit, list := load.Path(path, a.open)
	if len(unit.Files) == 0 {
		return nil, list
	}
	prog, more := check.Check(unit, all.Registry())
	list = append(list, more...).Sort()
	if list.HasErrors() {
		return nil, list
	}
	return prog, list
}

// open reads "-" from the command's standard input.
func (a *app) open(path string) (io.ReadCloser, error) {
	if path == load.Stdin {
		return io.NopCloser(a.in), nil
	}
	return load.Disk(path)
}

func (a *app) validateCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "validate FILE|FOLDER…",
		Short: "Check experiments without touching anything",
		Long: `Check experiments: names, types, units, arguments, what is changed and how it is
put back. Nothing is touched, no environment variable is needed. A folder stands
for the .chaos files in it and below; - is the standard input.

All mistakes of all files are shown. The exit code is 2 when there is an error;
warnings alone give 0. With --verbose, the longest time that each experiment can
take is told, as far as it does not depend on where it runs.`,
		Example: "  chaosc validate experiment.chaos\n  chaosc validate --format json experiments/\n  chaosc validate - < draft.chaos",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("validate needs a file or a folder; `chaosc init` writes a first file")
			}
			return nil
		},
		ValidArgsFunction: completeChaos,
		RunE: func(_ *cobra.Command, args []string) error {
			write, err := diagnosticsWriter(format)
			if err != nil {
				return err
			}
			files, err := chaosFiles(args)
			if err != nil {
				return err
			}
			a.log.Log(report.Info, "Validating the experiment's syntax")
			var found diag.List
			for _, file := range files {
				prog, list := a.checked(file)
				found = append(found, list...)
				a.tellTimes(prog)
			}
			if write != nil {
				if err := write(a.out, found); err != nil {
					return fmt.Errorf("cannot write the diagnostics: %w", err)
				}
			} else {
				a.show(found)
			}
			if found.HasErrors() {
				return errReported
			}
			a.log.Log(report.Info, "experiment syntax and semantic look valid")
			return nil
		},
	}
	formatFlag(cmd, &format)
	return cmd
}

// formatFlag adds --format for diagnostics.
func formatFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", "text", "`FORM` of diagnostics: text (on standard error), json or sarif (on standard output)")
	words(cmd, "format", "text", "json", "sarif")
}

// tellTimes logs the longest times of the experiments of a program, for
// --verbose; nil has none.
func (a *app) tellTimes(prog *program.Program) {
	if !a.verbose || prog == nil {
		return
	}
	for _, e := range prog.Experiments {
		t := bounds.Of(e, eval.Fold)
		line := fmt.Sprintf("%q takes at most %s until the rollback", e.Title, report.Longest(t.Run))
		if after := t.Rollback + t.Undo; after > 0 {
			line += fmt.Sprintf(", then %s to put back", report.Longest(after))
		}
		if len(t.Unknown) > 0 {
			var unknown []string
			for _, u := range t.Unknown {
				unknown = append(unknown, u.String())
			}
			line += "\nnot counted: " + strings.Join(unknown, ", ")
		}
		a.log.Log(report.Debug, line)
	}
}

// diagnosticsWriter returns the writer of a form for machines; nil for text.
func diagnosticsWriter(format string) (func(io.Writer, diag.List) error, error) {
	switch format {
	case "text", "":
		return nil, nil
	case "json":
		return diag.JSON, nil
	case "sarif":
		return diag.SARIF, nil
	}
	return nil, oneOf("format", format, []string{"text", "json", "sarif"})
}
