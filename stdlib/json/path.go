package json

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/theory/jsonpath"
	"github.com/theory/jsonpath/spec"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: the library reads the path and decides filters; the steps are
// walked here, over our own maps, since it would give the entries of an object
// in random order, and copy all of a document before a single step.

type pathArgs struct {
	Value any    `chaos:"value" doc:"where to look; a text that is JSON is read first"`
	Path  string `chaos:"path" doc:"what to look for, as RFC 9535 writes it; at most 4096 bytes"`
}

func path() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "json.path",
		Summary: "Lists all that stands at a path.",
		Doc: `Nothing there is an empty list. In a text that is no JSON only $ finds something: the text. It fails for a path that
is none. Filters compare durations and other values with a unit as the texts that JSON has for them.`,
		Example: `json.path({a: [{b: 1}, {b: 2}]}, "$.a[*].b") == [1, 2]`,
	}, func(ctx context.Context, _ *stdlib.Env, a pathArgs) ([]any, error) {
		return find(ctx, a)
	})
}

func count() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "json.count",
		Summary: "Counts what stands at a path.",
		Doc:     "It is the length of what json.path gives.",
		Example: `json.count("[1, 2, 3]", "$[?@ > 1]") == 2`,
	}, func(ctx context.Context, _ *stdlib.Env, a pathArgs) (int, error) {
		found, err := find(ctx, a)
		return len(found), err
	})
}

func find(ctx context.Context, a pathArgs) ([]any, error) {
	q, err := compile(a.Path)
	if err != nil {
		return nil, err
	}
	root := a.Value
	if text, ok := root.(string); ok {
		if v, err := value.FromJSON([]byte(text)); err == nil {
			root = v
		}
	}
	return (&search{ctx: ctx, root: root}).query(q)
}

// maxPath is the length in bytes to which a path is read.
const maxPath = 4096

// compiled keeps the paths that were read, since most are looked for again and
// again. It is emptied when it is full.
var compiled struct {
	sync.Mutex
	paths map[string]*spec.PathQuery
}

func compile(text string) (*spec.PathQuery, error) {
	if len(text) > maxPath {
		return nil, fmt.Errorf("the path has %d bytes, more than %d", len(text), maxPath)
	}
	compiled.Lock()
	defer compiled.Unlock()
	if q := compiled.paths[text]; q != nil {
		return q, nil
	}
	p, err := jsonpath.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%q is not a path: %s", text, strings.TrimPrefix(err.Error(), "jsonpath: "))
	}
	if compiled.paths == nil || len(compiled.paths) >= 256 {
		compiled.paths = map[string]*spec.PathQuery{}
	}
	compiled.paths[text] = p.Query()
	return p.Query(), nil
}

// maxFound limits what a path can find, as $..[*,*]..[*,*] would find more and
// more with each step.
const maxFound = 1_000_000

// search looks for a path in a document.
type search struct {
	ctx   context.Context // of the one call that the search serves
	root  any
	plain any // the root as filters see it, once one is there
	found []any
}

func (s *search) query(q *spec.PathQuery) ([]any, error) {
	nodes := []any{s.root}
	for _, segment := range q.Segments() {
		s.found = []any{}
		for _, n := range nodes {
			if err := s.segment(segment, n); err != nil {
				return nil, err
			}
		}
		nodes = s.found
	}
	return nodes, nil
}

// segment finds what a segment selects from a node and, for .., from all below.
func (s *search) segment(segment *spec.Segment, n any) error {
	for _, selector := range segment.Selectors() {
		if err := s.selector(selector, n); err != nil {
			return err
		}
	}
	if err := s.ended(); err != nil {
		return err
	}
	if len(s.found) > maxFound {
		return fmt.Errorf("the path finds more than %d values", maxFound)
	}
	if segment.IsDescendant() {
		return children(n, func(child any) error { return s.segment(segment, child) })
	}
	return nil
}

// ended says that nobody waits for the search any more. A filter that looks
// through the whole document for each of its parts takes long on a large one.
func (s *search) ended() error {
	if s.ctx.Err() != nil {
		return fmt.Errorf("the search was ended: %w", context.Cause(s.ctx))
	}
	return nil
}

func (s *search) selector(selector spec.Selector, n any) error {
	switch sel := selector.(type) {
	case spec.Name:
		return s.name(string(sel), n)
	case spec.Index:
		if list, ok := n.([]any); ok {
			i := int(sel)
			if i < 0 {
				i += len(list)
			}
			if 0 <= i && i < len(list) {
				s.found = append(s.found, list[i])
			}
		}
	case spec.SliceSelector:
		if list, ok := n.([]any); ok {
			s.slice(sel, list)
		}
	case spec.WildcardSelector:
		return children(n, func(child any) error {
			s.found = append(s.found, child)
			return nil
		})
	case *spec.FilterSelector:
		return s.filter(sel, n)
	}
	return nil
}

func (s *search) name(name string, n any) error {
	switch v := n.(type) {
	case *value.Map:
		if e, ok := v.Get(name); ok {
			s.found = append(s.found, e)
		}
	case *value.Record:
		if i := v.Type.Field(name); i >= 0 {
			e, err := v.At(i)
			s.found = append(s.found, e)
			return err
		}
	}
	return nil
}

func (s *search) slice(sel spec.SliceSelector, list []any) {
	lower, upper := sel.Bounds(len(list))
	step := max(min(sel.Step(), len(list)), -len(list)) // more would only overflow
	if step > 0 {
		for i := lower; i < upper; i += step {
			s.found = append(s.found, list[i])
		}
	} else if step < 0 {
		for i := upper; i > lower; i += step {
			s.found = append(s.found, list[i])
		}
	}
}

func (s *search) filter(f *spec.FilterSelector, n any) error {
	if s.plain == nil {
		s.plain = plain(s.root)
	}
	return children(n, func(child any) error {
		if err := s.ended(); err != nil {
			return err
		}
		if f.Eval(plain(child), s.plain) {
			s.found = append(s.found, child)
		}
		return nil
	})
}

// children calls f for each element of a list and each entry of an object, in
// order. Fields of a record that are computed only when they are read repeat
// what others say, and are found only by their name.
func children(n any, f func(any) error) error {
	switch v := n.(type) {
	case []any:
		for _, e := range v {
			if err := f(e); err != nil {
				return err
			}
		}
	case *value.Map:
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			if err := f(e); err != nil {
				return err
			}
		}
	case *value.Record:
		for _, e := range v.Vals {
			if _, lazy := e.(*value.Lazy); lazy {
				continue
			}
			if err := f(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// plain returns a value in the form in which the library's filters take it.
func plain(v any) any {
	switch v := v.(type) {
	case nil, bool, int64, float64, string:
		return v
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plain(e)
		}
		return out
	case *value.Map:
		out := make(map[string]any, v.Len())
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			out[k] = plain(e)
		}
		return out
	case *value.Record:
		out := make(map[string]any, len(v.Vals))
		for i, f := range v.Type.Fields {
			if _, lazy := v.Vals[i].(*value.Lazy); !lazy {
				out[f.Name] = plain(v.Vals[i])
			}
		}
		return out
	}
	return value.Literal(v)
}
