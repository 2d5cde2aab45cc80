// Package literal reads and writes the literals of the language that start
// with a digit: numbers, durations, sizes and percentages. The lexer reads
// source text with it, the standard library the texts that come from outside
// (environment, files, --var), so both keep the same rules.
package literal

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind is the type of a number literal, in the order of ast.NumberKind.
type Kind uint8

// The kinds of number literals.
const (
	Int Kind = iota
	Float
	Duration
	Size
	Percent
)

func (k Kind) String() string {
	return [...]string{"an int", "a float", "a duration", "a size", "a percentage"}[k]
}

// Number is the value of a literal.
type Number struct {
	Kind  Kind
	Int   int64   // of Int; nanoseconds of Duration; bytes of Size
	Float float64 // of Float; of Percent, 12.5 for 12.5%
}

// Reason says which rule a text breaks.
type Reason uint8

// The rules that a text can break.
const (
	Malformed   Reason = iota // not digits with a unit
	Underscore                // _ that is not between digits
	LeadingZero               // 007
	Unit                      // a unit that does not exist
	Order                     // the units of a duration do not descend
	Fraction                  // a fraction before the last unit, or of a byte
	TooLarge                  // does not fit 64 bits
	TooFine                   // less than a nanosecond is left over
	WrongKind                 // a literal, but of another kind than was asked for
)

// Error is a text that is no literal. Start and End are the byte offsets of
// the part of it that is wrong.
type Error struct {
	Reason     Reason
	Start, End int
	Message    string // one sentence, with the text
	Suggest    string // the whole text put right, where there is a likely one
}

func (e *Error) Error() string {
	if e.Suggest != "" {
		return e.Message + ": write " + e.Suggest
	}
	return e.Message
}

// Parse reads a whole text as one number literal of any kind. A sign is not
// part of a literal. The error, if any, is an *[Error].
func Parse(text string) (Number, error) {
	if n, ok := plainInt(text); ok {
		return Number{Kind: Int, Int: n}, nil
	}
	p, err := readPart(text, 0)
	if err != nil {
		return Number{}, err
	}
	unit := text[p.end:p.next]
	switch {
	case p.next == len(text) && unit == "", isExponent(text[p.end:]):
		return parseNumber(text, p)
	case p.next == len(text) && unit == "%":
		f, err := parseFloat(text, p.end)
		return Number{Kind: Percent, Float: f}, err
	case sizeUnit(unit) != 0 && p.next == len(text):
		return parseSize(text, p)
	}
	return parseDuration(text, p)
}

// plainInt is the fast path for what most numbers are: up to 18 digits.
func plainInt(text string) (int64, bool) {
	if text == "" || len(text) > 18 || text[0] == '0' && len(text) > 1 {
		return 0, false
	}
	n := int64(0)
	for i := range len(text) {
		c := text[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	return n, true
}

// parseNumber reads an int or a float, of which p is all but the exponent.
func parseNumber(text string, p part) (Number, error) {
	if text[0] == '0' && p.point > 1 {
		digits := strings.TrimLeft(text, "0_")
		if digits == "" || digits[0] < '0' || digits[0] > '9' {
			digits = "0" + digits
		}
		return Number{}, &Error{Reason: LeadingZero, End: len(text), Suggest: digits,
			Message: text + " starts with a zero, which would be an octal number elsewhere"}
	}
	if p.point < len(text) {
		f, err := parseFloat(text, len(text))
		return Number{Kind: Float, Float: f}, err
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 10, 64)
	if err != nil {
		return Number{}, &Error{Reason: TooLarge, End: len(text),
			Message: text + " does not fit an int, which goes up to 9223372036854775807"}
	}
	return Number{Kind: Int, Int: n}, nil
}

// parseFloat reads text[:end] as a float.
func parseFloat(text string, end int) (float64, error) {
	f, err := strconv.ParseFloat(strings.ReplaceAll(text[:end], "_", ""), 64)
	if err != nil {
		return 0, &Error{Reason: TooLarge, End: len(text),
			Message: text + " does not fit a float, which goes up to 1.8e308"}
	}
	return f, nil
}

// isExponent reports whether s is an exponent and nothing else, as in 1e-5.
func isExponent(s string) bool {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// part is a mantissa with its unit: text[start:point] are the digits before
// the point, text[point:end] the point and the digits behind it, text[end:next]
// the unit.
type part struct{ start, point, end, next int }

// readPart reads a mantissa and the unit behind it.
func readPart(text string, start int) (part, error) {
	p := part{start: start}
	var err error
	if p.point, err = readDigits(text, start); err != nil {
		return p, err
	}
	p.end = p.point
	if p.end < len(text) && text[p.end] == '.' {
		if p.end, err = readDigits(text, p.point+1); err != nil {
			return p, err
		}
	}
	p.next = p.end
	for p.next < len(text) && !isDigit(text[p.next]) && text[p.next] != '.' {
		p.next++
	}
	return p, nil
}

// readDigits returns the end of the digits at i, which are at least one and
// may have single underscores between them.
func readDigits(text string, i int) (int, error) {
	start := i
	for i < len(text) && (isDigit(text[i]) || text[i] == '_') {
		i++
	}
	digits := text[start:i]
	switch {
	case digits == "":
		return i, &Error{Reason: Malformed, Start: start, End: len(text), Message: fmt.Sprintf("%q is not a number", text)}
	case digits[0] == '_' || digits[len(digits)-1] == '_' || strings.Contains(digits, "__"):
		e := &Error{Reason: Underscore, Start: start, End: i,
			Message: text + " has an underscore that does not stand between two digits"}
		if clean := strings.ReplaceAll(digits, "_", ""); clean != "" {
			e.Suggest = text[:start] + clean + text[i:]
		}
		return i, e
	}
	return i, nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
