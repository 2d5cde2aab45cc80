package pattern

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// group reads a group, at its (.
func (t *translator) group(f flags) error {
	at := t.pos
	if t.nesting++; t.nesting > maxNesting {
		return t.fail(at, "groups are nested more than %d deep", maxNesting)
	}
	defer func() { t.nesting-- }()
	limit, number := 0, 0
	switch {
	case t.accept("(?:"):
		t.write("(?:")
	case t.accept("(?P<"):
		name, err := t.groupName('>')
		if err != nil {
			return err
		}
		if slices.Contains(t.names, name) {
			return t.fail(at, "there are two groups named %s", name)
		}
		number = t.openGroup(name)
	case t.accept("(?P="):
		return t.namedReference()
	case t.accept("(?("):
		if err := t.condition(); err != nil {
			return err
		}
		limit = 2
	case t.accept("(?=") || t.accept("(?!") || t.accept("(?<=") || t.accept("(?<!") || t.accept("(?>"):
		t.backtracks = true
		t.write(t.src[at:t.pos])
	case strings.HasPrefix(t.src[at:], "(?"):
		on, off, end, err := t.inlineFlags()
		switch {
		case err != nil:
			return err
		case end == 0:
			return t.fail(at, "there is no group that begins with %s", firstRunes(t.src[at:], 4))
		case end == ')':
			return t.fail(at, "flags for the whole pattern stand at its start; (?%s:…) sets them for a part", on)
		}
		t.write("(?" + engineFlags(on))
		if off := engineFlags(off); off != "" {
			t.write("-" + off)
		}
		t.write(":")
		f = f.with(on, off)
	default:
		t.pos++
		number = t.openGroup("")
	}
	if err := t.alternatives(f, limit); err != nil {
		return err
	}
	if !t.accept(")") {
		return t.fail(at, "this group is not closed")
	}
	t.write(")")
	if number > 0 {
		t.open = t.open[:len(t.open)-1]
	}
	return nil
}

// openGroup begins a group that is remembered. Names are kept here and not in
// what is written, since the engines number named groups in different ways.
func (t *translator) openGroup(name string) int {
	t.write("(")
	t.names = append(t.names, name)
	number := len(t.names) - 1
	t.open = append(t.open, number)
	return number
}

// groupName reads a name up to its end.
func (t *translator) groupName(end byte) (string, error) {
	at := t.pos
	i := strings.IndexByte(t.src[at:], end)
	if i < 0 {
		return "", t.fail(at, "the name of the group is not closed by %c", end)
	}
	name := t.src[at : at+i]
	for j, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (j == 0 || !unicode.IsDigit(r)) {
			return "", t.fail(at, "%q is no name of a group", name)
		}
	}
	if name == "" {
		return "", t.fail(at, "the name of the group is missing")
	}
	t.pos += i + 1
	return name, nil
}

// namedReference reads (?P=name) after the equals sign.
func (t *translator) namedReference() error {
	at := t.pos
	name, err := t.groupName(')')
	if err != nil {
		return err
	}
	number := slices.Index(t.names, name)
	if number < 0 {
		return t.fail(at, "there is no group %s before this", name)
	}
	return t.reference(at, number)
}

// reference writes what matches the text of a group again.
func (t *translator) reference(at, number int) error {
	switch {
	case number >= len(t.names):
		return t.fail(at, "there is no group %d before this", number)
	case slices.Contains(t.open, number):
		return t.fail(at, "group %d is not closed yet", number)
	}
	t.backtracks = true
	t.write(`(?:\` + strconv.Itoa(number) + `)`)
	return nil
}

// condition reads the group's name or number of (?(…)yes|no).
func (t *translator) condition() error {
	at := t.pos
	text, _, closed := strings.Cut(t.src[at:], ")")
	if !closed {
		return t.fail(at, "the name of the group is not closed by )")
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		number = slices.Index(t.names, text)
	}
	if number <= 0 || number >= len(t.names) {
		return t.fail(at, "there is no group %s before this", text)
	}
	t.pos += len(text) + 1
	t.backtracks = true
	t.write("(?(" + strconv.Itoa(number) + ")")
	return nil
}

// inlineFlags reads (?on-off, and returns what ends it, : or ). Where none
// stand here, end is 0 and the place is unchanged.
func (t *translator) inlineFlags() (on, off string, end byte, err error) {
	at := t.pos
	if !t.accept("(?") {
		return "", "", 0, nil
	}
	from := t.pos
	for t.pos < len(t.src) && strings.IndexByte("aiLmsux-", t.src[t.pos]) >= 0 {
		t.pos++
	}
	on, off, minus := strings.Cut(t.src[from:t.pos], "-")
	if t.pos < len(t.src) {
		end = t.src[t.pos]
	}
	known := on+off != "" && !strings.Contains(off, "-")
	if !known || end != ':' && (end != ')' || minus) {
		t.pos = at
		return "", "", 0, nil
	}
	switch {
	case strings.Contains(on, "L") || strings.Contains(off, "L"):
		return "", "", 0, t.fail(at, "the flag L is for bytes only")
	case strings.ContainsAny(off, "au"):
		return "", "", 0, t.fail(at, "the flags a and u cannot be switched off")
	case strings.Contains(on, "a") && strings.Contains(on, "u"):
		return "", "", 0, t.fail(at, "the flags a and u exclude each other")
	case strings.ContainsAny(on, off) && off != "":
		return "", "", 0, t.fail(at, "a flag is switched on and off")
	}
	t.pos++
	return on, off, end, nil
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// with returns the flags after some are switched on and off.
func (f flags) with(on, off string) flags {
	f.ascii = f.ascii && !strings.Contains(on, "u") || strings.Contains(on, "a")
	f.verbose = (f.verbose || strings.Contains(on, "x")) && !strings.Contains(off, "x")
	return f
}

// engineFlags returns those flags that mean the same to the engines, once.
func engineFlags(s string) string {
	var out string
	for _, c := range []string{"i", "m", "s"} {
		if strings.Contains(s, c) {
			out += c
		}
	}
	return out
}
