package lang_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// TestComments reads a file in which each comment says where it belongs.
func TestComments(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/comments.chaos")
	if err != nil {
		t.Fatal(err)
	}
	src := ast.NewSource("comments.chaos", string(text))
	file, problems := lang.Parse(src)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	n := 0
	check := func(node ast.Node, place string, list []ast.Comment) {
		for i, c := range list {
			n++
			want := fmt.Sprintf("// %s %s", place, strings.TrimPrefix(fmt.Sprintf("%T", node), "*ast."))
			if c.Text != want {
				t.Errorf("line %d: %q is attached as %q", src.Position(c.Start).Line, c.Text, want)
			}
			if i > 0 && c.Start < list[i-1].Start {
				t.Errorf("line %d: not in the order of the text", src.Position(c.Start).Line)
			}
			if want := src.Position(c.Start).Line == 3; c.BlankAbove != want && src.Position(c.Start).Line < 8 {
				t.Errorf("line %d: BlankAbove is %v", src.Position(c.Start).Line, c.BlankAbove)
			}
		}
	}
	for node, c := range file.Comments {
		check(node, "Leading", c.Leading)
		check(node, "Trailing", c.Trailing)
		check(node, "Inner", c.Inner)
	}
	if want := strings.Count(src.Text, "//"); n != want {
		t.Errorf("%d of %d comments are attached", n, want)
	}
}

// TestNoCommentIsLost puts a comment at the end of each line of the corpus, but
// inside strings and comments.
func TestNoCommentIsLost(t *testing.T) {
	t.Parallel()
	for _, src := range valid(t) {
		before, _ := lang.Parse(src)
		taken := make([]bool, len(src.Text)+1)
		take := func(s ast.Span) {
			for i := s.Start; i <= s.End && s.End > s.Start; i++ {
				taken[i] = i > s.Start || taken[i]
			}
		}
		ast.Walk(before, func(n ast.Node) bool {
			if s, ok := n.(*ast.String); ok {
				take(ast.Span{Start: s.Start, End: s.End - 1})
			}
			return true
		})
		for _, c := range before.Comments {
			for _, list := range [][]ast.Comment{c.Leading, c.Trailing, c.Inner} {
				for _, c := range list {
					take(c.Span)
				}
			}
		}
		for i := range src.Text {
			newline := src.Text[i] == '\n'
			if newline && i > 0 && src.Text[i-1] == '\r' {
				i--
			}
			if !newline || taken[i] || before.Shebang != "" && i == len(before.Shebang) {
				continue
			}
			file, problems := lang.Parse(ast.NewSource(src.Name, src.Text[:i]+" // here"+src.Text[i:]))
			if got, want := count(file.Comments), count(before.Comments)+1; got != want || len(problems) > 0 {
				t.Errorf("%s, offset %d: %d comments attached, want %d; %v", src.Name, i, got, want, problems)
			}
		}
	}
}

func count(c ast.Comments) int {
	n := 0
	for _, x := range c {
		n += len(x.Leading) + len(x.Trailing) + len(x.Inner)
	}
	return n
}
