// Package report turns the events of a run into what people and other programs
// read: the lines of the console, journal.json in the form of the Chaos
// Toolkit; and prints a plan.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/fatih/color"
)

// Level says how important a line is. The names are those of Python's logging,
// which the Chaos Toolkit prints.
type Level int

// The levels, from the least important.
const (
	Debug Level = iota
	Info
	Warning
	Error
	Critical
)

var levelNames = [...]string{"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}

func (l Level) String() string { return levelNames[l] }

// ParseLevel returns the level of a name; an unknown name is Info.
func ParseLevel(name string) Level {
	for i, n := range levelNames {
		if n == name {
			return Level(i)
		}
	}
	return Info
}

// Sink is one place where lines go.
type Sink struct {
	W     io.Writer
	JSON  bool  // one JSON object a line: {"time": …, "level": …, "message": …}, and "diagnostic" for one
	Color bool  // by level; not with JSON
	Least Level // lines below are left out
	// Rendered says that diagnostics get here in another way, with their
	// excerpts: [Logger.Diagnose] leaves them out.
	Rendered bool
}

// Logger writes lines with time and level to its sinks. It may be used from
// several goroutines.
type Logger struct {
	mu    sync.Mutex
	sinks []Sink
	now   func() time.Time
	buf   []byte
}

// NewLogger returns a logger for these sinks; now may be nil.
func NewLogger(now func() time.Time, sinks ...Sink) *Logger {
	if now == nil {
		now = time.Now
	}
	return &Logger{sinks: sinks, now: now}
}

// Log writes one message. A message of several lines is one entry; its further
// lines are indented by four columns.
func (l *Logger) Log(level Level, text string) { l.LogAt(l.now(), level, text) }

// AlwaysAt writes a message that belongs to a time to all sinks, whatever their
// least level is.
func (l *Logger) AlwaysAt(at time.Time, level Level, text string) {
	l.write(message{at: at, level: level, text: text, always: true})
}

// LogAt writes a message that belongs to a time.
func (l *Logger) LogAt(at time.Time, level Level, text string) {
	l.write(message{at: at, level: level, text: text})
}

// Diagnose writes a diagnostic: as a line of text, and as data, which is JSON,
// where lines are JSON.
func (l *Logger) Diagnose(level Level, text string, data json.RawMessage) {
	l.write(message{at: l.now(), level: level, text: text, diagnostic: data})
}

// message is one message with its time and level.
type message struct {
	at         time.Time
	level      Level
	text       string
	diagnostic json.RawMessage // nil for a message that is none
	always     bool
}

func (l *Logger) write(e message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.sinks {
		if e.level < s.Least && !e.always || e.diagnostic != nil && s.Rendered {
			continue
		}
		if s.JSON {
			l.buf = appendJSONLine(l.buf[:0], e)
		} else {
			l.buf = appendTextLine(l.buf[:0], e, s.Color)
		}
		s.W.Write(l.buf)
	}
}

const stamp = "2006-01-02 15:04:05"

func appendTextLine(b []byte, e message, colored bool) []byte {
	b = append(b, '[')
	b = e.at.Local().AppendFormat(b, stamp)
	b = append(b, ' ')
	name := e.level.String()
	if colored {
		name = e.level.in(name)
	}
	b = append(append(b, name...), "] "...)
	for i, line := range strings.Split(Printable(e.text), "\n") {
		if i > 0 {
			b = append(b, "\n    "...)
		}
		if colored && i == 0 && e.level >= Warning {
			line = e.level.in(line)
		}
		b = append(b, line...)
	}
	return append(b, '\n')
}

func appendJSONLine(b []byte, e message) []byte {
	line, err := json.Marshal(struct {
		Time       string          `json:"time"`
		Level      string          `json:"level"`
		Message    string          `json:"message"`
		Diagnostic json.RawMessage `json:"diagnostic,omitempty"`
	}{e.at.UTC().Format(time.RFC3339Nano), e.level.String(), e.text, e.diagnostic})
	if err != nil { // strings always have a JSON form, and the diagnostic is JSON
		return b
	}
	return append(append(b, line...), '\n')
}

// Printable makes sure that no text of an experiment or a server reaches a
// terminal as a control sequence, nor changes the direction of what is read.
func Printable(s string) string {
	clean := true
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == 0xc2 || c == 0xe2 {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		switch {
		case r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&out, "\\x%02x", r)
		case unicode.Is(unicode.Bidi_Control, r):
			fmt.Fprintf(&out, "\\u{%x}", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// in colours a text by level. It does not ask the environment: whether there
// is colour is decided once, by the command.
func (l Level) in(text string) string {
	c := color.New(levelColors[l])
	if l == Critical {
		c.Add(color.Bold)
	}
	c.EnableColor()
	return c.Sprint(text)
}

var levelColors = [...]color.Attribute{
	Debug:    color.FgHiBlack,
	Info:     color.FgGreen,
	Warning:  color.FgYellow,
	Error:    color.FgRed,
	Critical: color.FgRed,
}

// WantsColor decides whether a file gets colour: it is a terminal, TERM is not
// "dumb", and NO_COLOR is not set (https://no-color.org). FORCE_COLOR gives
// colour to anything.
func WantsColor(isTerminal bool) bool {
	if v, ok := os.LookupEnv("NO_COLOR"); ok && v != "" {
		return false
	}
	if v := os.Getenv("FORCE_COLOR"); v != "" && v != "0" {
		return true
	}
	return isTerminal && os.Getenv("TERM") != "dumb"
}
