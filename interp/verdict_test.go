package interp_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/chaosc-lang/chaosc/interp"
)

// TestVerdicts combines what can happen in a run: the verdict is that of the
// worst, status and deviated are the Chaos Toolkit's.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	const (
		met       = `steady "s" { probe t.has("never") expect not it }`
		notMet    = `steady "s" { probe t.has("never") expect it }`
		fails     = `steady "s" { probe t.get("never") }`
		breaks    = `steady "s" { probe t.has("broken") expect not it }`
		goes      = `steady "s" { probe t.has("broken") expect not it probe t.flaky("x", fails: 0) }`
		log       = `method { log "m" }`
		broken    = `method { action t.set("broken", to: 1) undo }`
		unmet     = `method { expect t.has("x") }`
		asserted  = `method { assert t.has("x") }`
		observed  = `method { probe t.get("x") }`
		badProbe  = `method { probe t.get("x") expect it == 1 }`
		badAction = `method { action t.fail("no") keep }`
		waits     = `method { wait until t.has("x") within 1s }`
		aborts    = `method { abort "x" }`
		cannot    = `method { probe a = t.get("x") log a }`
		guard     = `guard "g" { probe t.has("x") expect it } method { pause 1h }`
		stuck     = `method { action t.stick("a", to: 1) undo }`
		drifts    = `method { action t.drift("a", to: 1) undo }`
		restored  = `method { action a = t.stick("a", to: 1) undo restore a }`
		rolls     = `rollback { action t.put("r", to: 1) }`
		rollFails = `rollback { action t.drop("r") }`
		rollUnmet = `rollback { expect t.has("r") }`
		rollWaits = `rollback { wait until t.has("r") within 1s }`
		rollReads = `rollback { probe a = t.get("r") log a }`
		setsUp    = `setup { action t.put("s", to: 1) keep }`
		badSetup  = `setup { action t.fail("no") keep }`
		unmetSet  = `setup { probe t.has("s") expect it }`
		setupSees = `setup { probe t.get("s") }`
		late      = `setup { probe t.sleep(1s) background expect it == "x" } method { pause 2s }`
		lateFail  = `setup { action t.fail("no") delay 1s background keep } method { pause 2s }`
	)
	tests := []struct {
		parts    string // sections
		options  string
		verdict  interp.Verdict
		status   string
		deviated bool
	}{
		{met + log, "", interp.Held, "completed", false},
		{setsUp + met + log + rolls, "", interp.Held, "completed", false},
		{met + observed, "", interp.Held, "completed", false},
		{setupSees + met + log, "", interp.Held, "completed", false},

		{breaks + broken, "", interp.Deviated, "completed", true},
		{met + unmet, "", interp.Deviated, "completed", true},
		{met + asserted, "", interp.Deviated, "completed", true},
		{met + badProbe, "", interp.Deviated, "completed", true},
		{met + waits, "", interp.Deviated, "completed", true},
		{met + guard, "", interp.Deviated, "aborted", true},
		{met + log + rollUnmet, "", interp.Deviated, "completed", true},
		{met + late, "", interp.Deviated, "completed", true},
		{breaks + `method { action t.set("broken", to: 1) settle 1500ms undo }`, "hypothesis during-method", interp.Deviated, "completed", false},
		{breaks + `method { action t.set("broken", to: 1) settle 1500ms undo }`, "hypothesis during-method\nfail-fast yes", interp.Deviated, "failed", false},
		{breaks + `method { action t.set("broken", to: 1) settle 1500ms undo }`, "hypothesis continuously\nfail-fast yes", interp.Deviated, "completed", true},

		{notMet + log, "", interp.Failed, "completed", false},
		{fails + log, "", interp.Failed, "failed", false},
		{`steady "s" { probe t.has("broken") expect not it if-not }` + log, "", interp.Invalid, "", false},
		{fails + log, "hypothesis after-method", interp.Deviated, "failed", true},
		{met + badAction, "", interp.Failed, "completed", false},
		{met + cannot, "", interp.Failed, "aborted", false},
		{badSetup + met + log, "", interp.Failed, "aborted", false},
		{unmetSet + met + log, "", interp.Failed, "aborted", false},
		{met + lateFail, "", interp.Failed, "completed", false},
		{goes + `method { action t.fail("no") keep action t.set("broken", to: 1) undo }`, "", interp.Failed, "completed", true},

		{met + aborts, "", interp.Interrupted, "aborted", false},
		{met + `method { expect t.has("x") pause 1h }`, "interrupt 1s", interp.Interrupted, "interrupted", true},
		{`runtime { deadline 1s }` + met + `method { pause 1h }`, "", interp.Interrupted, "interrupted", false},
		{met + `method { action t.fail("no") keep abort "x" }`, "", interp.Interrupted, "aborted", false},
		{met + log + `rollback { action t.work(5s) }`, "interrupt 1s", interp.Interrupted, "interrupted", false},

		{met + stuck, "", interp.NotRestored, "completed", false},
		{met + drifts, "", interp.NotRestored, "completed", false},
		{met + restored, "", interp.NotRestored, "completed", false},
		{met + log + rollFails, "", interp.NotRestored, "completed", false},
		{met + log + rollWaits, "", interp.NotRestored, "completed", true},
		{met + log + rollReads, "", interp.NotRestored, "completed", false},
		{notMet + log + rollFails, "", interp.NotRestored, "completed", false},
		{met + `method { action t.stick("a", to: 1) undo abort "x" }`, "", interp.NotRestored, "aborted", false},
		{met + `method { action t.stick("a", to: 1) undo pause 1h }`, "interrupt 1s", interp.NotRestored, "interrupted", false},
	}
	for _, test := range tests {
		source := "experiment \"e\" {\n" + test.parts + "\n}\n"
		var got string
		synctest.Test(t, func(t *testing.T) {
			got = newTrial(t, map[string]string{"x.chaos": source, "options": test.options}).run(t)
		})
		if test.verdict == interp.Invalid {
			if !strings.HasPrefix(got, "check:") {
				t.Errorf("%s%s ran", source, test.options)
			}
			continue
		}
		deviated := ""
		if test.deviated {
			deviated = " deviated"
		}
		end := fmt.Sprintf("run ended %s%s", test.status, deviated)
		verdict := fmt.Sprintf("\nverdict %s exit %d\n", test.verdict, test.verdict.ExitCode())
		if !strings.Contains(got, end+"\n") && !strings.Contains(got, end+" open") || !strings.Contains(got, verdict) {
			t.Errorf("%s%s\nwant %s and %s, got\n%s", source, test.options, end, verdict, got)
		}
	}
}
