package ast_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

func TestPosition(t *testing.T) {
	t.Parallel()
	src := ast.NewSource("x", "añb\r\n\nlast")
	for _, c := range []struct {
		at           ast.Pos
		line, column int
	}{{0, 1, 1}, {1, 1, 2}, {3, 1, 3}, {4, 1, 4}, {6, 2, 1}, {7, 3, 1}, {11, 3, 5}, {99, 3, 5}, {-1, 1, 1}} {
		if p := src.Position(c.at); p.Line != c.line || p.Column != c.column {
			t.Errorf("offset %d is %d:%d, want %d:%d", c.at, p.Line, p.Column, c.line, c.column)
		}
	}
	for line, want := range map[int]string{0: "", 1: "añb", 2: "", 3: "last", 4: ""} {
		if got := src.Line(line); got != want {
			t.Errorf("line %d is %q, want %q", line, got, want)
		}
	}
	if got := src.LineStart(3); got != 7 {
		t.Errorf("line 3 starts at %d", got)
	}
	if got := src.Slice(ast.Span{Start: 7, End: 99}); got != "last" {
		t.Errorf("slice is %q", got)
	}
	if got := src.Slice(ast.Span{Start: 9, End: 7}); got != "" {
		t.Errorf("slice is %q", got)
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	a, b := ast.Span{Start: 2, End: 4}, ast.Span{Start: 3, End: 9}
	if got := a.Join(b); got != (ast.Span{Start: 2, End: 9}) {
		t.Errorf("joined: %v", got)
	}
	if got := a.Join(ast.Span{}); got != a {
		t.Errorf("joined with nothing: %v", got)
	}
	if got := (ast.Span{}).Join(a); got != a {
		t.Errorf("nothing joined: %v", got)
	}
}

func TestOperators(t *testing.T) {
	t.Parallel()
	for op := ast.Or; op <= ast.Neg; op++ {
		if op.String() == "" || op.Precedence() == 0 {
			t.Errorf("operator %d has no text or precedence", op)
		}
		if op > ast.Or && op.Precedence() < (op-1).Precedence() {
			t.Errorf("%s stands before a weaker operator", op-1)
		}
	}
}

// TestWalk holds that Walk visits every node of a tree that covers the
// language, each once and in the order of the text.
func TestWalk(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../lang/testdata/valid/*.chaos")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	kinds := map[reflect.Type]bool{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, problems := lang.Parse(ast.NewSource(path, string(text)))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		file.Comments = nil
		seen := map[ast.Node]bool{}
		last := ast.Pos(0)
		ast.Walk(file, func(n ast.Node) bool {
			if seen[n] {
				t.Errorf("%s: %T is visited twice", path, n)
			}
			if start := n.Range().Start; start < last {
				t.Errorf("%s: %T at %d is visited behind what starts at %d", path, n, start, last)
			} else {
				last = start
			}
			seen[n] = true
			kinds[reflect.TypeOf(n)] = true
			return true
		})
		reachable(reflect.ValueOf(file), func(n ast.Node) {
			if !seen[n] {
				t.Errorf("%s: %T is not visited", path, n)
			}
		})
	}
	if len(kinds) < 50 {
		t.Errorf("the corpus has %d kinds of node only", len(kinds))
	}
}

// reachable calls f for each node that is found through the fields of v.
func reachable(v reflect.Value, f func(ast.Node)) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			reachable(v.Elem(), f)
		}
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*ast.Source]() {
			return
		}
		if n, ok := v.Interface().(ast.Node); ok {
			f(n)
		}
		reachable(v.Elem(), f)
	case reflect.Slice:
		for i := range v.Len() {
			reachable(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			reachable(v.Field(i), f)
		}
	}
}
