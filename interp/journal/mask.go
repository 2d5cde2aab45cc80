package journal

import (
	"encoding/json"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Technique: masking at the one door. Only texts that are for people are
// masked; the words of the format and the states of undo entries are not,
// since a state that was changed could no longer put anything back.

func (e *RunStarted) mask(m Masker) {
	e.Title = m.Mask(e.Title)
	e.Experiment = maskJSON(e.Experiment, m)
}
func (e *Log) mask(m Masker)               { e.Message = m.Mask(e.Message) }
func (e *PhaseStarted) mask(Masker)        {}
func (e *PhaseEnded) mask(m Masker)        { e.Error = m.Mask(e.Error) }
func (e *HypothesisStarted) mask(m Masker) { e.Title = m.Mask(e.Title) }
func (e *HypothesisEnded) mask(m Masker)   { e.Probe = m.Mask(e.Probe) }
func (e *ActivityStarted) mask(m Masker) {
	e.Title = m.Mask(e.Title)
	e.Arguments = maskJSON(e.Arguments, m)
	e.Place.mask(m)
}
func (e *ActivityEnded) mask(m Masker) {
	e.Output = maskJSON(e.Output, m)
	e.Error = m.Mask(e.Error)
}
func (e *Checked) mask(m Masker) {
	e.Explain = maskAll(e.Explain, m)
	e.Error = m.Mask(e.Error)
	e.Place.mask(m)
}
func (e *Paused) mask(Masker)        {}
func (e *WaitStarted) mask(m Masker) { e.Place.mask(m) }
func (e *WaitEnded) mask(m Masker) {
	e.Explain = maskAll(e.Explain, m)
	e.Error = m.Mask(e.Error)
	e.Place.mask(m)
}
func (e *UndoIntent) mask(m Masker) {
	e.Title = m.Mask(e.Title)
	e.Place.mask(m)
}
func (e *ActionDone) mask(Masker) {}
func (e *UndoStarted) mask(m Masker) {
	e.Title = m.Mask(e.Title)
	e.Does = m.Mask(e.Does)
}
func (e *UndoEnded) mask(m Masker) {
	e.Error = m.Mask(e.Error)
	for i, d := range e.Differences {
		e.Differences[i] = Difference{m.Mask(d.What), m.Mask(d.Want), m.Mask(d.Got)}
	}
}
func (e *Interrupted) mask(m Masker) {
	e.Message = m.Mask(e.Message)
	e.Explain = maskAll(e.Explain, m)
	e.Place.mask(m)
}
func (e *RunEnded) mask(Masker) {}

func (p *Place) mask(m Masker) { p.Text = m.Mask(p.Text) }

func maskAll(list []string, m Masker) []string {
	for i, s := range list {
		list[i] = m.Mask(s)
	}
	return list
}

// maskJSON masks the strings and the numbers of a JSON text; a number becomes
// a string then. The result is JSON again.
func maskJSON(raw json.RawMessage, m Masker) json.RawMessage {
	if len(raw) == 0 {
		return raw
	}
	s := string(raw)
	if m.Mask(s) == s { // no secret anywhere, whatever its place
		return raw
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"':
			end := stringEnd(s, i)
			out.WriteString(maskString(s[i:end], m))
			i = end
		case c == '-' || c >= '0' && c <= '9':
			end := i + 1
			for end < len(s) && strings.IndexByte("0123456789+-.eE", s[end]) >= 0 {
				end++
			}
			if masked := m.Mask(s[i:end]); masked != s[i:end] {
				out.WriteString(`"` + masked + `"`)
			} else {
				out.WriteString(s[i:end])
			}
			i = end
		default:
			out.WriteByte(c)
			i++
		}
	}
	return json.RawMessage(out.String())
}

// maskString masks a JSON string. It is masked as the text that it stands for:
// in its escaped form half an escape could be taken for a part of a secret.
func maskString(quoted string, m Masker) string {
	text, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return `"***"` // no JSON: nothing of it is sure to be harmless
	}
	masked := m.Mask(string(text))
	if masked == string(text) {
		return quoted
	}
	b, _ := jsontext.AppendQuote(nil, masked)
	return string(b)
}

// stringEnd returns the offset behind the JSON string that starts at i.
func stringEnd(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}
