package jsonpath2

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

func read(t *testing.T, text string) any {
	t.Helper()
	v, err := value.FromJSON([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// TestAgainstTheOriginal holds us against what the Python package has found;
// testdata/generate.py tells how the cases were made.
func TestAgainstTheOriginal(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(data, []byte("\n\n"))
	var docs []any
	for line := range strings.Lines(string(head)) {
		docs = append(docs, read(t, line))
	}
	n := 0
	for line := range strings.Lines(string(body)) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
		doc, err := strconv.Atoi(parts[0])
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		var path string
		if err := json.Unmarshal([]byte(parts[1]), &path); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		n++
		if got := result(t, docs[doc], path); got != value.Literal(read(t, parts[2])) {
			t.Errorf("document %d, %s\n got  %s\n want %s", doc, path, got, parts[2])
		}
	}
	if n < 5000 {
		t.Errorf("there are only %d cases", n)
	}
}

// result writes what a path finds as the cases do.
func result(t *testing.T, doc any, path string) string {
	p, err := Parse(path)
	if err != nil {
		return `"!"`
	}
	found, err := p.Find(t.Context(), doc)
	if err != nil {
		return `"!!"`
	}
	return value.Literal(found)
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, want string }{
		{``, `a path has "$" here, not the end at byte 0`},
		{`foo[*].baz`, `a path has "$" here, not "foo" at byte 0`},
		{`$.a[?(@.b='x')]`, `strings stand in double quotes, not in single ones at byte 10`},
		{`$.a[?(@.b=="x")]`, `equality is written = and not == at byte 10`},
		{`$.a[?(@.b && @.c)]`, `conditions are joined by the word "and", not by && at byte 10`},
		{`$.a[?(@.b || @.c)]`, `conditions are joined by the word "or", not by || at byte 10`},
		{`$.a[?(!@.b)]`, `a condition is denied by the word "not", not by ! at byte 6`},
		{`$.a[?@.b]`, `a path has "(" here, not "@" at byte 5`},
		{`$.a-b`, `a path has no '-' here at byte 3`},
		{`$.é`, `a path has no 'é' here at byte 2`},
		{`$.a.`, `a path has a name or * here, not the end at byte 4`},
		{`$[]`, `a path has a subscript here, not "]" at byte 2`},
		{`$[1.5]`, `an index is a whole number, not 1.5 at byte 2`},
		{`$[a]`, `a path has "(" here, not "]" at byte 3`},
		{`$.count()`, `there is no function count, only charAt, entries, keys, length, substring and values, at byte 2`},
		{`$["a`, `the string has no end at byte 2`},
		{"$[\"a\n\"]", `a string has no control characters at byte 4`},
		{`$["\x"]`, `a backslash stands only in \" \\ \/ \b \f \n \r \t and \u with four digits at byte 3`},
		{`$[?(@={a:1})]`, `a path has a key in double quotes here, not "a" at byte 7`},
		{`$.a $`, `a path has the end here, not "$" at byte 4`},
		{"$[?(" + strings.Repeat("(", 300), `the path is nested more than 200 deep at byte 204`},
		{"$[?(" + strings.Repeat("not ", 300), `the path is nested more than 200 deep at byte 804`},
		{"$[?(" + strings.Repeat("[", 300), `the path is nested more than 200 deep at byte 203`},
		{"$[?(" + strings.Repeat("@[?(", 300), `the path is nested more than 200 deep at byte 804`},
		{"$" + strings.Repeat(".a", 40000), `the path has 80001 bytes, more than 65536, at byte 65536`},
	} {
		_, err := Parse(c.path)
		if err == nil || err.Error() != c.want {
			t.Errorf("%.40q: got %v, want %s", c.path, err, c.want)
		}
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	record := &value.Record{
		Type: types.RecordOf("", types.Field{Name: "status"}, types.Field{Name: "json"}),
		Vals: []any{int64(200), value.NewLazy(func() (any, error) { return read(t, `{"a": [1]}`), nil })},
	}
	broken := &value.Record{
		Type: types.RecordOf("", types.Field{Name: "json"}),
		Vals: []any{value.NewLazy(func() (any, error) { return nil, errors.New("the body is not JSON") })},
	}
	for _, c := range []struct {
		doc        any
		path, want string
	}{
		{record, "$.status", "[200]"}, {record, "$.*", "[200]"}, {record, "$.json.a[0]", "[1]"}, {record, "$[?(@.status=200)].keys()", `[["status"]]`},
		{record, `$["none"]`, "[]"}, {broken, "$.json", `"!!"`}, {broken, "$.*", "[]"},
	} {
		if got := result(t, c.doc, c.path); got != c.want {
			t.Errorf("%s: got %s, want %s", c.path, got, c.want)
		}
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	wide := read(t, "["+strings.Repeat("[1,2,3,4,5,6,7,8,9,0],", 100)+"0]")
	deep := read(t, strings.Repeat("[", 60)+strings.Repeat("]", 60))
	for _, c := range []struct {
		doc        any
		path, want string
	}{
		{deep, "$" + strings.Repeat("..[*,*]", 8), "the path finds more than 1000000 values"},
		{deep, "$[?(" + strings.Repeat("@..*", 1) + strings.Repeat("..[*,*,*]", 7) + ".a)]", "the path looks at more than 10000000 values"},
		{wide, "$[*].substring(@[*],@[*],@[*],@[*],@[*],@[*],@[*])", "the path finds more than 1000000 values"},
		{wide, "$[0][-9999999999999999999999:9999999999999999999999:9999999999999999999].keys()", ""},
		{wide, "$[99999999999999999999:-99999999999999999999:-1].keys()", ""},
		{wide, "$[::0]", "the step of a slice is zero"},
	} {
		p, err := Parse(c.path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Find(t.Context(), c.doc)
		if c.want == "" && err != nil || c.want != "" && (err == nil || err.Error() != c.want) {
			t.Errorf("%s: got %v, want %s", c.path, err, c.want)
		}
	}
}

func TestEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the deadline is over"))
	p, err := Parse("$..*")
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Find(ctx, read(t, "["+strings.Repeat("1,", 3000)+"1]"))
	if err == nil || !strings.Contains(err.Error(), "the deadline is over") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, p := range []string{`$.a[*][?(@.b="x" or not (@.c>1 and {"a":[1]}=@))].substring(0,-1)`, `$..[1:2:-1,"a",$.b]`, `$['`, `$[1e05]`} {
		f.Add(p)
	}
	doc, err := value.FromJSON([]byte(`{"a": [{"b": "x", "c": 2}, 1, "text", {"a": null}]}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path string) {
		p, err := Parse(path)
		if e := (*SyntaxError)(nil); err != nil {
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(path) || e.Message == "" {
				t.Errorf("%q: %#v", path, err)
			}
			return
		}
		_, _ = p.Find(t.Context(), doc)
	})
}
