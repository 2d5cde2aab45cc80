package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: what a YAML document can do to its reader (nesting without end,
// aliases of aliases that multiply) is counted while it is turned into values.
// The library itself refuses 10,000 levels.

const (
	maxYAMLDepth  = 100
	maxYAMLValues = 100_000
)

// fromYAML reads a YAML document as a value of the language. Dates and other
// scalars that JSON has no form for are texts.
func fromYAML(data []byte) (any, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := d.Decode(&doc); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, yamlProblem(err)
	}
	if err := d.Decode(&more); err == nil {
		return nil, errors.New("it holds several documents")
	} else if err != io.EOF {
		return nil, yamlProblem(err)
	}
	r := &yamlReader{}
	return r.value(&doc, 0)
}

// yamlError is a mistake with its place; the column is 0 where the library does
// not tell it.
type yamlError struct {
	line, column int
	text         string
}

func (e *yamlError) Error() string { return e.text }

// yamlProblem takes the place out of the library's message.
func yamlProblem(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := regexp.MustCompile(`^line (\d+): (.*)$`).FindStringSubmatch(text); m != nil {
		line, _ := strconv.Atoi(m[1]) // digits
		return &yamlError{line: line, text: m[2]}
	}
	return errors.New(text)
}

func atNode(n *yaml.Node, format string, args ...any) error {
	return &yamlError{n.Line, n.Column, fmt.Sprintf(format, args...)}
}

type yamlReader struct {
	values int
}

func (r *yamlReader) value(n *yaml.Node, depth int) (any, error) {
	if r.values++; r.values > maxYAMLValues {
		return nil, atNode(n, "it holds more than %d values", maxYAMLValues)
	}
	if depth > maxYAMLDepth {
		return nil, atNode(n, "lists and objects are nested more than %d deep", maxYAMLDepth)
	}
	switch n.Kind {
	case yaml.DocumentNode:
		return r.value(n.Content[0], depth)
	case yaml.AliasNode:
		return r.value(n.Alias, depth+1)
	case yaml.SequenceNode:
		list := []any{}
		for _, e := range n.Content {
			v, err := r.value(e, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.MappingNode:
		return r.object(n, depth)
	}
	return scalar(n)
}

// scalar reads a word, a number or a text.
func scalar(n *yaml.Node) (any, error) {
	switch n.ShortTag() {
	case "!!null":
		return nil, nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true"), nil
	case "!!int":
		var i int64
		if err := n.Decode(&i); err != nil {
			return nil, atNode(n, "a number does not fit in 64 bits")
		}
		return i, nil
	case "!!float":
		var f float64
		if err := n.Decode(&f); err == nil && f-f == 0 { // neither infinite nor NaN
			return f, nil
		}
	}
	return n.Value, nil
}

// object reads a mapping. What `<<` merges is there unless it is written too.
func (r *yamlReader) object(n *yaml.Node, depth int) (any, error) {
	m := value.NewMap(len(n.Content) / 2)
	var merged []*value.Map
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		v, err := r.value(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		if key.Tag != "!!merge" {
			m.Set(key.Value, v)
			continue
		}
		from, ok := v.(*value.Map)
		if !ok {
			return nil, atNode(key, "`<<` wants an object")
		}
		merged = append(merged, from)
	}
	for _, from := range merged {
		for _, k := range from.Keys() {
			if _, there := m.Get(k); !there {
				x, _ := from.Get(k)
				m.Set(k, x)
			}
		}
	}
	return m, nil
}
