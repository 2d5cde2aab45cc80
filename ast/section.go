package ast

// Section is a part of an experiment.
type Section interface {
	Node
	// Keyword is the word the section starts with.
	Keyword() string
	section()
}

// Description is `description "text"`.
type Description struct {
	Span
	Text *String
}

// Tags is `tags a, b, "c d"`.
type Tags struct {
	Span
	Tags []*Name
}

// Contributions is `contributions reliability: high, security: none`.
type Contributions struct {
	Span
	Items []*Contribution
}

// Contribution is one `name: level`.
type Contribution struct {
	Span
	Name  *Name
	Level *Name
}

// Config is `config { entries }`.
type Config struct {
	Span
	Entries []*Entry
	Close   Pos
}

// Entry is `name [: type] [= expr]` in config or in a group of secrets.
type Entry struct {
	Span
	Name  *Name
	Type  *TypeExpr // nil where none is written
	Value Expr      // nil where it must be given
}

// Secrets is `secrets { group { entries } }`.
type Secrets struct {
	Span
	Groups []*SecretGroup
	Close  Pos
}

// SecretGroup is one group of secrets.
type SecretGroup struct {
	Span
	Name    *Name
	Entries []*Entry
	Close   Pos
}

// Controls is `controls { name = call … }`.
type Controls struct {
	Span
	Controls []*ControlEntry
	Close    Pos
}

// ControlEntry is one `name = call`.
type ControlEntry struct {
	Span
	Name *Name
	Call *Call
}

// Runtime is `runtime { … }`.
type Runtime struct {
	Span
	Hypothesis *HypothesisSetting // nil where it is not set
	Rollbacks  *Setting
	Timeout    *Setting
	Deadline   *Setting
	Order      []Node // the settings as written
	Close      Pos
}

// HypothesisSetting is `hypothesis STRATEGY [every D] [fail-fast]`.
type HypothesisSetting struct {
	Span
	Strategy *Name // default, before-method, after-method, during-method, continuously, skip
	Every    Expr  // nil where it is not set
	FailFast bool
}

// Setting is one `rollbacks WORD`, `timeout D` or `deadline D`.
type Setting struct {
	Span
	Keyword string
	Word    *Name // of rollbacks
	Value   Expr  // of timeout and deadline
}

// Phase is `setup { … }`, `method { … }` or `rollback { … }`.
type Phase struct {
	Span
	Word string // setup, method, rollback
	Body *Block
}

// Steady is `steady "title" [recovers within D [every D]] { … }`.
type Steady struct {
	Span
	Title  *String
	Within Expr // nil where it says no `recovers`
	Every  Expr
	Body   *Block
}

// Guard is `guard "title" [every D] { … }`.
type Guard struct {
	Span
	Title *String
	Every Expr // nil where it is left out
	Body  *Block
}

// Extensions is `extensions [ {…}, … ]`.
type Extensions struct {
	Span
	Value Expr
}

// BadSection is a section that could not be read.
type BadSection struct {
	Span
	Word string
}

// Keyword returns the word the section starts with.
func (*Description) Keyword() string   { return "description" }
func (*Tags) Keyword() string          { return "tags" }
func (*Contributions) Keyword() string { return "contributions" }
func (*Config) Keyword() string        { return "config" }
func (*Secrets) Keyword() string       { return "secrets" }
func (*Controls) Keyword() string      { return "controls" }
func (*Runtime) Keyword() string       { return "runtime" }
func (s *Phase) Keyword() string       { return s.Word }
func (*Steady) Keyword() string        { return "steady" }
func (*Guard) Keyword() string         { return "guard" }
func (*Extensions) Keyword() string    { return "extensions" }
func (s *BadSection) Keyword() string  { return s.Word }

func (*Description) section()   {}
func (*Tags) section()          {}
func (*Contributions) section() {}
func (*Config) section()        {}
func (*Secrets) section()       {}
func (*Controls) section()      {}
func (*Runtime) section()       {}
func (*Phase) section()         {}
func (*Steady) section()        {}
func (*Guard) section()         {}
func (*Extensions) section()    {}
func (*BadSection) section()    {}
