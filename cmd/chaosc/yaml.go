package main

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: what a YAML document can do to its reader (nesting without end,
// aliases of aliases that multiply) is counted, before it is parsed and while
// it is turned into values.

const (
	maxYAML       = 256 << 10 // bytes; the parser takes the square of it
	maxYAMLDepth  = 100
	maxYAMLValues = 100_000
)

// fromYAML reads a YAML document as a value of the language. Dates and other
// scalars that JSON has no form for are texts.
func fromYAML(data []byte) (any, error) {
	if len(data) > maxYAML {
		return nil, fmt.Errorf("it is larger than %d KiB", maxYAML>>10)
	}
	tokens := lexer.Tokenize(string(data))
	if err := checkNesting(tokens); err != nil {
		return nil, err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, err
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, nil
	}
	if len(file.Docs) > 1 {
		return nil, errors.New("it holds several documents")
	}
	r := &yamlReader{anchors: map[string]ast.Node{}}
	return r.value(file.Docs[0].Body, 0)
}

// checkNesting refuses what would cost the parser too much: brackets in
// brackets, and entries in entries on one line.
func checkNesting(tokens token.Tokens) error {
	flow, line, entries := 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingKeyType, token.TagType, token.AnchorType:
			if t.Position.Line != line {
				line, entries = t.Position.Line, 0
			}
			entries++
		}
		if flow > maxYAMLDepth || entries > maxYAMLDepth {
			return tooDeep(t)
		}
	}
	return nil
}

func tooDeep(t *token.Token) error {
	return &yamlError{t, fmt.Sprintf("lists and objects are nested more than %d deep", maxYAMLDepth)}
}

// yamlError is a mistake with its place.
type yamlError struct {
	at   *token.Token
	text string
}

func (e *yamlError) Error() string { return e.text }

type yamlReader struct {
	anchors map[string]ast.Node
	values  int
}

func (r *yamlReader) value(n ast.Node, depth int) (any, error) {
	if n == nil {
		return nil, nil
	}
	if r.values++; r.values > maxYAMLValues {
		return nil, &yamlError{n.GetToken(), fmt.Sprintf("it holds more than %d values", maxYAMLValues)}
	}
	if depth > maxYAMLDepth {
		return nil, tooDeep(n.GetToken())
	}
	switch n := n.(type) {
	case *ast.NullNode:
		return nil, nil
	case *ast.BoolNode:
		return n.Value, nil
	case *ast.FloatNode:
		return n.Value, nil
	case *ast.IntegerNode:
		if i, ok := n.Value.(int64); ok {
			return i, nil
		}
		if u, ok := n.Value.(uint64); ok && u <= 1<<63-1 {
			return int64(u), nil
		}
		return nil, &yamlError{n.Token, "a number does not fit in 64 bits"}
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, nil
	case *ast.TagNode:
		return r.value(n.Value, depth+1)
	case *ast.AnchorNode:
		v, err := r.value(n.Value, depth+1)
		r.anchors[n.Name.GetToken().Value] = n.Value // not visible in itself
		return v, err
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		target, ok := r.anchors[name]
		if !ok {
			return nil, &yamlError{n.Start, fmt.Sprintf("there is no anchor %q before", name)}
		}
		return r.value(target, depth+1)
	case *ast.SequenceNode:
		list := []any{}
		for _, e := range n.Values {
			v, err := r.value(e, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case *ast.MappingNode:
		return r.object(n.Values, depth)
	case *ast.MappingValueNode:
		return r.object([]*ast.MappingValueNode{n}, depth)
	}
	return nil, &yamlError{n.GetToken(), "this kind of YAML is not read"}
}

// object reads a mapping. What `<<` merges is there unless it is written too.
func (r *yamlReader) object(entries []*ast.MappingValueNode, depth int) (any, error) {
	m := value.NewMap(len(entries))
	for _, e := range entries {
		v, err := r.value(e.Value, depth+1)
		if err != nil {
			return nil, err
		}
		if _, merge := e.Key.(*ast.MergeKeyNode); merge {
			if from, ok := v.(*value.Map); ok {
				for _, k := range from.Keys() {
					if _, there := m.Get(k); !there {
						x, _ := from.Get(k)
						m.Set(k, x)
					}
				}
				continue
			}
			return nil, &yamlError{e.Start, "`<<` wants an object"}
		}
		m.Set(e.Key.GetToken().Value, v)
	}
	return m, nil
}
