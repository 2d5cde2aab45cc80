package pattern

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxNesting is how deep groups may be nested.
const maxNesting = 100

// flags are what inline flags change and the parser must know; i, m and s are
// handed on to the engine.
type flags struct {
	ascii   bool // \d \w \s \b are ASCII
	verbose bool // white space and comments stand for nothing
}

// item is what stands before the current place, which a repetition would
// repeat.
type item uint8

const (
	nothing  item = iota
	anchor        // has no width, cannot be repeated
	repeated      // cannot be repeated again
	single
)

// translator reads Python's syntax and writes that of both engines.
type translator struct {
	src        string
	pos        int
	out        []byte
	names      []string
	open       []int // groups around the current place
	nesting    int
	backtracks bool // Go's engine cannot do it
}

func (t *translator) translate() error {
	if !utf8.ValidString(t.src) {
		return &Error{Message: "the pattern is no valid UTF-8"}
	}
	var f flags
	if on, _, end, err := t.inlineFlags(); err != nil {
		return err
	} else if end == ')' {
		f = f.with(on, "")
		if rest := engineFlags(on); rest != "" {
			t.write("(?" + rest + ")")
		}
	} else {
		t.pos = 0
	}
	if err := t.alternatives(f, 0); err != nil {
		return err
	}
	if t.pos < len(t.src) {
		return t.fail(t.pos, "this ) closes nothing")
	}
	return nil
}

func (t *translator) fail(at int, format string, args ...any) error {
	return &Error{Offset: at, Message: fmt.Sprintf(format, args...)}
}

func (t *translator) write(s string) { t.out = append(t.out, s...) }

// accept passes over s where it stands next.
func (t *translator) accept(s string) bool {
	if strings.HasPrefix(t.src[t.pos:], s) {
		t.pos += len(s)
		return true
	}
	return false
}

// alternatives reads up to the end or the ) of the group. A limit other than 0
// is the largest number of alternatives.
func (t *translator) alternatives(f flags, limit int) error {
	last, start, count := nothing, len(t.out), 1
	for t.pos < len(t.src) {
		at := t.pos
		c := t.src[t.pos]
		switch {
		case c == ')':
			return nil
		case c == '|':
			if count++; limit > 0 && count > limit {
				return t.fail(at, "a condition has at most %d alternatives", limit)
			}
			t.pos++
			t.write("|")
			last = nothing
			continue
		case f.verbose && strings.IndexByte(" \t\n\r\f\v", c) >= 0:
			t.pos++
			continue
		case f.verbose && c == '#':
			if i := strings.IndexByte(t.src[t.pos:], '\n'); i >= 0 {
				t.pos += i
			} else {
				t.pos = len(t.src)
			}
			continue
		case strings.HasPrefix(t.src[t.pos:], "(?#"):
			i := strings.IndexByte(t.src[t.pos:], ')')
			if i < 0 {
				return t.fail(at, "this comment is not closed")
			}
			t.pos += i + 1
			continue
		}
		if low, high, ok := t.repetition(); ok {
			if err := t.repeat(at, start, last, low, high); err != nil {
				return err
			}
			last = repeated
			continue
		}
		start = len(t.out)
		var err error
		if last, err = t.one(f); err != nil {
			return err
		}
	}
	return nil
}

// one reads what stands for one character, one place or one group.
func (t *translator) one(f flags) (item, error) {
	c := t.src[t.pos]
	switch c {
	case '^':
		t.pos++
		t.write("^")
		return anchor, nil
	case '$': // also before a last newline, which Go's engine does not do
		t.pos++
		t.backtracks = true
		t.write("$")
		return anchor, nil
	case '.':
		t.pos++
		t.write(".")
	case '[':
		return single, t.class(f)
	case '(':
		return single, t.group(f)
	case '\\':
		return t.escape(f)
	default:
		r, size := utf8.DecodeRuneInString(t.src[t.pos:])
		t.pos += size
		t.literal(r)
	}
	return single, nil
}

// literal writes one character that stands for itself.
func (t *translator) literal(r rune) {
	if r < utf8.RuneSelf && strings.ContainsRune(`\.+*?()|[]{}^$#`, r) {
		t.write(`\`)
	}
	t.out = utf8.AppendRune(t.out, r)
}

const endless = -1

// repetition reads * + ? {m} {m,} {,n} {m,n}; braces around anything else are
// text.
func (t *translator) repetition() (low, high string, ok bool) {
	switch t.src[t.pos] {
	case '*':
		low, high = "0", ""
	case '+':
		low, high = "1", ""
	case '?':
		low, high = "0", "1"
	case '{':
		inside, _, closed := strings.Cut(t.src[t.pos+1:], "}")
		if !closed || inside == "" || strings.Trim(inside, "0123456789,") != "" || strings.Count(inside, ",") > 1 {
			return "", "", false
		}
		t.pos += len(inside) + 2
		low, high, ok = strings.Cut(inside, ",")
		if !ok {
			high = low
		}
		return low, high, true
	default:
		return "", "", false
	}
	t.pos++
	return low, high, true
}

// repeat writes a repetition of what has been written from start on.
func (t *translator) repeat(at, start int, last item, low, high string) error {
	switch last {
	case nothing, anchor:
		return t.fail(at, "there is nothing to repeat before %s", t.src[at:t.pos])
	case repeated:
		return t.fail(at, "what is repeated cannot be repeated again: put it in a group (?:…)")
	}
	from, to := 0, endless
	var err error
	if low != "" {
		if from, err = strconv.Atoi(low); err != nil || from > 1<<31-2 {
			return t.fail(at, "the number of repetitions %s is too large", low)
		}
	}
	if high != "" {
		if to, err = strconv.Atoi(high); err != nil || to > 1<<31-2 {
			return t.fail(at, "the number of repetitions %s is too large", high)
		}
		if to < from {
			return t.fail(at, "%s asks for at least %d and at most %d repetitions", t.src[at:t.pos], from, to)
		}
	}
	switch {
	case from == 0 && to == endless:
		t.write("*")
	case from == 1 && to == endless:
		t.write("+")
	case from == 0 && to == 1:
		t.write("?")
	case to == endless:
		t.write("{" + strconv.Itoa(from) + ",}")
	default:
		t.write("{" + strconv.Itoa(from) + "," + strconv.Itoa(to) + "}")
	}
	switch {
	case t.accept("?"):
		t.write("?")
	case t.accept("+"): // takes all it can and gives nothing back
		t.backtracks = true
		t.out = slices.Insert(t.out, start, []byte("(?>")...)
		t.write(")")
	}
	return nil
}
