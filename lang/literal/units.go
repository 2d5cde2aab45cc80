package literal

import (
	"fmt"
	"math/bits"
	"strings"
)

// unit is a unit of durations, in nanoseconds, or of sizes, in bytes.
type unit struct {
	name string
	n    uint64
}

// durationUnits are in descending order, the order in which they are written.
var durationUnits = []unit{
	{"d", 24 * 3600e9}, {"h", 3600e9}, {"m", 60e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1},
}

// sizeUnits are in descending order; kB is the way KB is written back.
var sizeUnits = []unit{
	{"TiB", 1 << 40}, {"TB", 1e12}, {"GiB", 1 << 30}, {"GB", 1e9}, {"MiB", 1 << 20}, {"MB", 1e6},
	{"KiB", 1 << 10}, {"kB", 1e3}, {"KB", 1e3}, {"B", 1},
}

// DurationUnits returns the units of durations, the largest first.
func DurationUnits() []string { return names(durationUnits) }

// SizeUnits returns the units of sizes, the largest first.
func SizeUnits() []string { return names(sizeUnits) }

func names(units []unit) []string {
	list := make([]string, len(units))
	for i, u := range units {
		list[i] = u.name
	}
	return list
}

func lookup(units []unit, name string) uint64 {
	for _, u := range units {
		if u.name == name {
			return u.n
		}
	}
	return 0
}

func durationUnit(name string) uint64 { return lookup(durationUnits, name) }
func sizeUnit(name string) uint64     { return lookup(sizeUnits, name) }

// meant returns the unit for what people write, in lower case.
func meant(written string) (unit string, ok bool) {
	unit, ok = map[string]string{
		"day": "d", "days": "d", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
		"min": "m", "mins": "m", "minute": "m", "minutes": "m",
		"sec": "s", "secs": "s", "second": "s", "seconds": "s",
		"msec": "ms", "msecs": "ms", "millis": "ms", "usec": "us", "µs": "us", "μs": "us", "nsec": "ns",
		"b": "B", "byte": "B", "bytes": "B", "k": "kB", "kb": "kB", "mb": "MB", "g": "GB", "gb": "GB",
		"t": "TB", "tb": "TB", "ki": "KiB", "kib": "KiB", "mi": "MiB", "mib": "MiB", "gi": "GiB",
		"gib": "GiB", "ti": "TiB", "tib": "TiB", "pct": "%", "percent": "%",
	}[written]
	return unit, ok
}

// unitError says that the unit of p does not exist.
func unitError(text string, p part) *Error {
	name := text[p.end:p.next]
	e := &Error{Reason: Unit, Start: p.end, End: p.next}
	if name == "" {
		e.Start, e.Message = p.start, fmt.Sprintf("%s has no unit behind %s", text, text[p.start:p.end])
		return e
	}
	if name == "%" || sizeUnit(name) != 0 {
		e.Reason, e.Message = Malformed, fmt.Sprintf("%s goes on behind %s", text, name)
		return e
	}
	e.Message = fmt.Sprintf("%s has the unknown unit %q", text, name)
	m, ok := meant(strings.ToLower(name))
	for _, u := range durationUnits {
		if !ok && strings.EqualFold(u.name, name) {
			m, ok = u.name, true
		}
	}
	if ok {
		e.Suggest = text[:p.end] + m + text[p.next:]
	}
	return e
}

// scale returns the mantissa of p times n. rest reports that a fraction of a
// whole is left over and was cut off; ok is false where 64 bits are too few.
func scale(text string, p part, n uint64) (v uint64, rest, ok bool) {
	for i := p.start; i < p.point; i++ {
		if c := text[i]; c != '_' {
			hi, lo := bits.Mul64(v, 10)
			var carry uint64
			v, carry = bits.Add64(lo, uint64(c-'0'), 0)
			if hi+carry != 0 {
				return 0, false, false
			}
		}
	}
	hi, lo := bits.Mul64(v, n)
	if hi != 0 {
		return 0, false, false
	}
	if p.point == p.end {
		return lo, false, true
	}
	digits := strings.TrimRight(strings.ReplaceAll(text[p.point+1:p.end], "_", ""), "0")
	if len(digits) > 18 { // finer than any unit can be divided
		digits, rest = digits[:18], true
	}
	f, pow := uint64(0), uint64(1)
	for i := range len(digits) {
		f, pow = f*10+uint64(digits[i]-'0'), pow*10
	}
	fhi, flo := bits.Mul64(f, n)
	quo, rem := bits.Div64(fhi, flo, pow) // f < pow, so the quotient is < n
	v, carry := bits.Add64(lo, quo, 0)
	return v, rest || rem != 0, carry == 0
}
