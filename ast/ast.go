// Package ast declares the syntax tree of a .chaos file.
//
// The tree says what was written, not what it means: names are not resolved,
// and clauses and sections stand in the order of the source. It is made by the
// parser (package lang), by the import of Chaos Toolkit files, or by hand; it
// is read by the formatter and the checker. Nobody changes it after that.
//
// A part of the text that could not be read is a node too ([BadDecl],
// [BadSection], [BadStmt], [BadExpr]), so that the rest of the file keeps its
// tree.
package ast

// Node is any part of the tree.
type Node interface {
	Range() Span
}

// File is one source file.
type File struct {
	Span
	Source   *Source
	Foreign  bool   // the source is JSON or YAML: spans point into it, but its layout says nothing
	Shebang  string // first line that starts with #!, without white space at its end; or ""
	Imports  []*Import
	Decls    []Decl
	Comments Comments // where each comment belongs; nil when there is none
}

// Comment is one comment, from // up to the end of its line (the line end is
// not part of it, trailing white space is cut off).
type Comment struct {
	Span
	Text       string // with the leading //
	BlankAbove bool   // an empty line stands above it
}

// NodeComments are the comments that belong to a node.
type NodeComments struct {
	Leading  []Comment // on lines of their own above the node
	Trailing []Comment // behind the node, on the line where it ends
	Inner    []Comment // in its block or list, behind the last element
}

// Comments says which comments belong to which node. Nodes that can have
// comments are those that start a line when formatted: imports, declarations,
// sections, entries of config, secrets, controls and runtime, groups of
// secrets, statements (but no `else if`), clauses, elements of lists, fields
// of objects, arguments of calls.
//
// Inner comments stand at what has the braces: the [Block] of a statement,
// definition or section with statements; the [Experiment], [Config],
// [Secrets], [SecretGroup], [Controls], [Runtime], [List], [Object] or [Call]
// itself; and the [File], whose Inner are those behind its last declaration.
//
// A comment behind an opening brace is a Leading one of the first element. One
// in the middle of a node, where no other node starts a line (inside an
// expression, behind the call of an activity that has clauses, between tags),
// is a Leading one of that node. One behind the last clause of an activity is
// a Trailing one of that clause.
type Comments map[Node]*NodeComments

// Of returns the comments of n, or nil.
func (c Comments) Of(n Node) *NodeComments {
	if c == nil {
		return nil
	}
	return c[n]
}

// Name is a name where it is declared. A quoted name may be any text; the name
// of an activity may have holes then.
type Name struct {
	Span
	Text   string  // the name; for a name with holes its source text
	Quoted *String // nil for an identifier
}

// IsIdent reports whether the name is written as an identifier, so that
// expressions can use it.
func (n *Name) IsIdent() bool { return n != nil && n.Quoted == nil }

// Import is `import "path" as alias` or `import python "module" as alias`.
type Import struct {
	Span
	Python bool
	Path   *String
	Alias  *Name // nil where it is left out
}

// Decl is a declaration at the top of a file.
type Decl interface {
	Node
	decl()
}

// Def is `probe NAME(params) = call clauses` or an action, whose body may also
// be a block.
type Def struct {
	Span
	Kind    Kind
	KindPos Span // of the word probe or action
	Name    *Name
	Params  []*Param
	Call    *Call     // nil where there is a block
	Clauses []*Clause // of the call
	Body    *Block    // nil where there is a call
}

// Param is a parameter of a definition.
type Param struct {
	Span
	Name    *Name
	Type    *TypeExpr // nil where none is written
	Default Expr      // nil where it must be given
}

// TypeExpr is a written type: a name, or name<elem>.
type TypeExpr struct {
	Span
	Name string
	Elem *TypeExpr
}

// Experiment is `experiment "title" { sections }`.
type Experiment struct {
	Span
	KindPos  Span // of the word experiment
	Title    *String
	Sections []Section // in source order
	Close    Pos       // of the closing brace
}

// BadDecl is a declaration that could not be read.
type BadDecl struct{ Span }

func (*Let) decl()        {}
func (*Def) decl()        {}
func (*Experiment) decl() {}
func (*BadDecl) decl()    {}

// Kind says whether an activity looks or changes.
type Kind uint8

// The two kinds of activity.
const (
	Probe Kind = iota
	Action
)

func (k Kind) String() string {
	if k == Action {
		return "action"
	}
	return "probe"
}
