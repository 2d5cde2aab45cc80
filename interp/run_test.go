package interp_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/interp/journal"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib"
)

var update = flag.Bool("update", false, "write what is found into the files of testdata")

// trial is one experiment and how it is run.
type trial struct {
	source  string
	files   map[string]string // imports
	options map[string]string
	vars    map[string]string
	env     map[string]string
	world   *world
	folder  string
	change  func(*program.Program) // after the check
}

// newTrial reads the files of an archive:
//
//	x.chaos   the experiment
//	options   lines as "dry actions", "interrupt 3s", "var x=1", "env X=1"
func newTrial(t testing.TB, files map[string]string) *trial {
	tr := &trial{source: files["x.chaos"], files: files, options: map[string]string{}, vars: map[string]string{},
		env: map[string]string{}, world: newWorld(), folder: t.TempDir()}
	for line := range strings.Lines(files["options"]) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, text, _ := strings.Cut(rest, "=")
		switch word {
		case "":
		case "var":
			tr.vars[name] = text
		case "env":
			tr.env[name] = text
		default:
			tr.options[word] = rest
		}
	}
	return tr
}

func (tr *trial) program(reg *stdlib.Registry) (*program.Program, diag.List) {
	open := func(path string) (io.ReadCloser, error) {
		text, ok := tr.files[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(strings.NewReader(text)), nil
	}
	u, diags := load.Source(ast.NewSource("x.chaos", tr.source), open)
	p, more := check.Check(u, reg)
	return p, append(diags, more...)
}

func (tr *trial) duration(name string) time.Duration {
	if tr.options[name] == "" {
		return 0
	}
	d, err := literal.ParseDuration(tr.options[name])
	if err != nil {
		panic(err)
	}
	return d
}

// run checks, prepares and runs, in the time of a synctest bubble, and returns
// what happened in lines.
func (tr *trial) run(t testing.TB) string {
	reg := tr.world.registry()
	prog, diags := tr.program(reg)
	if diags.HasErrors() {
		return "check: " + diags.Error() + "\n"
	}
	if tr.change != nil {
		tr.change(prog)
	}
	env := &stdlib.Env{Clock: stdlib.SystemClock{}, Files: stdlib.SystemFiles{}, RunID: "run", Rand: stdlib.NewRand(1),
		Handles: stdlib.NewHandles("run"), Log: func(string, string) {}}
	p, diags := interp.Prepare(t.Context(), prog, prog.Experiments[0], interp.Inputs{Vars: tr.vars, Env: env,
		LookupEnv: func(name string) (string, bool) { text, ok := tr.env[name]; return text, ok }})
	var out strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&out, "%s %s: %s\n", d.Code, d.Severity, d.Message)
		for _, h := range d.Help {
			fmt.Fprintf(&out, "  help: %s\n", h.Message)
		}
	}
	if p == nil {
		return out.String()
	}
	j, err := journal.Create(filepath.Join(tr.folder, "journal"), nil, p.Masker)
	if err != nil {
		t.Fatal(err)
	}
	trace := &tracer{start: time.Now(), names: map[uint64]string{}}
	j.Listen(trace.event)
	tr.world.cut = func() { j.Close() }
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	stops := make(chan struct{})
	if d := tr.duration("interrupt"); d > 0 {
		time.AfterFunc(d, func() { cancel(&interp.Stop{Cause: "SIGINT", Message: "Ctrl-C"}) })
	}
	if d := tr.duration("abandon"); d > 0 {
		time.AfterFunc(d, func() { close(stops) })
	}
	result, err := interp.Run(ctx, p, interp.Options{Env: env, Journal: j, Registry: reg, Dry: tr.options["dry"],
		Hypothesis: tr.options["hypothesis"], Rollbacks: tr.options["rollbacks"], Frequency: tr.duration("frequency"),
		FailFast: tr.options["fail-fast"] != "", Abandon: stops, Version: "test", Node: "here", Folder: "/", Seed: 1})
	if cerr := j.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		fmt.Fprintf(&out, "error: %v\n", err)
	}
	time.Sleep(tr.duration("outlive")) // of what was abandoned; whatever else is left is a deadlock of the bubble
	if _, ok := tr.options["unordered"]; ok {
		trace.sort()
	}
	out.WriteString(trace.text(result))
	out.WriteString(tr.world.String())
	return strings.ReplaceAll(out.String(), tr.folder, "FOLDER")
}

// TestRuns plays the experiments of testdata. Each archive holds experiments,
// each followed by what is to happen. Time is that of a synctest bubble: it
// passes at once and exactly.
func TestRuns(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			changed := false
			libs := map[string]string{}
			for i := 0; i < len(archive.Files); i++ {
				name := archive.Files[i].Name
				title, isCase := strings.CutSuffix(name, ".chaos")
				if !isCase {
					continue
				}
				text := string(archive.Files[i].Data)
				if strings.HasPrefix(name, "lib/") {
					libs[name] = text
					continue
				}
				files := maps.Clone(libs)
				files["x.chaos"] = text
				// `//! dry actions` lines are the options.
				for line := range strings.Lines(text) {
					if option, ok := strings.CutPrefix(line, "//! "); ok {
						files["options"] += option
					}
				}
				var got string
				t.Run(title, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { got = newTrial(t, files).run(t) })
				})
				if i+1 >= len(archive.Files) || archive.Files[i+1].Name != title+".out" {
					archive.Files = slices.Insert(archive.Files, i+1, txtar.File{Name: title + ".out"})
				}
				want := &archive.Files[i+1]
				if got == string(want.Data) {
					continue
				}
				if *update {
					want.Data, changed = []byte(got), true
				} else {
					t.Errorf("%s: got\n%s\nwant\n%s", title, got, want.Data)
				}
			}
			if changed {
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestAPanicOfOursEndsOneSection makes programs that the checker would never
// let through: what was changed before must be put back.
func TestAPanicOfOursEndsOneSection(t *testing.T) {
	t.Parallel()
	bad := &program.Log{}
	for name, change := range map[string]func(*program.Experiment){
		"statement": func(e *program.Experiment) { e.Method.Stmts = append(e.Method.Stmts, bad) },
		"branch": func(e *program.Experiment) {
			e.Method.Stmts = append(e.Method.Stmts, &program.Parallel{Branches: []program.Stmt{bad}})
		},
		"background": func(e *program.Experiment) { e.Method.Stmts[1].(*program.Activity).Call.Func = nil },
		"guard":      func(e *program.Experiment) { e.Guards[0].Body.Stmts = []program.Stmt{bad} },
		"after":      func(e *program.Experiment) { e.Steady.Body.Stmts = append(e.Steady.Body.Stmts, bad) },
	} {
		synctest.Test(t, func(t *testing.T) {
			tr := newTrial(t, map[string]string{"options": "hypothesis after-method", "x.chaos": `experiment "e" {
				guard "g" { probe t.has("x") }
				steady "s" { probe t.has("x") }
				method { action t.set("a", to: 1) undo probe t.count("x") delay 1s background pause 2s }
			}`})
			tr.change = func(p *program.Program) { change(p.Experiments[0]) }
			got := tr.run(t)
			if !strings.Contains(got, "internal error") || !strings.Contains(got, "undo 1 ended\n") || strings.Contains(got, "verdict held") ||
				strings.Contains(got, "a = 1") {
				t.Errorf("%s: got\n%s", name, got)
			}
		})
	}
}

// tracer writes events as lines.
type tracer struct {
	start time.Time
	lines []string
	names map[uint64]string
}

// sort orders what happened at the same time in several goroutines.
func (tr *tracer) sort() {
	when := func(line string) string { at, _, _ := strings.Cut(line, " "); return at }
	for i := 0; i < len(tr.lines); {
		j := i
		for j < len(tr.lines) && when(tr.lines[j]) == when(tr.lines[i]) {
			j++
		}
		slices.Sort(tr.lines[i:j])
		i = j
	}
}

func (tr *tracer) text(r interp.Result) string {
	out := strings.Join(tr.lines, "\n") + "\n"
	return out + fmt.Sprintf("verdict %s exit %d\n", r.Verdict, r.Verdict.ExitCode())
}

func (tr *tracer) say(ev journal.Event, format string, args ...any) {
	at := literal.FormatDuration(ev.Time.Sub(tr.start))
	tr.lines = append(tr.lines, strings.TrimRight(fmt.Sprintf("%-6s ", at)+fmt.Sprintf(format, args...), " "))
}

func flags(list ...any) string {
	out := ""
	for i := 0; i < len(list); i += 2 {
		switch v := list[i+1].(type) {
		case bool:
			if v {
				out += " " + list[i].(string)
			}
		case string:
			if v != "" {
				out += fmt.Sprintf(" %s%q", list[i], v)
			}
		case int:
			if v != 0 {
				out += fmt.Sprintf(" %s%d", list[i], v)
			}
		case time.Duration:
			if v != 0 {
				out += fmt.Sprintf(" %s%s", list[i], literal.FormatDuration(v))
			}
		}
	}
	return out
}

// event writes an event; those of guards are indented by their title.
func (tr *tracer) event(ev journal.Event) {
	switch e := ev.Body.(type) {
	case *journal.RunStarted:
		tr.say(ev, "run %q%s%s%s", e.Title, flags("dry=", e.Dry), flags("hypothesis=", e.Hypothesis), flags("rollbacks=", e.Rollbacks))
	case *journal.Log:
		message, _, _ := strings.Cut(e.Message, "\n") // without stacks
		tr.say(ev, "log %s %s", e.Level, message)
	case *journal.PhaseStarted:
		tr.say(ev, "%s begins%s", e.Phase, flags("none", e.None, "forced=", e.Forced))
	case *journal.PhaseEnded:
		tr.say(ev, "%s ends%s", e.Phase, flags("error=", e.Error))
	case *journal.HypothesisStarted:
		tr.say(ev, "%s check%s", e.Phase, flags("none", e.None, "guard=", e.Guard, "round=", e.Round))
	case *journal.HypothesisEnded:
		tr.say(ev, "%s check%s: %s%s", e.Phase, flags("guard=", e.Guard, "round=", e.Round), map[bool]string{true: "met", false: "not met"}[e.Met],
			flags("probe=", e.Probe, "took=", e.Took, "cancelled", e.Cancelled, "more", !e.Final))
	case *journal.ActivityStarted:
		tr.names[e.ID] = e.Title
		tr.say(ev, "%s%s %s = %s %s%s", strings.Repeat("  ", tr.depth(e.Parent)), e.Type, e.Title, e.Function, e.Arguments, flags("background", e.Background))
	case *journal.ActivityEnded:
		tolerance := ""
		if e.Tolerance != nil {
			tolerance = map[bool]string{true: "met", false: "unmet"}[*e.Tolerance]
		}
		tr.say(ev, "%s %s %s %s%s", tr.names[e.ID], e.Status, e.Output, tolerance,
			flags("error=", e.Error, "took=", e.Elapsed, "tries=", e.Tries, "dry", e.Dry))
	case *journal.Checked:
		word := map[bool]string{true: "assert", false: "expect"}[e.Assert]
		tr.say(ev, "%s %s: %t%s%s", word, e.Place.Text, e.Met, flags("error=", e.Error), flags("", strings.Join(e.Explain, "; ")))
	case *journal.Paused:
		tr.say(ev, "%s %s%s", e.Reason, literal.FormatDuration(e.Duration), flags("skipped", e.Skipped))
	case *journal.WaitStarted:
		tr.say(ev, "wait %s within %s", e.Name, literal.FormatDuration(e.Within))
	case *journal.WaitEnded:
		tr.say(ev, "wait %s: %t%s%s", e.Name, e.Met, flags("took=", e.Elapsed, "error=", e.Error, "cancelled", e.Cancelled), flags("", strings.Join(e.Explain, "; ")))
	case *journal.UndoIntent:
		tr.say(ev, "intent %d %s: %s %s%s", e.Entry, e.Title, e.Function, e.State, flags("call", e.Call, "pending", e.Pending, "definition", e.Definition))
	case *journal.ActionDone:
		tr.say(ev, "done %d %s", e.Entry, e.State)
	case *journal.UndoStarted:
		tr.say(ev, "undo %d %s: %s", e.Entry, e.Title, e.Does)
	case *journal.UndoEnded:
		diffs := ""
		for _, d := range e.Differences {
			diffs += fmt.Sprintf(" %s is %s, was %s", d.What, d.Got, d.Want)
		}
		tr.say(ev, "undo %d ended%s%s", e.Entry, flags("error=", e.Error, "took=", e.Elapsed, "dry", e.Dry), diffs)
	case *journal.Interrupted:
		tr.say(ev, "interrupted by %s: %s%s", e.Cause, e.Message, flags("", strings.Join(e.Explain, "; ")))
	case *journal.RunEnded:
		tr.say(ev, "run ended %s%s%s", e.Status, flags("deviated", e.Deviated), flags("open=", e.Open))
	}
}

func (tr *tracer) depth(parent uint64) int {
	if parent == 0 {
		return 0
	}
	return 1
}
