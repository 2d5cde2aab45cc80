package ctk

// What a plain scalar means in YAML 1.1, as PyYAML resolves it: yes and off are
// booleans, 017 is octal and 0o17 a text, 1:30 is 90, 1e3 is a text, and dates
// are dates.

import (
	"math/big"
	"strconv"
	"strings"
	"time"
)

// resolve returns the kind of a plain scalar, and its text as the other reader
// would have it.
func resolve(s string) (kind, string) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return null, ""
	}
	if b, ok := yamlBool(s); ok {
		return truth, b
	}
	if strings.IndexByte("-+0123456789.", s[0]) < 0 {
		return text, s
	}
	if n, ok := yamlInt(s); ok {
		return whole, n
	}
	if n, ok := plainFloat(s); ok {
		return fraction, n
	}
	if t, ok := yamlTime(s); ok {
		return date, t
	}
	return text, s
}

func yamlBool(s string) (string, bool) {
	switch s {
	case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return "true", true
	case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return "false", true
	}
	return "", false
}

// sign takes the sign off a number.
func sign(s string) (string, string) {
	switch {
	case strings.HasPrefix(s, "-"):
		return "-", s[1:]
	case strings.HasPrefix(s, "+"):
		return "", s[1:]
	}
	return "", s
}

// only reports whether a text is not empty and consists of these characters.
func only(s, of string) bool { return s != "" && strings.Trim(s, of) == "" }

const digits = "0123456789"

// yamlInt reads an integer: binary, octal, decimal, hexadecimal or of base 60.
func yamlInt(s string) (string, bool) {
	minus, s := sign(s)
	base := 10
	switch {
	case strings.HasPrefix(s, "0b"):
		base, s = 2, s[2:]
		if !only(s, "01_") {
			return "", false
		}
	case strings.HasPrefix(s, "0x"):
		base, s = 16, s[2:]
		if !only(s, digits+"abcdefABCDEF_") {
			return "", false
		}
	case len(s) > 1 && s[0] == '0':
		base = 8
		if !only(s, "01234567_") {
			return "", false
		}
	case strings.Contains(s, ":"):
		n, ok := sexagesimal(s)
		if !ok {
			return "", false
		}
		return minus + n.String(), true
	case s == "" || s[0] == '_' || !only(s, digits+"_"):
		return "", false
	}
	if s = strings.ReplaceAll(s, "_", ""); len(s) > 4300 { // where Python gives up too
		return "", false
	}
	n, ok := new(big.Int).SetString(s, base)
	if !ok {
		return "", false
	}
	if n.Sign() == 0 {
		minus = ""
	}
	return minus + n.String(), true
}

// sexagesimal reads 1:30:00. The first part does not start with a zero.
func sexagesimal(s string) (*big.Int, bool) {
	parts := strings.Split(s, ":")
	n := new(big.Int)
	for i, p := range parts {
		p = strings.ReplaceAll(p, "_", "")
		switch {
		case i == 0 && (!only(p, digits) || p[0] == '0' || len(p) > 18), i > 0 && !isSixtieth(parts[i]):
			return nil, false
		}
		d, _ := strconv.ParseInt(p, 10, 64)
		n.Add(n.Mul(n, big.NewInt(60)), big.NewInt(d))
	}
	return n, len(parts) < 100
}

// isSixtieth reports whether a text is a number below 60, of one or two digits.
func isSixtieth(s string) bool {
	return only(s, digits) && (len(s) == 1 || len(s) == 2 && s[0] <= '5')
}

// plainFloat reads a number with a point, as it stands without a tag.
func plainFloat(s string) (string, bool) {
	minus, rest := sign(s)
	switch strings.ToLower(rest) {
	case ".inf":
		if rest == ".inf" || rest == ".Inf" || rest == ".INF" {
			return minus + "Infinity", true
		}
	case ".nan":
		if s == ".nan" || s == ".NaN" || s == ".NAN" {
			return "NaN", true
		}
	}
	mantissa, exponent, has := strings.Cut(strings.ToLower(rest), "e")
	if has {
		d := strings.TrimLeft(exponent, "+-")
		if len(exponent)-len(d) != 1 || !only(d, digits) {
			return "", false
		}
	}
	before, after, point := strings.Cut(mantissa, ".")
	if !point || after != "" && !only(after, digits+"_") {
		return "", false
	}
	if strings.Contains(before, ":") {
		return sexagesimalFloat(minus, before, after, has)
	}
	switch {
	case before == "" && (len(rest) != len(s) || after == "" || after[0] == '_'):
		return "", false // -.5 is a text
	case before != "" && (before[0] == '_' || !only(before, digits+"_")):
		return "", false
	}
	return floatText(minus + strings.ReplaceAll(strings.ToLower(rest), "_", ""))
}

// sexagesimalFloat reads 1:30.5.
func sexagesimalFloat(minus, before, after string, exponent bool) (string, bool) {
	parts := strings.Split(before, ":")
	first := strings.ReplaceAll(parts[0], "_", "")
	if exponent || !only(first, digits) || parts[0][0] == '_' || len(parts) > 100 {
		return "", false
	}
	f, err := strconv.ParseFloat(first, 64)
	for _, p := range parts[1:] {
		if !isSixtieth(p) {
			return "", false
		}
		d, _ := strconv.ParseFloat(p, 64)
		f = f*60 + d
	}
	rest, _ := strconv.ParseFloat("0."+strings.ReplaceAll(after, "_", "")+"0", 64)
	return minus + strconv.FormatFloat(f+rest, 'g', -1, 64), err == nil
}

// yamlFloat reads what has the tag !!float.
func yamlFloat(s string) (string, bool) {
	if n, ok := plainFloat(s); ok {
		return n, true
	}
	return floatText(strings.ToLower(strings.ReplaceAll(s, "_", "")))
}

// floatText is a number as JSON could have it: with digits around the point.
func floatText(s string) (string, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && f == 0 {
		return "", false
	}
	switch {
	case f > maxFloat:
		return "Infinity", true
	case f < -maxFloat:
		return "-Infinity", true
	case f != f:
		return "NaN", true
	}
	return strconv.FormatFloat(f, 'g', -1, 64), true
}

const maxFloat = 1.7976931348623157e308

// yamlTime reads a date, with or without a time, and returns Python's text of
// it.
func yamlTime(s string) (string, bool) {
	if len(s) < 8 || len(s) > 64 || s[4] != '-' {
		return "", false
	}
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return t.Format("2006-01-02"), true
	}
	day, clock, ok := strings.Cut(s, "T")
	if !ok {
		if day, clock, ok = strings.Cut(s, "t"); !ok {
			i := strings.IndexAny(s, " \t")
			if i < 0 {
				return "", false
			}
			day, clock = s[:i], strings.TrimLeft(s[i:], " \t")
		}
	}
	zone := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, zone = strings.TrimRight(clock[:i], " \t"), clock[i:]
	}
	seconds, fraction, hasFraction := strings.Cut(clock, ".")
	t, err := time.Parse("2006-1-2 15:4:5", day+" "+seconds)
	if err != nil || !only(day, digits+"-") || !isClock(seconds) || fraction != "" && !only(fraction, digits) {
		return "", false
	}
	out := t.Format("2006-01-02 15:04:05")
	if hasFraction {
		if micros := (fraction + "000000")[:6]; strings.Trim(micros, "0") != "" {
			out += "." + micros
		}
	}
	offset, ok := yamlZone(zone)
	return out + offset, ok
}

// isClock reports whether minutes and seconds have two digits.
func isClock(s string) bool {
	p := strings.Split(s, ":")
	return len(p) == 3 && only(p[0], digits) && len(p[1]) == 2 && len(p[2]) == 2
}

// yamlZone makes +02:00 of Z, +2, +02 and +02:00.
func yamlZone(s string) (string, bool) {
	switch {
	case s == "":
		return "", true
	case s[0] == 'Z':
		return "+00:00", s == "Z"
	}
	hours, minutes, has := strings.Cut(s[1:], ":")
	if !only(hours, digits) || len(hours) > 2 || has && (!only(minutes, digits) || len(minutes) != 2) {
		return "", false
	}
	if len(hours) == 1 {
		hours = "0" + hours
	}
	if !has {
		minutes = "00"
	}
	return s[:1] + hours + ":" + minutes, hours <= "23" && minutes <= "59"
}
