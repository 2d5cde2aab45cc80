package ctk

import (
	"slices"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// importer makes the syntax tree of one experiment.
type importer struct {
	src   *ast.Source
	root  *node
	opts  Options
	diags diag.List
	told  map[ast.Span]bool // places of which an unknown variable was told

	config       map[string]*variable
	secrets      map[string]*variable
	known        []string // names of all variables, for the nearest one
	hasVariables bool     // there is a configuration or a secret

	acts     *activities
	modules  map[string]*module
	imports  []*ast.Import
	comments ast.Comments
	carried  carrier

	// Around the expression that is being written:
	shows  bool     // what stands here is seen by others, so that secrets have to be let through
	fields []string // names that the result of the activity has in a clause

	rollback bool // the experiment has rollbacks
	endless  bool // an activity has no time limit of its own
}

func newImporter(d *Document, opts Options) *importer {
	return &importer{src: d.src, root: d.root, opts: opts, told: map[ast.Span]bool{}, config: map[string]*variable{},
		secrets: map[string]*variable{}, modules: map[string]*module{}, comments: ast.Comments{}}
}

func (im *importer) report(m *mistake) { im.diags = append(im.diags, &m.Diagnostic) }

// topKeys are the keys of an experiment, in the order of the Chaos Toolkit.
var topKeys = []string{"version", "title", "description", "tags", "contributions", "configuration", "secrets",
	"controls", "runtime", "steady-state-hypothesis", "method", "rollbacks", "extensions", "dry"}

// file makes the tree of the experiment.
func (im *importer) file() *ast.File {
	root := im.root
	f := &ast.File{Span: ast.Span{End: ast.Pos(len(im.src.Text))}, Source: im.src, Foreign: true}
	x := &ast.Experiment{Span: root.Span, KindPos: root.Span, Title: im.title(root), Close: root.End}
	add := func(s ast.Section, keyed string) {
		key, v := root.find(keyed)
		im.noteEnd(s, key, v)
		im.note(s, key, v)
		x.Sections = append(x.Sections, s)
	}
	im.unknownKeys(root, topKeys, "an experiment", "")
	im.carryKeys(root, "", "version", "dry")
	im.acts = newActivities(root)

	if n := root.get("description"); n.is(text) {
		add(&ast.Description{Span: n.Span, Text: stringOf(n.text, n.Span)}, "description")
	} else {
		im.carry(n, "description")
	}
	if s := im.tags(root.get("tags")); s != nil {
		add(s, "tags")
	}
	if s := im.contributions(root.get("contributions")); s != nil {
		add(s, "contributions")
	}
	im.hasVariables = root.get("configuration").truthy() || root.get("secrets").truthy()
	im.declareSecrets(root.get("secrets"))
	if s := im.configuration(root.get("configuration")); s != nil {
		add(s, "configuration")
	}
	if s := im.secretGroups(root.get("secrets")); s != nil {
		add(s, "secrets")
	}
	if s := im.controls(root); s != nil {
		add(s, "controls")
	}
	runtime := im.runtime(root.get("runtime"))
	im.rollback = len(im.acts.of(inRollbacks)) > 0
	if s := im.steady(root.get("steady-state-hypothesis")); s != nil {
		add(s, "steady-state-hypothesis")
	}
	if b := im.block(inMethod, root.get("method")); b != nil {
		add(&ast.Phase{Span: b.Span, Word: "method", Body: b}, "method")
	}
	if b := im.block(inRollbacks, root.get("rollbacks")); b != nil {
		add(&ast.Phase{Span: b.Span, Word: "rollback", Body: b}, "rollbacks")
	}
	if im.endless {
		runtime.Timeout = &ast.Setting{Keyword: "timeout", Value: durationOf(24*time.Hour, ast.Span{})}
	}
	if runtime.Hypothesis != nil || runtime.Rollbacks != nil || runtime.Timeout != nil {
		add(runtime, "runtime")
	}
	if s := im.extensions(root.get("extensions")); s != nil {
		add(s, "extensions")
	}
	im.rest(x, root)
	f.Imports = im.imports
	f.Decls = []ast.Decl{x}
	if len(im.comments) > 0 {
		f.Comments = im.comments
	}
	return f
}

// title is the title of the experiment. The Chaos Toolkit takes any value that
// is none of Python's false ones.
func (im *importer) title(root *node) *ast.String {
	n := root.get("title")
	switch {
	case n == nil:
		return stringOf("", root.Span)
	case !n.is(text):
		if !n.is(date) {
			im.carry(n, "title")
		}
		return stringOf(pythonText(n), n.Span)
	}
	return stringOf(n.text, n.Span)
}

func (im *importer) tags(n *node) ast.Section {
	if n == nil || n.is(list) && len(n.items) == 0 {
		return nil
	}
	s := &ast.Tags{Span: n.Span}
	for _, t := range n.items {
		if !t.is(text) || t.text == "" {
			im.carry(n, "tags")
			return nil
		}
		s.Tags = append(s.Tags, nameOf(t.text, t.Span))
	}
	if !n.is(list) {
		im.carry(n, "tags")
		return nil
	}
	return s
}

func (im *importer) contributions(n *node) ast.Section {
	if !n.is(mapping) {
		im.carry(n, "contributions")
		return nil
	}
	s := &ast.Contributions{Span: n.Span}
	for i, k := range n.keys {
		if v := n.items[i]; slices.Contains([]string{"high", "medium", "low", "none"}, v.str()) {
			s.Items = append(s.Items, &ast.Contribution{Span: k.Span.Join(v.Span), Name: nameOf(k.text, k.Span), Level: nameOf(v.text, v.Span)})
		} else {
			im.carry(v, "contributions", k.text)
		}
	}
	if len(s.Items) == 0 {
		return nil
	}
	return s
}

// steady is the hypothesis. One without probes is none to the Chaos Toolkit.
func (im *importer) steady(n *node) ast.Section {
	if n == nil {
		return nil
	}
	b := im.block(inHypothesis, n.get("probes"))
	if b == nil {
		im.carry(n, "steady-state-hypothesis")
		return nil
	}
	im.unknownKeys(n, []string{"title", "probes", "controls"}, "a steady-state hypothesis", "steady-state-hypothesis")
	s := &ast.Steady{Span: n.Span, Body: b, Title: stringOf("", n.Span)}
	if t := n.get("title"); t.is(text) {
		s.Title = stringOf(t.text, t.Span)
	} else if t != nil {
		s.Title = stringOf(pythonText(t), t.Span)
		im.carry(t, "steady-state-hypothesis", "title")
	}
	return s
}

// block makes the activities of a section; it is nil where there is none.
func (im *importer) block(s section, n *node) *ast.Block {
	acts := im.acts.of(s)
	if len(acts) == 0 {
		if n != nil && (!n.is(list) || len(n.items) > 0) {
			im.carry(n, strings.Split(s.path(), "/")...)
		}
		return nil
	}
	b := &ast.Block{Span: n.Span}
	for _, a := range acts {
		b.Stmts = append(b.Stmts, im.activity(a))
	}
	return b
}
