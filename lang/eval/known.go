package eval

import (
	"context"

	"github.com/chaosc-lang/chaosc/lang/program"
)

// Technique: abstract interpretation of one value deep. Who foresees a run (the
// longest time, the plan) walks its statements with what is known of names
// before it: values from outside, parameters of the calls around, and the
// variable of a loop, which is set to one value after the other. A parameter is
// computed when it is first read, so that Known can tell which names a result
// depends on, and equal results need not be computed again.

// Known is what is known of names at a place of a program before it is run.
type Known struct {
	outer   func(program.Expr) (any, bool)
	bound   []*Binding
	version int // counts the changes of bindings, which make computed ones stale
}

// NewKnown returns what is known outside of definitions and loops; outer tells
// the value of an expression there.
func NewKnown(outer func(program.Expr) (any, bool)) *Known { return &Known{outer: outer} }

// Binding is a name with its value, as far as that is known.
type Binding struct {
	k     *Known
	name  *program.Var
	value any
	known bool
	used  bool
	// Of a parameter: where it comes from, in terms of the bindings below depth.
	from    program.Expr
	depth   int
	version int // in which value was computed from it
}

// Value returns the value of an expression, and whether it is known.
func (k *Known) Value(e program.Expr) (any, bool) {
	if e == nil {
		return nil, false
	}
	if v, ok := k.outer(e); ok {
		return v, true
	}
	if len(k.bound) == 0 {
		return nil, false
	}
	return k.at(e, len(k.bound))
}

// at computes an expression where only the first bindings are visible.
func (k *Known) at(e program.Expr, depth int) (any, bool) {
	return FoldWith(context.Background(), e, func(v *program.Var) (any, bool) {
		for i := depth - 1; i >= 0; i-- {
			if k.bound[i].name == v {
				return k.bound[i].read()
			}
		}
		return k.outer(&program.Ref{Var: v})
	})
}

func (b *Binding) read() (any, bool) {
	b.used = true
	if b.from != nil && b.version != b.k.version {
		b.value, b.known = b.k.at(b.from, b.depth)
		b.version = b.k.version
	}
	return b.value, b.known
}

// Enter binds the parameters of a call of a definition. The function that it
// returns takes them away again, and reports whether one of them was read.
func (k *Known) Enter(call *program.Call) (leave func() (used bool)) {
	depth := len(k.bound)
	for i, p := range call.Def.Params {
		b := &Binding{k: k, name: p, depth: depth, version: -1}
		switch {
		case i < len(call.Args) && call.Args[i] != nil:
			b.from = call.Args[i]
		case i < len(call.Def.Defaults):
			b.from = call.Def.Defaults[i]
		}
		k.bound = append(k.bound, b)
	}
	return func() bool {
		used := false
		for _, b := range k.bound[depth:] {
			used = used || b.used
		}
		k.bound = k.bound[:depth]
		return used
	}
}

// Bind binds the variable of a loop, whose value is not known until it is set.
// It hides what is behind it until Leave.
func (k *Known) Bind(v *program.Var) *Binding {
	b := &Binding{k: k, name: v}
	k.bound = append(k.bound, b)
	return b
}

// Set says the value from now on; no value is read since.
func (b *Binding) Set(value any) {
	b.value, b.known, b.used = value, true, false
	b.k.version++
}

// Clear makes the value unknown again.
func (b *Binding) Clear() {
	b.value, b.known, b.used = nil, false, false
	b.k.version++
}

// Used reports whether the value was asked for since it was set or cleared.
func (b *Binding) Used() bool { return b.used }

// Leave takes the binding away, with all that came after it.
func (b *Binding) Leave() {
	for i, other := range b.k.bound {
		if other == b {
			b.k.bound = b.k.bound[:i]
			return
		}
	}
}
