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
		if n == nil || n.notes == nil {
			continue
		}
		im.comment(to, n.notes.above)
		im.comment(to, n.notes.behind)
		im.comment(to, n.notes.below)
		n.notes = nil
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

// noteEnd gives the comments below a section to its end.
func (im *importer) noteEnd(s ast.Section, from ...*node) {
	var to ast.Node
	switch s := s.(type) {
	case *ast.Phase:
		to = s.Body
	case *ast.Steady:
		to = s.Body
	case *ast.Config, *ast.Secrets, *ast.Controls, *ast.Runtime:
		to = s
	default:
		return
	}
	for _, n := range from {
		if n != nil && n.notes != nil && n.notes.below != "" {
			c := im.notesOf(to)
			c.Inner = append(c.Inner, commentLines(n.notes.below)...)
			n.notes.below = ""
		}
	}
}

// comment puts a comment, which may have several lines, above a node.
func (im *importer) comment(to ast.Node, s string) {
	if s != "" {
		c := im.notesOf(to)
		c.Leading = append(c.Leading, commentLines(s)...)
	}
}

func (im *importer) notesOf(n ast.Node) *ast.NodeComments {
	c := im.comments[n]
	if c == nil {
		c = &ast.NodeComments{}
		im.comments[n] = c
	}
	return c
}

// commentLines makes comments of the language of those of YAML.
func commentLines(s string) []ast.Comment {
	var list []ast.Comment
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, ast.Comment{Text: strings.TrimRight("// "+strings.TrimLeft(line, "# "), " ")})
		}
	}
	return list
}

// rest gives what is left of the comments to the experiment.
func (im *importer) rest(x *ast.Experiment, root *node) {
	im.note(x, root)
	for i, k := range root.keys {
		im.noteAll(x, k, root.items[i])
	}
}
