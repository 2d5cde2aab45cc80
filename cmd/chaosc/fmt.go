package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
	"github.com/chaosc-lang/chaosc/lang/load"
)

func (a *app) fmtCommand() *cobra.Command {
	var write, showDiff, check bool
	cmd := &cobra.Command{
		Use:   "fmt [FILE|FOLDER…]",
		Short: "Format .chaos files",
		Long: `Write .chaos files in their canonical form. Without a flag the result goes to
standard output; without a file, or with -, standard input is formatted. A file
with syntax errors is left as it is, and its errors are shown (exit code 2).`,
		Example: "  chaosc fmt -w experiments/\n  chaosc fmt --check .\n  chaosc fmt < draft.chaos",
		Args: func(_ *cobra.Command, args []string) error {
			if write && (showDiff || check) {
				return errors.New("--write and --diff or --check exclude each other")
			}
			if write && slices.Contains(args, load.Stdin) {
				return errors.New("--write needs files; what comes from standard input goes to standard output")
			}
			return nil
		},
		ValidArgsFunction: completeChaos,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{load.Stdin}
			}
			files, err := chaosFiles(args)
			if err != nil {
				return err
			}
			var found diag.List
			var failed []error // of files that cannot be read or written; the others are formatted
			for _, file := range files {
				list, err := a.formatFile(file, write, showDiff, check)
				found = append(found, list...)
				if err != nil {
					failed = append(failed, err)
				}
			}
			a.show(found)
			if found.HasErrors() && len(failed) == 0 {
				return errReported
			}
			return errors.Join(failed...)
		},
	}
	cmd.Flags().BoolVarP(&write, "write", "w", false, "write the result to the file")
	cmd.Flags().BoolVarP(&showDiff, "diff", "d", false, "print what would change; exit code 1 when something would")
	cmd.Flags().BoolVar(&check, "check", false, "print the names of files that are not formatted; exit code 1 when there is one")
	return cmd
}

// formatFile formats one file as the flags say.
func (a *app) formatFile(path string, write, showDiff, check bool) (diag.List, error) {
	src, err := a.source(path)
	if err != nil {
		return nil, err
	}
	formatted, list := format.Source(src)
	if list.HasErrors() {
		return list, nil
	}
	original := []byte(src.Text)
	same := bytes.Equal(original, formatted)
	if (check || showDiff) && !same {
		a.exit = exitFailed
	}
	switch {
	case check || showDiff:
		if check && !same {
			fmt.Fprintln(a.out, src.Name)
		}
		if showDiff && !same {
			a.out.Write(diff.Diff(src.Name, original, src.Name+" (formatted)", formatted))
		}
	case write:
		if same {
			break
		}
		err = replaceFile(path, 0o644, func(w io.Writer) error {
			_, err := w.Write(formatted)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("cannot write %q: %w", path, unwrapPath(err))
		}
	default:
		a.out.Write(formatted)
	}
	return nil, nil
}

// source reads one file as it is.
func (a *app) source(path string) (*ast.Source, error) {
	in, err := a.open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %q: %w", path, unwrapPath(err))
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, load.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read %q: %w", path, unwrapPath(err))
	}
	if len(text) > load.MaxSize {
		return nil, fmt.Errorf("%q is larger than %d MiB", path, load.MaxSize>>20)
	}
	if path == load.Stdin {
		path = "<stdin>"
	}
	return ast.NewSource(path, string(text)), nil
}
