package stdlib

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Namespace is a folder of the library.
type Namespace struct {
	Name      string // "http"
	Summary   string // one sentence
	Doc       string // what its functions have in common; may be empty
	Functions []*Function
}

// Registry is the set of functions that an experiment can call.
type Registry struct {
	namespaces []*Namespace
	byName     map[string]*Function
}

// NewRegistry returns a registry of these namespaces. Two functions of one
// name, or one that stands in another's namespace, are an error.
func NewRegistry(namespaces ...*Namespace) (*Registry, error) {
	r := &Registry{namespaces: namespaces, byName: make(map[string]*Function, 128)}
	var errs []error
	for _, ns := range namespaces {
		for _, f := range ns.Functions {
			if !strings.HasPrefix(f.Name(), ns.Name+".") {
				errs = append(errs, fmt.Errorf("function %s stands in namespace %s", f.Name(), ns.Name))
			}
			if r.byName[f.Name()] != nil {
				errs = append(errs, fmt.Errorf("function %s stands twice", f.Name()))
			}
			r.byName[f.Name()] = f
		}
	}
	return r, errors.Join(errs...)
}

// Lookup returns the function of that full name.
func (r *Registry) Lookup(name string) (*Function, bool) {
	f, ok := r.byName[name]
	return f, ok
}

// Namespaces returns the namespaces in their order.
func (r *Registry) Namespaces() []*Namespace { return r.namespaces }

// Namespace returns the namespace of that name, or nil.
func (r *Registry) Namespace(name string) *Namespace {
	i := slices.IndexFunc(r.namespaces, func(n *Namespace) bool { return n.Name == name })
	if i < 0 {
		return nil
	}
	return r.namespaces[i]
}

// Functions returns all functions, namespace by namespace.
func (r *Registry) Functions() []*Function {
	var all []*Function
	for _, ns := range r.namespaces {
		all = append(all, ns.Functions...)
	}
	return all
}

// Check reports everything that is wrong with the declarations.
func (r *Registry) Check() error {
	var errs []error
	for _, f := range r.Functions() {
		errs = append(errs, f.Check())
	}
	return errors.Join(errs...)
}
