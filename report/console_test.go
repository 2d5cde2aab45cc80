package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// somewhere is where the events of these tests come from.
var somewhere = journal.Place{File: "a.chaos", Line: 3, Column: 9, Text: "wait back until ready(x) within 5s"}

// said are the lines for each event, without their time; a line of an event
// before it is what a case builds on.
var said = []struct {
	name   string
	before journal.Body
	event  journal.Body
	want   string
}{
	{"run", nil, &journal.RunStarted{Title: "t", Hypothesis: "continuously", Rollbacks: "deviated", Dry: "pause", Run: "r", Seed: 7, Folder: "/w"},
		`INFO] Running experiment: t
WARNING] Running experiment with dry pause
INFO] Steady-state strategy: continuous
INFO] Rollbacks strategy: deviated
DEBUG] Run r with seed 7 in /w`},
	{"log", nil, &journal.Log{Level: "ERROR", Message: "two\nlines"}, "ERROR] two\n    lines"},
	{"log of an unknown level", nil, &journal.Log{Level: "LOUD", Message: "x"}, "INFO] x"},
	{"setup", nil, &journal.PhaseStarted{Phase: journal.Setup}, "INFO] Setting up..."},
	{"no setup", nil, &journal.PhaseStarted{Phase: journal.Setup, None: true}, ""},
	{"method", nil, &journal.PhaseStarted{Phase: journal.Method}, "INFO] Playing your experiment's method now..."},
	{"empty method", nil, &journal.PhaseStarted{Phase: journal.Method, None: true},
		"INFO] Playing your experiment's method now...\nINFO] No declared activities, let's move on."},
	{"rollback", nil, &journal.PhaseStarted{Phase: journal.Rollback}, "INFO] Let's rollback..."},
	{"no rollback", nil, &journal.PhaseStarted{Phase: journal.Rollback, None: true},
		"INFO] Let's rollback...\nINFO] No declared rollbacks, let's move on."},
	{"rollback always", nil, &journal.PhaseStarted{Phase: journal.Rollback, Forced: "always"},
		"WARNING] Rollbacks were explicitly requested to be played\nINFO] Let's rollback..."},
	{"rollback never", nil, &journal.PhaseStarted{Phase: journal.Rollback, Forced: "never"},
		"WARNING] Rollbacks were explicitly requested to not be played"},
	{"rollback deviated", nil, &journal.PhaseStarted{Phase: journal.Rollback, Forced: "deviated"},
		"WARNING] Rollbacks will be played only because the experiment deviated\nINFO] Let's rollback..."},
	{"rollback not deviated", nil, &journal.PhaseStarted{Phase: journal.Rollback, Forced: "not-deviated"},
		"WARNING] Rollbacks were explicitely requested to be played only if the experiment deviated. " +
			"Since this is not the case, we will not play them."},
	{"undo", nil, &journal.PhaseStarted{Phase: journal.Undo}, "INFO] Undoing what was changed..."},
	{"nothing to undo", nil, &journal.PhaseStarted{Phase: journal.Undo, None: true}, ""},
	{"phase ends", nil, &journal.PhaseEnded{Phase: journal.Method}, ""},
	{"phase ends early", nil, &journal.PhaseEnded{Phase: journal.Method, Error: "why"}, "ERROR] The method ended early: why"},
	{"no steady state", nil, &journal.HypothesisStarted{Phase: journal.Before, None: true},
		"INFO] No steady state hypothesis defined. That's ok, just exploring."},
	{"steady state", nil, &journal.HypothesisStarted{Phase: journal.Before, Title: "s"}, "INFO] Steady state hypothesis: s"},
	{"guard", nil, &journal.HypothesisStarted{Phase: journal.During, Guard: "g"}, "DEBUG] Guard: g"},
	{"another look", nil, &journal.HypothesisStarted{Phase: journal.After, Title: "s", Round: 2}, "DEBUG] Steady state hypothesis: s (look 2)"},
	{"steady", nil, &journal.HypothesisEnded{Phase: journal.Before, Met: true, Final: true}, "INFO] Steady state hypothesis is met!"},
	{"recovered", nil, &journal.HypothesisEnded{Phase: journal.After, Met: true, Final: true, Took: 1234567 * time.Microsecond},
		"INFO] Steady state hypothesis is met!\nINFO] Recovered 1.235s after the end of the method"},
	{"not steady", nil, &journal.HypothesisEnded{Phase: journal.After, Probe: "p", Final: true},
		"CRITICAL] Steady state probe 'p' is not in the given tolerance so failing this experiment"},
	{"not steady yet", nil, &journal.HypothesisEnded{Phase: journal.After, Probe: "p", Round: 1}, "INFO] Steady state probe 'p' is not in the given tolerance yet"},
	{"still not steady", nil, &journal.HypothesisEnded{Phase: journal.After, Probe: "p", Round: 2}, "DEBUG] Steady state probe 'p' is not in the given tolerance yet"},
	{"not steady meanwhile", nil, &journal.HypothesisEnded{Phase: journal.During, Probe: "p", Final: true},
		"WARNING] Continuous steady state probe 'p' is not in the given tolerance"},
	{"look cut short", nil, &journal.HypothesisEnded{Phase: journal.After, Cancelled: true, Final: true}, ""},
	{"guard ends", nil, &journal.HypothesisEnded{Phase: journal.During, Guard: "g", Met: true, Final: true}, ""},
	{"probe", nil, &journal.ActivityStarted{ID: 1, Phase: journal.Method, Type: "probe", Title: "p"}, "INFO] Probe: p"},
	{"background", nil, &journal.ActivityStarted{ID: 1, Phase: journal.Method, Type: "action", Title: "a", Background: true},
		"INFO] Action: a [in background]"},
	{"probe of a guard", nil, &journal.ActivityStarted{ID: 1, Phase: journal.During, Guard: "g", Type: "probe", Title: "p"}, "DEBUG] Probe: p"},
	{"rollback activity", nil, &journal.ActivityStarted{ID: 1, Phase: journal.Rollback, Type: "action", Title: "a"},
		"INFO] Rollback: a\nINFO] Action: a"},
	{"activity inside of one", nil, &journal.ActivityStarted{ID: 2, Parent: 1, Phase: journal.Rollback, Type: "action", Title: "a"}, "INFO] Action: a"},
	{"activity ends", nil, &journal.ActivityEnded{ID: 1, Status: journal.Succeeded}, ""},
	{"activity fails", nil, &journal.ActivityEnded{ID: 1, Status: journal.Failed, Error: "why"}, "ERROR]   => failed: why"},
	{"activity is stopped", &journal.ActivityStarted{ID: 1, Type: "probe", Title: "p"},
		&journal.ActivityEnded{ID: 1, Status: journal.Aborted, Error: "Ctrl-C"}, "WARNING]   => stopped: p"},
	{"tries", &journal.ActivityStarted{ID: 1, Type: "probe", Title: "p"},
		&journal.ActivityEnded{ID: 1, Status: journal.Succeeded, Tries: 3, Elapsed: 1500 * time.Millisecond}, "DEBUG] p: 3 tries, the last took 1.5s"},
	{"met", nil, &journal.Checked{Met: true, Place: somewhere}, ""},
	{"not met", nil, &journal.Checked{Place: journal.Place{File: "a.chaos", Line: 1, Column: 2, Text: "expect x"}, Explain: []string{"x was 1", "y was 2"}},
		"WARNING] Not met: expect x\n    x was 1\n    y was 2\n    at a.chaos:1:2"},
	{"assert", nil, &journal.Checked{Assert: true, Place: journal.Place{Text: "assert x"}, Error: "no x"}, "CRITICAL] Not met: assert x\n    no x"},
	{"pause", nil, &journal.Paused{Reason: "pause", Duration: 1500 * time.Millisecond}, "INFO] Pausing for 1.5s..."},
	{"delay", nil, &journal.Paused{Reason: "delay", Duration: time.Second}, "INFO] Pausing before next activity for 1s..."},
	{"settle", nil, &journal.Paused{Reason: "settle", Duration: time.Minute}, "INFO] Pausing after activity for 60s..."},
	{"wait", nil, &journal.WaitStarted{Within: 5 * time.Second, Place: somewhere}, "INFO] Waiting at most 5s for: ready(x)"},
	{"wait is met", nil, &journal.WaitEnded{Met: true, Elapsed: 12345678 * time.Nanosecond}, "INFO] Met after 0.012s"},
	{"wait is over", nil, &journal.WaitEnded{Elapsed: 5 * time.Second, Explain: []string{"it was false"}, Place: somewhere},
		"CRITICAL] Not met within 5s: ready(x)\n    it was false\n    at a.chaos:3:9"},
	{"intent", nil, &journal.UndoIntent{Entry: 1}, ""},
	{"done", nil, &journal.ActionDone{Entry: 1}, ""},
	{"undo begins", nil, &journal.UndoStarted{Title: "a", Does: "renames it back"}, "INFO] Undo: a (renames it back)"},
	{"undo ends", nil, &journal.UndoEnded{Entry: 1}, ""},
	{"undo fails", nil, &journal.UndoEnded{Entry: 1, Error: "why"}, "ERROR]   => not restored: why"},
	{"undo leaves something", nil, &journal.UndoEnded{Entry: 1, Differences: []journal.Difference{{What: "mode of x", Want: "0644", Got: "0600"}}},
		"ERROR]   => not as it was:\n    mode of x is 0600, was 0644"},
	{"interrupted", nil, &journal.Interrupted{Cause: "abort", Message: "enough", Place: somewhere}, "WARNING] enough\n    at a.chaos:3:9"},
	{"held", nil, &journal.RunEnded{Status: "completed", Verdict: "held"},
		"INFO] Experiment ended with status: completed\nINFO] Verdict: held"},
	{"deviated", &journal.Checked{Met: true}, &journal.RunEnded{Status: "completed", Deviated: true, Verdict: "deviated"},
		`INFO] Experiment ended with status: deviated
INFO] The steady-state has deviated, a weakness may have been discovered
CRITICAL] Verdict: deviated (1 of 1 expectation met)`},
	{"undone", &journal.UndoEnded{Entry: 1}, &journal.RunEnded{Status: "interrupted", Verdict: "interrupted"},
		"INFO] Experiment ended with status: interrupted\nCRITICAL] Verdict: interrupted (1 change put back)"},
	{"dry", &journal.UndoEnded{Entry: 1, Dry: true}, &journal.RunEnded{Status: "completed", Verdict: "held"},
		"INFO] Experiment ended with status: completed\nINFO] Verdict: held"},
	{"not restored", nil, &journal.RunEnded{Status: "completed", Verdict: "not-restored", Open: 2},
		"INFO] Experiment ended with status: completed\nCRITICAL] Verdict: not-restored (2 changes not put back)"},
	// chaosc recover, which may recover several runs, says these itself
	{"recovery", nil, &journal.RecoveryStarted{Open: 2}, ""},
	{"recovery ends", nil, &journal.RecoveryEnded{}, ""},
	{"given up", nil, &journal.GivenUp{Open: 1}, ""},
}

func TestEachEventHasItsLines(t *testing.T) {
	t.Parallel()
	stamped := "[2019-04-25 12:44:41 "
	kinds := map[string]bool{}
	for _, c := range said {
		kinds[c.event.Kind()] = true
		var out bytes.Buffer
		console := NewConsole(NewLogger(nil, Sink{W: &out, Least: Debug}))
		if c.before != nil {
			console.Handle(journal.Event{Time: t0, Body: c.before})
			out.Reset()
		}
		console.Handle(journal.Event{Time: t0, Body: c.event})
		got := strings.TrimSuffix(strings.ReplaceAll(out.String(), stamped, ""), "\n")
		if got != c.want {
			t.Errorf("%s: the console says\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	for _, kind := range journal.Kinds() {
		if !kinds[kind] {
			t.Errorf("no case for %s", kind)
		}
	}
}

func TestNothingSteersTheTerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain – text…\tand tabs\nlines": "plain – text…\tand tabs\nlines",
		"\x1b[31mred\r\a\x7f":            `\x1b[31mred\x0d\x07\x7f`,
		"c1 \u009b2J":                    `c1 \x9b2J`,
		"turned \u202e round \u2066":     `turned \u{202e} round \u{2066}`,
		"bad \xff\xc2 bytes":             "bad \ufffd\ufffd bytes",
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q is printed as %q, want %q", text, got, want)
		}
	}
}
