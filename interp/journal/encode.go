package journal

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// The two events of every activity are written by hand: they are most of a
// journal, and reflection would cost more than all the rest of an activity
// that does nothing. A test holds them against encoding/json.

func (e *ActivityStarted) appendJSON(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendUint(b, e.ID, 10)
	if e.Parent != 0 {
		b = append(b, `,"parent":`...)
		b = strconv.AppendUint(b, e.Parent, 10)
	}
	b = appendText(b, `,"phase":`, e.Phase)
	if e.Guard != "" {
		b = appendText(b, `,"guard":`, e.Guard)
	}
	b = appendText(b, `,"type":`, e.Type)
	b = appendText(b, `,"title":`, e.Title)
	b = appendText(b, `,"function":`, e.Function)
	if e.Background {
		b = append(b, `,"background":true`...)
	}
	if len(e.Arguments) > 0 {
		b = append(append(b, `,"arguments":`...), e.Arguments...)
	}
	b = append(b, `,"place":{`...)
	start := len(b)
	if e.Place.File != "" {
		b = appendText(b, `,"file":`, e.Place.File)
	}
	b = appendInt(b, `,"line":`, int64(e.Place.Line))
	b = appendInt(b, `,"column":`, int64(e.Place.Column))
	if e.Place.Text != "" {
		b = appendText(b, `,"text":`, e.Place.Text)
	}
	if len(b) > start { // without the comma before the first
		b = append(b[:start], b[start+1:]...)
	}
	return append(b, "}}"...)
}

func (e *ActivityEnded) appendJSON(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendUint(b, e.ID, 10)
	b = appendText(b, `,"status":`, e.Status)
	if len(e.Output) > 0 {
		b = append(append(b, `,"output":`...), e.Output...)
	}
	if e.Error != "" {
		b = appendText(b, `,"error":`, e.Error)
	}
	b = append(b, `,"elapsed":`...)
	b = strconv.AppendInt(b, int64(e.Elapsed), 10)
	b = appendInt(b, `,"tries":`, int64(e.Tries))
	if e.Tolerance != nil {
		b = append(b, `,"tolerance":`...)
		b = strconv.AppendBool(b, *e.Tolerance)
	}
	if e.Dry {
		b = append(b, `,"dry":true`...)
	}
	return append(b, '}')
}

func appendText(b []byte, key, s string) []byte {
	b, _ = jsontext.AppendQuote(append(b, key...), s) // the error only says that invalid UTF-8 was replaced
	return b
}

// appendInt leaves zero out.
func appendInt(b []byte, key string, n int64) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(append(b, key...), n, 10)
}
