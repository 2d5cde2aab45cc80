// Package docs_test holds the documentation against the project: what it says
// of packages, and every piece of .chaos source that it shows.
package docs_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/chaosc-lang/chaosc"

// TestPackagesImportWhatTheTableSays reads the table of architecture.md as data
// and holds it against what the packages import.
func TestPackagesImportWhatTheTableSays(t *testing.T) {
	allowed := importTable(t)
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	seen := map[string]bool{}
	for dec.More() {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if name == "docs" || strings.HasPrefix(name, "examples") {
			continue
		}
		rules, ok := allowed[name]
		if !ok {
			t.Errorf("package %s stands in no row of docs/architecture.md", name)
			continue
		}
		seen[name] = true
		for _, imp := range p.Imports {
			ours, ok := strings.CutPrefix(imp, module+"/")
			if ok && !matches(ours, rules) {
				t.Errorf("package %s imports %s, which docs/architecture.md does not allow", name, ours)
			}
		}
	}
	for name := range allowed {
		if !seen[name] {
			t.Errorf("docs/architecture.md has a row for package %s, which there is not", name)
		}
	}
}

func matches(imp string, rules []string) bool {
	for _, r := range rules {
		if ok, _ := path.Match(r, imp); ok || r == "*" {
			return true
		}
	}
	return false
}

// importTable reads the rows `| packages | purpose | imports |`.
func importTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| (`[^|]+`) \\| [^|]+ \\| ([^|]+) \\|$")
	table := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		var rules []string
		for _, r := range strings.Split(m[2], ",") {
			if r = strings.TrimSpace(r); r != "–" {
				rules = append(rules, r)
			}
		}
		for _, p := range strings.Fields(m[1]) {
			table[strings.Trim(p, "`")] = rules
		}
	}
	if len(table) < 10 {
		t.Fatalf("the table of architecture.md has only %d rows", len(table))
	}
	return table
}
