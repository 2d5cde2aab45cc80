// Command bench measures chaosc against its peers, side by side in one run,
// and prints a table of the ratios in Markdown:
//
//	cd bench && go run .                 all of them
//	cd bench && go run . -only parse     those whose name contains "parse"
//	cd bench && go run . -n 31           medians of 31 pairs instead of 15
//
// It is a module of its own, so that the peers stay out of chaosc's go.mod.
// A result is a ratio of times on one machine in one minute; see pair.go for
// how noise is kept out of it.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// item is one row of the table.
type item struct {
	name    string // for -only
	what    string
	against string
	floor   string // what chaosc promises
	aim     string // what it would like
	measure func(b *bench) (result, error)
}

// result is what an item gave.
type result struct {
	ratio     string // as the floor and the aim are written
	reference string // median of the reference's times, or what stands for it
	candidate string
}

// bench is what the items share.
type bench struct {
	pairs int
	dir   string // temporary, for files and binaries
	built map[string]string
}

func main() {
	only := flag.String("only", "", "measure only the items whose name contains `text`")
	pairs := flag.Int("n", 15, "number of pairs for each median")
	flag.Parse()
	if err := run(*only, *pairs); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(only string, pairs int) error {
	if pairs < 1 {
		return fmt.Errorf("-n %d: at least one pair is measured", pairs)
	}
	var chosen []item
	for _, it := range items() {
		if strings.Contains(it.name, only) {
			chosen = append(chosen, it)
		}
	}
	if len(chosen) == 0 {
		return fmt.Errorf("no item's name contains %q", only)
	}
	dir, err := os.MkdirTemp("", "chaosc-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{pairs: pairs, dir: dir, built: map[string]string{}}

	fmt.Printf("%s, %s/%s, %d CPUs, %s, medians of %d pairs\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().UTC().Format(time.DateOnly), pairs)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	row := func(cells ...string) { fmt.Fprintf(table, "| %s |\n", strings.Join(cells, "\t| ")) }
	row("name", "what", "against", "ratio", "floor", "aim", "reference", "chaosc")
	row("---", "---", "---", "---", "---", "---", "---", "---")
	var failed []string
	for _, it := range chosen {
		fmt.Fprintf(os.Stderr, "%s …\n", it.name)
		r, err := it.measure(b)
		if err != nil {
			failed = append(failed, fmt.Sprintf("%s: %v", it.name, err))
			continue
		}
		row(it.name, it.what, it.against, r.ratio, it.floor, it.aim, r.reference, r.candidate)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("could not be measured:\n  %s", strings.Join(failed, "\n  "))
	}
	return nil
}

func items() []item {
	var all []item
	for _, group := range [][]item{parseItems(), commandItems(), activityItems(), probeItems()} {
		all = append(all, group...)
	}
	return all
}
