package value_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func TestFromJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		`null`:                          nil,
		` true `:                        true,
		`42`:                            int64(42),
		`-9223372036854775808`:          int64(math.MinInt64),
		`9223372036854775808`:           9223372036854775808.0,
		`1.0`:                           1.0,
		`1e3`:                           1000.0,
		`"aé😀"`:                         "aé😀",
		`"\u0061\ud83d\ude00\n"`:        "a😀\n",
		"\"\xff\"":                      "\uFFFD",
		`"\ud800"`:                      "\uFFFD",
		`[]`:                            []any{},
		`[1,[2,"x"],{}]`:                list(int64(1), list(int64(2), "x"), mapOf()),
		`{"b":1,"a":{"c":null},"b":2}`:  mapOf("b", int64(2), "a", mapOf("c", nil)),
		"\t{\r\n\"\" : \"\\u0000\"}\n ": mapOf("", "\x00"),
	} {
		got, err := value.FromJSON([]byte(text))
		if err != nil || value.KindOf(got) != value.KindOf(want) || !value.Equal(got, want) {
			t.Errorf("%s is read as %#v, %v", text, got, err)
		}
	}
	if m, _ := value.FromJSON([]byte(`{"z":1,"a":2,"z":3}`)); value.Text(m) != `{"z":3,"a":2}` {
		t.Errorf("keys are not in their order: %s", value.Text(m))
	}
}

func TestFromJSONErrors(t *testing.T) {
	t.Parallel()
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	if _, err := value.FromJSON([]byte(deep(1000))); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{
		``:                               "the text ends before the value does",
		`  `:                             "the text ends before the value does",
		`[1`:                             "the text ends before the value does",
		`{"a"`:                           "the text ends before the value does",
		`"abc`:                           "the text ends before the value does",
		`tru`:                            "the text ends before the value does",
		`nul!`:                           "invalid character '!'",
		`[1,]`:                           "invalid character",
		`{"a":1,}`:                       "invalid character",
		`{a:1}`:                          "invalid character",
		`01`:                             "there is more behind the value",
		`1 2`:                            "there is more behind the value",
		`{} x`:                           "there is more behind the value",
		`NaN`:                            "invalid character",
		`1e999`:                          "number 1e999 is too large",
		`'a'`:                            "invalid character",
		deep(1001):                       "nested more than 1000 deep",
		strings.Repeat("[", 100_000):     "nested more than 1000 deep",
		strings.Repeat(`{"a":`, 100_000): "nested more than 1000 deep",
	} {
		if v, err := value.FromJSON([]byte(text)); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "jsontext") {
			t.Errorf("%.40s is read as %v, %v, want the error %q", text, v, err, want)
		}
	}
}

func TestAppendJSON(t *testing.T) {
	t.Parallel()
	r, _ := value.NewRange(int64(200), int64(299))
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, `null`},
		{true, `true`},
		{int64(-5), `-5`},
		{1.0, `1.0`},
		{1e21, `1e+21`},
		{1e-7, `1e-07`},
		{math.NaN(), `"NaN"`},
		{math.Inf(-1), `"-Inf"`},
		{"a\"\\\n\x00é😀\u2028</", `"a\"\\\n\u0000é😀` + "\u2028" + `</"`},
		{"\xff", `"` + "\uFFFD" + `"`},
		{250 * time.Millisecond, `"250ms"`},
		{value.Size(65536), `"64KiB"`},
		{value.Percent(99.9), `"99.9%"`},
		{noon, `"2026-03-01T12:00:00Z"`},
		{r, `"200..299"`},
		{value.Handle{Kind: "process", ID: "x/1"}, `"process x/1"`},
		{list(int64(1), list(), nil), `[1,[],null]`},
		{mapOf("b", int64(1), "a", mapOf()), `{"b":1,"a":{}}`},
		{record("status", int64(200), "json", lazy("x"), "body", "b"), `{"status":200,"body":"b"}`},
		{record("json", lazy("x")), `{}`},
	} {
		got, err := value.AppendJSON(nil, c.v)
		if err != nil || string(got) != c.want || !json.Valid(got) {
			t.Errorf("%v is written %s, %v, want %s", c.v, got, err, c.want)
		}
	}
	for _, v := range []any{42, lazy(1), list(mapOf("a", struct{}{})), record("a", list(int8(1)))} {
		if b, err := value.AppendJSON(nil, v); err == nil {
			t.Errorf("%#v is written %s", v, b)
		}
	}
}

func TestTextAndLiteral(t *testing.T) {
	t.Parallel()
	r, _ := value.NewRange(time.Second, 2*time.Second)
	for _, c := range []struct {
		v             any
		text, literal string
	}{
		{nil, `null`, `null`},
		{"a \"b\"\n${c} $d \x01", "a \"b\"\n${c} $d \x01", `"a \"b\"\n\${c} $d \u{1}"`},
		{1.0, `1.0`, `1.0`},
		{1e6, `1000000.0`, `1000000.0`},
		{1e16, `1e+16`, `1e+16`},
		{0.0001, `0.0001`, `0.0001`},
		{0.00001, `1e-05`, `1e-05`},
		{90 * time.Second, `1m30s`, `1m30s`},
		{r, `1s..2s`, `1s..2s`},
		{list(time.Second, "a"), `["1s","a"]`, `[1s, "a"]`},
		{mapOf("a b", value.Percent(5)), `{"a b":"5%"}`, `{"a b": 5%}`},
		{record("a", int64(1), "j", lazy(1), "b", nil), `{"a":1,"b":null}`, `{"a": 1, "b": null}`},
		{noon, `2026-03-01T12:00:00Z`, `2026-03-01T12:00:00Z`},
	} {
		if got := value.Text(c.v); got != c.text {
			t.Errorf("Text gives %s, want %s", got, c.text)
		}
		if got := value.Literal(c.v); got != c.literal {
			t.Errorf("Literal gives %s, want %s", got, c.literal)
		}
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, "null"}, {list(), "a list"}, {mapOf(), "a map"}, {record(), "a record"}, {int64(3), "the int 3"},
		{"x", `the string "x"`}, {42, "a int"}, {value.Size(10), "the size 10B"},
		{strings.Repeat("é", 61), `the string "` + strings.Repeat("é", 60) + `…"`},
	} {
		if got := value.Describe(c.v); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typ, text string
		want      any // nil for an error
	}{
		{"string", " a ", " a "},
		{"bool", "Yes", true},
		{"bool", "0", false},
		{"bool", "2", nil},
		{"int", " 1_000 ", int64(1000)},
		{"int", "-5", int64(-5)},
		{"int", "_5", nil},
		{"int", "-_5", nil},
		{"int", "5_", nil},
		{"int", "1__000", nil},
		{"int", "1.0", nil},
		{"int", "9223372036854775808", nil},
		{"int", "", nil},
		{"float", "2", 2.0},
		{"float", "1e3", 1000.0},
		{"float", "NaN", nil},
		{"float", "inf", nil},
		{"float", "1e999", nil},
		{"duration", "1m30s", 90 * time.Second},
		{"duration", "-5s", -5 * time.Second},
		{"duration", "5", nil},
		{"size", "64KiB", value.Size(65536)},
		{"size", "64", nil},
		{"percent", "12.5%", value.Percent(12.5)},
		{"percent", "12.5", nil},
		{"time", "2026-03-01T12:00:00Z", noon},
		{"time", "2026-03-01", nil},
		{"any", `{"a":[1]}`, mapOf("a", list(int64(1)))},
		{"any", "a", nil},
		{"list<float>", "[1, 2.5]", list(1.0, 2.5)},
		{"list<int>", "[1, 2.5]", nil},
		{"list<int>", "1", nil},
		{"map<string>", `{"a":"b"}`, mapOf("a", "b")},
		{"map<string>", `{"a":1}`, nil},
		{"size | percent", "10%", value.Percent(10)},
		{"size | percent", "10B", value.Size(10)},
		{"size | percent", "10", nil},
		{"range<int>", "1..2", nil},
		{"handle", "x", nil},
	} {
		typ, err := types.Parse(c.typ)
		if err != nil {
			t.Fatal(err)
		}
		got, err := value.Parse(c.text, typ)
		if c.want == nil {
			if err == nil {
				t.Errorf("%q is the %s %v", c.text, c.typ, got)
			}
			continue
		}
		if err != nil || value.KindOf(got) != value.KindOf(c.want) || !value.Equal(got, c.want) {
			t.Errorf("%q as %s is %#v, %v", c.text, c.typ, got, err)
		}
	}
	if v, err := value.Parse("null", types.NullType); v != nil || err != nil {
		t.Errorf("%v, %v", v, err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	r, _ := value.NewRange(int64(1), int64(2))
	point := types.RecordOf("", types.Field{Name: "x", Type: types.FloatType})
	for _, c := range []struct {
		v    any
		t    *types.Type
		want string // the literal, or after ! a part of the error
	}{
		{int64(1), types.FloatType, "1.0"},
		{1.0, types.IntType, "!wants int, not the float 1.0"},
		{nil, types.StringType, "!wants string, not null"},
		{list(int64(1), int64(2)), types.ListOf(types.FloatType), "[1.0, 2.0]"},
		{list(int64(1), "x"), types.ListOf(types.IntType), `!element 1: wants int, not the string "x"`},
		{mapOf("a", "b"), types.MapOf(types.IntType), `!entry "a": wants int`},
		{record("a", int64(1)), types.MapOf(types.FloatType), `{"a": 1.0}`},
		{record("a", "x"), types.MapOf(types.FloatType), `!entry "a": wants float`},
		{mapOf("x", int64(1), "y", int64(2)), point, `{"x": 1.0}`},
		{mapOf("y", int64(2)), point, `!field "x" is missing`},
		{record("y", nil, "x", int64(1)), point, `{"x": 1.0}`},
		{record("x", "1"), point, `!field "x": wants float`},
		{record("y", nil), point, `!there is no field "x"`},
		{r, types.RangeOf(types.FloatType), "1.0..2.0"},
		{r, types.RangeOf(types.DurationType), "!wants duration, not the int 1"},
		{value.Handle{Kind: "proxy", ID: "1"}, types.HandleOf("process"), "!wants process handle, not the handle proxy 1"},
		{value.Percent(5), types.OneOf(types.SizeType, types.PercentType), "5%"},
		{int64(5), types.OneOf(types.SizeType, types.PercentType), "!wants size or percent, not the int 5"},
		{"x", types.AnyType, `"x"`},
	} {
		got, err := value.Check(c.v, c.t)
		if text, fails := strings.CutPrefix(c.want, "!"); fails {
			if err == nil || !strings.Contains(err.Error(), text) {
				t.Errorf("%s as %s: %v, %v, want the error %q", value.Literal(c.v), c.t, got, err, text)
			}
		} else if err != nil || value.Literal(got) != c.want {
			t.Errorf("%s as %s: %s, %v, want %s", value.Literal(c.v), c.t, value.Literal(got), err, c.want)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	v := mapOf("type", "activity", "status", int64(200), "elapsed", 12*time.Millisecond,
		"body", strings.Repeat("0123456789", 20), "list", list(int64(1), 2.5, nil, true))
	buf := make([]byte, 0, 4096)
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = value.AppendJSON(buf[:0], v)
	}
}
