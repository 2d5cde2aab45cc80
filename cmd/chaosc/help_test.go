package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commands are all commands, those below others too.
func commands(t *testing.T) []*cobra.Command {
	t.Helper()
	root := (&app{out: &checked{w: new(bytes.Buffer)}, err: new(bytes.Buffer)}).rootCommand(nil)
	var all []*cobra.Command
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		all = append(all, c)
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
	if len(all) < 10 {
		t.Fatalf("only %d commands", len(all))
	}
	return all
}

func TestHelpIsWhole(t *testing.T) {
	t.Parallel()
	for _, cmd := range commands(t) {
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		var out, errw bytes.Buffer
		if code := execute(args, strings.NewReader(""), &out, &errw); code != 0 || errw.Len() > 0 {
			t.Errorf("%v: exit code %d, %s", args, code, errw.String())
		}
		help := out.String()
		for i, line := range strings.Split(help, "\n") {
			if n := len([]rune(line)); n > helpWidth {
				t.Errorf("%v: line %d has %d columns: %s", args, i+1, n, line)
			}
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !strings.Contains(help, "--"+f.Name) {
				t.Errorf("%v does not name --%s", args, f.Name)
			}
			if f.Usage == "" {
				t.Errorf("%v says nothing of --%s", args, f.Name)
			}
		})
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() && !strings.Contains(help, "\n  "+sub.Name()+" ") {
				t.Errorf("%v does not name %s", args, sub.Name())
			}
		}
		if own := !strings.HasPrefix(cmd.CommandPath(), "chaosc completion") && cmd.Name() != "help"; own && cmd.Example == "" {
			t.Errorf("%v has no example", args)
		}
	}
}

// TestExamplesOfHelpWork runs every command line that help shows, in a folder
// where the files that they name are.
func TestExamplesOfHelpWork(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	experiment := `experiment "Does it hold?" {
    config {
        url = "http://127.0.0.1:1/"
    }
    method {
        log url
    }
}
`
	write := func(names ...string) {
		for _, name := range names {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(experiment), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	write("experiments.chaos", "draft.chaos", "experiments/one.chaos", "examples/exchange-file/experiment.chaos")
	old := []byte(`{"title": "old", "description": "of the Chaos Toolkit", "method": []}`) // YAML too
	for _, name := range []string{"experiment.json", "shop.yaml"} {
		if err := os.WriteFile(name, old, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, cmd := range commands(t) {
		for _, line := range strings.Split(cmd.Example, "\n") {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "   ") // what it does stands behind
			if line == "" || strings.HasPrefix(cmd.CommandPath(), "chaosc completion") {
				continue
			}
			write("experiment.chaos")
			if line == "chaosc init" {
				os.Remove("experiment.chaos")
			}
			line, stdin, _ := strings.Cut(line, " < ")
			in, _ := os.ReadFile(stdin)
			args := splitLine(line)
			var out, errw bytes.Buffer
			if code := execute(args[1:], bytes.NewReader(in), &out, &errw); code != 0 {
				t.Errorf("%s: exit code %d\n%s", line, code, errw.String())
			}
			if err := os.Chdir(folder); err != nil { // -C is for the whole process
				t.Fatal(err)
			}
		}
	}
}

// splitLine splits a command line at white space outside of quotes.
func splitLine(line string) []string {
	var list []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}
