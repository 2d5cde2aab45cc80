// Package stdlib is the contract between the language and the functions that
// look at the world or change it.
//
// One value describes a function: [Define] and [DefineAction] take what its
// documentation says, a Go function, and, for an action that can be undone,
// its inverse. Parameters and result are Go structs; the signature that the
// checker, the documentation, completion and the plan need is derived from
// their tags, when it is first asked for. There is no second list of
// functions, parameters or docs anywhere.
//
// Tags of a field of an arguments struct:
//
//	chaos:"name[,optional][,named][,rest][,secret][,length][,limit]"
//	doc:"what it is"
//	default:"2s"            a literal of the language; makes it optional
//	type:"size | percent"   the type, where the Go type does not say it (any)
//	effect:"read"           read, write, net, exec, signal or shell
//
// Fields without a chaos tag are passed over; those of an embedded struct count
// as the struct's own, so that functions share parameters. A pointer field is
// nil where the argument was not given. Tags of a field of a result struct are chaos (the
// name), doc and type.
package stdlib

import (
	"context"
	"encoding/json"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// Spec is what the author of a function says of it.
type Spec struct {
	Name    string // with its namespace: "fs.rename"
	Kind    types.FuncKind
	Summary string // one sentence, with a capital and a full stop
	Doc     string // paragraphs: units, limits, errors, the source (a spec, an RFC); may be empty
	Example string // a whole statement or expression that checks, in canonical form
	// Platforms are the GOOS values where it works; none means everywhere.
	Platforms []string
	// Result is the type of the result ("process handle") where the Go type
	// does not say it; empty for most.
	Result string
	// Infer and see [types.Signature].
	Infer func(args []*types.Type) *types.Type
}

// Difference is a part of the world that is not as it was after an undo.
type Difference struct {
	What string `json:"what"` // "content of /srv/a.dat"
	Want string `json:"want"`
	Got  string `json:"got"`
}

// Inverse is the undo of an action whose arguments are A. What it needs is
// data, S, which is written to disk before the action begins, so that another
// process can undo it. S must survive JSON.
type Inverse[A, S any] struct {
	Does    string // what undo does: "renames it back"
	Handle  string // parameter that must be a handle; see types.Signature.UndoHandle
	Version int    // of S; raised when S changes its meaning

	// Capture looks before the change. It changes nothing (but may put copies
	// into env.Store). Its error keeps the action from starting.
	Capture func(ctx context.Context, env *Env, args A) (S, error)
	// Restore undoes. It must do no harm when it runs twice, when the action
	// never took place, or stopped in the middle; and must leave alone what
	// others have put there meanwhile, and say so by an error.
	Restore func(ctx context.Context, env *Env, state S) error
	// Verify compares the world with the state that was captured.
	Verify func(ctx context.Context, env *Env, state S) ([]Difference, error)
}

// Action is the implementation of an action that has an inverse. It may add
// to the state what is known only now (as the pid of what it started); the
// state is written again when it has ended.
type Action[A, S, R any] func(ctx context.Context, env *Env, args A, state *S) (R, error)

// None is the result of a function that gives null.
type None struct{}

// Function is a function of the library in the form in which everybody but
// its author sees it.
type Function struct {
	spec    Spec
	derived derived
	inverse *inverseFuncs
	// run gets a pointer to the arguments struct and, for an action with an
	// inverse, a pointer to its state (else nil).
	run func(ctx context.Context, env *Env, args, state any) (any, error)
	// newArgs makes an empty arguments struct.
	newArgs func() any
}

// inverseFuncs is an Inverse without its type parameters.
type inverseFuncs struct {
	does     string
	handle   string
	version  int
	newState func() any // pointer to S
	capture  func(ctx context.Context, env *Env, args any) (any, error)
	restore  func(ctx context.Context, env *Env, state any) error
	verify   func(ctx context.Context, env *Env, state any) ([]Difference, error)
}

// Define makes a function that has no inverse.
func Define[A, R any](spec Spec, run func(ctx context.Context, env *Env, args A) (R, error)) *Function {
	return &Function{
		spec:    spec,
		derived: deriveFrom[A, R](),
		newArgs: func() any { return new(A) },
		run: func(ctx context.Context, env *Env, args, _ any) (any, error) {
			return run(ctx, env, *args.(*A))
		},
	}
}

// DefineAction makes an action that can be undone; its Kind is set.
func DefineAction[A, S, R any](spec Spec, run Action[A, S, R], inv Inverse[A, S]) *Function {
	if spec.Kind == types.Pure {
		spec.Kind = types.Action
	}
	return &Function{
		spec:    spec,
		derived: deriveFrom[A, R](),
		newArgs: func() any { return new(A) },
		run: func(ctx context.Context, env *Env, args, state any) (any, error) {
			s, ok := state.(*S)
			if !ok { // the experiment keeps the change, or undoes it by a call
				ctx = withForGood(ctx)
				s = new(S)
				if inv.Capture != nil {
					var err error
					if *s, err = inv.Capture(ctx, env, *args.(*A)); err != nil {
						return nil, err
					}
				}
			}
			return run(ctx, env, *args.(*A), s)
		},
		inverse: &inverseFuncs{
			does: inv.Does, handle: inv.Handle, version: inv.Version,
			newState: func() any { return new(S) },
			capture: func(ctx context.Context, env *Env, args any) (any, error) {
				s, err := inv.Capture(ctx, env, *args.(*A))
				return &s, err
			},
			restore: func(ctx context.Context, env *Env, state any) error {
				return inv.Restore(ctx, env, *state.(*S))
			},
			verify: func(ctx context.Context, env *Env, state any) ([]Difference, error) {
				if inv.Verify == nil {
					return nil, nil
				}
				return inv.Verify(ctx, env, *state.(*S))
			},
		},
	}
}

// Name returns the function's name with its namespace.
func (f *Function) Name() string { return f.spec.Name }

// Kind returns the function's kind.
func (f *Function) Kind() types.FuncKind { return f.spec.Kind }

// Platforms returns the GOOS values where the function works; none means
// everywhere.
func (f *Function) Platforms() []string { return f.spec.Platforms }

// HasInverse reports whether the function can undo what it does.
func (f *Function) HasInverse() bool { return f.inverse != nil }

// StateVersion returns the version of the inverse's state.
func (f *Function) StateVersion() int { return f.inverse.version }

// Capture looks before an action and returns what its undo needs: a pointer
// to be handed to [Function.Run], and to be written as JSON.
func (f *Function) Capture(ctx context.Context, env *Env, bound any) (any, error) {
	return f.inverse.capture(ctx, env, bound)
}

// DecodeState reads a state that was written as JSON.
func (f *Function) DecodeState(data []byte) (any, error) {
	s := f.inverse.newState()
	return s, json.Unmarshal(data, s)
}

// Restore undoes what the action with that state did.
func (f *Function) Restore(ctx context.Context, env *Env, state any) error {
	return f.inverse.restore(ctx, env, state)
}

// Verify returns how the world differs from what was captured.
func (f *Function) Verify(ctx context.Context, env *Env, state any) ([]Difference, error) {
	return f.inverse.verify(ctx, env, state)
}

// Run calls the function with arguments made by [Function.Bind] and, for an
// action that is to be undone, the state that Capture returned (else nil).
// The result is a value of the language.
func (f *Function) Run(ctx context.Context, env *Env, bound, state any) (any, error) {
	r, err := f.run(ctx, env, bound, state)
	if err != nil {
		return nil, err
	}
	return f.encode(r)
}

// Unsuccessful is what a result says that can tell a failure which is none of
// the call: a program that ran and ended with another code than 0, a server
// that answered and refused.
type Unsuccessful interface {
	// Problem returns what the failure is, or nil.
	Problem() error
}

// RunToRestore is [Function.Run] for a call that puts something back (`undo by`,
// a rollback) and that no expectation judges: a result that tells a failure is
// an error too.
func (f *Function) RunToRestore(ctx context.Context, env *Env, bound, state any) (any, error) {
	r, err := f.run(ctx, env, bound, state)
	if u, ok := r.(Unsuccessful); ok && err == nil {
		err = u.Problem()
	}
	if err != nil {
		return nil, err
	}
	return f.encode(r)
}
