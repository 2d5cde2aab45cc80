package docs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// The specification is held against the program, chapter by chapter: each file
// of testdata/spec is a chapter of language.md, and each case in it a sentence
// or a few. There are two kinds of cases.
//
// NAME.chaos is only checked. Each diagnostic is told at the end of its line as
// `//~ CODE part of the message`, or in a line of its own below as `//~^ …`,
// and there must be no other.
//
// NAME/want is a script, with the other files in NAME/ as its folder:
//
//	$ [VAR=value…] run x.chaos   a command of chaosc; $SERVER is the address of a server
//	clean                        before it, the folder is as at the beginning
//	signal INT after TEXT        when TEXT was written, the signal is sent
//	exit 1                       its exit code (0 where not said)
//	+ TEXT                       is written, behind what the + before found
//	- TEXT                       is not written
//	2 TEXT                       is written so many times
//	file NAME TEXT               the content of the file after the command, without its last newline
//	in NAME TEXT                 a part of it
//	gone NAME                    there is no such file then
//
// What is written is standard output and standard error together, without the
// time in front of a line of the log.

// TestSpecification runs all cases.
func TestSpecification(t *testing.T) {
	chaosc := build(t)
	server := httptest.NewServer(http.HandlerFunc(newWorld().serve))
	t.Cleanup(server.Close)
	chapters, err := filepath.Glob("testdata/spec/*.txtar")
	if err != nil || len(chapters) == 0 {
		t.Fatalf("no chapters were found: %v", err)
	}
	t.Run("all", func(t *testing.T) {
		for _, chapter := range chapters {
			archive, err := txtar.ParseFile(chapter)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(filepath.Base(chapter), ".txtar")
			t.Run(name, func(t *testing.T) {
				for _, c := range casesOf(t, archive) {
					t.Run(c.name, func(t *testing.T) {
						t.Parallel()
						if c.want == "" {
							c.check(t)
							return
						}
						c.play(t, chaosc, server.URL)
					})
				}
			})
		}
	})
}

// build builds chaosc.
func build(t *testing.T) string {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "chaosc")
	cmd := exec.Command("go", "build", "-o", exe, module+"/cmd/chaosc")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building chaosc: %v\n%s", err, out)
	}
	return exe
}

// specCase is one case of a chapter.
type specCase struct {
	name  string
	want  string // of a script; empty where source is only checked
	files map[string]string
}

func casesOf(t *testing.T, archive *txtar.Archive) []*specCase {
	t.Helper()
	var list []*specCase
	byName := map[string]*specCase{}
	for _, f := range archive.Files {
		name, file, folder := strings.Cut(f.Name, "/")
		if !folder {
			name = strings.TrimSuffix(f.Name, ".chaos")
		}
		c := byName[name]
		if c == nil {
			c = &specCase{name: name, files: map[string]string{}}
			byName[name], list = c, append(list, c)
		} else if !folder {
			t.Fatalf("case %s stands there twice", name)
		}
		switch {
		case file == "want":
			c.want = string(f.Data)
		case folder:
			c.files[file] = string(f.Data)
		default:
			c.files[f.Name] = string(f.Data)
		}
	}
	for _, c := range list {
		if c.want == "" && len(c.files) != 1 {
			t.Fatalf("case %s has several files and no want", c.name)
		}
	}
	return list
}

// expected matches what a line of source says of its diagnostics.
var expected = regexp.MustCompile(`//~(\^*) (.*?)\s*$`)

// check checks the source and compares its diagnostics with those that it
// tells of.
func (c *specCase) check(t *testing.T) {
	text := c.files[c.name+".chaos"]
	want := map[int][]string{}
	for i, line := range strings.Split(text, "\n") {
		if m := expected.FindStringSubmatch(line); m != nil {
			at := i + 1 - len(m[1])
			want[at] = append(want[at], strings.Split(m[2], " //~ ")...)
		}
	}
	src := ast.NewSource(c.name+".chaos", text)
	unit, list := load.Source(src)
	_, more := check.Check(unit, all.Registry())
	for _, d := range append(list, more...) {
		at := src.Position(d.Span.Start).Line
		said := fmt.Sprintf("%s %s", d.Code, d.Message)
		found := false
		for i, w := range want[at] {
			code, part, _ := strings.Cut(w, " ")
			if string(d.Code) == code && strings.Contains(d.Message, part) {
				want[at] = append(want[at][:i:i], want[at][i+1:]...)
				found = true
				break
			}
		}
		if !found {
			t.Errorf("line %d: unexpected %s", at, said)
		}
	}
	for at, left := range want {
		for _, w := range left {
			t.Errorf("line %d: missing %s", at, w)
		}
	}
}

// command is one command of a script and what is expected of it.
type command struct {
	line   int
	clean  bool // in a folder as at the beginning
	env    []string
	args   []string
	signal syscall.Signal
	after  string
	exit   int
	checks []expectation
}

type expectation struct {
	line int
	word string // "+", "-", a count, "file", "in" or "gone"
	text string
}

// play runs the commands of a case in a folder of its own.
func (c *specCase) play(t *testing.T, chaosc, server string) {
	dir := c.folder(t)
	for _, cmd := range commandsOf(t, c.want) {
		if cmd.clean {
			dir = c.folder(t)
		}
		out, exit := cmd.run(t, chaosc, dir, server)
		if exit != cmd.exit {
			t.Errorf("line %d: exit code %d, expected %d", cmd.line, exit, cmd.exit)
		}
		cmd.compare(t, dir, out)
		if t.Failed() {
			t.Fatalf("chaosc %s wrote\n%s", strings.Join(cmd.args, " "), out)
		}
	}
}

// folder makes a folder with the files of the case.
func (c *specCase) folder(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range c.files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func commandsOf(t *testing.T, script string) []*command {
	t.Helper()
	var list []*command
	for i, line := range strings.Split(strings.TrimSpace(script), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if word == "$" {
			c := &command{line: i + 1}
			for _, w := range words(rest) {
				if name, _, ok := strings.Cut(w, "="); ok && len(c.args) == 0 && name == strings.ToUpper(name) {
					c.env = append(c.env, w)
				} else {
					c.args = append(c.args, w)
				}
			}
			list = append(list, c)
			continue
		}
		if len(list) == 0 {
			t.Fatalf("line %d: the first line of a script is a command", i+1)
		}
		c := list[len(list)-1]
		switch {
		case word == "clean":
			c.clean = true
		case word == "exit":
			c.exit = number(t, rest)
		case word == "signal":
			name, after, _ := strings.Cut(rest, " after ")
			c.signal, c.after = map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM}[name], after
		case word == "+" || word == "-" || word == "file" || word == "in" || word == "gone" || isNumber(word):
			c.checks = append(c.checks, expectation{i + 1, word, rest})
		default:
			t.Fatalf("line %d: %s?", i+1, word)
		}
	}
	return list
}

// words splits at spaces that stand outside of single quotes.
func words(s string) []string {
	quoted := false
	list := strings.FieldsFunc(s, func(r rune) bool {
		if r == '\'' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "'", "")
	}
	return list
}

func isNumber(s string) bool { _, err := strconv.Atoi(s); return err == nil }

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// stamp is the time in front of a line of the log.
var stamp = regexp.MustCompile(`(?m)^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d `)

func (c *command) run(t *testing.T, chaosc, dir, server string) (out string, exit int) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, chaosc, c.args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "SERVER="+server, "NO_COLOR=1"), c.env...)
	w := &watcher{text: c.after, seen: func() { cmd.Process.Signal(c.signal) }}
	cmd.Stdout, cmd.Stderr = w, w
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatalf("line %d: %v", c.line, err)
	}
	if ctx.Err() != nil {
		t.Errorf("line %d: the command did not end", c.line)
	}
	return stamp.ReplaceAllString(w.String(), ""), cmd.ProcessState.ExitCode()
}

func (c *command) compare(t *testing.T, dir, out string) {
	rest := out
	for _, e := range c.checks {
		switch e.word {
		case "+":
			_, behind, found := strings.Cut(rest, e.text)
			if !found {
				t.Errorf("line %d: not written here: %s", e.line, e.text)
				continue
			}
			rest = behind
		case "-":
			if strings.Contains(out, e.text) {
				t.Errorf("line %d: written: %s", e.line, e.text)
			}
		case "file", "in":
			name, text, _ := strings.Cut(e.text, " ")
			got, err := os.ReadFile(filepath.Join(dir, name))
			s := strings.TrimSuffix(string(got), "\n")
			if err != nil {
				t.Errorf("line %d: %v", e.line, err)
			} else if s != text && (e.word == "file" || !strings.Contains(s, text)) {
				t.Errorf("line %d: file %s is %q", e.line, name, s)
			}
		case "gone":
			if _, err := os.Lstat(filepath.Join(dir, e.text)); err == nil {
				t.Errorf("line %d: %s is there", e.line, e.text)
			}
		default:
			if n := strings.Count(out, e.text); n != number(t, e.word) {
				t.Errorf("line %d: written %d times, expected %s: %s", e.line, n, e.word, e.text)
			}
		}
	}
}

// watcher keeps what is written and calls seen, once, when a text was written.
type watcher struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	text string
	seen func()
	done bool
}

func (w *watcher) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf.Write(p)
	if w.text != "" && !w.done && strings.Contains(w.buf.String(), w.text) {
		w.done = true
		w.seen()
	}
	return len(p), nil
}

func (w *watcher) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}
