package ctk

// This file reads JSON as Python's json module does: NaN and Infinity are
// numbers, of a key that is given twice the last value counts, integers have
// any size. The tokens are jsontext's. It does not know NaN and Infinity, so a
// text that has these words is read with numbers of the same length in their
// place.

import (
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// jsonReader reads one text.
type jsonReader struct {
	src    *ast.Source
	dec    *jsontext.Decoder
	odd    map[int64]string // numbers that JSON does not have, by offset
	values int
	diags  diag.List
}

// readJSON reads a text; the tree is nil where it has a mistake.
func readJSON(src *ast.Source) (*node, diag.List) {
	r := &jsonReader{src: src}
	if strings.HasPrefix(src.Text, "\ufeff") {
		return nil, diag.List{byteOrderMark(src)}
	}
	text, odd := withoutNaN(src.Text)
	r.odd = odd
	r.dec = jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	n, err := r.value(0)
	if err == nil {
		end := r.dec.InputOffset()
		if _, err = r.dec.ReadToken(); err == io.EOF {
			return n, r.diags
		} else if err == nil {
			return nil, append(r.diags, behindTheEnd(src, ast.Pos(end)))
		}
	}
	var d *mistake
	if !errors.As(err, &d) {
		d = jsonMistake(src, err)
	}
	return nil, append(r.diags, &d.Diagnostic)
}

// value reads the next value, which is nested depth deep.
func (r *jsonReader) value(depth int) (*node, error) {
	k := r.dec.PeekKind()
	if k != '{' && k != '[' {
		return r.scalar()
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return nil, err
	}
	start := ast.Pos(r.dec.InputOffset()) - 1
	if depth == maxDepth {
		return nil, tooDeep(r.src, ast.Span{Start: start, End: start + 1})
	}
	n := &node{Span: ast.Span{Start: start}, kind: list}
	if err := r.count(n); err != nil {
		return nil, err
	}
	var err error
	if k == '{' {
		err = r.mapping(n, depth)
	} else {
		for r.dec.PeekKind() != ']' && err == nil {
			var e *node
			if e, err = r.value(depth + 1); err == nil {
				n.items = append(n.items, e)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return nil, err
	}
	n.End = ast.Pos(r.dec.InputOffset())
	return n, nil
}

func (r *jsonReader) mapping(n *node, depth int) error {
	n.kind = mapping
	index := map[string]int{}
	for r.dec.PeekKind() != '}' {
		key, err := r.scalar()
		if err != nil {
			return err
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if old := n.put(index, key, v); old != nil {
			r.diags = append(r.diags, keyTwice(r.src, key, old))
		}
	}
	return nil
}

// scalar reads a value that is neither a list nor a mapping, or a key.
func (r *jsonReader) scalar() (*node, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return nil, err
	}
	end := r.dec.InputOffset()
	start := end - int64(len(raw))
	n := &node{Span: ast.Span{Start: ast.Pos(start), End: ast.Pos(end)}}
	if err := r.count(n); err != nil {
		return nil, err
	}
	switch raw.Kind() {
	case 't', 'f':
		n.kind, n.text = truth, r.src.Slice(n.Span)
	case '"':
		n.kind = text
		if n.text = r.src.Text[start+1 : end-1]; strings.IndexByte(n.text, '\\') >= 0 || !isASCII(n.text) {
			s, _ := jsontext.AppendUnquote(nil, raw) // its only mistake, half a surrogate pair, becomes U+FFFD
			n.text = string(s)
		}
	case '0':
		if odd, ok := r.odd[start]; ok {
			n.kind, n.text = fraction, odd
			break
		}
		n.kind, n.text = whole, r.src.Slice(n.Span)
		if strings.ContainsAny(n.text, ".eE") {
			n.kind = fraction
		}
	}
	return n, nil
}

// count bounds the number of values.
func (r *jsonReader) count(n *node) error {
	if r.values++; r.values > maxValues {
		return tooManyValues(r.src, n.Span)
	}
	return nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// withoutNaN replaces the words NaN and Infinity outside of strings by numbers
// of the same length; odd says where they stood, with a minus where one did.
func withoutNaN(s string) (clean string, odd map[int64]string) {
	if !strings.Contains(s, "NaN") && !strings.Contains(s, "Infinity") {
		return s, nil
	}
	odd = map[int64]string{}
	out := []byte(s)
	inString := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case strings.HasPrefix(s[i:], "NaN") && (i == 0 || s[i-1] != '-'):
			copy(out[i:], "0.0")
			odd[int64(i)] = "NaN"
			i += 2
		case strings.HasPrefix(s[i:], "Infinity"):
			copy(out[i:], "0.000000")
			if i > 0 && s[i-1] == '-' {
				odd[int64(i-1)] = "-Infinity"
			} else {
				odd[int64(i)] = "Infinity"
			}
			i += 7
		}
	}
	return string(out), odd
}
