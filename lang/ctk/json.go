package ctk

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/chaosc-lang/chaosc/ast"
)

// JSON returns the experiment as the Chaos Toolkit has loaded it, on one line:
// keys in their order, of doubled ones the last, dates and bytes as text. Numbers
// that JSON does not have (NaN, Infinity) are texts.
func (d *Document) JSON() jsontext.Value { return appendJSON(nil, d.root) }

// At returns the part of the experiment that stands at a place as JSON, as the
// object of an activity at the span of its node in the syntax tree; it is nil
// where none does. Of several that stand there, as what an alias of YAML repeats,
// it is the outermost.
func (d *Document) At(span ast.Span) jsontext.Value {
	if n := d.root.at(span); n != nil {
		return appendJSON(nil, n)
	}
	return nil
}

// at finds a value by its place. What an alias repeats stands outside of the
// mapping that has it, so a place says nothing of where not to look.
func (n *node) at(span ast.Span) *node {
	if n.Span == span {
		return n
	}
	for _, e := range n.items {
		if found := e.at(span); found != nil {
			return found
		}
	}
	return nil
}

func appendJSON(b []byte, n *node) []byte {
	switch n.kind {
	case null:
		return append(b, "null"...)
	case truth:
		return append(b, n.text...)
	case whole:
		return append(b, strings.TrimPrefix(n.text, "+")...)
	case fraction:
		if s := pythonFloat(n.text); strings.ContainsAny(s[len(s)-1:], "0123456789") {
			return append(b, s...)
		}
		return quoteJSON(b, n.text)
	case list:
		b = append(b, '[')
		for i, e := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, e)
		}
		return append(b, ']')
	case mapping:
		b = append(b, '{')
		for i, e := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(quoteJSON(b, n.keys[i].text), ':')
			b = appendJSON(b, e)
		}
		return append(b, '}')
	}
	return quoteJSON(b, n.text)
}

// quoteJSON writes a text; bytes that are no UTF-8 become U+FFFD.
func quoteJSON(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s)
	return b
}
