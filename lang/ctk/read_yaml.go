package ctk

// This file reads YAML as PyYAML's safe_load does: the syntax is read by
// go.yaml.in/yaml (a port of libyaml, as PyYAML's scanner is), what plain
// scalars mean is decided by yaml11.go. Aliases are copied out, merge keys
// resolved.

import (
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// maxCopied is the number of values that aliases may add, which bounds what a
// few lines that refer to each other can become.
const maxCopied = 250_000

// yamlReader makes nodes of what the library has read.
type yamlReader struct {
	src    *ast.Source
	lines  []int // offsets at which lines start, as YAML counts them
	values int
	copied int
	open   []*yaml.Node // anchors that are being copied, from the outside in
	diags  diag.List
}

// readYAML reads a text; the tree is nil where it has a mistake.
func readYAML(src *ast.Source) (*node, diag.List) {
	r := &yamlReader{src: src, lines: yamlLines(src.Text)}
	dec := yaml.NewDecoder(strings.NewReader(src.Text))
	var doc, next yaml.Node
	err := dec.Decode(&doc)
	if err == io.EOF {
		return nil, diag.List{&fault("E0702", src, ast.Span{}, "the file is empty").Diagnostic}
	}
	if err == nil {
		if more := dec.Decode(&next); more == nil {
			at := r.place(&next)
			return nil, diag.List{&fault("E0702", src, ast.Span{Start: at, End: at}, "a second document starts here, and an experiment is one").Diagnostic}
		} else if more != io.EOF {
			err = more
		}
	}
	if err != nil {
		return nil, diag.List{&r.mistake(err).Diagnostic}
	}
	n, err := r.value(doc.Content[0], 0)
	if err != nil {
		var m *mistake
		if !errors.As(err, &m) {
			m = r.mistake(err)
		}
		return nil, append(r.diags, &m.Diagnostic)
	}
	if own := n.notes; own == nil {
		n.notes = notesOf(&doc)
	} else {
		own.above = doc.HeadComment + "\n" + own.above
		own.below += "\n" + doc.FootComment
	}
	return n, r.diags
}

// notesOf returns the comments of a node, or nil.
func notesOf(y *yaml.Node) *notes {
	if y.HeadComment == "" && y.LineComment == "" && y.FootComment == "" {
		return nil
	}
	return &notes{y.HeadComment, y.LineComment, y.FootComment}
}

// value makes a node of a value that is nested depth deep.
func (r *yamlReader) value(y *yaml.Node, depth int) (*node, error) {
	if y.Kind == yaml.AliasNode {
		return r.alias(y, depth)
	}
	n := &node{Span: r.span(y), notes: notesOf(y)}
	if depth > maxDepth {
		return nil, tooDeep(r.src, ast.Span{Start: n.Start, End: n.Start + 1})
	}
	if r.values++; r.values > maxValues {
		return nil, tooManyValues(r.src, n.Span)
	}
	if len(r.open) > 0 {
		n.notes = nil
		if r.copied++; r.copied > maxCopied {
			return nil, fault("E0703", r.src, n.Span, "aliases add more than %d values to the file", maxCopied)
		}
	}
	if err := r.knownTag(y, n); err != nil {
		return nil, err
	}
	var err error
	switch y.Kind {
	case yaml.SequenceNode:
		n.kind = list
		for _, c := range y.Content {
			var e *node
			if e, err = r.value(c, depth+1); err != nil {
				return nil, err
			}
			n.items = append(n.items, e)
		}
	case yaml.MappingNode:
		n.kind = mapping
		err = r.mapping(y, n, depth)
	default:
		err = r.scalar(y, n)
	}
	r.close(y, n)
	return n, err
}

// alias copies what an alias refers to.
func (r *yamlReader) alias(y *yaml.Node, depth int) (*node, error) {
	if slices.Contains(r.open, y.Alias) {
		return nil, fault("E0702", r.src, r.span(y), "the alias `*%s` stands in what it refers to", y.Value)
	}
	r.open = append(r.open, y.Alias)
	n, err := r.value(y.Alias, depth)
	r.open = r.open[:len(r.open)-1]
	if err == nil {
		n.notes = notesOf(y)
	}
	return n, err
}

// mapping reads the entries of a mapping. Those of merge keys come first, and
// lose against the mapping's own.
func (r *yamlReader) mapping(y *yaml.Node, n *node, depth int) error {
	index := map[string]int{}
	own := map[string]*node{}
	merged, err := r.merged(y, depth)
	if err != nil {
		return err
	}
	for i := 0; i < len(merged.items); i++ {
		n.put(index, merged.keys[i], merged.items[i])
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		if isMerge(y.Content[i]) {
			continue
		}
		key, err := r.key(y.Content[i], depth)
		if err != nil {
			return err
		}
		v, err := r.value(y.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		n.put(index, key, v)
		id := string(rune('0'+key.kind)) + key.text
		if old := own[id]; old != nil && len(r.open) == 0 {
			r.diags = append(r.diags, keyTwice(r.src, key, old))
		}
		own[id] = key
	}
	return nil
}

func (r *yamlReader) key(y *yaml.Node, depth int) (*node, error) {
	key, err := r.value(y, depth+1)
	if err == nil && (key.kind == list || key.kind == mapping) {
		err = fault("E0702", r.src, key.Span, "%s cannot be a key", key.kind)
	}
	if err == nil && key.kind == null {
		key.text = "null"
	}
	return key, err
}

// isMerge reports whether a key is << without quotes.
func isMerge(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Value == "<<" && y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.TaggedStyle) == 0
}

// merged gathers what the merge keys of a mapping bring: a mapping, or a list
// of them, of which earlier ones win.
func (r *yamlReader) merged(y *yaml.Node, depth int) (*node, error) {
	all := &node{}
	index := map[string]int{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		if !isMerge(y.Content[i]) {
			continue
		}
		v, err := r.value(y.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		from := []*node{v}
		if v.kind == list {
			from = slices.Clone(v.items)
			slices.Reverse(from)
		}
		for _, m := range from {
			if m.kind != mapping {
				return nil, fault("E0702", r.src, m.Span, "what is merged must be a mapping or a list of mappings, not %s", m.kind)
			}
			for j, k := range m.keys {
				all.put(index, k, m.items[j])
			}
		}
	}
	return all, nil
}

// knownTag refuses the tags that PyYAML's safe_load has no meaning for.
func (r *yamlReader) knownTag(y *yaml.Node, n *node) error {
	if y.Style&yaml.TaggedStyle == 0 {
		return nil
	}
	ok := false
	switch y.Kind {
	case yaml.ScalarNode:
		ok = slices.Contains([]string{"!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!!timestamp"}, y.ShortTag())
	case yaml.SequenceNode:
		ok = y.Tag == "!" || y.ShortTag() == "!!seq"
	case yaml.MappingNode:
		ok = y.Tag == "!" || y.ShortTag() == "!!map"
	}
	if ok {
		return nil
	}
	at := n.Span
	if s := r.src.Slice(ast.Span{Start: at.Start, End: ast.Pos(len(r.src.Text))}); strings.HasPrefix(s, "!") {
		at.End = at.Start + ast.Pos(strings.IndexAny(s+" ", " \t\r\n,]}"))
	}
	return fault("E0702", r.src, at, "could not determine a constructor for the tag '%s'", y.Tag).
		help("remove the tag")
}

// scalar gives a scalar its meaning.
func (r *yamlReader) scalar(y *yaml.Node, n *node) error {
	tagged := y.Style&yaml.TaggedStyle != 0
	plain := y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	n.kind, n.text = text, y.Value
	switch {
	case !tagged && plain:
		n.kind, n.text = resolve(y.Value)
		return nil
	case !tagged:
		return nil
	}
	var ok bool
	switch y.ShortTag() {
	case "!!int":
		n.kind = whole
		n.text, ok = yamlInt(y.Value)
	case "!!float":
		n.kind = fraction
		n.text, ok = yamlFloat(y.Value)
	case "!!bool":
		n.kind = truth
		n.text, ok = yamlBool(strings.ToLower(y.Value))
	case "!!null":
		n.kind, n.text, ok = null, "", true
	case "!!timestamp":
		n.kind = date
		n.text, ok = yamlTime(y.Value)
	case "!!binary":
		n.kind = binary
		n.text = strings.Join(strings.Fields(y.Value), "")
		_, err := base64.StdEncoding.DecodeString(n.text)
		ok = err == nil
	default:
		ok = true
	}
	if !ok {
		return fault("E0702", r.src, n.Span, "%q is none of what its tag says: %s", y.Value, n.kind)
	}
	return nil
}

// mistake finds the place of what is wrong with a text.
func (r *yamlReader) mistake(err error) *mistake {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	at := ast.Span{}
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		line := 0
		for rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			line = line*10 + int(rest[0]-'0')
			rest = rest[1:]
		}
		message = strings.TrimPrefix(rest, ": ")
		if isParserMistake(message) {
			line++ // the library counts these from 0
		}
		at = r.line(line)
	}
	if rest, ok := strings.CutPrefix(message, "unknown anchor '"); ok {
		name, _, _ := strings.Cut(rest, "'")
		if i := strings.Index(r.src.Text, "*"+name); i >= 0 {
			at = ast.Span{Start: ast.Pos(i), End: ast.Pos(i + 1 + len(name))}
		}
	}
	m := fault("E0702", r.src, at, "this is no YAML: %s", message)
	if indent := r.src.Slice(at); strings.Contains(message, "cannot start any token") {
		if i := strings.IndexByte(indent, '\t'); i >= 0 && strings.TrimSpace(indent[:i]) == "" {
			m.Span = ast.Span{Start: at.Start + ast.Pos(i), End: at.Start + ast.Pos(i) + 1}
			m.Message = "a tab cannot indent in YAML"
			m.edit(m.Span, "  ", "write spaces")
		}
	}
	return m
}

// isParserMistake tells the mistakes of the library's parser from those of its
// scanner.
func isParserMistake(message string) bool {
	what, ok := strings.CutPrefix(message, "did not find expected ")
	return ok && (strings.ContainsAny(what[:1], "<'") || what == "key" || what == "node content") && what != "'!'"
}
