// Package value holds the values that an experiment computes with at run time.
//
// A value is a plain Go value of one of these types, so that functions of the
// standard library are ordinary Go and nothing is wrapped twice:
//
//	null      nil
//	bool      bool
//	int       int64
//	float     float64
//	string    string
//	duration  time.Duration
//	size      Size
//	percent   Percent
//	time      time.Time
//	list<T>   []any
//	map<T>    *Map
//	range<T>  Range
//	record    *Record
//	handle    Handle
//
// Values are never changed after they are made, so they may be shared between
// goroutines.
package value

import (
	"fmt"
	"sync"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// Size is a number of bytes.
type Size int64

// Percent is a share in hundredths: 12.5 is 12.5 %.
type Percent float64

// Range is an inclusive range; From and To have the same type.
type Range struct {
	From, To any
}

// Handle names something that a run has started and can act on: a process, a
// proxy. The thing itself stands in the environment's table of handles.
type Handle struct {
	Kind string // "process"
	ID   string // unique in the world: the run's id and a number
}

// Map is an object whose keys keep their order.
type Map struct {
	keys []string
	vals map[string]any
}

// NewMap returns an empty map with room for n entries.
func NewMap(n int) *Map {
	return &Map{keys: make([]string, 0, n), vals: make(map[string]any, n)}
}

// Set adds or replaces an entry. It is for whoever makes the map, before
// anybody else sees it.
func (m *Map) Set(key string, v any) {
	if _, ok := m.vals[key]; !ok {
		m.keys = append(m.keys, key)
	}
	m.vals[key] = v
}

// Get returns the entry of a key.
func (m *Map) Get(key string) (any, bool) {
	v, ok := m.vals[key]
	return v, ok
}

// Keys returns the keys in order; the caller does not change them.
func (m *Map) Keys() []string { return m.keys }

// Len returns the number of entries.
func (m *Map) Len() int { return len(m.keys) }

// Record is a value of a record type. Vals stand in the order of the type's
// fields; one may be [Lazy].
type Record struct {
	Type *types.Type
	Vals []any
}

// Lazy is a field of a record that is computed when it is first read, or
// fails then; as the parsed body of an HTTP response.
type Lazy struct {
	once sync.Once
	f    func() (any, error)
	v    any
	err  error
}

// NewLazy returns a field computed by f, which is called at most once.
func NewLazy(f func() (any, error)) *Lazy { return &Lazy{f: f} }

// Force computes the field.
func (l *Lazy) Force() (any, error) {
	l.once.Do(func() { l.v, l.err = l.f() })
	return l.v, l.err
}

// At returns field i, computing it where it is lazy.
func (r *Record) At(i int) (any, error) {
	if l, ok := r.Vals[i].(*Lazy); ok {
		return l.Force()
	}
	return r.Vals[i], nil
}

// Get returns the field of that name.
func (r *Record) Get(name string) (any, error) {
	i := r.Type.Field(name)
	if i < 0 {
		return nil, fmt.Errorf("there is no field %q", name)
	}
	return r.At(i)
}

// KindOf returns the kind of a value's type.
func KindOf(v any) types.Kind {
	switch v.(type) {
	case nil:
		return types.Null
	case bool:
		return types.Bool
	case int64:
		return types.Int
	case float64:
		return types.Float
	case string:
		return types.String
	case time.Duration:
		return types.Duration
	case Size:
		return types.Size
	case Percent:
		return types.Percent
	case time.Time:
		return types.Time
	case []any:
		return types.List
	case *Map:
		return types.Map
	case Range:
		return types.Range
	case *Record:
		return types.Record
	case Handle:
		return types.Handle
	}
	return types.Invalid
}
