package types

// FuncKind says what calling a function does, and so where it may be called.
type FuncKind uint8

// The kinds of functions. A call of an Open function takes the kind of the
// activity that makes it, and is a probe in an expression.
const (
	Pure FuncKind = iota
	Probe
	Action
	Open
)

func (k FuncKind) String() string {
	return [...]string{"pure", "probe", "action", "open"}[k]
}

// Signature is what the checker, the documentation and the editor know of a
// function.
type Signature struct {
	Name    string // with its namespace: "http.get"
	Kind    FuncKind
	Params  []Param
	Result  *Type
	Summary string // one sentence
	Doc     string // paragraphs; may be empty
	Example string // a whole statement or expression of the language

	// Undo says what a bare `undo` does ("renames it back"); empty where the
	// function has no inverse.
	Undo string
	// UndoHandle names the parameter that must be a handle for a bare `undo`
	// to be possible; empty where it always is.
	UndoHandle string
	// Length names the parameter of type duration that the call takes by
	// itself, so that the time limit of an activity without `timeout` is
	// the default plus this; empty for most.
	Length string
	// Limit names the parameter of type duration that limits how long it may
	// take to compute the arguments that may fail; empty for most.
	Limit string
	// Infer computes the result's type from those of the arguments, which
	// stand in the order of Params (nil where not given); nil where Result
	// says it.
	Infer func(args []*Type) *Type
}

// Param is a parameter.
type Param struct {
	Name     string
	Type     *Type
	Optional bool
	Default  string // as source text, for the documentation; empty for none
	Doc      string
	Named    bool   // can only be given by name
	Rest     bool   // takes all further arguments by position, each of Type.Elem; an argument that is a list of them is spread
	Secret   bool   // takes secrets
	MayFail  bool   // an argument that fails does not fail the call; the function gets the error
	Effect   Effect // what the function does with what the argument names
}

// Param returns the index of the parameter of that name, or -1.
func (s *Signature) Param(name string) int {
	for i := range s.Params {
		if s.Params[i].Name == name {
			return i
		}
	}
	return -1
}

// Effect is a kind of contact with the world.
type Effect uint8

// The effects.
const (
	NoEffect  Effect = iota
	Reads            // a path is read
	Writes           // a path is changed
	Connects         // a URL or host:port is contacted
	Executes         // a program is started
	Signals          // a process is signalled or changed
	Evaluates        // a text is run by a shell
)

func (e Effect) String() string {
	return [...]string{"", "read", "write", "net", "exec", "signal", "shell"}[e]
}
