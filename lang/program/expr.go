package program

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Expr is an expression. Its type carries the mark of a secret.
type Expr interface {
	Type() *types.Type
	Where() Loc
}

// Const is a value known when the program is checked.
type Const struct {
	Value any // as of package value
	T     *types.Type
	At    Loc
}

// Ref is the value of a name; of an activity, its result (waiting for it where
// it runs in the background).
type Ref struct {
	Var *Var
	At  Loc
}

// Elapsed is NAME.elapsed of an activity or a wait.
type Elapsed struct {
	Var *Var
	At  Loc
}

// It is the result of the activity whose clause this stands in, or its
// elapsed time; Baseline is that of the same probe before the method.
type It struct {
	Elapsed  bool
	Baseline bool
	T        *types.Type
	At       Loc
}

// Field is X.Name. Index is the field's index in the record type of X, or -1
// where X is of type any or a map and the name is looked up at run time.
type Field struct {
	X     Expr
	Name  string
	Index int
	T     *types.Type
	At    Loc
}

// Index is X[I].
type Index struct {
	X, I Expr
	T    *types.Type
	At   Loc
}

// Unary is `not X` or `-X`.
type Unary struct {
	Op ast.Op
	X  Expr
	T  *types.Type
	At Loc
}

// Binary is X Op Y; Op may be the range operator. Pattern is set for `matches`
// where the pattern is known when the program is checked.
type Binary struct {
	Op      ast.Op
	X, Y    Expr
	Pattern Matcher
	T       *types.Type
	At      Loc
}

// Matcher is a compiled pattern.
type Matcher interface {
	// Match reports whether the pattern is found anywhere in s.
	Match(s string) (bool, error)
}

// Cond is `if If then Then else Else`.
type Cond struct {
	If, Then, Else Expr
	T              *types.Type
	At             Loc
}

// Met says whether the expectations of a definition are met when it is called
// (false where the call fails).
type Met struct {
	Call *Call
	At   Loc
}

// Builtin is a call of what only the language itself has.
type Builtin struct {
	Func BuiltinFunc
	// Arg is the name of the variable of Env, the path of File, the value of
	// Reveal.
	Arg     Expr
	Default Expr // of Env; may be nil
	T       *types.Type
	At      Loc
}

// BuiltinFunc tells the built-in functions apart.
type BuiltinFunc uint8

// The built-in functions. Env and File convert their text to type T.
const (
	Env BuiltinFunc = iota
	File
	Reveal
)

// List is [a, b].
type List struct {
	Elems []Expr
	T     *types.Type
	At    Loc
}

// Rest is the argument of a parameter that takes the rest; an element whose
// value is a list is spread.
type Rest struct {
	Elems []Expr
	T     *types.Type
	At    Loc
}

// Object is {a: x}; its type is a record with the keys in order.
type Object struct {
	Vals []Expr
	T    *types.Type
	At   Loc
}

// Interp is a string with holes; each part is a string constant or any value,
// which is written as a hole writes it.
type Interp struct {
	Parts []Expr
	T     *types.Type
	At    Loc
}

// Type returns the type of the expression.
func (e *Const) Type() *types.Type { return e.T }

// Type returns the type of the name.
func (e *Ref) Type() *types.Type { return e.Var.Type }

// Type returns duration.
func (e *Elapsed) Type() *types.Type { return types.DurationType }
func (e *It) Type() *types.Type      { return e.T }
func (e *Field) Type() *types.Type   { return e.T }
func (e *Index) Type() *types.Type   { return e.T }
func (e *Unary) Type() *types.Type   { return e.T }
func (e *Binary) Type() *types.Type  { return e.T }
func (e *Cond) Type() *types.Type    { return e.T }
func (e *Met) Type() *types.Type     { return types.BoolType }
func (e *Builtin) Type() *types.Type { return e.T }
func (e *List) Type() *types.Type    { return e.T }
func (e *Rest) Type() *types.Type    { return e.T }
func (e *Object) Type() *types.Type  { return e.T }
func (e *Interp) Type() *types.Type  { return e.T }
func (c *Call) Type() *types.Type    { return c.T }

// Where returns the place of the expression.
func (e *Const) Where() Loc   { return e.At }
func (e *Ref) Where() Loc     { return e.At }
func (e *Elapsed) Where() Loc { return e.At }
func (e *It) Where() Loc      { return e.At }
func (e *Field) Where() Loc   { return e.At }
func (e *Index) Where() Loc   { return e.At }
func (e *Unary) Where() Loc   { return e.At }
func (e *Binary) Where() Loc  { return e.At }
func (e *Cond) Where() Loc    { return e.At }
func (e *Met) Where() Loc     { return e.At }
func (e *Builtin) Where() Loc { return e.At }
func (e *List) Where() Loc    { return e.At }
func (e *Rest) Where() Loc    { return e.At }
func (e *Object) Where() Loc  { return e.At }
func (e *Interp) Where() Loc  { return e.At }
func (c *Call) Where() Loc    { return c.At }

// Operands calls f for each expression directly below e; call arguments that
// are not given are left out.
func Operands(e Expr, f func(Expr)) {
	each := func(list ...Expr) {
		for _, x := range list {
			if x != nil {
				f(x)
			}
		}
	}
	switch e := e.(type) {
	case *Field:
		each(e.X)
	case *Index:
		each(e.X, e.I)
	case *Unary:
		each(e.X)
	case *Binary:
		each(e.X, e.Y)
	case *Cond:
		each(e.If, e.Then, e.Else)
	case *Met:
		f(e.Call)
	case *Builtin:
		each(e.Arg, e.Default)
	case *List:
		each(e.Elems...)
	case *Rest:
		each(e.Elems...)
	case *Object:
		each(e.Vals...)
	case *Interp:
		each(e.Parts...)
	case *Call:
		each(e.Args...)
	}
}
