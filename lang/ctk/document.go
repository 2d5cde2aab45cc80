// Package ctk reads experiments of the Chaos Toolkit, in JSON or YAML, and
// makes of each an ordinary syntax tree, which the formatter prints as
// idiomatic .chaos and the checker takes as any other.
//
// The way of a text: a reader (read_json.go, read_yaml.go) makes one tree of
// values with their places; validate.go says what the Chaos Toolkit would
// refuse, in its words; import.go and the files behind it make the syntax
// tree: the same calls, in the same order, with the same outcome. What the
// language has no form for is carried along (carry.go), so that an export can
// bring it back.
package ctk

import (
	"strings"
	"sync"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// Kind is the format of a text.
type Kind uint8

// The formats of experiments.
const (
	JSON Kind = iota
	YAML
)

func (k Kind) String() string {
	if k == YAML {
		return "YAML"
	}
	return "JSON"
}

// KindOf returns the format that the name of a file says, by the endings that
// the Chaos Toolkit knows: .json, .yaml and .yml, in any case of letters.
func KindOf(name string) (Kind, bool) {
	name = strings.ToLower(name)
	switch {
	case strings.HasSuffix(name, ".json"):
		return JSON, true
	case strings.HasSuffix(name, ".yaml"), strings.HasSuffix(name, ".yml"):
		return YAML, true
	}
	return JSON, false
}

// Options say how an experiment is imported.
type Options struct {
	// Strict makes every warning an error.
	Strict bool
	// NoValidation lets through what the Chaos Toolkit would refuse, as its
	// flag --no-validation does: these errors become warnings.
	NoValidation bool
	// WithUndo writes `undo` at actions that the standard library can undo,
	// where nothing else puts them back.
	WithUndo bool
	// LookPath says whether the path of a process can be run; nil leaves that
	// to the run. It is os/exec's LookPath.
	LookPath func(path string) (string, error)
	// LookupEnv says whether a variable of the environment is set; nil leaves
	// that to the run. It is os.LookupEnv. Entries of the configuration that
	// Given reports (those of --var) need no variable.
	LookupEnv func(name string) (string, bool)
	Given     func(entry string) bool
	// CheckPython looks at a call of a Python function; its error is what the
	// Chaos Toolkit would say of it. Nil leaves that to the run.
	CheckPython func(PythonCall) error
}

// PythonCall is the call of a Python function that an activity makes.
type PythonCall struct {
	Activity     string // its name
	Module, Func string
	Arguments    []string // their names, in the order of the text
}

// Document is the text of one experiment, read.
type Document struct {
	src    *ast.Source
	root   *node
	once   sync.Once
	places map[ast.Span]*node // of [Document.At]
}

// Import reads an experiment and makes a syntax tree of it, whose spans are
// those of the JSON or YAML. The tree is nil only where the text could not be
// read or is no experiment at all; beside errors there is a tree as good as
// could be. The diagnostics are in the order of the text.
func Import(src *ast.Source, k Kind, opts Options) (*ast.File, diag.List) {
	doc, problems := Read(src, k)
	if doc == nil {
		return nil, opts.severities(problems).Sort()
	}
	f, more := doc.Import(opts)
	return f, append(opts.severities(problems), more...).Sort()
}

// Read reads the text of an experiment. The document is nil where that could
// not be done.
func Read(src *ast.Source, k Kind) (*Document, diag.List) {
	if len(src.Text) > maxSize {
		return nil, diag.List{tooLarge(src)}
	}
	read := readJSON
	if k == YAML {
		read = readYAML
	}
	root, problems := read(src)
	if root == nil {
		return nil, problems
	}
	if root.kind != mapping {
		return nil, append(problems, noExperiment(src, root, k))
	}
	return &Document{src: src, root: root}, problems
}

// Import makes the syntax tree of an experiment.
func (d *Document) Import(opts Options) (*ast.File, diag.List) {
	invalid := d.validate(opts)
	im := newImporter(d, opts)
	f := im.file()
	return f, append(opts.severities(invalid), opts.severities(im.diags)...).Sort()
}

// Invalid returns what the Chaos Toolkit would refuse the experiment for: the
// first mistake in the order of its checks, in its words. It is nil where it
// has none.
func (d *Document) Invalid(opts Options) *diag.Diagnostic {
	for _, p := range d.validate(opts) {
		if p.Severity == diag.Error {
			return p
		}
	}
	return nil
}

// severities sets the severity that the options ask for.
func (o Options) severities(list diag.List) diag.List {
	for _, d := range list {
		if o.NoValidation && isRefusal(d.Code) {
			d.Severity = diag.Warning
		} else if o.Strict {
			d.Severity = diag.Error
		}
	}
	return list
}
