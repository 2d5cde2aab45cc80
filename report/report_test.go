package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

var t0 = time.Date(2019, 4, 25, 12, 44, 41, 0, time.Local)

// events is a short run in which the steady state is not met at the end.
func events() []journal.Event {
	no, yes := false, true
	at := journal.Place{File: "a.chaos", Line: 3, Column: 9, Text: "expect status in [200, 503]"}
	bodies := []journal.Body{
		&journal.RunStarted{Run: "r1", Title: "Does it hold?", Version: "0.1.0", Node: "n", Platform: "linux",
			Hypothesis: "default", Rollbacks: "always", Experiment: json.RawMessage(`{"title":"Does it hold?"}`)},
		&journal.HypothesisStarted{Phase: journal.Before, Title: "It answers", Round: 1},
		&journal.ActivityStarted{ID: 1, Phase: journal.Before, Type: "probe", Title: "answers", Function: "http.get",
			Arguments: json.RawMessage(`{"url":"http://x/"}`)},
		&journal.ActivityEnded{ID: 1, Status: journal.Succeeded, Output: json.RawMessage(`{"status":200}`), Tolerance: &yes},
		&journal.HypothesisEnded{Phase: journal.Before, Met: true, Final: true},
		&journal.PhaseStarted{Phase: journal.Method},
		&journal.ActivityStarted{ID: 2, Phase: journal.Method, Type: "probe", Title: "load", Function: "http.load", Background: true},
		&journal.ActivityStarted{ID: 3, Phase: journal.Method, Type: "action", Title: "break-it", Function: "fs.rename"},
		&journal.ActivityEnded{ID: 3, Status: journal.Failed, Error: "no such file\x1b[31m"},
		&journal.Paused{Reason: "settle", Duration: 500 * time.Millisecond},
		&journal.ActivityEnded{ID: 2, Status: journal.Succeeded, Output: json.RawMessage(`1`)},
		&journal.HypothesisStarted{Phase: journal.After, Title: "It answers", Round: 1},
		&journal.ActivityStarted{ID: 4, Phase: journal.After, Type: "probe", Title: "answers", Function: "http.get"},
		&journal.Checked{Activity: 4, Phase: journal.After, Met: false, Place: at,
			Explain: []string{"status was 500, expected one of 200, 503"}},
		&journal.ActivityEnded{ID: 4, Status: journal.Succeeded, Output: json.RawMessage(`{"status":500}`), Tolerance: &no},
		&journal.HypothesisEnded{Phase: journal.After, Met: false, Probe: "answers", Final: true},
		&journal.PhaseStarted{Phase: journal.Rollback, None: true},
		&journal.PhaseStarted{Phase: journal.Undo},
		&journal.UndoStarted{Entry: 1, Title: "break-it", Function: "fs.rename", Does: "renames it back"},
		&journal.UndoEnded{Entry: 1},
		&journal.RunEnded{Status: "completed", Deviated: true, Verdict: "deviated"},
	}
	list := make([]journal.Event, len(bodies))
	for i, b := range bodies {
		list[i] = journal.Event{Seq: uint64(i + 1), Time: t0, Body: b}
	}
	return list
}

const wantConsole = `[2019-04-25 12:44:41 INFO] Running experiment: Does it hold?
[2019-04-25 12:44:41 INFO] Steady-state strategy: default
[2019-04-25 12:44:41 INFO] Rollbacks strategy: always
[2019-04-25 12:44:41 INFO] Steady state hypothesis: It answers
[2019-04-25 12:44:41 INFO] Probe: answers
[2019-04-25 12:44:41 INFO] Steady state hypothesis is met!
[2019-04-25 12:44:41 INFO] Playing your experiment's method now...
[2019-04-25 12:44:41 INFO] Probe: load [in background]
[2019-04-25 12:44:41 INFO] Action: break-it
[2019-04-25 12:44:41 ERROR]   => failed: no such file\x1b[31m
[2019-04-25 12:44:41 INFO] Pausing after activity for 0.5s...
[2019-04-25 12:44:41 INFO] Steady state hypothesis: It answers
[2019-04-25 12:44:41 INFO] Probe: answers
[2019-04-25 12:44:41 WARNING] Not met: expect status in [200, 503]
    status was 500, expected one of 200, 503
    at a.chaos:3:9
[2019-04-25 12:44:41 CRITICAL] Steady state probe 'answers' is not in the given tolerance so failing this experiment
[2019-04-25 12:44:41 INFO] Let's rollback...
[2019-04-25 12:44:41 INFO] No declared rollbacks, let's move on.
[2019-04-25 12:44:41 INFO] Undoing what was changed...
[2019-04-25 12:44:41 INFO] Undo: break-it (renames it back)
[2019-04-25 12:44:41 INFO] Experiment ended with status: deviated
[2019-04-25 12:44:41 INFO] The steady-state has deviated, a weakness may have been discovered
[2019-04-25 12:44:41 CRITICAL] Verdict: deviated (0 of 1 expectation met, 1 action failed, 1 change put back)
`

func TestConsoleSaysWhatHappens(t *testing.T) {
	var out bytes.Buffer
	c := NewConsole(NewLogger(nil, Sink{W: &out, Least: Info}))
	for _, ev := range events() {
		c.Handle(ev)
	}
	if out.String() != wantConsole {
		t.Errorf("console:\n%s\nwant:\n%s", out.String(), wantConsole)
	}
}

func TestLooksThatAreRepeatedDoNotCount(t *testing.T) {
	at := journal.Place{File: "a.chaos", Line: 3, Column: 9, Text: "expect it"}
	var bodies []journal.Body
	for round, met := range []bool{false, false, true} {
		bodies = append(bodies,
			&journal.HypothesisStarted{Phase: journal.After, Title: "It answers", Round: round + 1},
			&journal.ActivityStarted{ID: uint64(round), Phase: journal.After, Type: "probe", Title: "answers"},
			&journal.Checked{Phase: journal.After, Met: met, Place: at},
			&journal.ActivityEnded{ID: uint64(round), Status: journal.Failed, Error: "refused"},
			&journal.HypothesisEnded{Phase: journal.After, Met: met, Probe: "answers", Round: round + 1, Final: met})
	}
	bodies = append(bodies, &journal.RunEnded{Status: "completed", Verdict: "held"})
	const want = `[2019-04-25 12:44:41 INFO] Steady state hypothesis: It answers
[2019-04-25 12:44:41 INFO] Probe: answers
[2019-04-25 12:44:41 ERROR]   => failed: refused
[2019-04-25 12:44:41 INFO] Steady state probe 'answers' is not in the given tolerance yet
[2019-04-25 12:44:41 INFO] Steady state hypothesis is met!
[2019-04-25 12:44:41 INFO] Experiment ended with status: completed
[2019-04-25 12:44:41 INFO] Verdict: held (1 of 1 expectation met)
`
	var out bytes.Buffer
	c := NewConsole(NewLogger(nil, Sink{W: &out, Least: Info}))
	for _, b := range bodies {
		c.Handle(journal.Event{Time: t0, Body: b})
	}
	if out.String() != want {
		t.Errorf("console:\n%s\nwant:\n%s", out.String(), want)
	}
}

func TestQuietConsoleStillSaysTheVerdict(t *testing.T) {
	var out bytes.Buffer
	c := NewConsole(NewLogger(nil, Sink{W: &out, Least: Critical}))
	for _, ev := range events() {
		if e, ok := ev.Body.(*journal.RunEnded); ok {
			e.Verdict, e.Deviated = "held", false
		}
		c.Handle(ev)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], "INFO] Verdict: held") {
		t.Errorf("quiet console:\n%s", out.String())
	}
}

func TestJSONLinesAreJSON(t *testing.T) {
	var out bytes.Buffer
	NewLogger(nil, Sink{W: &out, JSON: true, Color: true}).LogAt(t0, Warning, "two\nlines \x1b[31m \"quoted\"")
	var line struct{ Time, Level, Message string }
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	if line.Level != "WARNING" || line.Message != "two\nlines \x1b[31m \"quoted\"" {
		t.Errorf("line is %+v", line)
	}
}

func TestJournalJSONHasTheFormOfTheToolkit(t *testing.T) {
	folder := t.TempDir()
	j := NewToolkitJournal(folder)
	list := events()
	for _, ev := range list {
		j.Handle(ev)
	}
	var out bytes.Buffer
	if err := j.Finish(&out, t0.Add(time.Second), list[len(list)-1].Body.(*journal.RunEnded)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Status      string
		Deviated    bool
		Duration    float64
		SteadyState struct {
			Before, After struct {
				Met    bool `json:"steady_state_met"`
				Probes []struct {
					ToleranceMet bool `json:"tolerance_met"`
					Expectations []struct{ Explain []string }
				}
			}
			During []any
		} `json:"steady_states"`
		Run []struct {
			Activity  struct{ Name string }
			Status    string
			Exception []string
		}
		Rollbacks []any
		Undo      []struct{ Name, Status string }
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if got.Status != "completed" || !got.Deviated || got.Duration != 1 || got.Rollbacks == nil || got.SteadyState.During == nil {
		t.Errorf("head is wrong: %+v", got)
	}
	if !got.SteadyState.Before.Met || got.SteadyState.After.Met || len(got.SteadyState.After.Probes) != 1 ||
		got.SteadyState.After.Probes[0].Expectations[0].Explain[0] != "status was 500, expected one of 200, 503" {
		t.Errorf("steady states: %+v", got.SteadyState)
	}
	// load began first and ended last: it stands first
	if len(got.Run) != 2 || got.Run[0].Activity.Name != "load" || got.Run[1].Status != "failed" || len(got.Run[1].Exception) == 0 {
		t.Errorf("run: %+v", got.Run)
	}
	if len(got.Undo) != 1 || got.Undo[0].Status != "restored" {
		t.Errorf("undo: %+v", got.Undo)
	}
	j.Close()
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("pieces are left: %v, %v", left, err)
	}
}

func TestWantsColor(t *testing.T) {
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	t.Setenv("FORCE_COLOR", "")
	if !WantsColor(true) || WantsColor(false) {
		t.Error("colour goes to terminals, and to nothing else")
	}
	t.Setenv("FORCE_COLOR", "1")
	if !WantsColor(false) {
		t.Error("FORCE_COLOR gives colour to anything")
	}
	t.Setenv("NO_COLOR", "1")
	if WantsColor(true) {
		t.Error("NO_COLOR takes colour away")
	}
}

func TestProgressPassesLinesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "terminal")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	p := NewProgress(out)
	p.Handle(journal.Event{Body: &journal.Paused{Reason: "pause", Duration: time.Hour}})
	p.Write([]byte("a line\n"))
	p.Handle(journal.Event{Body: &journal.RunEnded{}})
	p.Write([]byte("the last line\n"))
	if got, _ := os.ReadFile(path); string(got) != "a line\nthe last line\n" {
		t.Errorf("a file that is no terminal got %q", got)
	}
}
