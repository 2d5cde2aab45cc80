package lang_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/lang"
)

// TestGrammar holds grammar.ebnf current, and whole: every production that is
// used is there, every one that is there is used, and so is every word.
func TestGrammar(t *testing.T) {
	t.Parallel()
	const path = "../grammar.ebnf"
	text := lang.Grammar()
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("grammar.ebnf is not current (%v): run go test ./lang -run TestGrammar -update", err)
	}
	if strings.Contains(text, "‹") {
		t.Error("a table is not filled in")
	}
	code := regexp.MustCompile(`//[^\n]*|\(\*.*?\*\)`).ReplaceAllString(strings.ReplaceAll(text, `"//"`, ""), "")
	terminals := regexp.MustCompile(`"(?:\\.|[^"\\])*"`)
	words := terminals.FindAllString(code, -1)
	for _, table := range [][]string{lang.Declarations(), lang.Sections(), lang.Statements(), lang.Clauses(), lang.Settings(),
		lang.HypothesisStrategies(), lang.RollbackStrategies(), lang.Types(), lang.Reserved()} {
		for _, w := range table {
			if !slices.Contains(words, `"`+w+`"`) {
				t.Errorf("the word %s is missing", w)
			}
		}
	}
	code = terminals.ReplaceAllString(code, "")
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^(\w+)\s*=`).FindAllStringSubmatch(code, -1) {
		if defined[m[1]] {
			t.Errorf("%s is defined twice", m[1])
		}
		defined[m[1]] = true
	}
	used := map[string]bool{"File": true, "comment": true, "reserved": true}
	for _, m := range regexp.MustCompile(`(\w+)(\s*=)?`).FindAllStringSubmatch(code, -1) {
		if m[2] == "" {
			used[m[1]] = true
			if !defined[m[1]] {
				t.Errorf("%s is not defined", m[1])
			}
		}
	}
	for name := range defined {
		if !used[name] {
			t.Errorf("%s is not used", name)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, w := range lang.Reserved() {
		if !lang.IsReserved(w) || lang.IsIdent(w) {
			t.Errorf("%s is not reserved", w)
		}
	}
	for _, list := range [][]string{lang.Sections(), lang.Clauses(), lang.Settings(), {"timeout", "ns1", "a-b", "é", "_"}} {
		for _, w := range list {
			if lang.IsReserved(w) || !lang.IsIdent(w) {
				t.Errorf("%s cannot be a name", w)
			}
		}
	}
	for _, w := range []string{"", "1a", "a b", "a-", "-a", "a--b", "a.b", "a_-b", "\xff"} {
		if lang.IsIdent(w) {
			t.Errorf("%q is a name", w)
		}
	}
}
