package interp_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

// TestCodesOfErrorsHavePages finds codes in errors.go that no page explains.
func TestCodesOfErrorsHavePages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("errors.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`"([EW]\d{4})"`).FindAllSubmatch(text, -1)
	if len(codes) < 9 {
		t.Fatalf("errors.go has only %d codes", len(codes))
	}
	for _, m := range codes {
		if c, ok := diag.Explain(string(m[1])); !ok || c.Title == "" || c.Text == "" {
			t.Errorf("no page for %s", m[1])
		}
	}
}
