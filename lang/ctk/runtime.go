package ctk

import (
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// strategyOf returns the name that a strategy of the hypothesis has in the
// language, or "".
func strategyOf(name string) string {
	switch name {
	case "before-method-only", "after-method-only", "during-method-only":
		return strings.TrimSuffix(name, "-only")
	case "continuously", "continously": // the Chaos Toolkit takes both
		return "continuously"
	case "default", "skip":
		return name
	}
	return ""
}

var rollbackStrategies = []string{"default", "always", "never", "deviated"}

// runtime is the section of strategies and limits. The Chaos Toolkit's default
// for rollbacks is not that of the language, so where there are rollbacks it is
// written; the setting has no place in the text then.
func (im *importer) runtime(n *node) *ast.Runtime {
	s := &ast.Runtime{}
	if len(im.acts.of(inRollbacks)) > 0 {
		s.Rollbacks = &ast.Setting{Keyword: "rollbacks", Word: &ast.Name{Text: "default"}}
	}
	if n == nil {
		return s
	}
	s.Span = n.Span
	if !n.is(mapping) {
		im.carry(n, "runtime")
		return s
	}
	im.unknownKeys(n, []string{"hypothesis", "rollbacks"}, "runtime", "runtime")
	if h := n.get("hypothesis"); h.is(mapping) {
		im.unknownKeys(h, []string{"strategy"}, "a strategy", "runtime/hypothesis")
		if t := h.get("strategy"); t != nil {
			switch word := strategyOf(t.str()); word {
			case "":
				im.report(unknownStrategy(im.src, t, "the hypothesis", []string{"default", "before-method-only",
					"after-method-only", "during-method-only", "continuously", "skip"}))
				im.carry(t, "runtime", "hypothesis", "strategy")
			case "default":
			default:
				s.Hypothesis = &ast.HypothesisSetting{Span: t.Span, Strategy: &ast.Name{Span: t.Span, Text: word}}
			}
		}
	} else {
		im.carry(h, "runtime", "hypothesis")
	}
	if r := n.get("rollbacks"); r.is(mapping) {
		im.unknownKeys(r, []string{"strategy"}, "a strategy", "runtime/rollbacks")
		if t := r.get("strategy"); t != nil {
			if word := t.str(); slices.Contains(rollbackStrategies, word) {
				s.Rollbacks = &ast.Setting{Span: t.Span, Keyword: "rollbacks", Word: &ast.Name{Span: t.Span, Text: word}}
			} else {
				im.report(unknownStrategy(im.src, t, "rollbacks", rollbackStrategies))
				im.carry(t, "runtime", "rollbacks", "strategy")
				s.Rollbacks = &ast.Setting{Keyword: "rollbacks", Word: &ast.Name{Text: "never"}} // as the Chaos Toolkit takes it
			}
		}
	} else {
		im.carry(r, "runtime", "rollbacks")
	}
	return s
}
