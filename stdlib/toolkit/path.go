package toolkit

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/toolkit/jsonpath2"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type pathArgs struct {
	Value any    `chaos:"value" doc:"where to look; a text that is JSON is read first; a result of http counts as the Chaos Toolkit has it, see toolkit.output"`
	Path  string `chaos:"path" doc:"what to look for; at most 64 KiB"`
}

func path() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.path",
		Summary: "Lists all that stands at a path of the Chaos Toolkit.",
		Doc: `Paths are those of the Python package jsonpath2 0.4.5. They differ from those of json.path: a filter tests the value
that it stands behind, so that the elements of a list are $.a[*][?(@.n>1)]; equality is =; "or" binds tighter than "and";
@.n!=1 is false where there is no n; true is 1; strings have double quotes and their escapes are not resolved; what
.length(), .keys(), .values(), .entries(), .charAt(n) and .substring(n, m) compute can be looked for.

Nothing there is an empty list. In a text that is no JSON only $ finds something: the text. It fails for a path that is
none, and where a slice has a step of 0.`,
		Example: `toolkit.path({a: [{n: 1}, {n: 2}, {}]}, "$.a[*][?(@.n!=1)].n") == [2]`,
	}, func(ctx context.Context, _ *stdlib.Env, a pathArgs) ([]any, error) {
		return find(ctx, a)
	})
}

func count() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "toolkit.count",
		Summary: "Counts what stands at a path of the Chaos Toolkit.",
		Doc:     "It is the length of what toolkit.path gives.",
		Example: `toolkit.count("[1, 2, 3]", "$[*][?(@>1)]") == 2`,
	}, func(ctx context.Context, _ *stdlib.Env, a pathArgs) (int, error) {
		found, err := find(ctx, a)
		return len(found), err
	})
}

func find(ctx context.Context, a pathArgs) ([]any, error) {
	p, err := compile(a.Path)
	if err != nil {
		return nil, err
	}
	root, err := outputOf(a.Value)
	if err != nil {
		return nil, err
	}
	if text, ok := root.(string); ok {
		if v, err := value.FromJSON([]byte(text)); err == nil {
			root = v
		}
	}
	return p.Find(ctx, root)
}

// maxCompiled and maxKept bound what is kept of paths that were read: how many,
// and how long in bytes.
const (
	maxCompiled = 256
	maxKept     = 1 << 10
)

// compiled keeps the paths that were read, since most are looked for again and
// again. It is emptied when it is full.
var compiled struct {
	sync.Mutex
	paths map[string]*jsonpath2.Path
}

func compile(text string) (*jsonpath2.Path, error) {
	compiled.Lock()
	p := compiled.paths[text]
	compiled.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := jsonpath2.Parse(text)
	if wrong := (*jsonpath2.SyntaxError)(nil); errors.As(err, &wrong) {
		return nil, fmt.Errorf("%s is not a path of the Chaos Toolkit: %w", shown(text), wrong)
	}
	if len(text) <= maxKept {
		compiled.Lock()
		defer compiled.Unlock()
		if compiled.paths == nil || len(compiled.paths) >= maxCompiled {
			compiled.paths = map[string]*jsonpath2.Path{}
		}
		compiled.paths[text] = p
	}
	return p, nil
}

// shown writes a text for a message; a long one is cut.
func shown(text string) string {
	const limit = 200
	if len(text) > limit {
		text = text[:limit] + "…"
	}
	return fmt.Sprintf("%q", text)
}
