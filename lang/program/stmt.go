package program

import "github.com/chaosc-lang/chaosc/ast"

// Block is a list of statements.
type Block struct {
	Stmts []Stmt
	At    Loc
}

// Stmt is a statement.
type Stmt interface {
	Where() Loc
}

// Activity is one activity: a call with its clauses. A reference is a copy of
// the activity that it does again, with Ref set.
type Activity struct {
	ID         int // unique in the program
	Kind       ast.Kind
	Title      Expr // a string; what the log shows
	Var        *Var // nil where it has no name that can be used
	Call       *Call
	Background bool
	Delay      Expr
	Settle     Expr
	Timeout    Expr // nil: the default of the experiment
	Retry      *Retry
	Checks     []*Check // expect and assert, in order
	Controls   []*Control
	Undo       UndoMode
	UndoBy     *Call // of UndoCall
	UndoReads  bool  // an argument of UndoBy reads `it`: it is evaluated after the action
	Extra      Expr
	Ref        *Activity
	At         Loc
}

// UndoMode says how the change that an action makes is put back.
type UndoMode uint8

// The ways.
const (
	UndoNone    UndoMode = iota // a probe; or an action that a rollback block is for
	UndoInverse                 // by the function's inverse
	UndoCall                    // by a call
	UndoKeep                    // the change is meant to stay
	UndoInside                  // a definition, whose actions say it themselves
)

// Retry is the clause `retry N [every D]`.
type Retry struct {
	Count Expr
	Every Expr // nil: 1s
}

// Check is an expectation: a clause of an activity, or a statement.
type Check struct {
	Assert   bool
	Cond     Expr
	Own      bool // it reads the activity's own result or time, so that it counts for retry
	Baseline bool // it mentions baseline, so that it is not looked at before the method
	At       Loc  // of the whole clause
}

// Pause is `pause D`.
type Pause struct {
	Duration Expr
	At       Loc
}

// Wait is `wait [NAME] until E within D [every D]`.
type Wait struct {
	Var    *Var // nil where it has no name
	Cond   Expr
	Within Expr
	Every  Expr // nil: 1s
	At     Loc
}

// Restore is `restore NAME`.
type Restore struct {
	Var *Var
	At  Loc
}

// Log is `log E`.
type Log struct {
	Value Expr
	At    Loc
}

// If is a conditional; Else may be nil.
type If struct {
	Cond Expr
	Then *Block
	Else *Block // an `else if` is a block with one If
	At   Loc
}

// For is a loop over a list that is known before the run.
type For struct {
	Var  *Var
	List Expr // a list or a range of ints
	Body *Block
	At   Loc
}

// Repeat is a loop with a count or a time.
type Repeat struct {
	Count Expr // nil for the form with a time
	For   Expr
	Every Expr // nil: 1s
	Body  *Block
	At    Loc
}

// Parallel runs each statement as a branch.
type Parallel struct {
	Branches []Stmt
	At       Loc
}

// Abort is `abort E`.
type Abort struct {
	Reason Expr
	At     Loc
}

// Where returns the place of the statement.
func (s *Activity) Where() Loc { return s.At }
func (s *Pause) Where() Loc    { return s.At }
func (s *Wait) Where() Loc     { return s.At }
func (s *Let) Where() Loc      { return s.At }
func (s *Check) Where() Loc    { return s.At }
func (s *Restore) Where() Loc  { return s.At }
func (s *Log) Where() Loc      { return s.At }
func (s *If) Where() Loc       { return s.At }
func (s *For) Where() Loc      { return s.At }
func (s *Repeat) Where() Loc   { return s.At }
func (s *Parallel) Where() Loc { return s.At }
func (s *Abort) Where() Loc    { return s.At }
