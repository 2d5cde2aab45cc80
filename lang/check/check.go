// Package check makes a program of the files of an experiment, or says what
// is wrong with them. Nothing that it lets through can be wrong in a way that
// shows before the run.
//
// Technique: one walk over each tree in the order in which names become
// visible, with one table of names and an undo log; expressions are typed
// bottom-up, a poison type keeps follow-up mistakes quiet; what an expression
// depends on (the run, parameters, secrets, the result of its activity) is
// gathered on the way. Each mistake is one named constructor in errors_*.go.
package check

import (
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value/pattern"
)

// Check checks a unit against the functions of a registry. The program is nil
// when there is an error; warnings alone give one. The diagnostics are in the
// order of the text and hold only what the checker itself found; a tree with
// parts that could not be read is checked as far as it goes.
func Check(u *load.Unit, reg *stdlib.Registry) (*program.Program, diag.List) {
	if len(u.Files) == 0 {
		return nil, nil
	}
	c := &checker{
		reg:   reg,
		prog:  &program.Program{},
		files: make(map[*load.File]*file, len(u.Files)),
		funcs: make(map[[2]string]*stdlib.Function, 16),
		names: scope{byName: make(map[string]*symbol, 64)},
		nodes: &nodes{},
	}
	broken := false
	for _, lf := range u.Files {
		c.files[lf] = c.newFile(lf)
		c.prog.Sources = append(c.prog.Sources, lf.Source)
		broken = broken || lf.Broken || slices.ContainsFunc(lf.Imports, func(i *load.Import) bool { return i.File == nil })
	}
	for _, lf := range u.Files {
		c.declareFile(c.files[lf])
	}
	for _, lf := range u.Files {
		c.checkDefs(c.files[lf])
	}
	root := c.files[u.Files[0]]
	c.checkExperiments(root)
	c.unusedInFile(root)
	if broken || c.diags.HasErrors() {
		c.diags = slices.DeleteFunc(c.diags, func(d *diag.Diagnostic) bool { return mayFollow(d.Code) })
		return nil, c.diags.Sort()
	}
	return c.prog, c.diags.Sort()
}

type checker struct {
	reg   *stdlib.Registry
	prog  *program.Program
	diags diag.List
	told  map[told]bool
	nodes *nodes
	files map[*load.File]*file
	funcs map[[2]string]*stdlib.Function // functions that were called, by namespace and name

	file     *file // whose text is being checked
	names    scope // of the experiment or definition
	body     *body // around the statements; nil outside of any
	place    place // around the expression
	flow     flow  // of the expression so far
	result   *result
	redo     *redo     // set while an activity is checked again for a reference
	branches *branches // of the innermost parallel

	constants  map[*program.Var]any // of lets whose value is known
	patterns   map[string]*pattern.Pattern
	sum        *ast.Binary // the sum whose left sides are being checked
	kindAt     ast.Span    // the word probe or action of the activity
	ofActivity *ast.Call   // its call
	undoTold   bool        // that its undo is wrong was told: more is not said of it
	bare       bareText    // the argument that is being checked, where it is a name
	lastID     int         // of activities
	defDepth   int         // of definitions being checked
}

// body is what stands around statements: a section or a definition.
type body struct {
	section section
	unknown *unknowns
	level   program.Level
	slots   int // of the frame, where it is the body's own
	def     *def
	exp     *experiment
}

// section tells the places apart where statements stand.
type section uint8

const (
	inSetup section = 1 << iota
	inSteady
	inGuard
	inMethod
	inRollback
	inDef
)

func (s section) String() string {
	switch s {
	case inSetup:
		return "setup"
	case inSteady:
		return "steady"
	case inGuard:
		return "guard"
	case inMethod:
		return "method"
	case inRollback:
		return "rollback"
	}
	return "a definition"
}

// place says what an expression may do.
type place struct {
	looks    bool // it may call probes
	loadTime bool // it must be known before the run
	outside  bool // it may read from outside: env, file
}

// flow is what the value of an expression depends on.
type flow struct {
	late     bool     // on the run: it is not known at load time
	lateAt   ast.Span // the first part that makes it so
	params   uint64   // on these parameters of the definition
	shows    uint64   // a secret given for one of these parameters would show in it
	own      bool     // on the result or the time of the clause's activity
	baseline bool
	it       bool // it names `it`, a field of it or elapsed
	bad      bool // a part of it is wrong, so nothing else is known
}

func (f *flow) add(g flow) {
	if !f.late && g.late {
		f.late, f.lateAt = true, g.lateAt
	}
	f.params |= g.params
	f.shows |= g.shows
	f.own = f.own || g.own
	f.baseline = f.baseline || g.baseline
	f.it = f.it || g.it
	f.bad = f.bad || g.bad
}

func (f *flow) markLate(at ast.Span) {
	if !f.late {
		f.late, f.lateAt = true, at
	}
}

// has reports whether a name is one of the result, where there is one.
func (r *result) has(name string) bool {
	return r != nil && r.fields && (name == "elapsed" || r.baseline && name == "baseline" || r.t.Field(name) >= 0)
}

// result is the result that a clause can read.
type result struct {
	t        *types.Type
	fields   bool   // its fields and elapsed are in scope, not only `it`
	baseline bool   // so is what it was before the method
	name     string // of the activity, where it has one
	of       string // the function that gave it
}

func (c *checker) at(s ast.Span) program.Loc { return program.Loc{Source: c.file.Source, Span: s} }

// report keeps a mistake, once: an activity that is done again is checked
// again.
func (c *checker) report(m *mistake) {
	key := told{m.Source, m.Span, m.Code}
	if c.told[key] {
		return
	}
	if c.told == nil {
		c.told = map[told]bool{}
	}
	c.told[key] = true
	c.diags = append(c.diags, &m.Diagnostic)
}

// told is what tells one mistake from another.
type told struct {
	source *ast.Source
	span   ast.Span
	code   string
}

// seesNothing warns of a condition that reads nothing that a run could change.
func (c *checker) seesNothing(x program.Expr, word string) {
	if !c.flow.late && !c.flow.bad && c.flow.params == 0 {
		c.report(neverChanges(x.Where(), word))
	}
}

// poison stands for an expression that is wrong: nobody speaks of it again.
func (c *checker) poison(s ast.Span) program.Expr {
	c.flow.bad = true
	return c.nodes.consts.get(program.Const{T: types.InvalidType, At: c.at(s)})
}

func isPoison(x program.Expr) bool { return x.Type().Kind == types.Invalid }
