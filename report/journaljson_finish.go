package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"time"

	"github.com/chaosc-lang/chaosc/interp/journal"
)

// header is what stands at the top of journal.json, in the order of the Chaos
// Toolkit.
type header struct {
	Version    string          `json:"chaosc-version"`
	Platform   string          `json:"platform"`
	Node       string          `json:"node"`
	Experiment json.RawMessage `json:"experiment"`
	Start      string          `json:"start"`
	Status     string          `json:"status"`
	Deviated   bool            `json:"deviated"`
	Verdict    string          `json:"verdict"`
	Run        string          `json:"run_id"`
	Seed       uint64          `json:"seed"`
	States     steadyStates    `json:"steady_states"`
}

type steadyStates struct {
	Before *state   `json:"before"`
	After  *state   `json:"after"`
	During []*state `json:"during"`
}

// Finish puts the journal together. Activities that have not ended are written
// without a status.
func (t *ToolkitJournal) Finish(w io.Writer, end time.Time, r *journal.RunEnded) error {
	for _, l := range t.lists {
		for _, a := range l.waiting {
			data := a.entry.Output
			if a.phase != "" {
				var err error
				data, err = json.Marshal(a.entry)
				t.keep(err)
			}
			l.append(data, t)
		}
		l.waiting = nil
	}
	if t.err != nil {
		return t.err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	during := t.during
	if during == nil {
		during = []*state{}
	}
	head, err := json.Marshal(header{Version: t.run.Version, Platform: t.run.Platform, Node: t.run.Node,
		Experiment: t.run.Experiment, Start: isoTime(t.start), Status: r.Status, Deviated: r.Deviated,
		Verdict: r.Verdict, Run: t.run.Run, Seed: t.run.Seed,
		States: steadyStates{t.states[journal.Before], t.states[journal.After], during}})
	if err != nil {
		return err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, head, "", "  "); err != nil {
		return err
	}
	out.Write(bytes.TrimSuffix(pretty.Bytes(), []byte("\n}")))
	for _, part := range []string{"setup", "run", "rollbacks", "undo", "guards", "checks"} {
		l := t.lists[part]
		if l == nil && part != "run" && part != "rollbacks" {
			continue
		}
		out.WriteString(",\n  \"" + part + "\": ")
		if err := l.copyTo(out); err != nil {
			return err
		}
	}
	tail, err := json.Marshal(isoTime(end))
	if err != nil {
		return err
	}
	out.WriteString(",\n  \"end\": " + string(tail) + ",\n  \"duration\": ")
	duration, err := json.Marshal(end.Sub(t.start).Seconds())
	if err != nil {
		return err
	}
	out.Write(duration)
	out.WriteString("\n}\n")
	return out.Flush()
}

// Close takes the pieces away.
func (t *ToolkitJournal) Close() {
	for _, l := range t.lists {
		if l.file != nil {
			l.file.Close()
			os.Remove(l.path)
		}
	}
}
