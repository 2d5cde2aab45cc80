package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/ctk"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
	"github.com/chaosc-lang/chaosc/lang/load"
)

// convertFlags are the flags of convert.
type convertFlags struct {
	output   string
	withUndo bool
	strict   bool
}

func (a *app) convertCommand() *cobra.Command {
	var f convertFlags
	cmd := &cobra.Command{
		Use:   "convert FILE…",
		Short: "Write Chaos Toolkit experiments as .chaos files",
		Long: `Write experiments of the Chaos Toolkit, in JSON or YAML, as .chaos files with the
same calls in the same order. What is questionable in them is told with its place:
unknown keys, variables that nothing defines, variables in shell text. - is the
standard input.

What calls Python is converted too, but this version of chaosc does not run it.`,
		Example: `  chaosc convert experiment.json
  chaosc convert -o experiments/ experiment.json shop.yaml
  chaosc convert --with-undo -o shop.chaos shop.yaml`,
		Args: cobra.MinimumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"json", "yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.convert(args, &f) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.output, "output", "o", "", "write to this file, or into this folder, instead of standard output; nothing is replaced")
	flags.BoolVar(&f.withUndo, "with-undo", false, "let actions be undone that the standard library can undo and nothing else puts back")
	flags.BoolVar(&f.strict, "strict", false, "take warnings for errors")
	return cmd
}

func (a *app) convert(args []string, f *convertFlags) error {
	folder := false
	if info, err := os.Stat(f.output); err == nil && info.IsDir() {
		folder = true
	}
	if len(args) > 1 && !folder {
		return errors.New("to convert several files, name a folder that is there with -o")
	}
	var found diag.List
	for _, path := range args {
		text, list, err := a.converted(path, f)
		if err != nil {
			return err
		}
		found = append(found, list...)
		if list.HasErrors() {
			continue
		}
		if err := a.putConverted(path, text, f.output, folder); err != nil {
			return err
		}
	}
	a.show(found)
	if found.HasErrors() {
		return errReported
	}
	return nil
}

// converted returns the text of a file as .chaos.
func (a *app) converted(path string, f *convertFlags) ([]byte, diag.List, error) {
	src, err := a.source(path)
	if err != nil {
		return nil, nil, err
	}
	kind, known := ctk.KindOf(path)
	switch {
	case known:
	case path == load.Stdin:
		if !strings.HasPrefix(strings.TrimSpace(src.Text), "{") {
			kind = ctk.YAML
		}
	default:
		return nil, nil, fmt.Errorf("%q is neither .json nor .yaml nor .yml", path)
	}
	tree, list := ctk.Import(src, kind, ctk.Options{Strict: f.strict, WithUndo: f.withUndo})
	if tree == nil || list.HasErrors() {
		return nil, list, nil
	}
	text := format.Format(tree)
	// What was written is read again, so that a mistake of the import is never
	// somebody else's surprise.
	if _, problems := format.Source(ast.NewSource(path+" as .chaos", string(text))); problems.HasErrors() {
		return nil, append(list, problems...), nil
	}
	return text, list, nil
}

// putConverted writes one result where it belongs.
func (a *app) putConverted(path string, text []byte, output string, folder bool) error {
	if output == "" {
		_, err := a.out.Write(text)
		return err
	}
	if folder {
		name := filepath.Base(path)
		if path == load.Stdin {
			name = "experiment"
		}
		output = filepath.Join(output, strings.TrimSuffix(name, filepath.Ext(name))+".chaos")
	}
	f, err := os.OpenFile(output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%q is there already", output)
	}
	if err != nil {
		return fmt.Errorf("cannot write %q: %w", output, unwrapPath(err))
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("cannot write %q: %w", output, unwrapPath(err))
	}
	return nil
}
