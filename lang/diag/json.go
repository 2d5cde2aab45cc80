package diag

import (
	"encoding/json"
	"io"

	"github.com/chaosc-lang/chaosc/ast"
)

// The form that JSON writes. Names are stable: they are added to, never
// changed.
type (
	jsonReport struct {
		Version     int              `json:"version"`
		Diagnostics []jsonDiagnostic `json:"diagnostics"`
	}
	jsonDiagnostic struct {
		Code     string `json:"code"`
		Severity string `json:"severity"`
		Message  string `json:"message"`
		jsonPlace
		Label   string        `json:"label,omitempty"`
		Related []jsonRelated `json:"related,omitempty"`
		Notes   []string      `json:"notes,omitempty"`
		Help    []jsonHelp    `json:"help,omitempty"`
	}
	jsonPlace struct {
		File  string        `json:"file,omitempty"`
		Start *jsonPosition `json:"start,omitempty"`
		End   *jsonPosition `json:"end,omitempty"`
	}
	jsonPosition struct {
		Offset int `json:"offset"`
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	jsonRelated struct {
		Message string `json:"message"`
		jsonPlace
	}
	jsonHelp struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits,omitempty"`
	}
	jsonEdit struct {
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
		Text  string       `json:"text"`
	}
)

// JSON writes diagnostics for programs, as one document:
//
//	{"version": 1, "diagnostics": [{
//	    "code": "E0203", "severity": "error" or "warning", "message": "…",
//	    "file": "a.chaos", "start": POSITION, "end": POSITION, "label": "…",
//	    "related": [{"message": "…", "file": "…", "start": …, "end": …}],
//	    "notes": ["…"],
//	    "help": [{"message": "…", "edits": [{"start": …, "end": …, "text": "…"}]}]
//	}]}
//
// A POSITION is {"offset": bytes from 0, "line": from 1, "column": runes from
// 1}; an end is behind the last character. What is empty is left out, as is the
// place of what has none. Edits are of the file of the diagnostic.
func JSON(w io.Writer, l List) error {
	report := jsonReport{Version: 1, Diagnostics: make([]jsonDiagnostic, 0, len(l))}
	for _, d := range l {
		j := jsonDiagnostic{
			Code: d.Code, Severity: d.Severity.String(), Message: d.Message,
			jsonPlace: jsonPlaceOf(d.Source, d.Span), Label: d.Label, Notes: d.Notes,
		}
		for _, r := range d.Related {
			j.Related = append(j.Related, jsonRelated{r.Message, jsonPlaceOf(r.Source, r.Span)})
		}
		for _, h := range d.Help {
			help := jsonHelp{Message: h.Message}
			for _, e := range h.Edits {
				if p := jsonPlaceOf(d.Source, e.Span); d.Source != nil {
					help.Edits = append(help.Edits, jsonEdit{*p.Start, *p.End, e.Text})
				}
			}
			j.Help = append(j.Help, help)
		}
		report.Diagnostics = append(report.Diagnostics, j)
	}
	return writeJSON(w, report)
}

func jsonPlaceOf(s *ast.Source, r ast.Span) jsonPlace {
	if s == nil {
		return jsonPlace{}
	}
	start, end := jsonPosition(s.Position(r.Start)), jsonPosition(s.Position(max(r.Start, r.End)))
	return jsonPlace{File: s.Name, Start: &start, End: &end}
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
