package ast

// Block is `{ statements }`; its span includes the braces.
type Block struct {
	Span
	Stmts []Stmt
}

// Stmt is a statement of a block.
type Stmt interface {
	Node
	stmt()
}

// Activity is `probe|action [NAME =] call clauses`, or `probe|action NAME
// clauses`, which does a declared activity again.
type Activity struct {
	Span
	Kind    Kind
	KindPos Span  // of the word probe or action
	Name    *Name // nil where it has none
	Call    *Call // nil for a reference
	Ref     *Name // nil for a call
	Clauses []*Clause
}

// Pause is `pause D`.
type Pause struct {
	Span
	Duration Expr
}

// Wait is `wait [NAME] until E within D [every D]`.
type Wait struct {
	Span
	Name   *Name // nil where it has none
	Cond   Expr
	Within Expr
	Every  Expr // nil where it is left out
}

// Let is `let name = E`, as a statement or at the top of a file.
type Let struct {
	Span
	Name  *Name
	Value Expr
}

// Check is `expect E` or `assert E` as a statement.
type Check struct {
	Span
	Assert bool
	Cond   Expr
}

// Restore is `restore NAME`.
type Restore struct {
	Span
	Name *Name
}

// Log is `log E`.
type Log struct {
	Span
	Value Expr
}

// If is `if E { } else if E { } else { }`.
type If struct {
	Span
	Cond Expr
	Then *Block
	Else Stmt // nil, *If or *Block
}

// For is `for NAME in LIST { }`.
type For struct {
	Span
	Var  *Name
	List Expr
	Body *Block
}

// Repeat is `repeat N { }` or `repeat for D every D { }`.
type Repeat struct {
	Span
	Count Expr // nil for the form with a time
	For   Expr
	Every Expr // nil where it is left out
	Body  *Block
}

// Parallel is `parallel { … }`; each statement is a branch.
type Parallel struct {
	Span
	Body *Block
}

// Abort is `abort E`.
type Abort struct {
	Span
	Reason Expr
}

// BadStmt is a statement that could not be read.
type BadStmt struct{ Span }

func (*Block) stmt()    {} // only as the else of an If
func (*Activity) stmt() {}
func (*Pause) stmt()    {}
func (*Wait) stmt()     {}
func (*Let) stmt()      {}
func (*Check) stmt()    {}
func (*Restore) stmt()  {}
func (*Log) stmt()      {}
func (*If) stmt()       {}
func (*For) stmt()      {}
func (*Repeat) stmt()   {}
func (*Parallel) stmt() {}
func (*Abort) stmt()    {}
func (*BadStmt) stmt()  {}

// ClauseKind is the kind of a clause. The kinds are in the order in which
// clauses stand when formatted.
type ClauseKind uint8

// The clauses of an activity.
const (
	Background ClauseKind = iota
	Delay                 // Value: duration
	Settle                // Value: duration
	Timeout               // Value: duration
	Retry                 // Value: count; Every: duration
	Expect                // Value: condition
	Assert                // Value: condition
	Control               // Call, or Name of an entry of controls
	Undo
	UndoBy // Call
	Keep
	Extra // Value: object, what an import did not understand
	BadClause
)

var clauseWords = [...]string{"background", "delay", "settle", "timeout", "retry", "expect", "assert",
	"control", "undo", "undo by", "keep", "extra", "?"}

func (k ClauseKind) String() string { return clauseWords[k] }

// Clause is one clause of an activity; Kind says which fields are used.
type Clause struct {
	Span
	Kind  ClauseKind
	Value Expr
	Every Expr // of Retry, nil where it is left out
	Call  *Call
	Name  *Name
}
