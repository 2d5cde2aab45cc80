package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// Comments of YAML stand where their values do: those of a whole activity above
// it, those of an entry above or behind the entry.

// note gives the comments of a key and its value to a node of the syntax tree.
func (im *importer) note(to ast.Node, from ...*node) {
	for _, n := range from {
		if n == nil {
			continue
		}
		im.comment(to, n.notes.above)
		im.comment(to, n.notes.behind)
		im.comment(to, n.notes.below)
		n.notes = notes{}
	}
}

// noteAll gives it those of everything in the values too.
func (im *importer) noteAll(to ast.Node, from ...*node) {
	for _, n := range from {
		if n == nil {
			continue
		}
		im.note(to, n)
		for i, e := range n.items {
			if i < len(n.keys) {
				im.noteAll(to, n.keys[i])
			}
			im.noteAll(to, e)
		}
	}
}

// comment puts a comment, which may have several lines, above a node.
func (im *importer) comment(to ast.Node, s string) {
	if s == "" {
		return
	}
	c := im.comments[to]
	if c == nil {
		c = &ast.NodeComments{}
		im.comments[to] = c
	}
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		c.Leading = append(c.Leading, ast.Comment{Text: strings.TrimRight("// "+strings.TrimLeft(line, "# "), " ")})
	}
}

// rest gives what is left of the comments to the experiment.
func (im *importer) rest(x *ast.Experiment, root *node) {
	im.note(x, root)
	for i, k := range root.keys {
		im.noteAll(x, k, root.items[i])
	}
}
