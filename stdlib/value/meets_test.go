package value_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// matchesOutcome reports whether a bool and an error are what a table says.
func matchesOutcome(got bool, err error, want string) bool {
	if err != nil {
		return want != "" && strings.Contains(err.Error(), want)
	}
	return strconv.FormatBool(got) == want
}

func TestMeets(t *testing.T) {
	t.Parallel()
	status := func(v any) any { return mapOf("status", v, "body", "") }
	for _, c := range []struct {
		name             string
		tolerance, value any
		want             bool
	}{
		{"bool", true, true, true},
		{"bool is a number in Python", true, int64(1), true},
		{"and a float", true, 1.0, true},
		{"but no truthiness", true, "x", false},
		{"bool on a mapping", true, status(true), false},
		{"text", "ok", "ok", true},
		{"text on a mapping", "ok", mapOf("status", "ok"), false},
		{"int", int64(1), int64(1), true},
		{"int and float", int64(1), 1.0, true},
		{"int and true", int64(1), true, true},
		{"int and status", int64(200), status(int64(200)), true},
		{"int and other status", int64(200), status(int64(500)), false},
		{"int and status of a record", int64(200), record("status", int64(200)), true},
		{"int and a mapping without status", int64(1), mapOf("code", int64(1)), false},
		{"int and text", int64(1), "1", false},
		{"bounds", list(int64(4), int64(9)), int64(4), true},
		{"upper bound", list(int64(4), int64(9)), 9.0, true},
		{"outside", list(int64(4), int64(9)), 9.1, false},
		{"a bool within bounds", list(int64(0), int64(1)), true, true},
		{"bounds for text", list("a", "c"), "b", true},
		{"bounds for lists", list(list(int64(1)), list(int64(3))), list(int64(2), "x"), true},
		{"lists that differ where there is no order", list(list("a"), list("c")), list(int64(2)), false},
		{"a longer list is greater", list(list(int64(1)), list(int64(1))), list(int64(1), int64(1)), false},
		{"bounds without an order", list(int64(1), int64(2)), nil, false},
		{"bounds and NaN", list(int64(1), int64(2)), math.NaN(), false},
		{"two statuses are a set", list(int64(200), int64(503)), status(int64(404)), false},
		{"of these", list(int64(200), int64(503)), status(int64(503)), true},
		{"three statuses", list(int64(200), int64(204), int64(503)), status(int64(204)), true},
		{"a set", list(int64(1), int64(2), "x"), "x", true},
		{"a set of one", list(true), int64(1), true},
		{"not in the set", list(int64(1), int64(2), int64(4)), int64(3), false},
		{"nothing meets an empty list", list(), nil, false},
		{"nor does a status", list(), status(int64(200)), false},
		{"equality goes deep", list(list(true, mapOf("a", false))), list(int64(1), mapOf("a", int64(0))), true},
		{"a float is no tolerance", 1.5, 1.5, false},
		{"nor is null", nil, nil, false},
	} {
		if got := value.Meets(c.tolerance, c.value); got != c.want {
			t.Errorf("%s: Meets(%s, %s) = %v", c.name, value.Literal(c.tolerance), value.Literal(c.value), got)
		}
	}
}
