package lang

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// tokens reads all units of a text.
func tokens(s *scanner) []lexer.Token {
	var list []lexer.Token
	for s.more() {
		for {
			t, _ := s.Next()
			list = append(list, t)
			if t.EOF() {
				break
			}
		}
	}
	return list
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"a-b a - b a -b", "a-b|a|-|b|a|-|b"},
		{"200..299 1.5..2", "200|..|299|1.5|..|2"},
		{"1e-5 1e -5 1.x", "1e-5|1e|-|5|1|.|x"},
		{`"a ${b} c" "d"`, `"|a |${|b|}| c|"|"d"`},
		{`"${f("x ${y}")}"`, `"|${|f|(|"|x |${|y|}|"|)|}|"`},
		{`"${{a: "}"}}"`, `"|${|{|a|:|"}"|}|}|"`},
		{"\"\"\"\n${a}\n\"\"\"", "\"\"\"|\n|${|a|}|\n|\"\"\""},
		{"`a ${b}` `\n`", "`a ${b}`|`\n`"},
		{"a // b\nc", "a|c"},
		{"a==b!=c<=d>=e<f>g=h", "a|==|b|!=|c|<=|d|>=|e|<|f|>|g|=|h"},
		{"#!/bin/x\na", "a"},
		{"\ufeff#!/bin/x\r\na\r\n", "a"},
	} {
		var got []string
		for _, tok := range tokens(newScanner(c.text)) {
			if !tok.EOF() {
				got = append(got, tok.Value)
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q is cut into %q, want %q", c.text, s, c.want)
		}
	}
}

func TestUnitsEndBeforeExperiments(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		`let x = 1`:                             1,
		`experiment "a" { } experiment "b" { }`: 2,
		`let x = 1 experiment "a" { method { experiment "b"   {}`: 3,
		`let x = experiment let y = experiment.a`:                 1,
		`probe f() = g(experiment, "experiment \"a\" {")`:         1,
		`experiment "a` + "\n" + `experiment "b" {`:               2,
	} {
		units := 0
		for _, tok := range tokens(newScanner(text)) {
			if tok.EOF() {
				units++
			}
		}
		if units != want {
			t.Errorf("%s: %d units, want %d", text, units, want)
		}
	}
}

// TestKinds holds what conversions by number rely on.
func TestKinds(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]int{{int(ast.Int), int(literal.Int)}, {int(ast.Float), int(literal.Float)},
		{int(ast.Duration), int(literal.Duration)}, {int(ast.Size), int(literal.Size)}, {int(ast.Percent), int(literal.Percent)}} {
		if c[0] != c[1] {
			t.Errorf("kind %d is %d in literal", c[0], c[1])
		}
	}
	if len(clauseKinds) != len(clauseWords) {
		t.Fatal("not each clause has a kind")
	}
	for i, k := range clauseKinds {
		if k.String() != clauseWords[i] {
			t.Errorf("clause %s has the kind %s", clauseWords[i], k)
		}
	}
	for _, w := range reservedWords {
		if !isReservedToken(reserved(w)) {
			t.Errorf("%s has no token", w)
		}
	}
	if n := int(tokNull - tokAnd + 1); n != len(reservedWords) {
		t.Errorf("%d reserved tokens for %d words", n, len(reservedWords))
	}
	for word := range foreign {
		if slices.Contains(statementWords, word) {
			t.Errorf("%s is a statement of ours", word)
		}
	}
}

// TestReader holds that the definition can be used as participle uses one.
func TestReader(t *testing.T) {
	t.Parallel()
	lex, err := definition{}.Lex("x", strings.NewReader("let x = 1"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := lexer.ConsumeAll(lex)
	if err != nil || len(list) != 5 {
		t.Errorf("%d tokens, %v", len(list), err)
	}
}

// FuzzLex holds that tokens stand in the order of the text and inside it, that
// each is what stands there, and that reading ends.
func FuzzLex(f *testing.F) {
	for _, s := range []string{"a-b - c", `"a ${b "c"} d"`, "\"\"\"\n ${a\n} \n\"\"\"", "1m30s 2x 200..299", "`raw", "/* a */ // b\n'c' “d”",
		"experiment \"a\" { experiment \"b\" {", "$ ${ ; # ! && ||", "\"${\"${\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := newScanner(text)
		last := 0
		for _, tok := range tokens(s) {
			at := tok.Pos.Offset
			if at < last || at+len(tok.Value) > len(text) && !tok.EOF() {
				t.Fatalf("token %q at %d, the last ended at %d", tok.Value, at, last)
			}
			if last = at; !tok.EOF() {
				last += len(tok.Value)
				if text[at:last] != tok.Value {
					t.Fatalf("token %q is not what stands at %d", tok.Value, at)
				}
			}
			if want := 1 + strings.Count(text[:at], "\n"); tok.Pos.Line != want && !s.cut {
				t.Fatalf("token %q is in line %d, want %d", tok.Value, tok.Pos.Line, want)
			}
		}
	})
}

func BenchmarkGrammar(b *testing.B) {
	for b.Loop() {
		if _, err := participle.Build[unit](participle.Lexer(definition{})); err != nil {
			b.Fatal(fmt.Errorf("the grammar is wrong: %w", err))
		}
	}
}
