package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/term"

	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/report"
)

// maxShown is how many diagnostics people are shown at once.
const maxShown = 200

// show prints diagnostics on standard error: for people with their excerpts and
// a line that counts them, or a JSON object a line. The log file gets a line
// for each of them too.
func (a *app) show(list diag.List) {
	if len(list) == 0 {
		return
	}
	for _, d := range list {
		level := report.Error
		if d.Severity == diag.Warning {
			level = report.Warning
		}
		a.log.Diagnose(level, summary(d), asData(d))
	}
	if a.logFormat == "json" {
		return
	}
	diag.Render(a.err, list[:min(len(list), maxShown)], diag.Options{Color: report.WantsColor(isTerminal(a.err)), Width: a.width()})
	if more := len(list) - maxShown; more > 0 {
		fmt.Fprintf(a.err, "\n… and %d more\n", more)
	}
	fmt.Fprintf(a.err, "\n%s\n", diag.Summary(list))
}

// summary is a diagnostic in one line.
func summary(d *diag.Diagnostic) string {
	line := d.Severity.String() + "[" + d.Code + "]: " + d.Message
	if d.Source != nil {
		line = diag.Place(d.Source, d.Span) + ": " + line
	}
	return line
}

// asData is a diagnostic in the form of `validate --format json`.
func asData(d *diag.Diagnostic) json.RawMessage {
	var text, line bytes.Buffer
	var document struct{ Diagnostics []json.RawMessage }
	diag.JSON(&text, diag.List{d}) // a buffer takes everything
	if err := json.Unmarshal(text.Bytes(), &document); err != nil || len(document.Diagnostics) != 1 {
		return json.RawMessage("{}")
	}
	json.Compact(&line, document.Diagnostics[0])
	return line.Bytes()
}

// width is the number of columns of the terminal, or 0.
func (a *app) width() int {
	if f, ok := a.err.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			return w
		}
	}
	return 0
}
