package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Tell more about a diagnostic, as E0203",
		Long: `Tell what a diagnostic means, why it is one, and how to put it right. Without a
code, list them all.`,
		Example:           "  chaosc explain E0203",
		Args:              atMostOne,
		ValidArgsFunction: oneName(codeNames),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, c := range diag.Codes() {
					fmt.Fprintf(a.out, "%s  %s\n", c.Code, c.Title)
				}
				return nil
			}
			c, ok := diag.Explain(args[0])
			if !ok {
				if near, found := diag.Nearest(args[0], codeNames()); found {
					return fmt.Errorf("unknown code %q; did you mean %s?", args[0], near)
				}
				return fmt.Errorf("unknown code %q; `chaosc explain` lists the codes", args[0])
			}
			return diag.WriteExplain(a.out, c)
		},
	}
}

func codeNames() []string {
	var names []string
	for _, c := range diag.Codes() {
		names = append(names, c.Code)
	}
	return names
}
