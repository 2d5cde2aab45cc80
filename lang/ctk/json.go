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

// At returns the list or mapping that stands at a place as JSON, as the object
// of an activity at the span of its node in the syntax tree; it is nil where
// none does. Of several that stand there it is the outermost; what an alias of
// YAML repeats is the same everywhere. It may be called from several goroutines.
func (d *Document) At(span ast.Span) jsontext.Value {
	d.once.Do(func() {
		d.places = map[ast.Span]*node{}
		d.root.index(d.places)
	})
	if n := d.places[span]; n != nil {
		return appendJSON(nil, n)
	}
	return nil
}

// index gathers lists and mappings by their places; the outermost of a place
// stays.
func (n *node) index(places map[ast.Span]*node) {
	if len(n.items) == 0 {
		return
	}
	if places[n.Span] == nil {
		places[n.Span] = n
	}
	for _, e := range n.items {
		e.index(places)
	}
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
