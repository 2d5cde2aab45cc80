package ctk

import (
	"strconv"
	"strings"
)

// pythonText is what str() of Python gives for a value.
func pythonText(n *node) string {
	if n.kind == text || n.kind == date {
		return n.text
	}
	return pythonRepr(n)
}

// pythonRepr is what repr() of Python gives.
func pythonRepr(n *node) string {
	switch n.kind {
	case null:
		return "None"
	case truth:
		if n.text == "true" {
			return "True"
		}
		return "False"
	case text, binary:
		return pythonQuote(n.text)
	case whole:
		return strings.TrimPrefix(n.text, "+")
	case fraction:
		return pythonFloat(n.text)
	}
	var parts []string
	for i, e := range n.items {
		s := pythonRepr(e)
		if n.kind == mapping {
			s = pythonRepr(n.keys[i]) + ": " + s
		}
		parts = append(parts, s)
	}
	if n.kind == mapping {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// pythonPatternMistake is what Python says of the commonest mistakes of
// patterns; others keep their own words.
func pythonPatternMistake(message string) string {
	for _, m := range [...][2]string{
		{"this group is not closed", "missing ), unterminated subpattern"},
		{"this class is not closed", "unterminated character set"},
		{"there is nothing to repeat", "nothing to repeat"},
		{"this ) closes nothing", "unbalanced parenthesis"},
		{"a backslash stands at the end", "bad escape (end of pattern)"},
		{"what is repeated cannot be repeated again", "multiple repeat"},
	} {
		if strings.HasPrefix(message, m[0]) {
			return m[1]
		}
	}
	return message
}

func pythonQuote(s string) string {
	q := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = `"`
	}
	return q + strings.NewReplacer(`\`, `\\`, q, `\`+q, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(s) + q
}

// pythonFloat writes a number as Python does: 1.0, 1e+20, nan.
func pythonFloat(s string) string {
	switch s {
	case "NaN":
		return "nan"
	case "Infinity":
		return "inf"
	case "-Infinity":
		return "-inf"
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	digits := strconv.FormatFloat(f, 'e', -1, 64)
	exponent, _ := strconv.Atoi(digits[strings.IndexByte(digits, 'e')+1:])
	if exponent < -4 || exponent >= 16 {
		return digits
	}
	if digits = strconv.FormatFloat(f, 'f', -1, 64); strings.IndexByte(digits, '.') < 0 {
		digits += ".0"
	}
	return digits
}
