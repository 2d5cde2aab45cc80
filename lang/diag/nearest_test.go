package diag_test

import (
	"testing"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

func TestNearest(t *testing.T) {
	words := []string{"method", "steady", "setup", "rollback", "is-file", "if", "timeout"}
	for word, want := range map[string]string{
		"metod": "method", "mehtod": "method", "methods": "method", "Method": "method", "METHOD": "method",
		"stedy": "steady", "roll-back": "rollback", "is_file": "is-file", "timeuot": "timeout",
		"fi": "if", "method": "", "x": "", "": "", "banana": "", "xyzzy": "", "set": "",
	} {
		got, ok := diag.Nearest(word, words)
		if got != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, %v; want %q", word, got, ok, want)
		}
	}
	if got, _ := diag.Nearest("cat", []string{"car", "bat"}); got != "car" {
		t.Errorf("of equally near words the first is not taken but %q", got)
	}
}
