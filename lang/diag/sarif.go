package diag

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// The parts of SARIF 2.1.0 that a compiler has something to say in.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   *sarifText   `json:"shortDescription,omitempty"`
		Full    *sarifText   `json:"fullDescription,omitempty"`
		Default sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId,omitempty"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// SARIF writes diagnostics as a SARIF 2.1.0 log of one run. Its rules are the
// codes that occur; notes and helps follow the message of a result, helps with
// edits are its fixes.
func SARIF(w io.Writer, l List) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "chaosc", Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    make([]sarifResult, 0, len(l)),
	}
	rules := map[string]int{}
	for _, d := range l {
		index, known := rules[d.Code]
		if !known && d.Code != "" {
			index = len(rules)
			rules[d.Code] = index
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(d))
		}
		if d.Code == "" {
			index = -1 // no rule
		}
		run.Results = append(run.Results, sarifResultOf(d, index))
	}
	return writeJSON(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

func sarifRuleOf(d *Diagnostic) sarifRule {
	rule := sarifRule{ID: d.Code, Default: sarifDefault{d.Severity.String()}}
	if c, ok := Explain(d.Code); ok {
		rule.Short, rule.Full = &sarifText{c.Title}, &sarifText{c.Text}
	}
	return rule
}

func sarifResultOf(d *Diagnostic, rule int) sarifResult {
	text := []string{d.Message}
	if d.Label != "" {
		text = append(text, d.Label)
	}
	for _, n := range d.Notes {
		text = append(text, "note: "+n)
	}
	result := sarifResult{RuleID: d.Code, RuleIndex: rule, Level: d.Severity.String()}
	for _, h := range d.Help {
		text = append(text, "help: "+h.Message)
		if d.Source == nil || len(h.Edits) == 0 {
			continue
		}
		change := sarifChange{Artifact: sarifArtifactOf(d.Source)}
		for _, e := range h.Edits {
			change.Replacements = append(change.Replacements,
				sarifReplacement{*sarifRegionOf(d.Source, e.Span), sarifText{e.Text}})
		}
		result.Fixes = append(result.Fixes, sarifFix{sarifText{h.Message}, []sarifChange{change}})
	}
	result.Message.Text = strings.Join(text, "\n")
	if d.Source != nil {
		result.Locations = []sarifLocation{sarifLocationOf(d.Source, d.Span)}
	}
	for _, r := range d.Related {
		if r.Source != nil {
			at := sarifLocationOf(r.Source, r.Span)
			at.ID, at.Message = len(result.Related)+1, &sarifText{r.Message}
			result.Related = append(result.Related, at)
		}
	}
	return result
}

func sarifLocationOf(s *ast.Source, r ast.Span) sarifLocation {
	at := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifactOf(s)}}
	if !r.IsZero() {
		at.Physical.Region = sarifRegionOf(s, r)
	}
	return at
}

func sarifRegionOf(s *ast.Source, r ast.Span) *sarifRegion {
	a, b := s.Position(r.Start), s.Position(max(r.Start, r.End))
	return &sarifRegion{a.Line, a.Column, b.Line, b.Column}
}

// sarifArtifactOf names a file as the URI that SARIF wants: relative ones stay
// relative, to the folder chaosc was called in.
func sarifArtifactOf(s *ast.Source) sarifArtifact {
	u := url.URL{Path: filepath.ToSlash(s.Name)}
	if filepath.IsAbs(s.Name) {
		u.Scheme = "file"
	}
	return sarifArtifact{u.String()}
}
