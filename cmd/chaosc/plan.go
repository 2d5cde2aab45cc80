package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/lang/bounds"
	"github.com/chaosc-lang/chaosc/lang/plan"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/report"
)

func (a *app) planCommand() *cobra.Command {
	var f inputFlags
	var format string
	cmd := &cobra.Command{
		Use:   "plan FILE",
		Short: "Show what an experiment would do and touch, and how long it can take",
		Long: `Show what a run would do, in order: each probe and action, the files, hosts,
programs and processes that it touches, how it is put back, and the longest time
that the run can take. Nothing is touched: probes that config asks for are not
made either, environment variables need not be set, and what only the run can
tell is said to be so.`,
		Example:           "  chaosc plan experiment.chaos\n  chaosc plan --format json experiment.chaos",
		Args:              exactlyOneFile,
		ValidArgsFunction: completeChaos,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("format", format, []string{"text", "json"}); err != nil {
				return err
			}
			return a.plan(args[0], format, &f)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "`FORM` of the plan: text or json")
	words(cmd, "format", "text", "json")
	return cmd
}

func (a *app) plan(path, format string, f *inputFlags) error {
	prog, list := a.checked(path)
	a.show(list)
	if list.HasErrors() {
		return errReported
	}
	experiments, err := f.pick(prog, path)
	if err != nil {
		return err
	}
	inputs, err := f.inputs()
	if err != nil {
		return err
	}
	inputs.NoProbes = true
	ready, err := a.prepareAll(context.Background(), prog, experiments, inputs)
	if err != nil {
		return err
	}
	var plans []report.Plan
	for _, p := range ready {
		plans = append(plans, foresee(p))
	}
	if format == "json" {
		return report.PlansJSON(a.out, plans)
	}
	for i, p := range plans {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		report.PlanText(a.out, p)
	}
	return nil
}

// foresee returns the plan of a prepared experiment.
func foresee(p *interp.Prepared) report.Plan {
	values := func(x program.Expr) (any, bool) { return p.Value(context.Background(), x) }
	times := bounds.Of(p.Experiment, values)
	longest := report.PlanTimes{Run: times.Run, Rollback: times.Rollback, Undo: times.Undo}
	for _, u := range times.Unknown {
		longest.Unknown = append(longest.Unknown, u.String())
	}
	return report.Plan{Plan: plan.Of(p.Experiment, values, p.Masker.Mask), Longest: longest}
}
