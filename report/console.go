package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// Technique: the console is a fold over the events of a run. Where the Chaos
// Toolkit has a line for what happens, it is that line, word for word, so that
// people and scripts find what they know.

// Console prints the events of a run as lines.
type Console struct {
	log *Logger
	// the activities that are going on, for the line that says one failed
	going   map[uint64]going
	met     int
	checked int
	undone  int
	failed  int // actions
	// what the check after the method that is going on has found: it counts,
	// and is worth a warning, only when no other follows
	look struct {
		going, again bool
		unmet        []*journal.Checked
		checked      int
	}
}

type going struct {
	title string
	kind  string // probe or action
	again bool   // in a check after the method that repeats another
}

// NewConsole returns a console that prints through a logger.
func NewConsole(log *Logger) *Console {
	return &Console{log: log, going: map[uint64]going{}}
}

// Handle prints an event. It is called for one event at a time.
func (c *Console) Handle(ev journal.Event) {
	say := func(level Level, format string, args ...any) {
		if len(args) > 0 {
			format = fmt.Sprintf(format, args...)
		}
		c.log.LogAt(ev.Time, level, format)
	}
	switch e := ev.Body.(type) {
	case *journal.RunStarted:
		say(Info, "Running experiment: %s", e.Title)
		if e.Dry != "" {
			say(Warning, "Running experiment with dry %s", e.Dry)
		}
		say(Info, "Steady-state strategy: %s", strategyName(e.Hypothesis))
		say(Info, "Rollbacks strategy: %s", e.Rollbacks)
		say(Debug, "Run %s with seed %d in %s", e.Run, e.Seed, e.Folder)
	case *journal.Log:
		say(ParseLevel(e.Level), "%s", e.Message)
	case *journal.PhaseStarted:
		c.phaseStarted(say, e)
	case *journal.PhaseEnded:
		if e.Error != "" {
			say(Error, "The %s ended early: %s", e.Phase, e.Error)
		}
	case *journal.HypothesisStarted:
		if e.Phase == journal.After {
			c.look.going, c.look.again = true, e.Round > 1
			c.look.unmet, c.look.checked = nil, 0
		}
		switch {
		case e.None:
			say(Info, "No steady state hypothesis defined. That's ok, just exploring.")
		case e.Guard != "":
			say(Debug, "Guard: %s", e.Guard)
		case e.Round > 1 && e.Phase == journal.After:
			say(Debug, "Steady state hypothesis: %s (look %d)", e.Title, e.Round)
		default:
			say(Info, "Steady state hypothesis: %s", e.Title)
		}
	case *journal.HypothesisEnded:
		c.hypothesisEnded(say, e)
	case *journal.ActivityStarted:
		c.activityStarted(say, e)
	case *journal.ActivityEnded:
		c.activityEnded(say, e)
	case *journal.Checked:
		c.check(say, e)
	case *journal.Paused:
		say(Info, pauseLine(e))
	case *journal.WaitStarted:
		say(Info, "Waiting at most %s for: %s", seconds(e.Within), condition(e.Place.Text))
	case *journal.WaitEnded:
		if e.Met {
			say(Info, "Met after %s", seconds(e.Elapsed.Round(time.Millisecond)))
			return
		}
		say(Critical, "Not met within %s: %s%s", seconds(e.Elapsed.Round(time.Millisecond)),
			condition(e.Place.Text), details(e.Explain, e.Error, e.Place))
	case *journal.UndoStarted:
		say(Info, "Undo: %s (%s)", e.Title, e.Does)
	case *journal.UndoEnded:
		c.undoEnded(say, e)
	case *journal.Interrupted:
		say(Warning, "%s%s", e.Message, details(e.Explain, "", e.Place))
	case *journal.RunEnded:
		c.runEnded(say, ev.Time, e)
	}
}

type sayFunc func(level Level, format string, args ...any)

// strategyName writes a hypothesis strategy as the Chaos Toolkit names it.
func strategyName(s string) string {
	switch s {
	case "before-method", "after-method", "during-method":
		return s + "-only"
	case "continuously":
		return "continuous"
	}
	return s
}

func (c *Console) phaseStarted(say sayFunc, e *journal.PhaseStarted) {
	switch e.Phase {
	case journal.Setup:
		if !e.None {
			say(Info, "Setting up...")
		}
	case journal.Method:
		say(Info, "Playing your experiment's method now...")
		if e.None {
			say(Info, "No declared activities, let's move on.")
		}
	case journal.Rollback:
		switch e.Forced {
		case "always":
			say(Warning, "Rollbacks were explicitly requested to be played")
		case "never":
			say(Warning, "Rollbacks were explicitly requested to not be played")
			return
		case "deviated":
			say(Warning, "Rollbacks will be played only because the experiment deviated")
		case "not-deviated":
			say(Warning, "Rollbacks were explicitely requested to be played only if the experiment deviated. "+
				"Since this is not the case, we will not play them.")
			return
		}
		say(Info, "Let's rollback...")
		if e.None {
			say(Info, "No declared rollbacks, let's move on.")
		}
	case journal.Undo:
		if !e.None {
			say(Info, "Undoing what was changed...")
		}
	}
}

func (c *Console) activityStarted(say sayFunc, e *journal.ActivityStarted) {
	again := e.Phase == journal.After && c.look.again
	c.going[e.ID] = going{e.Title, e.Type, again}
	level := Info
	if e.Guard != "" || again {
		level = Debug
	}
	if e.Phase == journal.Rollback && e.Parent == 0 {
		say(level, "Rollback: %s", e.Title)
	}
	line := strings.ToUpper(e.Type[:1]) + e.Type[1:] + ": " + e.Title
	if e.Background {
		line += " [in background]"
	}
	say(level, "%s", line)
}

func (c *Console) activityEnded(say sayFunc, e *journal.ActivityEnded) {
	g := c.going[e.ID]
	delete(c.going, e.ID)
	if e.Status == journal.Failed && g.kind == "action" {
		c.failed++
	}
	switch {
	case e.Status == journal.Aborted:
		say(Warning, "  => stopped: %s", g.title)
	case e.Error != "" && g.again:
		say(Debug, "  => failed: %s", e.Error)
	case e.Error != "":
		say(Error, "  => failed: %s", e.Error)
	}
	if e.Tries > 1 {
		say(Debug, "%s: %d tries, the last took %s", g.title, e.Tries, seconds(e.Elapsed))
	}
}

func (c *Console) hypothesisEnded(say sayFunc, e *journal.HypothesisEnded) {
	if e.Phase == journal.After {
		c.endLook(say, e.Final || e.Cancelled)
	}
	switch {
	case e.Guard != "" || e.Cancelled:
	case e.Met:
		say(Info, "Steady state hypothesis is met!")
		if e.Took > 0 {
			say(Info, "Recovered %s after the end of the method", seconds(e.Took.Round(time.Millisecond)))
		}
	case e.Phase == journal.During:
		say(Warning, "Continuous steady state probe '%s' is not in the given tolerance", e.Probe)
	case !e.Final:
		level := Info
		if e.Round > 1 {
			level = Debug
		}
		say(level, "Steady state probe '%s' is not in the given tolerance yet", e.Probe)
	default:
		say(Critical, "Steady state probe '%s' is not in the given tolerance so failing this experiment", e.Probe)
	}
}

// endLook tells what a check after the method has found.
func (c *Console) endLook(say sayFunc, final bool) {
	c.look.going = false
	if final {
		c.checked += c.look.checked
		c.met += c.look.checked - len(c.look.unmet)
	}
	for _, e := range c.look.unmet {
		level := Debug
		if final {
			level = unmetLevel(e)
		}
		sayUnmet(say, level, e)
	}
}

func (c *Console) check(say sayFunc, e *journal.Checked) {
	if c.look.going && e.Phase == journal.After {
		c.look.checked++
		if !e.Met {
			c.look.unmet = append(c.look.unmet, e)
		}
		return
	}
	c.checked++
	if e.Met {
		c.met++
		return
	}
	sayUnmet(say, unmetLevel(e), e)
}

func unmetLevel(e *journal.Checked) Level {
	if e.Assert {
		return Critical
	}
	return Warning
}

func sayUnmet(say sayFunc, level Level, e *journal.Checked) {
	say(level, "Not met: %s%s", e.Place.Text, details(e.Explain, e.Error, e.Place))
}

func (c *Console) undoEnded(say sayFunc, e *journal.UndoEnded) {
	switch {
	case e.Error != "":
		say(Error, "  => not restored: %s", e.Error)
	case len(e.Differences) > 0:
		var b strings.Builder
		for _, d := range e.Differences {
			fmt.Fprintf(&b, "\n%s is %s, was %s", d.What, d.Got, d.Want)
		}
		say(Error, "  => not as it was:%s", b.String())
	case !e.Dry:
		c.undone++
	}
}

func (c *Console) runEnded(say sayFunc, at time.Time, e *journal.RunEnded) {
	status := e.Status
	if e.Deviated {
		status = "deviated"
	}
	say(Info, "Experiment ended with status: %s", status)
	if e.Deviated {
		say(Info, "The steady-state has deviated, a weakness may have been discovered")
	}
	level := Info
	if e.Verdict != "held" {
		level = Critical
	}
	c.log.AlwaysAt(at, level, "Verdict: "+e.Verdict+c.summary(e))
}

// summary says in a few words what stands behind the verdict.
func (c *Console) summary(e *journal.RunEnded) string {
	var parts []string
	if c.checked > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s met", c.met, count(c.checked, "expectation")))
	}
	if c.failed > 0 {
		parts = append(parts, count(c.failed, "action")+" failed")
	}
	if c.undone > 0 {
		parts = append(parts, count(c.undone, "change")+" put back")
	}
	if e.Open > 0 {
		parts = append(parts, count(e.Open, "change")+" not put back")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// count writes "1 change", "2 changes".
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

func pauseLine(e *journal.Paused) string {
	switch e.Reason {
	case "delay":
		return "Pausing before next activity for " + seconds(e.Duration) + "..."
	case "settle":
		return "Pausing after activity for " + seconds(e.Duration) + "..."
	}
	return "Pausing for " + seconds(e.Duration) + "..."
}

// seconds writes a time as the Chaos Toolkit does: in seconds, with as many
// digits as it needs.
func seconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/1e9, 'f', -1, 64) + "s"
}

// condition cuts a wait down to what it waits for.
func condition(text string) string {
	if _, cond, ok := strings.Cut(text, "until "); ok {
		text = cond
	}
	if i := strings.LastIndex(text, " within "); i > 0 {
		text = text[:i]
	}
	return text
}

// details are the further lines of a message: the values, and where it stands.
func details(explain []string, err string, p journal.Place) string {
	var b strings.Builder
	for _, line := range explain {
		b.WriteString("\n" + line)
	}
	if err != "" {
		b.WriteString("\n" + err)
	}
	if p.File != "" {
		fmt.Fprintf(&b, "\nat %s:%d:%d", p.File, p.Line, p.Column)
	}
	return b.String()
}
