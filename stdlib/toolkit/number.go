package toolkit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type rangeArgs struct {
	Value any `chaos:"value" doc:"a number, a bool (0 or 1), or a text that Python's Decimal reads, with white space around it"`
	From  any `chaos:"from" doc:"the least number" type:"int | float"`
	To    any `chaos:"to" doc:"the greatest number" type:"int | float"`
}

func inRange() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.range",
		Summary: "Says whether a value is in a range of the Chaos Toolkit.",
		Doc: `Both ends belong to the range. Numbers are compared exactly, and ends with a fraction are the binary numbers that
stand for them: the text "0.1" is less than 0.1. A text that is no number is in no range, nor is NaN; it fails for null,
lists and maps.`,
		Example: `toolkit.range("42\n", 4, 42.5)`,
	}, func(_ context.Context, _ *stdlib.Env, a rangeArgs) (bool, error) {
		v, err := decimalOf(a.Value)
		if err != nil || v == nil {
			return false, err
		}
		from, err := decimalOf(a.From)
		if err != nil || from == nil {
			return false, err
		}
		to, err := decimalOf(a.To)
		if err != nil || to == nil {
			return false, err
		}
		return from.compare(v) <= 0 && v.compare(to) <= 0, nil
	})
}

// decimal is an exact number, or one of the infinite ones.
type decimal struct {
	infinite int // its sign
	rat      *big.Rat
}

func (d *decimal) compare(e *decimal) int {
	if d.infinite != 0 || e.infinite != 0 {
		return d.infinite - e.infinite
	}
	return d.rat.Cmp(e.rat)
}

// decimalOf returns the number of a value, or nil for what is none: NaN, or a
// text that is no number.
func decimalOf(v any) (*decimal, error) {
	switch v := value.PythonNumber(v).(type) {
	case int64:
		return &decimal{rat: new(big.Rat).SetInt64(v)}, nil
	case float64:
		switch {
		case math.IsNaN(v):
			return nil, nil
		case math.IsInf(v, 0):
			return &decimal{infinite: int(math.Copysign(1, v))}, nil
		}
		return &decimal{rat: new(big.Rat).SetFloat64(v)}, nil
	case string:
		return parseDecimal(v), nil
	}
	return nil, fmt.Errorf("a range is for numbers and texts, not for %s", value.Describe(v))
}

// maxDigits is how long a text may be that is a number.
const maxDigits = 10_000

// parseDecimal reads what Python's Decimal reads.
func parseDecimal(text string) *decimal {
	s := strings.ToLower(strings.ReplaceAll(strip(text), "_", ""))
	unsigned := strings.TrimLeft(s, "+-")
	sign := 1
	switch {
	case len(s) > maxDigits || len(s)-len(unsigned) > 1:
		return nil
	case s != unsigned && s[0] == '-':
		sign = -1
	}
	if unsigned == "inf" || unsigned == "infinity" {
		return &decimal{infinite: sign}
	}
	mantissa, exponent, scaled := strings.Cut(unsigned, "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return nil
	}
	exp := 0
	if scaled {
		if strings.Trim(strings.TrimLeft(exponent, "+-"), "0123456789") != "" {
			return nil
		}
		var err error
		if exp, err = strconv.Atoi(exponent); errors.Is(err, strconv.ErrSyntax) {
			return nil
		}
	}
	return scale(sign, digits, exp, len(fraction))
}

// scale makes a number of its digits. One that is larger or smaller than any
// float is the same to all ranges as the next power of ten beyond them.
func scale(sign int, digits string, exp, fraction int) *decimal {
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return &decimal{rat: new(big.Rat)}
	}
	const beyond = 400
	exp = max(min(exp, 1<<30), -1<<30) - fraction
	if magnitude := exp + len(digits); magnitude > beyond {
		digits, exp = "1", beyond
	} else if magnitude < -beyond {
		digits, exp = "1", -beyond
	}
	n, _ := new(big.Int).SetString(digits, 10)
	rat := new(big.Rat).SetInt(n)
	power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exp, -exp))), nil))
	if exp < 0 {
		rat.Quo(rat, power)
	} else {
		rat.Mul(rat, power)
	}
	if sign < 0 {
		rat.Neg(rat)
	}
	return &decimal{rat: rat}
}

type numberArgs struct {
	Text string `chaos:"text" doc:"a number as JSON, YAML or Python write it"`
}

func number() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.number",
		Summary: "Gives a number that the language has no literal for.",
		Doc:     `These are NaN, Infinity and -Infinity, and whole numbers of more than 64 bits, of which the nearest float is given.`,
		Example: `toolkit.number("Infinity") > 1e308`,
	}, func(_ context.Context, _ *stdlib.Env, a numberArgs) (any, error) {
		s := strings.ToLower(strings.TrimSpace(a.Text))
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n, nil
		}
		if unsigned := strings.TrimLeft(s, "+-"); unsigned == ".inf" || unsigned == ".nan" { // as YAML has them
			s = strings.Replace(s, ".", "", 1)
		}
		f, err := strconv.ParseFloat(s, 64)
		if errors.Is(err, strconv.ErrSyntax) || strings.Contains(s, "x") {
			return nil, fmt.Errorf("%s is not a number", shown(a.Text))
		}
		return f, nil
	})
}
