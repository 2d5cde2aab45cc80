// Package examples_test runs every example as a user would: from its own
// folder, with the chaosc of this tree.
package examples_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var chaosc string // the built command

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "chaosc-examples-")
	if err != nil {
		panic(err)
	}
	chaosc = filepath.Join(dir, "chaosc")
	out, err := exec.Command("go", "build", "-o", chaosc, "../cmd/chaosc").CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "cannot build chaosc: %v\n%s", err, out)
		os.RemoveAll(dir)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// runs are the ways in which each example is run, and how it must end.
var runs = []struct {
	name    string
	folder  string
	ports   []string // environment variables that get a free port
	env     []string
	verdict string
	exit    int
}{
	{"exchange-file/weak", "exchange-file", []string{"PORT"}, nil, "deviated", 1},
	{"exchange-file/resilient", "exchange-file", []string{"PORT"}, []string{"SERVICE_MODE=resilient"}, "held", 0},
	{"dependency-outage", "dependency-outage", []string{"SHOP_PORT", "STOCK_PORT"}, nil, "held", 0},
	{"disk-full", "disk-full", []string{"PORT"}, nil, "held", 0},
	{"noisy-neighbour", "noisy-neighbour", []string{"PORT"}, nil, "held", 0},
}

func TestExamples(t *testing.T) {
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) {
			folder := copyExample(t, r.folder)
			before := listing(t, folder)
			env := append(os.Environ(), r.env...)
			for _, name := range r.ports {
				env = append(env, fmt.Sprintf("%s=%d", name, freePort(t)))
			}
			chaos := func(wantExit int, args ...string) string {
				t.Helper()
				cmd := exec.Command(chaosc, args...)
				cmd.Dir, cmd.Env = folder, env
				var out bytes.Buffer
				cmd.Stdout, cmd.Stderr = &out, &out
				cmd.Run()
				if got := cmd.ProcessState.ExitCode(); got != wantExit {
					t.Fatalf("chaosc %s: exit code %d, want %d\n%s", strings.Join(args, " "), got, wantExit, out.String())
				}
				return out.String()
			}
			chaos(0, "fmt", "--check", "experiment.chaos")
			if out := chaos(0, "validate", "experiment.chaos"); strings.Contains(out, "warning") {
				t.Errorf("validate warns:\n%s", out)
			}
			chaos(0, "plan", "experiment.chaos")
			journal := filepath.Join(t.TempDir(), "journal.json")
			out := chaos(r.exit, "run", "--journal-path", journal, "experiment.chaos")
			lines := strings.Split(strings.TrimSpace(out), "\n")
			if last := lines[len(lines)-1]; !strings.Contains(last, "Verdict: "+r.verdict) {
				t.Errorf("last line is %q, want the verdict %s\n%s", last, r.verdict, out)
			}
			checkJournal(t, journal, r.verdict)
			if after := listing(t, folder); after != before {
				t.Errorf("the run left something behind\nbefore:\n%s\nafter:\n%s", before, after)
			}
		})
	}
}

// checkJournal looks whether the journal can be read and says the same.
func checkJournal(t *testing.T, path, verdict string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var j struct {
		Status, Verdict string
		Run             []struct{ Status string }
		Undo            []struct{ Status string }
	}
	if err := json.Unmarshal(data, &j); err != nil {
		t.Fatalf("journal.json: %v\n%s", err, data)
	}
	if j.Verdict != verdict || j.Status != "completed" || len(j.Run) == 0 {
		t.Errorf("journal.json says verdict %q, status %q, %d activities", j.Verdict, j.Status, len(j.Run))
	}
	for _, u := range j.Undo {
		if u.Status != "restored" {
			t.Errorf("an undo is %s\n%s", u.Status, data)
		}
	}
}

// copyExample copies an example and the library into a fresh folder inside of
// this module (its service is built by the experiment), and returns it.
func copyExample(t *testing.T, name string) string {
	t.Helper()
	base, err := os.MkdirTemp(".", "test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	for _, dir := range []string{name, "lib"} {
		if err := os.CopyFS(filepath.Join(base, dir), os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(base, name)
	for _, left := range []string{"exchange.dat", "journal.json", ".chaosc"} { // of runs by hand
		os.RemoveAll(filepath.Join(folder, left))
	}
	return folder
}

// listing names every file of a folder with its size, but for what a run keeps
// of itself and what the service writes while it lives.
func listing(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		switch filepath.Base(path) {
		case ".chaosc":
			return filepath.SkipDir
		case "exchange.dat":
			return nil
		}
		if info.IsDir() {
			fmt.Fprintf(&b, "%s/\n", path)
		} else {
			fmt.Fprintf(&b, "%s %d %s\n", path, info.Size(), info.Mode())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// freePort asks the system for a port on which nobody listens.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
