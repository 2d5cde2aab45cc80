package text

import (
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
)

func TestText(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	list := func(items ...any) []any { return append([]any{}, items...) }
	stdlibtest.Run(t, Namespace, &stdlib.Env{}, []stdlibtest.Case{
		{Function: "upper", Args: args{"état 1"}, Want: "ÉTAT 1"},
		{Function: "lower", Args: args{"ÉTAT 1"}, Want: "état 1"},
		{Function: "trim", Args: args{" \t\u00a0a b\n"}, Want: "a b"},
		{Function: "trim", Args: args{"--a-b-", "-"}, Want: "a-b"},
		{Function: "trim", Args: args{" a ", ""}, Want: " a "},
		{Function: "starts-with", Args: args{"chaos", "ch"}, Want: true},
		{Function: "starts-with", Args: args{"chaos", "os"}, Want: false},
		{Function: "ends-with", Args: args{"chaos", "os"}, Want: true},
		{Function: "length", Args: args{"état"}, Want: int64(4)},
		{Function: "length", Args: args{int64(1)}, Err: "argument text: wants string, not the int 1"},
		{Function: "slice", Args: args{"étäts", int64(1), int64(3)}, Want: "tä"},
		{Function: "slice", Args: args{"étäts", int64(-2)}, Want: "ts"},
		{Function: "slice", Args: args{"étäts", int64(1), int64(-1)}, Want: "tät"},
		{Function: "slice", Args: args{"étäts", int64(-99), int64(99)}, Want: "étäts"},
		{Function: "slice", Args: args{"étäts", int64(3), int64(2)}, Want: ""},
		{Function: "slice", Args: args{"étäts", int64(5)}, Want: ""},
		{Function: "slice", Args: args{"", int64(0)}, Want: ""},
		{Function: "split", Args: args{",a,,b", ","}, Want: list("", "a", "", "b")},
		{Function: "split", Args: args{"", ","}, Want: list("")},
		{Function: "split", Args: args{" a \n b "}, Want: list("a", "b")},
		{Function: "split", Args: args{" "}, Want: list()},
		{Function: "split", Args: args{"a", ""}, Err: "separator is empty"},
		{Function: "join", Args: args{list("a", "b", "c"), ", "}, Want: "a, b, c"},
		{Function: "join", Args: args{list("a", "b")}, Want: "ab"},
		{Function: "join", Args: args{list(), "-"}, Want: ""},
		{Function: "join", Args: args{list("a", int64(1))}, Err: "argument parts: element 1: wants string"},
		{Function: "lines", Args: args{"a\r\nb\n\nc"}, Want: list("a", "b", "", "c")},
		{Function: "lines", Args: args{"a\n"}, Want: list("a")},
		{Function: "lines", Args: args{""}, Want: list()},
		{Function: "replace", Args: args{"aaa", "a", "ba"}, Want: "bababa"},
		{Function: "replace", Args: args{"a.b", ".", ""}, Want: "ab"},
		{Function: "replace", Args: args{"a", "", "b"}, Err: "old is empty"},
		{Function: "replace", Args: args{strings.Repeat("a", 1<<16), "a", strings.Repeat("b", 1<<11)}, Err: "64 MiB"},
		{Function: "repeat", Args: args{"ab", int64(3)}, Want: "ababab"},
		{Function: "repeat", Args: args{"", int64(1) << 60}, Want: ""},
		{Function: "repeat", Args: args{"ab", int64(0)}, Want: ""},
		{Function: "repeat", Args: args{"ab", int64(-1)}, Err: "count is -1, which is negative"},
		{Function: "repeat", Args: args{"ab", int64(1) << 60}, Err: "64 MiB"},
		{Function: "find", Args: args{"took 12 ms, 13 ms", `(?P<n>\d+) (ms|s)(x)?`}, Want: list("12 ms", "12", "ms", "")},
		{Function: "find", Args: args{"took 12 ms", `(?<=k )\d+`}, Want: list("12")},
		{Function: "find", Args: args{"took", `\d`}, Want: list()},
		{Function: "find", Args: args{"took", `(`}, Err: `the pattern "(" is wrong: this group is not closed`},
		{Function: "to-int", Args: args{" 42\n"}, Want: int64(42)},
		{Function: "to-int", Args: args{"4.2"}, Err: `"4.2" is not an int`},
		{Function: "to-float", Args: args{"42"}, Want: 42.0},
		{Function: "to-float", Args: args{"NaN"}, Err: `"NaN" is not a float`},
	})
}
