package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/stdlib/toolkit/jsonpath2"
	"github.com/chaosc-lang/chaosc/stdlib/value/pattern"
)

// This file holds an experiment against the rules of the Chaos Toolkit, in the
// order in which it looks, and says what breaks one in its words. It stops at
// the first; here all are told.

// validator gathers what is wrong with an experiment.
type validator struct {
	src   *ast.Source
	opts  Options
	root  *node
	acts  *activities
	diags diag.List
}

func (d *Document) validate(opts Options) diag.List {
	v := &validator{src: d.src, opts: opts, root: d.root, acts: newActivities(d.root)}
	v.experiment()
	return v.diags
}

func (v *validator) refuse(code string, at ast.Span, format string, args ...any) *mistake {
	m := fault(code, v.src, at, format, args...)
	v.diags = append(v.diags, &m.Diagnostic)
	return m
}

// head is the place to speak of a whole mapping: its first sign.
func head(n *node) ast.Span { return ast.Span{Start: n.Start, End: min(n.Start+1, n.End)} }

// placeOf is the place of a value, or of the mapping that lacks it.
func placeOf(n *node, key string) ast.Span {
	if v := n.get(key); v != nil {
		return v.Span
	}
	return head(n)
}

func (v *validator) experiment() {
	if len(v.root.items) == 0 {
		v.refuse("E0710", v.root.Span, "an empty experiment is not an experiment")
		return
	}
	for _, key := range []string{"title", "description"} {
		if !v.root.get(key).truthy() {
			v.refuse("E0710", placeOf(v.root, key), "experiment requires a %s", key)
		}
	}
	v.tags(v.root.get("tags"))
	v.extensions(v.root.get("extensions"))
	v.configuration(v.root.get("configuration"))
	v.secrets(v.root.get("secrets"))
	v.hypothesis()
	if m := v.root.get("method"); m == nil || m.is(null) {
		v.refuse("E0710", placeOf(v.root, "method"), "an experiment requires a method, "+
			"which can be empty for only checking steady state hypothesis ")
	} else if v.typed(m, list, "the method") {
		v.all(inMethod, m)
	}
	if r := v.root.get("rollbacks"); r != nil && v.typed(r, list, "rollbacks") {
		v.all(inRollbacks, r)
	}
	v.controls("the experiment", v.root.get("controls"))
	v.controls("the steady-state hypothesis", v.root.get("steady-state-hypothesis").get("controls"))
	for s := inHypothesis; s <= inRollbacks; s++ {
		for _, a := range v.acts.of(s) {
			v.controls("an activity", a.get("controls"))
		}
	}
}

// typed reports whether a value is of a kind, and says so where it is not: the
// Chaos Toolkit ends there with an error of Python.
func (v *validator) typed(n *node, k kind, what string) bool {
	if n.kind == k {
		return true
	}
	v.refuse("E0711", n.Span, "%s must be %s, not %s", what, k, n.kind)
	return false
}

func (v *validator) tags(n *node) {
	switch {
	case !n.truthy() || n.is(text):
	case !n.is(list) && !n.is(mapping):
		v.typed(n, list, "tags")
	default:
		for _, t := range n.items {
			if !t.is(text) || t.text == "" {
				v.refuse("E0710", t.Span, "experiment tags must be a non-empty string")
			}
		}
	}
}

func (v *validator) extensions(n *node) {
	if !n.truthy() || !v.typed(n, list, "extensions") {
		return
	}
	for _, e := range n.items {
		if !v.typed(e, mapping, "an extension") {
			continue
		}
		if name := e.get("name"); !name.truthy() || strings.TrimSpace(name.str()) == "" {
			v.refuse("E0710", placeOf(e, "name"), "All extensions require a non-empty name")
		}
	}
}

func (v *validator) configuration(n *node) {
	if n == nil || n.is(null) || !v.typed(n, mapping, "the configuration") {
		return
	}
	for i, e := range n.items {
		switch e.get("type").str() {
		case "env":
			v.environment(e, n.keys[i].text, "Configuration makes reference to an environment key that does not exist: %s")
			if t := e.get("env_var_type"); t != nil && !t.is(null) {
				if _, ok := envTypeOf(t.str()); !ok {
					v.refuse("E0712", t.Span, "variable type can only be: bool, str, int, float, bytes or json").
						nearest(t.text, []string{"bool", "str", "int", "float", "bytes", "json", "string", "integer", "number"})
				}
			}
		case "probe":
			// The Chaos Toolkit looks at these probes only when it runs them.
			if p := e.get("provider"); p == nil {
				v.refuse("E0713", head(e), "an activity requires a provider")
			} else if v.typed(p, mapping, "a provider") {
				v.providerType(p)
			}
		}
	}
}

// environment checks a value of the environment, which without a default must
// be set; secrets have no default. entry is the name of an entry of the
// configuration.
func (v *validator) environment(e *node, entry, missing string) {
	key := e.get("key")
	switch {
	case !key.is(text):
		v.refuse("E0712", placeOf(e, "key"), "an environment variable must have a key, which is its name")
	case v.opts.LookupEnv == nil, entry != "" && (e.has("default") || v.opts.Given != nil && v.opts.Given(entry)):
	default:
		if _, set := v.opts.LookupEnv(key.text); !set {
			v.refuse("E0722", key.Span, missing, key.text)
		}
	}
}

func (v *validator) secrets(n *node) {
	if n == nil || n.is(null) || !v.typed(n, mapping, "secrets") {
		return
	}
	for i, g := range n.items {
		switch {
		case !g.is(mapping) || isOutside(g):
			v.refuse("E0712", n.keys[i].Span, "the secret `%s` must stand in a group", n.keys[i].text).
				help("write {%q: {%q: …}}", "group", n.keys[i].text)
		default:
			v.secretGroup(g)
		}
	}
}

func (v *validator) secretGroup(g *node) {
	for _, e := range g.items {
		if !e.is(mapping) {
			continue
		}
		switch e.get("type").str() {
		case "env":
			v.environment(e, "", "Secrets make reference to an environment key that does not exist: %s")
		case "vault":
		default:
			v.secretGroup(e)
		}
	}
}

func (v *validator) hypothesis() {
	h := v.root.get("steady-state-hypothesis")
	if h == nil || !v.typed(h, mapping, "the steady-state hypothesis") {
		return
	}
	if !h.get("title").truthy() {
		v.refuse("E0710", placeOf(h, "title"), "hypothesis requires a title")
	}
	probes := h.get("probes")
	if !probes.truthy() || !v.typed(probes, list, "the probes of the hypothesis") {
		return
	}
	for _, p := range probes.items {
		if !v.activity(p) {
			continue
		}
		v.reference(p)
		if t := p.get("tolerance"); t == nil {
			v.refuse("E0714", head(p), "hypothesis probe must have a tolerance entry")
		} else {
			v.tolerance(t)
		}
	}
}

func (v *validator) all(s section, n *node) {
	for _, a := range n.items {
		if v.activity(a) {
			v.reference(a)
		}
	}
}

// reference says whether what is referred to is there.
func (v *validator) reference(a *node) {
	ref := a.get("ref")
	if ref.str() == "" || v.acts.target(ref.text) != nil {
		return
	}
	m := v.refuse("E0715", ref.Span, "referenced activity '%s' could not be found in the experiment", ref.text)
	for _, r := range v.acts.of(inRollbacks) {
		if r.name == ref.text && r.ref == "" {
			m.note("activities of rollbacks cannot be referred to")
			return
		}
	}
	m.nearest(ref.text, v.acts.names())
}

// activity checks one activity and reports whether it is a mapping at all.
func (v *validator) activity(a *node) bool {
	if !a.truthy() {
		v.refuse("E0713", a.Span, "empty activity is no activity")
		return false
	}
	if !v.typed(a, mapping, "an activity") {
		return false
	}
	if ref := a.get("ref"); ref != nil && !ref.is(null) {
		if ref.str() == "" {
			v.refuse("E0713", ref.Span, "reference to activity must be non-empty strings")
		}
		return true
	}
	switch t := a.get("type"); {
	case !t.truthy():
		v.refuse("E0713", placeOf(a, "type"), "an activity must have a type")
	case t.str() != "probe" && t.str() != "action":
		v.refuse("E0713", t.Span, "'%s' is not a supported activity type", pythonText(t)).
			nearest(t.str(), []string{"probe", "action"})
	}
	if !a.get("name").truthy() {
		v.refuse("E0713", placeOf(a, "name"), "an activity must have a name")
	}
	p := a.get("provider")
	if !p.truthy() {
		v.refuse("E0713", placeOf(a, "provider"), "an activity requires a provider")
	} else if !v.typed(p, mapping, "a provider") {
		p = nil
	}
	if p.truthy() && !v.providerType(p) {
		p = nil
	}
	if t := a.get("timeout"); t != nil && !t.is(null) && !t.isNumber() {
		v.refuse("E0713", t.Span, "activity timeout must be a number")
	}
	v.pauses(a.get("pauses"))
	if b := a.get("background"); b != nil && !b.is(truth) {
		v.refuse("E0713", b.Span, "activity background must be a boolean")
	}
	if p.truthy() {
		v.provider(a, p)
	}
	return true
}

func (v *validator) pauses(n *node) {
	if n == nil || n.is(null) || !v.typed(n, mapping, "pauses") {
		return
	}
	for _, key := range []string{"before", "after"} {
		if p := n.get(key); p.is(text) && (!strings.HasPrefix(p.text, "${") || !strings.HasSuffix(p.text, "}")) {
			v.refuse("E0713", p.Span, "activity %s pause must be a number or a pattern "+
				"to a variable from the configuration or secrets", key)
		}
	}
}

// providerType says whether a provider is of a type that there is.
func (v *validator) providerType(p *node) bool {
	t := p.get("type")
	switch {
	case !t.truthy():
		v.refuse("E0713", placeOf(p, "type"), "a provider must have a type")
	case providerKeys(t.str()) == nil:
		v.refuse("E0713", t.Span, "unknown provider type '%s'", pythonText(t)).
			nearest(t.str(), []string{"python", "process", "http"})
	default:
		return true
	}
	return false
}

// provider checks what a provider of a known type needs.
func (v *validator) provider(a, p *node) {
	switch p.get("type").str() {
	case "python":
		if !p.get("module").truthy() {
			v.refuse("E0713", placeOf(p, "module"), "a Python activity must have a module path")
		}
		if !p.get("func").truthy() {
			v.refuse("E0713", placeOf(p, "func"), "a Python activity must have a function name")
		}
		v.python(a, p)
	case "process":
		path := p.get("path")
		switch {
		case !path.truthy():
			v.refuse("E0713", placeOf(p, "path"), "a process activity must have a path")
		case v.typed(path, text, "the path of a process") && v.opts.LookPath != nil:
			if _, err := v.opts.LookPath(path.text); err != nil {
				v.refuse("E0716", path.Span, "path '%s' cannot be found, in activity '%s'", path.text, pythonText(nameNode(a)))
			}
		}
	case "http":
		if !p.get("url").truthy() {
			v.refuse("E0713", placeOf(p, "url"), "a HTTP activity must have a URL")
		}
		if h := p.get("headers"); h.truthy() && !h.is(mapping) {
			v.refuse("E0713", h.Span, "a HTTP activities expect headers as a mapping")
		}
	}
}

// python has a call looked at by whoever knows Python.
func (v *validator) python(a, p *node) {
	mod, fn := p.get("module"), p.get("func")
	if v.opts.CheckPython == nil || !mod.truthy() || !mod.is(text) || !fn.truthy() || !fn.is(text) {
		return
	}
	call := PythonCall{Activity: pythonText(nameNode(a)), Module: mod.text, Func: fn.text}
	if args := p.get("arguments"); args.is(mapping) {
		for _, k := range args.keys {
			call.Arguments = append(call.Arguments, k.text)
		}
	}
	if err := v.opts.CheckPython(call); err != nil {
		v.refuse("E0723", fn.Span, "%v", err)
	}
}

// nameNode is the name of an activity, or null where it has none.
func nameNode(a *node) *node {
	if n := a.get("name"); n != nil {
		return n
	}
	return &node{}
}

func (v *validator) tolerance(t *node) {
	switch {
	case t.is(null), t.is(fraction), t.is(binary):
		v.refuse("E0714", t.Span, "hypothesis probe tolerance must either be an integer, "+
			"a string, a boolean or a pair of values for boundaries. "+
			"It can also be a dictionary which is a probe activity "+
			"definition that takes an argument called `value` with "+
			"the value of the probe itself to be validated")
	case !t.is(mapping):
	case t.get("type").str() == "probe":
		v.activity(t)
	case t.get("type").str() == "regex":
		v.pattern(t)
	case t.get("type").str() == "jsonpath":
		v.path(t)
	case t.get("type").str() == "range":
		v.bounds(t)
	default:
		kind := "None"
		if n := t.get("type"); n != nil {
			kind = pythonText(n)
		}
		v.refuse("E0714", placeOf(t, "type"), "hypothesis probe tolerance type '%s' is unsupported", kind).
			nearest(kind, []string{"probe", "regex", "jsonpath", "range"})
	}
}

func (v *validator) pattern(t *node) {
	p := t.get("pattern")
	switch {
	case p == nil:
		v.refuse("E0714", head(t), "hypothesis regex probe tolerance must have a `pattern` key")
	case !p.is(text):
		v.refuse("E0714", p.Span, "hypothesis probe tolerance pattern %s has an invalid type", pythonText(p))
	default:
		if _, err := pattern.Compile(p.text); err != nil {
			v.refuse("E0714", p.Span, "hypothesis probe tolerance pattern %s seems invalid: %s", p.text, pythonPatternMistake(err.Error()))
		}
	}
}

func (v *validator) path(t *node) {
	p := t.get("path")
	switch {
	case p == nil:
		v.refuse("E0714", head(t), "hypothesis jsonpath probe tolerance must have a `path` key")
	case !v.typed(p, text, "a JSON path"):
	case strings.TrimSpace(p.text) == "":
		v.refuse("E0714", p.Span, "hypothesis probe tolerance JSON path cannot be empty")
	case !hasVariable(p.text):
		if _, err := jsonpath2.Parse(p.text); err != nil {
			v.refuse("E0714", p.Span, "hypothesis probe tolerance JSON path %s is invalid", strings.TrimSpace(p.text)).note("%v", err)
		}
	}
}

// hasVariable reports whether a text is only known when its variables are.
func hasVariable(s string) bool {
	for _, p := range pieces(s) {
		if p.name != "" {
			return true
		}
	}
	return false
}

func (v *validator) bounds(t *node) {
	r := t.get("range")
	switch {
	case r == nil:
		v.refuse("E0714", head(t), "hypothesis range probe tolerance must have a `range` key")
	case !r.is(list):
		v.refuse("E0714", r.Span, "hypothesis range must be a sequence")
	case len(r.items) != 2:
		v.refuse("E0714", r.Span, "hypothesis range sequence must be made of two values")
	default:
		for i, word := range []string{"lower", "upper"} {
			if b := r.items[i]; !b.isNumber() {
				v.refuse("E0714", b.Span, "hypothesis range %s boundary must be a number", word)
			}
		}
	}
}

func (v *validator) controls(of string, n *node) {
	if n == nil || n.is(null) || !v.typed(n, list, "the controls of "+of) {
		return
	}
	for _, c := range n.items {
		if !v.typed(c, mapping, "a control") {
			continue
		}
		if ref := c.get("ref"); ref != nil {
			if of == "the experiment" {
				v.refuse("E0717", ref.Span, "Control reference '{}' declaration cannot be found")
			}
			continue
		}
		name := c.get("name")
		if name == nil {
			v.refuse("E0717", head(c), "A control must have a `name` property")
			name = &node{}
		}
		if !c.has("provider") {
			v.refuse("E0717", head(c), "Control '%s' must have a `provider` property", pythonText(name))
		}
		if s := c.get("scope"); s.truthy() && s.str() != "before" && s.str() != "after" {
			v.refuse("E0717", s.Span, "Control '%s' scope property must be 'before' or 'after' only", pythonText(name))
		}
		if p := c.get("provider"); p.get("type").str() == "python" && !p.get("module").truthy() {
			v.refuse("E0717", placeOf(p, "module"), "Control '%s' must have a module path", pythonText(name))
		}
	}
}
