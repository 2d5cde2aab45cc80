package stdlib

import (
	"slices"
	"sync"
)

// shared are the things that functions of one run use together, as a pool of
// connections. The zero value is ready.
type shared struct {
	mu      sync.Mutex
	things  map[any]any
	closers []func()
}

// Shared returns the thing of that key, which is made when it is first asked
// for. Keys are compared with ==; a type of its own keeps each namespace's
// apart. What make returns as close (it may be nil) is called by [Env.Close].
func (e *Env) Shared(key any, make func() (thing any, close func())) any {
	s := &e.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	if thing, ok := s.things[key]; ok {
		return thing
	}
	thing, closer := make()
	if s.things == nil {
		s.things = map[any]any{}
	}
	s.things[key] = thing
	if closer != nil {
		s.closers = append(s.closers, closer)
	}
	return thing
}

// Close closes what the functions of the run have shared, the last made first.
// It is called when no function runs any more.
func (e *Env) Close() {
	s := &e.shared
	s.mu.Lock()
	closers := s.closers
	s.closers, s.things = nil, nil
	s.mu.Unlock()
	for _, closer := range slices.Backward(closers) {
		closer()
	}
}
