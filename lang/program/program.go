// Package program is what the checker hands on: an experiment whose names are
// resolved, whose calls are bound to functions, and whose types are known.
// Nothing in it can be wrong any more but what only the run can tell.
//
// It is a tree of plain data. The interpreter walks it to run it, plan and
// bounds to foresee it, the export to write it in another format. It knows of
// the source only places.
package program

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// Loc is a place in a source.
type Loc struct {
	Source *ast.Source
	ast.Span
}

// Text returns the source text of the place.
func (l Loc) Text() string {
	if l.Source == nil {
		return ""
	}
	return l.Source.Slice(l.Span)
}

// Program is a file with everything that it imports.
type Program struct {
	Sources     []*ast.Source // the file itself first
	Experiments []*Experiment
	Defs        []*Def // of all files
	// Lets are the constants of all files; each uses only earlier ones.
	Lets []*Let
	// Globals is the number of slots of the global frame: lets, config and
	// secrets of each experiment (experiments share the numbering).
	Globals int
}

// VarKind says where a name comes from.
type VarKind uint8

// The kinds of names.
const (
	ConstVar    VarKind = iota // let at the top of a file
	ConfigVar                  // entry of config
	SecretVar                  // entry of a group of secrets
	LetVar                     // let in a block
	ParamVar                   // parameter of a definition
	LoopVar                    // variable of a for
	ActivityVar                // named activity: its result; it also has an elapsed time
	WaitVar                    // named wait: it has only an elapsed time
)

// Level says in which frame a name's value lives at run time.
type Level uint8

// The frames. Setup, method and rollback share one for the whole run; each
// check of the steady state or of a guard has a fresh one; each call of a
// definition has a fresh one of its own and sees no other but the global.
const (
	Global Level = iota
	Shared       // experiment's setup, method, rollback
	Fresh        // steady, guard; a call of a definition
)

// Var is a resolved name. Two uses of a name share one Var.
type Var struct {
	Name     string
	Kind     VarKind
	Type     *types.Type
	Level    Level
	Slot     int  // in its frame
	LoadTime bool // its value is known before the run begins
	At       Loc  // where it is declared
}

// Let is `let name = E`, at the top of a file or in a block.
type Let struct {
	Var   *Var
	Value Expr
	At    Loc
}

// Def is a definition. Exactly one of Activity and Body is set.
type Def struct {
	Name     string // as declared
	Kind     ast.Kind
	Sig      *types.Signature // its Name is the declared name
	Params   []*Var
	Defaults []Expr    // in the order of Params; nil where it must be given
	Activity *Activity // `= call clauses`
	Body     *Block
	Slots    int // of its frame
	At       Loc
}

// HasChecks reports whether the definition, or the one that it only calls, has
// expectations, so that a call of it as a condition says whether they are met.
func (d *Def) HasChecks() bool {
	for ; d != nil && d.Activity != nil; d = d.Activity.Call.Def {
		if len(d.Activity.Checks) > 0 {
			return true
		}
	}
	return false
}

// Experiment is one experiment.
type Experiment struct {
	Title         string
	Description   string
	Tags          []string
	Contributions []Contribution
	Config        []*Config
	Secrets       []*Secret
	Controls      []*Control
	Runtime       Runtime
	Setup         *Block // nil where there is none; so for all sections
	Steady        *Steady
	Guards        []*Guard
	Method        *Block
	Rollback      *Block
	Extensions    Expr
	Slots         int // of the shared frame
	At            Loc
}

// Contribution is one `name: level`.
type Contribution struct{ Name, Level string }

// Config is an entry of config.
type Config struct {
	Var   *Var
	Value Expr // nil where it must be given from outside
	At    Loc
}

// Secret is an entry of a group of secrets.
type Secret struct {
	Group string
	Var   *Var
	Value Expr // nil where it must be given from outside
	At    Loc
}

// Control is an entry of controls, or the clause of an activity.
type Control struct {
	Name string
	Call *Call
	At   Loc
}

// Runtime holds the settings; nil expressions are not set.
type Runtime struct {
	Hypothesis string // default, before-method, after-method, during-method, continuously, skip; "" when not set
	Every      Expr
	FailFast   bool
	Rollbacks  string // always, default, never, deviated; "" when not set
	Timeout    Expr
	Deadline   Expr
}

// Steady is the steady-state hypothesis.
type Steady struct {
	Title  string
	Within Expr // of `recovers`; nil where it has none
	Every  Expr // of `recovers`
	Body   *Block
	Slots  int // of the fresh frame of each check
	At     Loc
}

// Guard is a condition that is looked at while the method runs.
type Guard struct {
	Title string
	Every Expr // nil: 1s
	Body  *Block
	Slots int
	At    Loc
}

// Call is a call of a function of the library or of a definition; exactly one
// of Func and Def is set.
type Call struct {
	Func *stdlib.Function
	Def  *Def
	Name string // as written: "http.get", "web.healthy"
	// Args stand in the order of the signature's parameters; nil where one is
	// not given. A parameter that takes the rest has a *Rest.
	Args []Expr
	T    *types.Type
	At   Loc
	// AsProbe is set where an open function is called as a probe.
	AsProbe bool
}

// Signature returns the signature of what is called.
func (c *Call) Signature() *types.Signature {
	if c.Def != nil {
		return c.Def.Sig
	}
	return c.Func.Signature()
}
