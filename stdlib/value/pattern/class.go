package pattern

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The sets behind \d, \w and \s as the inside of a class: what str.isdecimal,
// isalnum and isspace of Python say, which neither engine means by them.
const (
	digits      = `\p{Nd}`
	word        = `\p{L}\p{N}_`
	space       = `\x09-\x0d\x1c-\x20\x85\p{Z}`
	asciiDigits = `0-9`
	asciiWord   = `0-9A-Za-z_`
	asciiSpace  = `\x09-\x0d\x20`
)

// set returns the inside of the class behind \d, \w or \s, or "".
func set(c byte, f flags) string {
	switch {
	case c == 'd' && f.ascii:
		return asciiDigits
	case c == 'd':
		return digits
	case c == 'w' && f.ascii:
		return asciiWord
	case c == 'w':
		return word
	case c == 's' && f.ascii:
		return asciiSpace
	case c == 's':
		return space
	}
	return ""
}

// class reads a class, at its [.
func (t *translator) class(f flags) error {
	at := t.pos
	t.pos++
	negated := t.accept("^")
	var plain strings.Builder // the inside, but for the sets that are negated
	var others []string       // these, as classes of their own
	for first := true; ; first = false {
		if t.pos >= len(t.src) {
			return t.fail(at, "this class is not closed by ]")
		}
		if !first && t.accept("]") {
			break
		}
		from := t.pos
		r, inside, other, err := t.member(f)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(t.src[t.pos:], "-") || strings.HasPrefix(t.src[t.pos:], "-]") || t.pos+1 >= len(t.src) {
			switch {
			case other != "":
				others = append(others, other)
			case inside != "":
				plain.WriteString(inside)
			default:
				plain.WriteString(classRune(r))
			}
			continue
		}
		t.pos++
		to, inside2, other2, err := t.member(f)
		if err != nil {
			return err
		}
		if inside+other+inside2+other2 != "" || to < r {
			return t.fail(from, "%s is no range of characters", t.src[from:t.pos])
		}
		plain.WriteString(classRune(r) + "-" + classRune(to))
	}
	t.writeClass(negated, plain.String(), others)
	return nil
}

// writeClass writes a class. A negated set such as \W cannot stand in one, so
// that it becomes an alternative beside it, or what must not be there.
func (t *translator) writeClass(negated bool, plain string, others []string) {
	switch {
	case len(others) == 0 && negated:
		t.write("[^" + plain + "]")
	case len(others) == 0:
		t.write("[" + plain + "]")
	case negated:
		t.backtracks = true
		t.write("(?:(?!" + strings.Join(others, "|") + ")")
		if plain == "" {
			t.write(`[\s\S]`)
		} else {
			t.write("[^" + plain + "]")
		}
		t.write(")")
	default:
		t.write("(?:" + strings.Join(others, "|"))
		if plain != "" {
			t.write("|[" + plain + "]")
		}
		t.write(")")
	}
}

// classRune writes a character inside a class.
func classRune(r rune) string {
	if r < utf8.RuneSelf && strings.ContainsRune(`\[]^-&~|#`, r) {
		return `\` + string(r)
	}
	return string(r)
}

// member reads one member of a class: a character, a set as the inside of a
// class, or a negated set as a class of its own.
func (t *translator) member(f flags) (r rune, inside, other string, err error) {
	if t.src[t.pos] != '\\' {
		r, size := utf8.DecodeRuneInString(t.src[t.pos:])
		t.pos += size
		return r, "", "", nil
	}
	at := t.pos
	if at+1 >= len(t.src) {
		return 0, "", "", t.fail(at, "a backslash stands at the end of the pattern")
	}
	c := t.src[at+1]
	if s := set(c, f); s != "" {
		t.pos += 2
		return 0, s, "", nil
	}
	if s := set(c|0x20, f); s != "" && c < 'a' {
		t.pos += 2
		return 0, "", "[^" + s + "]", nil
	}
	switch {
	case c == 'b':
		t.pos += 2
		return '\b', "", "", nil
	case '0' <= c && c <= '7':
		r, err = t.octal(3)
	default:
		r, err = t.character()
	}
	return r, "", "", err
}

// escape reads an escape outside of a class, at its backslash.
func (t *translator) escape(f flags) (item, error) {
	at := t.pos
	if at+1 >= len(t.src) {
		return nothing, t.fail(at, "a backslash stands at the end of the pattern")
	}
	c := t.src[at+1]
	if s := set(c, f); s != "" {
		t.pos += 2
		t.write("[" + s + "]")
		return single, nil
	}
	if s := set(c|0x20, f); s != "" && c < 'a' {
		t.pos += 2
		t.write("[^" + s + "]")
		return single, nil
	}
	switch {
	case c == 'A':
		t.pos += 2
		t.write(`\A`)
		return anchor, nil
	case c == 'Z' || c == 'z':
		t.pos += 2
		t.write(`\z`)
		return anchor, nil
	case c == 'b' || c == 'B':
		t.pos += 2
		t.boundary(c == 'b', "["+set('w', f)+"]")
		return anchor, nil
	case c == '0':
		r, err := t.octal(3)
		t.literal(r)
		return single, err
	case '1' <= c && c <= '9':
		return single, t.numberEscape()
	}
	r, err := t.character()
	t.literal(r)
	return single, err
}

// boundary writes \b or \B, by what Python takes for a word; an empty text has
// neither.
func (t *translator) boundary(at bool, w string) {
	t.backtracks = true
	if at {
		t.write("(?:(?<=" + w + ")(?!" + w + ")|(?<!" + w + ")(?=" + w + "))")
		return
	}
	t.write(`(?:(?!\A\z)(?:(?<=` + w + ")(?=" + w + ")|(?<!" + w + ")(?!" + w + ")))")
}

// numberEscape reads \1 … \99, a reference, or three octal digits.
func (t *translator) numberEscape() error {
	at := t.pos
	d := t.src[at+1:]
	if len(d) >= 3 && isOctal(d[0]) && isOctal(d[1]) && isOctal(d[2]) {
		r, err := t.octal(3)
		t.literal(r)
		return err
	}
	n := 1
	if len(d) > 1 && '0' <= d[1] && d[1] <= '9' {
		n = 2
	}
	number, _ := strconv.Atoi(d[:n])
	t.pos += 1 + n
	return t.reference(at, number)
}

func isOctal(c byte) bool { return '0' <= c && c <= '7' }

// octal reads a backslash and up to n octal digits.
func (t *translator) octal(n int) (rune, error) {
	at := t.pos
	t.pos++
	r := rune(0)
	for ; n > 0 && t.pos < len(t.src) && isOctal(t.src[t.pos]); n-- {
		r = r*8 + rune(t.src[t.pos]-'0')
		t.pos++
	}
	if r > 0o377 {
		return 0, t.fail(at, "%s is beyond \\377", t.src[at:t.pos])
	}
	return r, nil
}

// character reads an escape that stands for one character.
func (t *translator) character() (rune, error) {
	at := t.pos
	r, size := utf8.DecodeRuneInString(t.src[at+1:])
	t.pos += 1 + size
	switch r {
	case 'a':
		return '\a', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'v':
		return '\v', nil
	case 'x':
		return t.hex(at, 2)
	case 'u':
		return t.hex(at, 4)
	case 'U':
		return t.hex(at, 8)
	}
	if r < utf8.RuneSelf && ('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9') {
		return 0, t.fail(at, `there is no escape \%c`, r)
	}
	return r, nil
}

// hex reads exactly n hexadecimal digits.
func (t *translator) hex(at, n int) (rune, error) {
	if t.pos+n <= len(t.src) {
		if v, err := strconv.ParseUint(t.src[t.pos:t.pos+n], 16, 32); err == nil {
			t.pos += n
			if v > utf8.MaxRune {
				return 0, t.fail(at, "%s is no character", t.src[at:t.pos])
			}
			return rune(v), nil
		}
	}
	return 0, t.fail(at, "%s wants %d hexadecimal digits", t.src[at:t.pos], n)
}
