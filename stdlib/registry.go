package stdlib

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Technique: functions are made when somebody first looks into their
// namespace. A declaration is a Go function, so that a namespace is data of
// the linker's and starting up makes none of the library.

// Namespace is a folder of the library.
type Namespace struct {
	Name    string // "http"
	Summary string // one sentence
	Doc     string // what its functions have in common; may be empty
	// Declares makes the functions, each by one call, in the order in which
	// the documentation shows them.
	Declares []func() *Function

	once      sync.Once
	functions []*Function
}

// Functions returns the functions of the namespace, the same ones each time.
func (n *Namespace) Functions() []*Function {
	n.once.Do(func() {
		n.functions = make([]*Function, len(n.Declares))
		for i, declare := range n.Declares {
			n.functions[i] = declare()
		}
	})
	return n.functions
}

// Lookup returns the function of that full name ("http.get").
func (n *Namespace) Lookup(name string) (*Function, bool) {
	for _, f := range n.Functions() {
		if f.Name() == name {
			return f, true
		}
	}
	return nil, false
}

// Registry is the set of functions that an experiment can call.
type Registry struct {
	namespaces []*Namespace
}

// NewRegistry returns a registry of these namespaces. Two of one name are an
// error; what else may be wrong with them is found by [Registry.Check].
func NewRegistry(namespaces ...*Namespace) (*Registry, error) {
	for i, n := range namespaces {
		if slices.ContainsFunc(namespaces[:i], func(m *Namespace) bool { return m.Name == n.Name }) {
			return nil, fmt.Errorf("namespace %s stands twice", n.Name)
		}
	}
	return &Registry{namespaces: namespaces}, nil
}

// Lookup returns the function of that full name.
func (r *Registry) Lookup(name string) (*Function, bool) {
	space, _, _ := strings.Cut(name, ".")
	if n := r.Namespace(space); n != nil {
		return n.Lookup(name)
	}
	return nil, false
}

// Namespaces returns the namespaces in their order.
func (r *Registry) Namespaces() []*Namespace { return r.namespaces }

// Namespace returns the namespace of that name, or nil.
func (r *Registry) Namespace(name string) *Namespace {
	for _, n := range r.namespaces {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// Functions returns all functions, namespace by namespace.
func (r *Registry) Functions() []*Function {
	var all []*Function
	for _, n := range r.namespaces {
		all = append(all, n.Functions()...)
	}
	return all
}

// Check reports everything that is wrong with the declarations: one that is
// malformed, two functions of one name, or one that stands in another's
// namespace.
func (r *Registry) Check() error {
	var errs []error
	for _, n := range r.namespaces {
		for _, f := range n.Functions() {
			if !strings.HasPrefix(f.Name(), n.Name+".") {
				errs = append(errs, fmt.Errorf("function %s stands in namespace %s", f.Name(), n.Name))
			}
			if first, _ := n.Lookup(f.Name()); first != f {
				errs = append(errs, fmt.Errorf("function %s stands twice", f.Name()))
			}
			errs = append(errs, f.Check())
		}
	}
	return errors.Join(errs...)
}
