package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/stdlib/all"
	"github.com/chaosc-lang/chaosc/stdlib/reference"
)

func (a *app) docCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doc [NAMESPACE|FUNCTION]",
		Short: "Show the documentation of the standard library",
		Long: `Show the documentation of a function (fs.rename), list those of a namespace
(fs), or, without an argument, all of them.`,
		Example:           "  chaosc doc\n  chaosc doc http\n  chaosc doc http.get",
		Args:              atMostOne,
		ValidArgsFunction: oneName(docNames),
		RunE: func(_ *cobra.Command, args []string) error {
			reg := all.Registry()
			if len(args) == 0 {
				reference.Index(a.out, reg.Namespaces())
				return nil
			}
			if ns := reg.Namespace(args[0]); ns != nil {
				reference.Overview(a.out, ns)
				return nil
			}
			if f, ok := reg.Lookup(args[0]); ok {
				reference.Function(a.out, f)
				return nil
			}
			if near, ok := diag.Nearest(args[0], docNames()); ok {
				return fmt.Errorf("there is no %q in the standard library; did you mean %s?", args[0], near)
			}
			return fmt.Errorf("there is no %q in the standard library; `chaosc doc` lists what there is", args[0])
		},
	}
}

// docNames are the namespaces and functions.
func docNames() []string {
	var names []string
	for _, ns := range all.Registry().Namespaces() {
		names = append(names, ns.Name)
		for _, f := range ns.Functions() {
			names = append(names, f.Name())
		}
	}
	return names
}
