package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
)

// starter is the file that init writes.
//
//go:embed starter.chaos
var starter []byte

func (a *app) initCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a first experiment, with comments, that runs",
		Long: `Write a first experiment to FILE (experiment.chaos unless said otherwise): a
small one that runs as it is and says in comments what each part is for. A file
that is there is not touched without --force; - writes to standard output.`,
		Example:           "  chaosc init\n  chaosc run experiment.chaos",
		Args:              atMostOne,
		ValidArgsFunction: completeChaos,
		RunE: func(_ *cobra.Command, args []string) error {
			path := "experiment.chaos"
			if len(args) > 0 {
				path = args[0]
			}
			if path == "-" {
				_, err := a.out.Write(starter)
				return err
			}
			flag := os.O_WRONLY | os.O_CREATE | os.O_EXCL
			if force {
				flag = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
			}
			f, err := os.OpenFile(path, flag, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%q is there already; --force replaces it", path)
			}
			if err != nil {
				return fmt.Errorf("cannot write %q: %w", path, unwrapPath(err))
			}
			_, err = f.Write(starter)
			if err = errors.Join(err, f.Close()); err != nil {
				return fmt.Errorf("cannot write %q: %w", path, unwrapPath(err))
			}
			fmt.Fprintf(a.out, "wrote %s\n\n  chaosc plan %s   what it would do\n  chaosc run %s    do it\n", path, path, path)
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	return cmd
}
