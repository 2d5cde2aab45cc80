package ctk

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// section is a place of an experiment that has activities.
type section uint8

const (
	inHypothesis section = iota
	inMethod
	inRollbacks
)

// path is where the activities of a section stand in the experiment.
func (s section) path() string {
	return [...]string{"steady-state-hypothesis/probes", "method", "rollbacks"}[s]
}

// activity is one activity of an experiment, or a reference to one.
type activity struct {
	*node
	in    section
	name  string
	ref   string // what it refers to; "" for an activity
	ident bool   // expressions and references can use its name
	place int    // among all activities, in the order of the sections
}

// activities are all activities of an experiment.
type activities struct {
	bySection [3][]*activity
	byName    map[string][]*activity // but references
	taken     map[string]bool        // names that activities and the configuration have
}

// newActivities finds the activities and decides which of them are known by
// their names. Of several with one name it is the one that references mean;
// the others keep theirs as a title.
func newActivities(root *node) *activities {
	acts := &activities{byName: map[string][]*activity{}, taken: map[string]bool{}}
	place := 0
	if c := root.get("configuration"); c != nil {
		for _, k := range c.keys {
			acts.taken[k.text] = true
		}
	}
	lists := [...]*node{root.get("steady-state-hypothesis").get("probes"), root.get("method"), root.get("rollbacks")}
	for s, l := range lists {
		if !l.is(list) {
			continue
		}
		for _, n := range l.items {
			if !n.is(mapping) {
				continue
			}
			a := &activity{node: n, in: section(s), name: n.get("name").str(), ref: n.get("ref").str(), place: place}
			place++
			acts.bySection[s] = append(acts.bySection[s], a)
			if a.ref == "" && a.name != "" {
				acts.byName[a.name] = append(acts.byName[a.name], a)
			}
		}
	}
	named := [2]map[string]bool{{}, {}} // of the hypothesis; of method and rollbacks, which see each other
	choose := func(a *activity) {
		seen := named[min(a.in, 1)]
		if a.ref == "" && lang.IsIdent(a.name) && !seen[a.name] && !acts.taken[a.name] && !isTaken(a.name) {
			a.ident = true
			seen[a.name] = true
		}
	}
	for _, list := range acts.bySection {
		for _, a := range list {
			if to := acts.target(a.ref); to != nil {
				choose(to)
			}
		}
	}
	for _, list := range acts.bySection {
		for _, a := range list {
			choose(a)
		}
	}
	for _, names := range named {
		for name := range names {
			acts.taken[name] = true
		}
	}
	return acts
}

func (acts *activities) of(s section) []*activity { return acts.bySection[s] }

// target finds the activity that a reference means: the last one of that name
// of the hypothesis, else of the method, never one of the rollbacks.
func (acts *activities) target(ref string) *activity {
	var last *activity
	for _, a := range acts.byName[ref] {
		if a.in == inHypothesis || a.in == inMethod && (last == nil || last.in == inMethod) {
			last = a
		}
	}
	return last
}

// names lists the names that a reference can mean.
func (acts *activities) names() []string {
	var names []string
	for _, s := range []section{inHypothesis, inMethod} {
		for _, a := range acts.bySection[s] {
			if a.name != "" && a.ref == "" {
				names = append(names, a.name)
			}
		}
	}
	return names
}

// reaches reports whether the name alone, as a statement of the language at
// the place of a reference, means the target: it is visible there, or the only
// one of that name.
func (acts *activities) reaches(from, to *activity) bool {
	visible := to.in == inHypothesis && from.in == inHypothesis || to.in == inMethod && from.in != inHypothesis
	return to.ident && visible && to.place < from.place || len(acts.byName[to.name]) == 1
}

// declared is the name of an activity as it is declared.
func (a *activity) declared() *ast.Name {
	n := a.get("name")
	switch {
	case n == nil || !n.is(text):
		return nil
	case a.ident:
		return nameOf(a.name, n.Span)
	}
	return quotedName(a.name, n.Span)
}
