package check_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

// FuzzCheck looks for sources that the checker cannot stand. What it says must
// be in the text, and a program comes exactly where there is no error.
func FuzzCheck(f *testing.F) {
	for _, c := range diag.Codes() {
		f.Add(c.Wrong)
		f.Add(c.Right)
	}
	for _, archive := range archives(f) {
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".chaos") {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		files := map[string]string{"a.chaos": text, "lib/web.chaos": "probe healthy(url) = http.get(url) expect status == 200"}
		p, diags := checked("a.chaos", files)
		if (p == nil) != diags.HasErrors() {
			t.Fatalf("program %v, errors %v", p != nil, diags.HasErrors())
		}
		for _, d := range diags {
			if d.Span.Start > d.Span.End || int(d.Span.End) > len(d.Source.Text) {
				t.Fatalf("%s %s is outside of the text", d.Code, d.Message)
			}
		}
		if err := diag.Render(&bytes.Buffer{}, diags, diag.Options{}); err != nil {
			t.Fatal(err)
		}
	})
}
