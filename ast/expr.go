package ast

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

// Ident is a name that is used: a value, or the first part of a path.
type Ident struct {
	Span
	Name string
}

// Literal is true, false or null.
type Literal struct {
	Span
	Kind LiteralKind
}

// LiteralKind tells the word literals apart.
type LiteralKind uint8

// The word literals.
const (
	Null LiteralKind = iota
	True
	False
)

// Number is a literal that starts with a digit.
type Number struct {
	Span
	Kind  NumberKind
	Text  string  // as written
	Int   int64   // of Int; nanoseconds of Duration; bytes of Size
	Float float64 // of Float; of Percent, 12.5 for 12.5%
}

// NumberKind is the type of a number literal.
type NumberKind uint8

// The kinds of number literals.
const (
	Int NumberKind = iota
	Float
	Duration
	Size
	Percent
)

// Quote is the way a string is written.
type Quote uint8

// The ways to write a string.
const (
	Plain  Quote = iota // "…"
	Triple              // """…"""
	Raw                 // `…`
)

// String is a string with its holes. Parts of Raw strings have no holes.
// Literal text and holes may follow each other in any order; neighbouring
// texts are one part, an empty string has no part.
type String struct {
	Span
	Quote Quote
	Parts []StringPart
}

// StringPart is either Text (escapes resolved, indentation removed) or a hole.
type StringPart struct {
	Span
	Text string
	Hole Expr // nil for text
}

// Plain returns the text of a string without holes, and whether it has none.
func (s *String) Plain() (string, bool) {
	switch {
	case s == nil:
		return "", false
	case len(s.Parts) == 0:
		return "", true
	case len(s.Parts) == 1 && s.Parts[0].Hole == nil:
		return s.Parts[0].Text, true
	}
	return "", false
}

// List is `[a, b]`.
type List struct {
	Span
	Elems []Expr
}

// Object is `{name: x, "a b": y}`.
type Object struct {
	Span
	Fields []*ObjectField
}

// ObjectField is one `key: value`.
type ObjectField struct {
	Span
	Key   *Name
	Value Expr
}

// Paren is `(x)`.
type Paren struct {
	Span
	X Expr
}

// Unary is `not x` or `-x`.
type Unary struct {
	Span
	Op    Op
	OpPos Span
	X     Expr
}

// Binary is `x op y`.
type Binary struct {
	Span
	Op    Op
	OpPos Span
	X, Y  Expr
}

// Cond is `if c then a else b`.
type Cond struct {
	Span
	If, Then, Else Expr
}

// Call is `a.b.f(args)`. The path before the parenthesis always names a
// function.
type Call struct {
	Span
	Path  []*Ident // at least one
	Args  []*Arg
	Open  Pos // of the opening parenthesis
	Close Pos // of the closing parenthesis
}

// PathSpan is the span of the function's dotted name.
func (c *Call) PathSpan() Span {
	return c.Path[0].Span.Join(c.Path[len(c.Path)-1].Span)
}

// PathText is the function's dotted name.
func (c *Call) PathText() string {
	s := c.Path[0].Name
	for _, p := range c.Path[1:] {
		s += "." + p.Name
	}
	return s
}

// Arg is one argument, by position where it has no name.
type Arg struct {
	Span
	Name  *Name // nil for one by position
	Value Expr
}

// Index is `x[i]`.
type Index struct {
	Span
	X, Index Expr
}

// Field is `x.name`.
type Field struct {
	Span
	X    Expr
	Name *Ident
}

// BadExpr is an expression that could not be read.
type BadExpr struct{ Span }

func (*Ident) expr()   {}
func (*Literal) expr() {}
func (*Number) expr()  {}
func (*String) expr()  {}
func (*List) expr()    {}
func (*Object) expr()  {}
func (*Paren) expr()   {}
func (*Unary) expr()   {}
func (*Binary) expr()  {}
func (*Cond) expr()    {}
func (*Call) expr()    {}
func (*Index) expr()   {}
func (*Field) expr()   {}
func (*BadExpr) expr() {}

// Op is an operator.
type Op uint8

// The operators.
const (
	Or Op = iota + 1
	And
	Not
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	In
	NotIn
	Contains
	Matches
	Meets
	Range
	Add
	Sub
	Mul
	Div
	Neg
)

var opWords = [...]string{"", "or", "and", "not", "==", "!=", "<", "<=", ">", ">=", "in", "not in",
	"contains", "matches", "meets", "..", "+", "-", "*", "/", "-"}

func (o Op) String() string { return opWords[o] }

// Precedence returns how strongly an operator binds: 1 for `or` up to 8 for
// unary minus. Parser, formatter and grammar.ebnf read this one table.
func (o Op) Precedence() int {
	switch o {
	case Or:
		return 1
	case And:
		return 2
	case Not:
		return 3
	case Eq, Ne, Lt, Le, Gt, Ge, In, NotIn, Contains, Matches, Meets:
		return 4
	case Range:
		return 5
	case Add, Sub:
		return 6
	case Mul, Div:
		return 7
	case Neg:
		return 8
	}
	return 0
}

// IsComparison reports whether the operator compares, and so cannot be chained.
func (o Op) IsComparison() bool { return o.Precedence() == 4 }
