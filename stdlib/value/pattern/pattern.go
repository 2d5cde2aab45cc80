// Package pattern matches texts with regular expressions in the syntax and
// with the meaning of Python's re module, which is what the Chaos Toolkit
// takes.
//
// Technique: a pattern is read by a parser of our own, which knows what Python
// takes, gives the place of a mistake, and writes the pattern again in a form
// that means the same to two engines: Go's regexp, which always runs in linear
// time, and regexp2, which backtracks, for lookaround, references back and
// whatever else only that can do. The latter has a limit of time, and so of space:
// what it remembers of a text of 1 MiB stays below some hundred MiB.
//
// It takes a little more than Python: what a lookbehind looks for may have any
// width. Unlike Python it wants a group before the condition that asks for it.
package pattern

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

// Timeout is how long one match may take. Only patterns that backtrack come
// near it.
const Timeout = time.Second

// Pattern is a compiled pattern; it may be used from several goroutines.
type Pattern struct {
	text  string
	names []string // of the groups, "" for one without; the whole match is group 0
	fast  *regexp.Regexp
	slow  *regexp2.Regexp // where fast is nil
}

// Error is a mistake in a pattern.
type Error struct {
	Offset  int // in bytes, where the mistake begins
	Message string
}

func (e *Error) Error() string { return e.Message }

// Compile reads a pattern. Its errors are an *[Error].
func Compile(text string) (*Pattern, error) {
	t := &translator{src: text, names: []string{""}}
	if err := t.translate(); err != nil {
		return nil, err
	}
	p := &Pattern{text: text, names: t.names}
	out := string(t.out)
	var err error
	if !t.backtracks {
		if p.fast, err = regexp.Compile(out); err == nil {
			return p, nil
		} // it is too large for Go's engine
	}
	p.slow, err = regexp2.Compile(out, regexp2.None)
	if err != nil {
		_, reason, _ := strings.Cut(err.Error(), "error parsing regexp: ")
		reason, _, _ = strings.Cut(reason, " in `")
		return nil, &Error{Message: "the pattern cannot be used: " + reason}
	}
	p.slow.MatchTimeout = Timeout
	return p, nil
}

// String returns the pattern as it was written.
func (p *Pattern) String() string { return p.text }

// Match reports whether the pattern matches anywhere in s, as re.search. It
// fails where the pattern takes more than [Timeout].
func (p *Pattern) Match(s string) (bool, error) {
	if p.fast != nil {
		return p.fast.MatchString(s), nil
	}
	ok, err := p.slow.MatchString(s)
	if err != nil {
		return false, p.tooMuch(s)
	}
	return ok, nil
}

// Group is a part of a match.
type Group struct {
	Name    string // empty where it has none
	Text    string
	Matched bool // false where the group took no part in the match
}

// Find returns the first match in s: the whole, then each group; nil where
// there is none.
func (p *Pattern) Find(s string) ([]Group, error) {
	groups := make([]Group, len(p.names))
	for i := range groups {
		groups[i].Name = p.names[i]
	}
	if p.fast != nil {
		at := p.fast.FindStringSubmatchIndex(s)
		if at == nil {
			return nil, nil
		}
		for i := range groups {
			if from := at[2*i]; from >= 0 {
				groups[i].Text, groups[i].Matched = s[from:at[2*i+1]], true
			}
		}
		return groups, nil
	}
	m, err := p.slow.FindStringMatch(s)
	if err != nil {
		return nil, p.tooMuch(s)
	}
	if m == nil {
		return nil, nil
	}
	for i := range groups {
		if g := m.GroupByNumber(i); g != nil && len(g.Captures) > 0 {
			groups[i].Text, groups[i].Matched = g.String(), true
		}
	}
	return groups, nil
}

func (p *Pattern) tooMuch(s string) error {
	return fmt.Errorf("the pattern %q needs more than %s on a text of %d bytes: it tries too many ways, as (a+)+ does", p.text, Timeout, len(s))
}
