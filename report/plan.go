package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/plan"
)

// PlanTimes are the longest times of a run, as the plan shows them; Unknown
// names what only the run can tell.
type PlanTimes struct {
	// Run is everything up to the rollback, a deadline counted.
	Run time.Duration `json:"run_ns"`
	// Rollback and Undo come after it, and nothing cuts them short.
	Rollback time.Duration `json:"rollback_ns"`
	Undo     time.Duration `json:"undo_ns"`
	Unknown  []string      `json:"unknown,omitempty"`
}

// Plan is the plan of one experiment with its times.
type Plan struct {
	*plan.Plan
	Longest PlanTimes `json:"longest"`
}

// PlansJSON writes plans for programs, as one document:
// {"version": 1, "plans": […]}. Names are added to, never changed.
func PlansJSON(w io.Writer, plans []Plan) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Version int    `json:"version"`
		Plans   []Plan `json:"plans"`
	}{1, plans})
}

// PlanText writes a plan for people. Nothing of it reaches a terminal as a
// control sequence.
func PlanText(out io.Writer, p Plan) {
	w := new(strings.Builder)
	defer func() { io.WriteString(out, Printable(w.String())) }()
	fmt.Fprintf(w, "Plan of %q (%s)\n", p.Title, p.File)
	printLines(w, "\nSettings", p.Settings)
	for _, s := range p.Sections {
		fmt.Fprintf(w, "\n%s\n", sectionTitle(s))
		for _, c := range s.Clauses {
			fmt.Fprintf(w, "    (%s)\n", c)
		}
		printSteps(w, s.Steps, 1)
	}
	printTouches(w, "\nRead before the run", p.Reads)
	printLines(w, "\nUsed as probes, though they could change something", p.Probing)
	printLines(w, "\nSecrets let go by reveal", p.Revealed)
	fmt.Fprintf(w, "\nLongest time: %s until the rollback", Longest(p.Longest.Run))
	if p.Longest.Rollback > 0 {
		fmt.Fprintf(w, ", then %s for the rollback", Longest(p.Longest.Rollback))
	}
	if p.Longest.Undo > 0 {
		fmt.Fprintf(w, ", then %s for the undo", Longest(p.Longest.Undo))
	}
	fmt.Fprintln(w)
	printLines(w, "Not counted, since only the run can tell", p.Longest.Unknown)
}

func sectionTitle(s plan.Section) string {
	name := strings.ToUpper(s.Name[:1]) + s.Name[1:]
	switch s.Name {
	case "steady":
		name = "Steady state, " + s.When
	case "guard":
		name = "Guard, while the method runs"
	}
	if s.Title != "" {
		name += ": " + s.Title
	}
	return name
}

func printSteps(w io.Writer, steps []plan.Step, depth int) {
	pad := strings.Repeat("    ", depth)
	for _, s := range steps {
		line := s.Kind
		if s.Title != "" {
			line += " " + s.Title
		}
		if s.Function != "" && s.Function != s.Title {
			line += " = " + s.Function
		}
		fmt.Fprintf(w, "%s%s\n", pad, line)
		for _, c := range s.Clauses {
			fmt.Fprintf(w, "%s    %s\n", pad, c)
		}
		for _, t := range s.Touches {
			fmt.Fprintf(w, "%s    %s\n", pad, touchText(t))
		}
		if s.Undo != "" {
			fmt.Fprintf(w, "%s    undo: %s\n", pad, s.Undo)
		}
		printSteps(w, s.Steps, depth+1)
	}
}

// effectWord says what an effect does.
func effectWord(effect string) string {
	return map[string]string{"read": "reads", "write": "changes", "net": "contacts", "exec": "executes",
		"signal": "signals", "shell": "runs in a shell", "env": "environment variable"}[effect]
}

func touchText(t plan.Touch) string {
	line := effectWord(t.Effect) + ": " + t.What
	if !t.Known {
		line += " (known at run time"
		if len(t.From) > 0 && !(len(t.From) == 1 && t.From[0] == t.What) {
			line += ", from " + strings.Join(t.From, ", ")
		}
		line += ")"
	}
	return line
}

func printTouches(w io.Writer, title string, touches []plan.Touch) {
	lines := make([]string, len(touches))
	for i, t := range touches {
		lines[i] = touchText(t)
	}
	printLines(w, title, lines)
}

func printLines(w io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(w, title)
	for _, l := range lines {
		fmt.Fprintf(w, "    %s\n", l)
	}
}

// Longest writes a longest time; the largest duration stands for all that do
// not fit.
func Longest(d time.Duration) string {
	if d == math.MaxInt64 {
		return "more than 290 years"
	}
	return literal.FormatDuration(d)
}
