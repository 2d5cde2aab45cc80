package json

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/theory/jsonpath"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func read(t *testing.T, text string) any {
	t.Helper()
	v, err := value.FromJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestJSON(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	list := func(items ...any) []any { return append([]any{}, items...) }
	doc := read(t, `{"z": [{"b": 1}, {"b": 2.5}, {"c": "x"}], "a": {"b": null, "0": true}}`)
	record := &value.Record{
		Type: types.RecordOf("", types.Field{Name: "status"}, types.Field{Name: "took"}, types.Field{Name: "json"}),
		Vals: []any{int64(200), 2 * time.Second, value.NewLazy(func() (any, error) { return doc, nil })},
	}
	broken := &value.Record{
		Type: types.RecordOf("", types.Field{Name: "json"}),
		Vals: []any{value.NewLazy(func() (any, error) { return nil, fmt.Errorf("the body is not JSON") })},
	}
	stdlibtest.Run(t, Namespace, &stdlib.Env{}, []stdlibtest.Case{
		{Function: "parse", Args: args{`[1, 2.0, "x"]`}, Want: list(int64(1), 2.0, "x")},
		{Function: "parse", Args: args{`[1`}, Err: "the text is not JSON: the text ends before the value does"},
		{Function: "text", Args: args{doc}, Want: `{"z":[{"b":1},{"b":2.5},{"c":"x"}],"a":{"b":null,"0":true}}`},
		{Function: "text", Args: args{list(int64(1), time.Second), int64(2)}, Want: "[\n  1,\n  \"1s\"\n]"},
		{Function: "text", Args: args{nil}, Want: "null"},
		{Function: "text", Args: args{nil, int64(9)}, Err: "indent is 9, which is not from 0 to 8"},
		{Function: "path", Args: args{doc, "$.z[*].b"}, Want: list(int64(1), 2.5)},
		{Function: "path", Args: args{doc, "$..b"}, Want: list(int64(1), 2.5, nil)},
		{Function: "path", Args: args{doc, "$.a.*"}, Want: list(nil, true)},
		{Function: "path", Args: args{doc, "$.*[0]"}, Want: list(read(t, `{"b": 1}`))},
		{Function: "path", Args: args{doc, "$.z[-1].c"}, Want: list("x")},
		{Function: "path", Args: args{doc, "$.z[?@.b > 1].b"}, Want: list(2.5)},
		{Function: "path", Args: args{doc, "$.z[?@.b == 1.0 || @.c == 'x'].*"}, Want: list(int64(1), "x")},
		{Function: "path", Args: args{doc, `$["a"]["b","0","b"]`}, Want: list(nil, true, nil)},
		{Function: "path", Args: args{doc, "$.no.thing"}, Want: list()},
		{Function: "path", Args: args{doc, "z"}, Err: `"z" is not a path`},
		{Function: "path", Args: args{doc, "$["}, Err: "is not a path"},
		{Function: "path", Args: args{doc, "$" + strings.Repeat(".a", 3000)}, Err: "the path has 6001 bytes"},
		{Function: "path", Args: args{`{"a": [1, 2]}`, "$.a[1]"}, Want: list(int64(2))},
		{Function: "path", Args: args{"<html>", "$.a"}, Want: list()},
		{Function: "path", Args: args{"<html>", "$"}, Want: list("<html>")},
		{Function: "path", Args: args{nil, "$"}, Want: list(nil)},
		{Function: "path", Args: args{record, "$.*"}, Want: list(int64(200), 2*time.Second)},
		{Function: "path", Args: args{record, "$.json.a.b"}, Want: list(nil)},
		{Function: "path", Args: args{record, "$[?@ == '2s']"}, Want: list(2 * time.Second)},
		{Function: "path", Args: args{broken, "$.json"}, Err: "the body is not JSON"},
		{Function: "count", Args: args{doc, "$.z[*]"}, Want: int64(3)},
		{Function: "count", Args: args{doc, "$.no"}, Want: int64(0)},
		{Function: "count", Args: args{doc, "("}, Err: "is not a path"},
	})
}

// TestPathAgainstTheLibrary holds our steps against those of the library, on
// documents whose objects have at most one entry, so that its order is sure.
func TestPathAgainstTheLibrary(t *testing.T) {
	t.Parallel()
	text := `[{"a": [1, 2, [3, 4, {"a": "x"}], "5"]}, [], {}, {"b": {"a": [true, null, 1.5]}}, [[1], [2, [3]]], "a", 7]`
	doc := read(t, text)
	for _, p := range strings.Fields(`$ $.* $..* $..a $..[0] $[0].a[1:] $..[::-1] $..[-2:] $..[1:10:2] $..[5:1:-2] $[-1]
		$[100] $[-100] $..[:0] $[::0] $[::9007199254740991] $[9007199254740991:] $[-9007199254740991:2:1]
		$..[0,0,'a'] $..['a',*] $[?@.a] $[?@.b.a[1]==null] $..[?@>1] $..[?@=='x'] $..[?@==true] $[?!@.a] $[?length(@)==1]
		$[?count(@.*)>1] $[?@.a&&@.a[0]==1] $..[?match(@,'[a-z]')] $..[?search(@,'5')] $[?value(@..a)==1] $[?@.a[0]==$[6]]
		$[?@[0]==$[0].a[0]] $..a..[0] $..*..* $[?@==@] $..[?@<=2]`) {
		q, err := jsonpath.Parse(p)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		want := value.Literal(back([]any(q.Select(plain(doc)))))
		got, err := find(t.Context(), pathArgs{doc, p})
		if err != nil || value.Literal(got) != want {
			t.Errorf("%s\n got  %s, %v\n want %s", p, value.Literal(got), err, want)
		}
	}
}

// back undoes plain.
func back(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = back(e)
		}
		return out
	case map[string]any:
		m := value.NewMap(1)
		for k, e := range v {
			m.Set(k, back(e))
		}
		return m
	}
	return v
}

func TestPathEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the deadline is over"))
	for _, p := range []string{"$..*", "$[?@]"} {
		_, err := find(ctx, pathArgs{read(t, "[1, 2]"), p})
		if err == nil || !strings.Contains(err.Error(), "the deadline is over") {
			t.Errorf("%s: %v", p, err)
		}
	}
}

func TestPathIsBounded(t *testing.T) {
	t.Parallel()
	wide := read(t, "["+strings.Repeat("[1,2,3,4,5,6,7,8,9,0],", 100)+"0]")
	if _, err := find(t.Context(), pathArgs{wide, "$" + strings.Repeat("[*,*,*,*,*,*,*,*]", 2) + strings.Repeat("..[*,*,*,*]", 3)}); err != nil {
		t.Errorf("a leaf has nothing below: %v", err)
	}
	deep := read(t, strings.Repeat("[", 60)+strings.Repeat("]", 60))
	if _, err := find(t.Context(), pathArgs{deep, "$" + strings.Repeat("..[*,*]", 8)}); err == nil || !strings.Contains(err.Error(), "finds more than 1000000") {
		t.Errorf("got %v", err)
	}
	for i := range 600 { // more than are kept
		if _, err := find(t.Context(), pathArgs{wide, fmt.Sprintf("$[%d]", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(compiled.paths); n > 256 {
		t.Errorf("%d paths are kept", n)
	}
}
