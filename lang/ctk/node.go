package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// node is one value of a JSON or YAML text, with its place. Both readers make
// the same tree, so that nothing behind them knows which one it was.
type node struct {
	ast.Span // of the value, without its key
	kind     kind
	text     string  // of text; of a number as Python would read it: digits, point, exponent
	items    []*node // of list and mapping
	keys     []*node // of mapping, as long as items
	notes    *notes  // comments of YAML; nil where there are none
}

// notes are the comments around a node of YAML.
type notes struct {
	above, behind, below string
}

// kind is the type of a value.
type kind uint8

const (
	null  kind = iota
	truth      // text is "true" or "false"
	whole
	fraction // also NaN, Infinity and -Infinity
	text
	binary // bytes of YAML, in base64
	date   // of YAML, with or without a time; text is Python's text of it
	list
	mapping
	theResult // no value of a text: what a probe has given, in its tolerance
)

// String names a kind as a message does.
func (k kind) String() string {
	return [...]string{"null", "a boolean", "an integer", "a number", "a text", "binary data", "a date", "a list", "a mapping", "a result"}[k]
}

// maxDepth is how deep values may be nested, as in a list in a mapping. It
// leaves room for the depth that the language allows.
const maxDepth = 500

// maxSize is the number of bytes to which a text is read, maxValues the number
// of values: both bound the memory that a hostile file can take.
const (
	maxSize   = 64 << 20
	maxValues = 1 << 20
)

// find returns the key and the value of an entry of a mapping.
func (n *node) find(key string) (k, v *node) {
	if n == nil || n.kind != mapping {
		return nil, nil
	}
	for i, k := range n.keys {
		if k.text == key && k.kind == text {
			return k, n.items[i]
		}
	}
	return nil, nil
}

// get returns the value of a key, or nil where there is none.
func (n *node) get(key string) *node {
	_, v := n.find(key)
	return v
}

// has reports whether a mapping has a key.
func (n *node) has(key string) bool { return n.get(key) != nil }

// truthy reports what Python takes the value for in a condition.
func (n *node) truthy() bool {
	if n == nil {
		return false
	}
	switch n.kind {
	case null:
		return false
	case truth:
		return n.text == "true"
	case whole, fraction:
		return strings.Trim(n.text, "+-0.eE") != "" && !isZero(n.text)
	case text, binary, date:
		return n.text != ""
	}
	return len(n.items) > 0
}

// isZero reports whether the digits of a number are all zero.
func isZero(number string) bool {
	digits, _, _ := strings.Cut(strings.ToLower(number), "e")
	return strings.Trim(digits, "+-0.") == ""
}

// str returns the text of a text, and "" for everything else.
func (n *node) str() string {
	if n != nil && n.kind == text {
		return n.text
	}
	return ""
}

// is reports whether a value is there and of a kind.
func (n *node) is(k kind) bool { return n != nil && n.kind == k }

// isNumber reports whether a value is there and a number; Python counts
// booleans as numbers too.
func (n *node) isNumber() bool {
	return n != nil && (n.kind == whole || n.kind == fraction || n.kind == truth)
}

// put sets an entry of a mapping: the last one of a key wins, at the place of
// the first. It returns the key that was there before, or nil.
func (n *node) put(index map[string]int, key, value *node) *node {
	id := string(rune('0'+key.kind)) + key.text
	if i, ok := index[id]; ok {
		old := n.keys[i]
		n.keys[i], n.items[i] = key, value
		return old
	}
	index[id] = len(n.keys)
	n.keys = append(n.keys, key)
	n.items = append(n.items, value)
	return nil
}
