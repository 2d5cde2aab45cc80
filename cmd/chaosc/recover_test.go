package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// started is a chaosc in a process of its own.
type started struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

// chaoscIn is the chaosc that testscript.Main has put into PATH.
func chaoscIn(dir string, args []string) *exec.Cmd {
	cmd := exec.Command("chaosc", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0") // the race detector waits a second at each end
	return cmd
}

func start(t *testing.T, dir string, args ...string) *started {
	t.Helper()
	cmd := chaoscIn(dir, args)
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	t.Cleanup(func() { stuck.Stop() })
	return &started{t, cmd, bufio.NewScanner(errs)}
}

// until reads up to a line that matches.
func (s *started) until(pattern string) {
	s.t.Helper()
	for s.lines.Scan() {
		if regexp.MustCompile(pattern).MatchString(s.lines.Text()) {
			return
		}
	}
	s.t.Fatalf("there was no line %q", pattern)
}

// kill ends it at once, and reports whether it was still there.
func (s *started) kill() bool {
	s.cmd.Process.Kill()
	for s.lines.Scan() {
	}
	return s.cmd.Wait() != nil
}

// chaosc runs one to its end and returns what it says and its exit code.
func chaosc(t *testing.T, dir string, args ...string) (said string, code int) {
	t.Helper()
	cmd := chaoscIn(dir, args)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

// ofJournal are journal.json, half of one, and the empty file that tries
// whether one can be written.
var ofJournal = regexp.MustCompile(`^(journal\.json|\.journal\.json\d+|\.chaosc-\d+)$`)

// world is all that stands in a folder, but for what chaosc keeps there.
func world(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".chaosc":
			return fs.SkipDir
		case d.IsDir() || ofJournal.MatchString(d.Name()):
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&b, "%s %v %q\n", d.Name(), info.Mode(), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const changing = `experiment "changing" {
    setup {
        action fs.touch("new") undo
    }
    method {
        action cut = fs.truncate("data", size: 3B) undo
        action fs.rename("data", to: "moved") undo
        log "in between"
        action fs.remove("gone") undo
    }
}
`

// TestKilledAtAnyLine kills a run at each line that it prints, and every third
// time the recovery too: the world is as it was after a recovery.
func TestKilledAtAnyLine(t *testing.T) {
	t.Parallel()
	killed := 0
	for n := range 20 {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "a.chaos"), changing)
		put(t, filepath.Join(dir, "data"), "0123456789")
		put(t, filepath.Join(dir, "gone"), "here")
		before := world(t, dir)
		run := start(t, dir, "run", "a.chaos")
		for i := 0; i <= n && run.lines.Scan(); i++ {
		}
		if run.kill() {
			killed++
		}
		if n%3 == 0 {
			again := start(t, dir, "recover")
			for i := 0; i <= n/3 && again.lines.Scan(); i++ {
			}
			again.kill()
		}
		said, code := chaosc(t, dir, "recover")
		if now := world(t, dir); code != 0 || now != before {
			t.Fatalf("killed at line %d: exit code %d\n%s\nthe world is\n%s\nand was\n%s", n, code, said, now, before)
		}
		if said, code := chaosc(t, dir, "recover", "--list"); code != 0 || said != "no unfinished run\n" {
			t.Fatalf("killed at line %d: %d %s", n, code, said)
		}
	}
	if killed < 5 {
		t.Errorf("only %d runs were killed before their end", killed)
	}
}

// TestOneRunAtATime looks at who is told what while a run goes on, and that a
// lock is free when its owner was killed.
func TestOneRunAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "long.chaos"), "experiment \"long\" {\n    method {\n        action fs.touch(\"new\") undo\n        pause 1000s\n    }\n}\n")
	put(t, filepath.Join(dir, "short.chaos"), "experiment \"short\" {\n    method {\n        action fs.touch(\"other\") keep\n    }\n}\n")
	first := start(t, dir, "run", "long.chaos")
	first.until("Pausing for 1000s")

	owner := fmt.Sprintf("another chaosc (process %d on %s, since ", first.cmd.Process.Pid, hostname())
	for _, args := range [][]string{{"run", "short.chaos"}, {"run", "--recover", "short.chaos"}, {"recover"}, {"recover", "--forget", "x"}} {
		said, code := chaosc(t, dir, args...)
		if code != exitInvalid || !strings.Contains(said, owner) {
			t.Errorf("%v: exit code %d, %s", args, code, said)
		}
	}
	said, code := chaosc(t, dir, "recover", "--list")
	if code != 0 || !strings.Contains(said, owner) || !strings.HasSuffix(said, "no unfinished run\n") {
		t.Errorf("--list: exit code %d, %s", code, said)
	}

	first.kill()
	said, code = chaosc(t, dir, "run", "short.chaos")
	if code != exitInvalid || !strings.Contains(said, "`chaosc recover`") || strings.Contains(said, "another chaosc") {
		t.Errorf("after a kill: exit code %d, %s", code, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "other")); err == nil {
		t.Error("a run that was refused has touched something")
	}
	if said, code = chaosc(t, dir, "run", "--recover", "short.chaos"); code != 0 {
		t.Errorf("exit code %d, %s", code, said)
	}
	if w := world(t, dir); strings.Contains(w, "new ") || !strings.Contains(w, "other ") {
		t.Errorf("the world is %s", w)
	}
}

// TestTornJournal cuts the journal of a run at every byte: what it still holds
// open is found; and around each end of a record it is put back.
func TestTornJournal(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	put(t, "a.chaos", "experiment \"torn\" {\n    method {\n        action make = fs.touch(\"new\") undo\n    }\n}\n")
	recovering := func(args ...string) (string, int) {
		var out, errw bytes.Buffer
		code := execute(args, strings.NewReader(""), &out, &errw)
		return errw.String(), code
	}
	if said, code := recovering("run", "a.chaos"); code != 0 {
		t.Fatalf("exit code %d, %s", code, said)
	}
	found, err := filepath.Glob(".chaosc/runs/*/" + journal.FileName)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	path := found[0]
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	intent, undone, end := 0, 0, len(data) // the ends of these records
	ends := []int{}
	for at := 0; at < len(data); {
		payload := data[at+12:][:int(data[at])|int(data[at+1])<<8]
		at += 12 + len(payload)
		ends = append(ends, at)
		switch {
		case bytes.Contains(payload, []byte(`"kind":"undo-intent"`)):
			intent = at
		case bytes.Contains(payload, []byte(`"kind":"undo-ended"`)):
			undone = at
		}
	}
	if intent == 0 || undone == 0 {
		t.Fatal("the run has made and undone nothing")
	}
	for n := range len(data) + 1 {
		if err := os.WriteFile(path, data[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		l := look(filepath.Dir(path))
		open := 0
		if n >= intent && n < undone {
			open = 1
		}
		if l.err != nil || len(l.open) != open || l.unfinished() != (n >= ends[0] && n < end) {
			t.Fatalf("cut at %d: %d open, unfinished %v, %v", n, len(l.open), l.unfinished(), l.err)
		}
		if !slices.Contains(ends, n) && !slices.Contains(ends, n+1) {
			continue
		}
		os.Remove("new")
		if open > 0 {
			put(t, "new", "")
		}
		said, code := recovering("recover")
		if _, err := os.Stat("new"); code != 0 || err == nil {
			t.Fatalf("cut at %d: exit code %d, %v\n%s", n, code, err, said)
		}
	}
}
